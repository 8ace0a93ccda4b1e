# SPDX-License-Identifier: MIT
"""Rows of synthetic cases, made without the ids that ``Case`` would draw for them."""

from __future__ import annotations

from typing import TypeVar

from models.case import Case
from models.sample.dice import Dice
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    LaterMeasure,
    Leak,
    Patient,
    PriorTreatment,
    Procedure,
    Record,
    Row,
    TreatedLevel,
)

A = TypeVar("A", bound=Record)
R = TypeVar("R", bound=Row)


def new_patient(dice: Dice, **values: object) -> Patient:
    """A patient who was never saved."""
    return _row(Patient, dice, version=0, **values)


def new_case(dice: Dice, patient: Patient, **values: object) -> Case:
    """A synthetic case of ``patient`` that was never saved."""
    procedure = _row(
        Procedure, dice, patient=patient.id, version=0, complete=False, synthetic=True, **values
    )
    return Case(patient, procedure)


def add_prior_treatment(dice: Dice, case: Case, **values: object) -> PriorTreatment:
    """Append a treatment tried before."""
    return _append(case.prior_treatments, PriorTreatment, dice, procedure=case.id, **values)


def add_adjunct(dice: Dice, case: Case, **values: object) -> Adjunct:
    """Append a treatment given together with the augmentation."""
    return _append(case.adjuncts, Adjunct, dice, procedure=case.id, **values)


def add_level(dice: Dice, case: Case, **values: object) -> TreatedLevel:
    """Append a treated level."""
    return _append(case.levels, TreatedLevel, dice, procedure=case.id, **values)


def add_balloon(dice: Dice, case: Case, level: TreatedLevel, **values: object) -> Balloon:
    """Append a balloon to ``level``."""
    return _append(case.balloons, Balloon, dice, treated_level=level.id, **values)


def add_leak(dice: Dice, case: Case, level: TreatedLevel, **values: object) -> Leak:
    """Append a leak to ``level``."""
    return _append(case.leaks, Leak, dice, treated_level=level.id, **values)


def add_later_measure(
    dice: Dice, case: Case, level: TreatedLevel, **values: object
) -> LaterMeasure:
    """Append heights of ``level`` at a follow-up."""
    return _append(case.later_measures, LaterMeasure, dice, treated_level=level.id, **values)


def add_adverse_event(dice: Dice, case: Case, **values: object) -> AdverseEvent:
    """Append an adverse event."""
    return _append(case.adverse_events, AdverseEvent, dice, procedure=case.id, **values)


def add_assessment(dice: Dice, case: Case, **values: object) -> Assessment:
    """Append an assessment."""
    return _append(case.assessments, Assessment, dice, procedure=case.id, **values)


def _append(rows: list[R], table: type[R], dice: Dice, **values: object) -> R:
    row = _row(table, dice, position=len(rows), **values)
    rows.append(row)
    return row


def _row(table: type[A], dice: Dice, **values: object) -> A:
    # peewee would draw an id first and then set value by value, which takes half of the time.
    row: A = table(__no_default__=True)
    row.__data__.update(id=dice.id(), missing={}, **values)
    return row
