# SPDX-License-Identifier: MIT
"""Pain and function: a line a time point, a scale of its own for each score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from models.case import Case
from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import AssessmentMissing, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_table_row import FieldTableRow

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
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
    assert page._form.assessments._scale.kind.input.placeholderText() == "Several scales"
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
    assert notice.sentence == "Before: NRS 0–10 takes whole numbers, not 7.5."
    keys.press(Key.Key_Backtab).type("75").press(Key.Key_Tab)
    notice = box.notice()
    assert notice is not None
    assert notice.sentence == "Before: Pain 75 is above the top of NRS 0–10."


def test_the_date_decides_on_the_time_point(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Date").enter("2020-01-31")
    keys.go_to("Date, 24 hours").enter("2020-03-02").enter("3")
    row = entered(new)[0]
    assert row.time_point is TimePoint.M1
    view = new._form.assessments._table.view_of(row)
    assert view is not None
    assert view.boxes["pain_low"].input.accessibleName() == "Pain, 1 month, no scale"


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


# lines and their time points


def line_of(page: EditorPage, row: Assessment) -> FieldTableRow:
    view = page._form.assessments._table.view_of(row)
    assert view is not None
    return view


def leads(page: EditorPage) -> list[str]:
    return [view._lead.text() for view in page._form.assessments._table.views()]


def score(page: EditorPage, point: TimePoint) -> FieldBox:
    box = page._form.assessments.score_box(point)
    assert box is not None
    return box


def test_a_date_moves_its_line_to_its_time_point_and_the_others_stand_ready_again(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Date").enter("2020-01-31")
    keys.go_to("Date, 24 hours").enter("2020-03-02")
    assert keys.place == "Pain, 1 month", "the focus goes with the line"
    keys.enter("3")
    assert lines(new) == [TimePoint.BASELINE, TimePoint.H24, TimePoint.W1, TimePoint.M1]
    assert [row.pain_low for row in new._form.assessments._rows] == [None, None, None, 3]


def test_the_windows_of_time_points_meet_without_a_gap(edit: Edit) -> None:
    for day, lead in (
        ("2020-02-02", "24 hours"),
        ("2020-02-03", "1 week"),
        ("2020-02-13", "1 week"),
        ("2020-02-14", "1 month"),
        ("2020-03-30", "1 month"),
        ("2020-03-31", "3 months"),
        ("2022-07-31", "24 months"),
        ("2022-08-01", "> 24 months"),
    ):
        page = edit(a_case(f"P-{day}", on="2020-01-31", before=None, after=3, after_on=day))
        [row] = entered(page)
        assert line_of(page, row)._lead.text() == lead, day


def test_of_two_scores_in_one_window_the_one_that_counts_is_told(edit: Edit) -> None:
    case = a_case(on="2020-01-31", after=None)
    add_score(case, 4, "2020-03-09")
    add_score(case, 3, "2020-02-28")
    page = edit(case)
    assert leads(page)[-2:] == ["1 month", "1 month\nnot counted"]
    near, far = page._form.assessments._rows[-2:]
    assert (near.pain_low, far.pain_low) == (3, 4)
    tip = line_of(page, far)._lead.toolTip()
    assert "Days 14 to 59 after the procedure count as 1 month; due on day 30." in tip
    assert "Asked on day 38." in tip
    assert "Not counted: another score is nearer to the day that is due." in tip


def test_without_the_day_of_the_procedure_no_date_decides(
    edit: Edit, new: EditorPage, keys: Keyboard
) -> None:
    page = edit(a_case(on="2020-01", before=None, after=3, after_on="2020-02-28"))
    assert entered(page)[0].time_point is TimePoint.UNDATED
    about = page._form.assessments._about
    assert about.text().startswith("Without the day of the procedure")
    keys.go_to("Date").enter("2020-01-31")
    assert entered(page)[0].time_point is TimePoint.M1
    assert "Ctrl+Shift+M why it has no score" in about.text()


# why there is no score, and the other scores


def test_the_reason_is_one_key_away_and_stands_in_the_line_in_words(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Pain, 1 week").press(Key.Key_M, with_=CTRL | Qt.KeyboardModifier.ShiftModifier)
    keys.type("decl").press(Key.Key_Tab)
    (row,) = entered(new)
    assert row.missing_reason is AssessmentMissing.DECLINED
    assert score(new, TimePoint.W1).input.placeholderText() == "Declined"


def test_every_other_score_is_reached_by_keyboard(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain, Before").press(Key.Key_Return, with_=ALT)
    keys.fill(RMDQ="12", RMDQ_items="23", **{"EQ-5D_index": "0,512"})
    keys.fill(**{"EQ-5D_value_set": "Denmark", "EQ-VAS": "60"})
    keys.go_to("ODI, %, Before", backward=True).enter("22/10").enter("scheduled")
    keys.go_to("Mobility").enter("assist")
    (row,) = entered(new)
    assert (row.odi_pct, row.rmdq, row.rmdq_items) == (44, 12, 23)
    assert (row.eq5d_index, row.eq5d_value_set, row.eq5d_vas) == (0.512, "Denmark", 60)
    assert row.analgesic_level is not None
    assert row.mobility is not None


# the score that is asked today


def begin(page: EditorPage, today: str) -> Assessment:
    box = page._form.assessments.begin_follow_up(date.fromisoformat(today))
    page._stage.focus(box.input)
    row = page._binder.row_of(box)
    assert isinstance(row, Assessment)
    return row


def test_a_follow_up_stands_ready_with_its_day_and_is_no_part_of_the_case_yet(
    edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case(on="2020-01-31", before=8, after=None))
    row = begin(page, "2020-05-04")
    assert keys.place == "Pain, 3 months"
    assert line_of(page, row).boxes["assessed_on"].text() == "2020-05-04"
    assert len(entered(page)) == 1
    keys.enter("2")
    assert (row.time_point, row.pain_low, row.pain_scale) == (TimePoint.M3, 2, PainScale.NRS)
    assert row.assessed_on == PartialDate("2020-05-04")
    assert len(entered(page)) == 2
    keys.press(Key.Key_Backtab, Key.Key_Delete, Key.Key_Tab)
    assert len(entered(page)) == 1
    assert not page._editing.is_unsaved()


def test_a_follow_up_goes_to_the_line_that_waits_for_it(edit: Edit, keys: Keyboard) -> None:
    case = a_case(on="2020-01-31", before=8, after=None)
    case.add_assessment(
        time_point=TimePoint.M1,
        assessed_on=PartialDate("2020-02-20"),
        missing_reason=AssessmentMissing.NOT_YET_DUE,
    )
    page = edit(case)
    row = begin(page, "2020-03-02")
    assert row is entered(page)[1]
    assert row.assessed_on == PartialDate("2020-02-20"), "what was entered stays"


def test_a_second_score_in_a_window_gets_a_line_of_its_own(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case(on="2020-01-31", after=3, after_on="2020-02-20"))
    begin(page, "2020-03-02")
    keys.enter("2")
    assert [(row.pain_low, row.chosen) for row in entered(page)] == [
        (8, True),
        (3, False),
        (2, True),
    ]


def test_a_follow_up_without_a_day_of_the_procedure_is_undated(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case(on=None, before=8, after=None))
    row = begin(page, "2020-03-02")
    assert row.time_point is TimePoint.UNDATED
    assert keys.place.startswith("Pain, ")


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Return])
def test_a_follow_up_without_one_scale_asks_for_it_first(
    edit: Edit, keys: Keyboard, key: Key
) -> None:
    page = edit(a_case(on="2020-01-31", before=None, after=None))
    box = page._form.assessments.begin_follow_up(date(2020, 3, 2))
    page._stage.focus(box.input)
    assert keys.place == "Pain scale"
    keys.type("vas 0-10").press(key)
    assert keys.place == "Pain, 1 month"
    keys.enter("2,5")
    assert [(row.pain_low, row.pain_scale) for row in entered(page)] == [(2.5, PainScale.VAS_10)]


def test_where_a_line_is_too_narrow_its_time_point_stands_above_it(
    edit: Edit, theme: Theme
) -> None:
    page = edit(a_case())
    theme.set_scale(2.0)
    page.resize(945, 640)
    page._form.settle()
    for view in page._form.assessments._table.views():
        boxes = [box for box in view.boxes.values() if box.isVisible()]
        assert boxes[0].geometry().top() >= view._lead.geometry().bottom()
        assert boxes[-1].geometry().right() <= view._more.geometry().left()


def test_a_line_with_refused_typing_stays_when_another_takes_its_time_point(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Date").enter("2020-01-31").go_to("Date, 1 month").enter("32.02.")
    keys.go_to("Date, 24 hours", backward=True).enter("2020-03-02").enter("3")
    assert lines(new).count(TimePoint.M1) == 2
    assert [told.text for told in new._binder.refused()] == ["32.02."]
