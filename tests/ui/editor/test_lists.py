# SPDX-License-Identifier: MIT
"""Lists in the form: lines come by typing, empty ones are not saved, removed ones come back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.logbook import Logbook
from models.schema import PriorTreatment
from models.vocabulary import AdjunctKind, EventKind, PriorTreatmentKind
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage

ALT = Qt.KeyboardModifier.AltModifier
Edit = Callable[[Case], EditorPage]


def treatments(page: EditorPage) -> list[PriorTreatment]:
    case = page._editing.case
    assert case is not None
    return case.prior_treatments


def test_a_list_is_asked_for_after_a_yes(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Treated before").enter("no")
    assert keys.place == "More about the pain"
    keys.press(Key.Key_Backtab).enter("yes")
    assert keys.place == "Treatment"


def test_typing_into_the_last_line_brings_the_next(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Treated before").enter("yes")
    keys.enter("brace").enter("2019").enter("for a year").enter("ESI")
    told = [(row.kind, row.treated_on, row.detail) for row in treatments(new)]
    assert told == [
        (PriorTreatmentKind.BRACE, "2019", "for a year"),
        (PriorTreatmentKind.EPIDURAL_STEROID, None, None),
    ]


def test_a_column_comes_with_the_kind_it_belongs_to(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Treated before").enter("yes").enter("radiotherapy")
    keys.go_to("Dose").enter("30")
    assert treatments(new)[0].dose_gy == 30


def test_empty_lines_are_not_saved(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Treated before").enter("yes").enter("brace")
    with qtbot.waitSignal(new.saved) as saved:
        new.save()
    assert len(load_case(logbook, saved.args[0]).prior_treatments) == 1


def test_a_list_that_holds_something_is_shown_whatever_the_answer_is(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case()
    case.add_adjunct(kind=AdjunctKind.ETHANOL, volume_ml=3)
    edit(case)
    keys.go_to("Adjunct")
    assert keys.place == "Adjunct"


def test_a_removed_row_can_be_brought_back(edit: Edit, keys: Keyboard) -> None:
    case = a_case()
    for kind in (PriorTreatmentKind.BRACE, PriorTreatmentKind.PHYSICAL_THERAPY):
        case.add_prior_treatment(kind=kind)
    page = edit(case)
    keys.go_to("Treatment").press(Key.Key_Delete, with_=ALT)
    assert [row.kind for row in treatments(page)] == [PriorTreatmentKind.PHYSICAL_THERAPY]
    assert keys.place == "Treatment"
    page._notice.act()
    assert {row.kind for row in treatments(page)} == {
        PriorTreatmentKind.BRACE,
        PriorTreatmentKind.PHYSICAL_THERAPY,
    }


def test_an_adverse_event_has_its_core_in_the_line_and_the_rest_in_the_details(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case())
    keys.go_to("Any complication").enter("yes").enter("adjacent").enter("2026-05")
    keys.press(Key.Key_Return, with_=ALT).go_to("Level of the fracture").enter("t11")
    case = page._editing.case
    assert case is not None
    event = case.adverse_events[0]
    assert (event.kind, event.onset_on, event.level) == (
        EventKind.FRACTURE_ADJACENT,
        "2026-05",
        "T11",
    )
