# SPDX-License-Identifier: MIT
"""A level left untreated between two cemented ones: which are, and what the checks say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import checks
from models.case import Case
from models.findings import Severity
from models.sandwich import EarlierSpine, Sandwich, sandwiches
from models.vocabulary import Level, MissingReason
from tests.builders import a_case

L = Level


def said(case: Case, earlier: EarlierSpine | None = None) -> list[str]:
    found = checks.warnings(case, earlier) if earlier else checks.warnings(case)
    return [finding.message for finding in found if "untreated" in finding.message]


@pytest.mark.parametrize(
    ("cemented", "variants", "between"),
    [
        ({L.L1, L.L3}, (), [L.L2]),
        ({L.T11, L.L1}, (), [L.T12]),
        ({L.T12, L.L1}, (), []),
        ({L.T12, L.L1}, {L.T13}, [L.T13]),
        ({L.T12, L.T13, L.L1}, (), []),
        ({L.T13, L.L2}, (), [L.L1]),
        ({L.L4, L.S1}, (), [L.L5]),
        ({L.L4, L.S1}, {L.L6}, []),
        ({L.L5, L.S1}, {L.L6}, [L.L6]),
        ({L.L1, L.L4}, (), []),
        ({L.L5, L.S2}, (), []),
        ({L.S1, L.S3}, (), []),
        ({L.T7, L.T9, L.T11}, (), [L.T8, L.T10]),
        ((), (), []),
    ],
)
def test_a_single_level_between_two_cemented_ones(
    cemented: set[Level], variants: set[Level], between: list[Level]
) -> None:
    assert [found.level for found in sandwiches(cemented, variants)] == between


@given(st.sets(st.sampled_from(list(Level))))
def test_what_is_between_is_never_cemented_itself(cemented: set[Level]) -> None:
    for found in sandwiches(cemented):
        assert found.level not in cemented
        assert {found.above, found.below} <= cemented
        assert found.above.rank < found.level.rank < found.below.rank


def test_the_neighbors_are_named() -> None:
    assert sandwiches({L.L1, L.L3}) == [Sandwich(L.L2, L.L1, L.L3)]


def test_todays_levels_alone_can_leave_one_between() -> None:
    case = a_case("P-1", L.L1, L.L3)
    assert said(case) == ["L2 lies untreated between cemented L1 and L3."]


def test_earlier_cement_counts_too() -> None:
    case = a_case("P-1", L.L3)
    assert said(case) == []
    earlier = EarlierSpine(cemented=frozenset({L.L1}))
    assert said(case, earlier) == ["L2 lies untreated between cemented L1 and L3."]


def test_what_earlier_cases_left_between_is_not_told_in_every_later_case() -> None:
    assert said(a_case("P-1", L.T7), EarlierSpine(frozenset({L.L1, L.L3}))) == []


def test_a_variant_known_from_earlier_cases_lies_between() -> None:
    case = a_case("P-1", L.T12, L.L1)
    assert said(case) == []
    earlier = EarlierSpine(variants=frozenset({L.T13}))
    assert said(case, earlier) == ["T13 lies untreated between cemented T12 and L1."]


def test_a_level_that_was_given_no_cement_closes_no_gap_and_is_none() -> None:
    case = a_case("P-1", L.L1, L.L2, L.L3)
    case.levels[1].cement_ml = None
    case.levels[1].missing = {"cement_ml": MissingReason.NOT_DONE}
    assert said(case) == []
    case.levels[2].cement_ml = None
    case.levels[2].missing = {"cement_ml": MissingReason.NOT_DONE}
    assert said(case, EarlierSpine(frozenset({L.L4}))) == []


def test_it_is_a_warning_at_a_level_of_the_case_and_never_an_error() -> None:
    case = a_case("P-1", L.L1, L.L3)
    (found,) = [f for f in checks.findings(case) if "untreated" in f.message]
    assert found.severity is Severity.WARNING
    assert (found.row_id, found.field) == (str(case.levels[1].id), "level")
    assert checks.errors(case) == []
