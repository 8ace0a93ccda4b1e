# SPDX-License-Identifier: MIT
"""Pain and function: a line a time point, a scale of its own for each score."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from models.case import Case
from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage

ALT = Qt.KeyboardModifier.AltModifier
Edit = Callable[[Case], EditorPage]


def entered(page: EditorPage) -> list[Assessment]:
    case = page._editing.case
    assert case is not None
    return case.assessments


def lines(page: EditorPage) -> list[TimePoint | None]:
    return [row.time_point for row in page._form.assessments._rows]


def test_lines_stand_ready_and_are_no_part_of_the_case(new: EditorPage) -> None:
    assert lines(new) == [TimePoint.BASELINE, TimePoint.H24, TimePoint.W1, TimePoint.M1]
    assert entered(new) == []


def test_a_stored_case_without_a_date_is_not_cluttered_with_lines_to_come(edit: Edit) -> None:
    page = edit(a_case(on=None, after="resolved", after_on=None))
    assert lines(page) == [TimePoint.BASELINE, TimePoint.UNDATED]


def test_each_line_says_when_it_is_due(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Date").enter("2020-01-31").go_to("Date, 1 month")
    boxes = [view.boxes["assessed_on"] for view in new._form.assessments._table.views()]
    keys.go_to("Pain, 1 month")
    assert [box.input.placeholderText() for box in boxes] == [
        "",
        "due 2020-02-01",
        "due 2020-02-07",
        "due 2020-03-01",
    ]


def test_a_range_stays_a_range_and_a_word_a_word(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Pain, Before").enter("10")
    keys.go_to("Pain, 24 hours").enter("0-1").go_to("Pain, 1 week").enter("resolved")
    told = [(row.pain_low, row.pain_high, row.pain_words) for row in entered(new)]
    assert told == [(10, 10, None), (0, 1, None), (None, None, "resolved")]


def test_each_score_keeps_the_scale_it_was_typed_with(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain, Before").enter("7").go_to("Pain, 24 hours").enter("resolved")
    assert [row.pain_scale for row in entered(new)] == [None, None]
    keys.go_to("Pain scale", backward=True).enter("vas 0-10")
    assert [row.pain_scale for row in entered(new)] == [PainScale.VAS_10, None]
    keys.go_to("Pain, 1 week").enter("2")
    assert entered(new)[-1].pain_scale is PainScale.VAS_10


def test_another_scale_over_the_table_leaves_scores_of_a_third_alone(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case(scale=PainScale.NRS)
    add_score(case, 20, "2026-06-04", scale=PainScale.VAS_100)
    page = edit(case)
    assert page._form.assessments._scale.input.placeholderText() == "several scales"
    keys.go_to("Pain scale").enter("vas 0-10")
    assert {row.pain_scale for row in entered(page)} == {PainScale.NRS, PainScale.VAS_100}


def test_a_score_that_does_not_fit_its_scale_is_an_error_at_its_box(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Pain, Before").enter("7,5")
    box = new._form.assessments.score_box(TimePoint.BASELINE)
    assert box is not None
    notice = box.notice()
    assert notice is not None
    assert notice.sentence == "Before: NRS 0-10 takes whole numbers, not 7.5."
    keys.press(Key.Key_Backtab).type("75").press(Key.Key_Tab)
    notice = box.notice()
    assert notice is not None
    assert notice.sentence == "Before: Pain 75 is above the top of NRS 0-10."


def test_the_date_decides_on_the_time_point(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Date").enter("2020-01-31")
    keys.go_to("Date, 24 hours").enter("2020-03-02").enter("3")
    row = entered(new)[0]
    assert row.time_point is TimePoint.M1
    view = new._form.assessments._table.view_of(row)
    assert view is not None
    assert view.boxes["pain_low"].input.accessibleName() == "Pain, 1 month"


def test_a_time_point_is_added_by_typing_its_name(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Add time point").type("6 mo").press(Key.Key_Return)
    assert keys.place == "Pain, 6 months"
    keys.enter("2")
    assert [row.time_point for row in entered(new)] == [TimePoint.M6]


def test_follow_ups_without_a_date_can_be_several(new: EditorPage, keys: Keyboard) -> None:
    for score in ("3", "2"):
        keys.go_to("Add time point").type("undated").press(Key.Key_Return).enter(score)
    assert [(row.time_point, row.pain_low) for row in entered(new)] == [
        (TimePoint.UNDATED, 3),
        (TimePoint.UNDATED, 2),
    ]


def test_an_emptied_line_leaves_the_case(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain, Before").enter("7")
    assert len(entered(new)) == 1
    keys.press(Key.Key_Backtab, Key.Key_Delete, Key.Key_Tab)
    assert entered(new) == []


def test_a_removed_assessment_can_be_brought_back(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case(before=8, after=2))
    keys.go_to("Pain, Before").press(Key.Key_Delete, with_=ALT)
    assert [row.pain_low for row in entered(page)] == [2]
    assert lines(page)[0] is TimePoint.BASELINE, "its line stays"
    page._notice.act()
    assert sorted(row.pain_low for row in entered(page)) == [2, 8]
    assert not page._editing.is_unsaved()


def test_a_procedure_date_typed_later_gives_old_scores_their_time_points(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case(on=None, before=None, after=3, after_on="2020-02-28")
    page = edit(case)
    keys.go_to("Date").enter("2020-01-31")
    page._editing.look()
    assert entered(page)[0].time_point is TimePoint.M1
    assert entered(page)[0].assessed_on == PartialDate("2020-02-28")
