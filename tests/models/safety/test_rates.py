# SPDX-License-Identifier: MIT
"""Rates of levels allow for several in one patient, and nothing is sure where nothing happened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.safety.rates import LevelRate, RateMethod, fisher, level_rate, share
from tests.models.safety.known import KNOWN

PATIENTS = st.lists(
    st.integers(0, 4).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=30
)


def rate(k_of: list[int], n_of: list[int]) -> LevelRate:
    return level_rate(np.array(k_of, np.int64), np.array(n_of, np.int64))


def test_levels_of_one_patient_widen_the_interval_as_is_known() -> None:
    entry = KNOWN["cluster"]
    found = rate(entry["leaks"], entry["levels"])
    assert (found.k, found.n, found.n_patients) == (8, 18, 10)
    assert found.rate == pytest.approx(entry["rate"], abs=1e-6)
    assert found.se == pytest.approx(entry["se"], abs=1e-5)
    assert found.design_effect == pytest.approx(entry["design_effect"], abs=1e-3)
    assert found.ci95 == pytest.approx(entry["ci95"], abs=1e-4)
    assert found.method is RateMethod.CLUSTERED
    assert found.rate is not None
    naive = (found.rate * (1 - found.rate) / found.n) ** 0.5
    assert naive == pytest.approx(entry["naive_se"], abs=1e-5)


@pytest.mark.parametrize("entry", KNOWN["fisher"], ids=lambda entry: str(entry["one"]))
def test_fisher_reproduces_the_published_comparisons(entry: dict[str, list[int]]) -> None:
    found = fisher(share(*entry["one"]), share(*entry["other"]))
    assert found == pytest.approx(entry["p"], abs=5e-4)


def test_small_groups_are_not_tested() -> None:
    assert fisher(share(0, 4), share(9, 9)) is None


@pytest.mark.parametrize(
    ("k_of", "n_of"), [([0] * 20, [1] * 20), ([1] * 20, [1] * 20), ([1] * 6, [2] * 6)]
)
def test_where_all_patients_are_alike_the_interval_is_wilsons_over_patients(
    k_of: list[int], n_of: list[int]
) -> None:
    found = rate(k_of, n_of)
    assert found.method is RateMethod.ALIKE
    if k_of[0] in (0, n_of[0]):
        assert found.ci95 == pytest.approx(share(sum(map(bool, k_of)), len(k_of)).ci95)
    assert found.ci95 is not None
    assert found.rate is not None
    assert found.ci95.low <= found.rate <= found.ci95.high
    assert found.ci95.high - found.ci95.low > 0.1


def test_no_level_has_no_rate() -> None:
    assert (rate([], []).rate, rate([0, 0], [0, 0]).rate) == (None, None)
    assert rate([], []).method is RateMethod.NONE


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (0, 3), (3, 3)])
def test_levels_of_one_patient_are_as_sure_as_one_level(k: int, n: int) -> None:
    alone = rate([k], [n])
    assert (alone.n_patients, alone.se, alone.method) == (1, None, RateMethod.ALONE)
    assert alone.ci95 == pytest.approx(share(k // n, 1).ci95)


def test_some_levels_of_one_patient_have_the_widest_interval() -> None:
    alone = rate([1], [3])
    assert alone.rate == pytest.approx(1 / 3)
    assert alone.ci95 is not None
    assert alone.ci95.low < 0.05
    assert alone.ci95.high > 0.8


@given(PATIENTS)
def test_the_interval_holds_the_rate_and_patients_without_levels_count_for_nothing(
    patients: list[tuple[int, int]],
) -> None:
    found = rate([k for k, _ in patients], [n for _, n in patients])
    with_levels = [(k, n) for k, n in patients if n]
    assert found == rate([k for k, _ in with_levels], [n for _, n in with_levels])
    assert (found.k, found.n) == (sum(k for k, _ in patients), sum(n for _, n in patients))
    if found.ci95 is not None:
        assert found.rate is not None
        assert 0 <= found.ci95.low <= found.rate + 1e-12
        assert found.rate - 1e-12 <= found.ci95.high <= 1


@given(st.lists(st.booleans(), min_size=3, max_size=60).filter(lambda one: 0 < sum(one) < len(one)))
def test_one_level_each_is_the_t_interval_of_the_mean(leaks: list[bool]) -> None:
    values = np.array(leaks, float)
    found = rate([int(one) for one in leaks], [1] * len(leaks))
    low, high = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert found.se == pytest.approx(stats.sem(values))
    assert found.ci95 == pytest.approx((max(0, low), min(1, high)))


@given(st.integers(5, 40), st.integers(5, 40), st.data())
def test_fisher_is_that_of_scipy(n: int, m: int, data: st.DataObject) -> None:
    k, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    theirs = stats.fisher_exact([[k, n - k], [j, m - j]]).pvalue
    assert fisher(share(k, n), share(j, m)) == pytest.approx(theirs)
