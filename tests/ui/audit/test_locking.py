# SPDX-License-Identifier: MIT
"""Signing a case off, amending it with a reason, and unlocking it, in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from models.caselist import CaseLine
from models.history import history_of
from models.settings import ASK_REASON, change_setting
from models.signing_off import sign_off
from tests.ui.history.conftest import Program
from ui.cases.cells import status_runs, status_spoken
from ui.editor.page import EditorPage
from ui.widgets.why_dialog import WhyDialog


def question(program: Program) -> WhyDialog:
    """The question that is asked now."""

    def asked() -> list[WhyDialog]:
        found = program.kypholog.window.findChildren(WhyDialog)
        return [one for one in found if one.isVisible()]

    program.qtbot.waitUntil(lambda: bool(asked()))
    program.rest()
    return asked()[0]


def do(program: Program, name: str) -> None:
    """Choose an item of the menus."""
    action = program.kypholog.window.desks.actions[name]
    assert action is not None
    action.trigger()


def edited(program: Program) -> EditorPage:
    """The case in the editor."""
    program.kypholog.window.edit_case(program.case.id)
    program.rest()
    editor = program.kypholog.window.editor
    assert editor is not None
    program.qtbot.waitUntil(lambda: editor.case_id == program.case.id)
    return editor


def change_notes(program: Program, editor: EditorPage, text: str) -> None:
    case = editor._editing.case
    assert case is not None
    case.procedure.notes = text
    editor.save()
    program.rest()


def deeds(program: Program) -> list[tuple[str, str]]:
    return [
        (version.deed.value, version.reason)
        for version in history_of(program.logbook, program.case.id)
    ]


def test_a_case_is_signed_off_and_shown_as_locked(program: Program) -> None:
    do(program, "sign_off")
    asked = question(program)
    program.qtbot.keyClick(asked.reason_box, Qt.Key.Key_Return)
    program.qtbot.waitUntil(lambda: program.stored().procedure.signed_by == program.logbook.user)
    program.rest()
    cases = program.kypholog.window.cases

    def shown() -> CaseLine:
        line = cases.model.line(0)
        assert line is not None
        return line

    program.qtbot.waitUntil(lambda: bool(shown().signed))
    line = shown()
    assert status_runs(line)[0].text == "Locked"
    assert "signed off" in status_spoken(line)
    program.qtbot.waitUntil(lambda: cases.detail.case.subtitle.text().endswith("locked"))


def test_changing_it_asks_for_a_reason_and_is_an_amendment(program: Program) -> None:
    sign_off(program.logbook, [program.case.id])
    editor = edited(program)
    assert "Signed off by" in editor._notice.text
    change_notes(program, editor, "Amended words")
    asked = question(program)
    assert not asked.accept_button.isEnabled()
    asked.reason_box.setEditText("The letter came later")
    asked.accept_button.click()
    program.qtbot.waitUntil(lambda: program.stored().procedure.notes == "Amended words")
    program.rest()
    assert deeds(program)[-1] == ("amended", "The letter came later")
    change_notes(program, editor, "Amended again")
    again = question(program)
    assert again.reason_box.findText("The letter came later") >= 0
    again.reject()
    program.rest()
    assert program.stored().procedure.notes == "Amended words"
    assert editor._editing.is_unsaved()
    editor._forget_draft()
    editor._show_nothing("")


def test_unlocking_needs_a_reason(program: Program) -> None:
    sign_off(program.logbook, [program.case.id])
    do(program, "unlock")
    asked = question(program)
    assert not asked.accept_button.isEnabled()
    asked.reason_box.setEditText("Signed by mistake")
    asked.accept_button.click()
    program.qtbot.waitUntil(lambda: program.stored().procedure.signed_at is None)
    program.rest()
    assert deeds(program)[-1] == ("unlocked", "Signed by mistake")


def test_where_the_settings_ask_a_change_needs_a_reason_and_an_addition_none(
    program: Program,
) -> None:
    change_setting(program.logbook, ASK_REASON, True)
    editor = edited(program)
    change_notes(program, editor, "Filled in")
    assert program.stored().procedure.notes == "Filled in"
    change_notes(program, editor, "Changed")
    asked = question(program)
    asked.reason_box.setEditText("Typing error")
    asked.accept_button.click()
    program.qtbot.waitUntil(lambda: program.stored().procedure.notes == "Changed")
    program.rest()
    assert deeds(program)[-1] == ("changed", "Typing error")
