# SPDX-License-Identifier: MIT
"""Heights at follow-up: their days, their changes, their methods."""

from __future__ import annotations

import pytest

from models import checks
from models.case import Case
from models.findings import Severity
from models.schema import LaterMeasure
from models.vocabulary import KyphosisMethod, Level, MissingReason
from tests.builders import a_case
from tests.models.checks.saying import day, errors_of, warnings_of


def measured(**values: object) -> tuple[Case, LaterMeasure]:
    """A case of 2026-03-04 with heights after, and one measure at a follow-up."""
    case = a_case("P-1", Level.L1)
    case.levels[0].anterior_after_mm = 20.0
    return case, case.add_later_measure(case.levels[0], **values)


def test_heights_before_the_procedure_are_refused() -> None:
    case, row = measured(measured_on=day("2026-03-03"), anterior_mm=19.0)
    assert "before the procedure" in errors_of(case, "measured_on")[0]
    for text in ("2026-03-04", "2026-03", "2026", "2026-06-01"):
        row.measured_on = day(text)
        assert not errors_of(case, "measured_on")


def test_heights_after_the_death_are_refused() -> None:
    case, row = measured(measured_on=day("2026-06-01"), anterior_mm=19.0)
    case.patient.died_on = day("2026-05-01")
    assert "after the death" in errors_of(case, "measured_on")[0]
    row.measured_on = day("2026-05")
    assert not errors_of(case, "measured_on")


@pytest.mark.parametrize(
    ("later", "said"),
    [(5.0, ""), (4.9, "A loss of 15.1 mm"), (35.0, ""), (35.1, "A gain of 15.1 mm")],
)
def test_a_change_beyond_fifteen_millimeters_is_marked(later: float, said: str) -> None:
    case, _ = measured(measured_on=day("2026-06-01"), anterior_mm=later)
    found = [text for text in warnings_of(case, "anterior_mm") if "since the procedure" in text]
    assert [text.startswith(f"L1 at follow-up: {said}") for text in found] == [True] * bool(said)


def test_what_was_measured_says_when() -> None:
    case, row = measured(anterior_mm=19.0)
    assert warnings_of(case, "measured_on") == ["L1 at follow-up: Say when this was measured."]
    row.missing["measured_on"] = MissingReason.UNKNOWN
    assert not warnings_of(case, "measured_on")


def test_an_angle_has_its_method_and_it_is_that_of_the_procedure() -> None:
    case, row = measured(measured_on=day("2026-06-01"), kyphosis_deg=12.0)
    assert "between which endplates" in warnings_of(case, "kyphosis_method")[0]
    row.kyphosis_method = KyphosisMethod.VERTEBRAL
    assert not warnings_of(case, "kyphosis_method")
    case.levels[0].kyphosis_method = KyphosisMethod.BISEGMENTAL
    assert "cannot be compared" in warnings_of(case, "kyphosis_method")[0]


def test_heights_at_follow_up_never_keep_a_case_from_being_complete() -> None:
    case, _ = measured()
    before = [found.message for found in checks.open_fields(case)]
    case.later_measures = []
    assert [found.message for found in checks.open_fields(case)] == before


def test_limits_are_those_of_the_heights_at_the_procedure() -> None:
    case, _ = measured(measured_on=day("2026-06-01"), anterior_mm=61.0, posterior_mm=46.0)
    assert errors_of(case, "anterior_mm")[0].startswith("L1 at follow-up: Anterior height 61")
    found = [found for found in checks.warnings(case) if found.field == "posterior_mm"]
    assert [found.severity for found in found] == [Severity.WARNING]
