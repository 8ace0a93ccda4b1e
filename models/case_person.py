# SPDX-License-Identifier: MIT
"""Saving whom a case belongs to. The person has a version of its own, and may have other cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from models import rows
from models.audit import Action, Event, Subject
from models.document import Change, Document, compare, content_hash, document_of
from models.errors import PatientExists, VersionConflict
from models.logbook import Logbook
from models.schema import Patient, PatientIdentity

if TYPE_CHECKING:
    from models.case import Case


def save_patient(logbook: Logbook, case: Case, reason: str) -> tuple[list[Change], list[Event]]:
    """Store the person of the case; what changed, and what the audit has to say of it.

    Raises:
        VersionConflict: somebody saved the person meanwhile.
        PatientExists: the code is that of another patient.
    """
    database, patient = logbook.database, case.patient
    stored = rows.version(database, Patient, str(patient.id))
    if stored != patient.version:
        raise VersionConflict(case.id, patient.version, stored)
    old: Document = {}
    if stored:
        known = rows.one(database, Patient, Patient.id == patient.id)
        identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient.id)
        case.identity = _same_identity(identity, case.identity)
        old = document_of(row for row in (known, identity) if row is not None)
    new = document_of(case.person_rows())
    changes = compare(old, new)
    if stored and not changes:
        return [], []
    if any(change.field == "patient_code" for change in changes):
        _refuse_known_code(database, patient)
    patient.version = stored + 1
    for row in case.person_rows():
        present = set(old.get(row._meta.table_name, {}))
        rows.store(database, [row], present)
    action = Action.CHANGE if stored else Action.CREATE
    event = Event(
        logbook.user,
        action,
        Subject.PATIENT,
        str(patient.id),
        patient.version,
        changes,
        reason,
        content_hash(new),
    )
    return changes, [event]


def _same_identity(
    stored: PatientIdentity | None, own: PatientIdentity | None
) -> PatientIdentity | None:
    """What names the person from now on: one row, whoever entered it first."""
    if stored is None or own is None:
        return own or stored
    own.id = stored.id
    return own


def _refuse_known_code(database: peewee.Database, patient: Patient) -> None:
    if not patient.patient_code:
        return
    known = rows.one(database, Patient, Patient.patient_code == patient.patient_code)
    if known is not None and known.id != patient.id:
        raise PatientExists(str(patient.patient_code), str(known.id))
