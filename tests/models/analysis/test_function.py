# SPDX-License-Identifier: MIT
"""Function and health: paired as pain is, each on its own scale, and never mixed."""

from __future__ import annotations

from typing import Any

import pytest

from models.analysis.instruments import FUNCTION, Instrument
from models.analysis.outcome import PairedOutcome
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.responders import Criterion
from models.bulk import save_many
from models.case import Case
from models.example import add_example
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import AssessmentMissing, TimePoint
from tests.builders import a_case
from tests.models.analysis.asking import rate, reasons

DAYS = {
    "long_before": "2024-02-10",
    "before": "2024-03-04",
    "month": "2024-04-04",
    "quarter": "2024-06-04",
}


def case_with(code: str, **values: dict[str, Any]) -> Case:
    """A case of 4 March 2024 with these values, by when they were asked for."""
    case = a_case(code, on="2024-03-04", before=None, after=None)
    for when, answers in values.items():
        point = TimePoint.BASELINE if "before" in when else TimePoint.UNDATED
        day = DAYS.get(when)
        row = case.add_assessment(time_point=point, assessed_on=PartialDate(day) if day else None)
        for name, value in answers.items():
            setattr(row, name, value)
    return case


def ask(logbook: Logbook, instrument: Instrument, *cases: Case, **question: str) -> PairedOutcome:
    save_many(logbook, cases)
    with logbook.session():
        return paired_outcome(logbook, instrument, Question.read(**question))


def test_an_odi_is_paired_and_has_its_thresholds(logbook: Logbook) -> None:
    cases = [
        case_with(f"P-{after}", before={"odi_pct": 60}, month={"odi_pct": after})
        for after in (50, 51, 18, 30)
    ]
    outcome = ask(logbook, Instrument.ODI, *cases)
    assert outcome.scale is not None
    assert outcome.scale.label == "ODI 0–100 %"
    assert (outcome.numbers.n_pairs, outcome.numbers.before.mean) == (4, 60.0)
    assert rate(outcome, Criterion.POINTS) == (3, 4)
    assert rate(outcome, Criterion.THIRTY) == (2, 4)
    assert rate(outcome, Criterion.ACCEPTABLE) == (1, 4)


def test_the_last_value_before_counts(logbook: Logbook) -> None:
    first = {"long_before": {"odi_pct": 40}, "before": {"odi_pct": 60}}
    month = {"odi_pct": 30}
    turned = {"before": {"odi_pct": 60}, "long_before": {"odi_pct": 40}}
    cases = [case_with("A", **first, month=month), case_with("B", **turned, month=month)]
    assert ask(logbook, Instrument.ODI, *cases).numbers.before.mean == 60.0


def test_an_rmdq_of_23_items_is_another_scale(logbook: Logbook) -> None:
    def rmdq(code: str, before: int | None, after: int | None) -> Case:
        return case_with(
            code,
            before={"rmdq": 18, "rmdq_items": before},
            month={"rmdq": 10, "rmdq_items": after},
        )

    cases = [rmdq("A", 24, 24), rmdq("B", 24, 24), rmdq("C", 23, 23), rmdq("D", 24, 23)]
    outcome = ask(logbook, Instrument.RMDQ, *cases, rmdq("E", None, None))
    assert outcome.scale is not None
    assert outcome.scale.label == "RMDQ 0–24"
    assert outcome.numbers.n_pairs == 2
    assert {scale.label: n for scale, n in outcome.other_scales} == {
        "RMDQ 0–23": 1,
        "RMDQ, number of items not stated": 1,
    }
    assert reasons(outcome) == {"other_scale": 2, "other_scale_after": 1}


def test_an_eq5d_is_paired_within_its_value_set_only(logbook: Logbook) -> None:
    def index(code: str, before: float, after: float, first: str, second: str) -> Case:
        return case_with(
            code,
            before={"eq5d_index": before, "eq5d_value_set": first},
            month={"eq5d_index": after, "eq5d_value_set": second},
        )

    cases = [
        index("A", -0.001, 0.812, "Germany", "germany "),
        index("B", 0.2, 0.6, "Germany", "Germany"),
        index("C", 0.2, 0.6, "UK", "UK"),
        index("D", 0.2, 0.6, "UK", "Germany"),
        index("E", 0.2, 0.6, "", ""),
    ]
    outcome = ask(logbook, Instrument.EQ5D, *cases)
    numbers = outcome.numbers
    assert outcome.scale is not None
    assert outcome.scale.label == "EQ-5D index, Germany"
    assert numbers.n_pairs == 2
    assert numbers.before.mean == pytest.approx(0.0995)
    assert numbers.change.mean == pytest.approx(0.6065)
    assert numbers.responders == ()
    assert reasons(outcome) == {
        "other_scale": 1,
        "other_scale_after": 1,
        "before_without_scale": 1,
    }


def test_a_lower_index_is_worse_and_a_lower_odi_is_not(logbook: Logbook) -> None:
    values = {"odi_pct": 40, "eq5d_vas": 70}
    case = case_with("A", before={"odi_pct": 60, "eq5d_vas": 80}, month=values)
    save_many(logbook, [case])
    assert ask(logbook, Instrument.ODI).numbers.n_worse == 0
    assert ask(logbook, Instrument.EQ_VAS).numbers.n_worse == 1


def test_of_two_in_one_window_the_nearer_one_counts_and_then_the_later(logbook: Logbook) -> None:
    case = case_with("A", before={"odi_pct": 60}, month={"odi_pct": 20})
    for day, value in (("2024-03-20", 50), ("2024-04-02", 30), ("2024-04-25", 40)):
        row = case.add_assessment(assessed_on=PartialDate(day))
        row.odi_pct = value
    outcome = ask(logbook, Instrument.ODI, case, to="1m")
    assert outcome.numbers.after.mean == 20.0
    assert ask(logbook, Instrument.ODI).numbers.after.mean == 40.0
    course = {point.point: point.scores.mean for point in outcome.numbers.course}
    assert course[TimePoint.M1] == 20.0


def test_a_value_without_a_date_is_shown_and_enters_nothing(logbook: Logbook) -> None:
    undated = case_with("A", before={"odi_pct": 60}, sometime={"odi_pct": 20})
    outcome = ask(logbook, Instrument.ODI, undated)
    assert (outcome.numbers.n_pairs, outcome.n_undated) == (0, 1)
    assert outcome.message == "No complete pair: 1 with no date of the follow-up."


def test_the_reason_for_a_missing_value_is_told(logbook: Logbook) -> None:
    case = case_with("A", before={"odi_pct": 60}, month={"missing_reason": AssessmentMissing.DIED})
    assert reasons(ask(logbook, Instrument.ODI, case)) == {"no_followup_score:died": 1}


@pytest.mark.parametrize("instrument", FUNCTION)
def test_the_published_cases_claim_nothing(logbook: Logbook, instrument: Instrument) -> None:
    add_example(logbook)
    outcome = ask(logbook, instrument)
    assert outcome.numbers.n_pairs == 0
    assert outcome.message.startswith("No complete pair: ")


@pytest.mark.parametrize("instrument", FUNCTION)
def test_an_empty_logbook_does_no_harm(logbook: Logbook, instrument: Instrument) -> None:
    assert ask(logbook, instrument).message == "There is no case yet."
