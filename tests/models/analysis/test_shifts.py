# SPDX-License-Identifier: MIT
"""Analgesics and mobility: counted from level to level, never averaged."""

from __future__ import annotations

import pytest

from models.analysis.instruments import LADDERS, Instrument
from models.analysis.question import Question
from models.analysis.shifts import Shift, shift_of
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.vocabulary import AnalgesicLevel, Mobility, TimePoint
from tests.builders import a_case

NONE, NSAID, NEEDED, SCHEDULED, _PARENTERAL = AnalgesicLevel


def case_with(code: str, before: AnalgesicLevel | None, after: AnalgesicLevel | None) -> Case:
    case = a_case(code, before=8, after=2)
    case.procedure.analgesic_before = before
    case.assessments[-1].analgesic_level = after
    return case


def ask(logbook: Logbook, *cases: Case, ladder: Instrument = Instrument.ANALGESICS) -> Shift:
    save_many(logbook, cases)
    with logbook.session():
        return shift_of(logbook, ladder, Question.read())


def test_pairs_are_counted_by_level_before_and_after(logbook: Logbook) -> None:
    cases = [
        case_with("A", SCHEDULED, NONE),
        case_with("B", SCHEDULED, NONE),
        case_with("C", NSAID, NSAID),
        case_with("D", NONE, NEEDED),
        case_with("E", None, NONE),
        case_with("F", NSAID, None),
    ]
    found = ask(logbook, *cases)
    assert found.table[SCHEDULED.rank][NONE.rank] == 2
    assert (found.table[NSAID.rank][NSAID.rank], found.table[NONE.rank][NEEDED.rank]) == (1, 1)
    numbers = found.numbers
    assert (numbers.n_cases, numbers.n_pairs) == (6, 4)
    assert (numbers.better.k, numbers.same.k, numbers.worse.k) == (2, 1, 1)
    assert numbers.better.ci95 is not None
    assert {missing.code: n for missing, n in numbers.missing} == {
        "no_score_before": 1,
        "no_followup_score": 1,
    }


def test_an_assessment_before_counts_where_the_procedure_tells_none(logbook: Logbook) -> None:
    case = case_with("A", None, NONE)
    case.assessments[0].analgesic_level = NEEDED
    both = case_with("B", SCHEDULED, NONE)
    both.assessments[0].analgesic_level = NSAID
    found = ask(logbook, case, both)
    assert found.table[NEEDED.rank][NONE.rank] == 1
    assert found.table[SCHEDULED.rank][NONE.rank] == 1


def test_a_level_without_a_date_is_counted_apart(logbook: Logbook) -> None:
    case = case_with("A", SCHEDULED, NONE)
    case.assessments[-1].assessed_on = None
    case.assessments[-1].time_point = TimePoint.UNDATED
    found = ask(logbook, case)
    assert (found.numbers.n_pairs, found.n_undated) == (0, 1)


def test_mobility_is_the_same(logbook: Logbook) -> None:
    case = a_case("A")
    case.procedure.mobility_before = Mobility.BEDRIDDEN
    case.assessments[-1].mobility = Mobility.ASSISTED
    found = ask(logbook, case, ladder=Instrument.MOBILITY)
    assert found.table[Mobility.BEDRIDDEN.rank][Mobility.ASSISTED.rank] == 1
    assert found.numbers.better.k == 1


def test_groups_part_the_cases(logbook: Logbook) -> None:
    save_many(logbook, [case_with("A", SCHEDULED, NONE), case_with("B", NONE, NSAID)])
    with logbook.session():
        found = shift_of(logbook, Instrument.ANALGESICS, Question.read(by="sex"))
    assert [(label, numbers.n_pairs) for label, numbers in found.groups] == [("Female", 2)]


@pytest.mark.parametrize("ladder", LADDERS)
def test_the_published_cases_claim_nothing(logbook: Logbook, ladder: Instrument) -> None:
    add_example(logbook)
    found = ask(logbook, ladder=ladder)
    assert (found.numbers.n_cases, found.numbers.n_pairs) == (2, 0)
    assert found.numbers.better.rate is None
