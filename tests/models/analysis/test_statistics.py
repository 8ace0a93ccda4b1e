# SPDX-License-Identifier: MIT
"""Known answers are reproduced, scipy agrees, and nothing is claimed where n is too small."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.analysis.statistics import (
    ALL_EQUAL,
    CORRECTED,
    EXACT,
    MOST_EXACT,
    NORMAL,
    ONE_WAY,
    ZEROS_DROPPED,
    hodges_lehmann,
    mean_of,
    paired_t,
    spread_of,
    wilcoxon,
    wilson,
)

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers

KNOWN = json.loads(
    (Path(__file__).parents[2] / "data" / "known_answers.json").read_text(encoding="utf-8")
)
TENTHS = st.lists(st.integers(-100, 100), max_size=60)


def changes(entry: dict[str, list[float]]) -> Numbers:
    return np.round(np.array(entry["one"]) - np.array(entry["other"]), 6)


def in_points(tenths: list[int]) -> Numbers:
    return np.array(tenths, dtype=float) / 10


@pytest.mark.parametrize("entry", KNOWN["wilson_95"], ids=lambda e: f"{e['k']} of {e['n']}")
def test_wilson_reproduces_the_known_intervals(entry: dict[str, float]) -> None:
    found = wilson(int(entry["k"]), int(entry["n"]))
    assert found.ci95 is not None
    assert found.ci95.low == pytest.approx(entry["low"], abs=5.1e-5)
    assert found.ci95.high == pytest.approx(entry["high"], abs=5.1e-5)
    assert found.rate == pytest.approx(entry["k"] / entry["n"])


def test_none_of_none_is_no_rate() -> None:
    found = wilson(0, 0)
    assert (found.rate, found.ci95) == (None, None)


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_more_than_all_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(k, n)


@given(st.integers(1, 400), st.data())
def test_an_interval_of_a_rate_holds_it_and_stays_within_all_and_none(
    n: int, data: st.DataObject
) -> None:
    found = wilson(data.draw(st.integers(0, n)), n)
    assert found.ci95 is not None
    assert found.rate is not None
    assert 0 <= found.ci95.low <= found.rate + 1e-12
    assert found.rate - 1e-12 <= found.ci95.high <= 1


def test_the_paired_t_test_reproduces_students_sleep_data() -> None:
    entry = KNOWN["paired_t"]
    found = paired_t(changes(entry))
    assert (found.n, found.df) == (10, entry["df"])
    assert found.t == pytest.approx(entry["t"], abs=5e-5)
    assert found.p == pytest.approx(entry["p"], abs=5e-7)
    assert found.ci95 == pytest.approx(entry["ci95"], abs=1e-6)


def test_the_paired_t_test_reproduces_a_published_summary() -> None:
    entry = KNOWN["paired_t_summary"]
    shape = np.linspace(-1, 1, entry["n"])
    values = entry["mean"] + entry["sd"] * shape / shape.std(ddof=1)
    found = paired_t(values)
    assert found.t == pytest.approx(entry["t"], abs=5e-4)
    assert found.p == pytest.approx(entry["p"], rel=0.01)
    assert found.ci95 == pytest.approx(entry["ci95"], abs=0.005)


def test_one_pair_has_a_change_and_nothing_more() -> None:
    found = paired_t(np.array([-6.0]))
    assert (found.n, found.mean) == (1, -6.0)
    assert (found.sd, found.ci95, found.t, found.df, found.p) == (None,) * 5


def test_no_pair_has_nothing() -> None:
    nothing = np.array([])
    assert paired_t(nothing).mean is None
    assert mean_of(nothing).ci95 is None
    assert spread_of(nothing).median is None
    assert wilcoxon(nothing).p is None
    assert hodges_lehmann(nothing).estimate is None


def test_equal_changes_have_a_point_for_an_interval_and_no_test() -> None:
    found = paired_t(np.full(7, -0.1))
    assert (found.mean, found.sd, found.ci95) == (-0.1, 0.0, (-0.1, -0.1))
    assert (found.t, found.p) == (None, None)


def test_wilcoxon_is_exact_without_ties_and_zeros() -> None:
    entry = KNOWN["wilcoxon_signed_rank"]
    found = wilcoxon(changes(entry))
    assert found.method == EXACT
    assert found.statistic == entry["smaller_rank_sum"]
    assert found.p == pytest.approx(entry["p_exact"], abs=1e-9)
    assert found.zeros == ""


def test_wilcoxon_says_that_it_dropped_a_zero_and_used_the_normal_approximation() -> None:
    entry = KNOWN["paired_t"]
    found = wilcoxon(changes(entry))
    assert (found.n, found.n_zero, found.zeros) == (9, 1, ZEROS_DROPPED)
    assert found.method == CORRECTED
    assert found.p == pytest.approx(entry["wilcoxon_p_zero_dropped"], abs=5e-7)


@pytest.mark.parametrize(
    ("change", "method"),
    [
        (np.arange(1.0, MOST_EXACT + 1), EXACT),
        (np.arange(1.0, MOST_EXACT + 2), CORRECTED),
        (np.array([1.0, -1.0, 2.0, 3.0]), CORRECTED),
        (np.array([0.0, 1.0, -2.0, 3.0]), CORRECTED),
    ],
    ids=["as many as allowed", "too many", "a tie", "a zero"],
)
def test_exact_is_claimed_only_where_it_is(change: Numbers, method: str) -> None:
    assert wilcoxon(change).method == method


def test_changes_that_are_all_the_same_are_not_tested() -> None:
    for n in (2, 5, 8, 60):
        found = wilcoxon(np.full(n, -6.0))
        assert (found.n, found.n_zero, found.p, found.method) == (n, 0, None, ALL_EQUAL)


@given(st.lists(st.integers(1, 3), min_size=2, max_size=12), st.booleans(), st.integers(0, 3))
def test_no_p_is_below_what_so_few_pairs_can_give(
    sizes: list[int], falls: bool, zeros: int
) -> None:
    moved = np.array(sizes, float) * (-1 if falls else 1)
    found = wilcoxon(np.concatenate([moved, np.zeros(zeros)]))
    if found.method == ALL_EQUAL:
        return
    assert found.p is not None
    assert found.p >= 2.0 ** (1 - len(sizes))
    if found.method == ONE_WAY and len(sizes) <= 7:
        # All ways to give the changes signs; scipy counts them one by one.
        theirs = stats.wilcoxon(moved, method=stats.PermutationMethod(n_resamples=np.inf))
        assert found.p == pytest.approx(theirs.pvalue)


def test_a_few_changes_that_tie_in_one_direction_have_the_exact_p() -> None:
    # The normal approximation would claim 0.048, where five pairs never give less than 1/16.
    found = wilcoxon(np.array([-6.0, -6.0, -6.0, -6.0, -5.0]))
    assert (found.p, found.statistic, found.method) == (0.0625, 0.0, ONE_WAY)


def test_nothing_changed_is_no_test() -> None:
    found = wilcoxon(np.zeros(8))
    assert (found.n, found.n_zero, found.p, found.statistic) == (0, 8, None, None)


def test_hodges_lehmann_reproduces_the_exact_interval() -> None:
    entry = KNOWN["wilcoxon_signed_rank"]
    found = hodges_lehmann(changes(entry))
    assert found.method == EXACT
    assert found.estimate == pytest.approx(entry["hodges_lehmann"], abs=1e-9)
    assert found.ci95 == pytest.approx(entry["ci95_exact"], abs=1e-9)
    assert found.confidence == pytest.approx(entry["confidence"], abs=5e-5)


@pytest.mark.parametrize("n", range(1, 6))
def test_fewer_than_six_pairs_reach_no_interval(n: int) -> None:
    assert hodges_lehmann(np.arange(1.0, n + 1)).ci95 is None
    assert hodges_lehmann(np.ones(n)).ci95 is None


def test_an_exact_interval_holds_at_least_what_it_promises() -> None:
    for n in range(6, MOST_EXACT + 1):
        found = hodges_lehmann(np.arange(1.0, n + 1))
        assert found.confidence is not None
        assert 0.95 <= found.confidence < 0.98


@given(TENTHS)
def test_the_numbers_are_those_of_scipy(tenths: list[int]) -> None:
    change = in_points(tenths)
    t, rank, spread = paired_t(change), wilcoxon(change), spread_of(change)
    if len(set(tenths)) > 1:
        theirs = stats.ttest_rel(change, np.zeros_like(change))
        assert (t.t, t.p) == pytest.approx((theirs.statistic, theirs.pvalue))
        assert t.ci95 == pytest.approx(tuple(theirs.confidence_interval(0.95)))
    if any(tenths):
        exact = rank.method == EXACT
        theirs = stats.wilcoxon(
            change, correction=not exact, method="exact" if exact else "asymptotic"
        )
        if rank.method in (EXACT, CORRECTED):
            assert (rank.statistic, rank.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    if tenths:
        assert spread.median == pytest.approx(float(np.median(change)))


@given(st.lists(st.integers(-30, 30), min_size=1, max_size=40))
def test_equal_changes_are_counted_as_if_each_average_stood_alone(tenths: list[int]) -> None:
    change = in_points(tenths)
    one, other = np.triu_indices(len(change))
    averages = np.sort((change[one] + change[other]) / 2)
    found = hodges_lehmann(change)
    assert found.estimate == pytest.approx(float(np.median(averages)))
    if found.ci95 is not None and found.method == NORMAL:
        n = len(change)
        deviation = (n * (n + 1) * (2 * n + 1) / 24) ** 0.5
        rank = int(n * (n + 1) / 4 - 1.959964 * deviation)
        assert found.ci95 == pytest.approx((averages[rank - 1], averages[-rank]))


@given(TENTHS.filter(any))
def test_turning_all_changes_round_turns_the_estimates_round(tenths: list[int]) -> None:
    change = in_points(tenths)
    for there, back in (
        (wilcoxon(change).rank_biserial, wilcoxon(-change).rank_biserial),
        (hodges_lehmann(change).estimate, hodges_lehmann(-change).estimate),
    ):
        assert there is not None
        assert back is not None
        assert there == pytest.approx(-back)


def test_importing_costs_neither_numpy_nor_scipy() -> None:
    code = (
        "import sys, models.analysis.statistics as s;"
        "assert not {'numpy', 'scipy'} & set(sys.modules), 'heavy'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
