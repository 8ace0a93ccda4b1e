# SPDX-License-Identifier: MIT
"""Lists in the form: lines come by typing, empty ones are not saved, removed ones come back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.checks import open_fields
from models.logbook import Logbook
from models.schema import PriorTreatment
from models.vocabulary import AdjunctKind, EventKind, PriorTreatmentKind, YesNo
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.finding_entry import FindingEntry
from ui.editor.page import EditorPage

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Edit = Callable[[Case], EditorPage]


def findings_about(page: EditorPage, words: str) -> list[str]:
    shown = [entry for entry in page.findChildren(FindingEntry) if entry.isVisible()]
    names = (entry.button.accessibleName() for entry in shown)
    return [name for name in names if words in name]


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


def test_a_line_of_refused_typing_takes_its_finding_along(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Treated before").enter("yes").enter("brace").go_to("Treatment").enter("000")
    assert [told.text for told in new._binder.refused()] == ["000"]
    assert findings_about(new, "000")
    keys.press(Key.Key_Backtab).press(Key.Key_Delete, with_=ALT)
    assert new._binder.refused() == []
    assert findings_about(new, "000") == []


def test_an_empty_line_is_one_stop_until_something_stands_in_it(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Treated before").enter("yes").enter("brace").enter("2019").enter("for a year")
    assert keys.place == "Treatment"
    keys.press(Key.Key_Tab)
    assert keys.place == "More about the pain"
    keys.press(Key.Key_Backtab).type("000").press(Key.Key_Tab)
    assert keys.place == "Date"


def test_a_yes_leads_to_the_list_that_it_promises(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Adjunct treatment").type("yes").press(Key.Key_Down, with_=CTRL)
    keys.type("yes").press(Key.Key_Down, with_=CTRL)
    assert keys.place == "Adjunct"
    keys.go_to("Any complication").type("yes").press(Key.Key_Return)
    assert keys.place == "Event"


def test_enter_goes_on_in_a_list_whose_length_nobody_knows(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Adjunct treatment").type("yes").press(Key.Key_Return)
    keys.type("yes").press(Key.Key_Return).type("etoh").press(Key.Key_Return)
    assert keys.place == "Volume, mL"
    keys.go_to("Any complication").type("yes").press(Key.Key_Return)
    keys.type("pce").press(Key.Key_Return)
    assert keys.place == "Onset"
    keys.type("t").press(Key.Key_Return)
    assert keys.place == "Phase"


@pytest.mark.parametrize("size", [(1192, 798), (1000, 700), (800, 600)])
def test_every_core_field_of_an_event_is_gone_to_however_small_the_window_is(
    new: EditorPage, keys: Keyboard, size: tuple[int, int]
) -> None:
    new.resize(*size)
    keys.go_to("Any complication").type("yes").press(Key.Key_Return)
    for text in ("radiculopathy", "t", "intra", "2", "Root block", "resolved", "n"):
        keys.type(text).press(Key.Key_Return)
    case = new._editing.case
    assert case is not None
    (event,) = case.adverse_events
    named = {finding.field for finding in open_fields(case) if finding.row_id == event.id}
    assert named == set()


def test_an_event_that_was_left_open_folds_out_when_it_is_gone_to(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case()
    case.procedure.any_complication = YesNo.YES
    case.add_adverse_event(kind=EventKind.BLEEDING)
    page = edit(case)
    page.resize(800, 600)
    keys.go_to("Event").press(Key.Key_Tab)
    assert keys.go_to("Reoperation").place == "Reoperation"


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
