# SPDX-License-Identifier: MIT
"""Scores after a new fracture or another treatment: flagged wherever the record tells of it."""

from __future__ import annotations

import pytest

from models.analysis.instruments import Instrument
from models.analysis.paired import pain_outcome, paired_outcome
from models.analysis.question import Question
from models.bulk import save_many
from models.case import Case, bin_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import EventKind, TimePoint, YesNo
from tests.builders import a_case, add_score
from tests.models.analysis.asking import case_of


def flagged(logbook: Logbook, *cases: Case) -> int:
    """How many of the scores after on 4 April 2024 are flagged, of procedures a month before."""
    save_many(logbook, cases)
    with logbook.session():
        return pain_outcome(logbook, Question.read(to="1m")).n_flagged


def told_on(case: Case, on: str | None, point: TimePoint = TimePoint.UNDATED) -> Case:
    """The case with an answer and no score that tells of a new fracture."""
    day = PartialDate(on) if on else None
    case.add_assessment(time_point=point, assessed_on=day, new_fracture=YesNo.YES)
    return case


def broken_on(case: Case, on: str | None, kind: EventKind = EventKind.FRACTURE_REMOTE) -> Case:
    """The case with a listed event."""
    case.add_adverse_event(kind=kind, onset_on=PartialDate(on) if on else None)
    return case


def again_on(case: Case, on: str) -> Case:
    """Another case of the same patient, without scores."""
    later = Case.new(case.patient)
    later.procedure.performed_on = PartialDate(on)
    return later


@pytest.mark.parametrize(
    ("on", "is_flagged"),
    [("2024-03-20", True), ("2024-04-04", True), ("2024-04-05", False), (None, False)],
)
def test_an_earlier_answer_flags_later_scores(
    logbook: Logbook, on: str | None, is_flagged: bool
) -> None:
    before = told_on(case_of(code="B"), "2024-03-01", TimePoint.BASELINE)
    assert flagged(logbook, told_on(case_of(), on), before) == int(is_flagged)


def test_a_listed_fracture_flags_later_scores(logbook: Logbook) -> None:
    days = ("2024-03-04", "2024-04-04", "2024-04", None, "2024-04-05", "2024-05")
    cases = [broken_on(case_of(code=f"P-{n}"), on) for n, on in enumerate(days)]
    other = broken_on(case_of(code="O"), "2024-03-20", EventKind.INFECTION)
    assert flagged(logbook, *cases, other) == 4


def test_a_later_procedure_and_its_fractures_flag_later_scores(logbook: Logbook) -> None:
    days = ("2024-03-20", "2024-04-03", "2024-04-04", "2024-03-04", "2024-04", "2023-01-01")
    first = [case_of(code=f"P-{n}") for n in range(len(days))]
    again = [again_on(case, on) for case, on in zip(first, days, strict=True)]
    broken_on(again[-1], "2024-03-10")
    # What broke before the first procedure is nothing that came after it.
    broken_on(again[-1], "2023-03-10")
    assert flagged(logbook, *first, *again) == 4
    bin_case(logbook, again[0].id, "Entered twice")
    assert flagged(logbook) == 3


def test_function_is_flagged_as_pain_is(logbook: Logbook) -> None:
    case = broken_on(a_case(on="2024-03-04", before=None, after=None), "2024-03-20")
    for on, value in (("2024-03-04", 60), ("2024-04-04", 20)):
        add_score(case, 5, on, TimePoint.BASELINE if value == 60 else TimePoint.UNDATED)
        case.assessments[-1].odi_pct = value
    save_many(logbook, [case])
    with logbook.session():
        found = paired_outcome(logbook, Instrument.ODI, Question())
    assert (found.numbers.n_pairs, found.n_flagged) == (1, 1)
