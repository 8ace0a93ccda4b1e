# SPDX-License-Identifier: MIT
"""Kaplan-Meier is that of scipy and that of the textbook."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.safety.survival import Curve, kaplan_meier

FOLLOWED = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def curve(followed: list[tuple[int, bool]]) -> Curve:
    days = np.array([day for day, _ in followed], float)
    return kaplan_meier(days, np.array([happened for _, happened in followed], dtype=bool))


def test_nobody_has_no_curve() -> None:
    found = curve([])
    assert (found.n, found.n_events, found.steps, found.at(0)) == (0, 0, (), None)


def test_a_small_example_by_hand() -> None:
    found = curve([(3, True), (5, True), (4, False), (6, False), (7, False)])
    assert [(one.day, one.free, one.at_risk, one.events) for one in found.steps] == [
        (3, 0.8, 5, 1),
        (5, pytest.approx(0.8 * 2 / 3), 3, 1),
    ]
    start, between, beyond = found.at(0), found.at(4.5), found.at(8)
    assert start is not None
    assert (start.free, start.at_risk, start.ci95) == (1.0, 5, None)
    assert between is not None
    assert (between.free, between.at_risk) == (0.8, 3)
    assert beyond is None


def test_without_an_event_everybody_stays_free_and_nothing_is_claimed_of_the_interval() -> None:
    found = curve([(10, False), (20, False)])
    after = found.at(15)
    assert after is not None
    assert (found.n_events, after.free, after.ci95, after.at_risk) == (0, 1.0, None, 1)


@given(FOLLOWED)
def test_the_curve_is_that_of_scipy(followed: list[tuple[int, bool]]) -> None:
    found = curve(followed)
    events = [day for day, happened in followed if happened]
    assert (found.n, found.n_events) == (len(followed), len(events))
    assert [step.day for step in found.steps] == sorted(set(events))
    if not events:
        return
    right = [day for day, happened in followed if not happened]
    theirs = stats.ecdf(stats.CensoredData(uncensored=events, right=right)).sf
    assert [step.free for step in found.steps] == pytest.approx(
        [float(theirs.evaluate(step.day)) for step in found.steps]
    )
    free, at_risk = 1.0, len(followed)
    for step in found.steps:
        at_risk = sum(day >= step.day for day, _ in followed)
        assert (step.at_risk, step.events) == (at_risk, events.count(int(step.day)))
        free *= 1 - step.events / at_risk
        assert step.free == pytest.approx(free)
        if step.ci95 is not None:
            assert step.ci95.low <= step.free <= step.ci95.high
