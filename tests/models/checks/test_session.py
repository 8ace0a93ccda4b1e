# SPDX-License-Identifier: MIT
"""Body, times, radiation and answers of the session."""

from __future__ import annotations

import pytest

from models import checks
from models.vocabulary import (
    AdjunctKind,
    Discharge,
    EventKind,
    Leakage,
    LeakDetection,
    LeakLocation,
    PriorTreatmentKind,
    YesNo,
)
from tests.builders import a_case
from tests.models.checks.saying import day, errors_of, warnings_of


def test_height_and_weight_that_changed_places_are_marked() -> None:
    case = a_case()
    case.procedure.height_cm, case.procedure.weight_kg = 70, 170
    assert "body mass index of 346.9" in warnings_of(case, "weight_kg")[0]
    case.procedure.height_cm, case.procedure.weight_kg = 170, 70
    assert not warnings_of(case, "weight_kg")


def test_a_low_t_score_is_osteoporosis() -> None:
    case = a_case()
    case.procedure.t_score, case.procedure.osteoporosis = -2.5, YesNo.NO
    assert warnings_of(case, "osteoporosis")
    case.procedure.t_score = -2.4
    assert not warnings_of(case, "osteoporosis")
    case.procedure.t_score = -3.1
    case.procedure.osteoporosis = YesNo.YES
    assert not warnings_of(case, "osteoporosis")


@pytest.mark.parametrize(
    ("start", "end", "minutes", "field"),
    [
        ("10:00", "10:45", 45, ""),
        ("10:00", "10:45", 40, "minutes"),
        ("10:00", "10:45", None, ""),
        ("23:40", "00:20", 40, ""),
        ("23:40", "00:20", 60, "minutes"),
        ("10:00", "09:30", None, "ended_at"),
        ("10:00", "10:00", None, "ended_at"),
    ],
)
def test_start_end_and_duration_agree_over_midnight_too(
    start: str, end: str, minutes: int | None, field: str
) -> None:
    case = a_case()
    case.procedure.started_at, case.procedure.ended_at = start, end
    case.procedure.minutes = minutes
    said = [found.field for found in checks.warnings(case)]
    assert said == ([field] if field else [])


def test_a_time_that_is_none_is_refused_and_nothing_is_worked_out_of_it() -> None:
    case = a_case()
    case.procedure.started_at, case.procedure.ended_at = "25:00", "10:00"
    assert errors_of(case, "started_at")
    assert not warnings_of(case, "ended_at")


def test_trap_14_a_dose_too_high_for_its_time_asks_for_the_unit_of_the_console() -> None:
    case = a_case()
    case.procedure.kap_gycm2, case.procedure.fluoro_time_s = 41.5, 25
    (said,) = warnings_of(case, "kap_gycm2")
    assert said.endswith("If the console shows mGy.cm2, enter 0.0415 Gy.cm2.")
    case.procedure.fluoro_time_s = 294
    assert not warnings_of(case, "kap_gycm2")


def test_fluoroscopy_is_no_longer_than_the_procedure() -> None:
    case = a_case()
    case.procedure.fluoro_time_s, case.procedure.minutes = 1201, 20
    assert warnings_of(case, "fluoro_time_s")
    case.procedure.fluoro_time_s = 1200
    assert not warnings_of(case, "fluoro_time_s")


@pytest.mark.parametrize("answer", list(YesNo))
@pytest.mark.parametrize("field", ["any_prior_treatment", "any_adjunct", "any_complication"])
def test_yes_has_a_list_and_no_has_none(field: str, answer: YesNo) -> None:
    case = a_case()
    setattr(case.procedure, field, answer)
    assert bool(warnings_of(case, field)) is (answer is YesNo.YES)
    case.add_prior_treatment(kind=PriorTreatmentKind.BRACE)
    case.add_adjunct(kind=AdjunctKind.BIOPSY)
    case.add_adverse_event(kind=EventKind.INFECTION)
    assert bool(warnings_of(case, field)) is (answer is YesNo.NO)


def test_a_failure_says_why() -> None:
    case = a_case()
    case.procedure.technical_success = YesNo.NO
    assert warnings_of(case, "technical_failure_reason")
    case.procedure.technical_failure_reason = "Cement set early."
    assert not warnings_of(case, "technical_failure_reason")
    case.procedure.technical_success = YesNo.YES
    (said,) = warnings_of(case, "technical_failure_reason")
    assert "only belongs where Technical success is No" in said


