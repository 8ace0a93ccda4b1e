# SPDX-License-Identifier: MIT
"""The running program on a clinic of a few patients, on a day that never changes by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from tests.fresh import new_logbook
from tests.ui.followup.clinic import NOON, Desk
from ui.application import Application
from ui.settings import Settings

Opens = Callable[..., Desk]

PATIENCE_MS = 600_000


@pytest.fixture
def open_clinic(qtbot: QtBot, tmp_path: Path) -> Iterator[Opens]:
    """Opens the program at its Follow-up page, on a logbook that was filled before."""
    made: list[Application] = []
    now = [NOON]

    def start(fill: Callable[[Logbook], object]) -> Desk:
        folder = tmp_path / "Clinic.kypholog"
        logbook = new_logbook(folder)
        fill(logbook)
        logbook.close()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)

        def clock() -> datetime:
            return now[0]

        kypholog = Application(app, Settings(store), clock)
        made.append(kypholog)
        qtbot.addWidget(kypholog.window)
        kypholog.window.resize(1360, 850)
        kypholog.window.show()
        with qtbot.waitSignal(kypholog.window.cases.filled):
            kypholog.session.open(folder)
        desk = Desk(kypholog, qtbot, now)
        desk.settle()
        kypholog.window.show_page("followup")
        # However slow a machine is, no row goes by itself while a test looks at it.
        desk.let_linger(PATIENCE_MS)
        desk.settle()
        return desk

    yield start
    for kypholog in made:
        kypholog.session.close()
        kypholog.jobs.wait()
        kypholog.window.close()
