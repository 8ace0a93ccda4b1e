# SPDX-License-Identifier: MIT
"""Rank correlation and means of clusters: scipy agrees, and too few claim nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.analysis.association import FEWEST_CORRELATED, clustered_mean, spearman
from models.analysis.statistics import mean_of, spread_of
from tests.models.analysis.known import KNOWN

PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(-20, 20)), max_size=40)
VALUES = st.lists(st.integers(-100, 100), max_size=60).map(lambda tenths: np.array(tenths) / 10)


@given(PAIRS)
def test_the_correlation_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, float).reshape(-1, 2).T
    found = spearman(one, other)
    assert found.n == len(pairs)
    if len(pairs) < FEWEST_CORRELATED or len({*one}) == 1 or len({*other}) == 1:
        assert (found.rho, found.p, found.ci95) == (None, None, None)
        return
    theirs = stats.spearmanr(one, other)
    assert found.rho == pytest.approx(theirs.statistic)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-12)
    assert found.ci95 is not None
    assert found.rho is not None
    assert -1 <= found.ci95.low <= found.rho + 1e-9
    assert found.rho - 1e-9 <= found.ci95.high <= 1


def test_one_follows_the_other_without_a_break() -> None:
    found = spearman(np.arange(8.0), np.arange(8.0) ** 2)
    assert found.rho == pytest.approx(1)
    assert found.ci95 == pytest.approx((1, 1))


def test_the_interval_of_the_correlation_is_that_of_bonett_and_wright() -> None:
    # rho 1 - 6 * 8 / (8 * 63); atanh(rho) -+ 1.96 * sqrt((1 + rho^2 / 2) / 5), by hand.
    found = spearman(np.array([1.0, 2, 3, 4, 5, 6, 7, 8]), np.array([2.0, 1, 4, 3, 6, 5, 8, 7]))
    assert found.rho == pytest.approx(0.904762, abs=1e-6)
    assert found.ci95 == pytest.approx((0.427892, 0.987598), abs=1e-6)


def test_the_known_cluster_interval_is_reproduced() -> None:
    entry = KNOWN["clustered_mean"]
    values: list[float] = []
    clusters: list[int] = []
    for number, (size, ones) in enumerate(zip(entry["sizes"], entry["ones"], strict=True)):
        values += [1.0] * ones + [0.0] * (size - ones)
        clusters += [number] * size
    found = clustered_mean(np.array(values), np.array(clusters, np.int32))
    assert (found.n, found.n_clusters) == (18, 10)
    assert found.mean == pytest.approx(entry["mean"], abs=1e-6)
    assert found.ci95 == pytest.approx(entry["ci95"], abs=5e-4)


@given(VALUES)
def test_one_value_a_cluster_makes_the_t_interval(values: Any) -> None:
    found, plain = clustered_mean(values, np.arange(len(values), dtype=np.int32)), mean_of(values)
    assert found.n == plain.n
    assert found.mean == pytest.approx(plain.mean)
    assert (found.sd is None) == (plain.sd is None)
    if plain.ci95 is None:
        assert found.ci95 is None
    else:
        assert found.ci95 == pytest.approx(plain.ci95, abs=1e-9)


def test_one_cluster_has_no_interval() -> None:
    found = clustered_mean(np.array([1.0, 2.0, 4.0]), np.zeros(3, np.int32))
    assert (found.n, found.n_clusters, found.ci95) == (3, 1, None)


def test_clusters_that_are_alike_on_average_only_make_nothing_certain() -> None:
    found = clustered_mean(np.array([0.1, 0.5, 0.2, 0.4]), np.array([0, 0, 1, 1], np.int32))
    assert found.mean == pytest.approx(0.3)
    assert found.ci95 is None


@given(VALUES)
def test_the_interval_of_a_mean_is_that_of_scipy(values: Any) -> None:
    found = mean_of(values)
    if len({*values.tolist()}) > 1:
        theirs = stats.ttest_1samp(values, 0).confidence_interval(0.95)
        assert found.ci95 == pytest.approx(tuple(theirs))


@given(VALUES)
def test_the_interval_of_a_median_is_that_of_scipy(values: Any) -> None:
    found = spread_of(values)
    if not len(values):
        assert found.ci95 is None
        return
    theirs = stats.quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
    if np.isnan(theirs.low) or np.isnan(theirs.high):
        assert found.ci95 is None
    else:
        assert found.ci95 == (theirs.low, theirs.high)
