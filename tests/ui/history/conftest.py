# SPDX-License-Identifier: MIT
"""The program on a logbook with a case that has a history, and a user with a keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.vocabulary import Level, Sex, Side
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Keyboard
from ui.application import Application
from ui.history.desk import HistoryDesk
from ui.history.dialog import HistoryDialog
from ui.recall import Recall
from ui.settings import Settings


@dataclass(slots=True)
class Program:
    """The running program, its logbook and its case."""

    qtbot: QtBot
    kypholog: Application
    case: Case
    keys: Keyboard

    @property
    def logbook(self) -> Logbook:
        found = self.kypholog.session.logbook
        assert found is not None
        return found

    @property
    def recall(self) -> Recall:
        found = self.kypholog.window.findChild(Recall)
        assert isinstance(found, Recall)
        return found

    @property
    def desk(self) -> HistoryDesk:
        return self.recall.desk

    @property
    def dialog(self) -> HistoryDialog:
        assert self.desk.dialog is not None
        return self.desk.dialog

    def rest(self) -> None:
        """Wait until all work is done."""
        self.qtbot.waitUntil(lambda: not self.kypholog.jobs.is_busy)

    def stored(self) -> Case:
        return load_case(self.logbook, self.case.id)

    def open_history(self) -> HistoryDialog:
        """Ctrl+H on the page of cases."""
        from PySide6.QtCore import Qt

        self.qtbot.keyClick(self.kypholog.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: self.desk.dialog is not None)
        self.qtbot.waitUntil(self.dialog.isActiveWindow)
        self.rest()
        return self.dialog


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """A case P-12 that was entered, and changed once: cement, sex, a balloon less."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    case = a_case("P-12", Level.T12, Level.L1, cement_ml=4)
    case.add_balloon(case.levels[0], side=Side.LEFT, volume_ml=3)
    save_case(logbook, case)
    again = load_case(logbook, case.id)
    again.levels[0].cement_ml = 6
    again.patient.sex = Sex.MALE
    again.balloons.clear()
    save_case(logbook, again)
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    kypholog = Application(app, Settings(store))
    qtbot.addWidget(kypholog.window)
    with qtbot.waitSignal(kypholog.window.cases.filled):
        kypholog.start(str(logbook.folder))
    qtbot.waitUntil(kypholog.window.isActiveWindow)
    made = Program(qtbot, kypholog, case, Keyboard())
    made.rest()
    yield made
    made.rest()
    kypholog.session.close()
    kypholog.jobs.wait()
