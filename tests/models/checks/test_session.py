# SPDX-License-Identifier: MIT
"""Body, times, radiation and answers of the session."""

from __future__ import annotations

import pytest

from models import checks
from models.vocabulary import AdjunctKind, EventKind, PriorTreatmentKind, YesNo
from tests.builders import a_case
from tests.models.checks.saying import errors_of, warnings_of


def test_height_and_weight_that_changed_places_are_marked() -> None:
    case = a_case()
    case.procedure.height_cm, case.procedure.weight_kg = 70, 170
    assert "body mass index of 346.9" in warnings_of(case, "weight_kg")[0]
    case.procedure.height_cm, case.procedure.weight_kg = 170, 70
    assert not warnings_of(case, "weight_kg")


def test_a_low_t_score_is_osteoporosis() -> None:
    case = a_case()
    case.procedure.t_score, case.procedure.osteoporosis = -3.1, YesNo.NO
    assert warnings_of(case, "osteoporosis")
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
    case.procedure.fluoro_time_s, case.procedure.minutes = 1300, 20
    assert warnings_of(case, "fluoro_time_s")
    case.procedure.minutes = 22
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
