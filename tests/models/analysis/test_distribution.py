# SPDX-License-Identifier: MIT
"""The distribution of change: everybody stands in one bar, and no change in one of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.analysis.distribution import change_distribution, percent_distribution
from models.analysis.outcome import PairedOutcome
from models.logbook import Logbook
from models.vocabulary import PainScale
from tests.models.analysis.asking import Ask, case_of

SCORES = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=30)


@pytest.fixture
def empty(ask: Ask) -> PairedOutcome:
    return ask()


def with_pairs(outcome: PairedOutcome, pairs: list[tuple[int, int]]) -> PairedOutcome:
    from dataclasses import replace

    return replace(outcome, pairs=np.array(pairs, np.int32).reshape(-1, 2).T)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCORES)
def test_everybody_stands_in_one_bar(empty: PairedOutcome, pairs: list[tuple[int, int]]) -> None:
    outcome = with_pairs(empty, pairs)
    found = change_distribution(outcome)
    changes = [after - before for before, after in pairs]
    assert sum(bar.n for bar in found.bars) == found.n == len(pairs)
    assert sum(bar.n_reached for bar in found.bars) == sum(one <= -20 for one in changes)
    assert (found.n_zero, found.n_worse) == (changes.count(0), sum(one > 0 for one in changes))
    for bar in found.bars:
        inside = [
            one / 10
            for one in changes
            if (
                one / 10 == bar.low
                if bar.low == bar.high
                else bar.low <= one / 10 < bar.high
                if bar.high > 0
                else bar.low < one / 10 <= bar.high
            )
            and (one != 0 or bar.low == bar.high)
        ]
        assert len(inside) == bar.n
    in_percent = percent_distribution(outcome)
    assert in_percent is not None
    defined = [(before, after) for before, after in pairs if before]
    assert sum(bar.n for bar in in_percent.bars) == len(defined)
    assert in_percent.n_undefined == len(pairs) - len(defined)
    reached = sum(100 * (before - after) >= 30 * before for before, after in defined)
    assert sum(bar.n_reached for bar in in_percent.bars) == reached


def test_whole_scores_have_a_bar_for_each_value(ask: Ask) -> None:
    found = change_distribution(ask(case_of(before=8, after=2), case_of(before=8, after=8)))
    assert found.is_whole
    assert [(bar.low, bar.high, bar.n) for bar in found.bars] == [(-6, -6, 1), (0, 0, 1)]
    assert [(mark.at, mark.label) for mark in found.thresholds] == [(-2.0, "≥ 2 points")]


def test_no_change_stands_alone_among_spans(ask: Ask) -> None:
    scale = PainScale.VAS_10
    pairs = ((5, 4.9), (5, 5), (5, 5.3), (5, 3), (5, 4))
    found = change_distribution(ask(*(case_of(before=b, after=a, scale=scale) for b, a in pairs)))
    assert [(bar.low, bar.high, bar.n) for bar in found.bars] == [
        (-3.0, -2.0, 1),
        (-2.0, -1.0, 1),
        (-1.0, 0.0, 1),
        (0.0, 0.0, 1),
        (0.0, 1.0, 1),
    ]


def test_relief_of_all_pain_and_of_none_have_bars_of_their_own(ask: Ask) -> None:
    cases = [case_of(before=8, after=after) for after in (0, 8, 7)]
    worse = [case_of(before=3, after=after) for after in (6, 7)]
    found = percent_distribution(ask(*cases, *worse, case_of(before=0, after=2)))
    assert found is not None
    assert [(bar.low, bar.high, bar.n) for bar in found.bars] == [
        (-110.0, -100.0, 2),
        (0.0, 0.0, 1),
        (10.0, 20.0, 1),
        (100.0, 100.0, 1),
    ]
    assert (found.n_undefined, found.n_beyond) == (1, 1)
    assert found.mean == pytest.approx((100 + 0 + 12.5 - 100 - 400 / 3) / 5)
    assert [mark.label for mark in found.thresholds] == ["≥ 30 %", "≥ 50 %"]


def test_of_nothing_there_is_no_bar(ask: Ask, logbook: Logbook) -> None:
    found = change_distribution(ask())
    assert (found.bars, found.n) == ((), 0)
