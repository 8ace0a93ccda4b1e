# SPDX-License-Identifier: MIT
"""The pain curve of a case: nothing averaged, no word turned into a number, all of it said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ui.palette import LIGHT
from ui.theme import Theme
from ui.widgets.pain_course import caption, in_words, link_points, place_points, ticks
from ui.widgets.pain_curve import PainCurve, PainPoint

PLOT = QRectF(0, 0, 300, 100)
COURSE = [
    PainPoint("pre", 10, before=True),
    PainPoint("24 h", 2, 4),
    PainPoint("1 wk"),
    PainPoint("1 mo", 0),
]
# The two cases of the series: the one without a score before, the other with a word after.
CASE_ONE = [PainPoint("after", 0, 1, dated=False)]
CASE_TWO = [
    PainPoint("before", 10, before=True, dated=False),
    PainPoint("after", words="totally resolved", dated=False),
]


@pytest.fixture
def curve(qtbot: QtBot) -> PainCurve:
    widget = PainCurve(Theme("light"))
    widget.resize(300, 170)
    qtbot.addWidget(widget)
    return widget


def count(image: QImage, color: str) -> int:
    return sum(
        image.pixelColor(x, y).name() == color.lower()
        for x in range(image.width())
        for y in range(image.height())
    )


def test_a_range_is_never_averaged() -> None:
    placed = place_points(COURSE, PLOT, 10)
    ranged = placed[1]
    assert ranged.top is not None
    assert ranged.bottom is not None
    assert (ranged.top.y(), ranged.bottom.y()) == (60.0, 80.0)
    heights = {
        corner.y() for link in link_points(placed) for corner in link.corners
        if corner.x() == ranged.x
    }  # fmt: skip
    assert heights == {60.0, 80.0}


@given(
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)).map(sorted), min_size=1, max_size=8)
)
def test_only_reported_scores_have_a_height(scores: list[list[int]]) -> None:
    points = [PainPoint(str(i), low, high) for i, (low, high) in enumerate(scores)]
    reported = {100 - 10 * value for pair in scores for value in pair}
    corners = [
        corner for link in link_points(place_points(points, PLOT, 10)) for corner in link.corners
    ]
    assert {round(corner.y(), 6) for corner in corners} <= reported


def test_a_word_has_no_height_and_no_line() -> None:
    placed = place_points(
        [PainPoint("pre", 8, before=True), PainPoint("1 mo", words="resolved")], PLOT, 10
    )
    assert placed[1].top is None
    assert placed[1].bottom is None
    assert link_points(placed) == []


def test_a_line_over_a_missing_score_says_so() -> None:
    links = link_points(place_points(COURSE, PLOT, 10))
    assert [link.skips for link in links] == [False, True]
    assert [link.is_flat for link in links] == [False, False]


def test_undated_scores_stand_apart_at_the_right_and_are_not_joined() -> None:
    points = [
        PainPoint("later", 1, dated=False),
        PainPoint("pre", 8, before=True),
        PainPoint("1 mo", 2),
    ]
    placed = place_points(points, PLOT, 10)
    assert [column.point.label for column in placed] == ["pre", "1 mo", "later"]
    xs = [column.x for column in placed]
    assert xs[2] - xs[1] > xs[1] - xs[0]
    assert len(link_points(placed)) == 1


@pytest.mark.parametrize(
    ("maximum", "marked"),
    [
        (10, [0, 2, 4, 6, 8, 10]),
        (100, [0, 20, 40, 60, 80, 100]),
        (24, [0, 6, 12, 18, 24]),
        (6, [0, 2, 4, 6]),
        (23, [0, 5, 10, 15, 20, 23]),
        (7, [0, 2, 4, 6, 7]),
    ],
)
def test_the_scale_is_marked_on_whole_numbers(maximum: float, marked: list[float]) -> None:
    assert ticks(maximum) == marked


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (COURSE, "10 before, 0 at 1 mo. Shaded: at or under 3."),
        (CASE_ONE, "No score before, 0–1 after, no date. Shaded: at or under 3."),
        (CASE_TWO, "10 before, “totally resolved” after, no date. Shaded: at or under 3."),
        (COURSE[:1], "10 before, none after. Shaded: at or under 3."),
        ([], "No pain score yet."),
    ],
)
def test_the_caption_says_the_course(points: list[PainPoint], said: str) -> None:
    assert caption(points, 3) == said


def test_every_score_is_said_in_words(curve: PainCurve) -> None:
    curve.set_course([*COURSE, PainPoint("later", words="resolved", dated=False)], 10, 3)
    assert curve.accessibleDescription() == (
        "Pain on a scale of 0 to 10. pre: 10; 24 h: 2–4; 1 wk: no score; 1 mo: 0; "
        "later, no date: “resolved”."
    )
    assert in_words([], 10) == "No pain score yet."


def test_before_is_vermillion_and_after_is_blue(curve: PainCurve) -> None:
    curve.set_course(COURSE, 10, 3)
    image = curve.grab().toImage()
    assert count(image, LIGHT.before) > 10
    assert count(image, LIGHT.after) > 30
    assert count(image, LIGHT.acceptable) > 1000


def test_a_course_without_a_score_before_shows_no_vermillion(curve: PainCurve) -> None:
    curve.set_course(CASE_ONE)
    image = curve.grab().toImage()
    assert count(image, LIGHT.before) == 0
    assert count(image, LIGHT.after) > 5


def test_undated_marks_are_hollow(curve: PainCurve) -> None:
    curve.set_course([PainPoint("pre", 5, before=True)])
    solid = count(curve.grab().toImage(), LIGHT.before)
    curve.set_course([PainPoint("pre", 5, before=True, dated=False)])
    assert 0 < count(curve.grab().toImage(), LIGHT.before) < solid


def test_a_score_of_another_scale_is_refused(curve: PainCurve) -> None:
    with pytest.raises(ValueError, match="75 is not on a scale of 0 to 10"):
        curve.set_course([PainPoint("pre", 75, before=True)], 10)


def test_an_empty_course_still_says_something(curve: PainCurve) -> None:
    assert curve.caption() == "No pain score yet."
    assert count(curve.grab().toImage(), LIGHT.after) == 0
