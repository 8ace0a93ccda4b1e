# SPDX-License-Identifier: MIT
"""Cement against relief: levels summed, unknown volumes left out and counted."""

from __future__ import annotations

import pytest
from scipy import stats

from models.analysis.cement import CementRelief, cement_relief
from models.analysis.question import Question
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import Level
from tests.builders import a_case


def ask(logbook: Logbook, *cases: Case) -> CementRelief:
    save_many(logbook, cases)
    with logbook.session():
        return cement_relief(logbook, Question())


def test_levels_are_summed_and_relief_is_before_minus_after(logbook: Logbook) -> None:
    two = a_case("A", Level.T12, Level.L1, before=8, after=2, cement_ml=3.1)
    worse = a_case("B", before=3, after=5, cement_ml=4)
    found = ask(logbook, two, worse)
    assert sorted(zip(found.ml, found.relief, strict=True)) == [(4.0, -2.0), (6.2, 6.0)]
    assert (found.n, found.n_multilevel, found.correlation.rho) == (2, 1, None)
    assert found.volume.median == pytest.approx(5.1)


def test_a_volume_that_is_not_known_at_every_level_is_left_out(logbook: Logbook) -> None:
    half = a_case("A", Level.T12, Level.L1)
    half.levels[1].cement_ml = None
    nowhere = a_case("E")
    nowhere.levels.clear()
    others = a_case("B", cement_ml=None), a_case("C"), a_case("D", after=None)
    found = ask(logbook, half, *others, nowhere)
    assert (found.n, found.n_no_volume, found.n_cases) == (1, 3, 5)
    assert {missing.code: n for missing, n in found.missing} == {"no_followup_score": 1}


def test_the_correlation_is_that_of_scipy(logbook: Logbook) -> None:
    told = [(2, 9, 4), (3, 8, 5), (4, 8, 2), (5, 9, 3), (6, 7, 0), (7, 9, 1)]
    cases = [a_case(f"P-{ml}", before=b, after=a, cement_ml=ml) for ml, b, a in told]
    found = ask(logbook, *cases).correlation
    theirs = stats.spearmanr([ml for ml, _, _ in told], [b - a for _, b, a in told])
    assert (found.rho, found.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_the_published_cases_claim_nothing(logbook: Logbook) -> None:
    add_example(logbook)
    found = ask(logbook)
    assert (found.n, found.n_cases, found.correlation.rho) == (0, 2, None)
