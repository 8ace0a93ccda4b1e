# SPDX-License-Identifier: MIT
"""Outcomes of the cases of a filter: the same numbers as of a logbook with no other cases."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.analysis.outcome import PairedOutcome
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.report_json import outcomes_json
from models.analysis.report_text import outcomes_text
from models.bulk import save_many
from models.case import Case
from models.logbook import Logbook
from models.query import parse
from models.vocabulary import Level, PainScale, Technique
from tests.builders import a_case
from tests.fresh import NewLogbook

VERTEBROPLASTY = Technique.VERTEBROPLASTY


def cases() -> list[Case]:
    """Ten by vertebroplasty, of which nine have a pair, among six by another technique."""
    pairs = [
        a_case(f"A-{n}", Level.T12, before=9, after=n % 4, technique=VERTEBROPLASTY)
        for n in range(9)
    ]
    apart = a_case("A-9", Level.L1, before=(7, 8), after="resolved", technique=VERTEBROPLASTY)
    others = [a_case(f"B-{n}", Level.T12, before=8, after=7) for n in range(5)]
    others.append(a_case("B-5", before=80, after=10, scale=PainScale.VAS_100))
    return [*others[:2], *pairs, *others[2:], apart]


def outcome(logbook: Logbook, query: str) -> PairedOutcome:
    with logbook.session():
        return pain_outcome(logbook, replace(Question(), filter=parse(query)))


def test_only_the_cases_of_the_filter_count(
    new_logbook: NewLogbook, logbook: Logbook, tmp_path: Path
) -> None:
    save_many(logbook, cases())
    alone = new_logbook(tmp_path / "Alone.kypholog")
    save_many(alone, [one for one in cases() if one.patient.patient_code.startswith("A")])
    with alone.session():
        expected = pain_outcome(alone)
    alone.close()
    found = outcome(logbook, "technique:vertebroplasty")
    assert found.numbers == expected.numbers
    assert found.other_scales == expected.other_scales
    assert found.message == expected.message
    assert (found.n_ranges, found.n_words) == (expected.n_ranges, expected.n_words) == (1, 1)
    assert (found.pairs == expected.pairs).all()


def test_a_filter_that_nothing_meets_says_so(logbook: Logbook) -> None:
    save_many(logbook, cases())
    found = outcome(logbook, "level:C2")
    assert (found.numbers.n_cases, found.numbers.n_pairs) == (0, 0)
    assert found.message == "No case meets the filter."


def test_groups_are_of_the_cases_of_the_filter(logbook: Logbook) -> None:
    save_many(logbook, cases())
    document = outcomes_json(logbook, by="technique", asked=parse("level:L1"))
    groups = document["groups"]
    assert isinstance(groups, dict)
    assert list(groups) == ["vertebroplasty"]
    assert groups["vertebroplasty"]["n_cases"] == 1


def test_reports_say_which_cases_count(logbook: Logbook) -> None:
    save_many(logbook, cases())
    asked = parse("level:T12 tech:vertebropl")
    document = json.loads(json.dumps(outcomes_json(logbook, asked=asked)))
    assert document["filter"] == "level:T12 technique:vertebroplasty"
    assert document["n_cases"] == 9
    assert outcomes_json(logbook)["filter"] is None
    lines = outcomes_text(logbook, "baseline", "latest", None, asked).split("\n")
    assert lines[1] == "Cases: Level T12, technique vertebroplasty."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""),
        ("level:T12 -complete", "Level T12, not complete"),
        ("level:T12 miller", "Level T12, words that were searched for"),
        ("miller", "Words that were searched for"),
    ],
)
def test_what_is_printed_names_nobody_who_was_searched_for(query: str, said: str) -> None:
    assert replace(Question(), filter=parse(query)).cases_in_words == said
