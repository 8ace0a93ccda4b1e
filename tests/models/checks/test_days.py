# SPDX-License-Identifier: MIT
"""The order of days: what cannot be, and what is rarely meant. The procedure is on 2026-03-04."""

from __future__ import annotations

import pytest

from models.vocabulary import (
    AssessmentMissing,
    Discharge,
    DurationUnit,
    EventCause,
    EventKind,
    PriorTreatmentKind,
    TimePoint,
    YesNo,
)
from tests.builders import a_case, add_score
from tests.models.checks.saying import day, errors_of, warnings_of


@pytest.mark.parametrize(
    ("born", "age", "fits"),
    [
        ("1950", 75, True),
        ("1950", 76, True),
        ("1950", 74, False),
        ("1950", 77, False),
        ("1950-03", 75, True),
        ("1950-03", 76, True),
        ("1950-04", 76, False),
    ],
)
def test_an_age_fits_what_the_birth_date_leaves_open(born: str, age: int, fits: bool) -> None:
    case = a_case(age=age)
    case.patient.birth_date = day(born)
    assert (errors_of(case, "age_at_procedure") == []) is fits


@pytest.mark.parametrize(
    ("on", "possible"),
    [
        ("2026-03-05", False),
        ("2026-04", False),
        ("2026-03-04", True),
        ("2026-03", True),
        ("2020", True),
    ],
)
def test_pain_begins_before_the_procedure(on: str, possible: bool) -> None:
    case = a_case()
    case.procedure.pain_onset_on = day(on)
    assert (errors_of(case, "pain_onset_on") == []) is possible


def test_a_treatment_before_lies_before() -> None:
    case = a_case()
    row = case.add_prior_treatment(kind=PriorTreatmentKind.BRACE, treated_on=day("2026-03-05"))
    assert errors_of(case, "treated_on")
    row.treated_on = day("2026-03")
    assert not errors_of(case, "treated_on")


def test_discharge_symptoms_and_events_come_after_the_procedure() -> None:
    case = a_case()
    case.procedure.discharged_on = day("2026-03-03")
    leak = case.add_leak(case.levels[0], symptomatic=YesNo.YES, symptoms_on=day("2026-03-03"))
    event = case.add_adverse_event(kind=EventKind.INFECTION, onset_on=day("2026-03-03"))
    for field in ("discharged_on", "symptoms_on", "onset_on"):
        assert errors_of(case, field)
    case.procedure.discharged_on = leak.symptoms_on = event.onset_on = day("2026-03-04")
    for field in ("discharged_on", "symptoms_on", "onset_on"):
        assert not errors_of(case, field)


def test_a_complication_of_an_earlier_treatment_may_lie_before() -> None:
    case = a_case()
    case.add_adverse_event(
        kind=EventKind.RADIONECROSIS, onset_on=day("2019"), cause=EventCause.PRIOR_TREATMENT
    )
    assert not errors_of(case, "onset_on")


def test_the_dead_do_not_answer_and_a_reason_for_no_score_may_follow() -> None:
    case = a_case(after=None)
    case.patient.died_on = day("2026-05-01")
    asked = {"time_point": TimePoint.M3, "assessed_on": day("2026-06-04")}
    case.add_assessment(**asked, missing_reason=AssessmentMissing.DIED)
    assert not errors_of(case, "assessed_on")
    row = case.add_assessment(**asked, odi_pct=20)
    assert errors_of(case, "assessed_on") == [
        "3 months: The patient had died (2026-05-01) before this day (2026-06-04)."
    ]
    row.assessed_on = day("2026-05")
    assert not errors_of(case, "assessed_on")


def test_nothing_sets_in_after_the_death() -> None:
    case = a_case(after=None)
    case.patient.died_on = day("2026-05-01")
    case.add_adverse_event(kind=EventKind.INFECTION, onset_on=day("2026-05-02"))
    assert errors_of(case, "onset_on")


def test_life_has_its_order() -> None:
    case = a_case(age=0)
    case.patient.birth_date, case.patient.died_on = day("2026-02"), day("2026-01")
    assert errors_of(case, "died_on")
    case.patient.died_on = None
    case.procedure.pain_onset_on = case.patient.consented_on = day("2025")
    assert errors_of(case, "pain_onset_on")
    assert errors_of(case, "consented_on")


def test_consent_after_the_procedure_and_expired_cement_are_kept_and_marked() -> None:
    case = a_case()
    case.patient.consented_on = day("2026-03-05")
    case.procedure.cement_expiry = day("2026-02")
    assert warnings_of(case, "consented_on")
    assert warnings_of(case, "cement_expiry")
    case.patient.consented_on, case.procedure.cement_expiry = day("2026-03-04"), day("2026-03")
    assert not warnings_of(case, "consented_on")
    assert not warnings_of(case, "cement_expiry")


@pytest.mark.parametrize(
    ("stay", "left", "fits"),
    [
        (Discharge.SAME_DAY, "2026-03-04", True),
        (Discharge.SAME_DAY, "2026-03-05", False),
        (Discharge.WITHIN_24H, "2026-03-05", True),
        (Discharge.WITHIN_24H, "2026-03-06", False),
        (Discharge.ADMITTED, "2026-03-20", True),
        (Discharge.SAME_DAY, "2026-03", True),
    ],
)
def test_the_day_of_discharge_fits_the_stay(stay: Discharge, left: str, fits: bool) -> None:
    case = a_case()
    case.procedure.discharge, case.procedure.discharged_on = stay, day(left)
    assert (warnings_of(case, "discharged_on") == []) is fits


@pytest.mark.parametrize(
    ("onset", "duration", "unit", "fits"),
    [
        ("2025-03", 1, DurationUnit.YEARS, True),
        ("2025-03", 3, DurationUnit.MONTHS, False),
        ("2026-02-04", 4, DurationUnit.WEEKS, True),
        ("2016", 1, DurationUnit.YEARS, False),
        ("2026-03-01", 3, DurationUnit.DAYS, True),
        ("2026", 1, DurationUnit.MONTHS, True),
    ],
)
def test_onset_and_duration_tell_of_the_same_time(
    onset: str, duration: float, unit: DurationUnit, fits: bool
) -> None:
    case = a_case()
    procedure = case.procedure
    procedure.pain_onset_on, procedure.pain_duration = day(onset), duration
    procedure.pain_duration_unit = unit
    assert (warnings_of(case, "pain_duration") == []) is fits


def test_a_follow_up_before_the_procedure_is_refused() -> None:
    case = a_case(after=None)
    add_score(case, 3, "2026-03-03", TimePoint.W1)
    assert errors_of(case, "assessed_on")
