# SPDX-License-Identifier: MIT
"""What other programs and textbooks print, and what a published test says of another handling.

The answers of ``known_answers.json`` and ``known_safety.json`` are reproduced beside what works
them out: intervals and tests of pairs in ``analysis/test_statistics``, of groups in
``analysis/test_between``, heights in ``analysis/test_gains`` and ``test_heights``, rates of levels
in ``safety/test_rates``, charts in ``safety/test_cusum``. Here stands what is left of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from models.analysis.association import spearman
from models.analysis.between import EXACT_SUM, fisher, mann_whitney, welch
from models.analysis.statistics import EXACT, wilcoxon, wilson
from models.safety.limits import Weights
from models.safety.survival import kaplan_meier
from tests.models.analysis.known import KNOWN
from tests.models.safety.known import KNOWN as KNOWN_SAFETY

ELSEWHERE = json.loads(
    (Path(__file__).parents[1] / "data" / "known_elsewhere.json").read_text(encoding="utf-8")
)


def both(entry: dict[str, Any]) -> tuple[Any, Any]:
    return np.array(entry["one"], float), np.array(entry["other"], float)


@pytest.mark.parametrize(("k", "n", "percent"), [(64, 88, 72.7), (7, 31, 23)])
def test_published_percentages_are_those_of_their_counts(k: int, n: int, percent: float) -> None:
    rate = wilson(k, n).rate
    assert rate is not None
    assert round(100 * rate, 1 if percent % 1 else 0) == percent


def test_the_signed_rank_sums_of_both_sides_and_one_side_follow_from_what_is_told() -> None:
    entry = KNOWN["wilcoxon_signed_rank"]
    one, other = both(entry)
    found = wilcoxon(np.round(one - other, 6))
    assert found.method == EXACT
    assert found.rank_biserial is not None
    assert found.p is not None
    total = found.n * (found.n + 1) / 2
    assert (1 + found.rank_biserial) / 2 * total == pytest.approx(40), "V, the sum of the rises"
    assert found.p / 2 == pytest.approx(0.01953125, abs=1e-9)


def test_another_handling_of_zeros_has_another_p_so_that_it_has_to_be_stated() -> None:
    one, other = both(KNOWN["paired_t"])
    change = np.round(one - other, 6)
    pratt = stats.wilcoxon(change, zero_method="pratt", correction=True, method="asymptotic")
    assert pratt.pvalue == pytest.approx(0.006802, abs=5e-7)
    found = wilcoxon(change)
    assert found.p == pytest.approx(0.009091, abs=5e-7)
    assert (found.n_zero, found.zeros) == (1, "zeros dropped")


@pytest.mark.parametrize(("place", "p", "q"), [(0, 0.6931, 0.1178), (1, 1.0986, 0.1112)])
def test_the_two_logarithms_of_the_sequential_test_are_known(
    place: int, p: float, q: float
) -> None:
    entry = KNOWN_SAFETY["sprt"][place]
    weights = Weights.of(entry["p0"], entry["p1"])
    assert (weights.failure, -weights.success) == pytest.approx((p, q), abs=5e-5)


def test_two_groups_are_compared_as_r_does() -> None:
    entry = ELSEWHERE["welch"]
    found = welch(*both(entry))
    assert found.t == pytest.approx(entry["t"], abs=5e-5)
    assert found.df == pytest.approx(entry["df"], abs=5e-4)
    assert found.p == pytest.approx(entry["p"], abs=5e-6)
    assert found.ci95 == pytest.approx(entry["ci95"], abs=1e-7)


def test_ranks_of_two_groups_are_compared_as_r_does() -> None:
    entry = ELSEWHERE["mann_whitney"]
    found = mann_whitney(*both(entry))
    assert (found.u, found.method) == (entry["u"], EXACT_SUM)
    assert found.p == pytest.approx(entry["p"], abs=5e-5)


@pytest.mark.parametrize("entry", ELSEWHERE["spearman"], ids=lambda entry: entry["name"])
def test_ranks_correlate_as_in_other_programs(entry: dict[str, Any]) -> None:
    found = spearman(*both(entry))
    assert found.rho == pytest.approx(entry["rho"], abs=1e-7)
    if entry["ci95"] is not None:
        assert found.ci95 == pytest.approx(entry["ci95"], abs=1e-7)


def test_twins_are_convicted_as_fisher_found() -> None:
    entry = ELSEWHERE["fisher"]
    found = fisher(wilson(*entry["one"]), wilson(*entry["other"]))
    assert found.p == pytest.approx(entry["p"], abs=5e-8)


def test_remissions_last_as_in_the_textbook() -> None:
    entry = ELSEWHERE["kaplan_meier"]
    weeks = np.array(entry["events"] + entry["censored"], float)
    happened = np.arange(len(weeks)) < len(entry["events"])
    found = kaplan_meier(weeks, happened)
    assert (found.n, found.n_events) == (21, 9)
    free = {f"{step.day:g}": step.free for step in found.steps}
    assert free == pytest.approx(entry["free"], abs=5.1e-4)
    assert {f"{step.day:g}": step.at_risk for step in found.steps} == entry["at_risk"]
