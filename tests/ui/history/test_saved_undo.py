# SPDX-License-Identifier: MIT
"""Ctrl+Z on the page of cases, and the bin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from models.case import bin_case, save_case
from models.caselist import counts
from models.logbook import Logbook
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, settle
from tests.ui.history.conftest import Program
from ui.history.reason_dialog import ReasonDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def words(program: Program, name: str) -> str:
    """What the menu says of an action when it is opened."""
    window = program.kypholog.window
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    menu = next(menu for menu in found.associatedObjects() if isinstance(menu, QMenu))
    menu.aboutToShow.emit()
    menu.aboutToHide.emit()
    return found.text().replace("&", "")


def change_cement(program: Program, value: float) -> None:
    now = program.stored()
    now.levels[0].cement_ml = value
    logbook = program.logbook
    save_case(logbook, now)
    program.kypholog.events.case_saved.emit(program.case.id)
    program.rest()


def press(program: Program, key: Qt.Key, with_: Qt.KeyboardModifier = CTRL) -> None:
    program.kypholog.window.cases.table.setFocus()
    program.keys.press(key, with_=with_)
    program.rest()
    settle()


def test_what_was_saved_before_the_logbook_was_opened_is_not_undone(program: Program) -> None:
    assert words(program, "undo") == "Undo"
    press(program, Key.Key_Z)
    assert program.stored().levels[0].cement_ml == 6


def test_undo_and_redo_name_what_they_do_and_do_it(program: Program) -> None:
    change_cement(program, 7)
    assert words(program, "undo") == "Undo change of P-12"
    press(program, Key.Key_Z)
    assert program.stored().levels[0].cement_ml == 6
    assert words(program, "undo") == "Undo"
    assert words(program, "redo") == "Redo change of P-12"
    press(program, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert program.stored().levels[0].cement_ml == 7
    assert "P-12" not in program.kypholog.window.windowTitle()


def test_the_bin_is_undone(program: Program) -> None:
    bin_case(program.logbook, program.case.id, "Entered twice")
    program.kypholog.events.cases_changed.emit()
    program.rest()
    assert words(program, "undo") == "Undo move to bin of P-12"
    press(program, Key.Key_Z)
    assert counts(program.logbook).cases == 1


def test_a_new_save_ends_what_could_be_redone(program: Program) -> None:
    change_cement(program, 7)
    press(program, Key.Key_Z)
    change_cement(program, 8)
    assert words(program, "redo") == "Redo"


def test_what_another_user_changed_since_is_kept_and_told(program: Program) -> None:
    change_cement(program, 7)
    other = Logbook.open(program.logbook.folder, user="ben")
    now = program.stored()
    now.levels[0].cement_ml = 9
    save_case(other, now)
    other.close()
    press(program, Key.Key_Z)
    box = program.kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "P-12 was changed since by ben (T12: Cement)" in box.text()
    box.close()
    assert program.stored().levels[0].cement_ml == 9


def test_typing_in_the_search_is_undone_as_typing(program: Program) -> None:
    change_cement(program, 7)
    search = program.kypholog.window.cases.bar.filters.line
    search.setFocus()
    program.keys.type("xy")
    program.keys.press(Key.Key_Z, with_=CTRL)
    program.rest()
    assert program.stored().levels[0].cement_ml == 7


def test_a_case_leaves_the_bin_with_a_reason(program: Program) -> None:
    save_case(program.logbook, a_case("P-13"))
    bin_case(program.logbook, program.case.id, "Entered twice")
    program.kypholog.events.cases_changed.emit()
    program.rest()
    program.recall.show_bin()
    program.rest()
    shown = program.recall.bin
    assert shown is not None
    assert [row.texts[0] for row in shown.table.rows] == ["P-12"]
    assert shown.table.rows[0].texts[-1] == "Entered twice"
    program.qtbot.waitUntil(shown.isActiveWindow)
    program.keys.press(Key.Key_Return)
    asked = shown.findChild(ReasonDialog)
    assert asked is not None
    program.qtbot.waitUntil(asked.isActiveWindow)
    program.keys.type("It was not.")
    program.keys.press(Key.Key_Return)
    program.rest()
    assert counts(program.logbook).cases == 2
    assert shown.table.rows == []
