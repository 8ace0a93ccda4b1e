# SPDX-License-Identifier: MIT
"""Pairs built by hand, through a logbook, against scipy called directly on the same pairs."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from scipy import stats

from models.analysis.report_json import outcomes_json
from models.bulk import save_many
from models.logbook import Logbook
from models.vocabulary import Technique
from tests.builders import a_case

PAIRS = {
    "no ties": [(9, 2), (8, 4), (10, 1), (7, 6), (9, 4), (10, 4)],
    "ties and zeros": [(8, 2), (8, 2), (7, 7), (6, 6), (9, 10), (10, 0), (5, 3), (4, 3)],
    "some worse": [(5, 8), (6, 9), (7, 2), (8, 8), (3, 10), (10, 9)],
    "no pain before": [(0, 0), (0, 3), (2, 0), (8, 0), (10, 10)],
    "many": [(n % 7 + 4, n * 5 % 11) for n in range(60)],
}


@pytest.mark.parametrize("pairs", PAIRS.values(), ids=PAIRS)
def test_every_statistic_is_that_of_scipy(logbook: Logbook, pairs: list[tuple[int, int]]) -> None:
    save_many(logbook, [a_case(f"P-{n}", before=b, after=a) for n, (b, a) in enumerate(pairs)])
    found = outcomes_json(logbook)
    before, after = np.array(pairs, float).T
    change = after - before
    t = stats.ttest_rel(after, before)
    assert (found["n_pairs"], found["mean_change"]) == (len(pairs), pytest.approx(change.mean()))
    assert found["sd_change"] == pytest.approx(np.std(change, ddof=1))
    assert (found["t"], found["df"], found["p_t"]) == pytest.approx((t.statistic, t.df, t.pvalue))
    assert found["ci95"] == pytest.approx(tuple(t.confidence_interval(0.95)))
    as_told(found["wilcoxon"], change)
    assert found["hodges_lehmann"] == pytest.approx(pseudomedian(change))
    for name, reached, of in (
        ("ge2", change <= -2, np.ones(len(pairs), bool)),
        ("ge30pct", 10 * -change >= 3 * before, before > 0),
        ("ge50pct", 2 * -change >= before, before > 0),
        ("acceptable", after <= 3, np.ones(len(pairs), bool)),
    ):
        k, n = int((reached & of).sum()), int(of.sum())
        limits = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        responders: Any = found["responders"]
        told = responders[name]
        assert (told["k"], told["n"], told["rate"]) == (k, n, pytest.approx(k / n))
        assert told["ci95"] == pytest.approx((limits.low, limits.high), abs=1e-12)


def as_told(told: Any, change: Any) -> None:
    """Wilcoxon's test by the method and the handling of zeros that are told."""
    moved = change[change != 0]
    exact = told["method"] == "exact"
    assert exact is (len(moved) == len(change) == len(set(np.abs(change).tolist())))
    theirs = stats.wilcoxon(moved, correction=not exact, method="exact" if exact else "asymptotic")
    assert (told["statistic"], told["p"]) == pytest.approx((theirs.statistic, theirs.pvalue))
    assert (told["n"], told["n_zero"]) == (len(moved), len(change) - len(moved))


def pseudomedian(change: Any) -> float:
    both = itertools.combinations_with_replacement(change.tolist(), 2)
    return float(np.median([(one + other) / 2 for one, other in both]))


def test_two_groups_are_compared_as_scipy_does(logbook: Logbook) -> None:
    groups = {
        Technique.BALLOON_KYPHOPLASTY: [(9, 2), (8, 4), (10, 1), (7, 6), (9, 5), (6, 1)],
        Technique.VERTEBROPLASTY: [(9, 7), (8, 6), (10, 9), (7, 7), (9, 3)],
    }
    for technique, pairs in groups.items():
        cases = [a_case(before=b, after=a, technique=technique) for b, a in pairs]
        for n, case in enumerate(cases):
            case.patient.patient_code = f"{technique.value}-{n}"
        save_many(logbook, cases)
    found: Any = outcomes_json(logbook, by="technique")["comparison"]
    one, other = (np.array([a - b for b, a in pairs], float) for pairs in groups.values())
    welch = stats.ttest_ind(one, other, equal_var=False)
    assert found["difference"] == pytest.approx(one.mean() - other.mean())
    assert found["welch"]["p"] == pytest.approx(welch.pvalue)
    assert found["ci95"] == pytest.approx(tuple(welch.confidence_interval(0.95)))
    assert found["mann_whitney"]["p"] == pytest.approx(stats.mannwhitneyu(one, other).pvalue)
    table = [[int((-g >= 2).sum()), int((-g < 2).sum())] for g in (one, other)]
    assert found["fisher"]["ge2"] == pytest.approx(stats.fisher_exact(table).pvalue)
