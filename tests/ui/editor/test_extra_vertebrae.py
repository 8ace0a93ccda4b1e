# SPDX-License-Identifier: MIT
"""T13 and L6 are entered for the patient when they are shown or treated, and stay there."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from models import drafts
from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.patients import Person
from models.vocabulary import ExtraVertebra, Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.page import EditorPage
from ui.widgets.spine import SpineView

T13, L6 = ExtraVertebra.T13, ExtraVertebra.L6
Edit = Callable[[Case], EditorPage]


def spine(page: EditorPage) -> SpineView:
    return page._stage.side.spine


def extra(page: EditorPage) -> tuple[ExtraVertebra, ...]:
    case = page._editing.case
    assert case is not None
    return tuple(case.patient.extra_vertebrae or ())


def test_one_that_is_put_into_the_spine_is_in_the_next_case_too(
    qtbot: QtBot, edit: Edit, logbook: Logbook
) -> None:
    page = edit(a_case("P-1", Level.L4))
    spine(page)._choose_variant(Level.L6, is_there=True)
    assert extra(page) == (L6,)
    with qtbot.waitSignal(page.saved):
        page.save()
    patient = load_case(logbook, page.case_id).patient
    assert patient.extra_vertebrae == (L6,)

    page.start_new(logbook)
    assert Level.L6 not in spine(page).levels()
    page._known_patient.adopt(Person(patient))
    qtbot.waitUntil(lambda: Level.L6 in spine(page).levels())
    assert spine(page).marks() == {} or Level.L6 not in spine(page).marks()


def test_one_that_is_taken_out_of_the_spine_is_taken_from_the_patient(
    qtbot: QtBot, edit: Edit
) -> None:
    case = a_case("P-1", Level.L4)
    case.patient.extra_vertebrae = (T13, L6)
    page = edit(case)
    assert {Level.T13, Level.L6} <= set(spine(page).levels())
    spine(page)._choose_variant(Level.T13, is_there=False)
    assert extra(page) == (L6,)
    qtbot.waitUntil(lambda: Level.T13 not in spine(page).levels())


def test_one_that_is_treated_is_entered_and_goes_with_a_slip(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case("P-1", Level.T12))
    page._form.levels.add_level(Level.T13)
    assert extra(page) == (T13,)
    page._form.levels.remove_level(Level.T13)
    assert extra(page) == ()


def test_a_level_that_is_named_otherwise_takes_it_along(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case("P-1", Level.T12))
    keys.go_to("Level").type("\b\b\bt13").press(Key.Key_Tab)
    assert extra(page) == (T13,)
    keys.press(Key.Key_Backtab).type("\b\b\bt12").press(Key.Key_Tab)
    assert extra(page) == ()


def test_one_that_was_known_before_stays_when_its_level_is_removed(edit: Edit) -> None:
    case = a_case("P-1", Level.T12, Level.T13)
    case.patient.extra_vertebrae = (T13,)
    page = edit(case)
    page._form.levels.remove_level(Level.T13)
    assert extra(page) == (T13,)


def test_both_are_one_step_to_undo(edit: Edit) -> None:
    page = edit(a_case("P-1", Level.T12))
    page._form.levels.add_level(Level.T13)
    page._editing.look()
    page.steps.undo()
    assert extra(page) == ()
    assert [row.level for row in page._editing.case.levels] == [Level.T12]  # type: ignore[union-attr]
    page.steps.redo()
    assert extra(page) == (T13,)


def test_the_spine_follows_what_is_typed_for_the_patient(
    qtbot: QtBot, edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case("P-1", Level.L4))
    keys.go_to("General condition and history").press(Key.Key_Space)
    keys.go_to("Extra vertebrae").type("l6").press(Key.Key_Return, Key.Key_Tab)
    assert extra(page) == (L6,)
    qtbot.waitUntil(lambda: Level.L6 in spine(page).levels())


def test_two_cases_of_one_patient_share_it(logbook: Logbook) -> None:
    first = a_case("P-1", Level.T12)
    save_case(logbook, first)
    second = a_case("P-1", Level.L1, on="2026-05-01", after=None)
    second.patient = first.patient
    second.procedure.patient = first.patient
    second.patient.extra_vertebrae = (T13,)
    save_case(logbook, second)
    assert load_case(logbook, first.id).patient.extra_vertebrae == (T13,)


def test_one_that_is_put_into_the_spine_is_a_step_to_undo_by_name(edit: Edit) -> None:
    page = edit(a_case("P-1", Level.L4))
    spine(page)._choose_variant(Level.L6, is_there=True)
    page._editing.look()
    assert page.steps.undo_text == "extra vertebrae"
    page.steps.undo()
    assert extra(page) == ()
    settle()
    assert Level.L6 not in spine(page).levels()
    page.steps.redo()
    assert extra(page) == (L6,)
    settle()
    assert Level.L6 in spine(page).levels()


def test_one_that_is_put_into_the_spine_is_kept_by_the_draft(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    page.start_new(logbook)
    spine(page)._choose_variant(Level.T13, is_there=True)
    qtbot.waitUntil(lambda: bool(drafts.drafts(logbook)), timeout=3_000)
    (draft,) = drafts.drafts(logbook)
    page.resume(logbook, draft)
    qtbot.waitUntil(lambda: extra(page) == (T13,))
    assert Level.T13 in spine(page).levels()
