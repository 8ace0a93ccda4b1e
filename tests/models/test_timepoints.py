# SPDX-License-Identifier: MIT
"""The visit plan: what it takes, what it refuses in words, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.timepoints import FOLLOW_UPS, LAST_DAY, STANDARD, VisitPlan, plan_in
from models.vocabulary import TimePoint

OPERATED = date(2024, 2, 29)
SIX_WEEKS = (TimePoint.M1, 42, 14, 66, True)


def rows_of(plan: VisitPlan) -> list[tuple[TimePoint, int, int, int, bool]]:
    return [
        (one.time_point, one.target_day, one.tolerance, one.last_day, one.asked)
        for one in plan.windows
    ]


def with_row(*row: object) -> VisitPlan:
    return VisitPlan.of(*(row if row[0] is own[0] else own for own in rows_of(STANDARD)))  # type: ignore[arg-type]


def sentences(plan: VisitPlan) -> list[str]:
    return [problem.sentence for problem in plan.problems()]


@st.composite
def plans(draw: st.DrawFn) -> VisitPlan:
    """Any plan that can be used."""
    rows, first = [], 0
    for place, point in enumerate(FOLLOW_UPS):
        last = draw(st.integers(first, LAST_DAY - len(FOLLOW_UPS) + place))
        target = draw(st.integers(first, last))
        tolerance = draw(st.integers(0, min(target - first, last - target)))
        rows.append((point, target, tolerance, last, draw(st.booleans())))
        first = last + 1
    if not any(row[-1] for row in rows):
        rows[-1] = (*rows[-1][:-1], True)
    return VisitPlan.of(*rows)


def test_the_standard_plan_can_be_used_and_leaves_no_day_out() -> None:
    assert STANDARD.problems() == []
    assert STANDARD.windows[0].first_day == 0
    for before, after in pairwise(STANDARD.windows):
        assert after.first_day == before.last_day + 1


@given(plans())
def test_a_plan_comes_back_from_its_text(plan: VisitPlan) -> None:
    assert plan.problems() == []
    assert VisitPlan.read(plan.as_text()) == plan


@given(plans(), st.integers(-40, LAST_DAY + 40))
def test_every_day_belongs_to_the_one_window_that_holds_it(plan: VisitPlan, day: int) -> None:
    holding = [one.time_point for one in plan.windows if one.first_day <= day <= one.last_day]
    expected = holding or [TimePoint.BASELINE if day < 0 else TimePoint.LATER]
    assert [plan.time_point_on(OPERATED, OPERATED + timedelta(day), None)] == expected


def test_a_clinic_may_ask_at_six_weeks_instead_of_one_month() -> None:
    plan = with_row(*SIX_WEEKS)
    assert plan.problems() == []
    assert plan.time_point_on(OPERATED, OPERATED + timedelta(66), None) is TimePoint.M1
    assert plan.windows[3].first_day == 67


def test_scores_count_for_a_visit_that_is_not_asked_for() -> None:
    plan = with_row(TimePoint.W1, 7, 3, 13, False)
    assert TimePoint.W1 not in [window.time_point for window in plan.asked]
    assert plan.time_point_on(OPERATED, OPERATED + timedelta(7), None) is TimePoint.W1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            (TimePoint.M1, 10, 1, 12, True),
            "1 month: its last day (12) has to lie after the visit before, which ends on day 13.",
        ),
        (
            (TimePoint.M1, 60, 1, 59, True),
            "1 month: its target (day 60) has to lie within its days 14 to 59.",
        ),
        (
            (TimePoint.M1, 30, 20, 59, True),
            "1 month: day 30 ± 20 reaches beyond its days 14 to 59.",
        ),
        ((TimePoint.M1, 30, -1, 59, True), "1 month: a tolerance cannot be below 0 days."),
        (
            (TimePoint.M24, 730, 90, 3651, True),
            "24 months: day 3651 is more than ten years after the procedure.",
        ),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(row: tuple[object, ...], said: str) -> None:
    plan = with_row(*row)
    assert said in sentences(plan)
    assert plan.problems()[0].time_point is row[0]


def test_a_plan_asks_for_something() -> None:
    plan = VisitPlan(tuple(replace(window, asked=False) for window in STANDARD.windows))
    assert sentences(plan) == ["No visit is asked for. Choose at least one."]


def test_a_plan_has_every_time_point_once_and_in_order() -> None:
    assert sentences(VisitPlan(STANDARD.windows[::-1]))
    assert "every time point once" in sentences(VisitPlan(STANDARD.windows[:3]))[-1]


@pytest.mark.parametrize(
    "change",
    [
        {"1m": None},
        {"1m": {"asked": True, "target": 30, "tolerance": 14}},
        {"1m": {"asked": 1, "target": 30, "tolerance": 14, "last": 59}},
        {"1m": {"asked": True, "target": True, "tolerance": 14, "last": 59}},
        {"1m": {"asked": True, "target": 30.0, "tolerance": 14, "last": 59}},
        {"1m": {"asked": True, "target": 30, "tolerance": 14, "last": 59, "color": "red"}},
        {"1m": {"asked": True, "target": 300, "tolerance": 14, "last": 59}},
        {"1m": "30"},
    ],
)
def test_a_text_that_holds_no_usable_plan_is_none(change: dict[str, object]) -> None:
    told = json.loads(STANDARD.as_text()) | change
    assert VisitPlan.read(json.dumps(told)) is None
    assert plan_in(json.dumps(told)) == STANDARD


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "1", "not json"])
def test_a_text_that_is_no_plan_stands_for_the_standard_one(text: str) -> None:
    assert VisitPlan.read(text) is None
    assert plan_in(text) == STANDARD
