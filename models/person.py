# SPDX-License-Identifier: MIT
"""The person of a case is stored with the case: who it is, and what names the person if at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import peewee

from models import rows
from models.audit import Action, Event, Subject
from models.document import Change, Document, compare, content_hash, document_of
from models.errors import PatientExists, VersionConflict
from models.logbook import Logbook
from models.schema import AuditEntry, Patient, PatientIdentity
from models.settings import STORE_IDENTITY, is_on

if TYPE_CHECKING:
    from models.case import Case
    from models.engines.engine import Engine


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """What became of the person.

    Attributes:
        changes: every field that changed.
        events: what the audit is to say.
        left_out_names: names were given and not taken, because they are switched off.
    """

    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    left_out_names: bool


def save_person(logbook: Logbook, case: Case, reason: str) -> SavedPerson:
    """Store patient and identity of the case. Call it inside a transaction.

    Where names are switched off, what the logbook has of them stays as it is, and ``case`` has
    that afterwards.

    Raises:
        PatientExists: the patient was given the code of another one.
        VersionConflict: someone saved the patient meanwhile.
    """
    database, patient = logbook.database, case.patient
    known, identity = rows.of_person(database, str(patient.id))
    stored = known.version if known is not None else 0
    if stored != patient.version and not only_names_went(database, patient, stored):
        raise VersionConflict(case.id, patient.version, stored)
    patient.version = stored
    wanted = _same_identity(identity, case.identity)
    left_out = _names(wanted) != _names(identity) and not is_on(database, STORE_IDENTITY)
    case.identity = identity if left_out else wanted
    old = document_of(row for row in (known, identity) if row is not None)
    new = document_of(case.person_rows())
    changes = tuple(compare(old, new))
    if stored and not changes:
        return SavedPerson((), (), left_out)
    if any(change.field == "patient_code" for change in changes):
        _refuse_known_code(database, patient)
    patient.version = stored + 1
    _store(database, case, old)
    action = Action.CHANGE if stored else Action.CREATE
    event = patient_event(logbook.user, action, patient, changes, reason, new)
    return SavedPerson(changes, (event,), left_out)


def patient_event(
    user: str,
    action: Action,
    patient: Patient,
    changes: Sequence[Change],
    reason: str,
    content: Document,
) -> Event:
    """What the audit is to say of a patient who has this content and version now."""
    return Event(
        user,
        action,
        Subject.PATIENT,
        str(patient.id),
        int(patient.version),
        changes,
        reason,
        content_hash(content),
    )


def only_names_went(database: peewee.Database, patient: Patient, stored: int) -> bool:
    """Whether since this version of the patient nothing happened but that all names were removed.

    Who has the patient open then need not open it again: a name that is still there in memory is
    not stored while names are switched off.
    """
    if is_on(database, STORE_IDENTITY) or not 0 < patient.version < stored:
        return False
    query = AuditEntry.select(AuditEntry.action).where(
        AuditEntry.subject_id == str(patient.id),
        AuditEntry.subject == Subject.PATIENT.value,
        AuditEntry.version > patient.version,
    )
    actions = [action for (action,) in query.tuples().execute(database)]
    return bool(actions) and set(actions) == {Action.FORGET.value}


def _store(database: Engine, case: Case, old: Document) -> None:
    for row in case.person_rows():
        rows.store(database, [row], set(old.get(row._meta.table_name, {})))


def _same_identity(
    stored: PatientIdentity | None, own: PatientIdentity | None
) -> PatientIdentity | None:
    """What names the person from now on: one row, whoever entered it first."""
    if stored is None or own is None:
        return own or stored
    own.id = stored.id
    return own


def _names(identity: PatientIdentity | None) -> list[object]:
    """What names the person, and what is said of it; nothing at all counts as no row."""
    if identity is None:
        return []
    values = [getattr(identity, field.name, None) for field in PatientIdentity.clinical_fields()]
    said: list[object] = [*values, dict(identity.missing or {}), dict(identity.explained or {})]
    return said if any(said) else []


def _refuse_known_code(database: peewee.Database, patient: Patient) -> None:
    if not patient.patient_code:
        return
    sql = "SELECT id FROM patient WHERE patient_code = ?"
    known = database.execute_sql(sql, (str(patient.patient_code),)).fetchone()
    if known is not None and str(known[0]) != str(patient.id):
        raise PatientExists(str(patient.patient_code), str(known[0]))
