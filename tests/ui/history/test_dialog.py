# SPDX-License-Identifier: MIT
"""The history of a case, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from models.case import bin_case
from models.history import history_of
from models.signing_off import sign_off
from models.vocabulary import Level, Sex
from tests.ui.editor.keyboard import Key, settle
from tests.ui.history.conftest import Program
from ui.history.rows_table import Shown
from ui.widgets.why_dialog import WhyDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def question(program: Program) -> WhyDialog:
    found = program.dialog.findChild(WhyDialog)
    assert isinstance(found, WhyDialog)
    program.qtbot.waitUntil(found.isActiveWindow)
    return found


def told_last(program: Program) -> tuple[str, str]:
    """What the audit says last."""
    with program.logbook.session():
        sql = "SELECT action, reason FROM audit_entry ORDER BY number DESC LIMIT 1"
        return tuple(program.logbook.database.execute_sql(sql).fetchone())


def cells(program: Program) -> list[tuple[str, ...]]:
    return [row.texts for row in program.dialog.changes.rows]


def test_the_newest_version_is_shown_with_its_changes(program: Program) -> None:
    dialog = program.open_history()
    assert dialog.windowTitle() == "History"
    assert dialog.heading.text() == "P-12 · 2 versions"
    assert cells(program) == [
        ("Patient", "Sex", "Female", "Male"),
        ("T12", "Cement", "4 mL", "6 mL"),
        ("Balloon 1 of T12", "Removed", "Side: Left, Volume: 3 mL", "–"),
    ]
    assert not dialog.bring_version.isEnabled()


def test_arrows_walk_through_the_versions(program: Program) -> None:
    dialog = program.open_history()
    program.keys.press(Key.Key_Down)
    assert dialog.versions.version is not None
    assert dialog.versions.version.version == 1
    assert {row.texts[1] for row in dialog.changes.rows} == {"Added"}
    assert not dialog.bring_value.isEnabled()
    assert dialog.bring_version.isEnabled()


def test_a_value_comes_back_by_keys_with_a_reason(program: Program) -> None:
    dialog = program.open_history()
    dialog.changes.choose(1)
    program.keys.press(Key.Key_B, with_=CTRL)
    question(program)
    program.keys.type("Read again.")
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    assert program.stored().levels[0].cement_ml == 4
    assert program.stored().patient.sex is Sex.MALE
    last = history_of(program.logbook, program.case.id)[-1]
    assert last.reason == "T12, Cement of version 1 brought back. Read again."
    assert dialog.heading.text() == "P-12 · 3 versions"


def test_nothing_signed_off_comes_back_without_a_reason(program: Program) -> None:
    sign_off(program.logbook, [program.case.id])
    dialog = program.open_history()
    while dialog.versions.version is None or dialog.versions.version.version != 1:
        program.keys.press(Key.Key_Down)
    program.keys.press(Key.Key_B, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    asked = question(program)
    assert not asked.accept_button.isEnabled()
    program.keys.type("Read again.")
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    assert told_last(program) == ("amend", "Version 1 brought back. Read again.")


def test_a_whole_version_comes_back_with_the_person_who_has_no_other_case(
    program: Program,
) -> None:
    dialog = program.open_history()
    program.keys.press(Key.Key_Down)
    program.keys.press(Key.Key_B, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    asked = question(program)
    assert asked.extra_box.isVisible()
    assert asked.extra_box.isChecked()
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    now = program.stored()
    assert (now.levels[0].cement_ml, now.patient.sex, len(now.balloons)) == (4, Sex.FEMALE, 1)
    assert dialog.history is not None
    assert len(dialog.history.versions) == 3


def test_a_removed_row_is_offered_whole(program: Program) -> None:
    dialog = program.open_history()
    dialog.changes.choose(2)
    assert "row back" in dialog.bring_value.text().replace("&", "")
    program.keys.press(Key.Key_B, with_=CTRL)
    question(program)
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    assert [row.volume_ml for row in program.stored().balloons] == [3]


def test_a_value_of_a_row_that_is_gone_brings_the_row_when_the_user_says_so(
    program: Program,
) -> None:
    from models.case import save_case

    now = program.stored()
    now.remove_level(now.levels[0])
    save_case(program.logbook, now)
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            box.button(QMessageBox.StandardButton.Yes).click()

    waiting = QTimer(program.kypholog.window, interval=10)
    waiting.timeout.connect(answer)
    waiting.start()
    dialog = program.open_history()
    program.keys.press(Key.Key_Down)
    dialog.changes.choose(1)
    program.keys.press(Key.Key_B, with_=CTRL)
    question(program)
    program.keys.press(Key.Key_Return)
    program.qtbot.waitUntil(lambda: bool(asked))
    waiting.stop()
    assert asked == ["T12 was removed since. Bring the whole row back?"]
    settle()
    questions = [q for q in dialog.findChildren(WhyDialog) if q.isVisible()]
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        questions[-1].accept()
    program.rest()
    assert program.stored().levels[0].level is Level.T12
    assert program.stored().levels[0].cement_ml == 4


def test_the_case_as_it_was_says_what_is_different_today(program: Program) -> None:
    dialog = program.open_history()
    program.keys.press(Key.Key_Down)
    dialog.tabs.setCurrentIndex(1)
    dialog.only_differing.setChecked(True)
    rows = [row.texts for row in dialog.as_it_was.rows]
    assert rows == [
        ("Patient", "", ""),
        ("Sex", "Female", "Male"),
        ("T12", "", ""),
        ("Cement", "4 mL", "6 mL"),
        ("Balloon 1 of T12 (removed since)", "", ""),
        ("Side", "Left", ""),
        ("Volume", "3 mL", ""),
    ]


def test_a_search_keeps_the_versions_that_touch_the_field(program: Program) -> None:
    dialog = program.open_history()
    program.keys.press(Key.Key_F, with_=CTRL)
    program.keys.type("sex")
    assert cells(program) == [("Patient", "Sex", "Female", "Male")]
    program.keys.press(Key.Key_A, with_=CTRL).press(Key.Key_Delete)
    assert len(cells(program)) == 3
    assert dialog.versions.model().rowCount() == 2


def test_rows_are_copied_with_tabs(program: Program) -> None:
    dialog = program.open_history()
    dialog.changes.setFocus()
    dialog.changes.choose(1)
    program.keys.press(Key.Key_C, with_=CTRL)
    program.rest()
    assert QApplication.clipboard().text() == "T12\tCement\t4 mL\t6 mL"
    assert told_last(program) == ("export", "Rows of the history of a case, clipboard. Rows: 1.")


def test_a_copied_text_runs_nothing_and_a_number_stays_one(program: Program) -> None:
    dialog = program.open_history()
    dialog.changes.show_rows([Shown(("T12", "=1+2", "-5 mm", "-5+cmd"))])
    dialog.changes.copy()
    program.rest()
    assert QApplication.clipboard().text() == "T12\t'=1+2\t-5 mm\t'-5+cmd"


def test_what_is_copied_from_the_bin_is_noted_too(program: Program) -> None:
    bin_case(program.logbook, program.case.id, "Twice.")
    program.recall.show_bin()
    program.qtbot.waitUntil(lambda: program.recall.bin is not None)
    program.rest()
    assert program.recall.bin is not None
    program.recall.bin.table.copy()
    program.rest()
    assert QApplication.clipboard().text().startswith("P-12\t")
    assert told_last(program) == ("export", "Rows of the bin, clipboard. Rows: 1.")


def test_everything_is_reached_by_tab_and_has_a_name(program: Program) -> None:
    dialog = program.open_history()
    names = set()
    for _ in range(20):
        names.add(program.keys.place)
        program.keys.press(Key.Key_Tab)
    assert {"Versions", "Changes", "Find a field or value"} <= names
    assert any("version back" in name.replace("&", "") for name in names) or (
        not dialog.bring_version.isEnabled()
    )
    assert dialog.isVisible()


def test_the_history_follows_what_is_saved_meanwhile(program: Program) -> None:
    dialog = program.open_history()
    from models.case import save_case

    now = program.stored()
    now.levels[0].cement_ml = 7
    save_case(program.logbook, now)
    program.kypholog.events.case_saved.emit(program.case.id)
    program.qtbot.waitUntil(lambda: dialog.heading.text() == "P-12 · 3 versions")


def test_a_record_that_does_not_fit_is_told_and_left_alone(program: Program) -> None:
    program.logbook.database.execute_sql("UPDATE treated_level SET cement_ml = 9")
    dialog = program.open_history()
    assert "does not fit its record" in dialog.notice
    dialog.changes.choose(1)
    assert not dialog.bring_value.isEnabled()


def test_the_editor_shows_what_came_back(program: Program) -> None:
    window = program.kypholog.window
    window.edit_case(program.case.id)
    program.qtbot.waitUntil(lambda: window.editor is not None and window.editor.case_id != "")
    program.rest()
    dialog = program.open_history()
    dialog.changes.choose(1)
    program.keys.press(Key.Key_B, with_=CTRL)
    question(program)
    with program.qtbot.waitSignal(program.kypholog.events.case_saved):
        program.keys.press(Key.Key_Return)
    program.rest()
    settle()
    assert window.shown_page == "editor"
    editor = window.editor
    assert editor is not None
    program.qtbot.waitUntil(lambda: editor.case_id == program.case.id)
    assert editor.can_leave()


def test_a_case_that_was_never_saved_says_that_it_has_no_history(program: Program) -> None:
    window = program.kypholog.window
    window.new_case()
    program.qtbot.waitUntil(lambda: window.editor is not None and bool(window.editor.case_id))
    program.qtbot.keyClick(window, Key.Key_H, CTRL)
    program.rest()
    settle()
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "no history yet" in box.text()
    box.close()


def test_the_pane_beside_the_list_tells_the_last_changes(program: Program) -> None:
    detail = program.kypholog.window.cases.detail
    program.qtbot.waitUntil(
        lambda: any(b.text() == "All history…" for b in detail.findChildren(QPushButton))
    )
    (button,) = [b for b in detail.findChildren(QPushButton) if b.text() == "All history…"]
    button.click()
    program.qtbot.waitUntil(lambda: program.desk.dialog is not None)
    assert program.stored().levels[0].level is Level.T12
