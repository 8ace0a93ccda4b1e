# SPDX-License-Identifier: MIT
"""Two groups: published tests are reproduced, scipy agrees, and small groups are not tested."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.analysis.between import (
    APART,
    EXACT_SUM,
    FEWEST_IN_GROUP,
    NORMAL_SUM,
    difference_of_means,
    difference_of_shares,
    fisher,
    mann_whitney,
    welch,
)
from models.analysis.statistics import wilson
from tests.models.analysis.known import KNOWN

GROUP = st.lists(st.integers(-100, 100), max_size=30).map(lambda tenths: np.array(tenths) / 10)


@pytest.mark.parametrize("entry", KNOWN["fisher_two_sided"], ids=lambda entry: entry["origin"])
def test_fisher_reproduces_published_tests(entry: dict[str, Any]) -> None:
    found = fisher(wilson(*entry["one"]), wilson(*entry["other"]))
    assert found.p == pytest.approx(entry["p"], abs=5.1e-4)


@given(GROUP, GROUP)
def test_the_tests_are_those_of_scipy(one: Any, other: Any) -> None:
    t, ranks = welch(one, other), mann_whitney(one, other)
    if min(len(one), len(other)) < FEWEST_IN_GROUP:
        assert (t.p, t.ci95, ranks.p) == (None, None, None)
        return
    if len({*one.tolist()}) > 1 or len({*other.tolist()}) > 1:
        theirs = stats.ttest_ind(one, other, equal_var=False)
        assert (t.t, t.p) == pytest.approx((theirs.statistic, theirs.pvalue))
        assert t.ci95 == pytest.approx(tuple(theirs.confidence_interval(0.95)))
    if len({*one.tolist(), *other.tolist()}) > 1:
        auto = stats.mannwhitneyu(one, other)
        least = 2 / math.comb(len(one) + len(other), len(one))
        expected = auto.pvalue if ranks.method != APART else least
        assert (ranks.u, ranks.p) == pytest.approx((auto.statistic, expected))
        assert ranks.p is not None
        assert ranks.p >= least * (1 - 1e-12)


def test_the_difference_is_told_where_it_is_not_tested() -> None:
    found = welch(np.array([1.0, 2.0]), np.array([4.0]))
    assert (found.difference, found.p) == (-2.5, None)
    assert welch(np.array([]), np.array([4.0])).difference is None


def test_groups_without_a_spread_are_not_tested() -> None:
    same = np.full(6, -3.0)
    assert welch(same, same).p is None
    assert mann_whitney(same, same).p is None
    assert mann_whitney(same, same + 1).p is not None


def test_two_small_groups_that_lie_apart_have_the_exact_p() -> None:
    # The normal approximation would claim 0.004, where five against five never give less.
    found = mann_whitney(np.full(5, -6.0), np.full(5, -2.0))
    assert (found.u, found.method) == (0.0, APART)
    assert found.p == pytest.approx(2 / 252)
    turned = mann_whitney(np.full(5, -2.0), np.full(5, -6.0))
    assert (turned.u, turned.method) == (25.0, APART)
    assert turned.p == pytest.approx(2 / 252)


def test_exact_is_claimed_only_where_it_is() -> None:
    small, ties = np.arange(6.0), np.array([0.0, 0, 1, 2, 3, 4])
    assert mann_whitney(small, small + 0.5).method == EXACT_SUM
    assert mann_whitney(small, ties).method == NORMAL_SUM
    assert mann_whitney(np.arange(20.0), np.arange(20.0) + 0.5).method == NORMAL_SUM


@given(GROUP, GROUP)
def test_a_standardized_difference_turns_round_with_the_groups(one: Any, other: Any) -> None:
    there, back = difference_of_means(one, other), difference_of_means(other, one)
    if there is None or back is None:
        assert there is back
        return
    assert there == pytest.approx(-back)
    spread = math.sqrt((np.var(one, ddof=1) + np.var(other, ddof=1)) / 2)
    assert there == pytest.approx((one.mean() - other.mean()) / spread)


def test_shares_without_a_spread_have_no_standardized_difference() -> None:
    assert difference_of_shares(wilson(3, 3), wilson(0, 5)) is None
    assert difference_of_shares(wilson(0, 0), wilson(1, 2)) is None
    found = difference_of_shares(wilson(1, 2), wilson(1, 4))
    assert found == pytest.approx(0.25 / math.sqrt((0.25 + 0.1875) / 2))
