# SPDX-License-Identifier: MIT
"""Cases for the tests of safety, in one line each, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.bulk import save_many
from models.case import Case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.safety.numbers import SafetyNumbers, SafetyQuestion, safety_numbers
from models.schema import Patient
from models.vocabulary import (
    EventKind,
    EventOutcome,
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    Yeom,
    YesNo,
)
from tests.builders import a_case

FLUORO, CT = LeakDetection.FLUOROSCOPY, LeakDetection.CT


def treated(*levels: Level, by: Sequence[LeakDetection] = (FLUORO,), **values: Any) -> Case:
    """A case of 4 March 2024 without a leak, looked for ``by``."""
    case = a_case("P", *levels, **{"on": "2024-03-04", "after": None, **values})
    case.procedure.any_complication = YesNo.NO
    for row in case.levels:
        if row.leakage in (Leakage.NONE, Leakage.PRESENT):
            row.leak_assessed_by = tuple(by)
    return case


def leaking(
    *levels: Level,
    at: LeakLocation | None = LeakLocation.DISC_SUPERIOR,
    yeom: Yeom | None = None,
    hurts: YesNo | None = YesNo.NO,
    seen: LeakDetection | None = FLUORO,
    first: int = 1,
    **values: Any,
) -> Case:
    """The same with a leak at the first ``first`` of the levels."""
    case = treated(*levels, **values)
    for row in case.levels[:first]:
        row.leakage = Leakage.PRESENT
        case.add_leak(row, location=at, yeom_type=yeom, symptomatic=hurts, detected_by=seen)
    return case


def with_event(case: Case, kind: EventKind, on: str | None = "2024-03-04", **values: Any) -> Case:
    """The case with an adverse event."""
    case.procedure.any_complication = YesNo.YES
    values = {"outcome": EventOutcome.RESOLVED, **values}
    case.add_adverse_event(kind=kind, onset_on=PartialDate(on) if on else None, **values)
    return case


def same_patient(*cases: Case) -> tuple[Case, ...]:
    """Later cases of the patient of the first."""
    for case in cases[1:]:
        case.patient = cases[0].patient
        case.procedure.patient = cases[0].patient
    return cases


def ask(logbook: Logbook, *cases: Case, **question: Any) -> SafetyNumbers:
    """Save the cases, each of a patient of its own unless it is the same object, and ask."""
    seen: dict[int, Patient] = {}
    for case in cases:
        seen.setdefault(id(case.patient), case.patient)
    for number, patient in enumerate(seen.values()):
        patient.patient_code = f"P-{number}"
    save_many(logbook, list(cases))
    with logbook.session():
        return safety_numbers(logbook, SafetyQuestion(**question))
