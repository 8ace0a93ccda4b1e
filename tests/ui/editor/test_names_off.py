# SPDX-License-Identifier: MIT
"""Names are switched off, here or elsewhere, while a case with a name is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.drafts import draft_of, drafts, keep
from models.identity import count_identities, remove_identities
from models.logbook import Logbook
from models.schema import PatientIdentity
from models.settings import STORE_IDENTITY, LogbookSettings, change_setting, read_settings
from tests.builders import a_case, store_names
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.page import EditorPage
from ui.events import LogbookEvents
from ui.widgets.field_box import FieldBox

CTRL = Qt.KeyboardModifier.ControlModifier
NOT_SAVED = (
    "Names and record numbers are switched off in this logbook, so none was saved. "
    "Everything else was."
)
Edit = Callable[[Case], EditorPage]


@pytest.fixture
def named(edit: Edit, page: EditorPage, logbook: Logbook) -> EditorPage:
    """A stored case of Ann Example in the editor; the logbook stores names."""
    store_names(logbook)
    page.use_settings(read_settings(logbook))
    case = a_case("P-1")
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    return edit(case)


def name_in(logbook: Logbook, case_id: str) -> str | None:
    identity = load_case(logbook, case_id).identity
    return identity.full_name if identity is not None else None


def name_boxes(page: EditorPage) -> list[FieldBox]:
    boxes = page._form.findChildren(FieldBox)
    return [box for box in boxes if box.field is PatientIdentity.full_name and box.isVisible()]


def retype_name(keys: Keyboard, name: str) -> None:
    keys.go_to("Name").press(Key.Key_A, with_=CTRL).enter(name)


def test_a_name_in_a_new_case_is_not_written_and_that_is_told(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook, events: LogbookEvents
) -> None:
    store_names(logbook)
    page.use_settings(read_settings(logbook))
    page.start_new(logbook)
    keys.type("P-7").go_to("Name").enter("Bo Other")
    other = Logbook.open(logbook.folder, user="ben")
    store_names(other, on=False)
    other.close()
    with qtbot.waitSignal(events.settings_changed) as changed, qtbot.waitSignal(page.saved):
        page.save()
    assert count_identities(logbook) == 0
    assert page._notice.text == NOT_SAVED
    assert not changed.args[0].get(STORE_IDENTITY)
    assert name_boxes(page) == []
    assert not page._editing.is_unsaved()
    assert page._top.title == "Case · P-7"


def test_a_corrected_name_is_not_written_and_the_one_before_stays_hidden(
    qtbot: QtBot, named: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    retype_name(keys, "Ann Other")
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    store_names(logbook, on=False)
    with qtbot.waitSignal(named.saved):
        named.save()
    settle()
    assert named._notice.text == NOT_SAVED
    assert name_in(logbook, named.case_id) == "Ann Example"
    assert load_case(logbook, named.case_id).procedure.operator == "Dr B"
    assert not named._editing.is_unsaved()
    assert named.can_leave()


def test_it_is_told_beside_the_next_case_too(
    qtbot: QtBot, named: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    retype_name(keys, "Ann Other")
    store_names(logbook, on=False)
    with qtbot.waitSignal(named.saved):
        named.save_and_new()
    settle()
    assert named._top.title == "New case"
    assert named._notice.text == NOT_SAVED


def test_a_name_that_is_being_typed_goes_when_names_are_switched_off_here(
    qtbot: QtBot, named: EditorPage, keys: Keyboard, logbook: Logbook, events: LogbookEvents
) -> None:
    retype_name(keys, "Ann Other")
    keys.go_to("Name", backward=True).type(" the")
    events.settings_changed.emit(change_setting(logbook, STORE_IDENTITY, False))
    settle()
    assert "what was typed of them is not kept" in named._notice.text
    assert name_boxes(named) == []
    assert not named._editing.is_unsaved()
    named.steps.undo()
    named.steps.redo()
    assert named._editing.case is not None
    assert named._editing.case.identity is None
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    with qtbot.waitSignal(named.saved):
        named.save()
    assert named._notice.text == ""
    assert name_in(logbook, named.case_id) == "Ann Example"


def test_a_name_that_nobody_touched_is_hidden_without_a_word_and_comes_back(
    qtbot: QtBot, named: EditorPage, logbook: Logbook, events: LogbookEvents
) -> None:
    events.settings_changed.emit(change_setting(logbook, STORE_IDENTITY, False))
    settle()
    assert (named._notice.text, name_boxes(named)) == ("", [])
    assert not named._editing.is_unsaved()
    events.settings_changed.emit(change_setting(logbook, STORE_IDENTITY, True))
    qtbot.waitUntil(lambda: [box.text() for box in name_boxes(named)] == ["Ann Example"])
    assert not named._editing.is_unsaved()


def test_the_case_is_saved_after_all_names_were_removed(
    qtbot: QtBot, named: EditorPage, keys: Keyboard, logbook: Logbook, events: LogbookEvents
) -> None:
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    settings = change_setting(logbook, STORE_IDENTITY, False)
    remove_identities(logbook)
    events.settings_changed.emit(settings)
    with qtbot.waitSignal(named.saved):
        named.save()
    assert named._notice.text == ""
    assert load_case(logbook, named.case_id).procedure.operator == "Dr B"
    assert name_in(logbook, named.case_id) is None


def test_a_draft_with_a_name_goes_on_without_it_and_that_is_told(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    case = a_case("P-1")
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    keep(store_names(logbook), draft_of(case))
    store_names(logbook, on=False)
    page.use_settings(LogbookSettings())
    page.resume(logbook, drafts(logbook)[0])
    qtbot.waitUntil(lambda: page.case_id == case.id)
    assert "the draft goes on without what it held of them" in page._notice.text
