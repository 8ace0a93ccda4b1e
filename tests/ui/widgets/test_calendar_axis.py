# SPDX-License-Identifier: MIT
"""Days keep their order and their distance, whatever lies between them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.calendar_axis import CalendarAxis

DAYS = st.lists(st.dates(date(1950, 1, 1), date(2100, 1, 1)), min_size=2, max_size=40, unique=True)
LEAST = 7.0


def width_of(text: str) -> float:
    return 6.0 * len(text)


@given(DAYS, st.floats(120, 1200))
def test_order_ends_and_least_distances_hold(days: list[date], width: float) -> None:
    axis = CalendarAxis(days, 30, 30 + width, LEAST)
    places = [axis.x(day) for day in sorted(days)]
    assert places[0] == pytest.approx(30)
    assert places[-1] == pytest.approx(30 + width)
    room = min(LEAST, 0.6 * width / (len(days) - 1))
    assert all(there - here >= room - 1e-6 for here, there in pairwise(places))


@given(DAYS)
def test_a_longer_time_is_never_drawn_shorter(days: list[date]) -> None:
    axis = CalendarAxis(days, 0, 300, LEAST)
    ordered = sorted(days)
    drawn = [
        ((there - here).days, axis.x(there) - axis.x(here)) for here, there in pairwise(ordered)
    ]
    drawn.sort()
    assert all(one[1] <= other[1] + 1e-6 for one, other in pairwise(drawn))


@given(DAYS, st.integers(0, 1000))
def test_a_day_between_two_stands_between_them(days: list[date], share: int) -> None:
    axis = CalendarAxis(days, 0, 300, LEAST)
    first, last = min(days), max(days)
    day = first + timedelta(days=(last - first).days * share // 1000)
    assert axis.x(first) <= axis.x(day) <= axis.x(last)
    assert axis.x(first - timedelta(days=5)) == axis.x(first)
    assert axis.x(last + timedelta(days=5)) == axis.x(last)


def test_what_has_room_is_true_to_scale() -> None:
    months = [date(2024, month, 1) for month in range(1, 13)]
    assert CalendarAxis(months, 0, 300, LEAST).is_true
    with_a_day = [*months, date(2024, 1, 2)]
    assert not CalendarAxis(with_a_day, 0, 300, LEAST).is_true


def test_one_day_stands_in_the_middle() -> None:
    axis = CalendarAxis([date(2024, 2, 29)], 10, 110, LEAST)
    assert axis.x(date(2024, 2, 29)) == 60
    assert [tick.label for tick in axis.ticks(width_of, -40, 300)] == ["2024-02-29"]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2012-03-01", "2024-09-01", ["2014", "2016", "2018", "2020", "2022", "2024"]),
        ("2024-02-10", "2024-06-20", ["2024-03", "2024-04", "2024-05", "2024-06"]),
        ("2024-02-28", "2024-03-02", ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]),
    ],
)
def test_labels_are_years_months_or_days(first: str, last: str, labels: list[str]) -> None:
    axis = CalendarAxis([date.fromisoformat(first), date.fromisoformat(last)], 0, 260, LEAST)
    assert [tick.label for tick in axis.ticks(width_of, -40, 300)] == labels


@given(DAYS)
def test_labels_stand_side_by_side(days: list[date]) -> None:
    axis = CalendarAxis(days, 0, 260, LEAST)
    ticks = axis.ticks(width_of, -10, 265)
    assert ticks
    ends = [(tick.middle, width_of(tick.label) / 2) for tick in ticks]
    for (here, half), (there, other) in pairwise(ends):
        assert here + half < there - other
    assert all(middle - half >= -10 and middle + half <= 265 for middle, half in ends)


def test_without_a_day_there_is_no_label() -> None:
    assert CalendarAxis([], 0, 100, LEAST).ticks(width_of, 0, 100) == []