def test_ethanol_wants_a_contrast_test() -> None:
    case = a_case()
    case.procedure.venography = YesNo.NO
    case.add_adjunct(kind=AdjunctKind.ETHANOL, volume_ml=5)
    assert warnings_of(case, "venography")


@pytest.mark.parametrize(
    ("start", "end", "left_on", "left_at", "refused"),
    [
        ("10:00", "10:45", "2026-03-04", "10:44", True),
        ("10:00", "10:45", "2026-03-04", "10:45", False),
        ("10:00", "10:45", "2026-03-05", "08:00", False),
        ("10:00", None, "2026-03-04", "09:59", True),
        (None, "10:45", "2026-03-04", "10:00", True),
        (None, None, "2026-03-04", "00:01", False),
        ("23:30", "00:20", "2026-03-04", "23:50", True),
        ("23:30", "00:20", "2026-03-05", "00:10", True),
        ("23:30", "00:20", "2026-03-05", "09:00", False),
        ("10:00", "10:45", "2026-03", "08:00", False),
        ("10:00", "10:45", "2026-03-04", None, False),
        ("10:00", "10:45", "2026-03-04", "25:00", False),
    ],
)
def test_nobody_leaves_before_the_end_of_the_procedure(
    start: str | None, end: str | None, left_on: str, left_at: str | None, refused: bool
) -> None:
    case = a_case()
    procedure = case.procedure
    procedure.started_at, procedure.ended_at = start, end
    procedure.discharged_on, procedure.discharged_at = day(left_on), left_at
    said = [text for text in errors_of(case, "discharged_at") if "lies before" in text]
    assert bool(said) is refused


def test_who_left_on_the_same_day_need_not_repeat_the_day() -> None:
    case = a_case()
    procedure = case.procedure
    procedure.ended_at, procedure.discharged_at = "10:45", "10:00"
    assert not errors_of(case, "discharged_at")
    assert "Give the day" in warnings_of(case, "discharged_on")[0]
    procedure.discharge = Discharge.SAME_DAY
    assert errors_of(case, "discharged_at")
    assert not warnings_of(case, "discharged_on")


@pytest.mark.parametrize(("left_at", "marked"), [("10:45", False), ("10:46", True)])
def test_within_a_day_means_twenty_four_hours(left_at: str, marked: bool) -> None:
    case = a_case()
    procedure = case.procedure
    procedure.ended_at, procedure.discharge = "10:45", Discharge.WITHIN_24H
    procedure.discharged_on, procedure.discharged_at = day("2026-03-05"), left_at
    assert bool(warnings_of(case, "discharged_at")) is marked


@pytest.mark.parametrize("answer", [Leakage.NONE, Leakage.NOT_ASSESSED])
def test_no_cement_in_the_lungs_contradicts_a_leak_and_an_embolism(answer: Leakage) -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.procedure.lung_cement = answer
    assert not warnings_of(case, "lung_cement")
    leak = case.add_leak(case.levels[0], location=LeakLocation.PULMONARY)
    assert "a leak into the lung is listed" in warnings_of(case, "lung_cement")[0]
    leak.location = LeakLocation.EPIDURAL
    case.add_adverse_event(kind=EventKind.EMBOLISM_CEMENT)
    assert "a pulmonary cement embolism is listed" in warnings_of(case, "lung_cement")[0]


def test_cement_in_the_lungs_came_from_some_level() -> None:
    case = a_case(leakage=Leakage.NONE)
    case.procedure.lung_cement = Leakage.PRESENT
    assert "no leak leads there" in warnings_of(case, "lung_cement")[0]
    case.levels[0].leakage = None
    assert not warnings_of(case, "lung_cement")
    case.levels[0].leakage = Leakage.PRESENT
    case.add_leak(case.levels[0], location=LeakLocation.PULMONARY)
    assert not warnings_of(case, "lung_cement")


def test_an_embolism_is_explained_by_what_is_said_of_the_lungs() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    case.add_adverse_event(kind=EventKind.EMBOLISM_CEMENT)
    assert any("cement went to the lung" in text for text in warnings_of(case, "kind"))
    case.procedure.lung_cement = Leakage.PRESENT
    assert not warnings_of(case, "kind")


def test_how_the_lungs_were_looked_at_belongs_to_an_answer() -> None:
    case = a_case()
    case.procedure.lung_cement = Leakage.NOT_ASSESSED
    case.procedure.lung_cement_assessed_by = (LeakDetection.CHEST_CT,)
    assert warnings_of(case, "lung_cement_assessed_by")
    case.procedure.lung_cement = Leakage.NONE
    assert not warnings_of(case, "lung_cement_assessed_by")
