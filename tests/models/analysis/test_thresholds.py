# SPDX-License-Identifier: MIT
"""Thresholds: kept in the logbook, checked, printed, and said to be the clinic's own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.analysis.paired import pain_outcome
from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.analysis.responders import Criterion, responders_of
from models.analysis.thresholds import (
    LIMITS,
    Thresholds,
    change_thresholds,
    stored_thresholds,
)
from models.audit import Action
from models.bulk import save_many
from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import AuditEntry
from models.vocabulary import PainScale
from tests.builders import a_case
from tests.models.analysis.asking import Ask, case_of


def test_a_new_logbook_has_the_published_ones(logbook: Logbook) -> None:
    assert stored_thresholds(logbook) == Thresholds()


def test_changed_ones_are_kept_with_an_audit_entry(logbook: Logbook) -> None:
    wanted = replace(Thresholds(), points=3.0, odi_points=15.0)
    change_thresholds(logbook, wanted)
    assert stored_thresholds(logbook) == wanted
    with logbook.session():
        actions = [
            row[0]
            for row in AuditEntry.select(AuditEntry.action).tuples().execute(logbook.database)
        ]
    assert Action.SETTING.value in actions


def test_what_cannot_be_is_refused(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="Pain, relief: 12 is not within 0\\.1 to 10"):
        change_thresholds(logbook, replace(Thresholds(), points=12.0))
    with pytest.raises(LogbookError, match="Substantial relief cannot be less"):
        change_thresholds(logbook, replace(Thresholds(), moderate=60))
    assert stored_thresholds(logbook) == Thresholds()


@given(
    st.builds(
        lambda points, moderate: replace(Thresholds(), points=points, moderate=moderate),
        st.integers(1, 100).map(lambda tenths: tenths / 10),
        st.integers(1, 50),
    )
)
def test_what_is_kept_comes_back(thresholds: Thresholds) -> None:
    assert Thresholds.read(thresholds.as_text()) == thresholds


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", '{"points": "two"}', '{"moderate": 80, "substantial": 20}']
)
def test_what_cannot_be_read_is_standard(text: str) -> None:
    assert Thresholds.read(text) == Thresholds()


def test_what_is_missing_or_impossible_is_standard_and_the_rest_holds() -> None:
    found = Thresholds.read('{"points": 99, "acceptable": 2, "unknown": 1}')
    assert found == replace(Thresholds(), acceptable=2.0)


def test_the_standard_is_not_written(logbook: Logbook) -> None:
    assert Thresholds().as_text() == ""
    assert {limit.name for limit in LIMITS} == set(Thresholds.__dataclass_fields__)


def test_they_decide_who_improved_and_their_source_is_told(logbook: Logbook) -> None:
    save_many(logbook, [a_case("A", before=8, after=6), a_case("B", before=8, after=2)])
    change_thresholds(logbook, replace(Thresholds(), points=3.0))
    with logbook.session():
        outcome = pain_outcome(logbook)
    points = responders_of(outcome.numbers.responders, Criterion.POINTS)
    assert (points.label, points.result.k, points.source) == (
        "≥ 3 points",
        1,
        "set for this logbook",
    )
    fifty = responders_of(outcome.numbers.responders, Criterion.FIFTY)
    assert fifty.source == "substantial in IMMPACT, Dworkin 2008"


def test_they_are_printed(logbook: Logbook) -> None:
    save_many(logbook, [a_case("A")])
    change_thresholds(logbook, replace(Thresholds(), rmdq_points=7.0))
    document = outcomes_json(logbook)
    thresholds = document["thresholds"]
    assert isinstance(thresholds, dict)
    assert (thresholds["rmdq_points"], thresholds["ge2_points_of_10"]) == (7.0, 2.0)
    text = outcomes_text(logbook, "baseline", "latest", None)
    assert "RMDQ, improvement 7 points of 24" in text


def test_a_threshold_of_points_says_that_it_was_found_on_the_numeric_scale(ask: Ask) -> None:
    on_vas = ask(case_of(before=80, after=20, scale=PainScale.VAS_100)).numbers.responders
    assert [one.label for one in on_vas][:1] == ["≥ 20 points"]
    sources = {one.criterion: one.source for one in on_vas}
    assert sources[Criterion.POINTS] == "Farrar 2001, Ostelo 2008, of NRS 0–10"
    assert sources[Criterion.ACCEPTABLE].endswith(", of NRS 0–10")
    assert "NRS" not in sources[Criterion.THIRTY]
