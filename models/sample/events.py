# SPDX-License-Identifier: MIT
"""Adverse events of a synthetic case, in agreement with its leaks and its levels."""

from __future__ import annotations

from datetime import date, timedelta

from models.case import Case
from models.partial_date import PartialDate
from models.sample.dice import Dice
from models.sample.rows import add_adverse_event
from models.schema import AdverseEvent
from models.vocabulary import (
    Causality,
    Diagnosis,
    EventCause,
    EventKind,
    EventOutcome,
    EventPhase,
    LeakLocation,
    Level,
    Sir,
    YesNo,
)

_EVENTS = (
    (EventKind.PAIN_FLARE, 0.015, (1, 3), Sir.MILD, "Analgesics"),
    (EventKind.BLEEDING, 0.006, (0, 2), Sir.MILD, "Compression"),
    (EventKind.HYPOTENSION, 0.005, (0, 0), Sir.MILD, "Fluids"),
    (EventKind.INFECTION, 0.002, (4, 28), Sir.SEVERE, "Intravenous antibiotics"),
    (EventKind.FRACTURE_RIB_PEDICLE, 0.002, (0, 2), Sir.MODERATE, "Analgesics"),
)
"""Events that may follow any procedure: their share, the first and last day on which they set in,
their grade and treatment."""

_ADJACENT_FRACTURE = 0.06
_FIRST_DAY, _LAST_DAY_NEAR, _LAST_DAY = 1, 29, 500


def happen(dice: Dice, case: Case, until: date) -> None:
    """Add the adverse events up to the day ``until``, and say whether there was any."""
    _leaks_that_hurt(dice, case)
    for kind, share, days, grade, treatment in _EVENTS:
        if dice.chance(share):
            _add(dice, case, kind, dice.whole(*days), until, grade, treatment)
    if case.levels[0].diagnosis[0] is Diagnosis.OSTEOPOROTIC_FRACTURE:
        _next_fracture(dice, case, until)
    case.procedure.any_complication = YesNo.YES if case.adverse_events else YesNo.NO


def _leaks_that_hurt(dice: Dice, case: Case) -> None:
    for leak in case.leaks:
        if leak.symptomatic is not YesNo.YES:
            continue
        lung = leak.location is LeakLocation.PULMONARY
        kind = EventKind.EMBOLISM_CEMENT if lung else EventKind.RADICULAR_PAIN
        treatment = "Anticoagulation" if lung else "Nerve root injection"
        grade = Sir.SEVERE if lung else Sir.MODERATE
        event = _add(dice, case, kind, 0, date.max, grade, treatment)
        if event is not None:
            event.causality, event.cause = Causality.DEFINITE, EventCause.DEVICE


def _next_fracture(dice: Dice, case: Case, until: date) -> None:
    levels = list(Level)
    below = levels[min(case.levels[-1].level.rank + 1, len(levels) - 1)]
    lumbar_at_most = below.rank <= Level.L5.rank and not below.is_variant
    if not lumbar_at_most or not dice.chance(_ADJACENT_FRACTURE):
        return
    days = dice.whole(10, _LAST_DAY)
    event = _add(dice, case, EventKind.FRACTURE_ADJACENT, days, until, Sir.MODERATE, "Conservative")
    if event is not None:
        event.level, event.causality = below, Causality.POSSIBLE


def _add(
    dice: Dice, case: Case, kind: EventKind, days: int, until: date, grade: Sir, treatment: str
) -> AdverseEvent | None:
    """Add an event that sets in after ``days``; None if the patient is not followed that long."""
    onset = case.procedure.performed_on.exact + timedelta(days=days)
    if onset > until:
        return None
    return add_adverse_event(
        dice,
        case,
        kind=kind,
        onset_on=PartialDate.from_date(onset),
        phase=_phase(days),
        sir_2017=grade,
        treatment=treatment,
        outcome=EventOutcome.SEQUELAE if dice.chance(0.04) else EventOutcome.RESOLVED,
        reoperation=YesNo.YES if dice.chance(0.02) else YesNo.NO,
    )


def _phase(days: int) -> EventPhase:
    if days == 0:
        return EventPhase.INTRA
    if days == _FIRST_DAY:
        return EventPhase.WITHIN_24H
    return EventPhase.WITHIN_30D if days <= _LAST_DAY_NEAR else EventPhase.AFTER_30D
