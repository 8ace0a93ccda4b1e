# SPDX-License-Identifier: MIT
"""Promise: with a keyboard alone, cases are found, kept as a filter, and handed on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.casebin import binned_cases
from models.filters import list_filters
from models.vocabulary import Leakage, Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.editor.keyboard import Keyboard
from ui.application import Application
from ui.cases.columns import Key as Column
from ui.data.export_dialog import ExportDialog
from ui.settings import Settings

Key = Qt.Key
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def give_focus(window: QWidget) -> None:
    """Where it was last in this window."""
    last: QWidget | None = window.focusWidget()
    (window if last is None else last).setFocus()


class User(Keyboard):
    """Knows the shortcuts of the menus, and the letters of what is in an open menu."""

    def __init__(self, qtbot: QtBot, kypholog: Application) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.kypholog = kypholog
        self.cases = kypholog.window.cases

    def shortcut(self, name: str) -> User:
        """Press the key of an item of the menus."""
        action = self.kypholog.window.desks.actions[name]
        assert action is not None
        sequence = action.shortcut()
        assert not sequence.isEmpty(), f"{name} has no key"
        self._come_back()
        QTest.keySequence(self.target, QKeySequence(sequence))
        self.wait()
        return self

    def _come_back(self) -> None:
        """What a window manager does when a dialog has gone, and nobody does without one."""
        window = self.kypholog.window
        if QApplication.focusWidget() is None:
            window.activateWindow()
            self._qtbot.waitUntil(window.isActiveWindow)
            give_focus(window)

    def choose(self, text: str) -> User:
        """Go down the open menu to what begins so, and choose it."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for _ in menu.actions():
            active: QAction | None = menu.activeAction()
            if active is not None and active.text().replace("&", "").startswith(text):
                self.press(Key.Key_Return)
                self.wait()
                return self
            self.press(Key.Key_Down)
        raise AssertionError(f"no {text} in the menu")

    def wait(self) -> User:
        """Until nothing is read or written any more, and what it brought is in sight."""
        QTest.qWait(150)
        self._qtbot.waitUntil(lambda: not self.kypholog.jobs.is_busy, timeout=30_000)
        QTest.qWait(20)
        return self

    @property
    def patients(self) -> list[str]:
        """The list, from top to bottom."""
        model = self.cases.model
        return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six cases; P-1 and P-4 leaked at T12, and one has a code like a formula."""
    place = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(place)
    codes = ["P-0", "P-1", "P-2", "P-3", "=1+4", "P-5"]
    cases = [
        a_case(
            code,
            Level.T12 if number % 3 else Level.L1,
            on=f"2025-0{number + 1}-10",
            after_on=f"2025-0{number + 2}-12",
            leakage=Leakage.PRESENT if number in (1, 3, 4) else Leakage.NONE,
        )
        for number, code in enumerate(codes)
    ]
    save_many(logbook, cases)
    logbook.close()
    return place


@pytest.fixture
def user(qtbot: QtBot, qapp: QApplication, folder: Path) -> Iterator[User]:
    store = QSettings(str(folder.parent / "settings.ini"), QSettings.Format.IniFormat)
    running = Application(qapp, Settings(store))
    running.settings.export_folder = folder.parent
    qtbot.addWidget(running.window)
    running.window.show()
    running.window.activateWindow()
    qtbot.waitActive(running.window)
    with qtbot.waitSignal(running.window.cases.filled, timeout=30_000):
        running.session.open(folder)
    yield User(qtbot, running).wait()
    running.session.close()
    qtbot.waitUntil(lambda: not running.jobs.is_busy, timeout=30_000)


def answer_export(user: User, target: Path) -> None:
    """Answer the dialog when it comes, with what it proposes but for the file."""
    (dialog,) = (one for one in user.kypholog.window.findChildren(ExportDialog) if one.isVisible())
    dialog.activateWindow()
    give_focus(dialog)
    user.go_to("File").press(Key.Key_A, with_=CONTROL).type(str(target)).press(Key.Key_Return)


def test_find_keep_the_filter_copy_and_export(qtbot: QtBot, user: User, folder: Path) -> None:
    user.shortcut("find").type("lev").press(Key.Key_Tab)
    user.type("t12 leak:yes").press(Key.Key_Return)
    user.wait()
    assert user.cases.bar.filters.line.text() == "level:t12 leak:yes"
    assert user.patients == ["=1+4", "P-1"]

    user.shortcut("find").go_to("Saved filters").press(Key.Key_Down)
    user.choose("Save filter").type("Leaks at T12").press(Key.Key_Return)
    user.wait()
    logbook = user.kypholog.session.logbook
    assert logbook is not None
    assert [kept.name for kept in list_filters(logbook)] == ["Leaks at T12"]

    user.shortcut("find").press(Key.Key_Escape)
    user.wait()
    assert len(user.patients) == 6
    user.go_to("Saved filters").press(Key.Key_Down)
    user.choose("Leaks at T12")
    assert user.patients == ["=1+4", "P-1"]

    user.shortcut("find").press(Key.Key_Return).press(Key.Key_A, with_=CONTROL)
    user.wait().press(Key.Key_C, with_=CONTROL)
    user.wait()
    rows = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert [row[1] for row in rows] == ["Patient code", "'=1+4", "P-1"]
    assert "Follow-up" in rows[0]

    target = folder.parent / "found.csv"
    QTimer.singleShot(0, user.kypholog.window, lambda: answer_export(user, target))
    user.shortcut("export")
    qtbot.waitUntil(target.exists, timeout=30_000)
    user.wait()
    with target.open(encoding="utf-8", newline="") as file:
        assert {row["patient_code"] for row in csv.DictReader(file)} == {"=1+4", "P-1"}
    for box in user.kypholog.window.findChildren(QMessageBox):
        box.close()


def test_move_to_the_bin_and_take_it_back(user: User) -> None:
    logbook = user.kypholog.session.logbook
    assert logbook is not None
    user.shortcut("find").press(Key.Key_Escape, Key.Key_Down, Key.Key_Down)
    user.press(Key.Key_Down, with_=SHIFT)
    user.wait().press(Key.Key_Delete)
    user.type("entered twice").press(Key.Key_Return)
    user.wait()
    assert len(user.patients) == 4
    assert len(binned_cases(logbook)) == 2
    user.shortcut("undo")
    user.wait()
    if boxes := user.kypholog.window.findChildren(QMessageBox):
        assert boxes[-1].isVisible()
        user.press(Key.Key_Return)
        user.wait()
    assert len(user.patients) == 6
    assert not binned_cases(logbook)


def test_choose_columns_and_the_order_of_the_list(user: User) -> None:
    table = user.cases.table
    user.shortcut("columns").type("Operator").press(Key.Key_Space)
    for _ in range(4):
        user.press(Key.Key_Up, with_=ALT)
    user.press(Key.Key_Return)
    shown = [column.key for column in table.arrangement.in_sight]
    assert shown.index(Column.OPERATOR) == 2
    user.shortcut("sort_cases").choose("Patient code")
    assert user.patients == sorted(user.patients)
    user.shortcut("sort_cases").choose("Descending")
    assert user.patients == sorted(user.patients, reverse=True)
    user.shortcut("columns").go_to("&Reset columns").press(Key.Key_Space)
    user.go_to("Apply").press(Key.Key_Space)
    assert Column.OPERATOR not in [column.key for column in table.arrangement.in_sight]
