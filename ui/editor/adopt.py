# SPDX-License-Identifier: MIT
"""Hangs a new case on a patient that the logbook knows already. No Qt."""

from __future__ import annotations

from models.case import Case
from models.schema import Patient, PatientIdentity, Record

_EMPTY = (None, "", ())


def adopt_patient(case: Case, known: Patient, identity: PatientIdentity | None = None) -> list[str]:
    """Make ``known`` the patient of the case, with the ``identity`` that is stored of the person.

    What was entered goes where the logbook holds nothing yet; where both hold something else, the
    logbook's stays.

    Returns:
        Labels of the fields in which what was entered differs from what stays.
    """
    differing = _fill(known, case.patient)
    if identity is not None and case.identity is not None:
        differing += _fill(identity, case.identity)
    case.patient = known
    case.procedure.patient = known
    case.identity = identity or case.identity
    if case.identity is not None:
        case.identity.patient = known
    return differing


def part_from_patient(case: Case) -> None:
    """Give a new case a new patient again who has only the code that was typed."""
    code = case.patient.patient_code
    case.patient = Patient(patient_code=code)
    case.procedure.patient = case.patient
    case.identity = None


def _fill(known: Record, entered: Record) -> list[str]:
    differing = []
    for field in type(known).clinical_fields():
        new, old = getattr(entered, field.name), getattr(known, field.name)
        if new in _EMPTY or new == old:
            continue
        if old in _EMPTY:
            setattr(known, field.name, new)
        else:
            differing.append(field.label)
    return differing
