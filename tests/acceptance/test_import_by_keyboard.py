# SPDX-License-Identifier: MIT
"""Promise: with a keyboard alone, a table of the clinic is taken in, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.caselist import counts
from tests.acceptance.test_cases_by_keyboard import ALT, CONTROL, User, give_focus
from tests.fresh import new_logbook
from tests.ui.importing.conftest import CLINIC, KNOWN
from ui.application import Application
from ui.importing.wizard import ImportWizard
from ui.settings import Settings

Key = Qt.Key
_MOST_LOOKS = 500


@pytest.fixture
def user(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[User]:
    new_logbook(tmp_path / "Clinic.kypholog").close()
    (tmp_path / "known.csv").write_text(KNOWN, encoding="utf-8")
    (tmp_path / "clinic.csv").write_text(CLINIC, encoding="cp1252")
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    running = Application(qapp, Settings(store))
    qtbot.addWidget(running.window)
    running.window.show()
    running.window.activateWindow()
    qtbot.waitActive(running.window)
    with qtbot.waitSignal(running.window.cases.filled, timeout=30_000):
        running.session.open(tmp_path / "Clinic.kypholog")
    yield User(qtbot, running).wait()
    running.session.close()
    qtbot.waitUntil(lambda: not running.jobs.is_busy, timeout=30_000)


def open_wizard(user: User, file: Path) -> ImportWizard:
    user.shortcut("import")
    (wizard,) = (one for one in user.kypholog.window.findChildren(ImportWizard) if one.isVisible())
    wizard.activateWindow()
    give_focus(wizard)
    user.go_to("File").type(str(file)).press(Key.Key_Return)
    user.wait()
    find_focus()
    return wizard


def find_focus() -> None:
    """A step, and the cursor in it, come a moment after the work that leads to it."""
    for _ in range(_MOST_LOOKS):
        if QApplication.focusWidget() is not None:
            return
        QTest.qWait(20)
    raise AssertionError("nothing has the focus")


def alt(user: User, *keys: Qt.Key) -> None:
    """Press keys with Alt, and wait for what each of them brings."""
    for key in keys:
        user.press(key, with_=ALT)
        user.wait()
        find_focus()


def title(wizard: ImportWizard) -> str:
    return wizard.step.title


def cases(user: User) -> int:
    assert user.kypholog.session.logbook is not None
    return counts(user.kypholog.session.logbook).cases


def test_a_table_is_imported_shown_and_taken_back(user: User, tmp_path: Path) -> None:
    wizard = open_wizard(user, tmp_path / "known.csv")
    alt(user, Key.Key_N, Key.Key_N, Key.Key_I)
    assert title(wizard) == "Result"
    user.press(Key.Key_Escape)
    user.wait()
    assert user.patients == ["A-5", "A-2", "A-1"]

    wizard = open_wizard(user, tmp_path / "clinic.csv")
    # The next step is one key away.
    user.press(Key.Key_Return)
    user.wait()
    assert title(wizard) == "Columns"
    user.press(Key.Key_End, with_=CONTROL).press(Key.Key_Return).type("notes on")
    user.press(Key.Key_Return)
    assert user.place == "Columns"
    alt(user, Key.Key_N)

    assert title(wizard) == "Values"
    while "Ballon" not in wizard.values.cell.text():
        user.press(Key.Key_Down)
    user.press(Key.Key_Return).type("bkp").press(Key.Key_Return)
    alt(user, Key.Key_N)

    assert title(wizard) == "Preview"
    assert user.place == "Cases of the file"
    user.press(Key.Key_Backtab)
    while not user.place.startswith("Conflicting"):
        user.press(Key.Key_Backtab)
    user.press(Key.Key_Space)
    user.go_to("Cases of the file").press(Key.Key_Space)
    assert wizard.preview.writes == 4
    alt(user, Key.Key_I)

    assert title(wizard) == "Result"
    assert cases(user) == 4
    user.press(Key.Key_S, with_=ALT)
    user.wait()
    assert sorted(user.patients) == ["A-1", "A-2", "A-3", "A-5"]
    user.shortcut("undo")
    user.wait()
    assert cases(user) == 3


def test_an_import_is_undone_from_its_result(user: User, tmp_path: Path) -> None:
    wizard = open_wizard(user, tmp_path / "known.csv")
    alt(user, Key.Key_N, Key.Key_N, Key.Key_I)
    assert cases(user) == 3
    user.press(Key.Key_Z, with_=CONTROL)
    user.wait()
    assert cases(user) == 0
    assert "The import is undone" in wizard.ending.notice.text
    assert not wizard.ending.undo.isEnabled()
    user.press(Key.Key_Escape)
    user.wait()
    assert user.patients == []
    user.shortcut("redo")
    user.wait()
    assert cases(user) == 3
