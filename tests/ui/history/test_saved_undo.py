# SPDX-License-Identifier: MIT
"""Ctrl+Z on the page of cases, and the bin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMessageBox

from models.case import bin_case, save_case
from models.caselist import counts
from models.identity import remove_identities
from models.logbook import Logbook
from models.merging import merge, preview
from models.schema import PatientIdentity
from models.vocabulary import Sex
from tests.builders import a_case, store_names
from tests.ui.editor.keyboard import Key, settle
from tests.ui.history.conftest import Program
from ui.cases.bin_dialog import BinDialog
from ui.widgets.why_dialog import WhyDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def words(program: Program, name: str) -> str:
    """What the menu says of an action when it is opened."""
    window = program.kypholog.window
    found = window.desks.actions[name]
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
    said = program.kypholog.window.status.currentMessage
    assert said() == "Undone: change of P-12."
    assert words(program, "undo") == "Undo"
    assert words(program, "redo") == "Redo change of P-12"
    press(program, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert program.stored().levels[0].cement_ml == 7
    assert said() == "Done again: change of P-12."
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
    assert "P-12 was changed since by ben (T12, Cement)" in box.text()
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
    asked = shown.findChild(WhyDialog)
    assert asked is not None
    program.qtbot.waitUntil(asked.isActiveWindow)
    program.keys.type("It was not.")
    program.keys.press(Key.Key_Return)
    program.rest()
    assert counts(program.logbook).cases == 2
    assert shown.table.rows == []


def person(program: Program) -> tuple[Sex | None, str]:
    patient = program.stored().patient
    return patient.sex, str(patient.birth_date or "")


def test_what_a_new_case_changed_of_a_known_patient_goes_and_comes_with_it(
    program: Program,
) -> None:
    keys, window = program.keys, program.kypholog.window
    press(program, Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    program.qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id != "")
    keys.go_to("Sex").press(Key.Key_A, with_=CTRL).enter("f")
    keys.type("1950-03-14").press(Key.Key_Tab)
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        keys.press(Key.Key_S, with_=CTRL)
    program.rest()
    assert person(program) == (Sex.FEMALE, "1950-03-14")
    keys.press(Key.Key_1, with_=CTRL)
    program.rest()
    said = "entry of P-12, with what it changed of the patient"
    assert words(program, "undo") == f"Undo {said}"
    press(program, Key.Key_Z)
    assert counts(program.logbook).cases == 1
    assert person(program) == (Sex.MALE, "")
    assert words(program, "redo") == f"Redo {said}"
    press(program, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert counts(program.logbook).cases == 2
    assert person(program) == (Sex.FEMALE, "1950-03-14")


def test_many_cases_in_the_bin_are_one_step_and_the_menu_says_how_many(program: Program) -> None:
    for number in range(3):
        save_case(program.logbook, a_case(f"P-{number + 20}"))
    program.kypholog.events.cases_changed.emit()
    program.rest()
    table = program.kypholog.window.cases.table
    table.selectAll()
    program.rest()
    page = program.kypholog.window.cases
    (ask,) = (act for act in page.context_menu().actions() if "bin" in act.text())
    ask.trigger()
    (dialog,) = page.findChildren(BinDialog)
    dialog.reason_box.setText("A trial")
    dialog.accept()
    program.rest()
    assert program.kypholog.window.focusWidget() is page.welcome.button
    assert words(program, "undo") == "Undo move to bin of 4 cases"
    program.kypholog.window.activateWindow()
    program.qtbot.waitUntil(program.kypholog.window.isActiveWindow)
    program.qtbot.keyClick(program.kypholog.window, Key.Key_Z, CTRL)
    program.rest()
    settle()
    assert counts(program.logbook).cases == 4


def test_a_merge_is_undone_and_done_again_from_the_menu(program: Program) -> None:
    second = a_case("P-13")
    save_case(program.logbook, second)
    program.kypholog.events.case_saved.emit(second.id)
    program.rest()
    patients = [str(case.patient.id) for case in (program.stored(), second)]
    merge(program.logbook, preview(program.logbook, patients[0], patients[1]), {})
    program.kypholog.events.cases_changed.emit()
    program.rest()
    assert words(program, "undo") == "Undo merge of P-13 into P-12"
    press(program, Key.Key_Z)
    assert counts(program.logbook).patients == 2
    assert words(program, "undo") == "Undo entry of P-13"
    press(program, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert counts(program.logbook).patients == 1


def test_names_that_were_removed_are_not_offered_to_undo(program: Program) -> None:
    store_names(program.logbook)
    now = program.stored()
    now.identity = PatientIdentity(patient=now.patient.id, full_name="Ann Example")
    save_case(program.logbook, now)
    store_names(program.logbook, on=False)
    remove_identities(program.logbook)
    change_cement(program, 7)
    press(program, Key.Key_Z)
    press(program, Key.Key_Z)
    box = program.kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "so none is brought back" in box.text()
    box.close()
    assert program.stored().identity is None
    assert words(program, "undo") == "Undo"
