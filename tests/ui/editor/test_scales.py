# SPDX-License-Identifier: MIT
"""Every score keeps its own scale, and one of another scale says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.case import Case
from models.schema import Assessment
from models.vocabulary import GlobalOutcome, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.line_box import LineBox

Edit = Callable[[Case], EditorPage]


def entered(page: EditorPage) -> list[Assessment]:
    case = page._editing.case
    assert case is not None
    return case.assessments


def score(page: EditorPage, point: TimePoint) -> FieldBox:
    box = page._form.assessments.score_box(point)
    assert box is not None
    return box


def mark(page: EditorPage, point: TimePoint) -> str:
    box = score(page, point)
    assert isinstance(box, LineBox)
    return box.input._suffix


def test_a_score_of_another_scale_says_so_beside_its_number(edit: Edit, keys: Keyboard) -> None:
    case = a_case(on="2020-01-31", before=8, after=None)
    add_score(case, (70, 75), "2020-02-28", scale=PainScale.VAS_100)
    page = edit(case)
    assert (mark(page, TimePoint.BASELINE), mark(page, TimePoint.M1)) == ("NRS", "/100")
    name = score(page, TimePoint.M1).input.accessibleName()
    assert name == "Pain, 1 month, VAS 0–100 mm"
    keys.go_to("Pain scale").enter("nrs")
    assert (mark(page, TimePoint.BASELINE), mark(page, TimePoint.M1)) == ("", "/100")


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_mark_of_another_scale_always_has_room_beside_a_range(
    edit: Edit, theme: Theme, scale: float
) -> None:
    case = a_case(on="2020-01-31", before=8, after=None)
    add_score(case, (75, 80), "2020-02-28", scale=PainScale.VAS_100)
    page = edit(case)
    theme.set_scale(scale)
    page._form.settle()
    box = score(page, TimePoint.M1)
    assert isinstance(box, LineBox)
    assert box.input.end_width() > 0


def test_a_score_without_a_scale_is_marked_until_there_is_one(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Pain, Before").enter("7")
    assert mark(new, TimePoint.BASELINE) == "?"
    keys.go_to("Pain scale", backward=True).enter("nrs")
    assert mark(new, TimePoint.BASELINE) == ""


def test_a_verbal_scale_asks_for_its_top_at_once_and_scores_keep_it(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Pain scale").enter("verbal")
    assert keys.place == "Top of the scale"
    keys.enter("5").go_to("Pain, Before").enter("4").go_to("Pain, 24 hours").enter("6")
    told = [(row.pain_low, row.pain_scale_max) for row in entered(new)]
    assert told == [(4, 5), (6, 5)]
    assert score(new, TimePoint.BASELINE).notice() is None
    notice = score(new, TimePoint.H24).notice()
    assert notice is not None
    assert notice.sentence == "24 hours: Pain 6 is above the top of Verbal or other scale."
    keys.go_to("Top of the scale", backward=True).type("10").press(Key.Key_Tab)
    assert [row.pain_scale_max for row in entered(new)] == [10, 10]


def test_two_verbal_scales_with_different_tops_are_told_apart(edit: Edit) -> None:
    case = a_case(on="2020-01-31", before=4, after=None, scale=PainScale.VERBAL)
    add_score(case, 4, "2020-02-28", scale=PainScale.VERBAL)
    for row, top in zip(case.assessments, (5, 6), strict=True):
        row.pain_scale_max = top
    page = edit(case)
    assert (mark(page, TimePoint.BASELINE), mark(page, TimePoint.M1)) == ("/5", "/6")


@pytest.mark.parametrize(
    ("scale", "typed", "kept", "refused"),
    [
        ("nrs", "7,5", 7.5, "Before: NRS 0–10 takes whole numbers, not 7.5."),
        ("nrs", "7.5", 7.5, "Before: NRS 0–10 takes whole numbers, not 7.5."),
        ("nrs", "75", 75, "Before: Pain 75 is above the top of NRS 0–10."),
        ("vas 0-10", "75", 75, "Before: Pain 75 is above the top of VAS 0–10."),
        ("vas 0-10", "7,5", 7.5, ""),
        ("vas 0-10", "1.5", 1.5, ""),
        ("vas 0-100", "75", 75, ""),
        ("vas 0-100", "7.5", 7.5, "Before: VAS 0–100 mm takes whole numbers, not 7.5."),
        ("nrs", "0", 0, ""),
    ],
)
def test_traps_1_2_and_6_a_score_fits_its_scale_or_is_refused_and_never_divided(
    new: EditorPage, keys: Keyboard, scale: str, typed: str, kept: float, refused: str
) -> None:
    keys.go_to("Pain scale").enter(scale).go_to("Pain, Before").enter(typed)
    assert [(row.pain_low, row.pain_high) for row in entered(new)] == [(kept, kept)]
    notice = score(new, TimePoint.BASELINE).notice()
    assert (notice.sentence if notice else "") == refused


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", " to "])
def test_trap_4_a_range_is_read_with_any_dash(new: EditorPage, keys: Keyboard, dash: str) -> None:
    keys.go_to("Pain, Before")
    score(new, TimePoint.BASELINE).input.insert(f"0{dash}1")  # type: ignore[union-attr]
    keys.press(Key.Key_Tab)
    assert [(row.pain_low, row.pain_high) for row in entered(new)] == [(0, 1)]


def test_trap_3_resolved_is_words_and_never_a_number(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Pain scale").enter("nrs").go_to("Pain, 24 hours").enter("resolved")
    (row,) = entered(new)
    assert (row.pain_low, row.pain_words, row.pain_scale) == (None, "resolved", None)
    keys.go_to("Outcome in words, 24 hours").enter("resolved")
    assert row.global_outcome is GlobalOutcome.RESOLVED
    assert row.pain_low is None
