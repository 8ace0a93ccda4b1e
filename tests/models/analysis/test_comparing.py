# SPDX-License-Identifier: MIT
"""Groups against each other: the two largest at first, a saved filter against the rest."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from models.analysis.asking import groups_of, question_of
from models.analysis.comparing import compare, largest_two
from models.analysis.grouping import OUTSIDE, WITHIN
from models.analysis.outcome import PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.report_json import outcomes_json
from models.bulk import save_many
from models.errors import LogbookError
from models.filters import save_filter
from models.logbook import Logbook
from models.query import parse
from models.vocabulary import Level, Technique
from tests.builders import a_case

BKP, VP = Technique.BALLOON_KYPHOPLASTY, Technique.VERTEBROPLASTY
RELIEF = {BKP: (6, 5, 7, 6, 4, 3), VP: (1, 2, 0, 3, 2)}


def fill(logbook: Logbook) -> None:
    cases = [
        a_case(f"{technique}-{n}", before=8, after=8 - relief, technique=technique)
        for technique, reliefs in RELIEF.items()
        for n, relief in enumerate(reliefs)
    ]
    cases.append(a_case("C", Level.C5, technique=Technique.CERVICAL_VERTEBROPLASTY))
    save_many(logbook, cases)


def ask(logbook: Logbook, by: str) -> PairedOutcome:
    with logbook.session():
        return pain_outcome(logbook, question_of(logbook, "baseline", "latest", by))


def test_the_two_largest_groups_are_tested_as_scipy_does(logbook: Logbook) -> None:
    fill(logbook)
    outcome = ask(logbook, "technique")
    largest = largest_two(outcome.groups)
    assert largest is not None
    found = compare(outcome, *largest)
    assert (found.one_label, found.n_one, found.n_other) == ("Balloon kyphoplasty", 6, 5)
    one, other = (-np.array(RELIEF[technique], float) for technique in (BKP, VP))
    welch = stats.ttest_ind(one, other, equal_var=False)
    assert (found.change.t, found.change.p) == pytest.approx((welch.statistic, welch.pvalue))
    assert found.ranks.p == pytest.approx(stats.mannwhitneyu(one, other).pvalue)
    points = found.shares[0]
    assert points.p == pytest.approx(stats.fisher_exact([[6, 0], [3, 2]])[1])


def test_a_small_group_is_shown_and_not_tested(logbook: Logbook) -> None:
    fill(logbook)
    outcome = ask(logbook, "technique")
    found = compare(outcome, outcome.groups[0], outcome.groups[-1])
    assert not found.is_tested
    assert (found.change.p, found.ranks.p) == (None, None)
    assert {share.p for share in found.shares} == {None}
    assert found.change.difference is not None


def test_one_group_alone_has_no_partner(logbook: Logbook) -> None:
    save_many(logbook, [a_case("A")])
    assert largest_two(ask(logbook, "technique").groups) is None


def test_a_saved_filter_is_compared_with_all_others(logbook: Logbook) -> None:
    fill(logbook)
    save_filter(logbook, "Balloons", parse("technique:balloon_kyphoplasty"))
    outcome = ask(logbook, "@balloons")
    told = [(group.code, group.label, group.numbers.n_pairs) for group in outcome.groups]
    assert told == [(WITHIN, "Balloons", 6), (OUTSIDE, "All others", 6)]
    document = outcomes_json(logbook, by="@Balloons")
    assert document["by"] == "@Balloons"
    groups = document["groups"]
    assert isinstance(groups, dict)
    assert groups[WITHIN]["n_cases"] == 6
    comparison = document["comparison"]
    assert isinstance(comparison, dict)
    assert comparison["groups"] == [WITHIN, OUTSIDE]


def test_a_filter_that_nobody_saved_is_told(logbook: Logbook) -> None:
    with logbook.session(), pytest.raises(LogbookError, match="There is no filter nobody"):
        groups_of(logbook, "nobody")
