# SPDX-License-Identifier: MIT
"""What a logbook holds of a patient or case: last, now, and at any entry of its audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models import rows
from models.audit import Subject
from models.case import load_case
from models.document import Change, Document, document_of, readable
from models.engines.engine import Engine
from models.logbook import Logbook
from models.schema import AuditEntry, Patient, PatientIdentity, Procedure
from models.snapshot import patched

_UNDONE, _REDONE = "Undo.", "Redo."

IDENTITIES = str(PatientIdentity._meta.table_name)
CASES = str(Procedure._meta.table_name)


@dataclass(frozen=True, slots=True)
class Last:
    """What the audit says last of a patient or case; ``undone`` where that was an undo."""

    number: int
    content_hash: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """Who gave a field the value that it has, and when (UTC, ISO 8601)."""

    user: str
    at: str


def last_of(database: Engine, subject: Subject) -> Iterator[tuple[str, Last]]:
    """What the audit says last of everything of a kind, by id: one statement."""
    # SQLite fills the other columns from the row that has the maximum.
    sql = """
        SELECT subject_id, content_hash, reason, MAX(number) FROM audit_entry
        WHERE subject = ? AND content_hash <> '' GROUP BY subject_id ORDER BY subject_id
    """
    for subject_id, content_hash, reason, number in database.execute_sql(sql, (subject.value,)):
        yield str(subject_id), Last(int(number), str(content_hash), reason == _UNDONE)


def is_taken_back(database: Engine, subject: Subject, subject_id: str, merge: int) -> bool:
    """Whether nothing but undo and redo happened to it since a merge, and undo last."""
    query = AuditEntry.select(AuditEntry.reason).where(
        AuditEntry.subject_id == subject_id,
        AuditEntry.subject == subject.value,
        AuditEntry.number > merge,
    )
    query = query.order_by(AuditEntry.number).tuples()
    reasons = [str(reason) for (reason,) in query.execute(database)]
    return bool(reasons) and reasons[-1] == _UNDONE and set(reasons) <= {_UNDONE, _REDONE}


def present(logbook: Logbook, subject: Subject, subject_id: str) -> Document:
    """The patient or case as the record holds it; {} for none."""
    database = logbook.database
    if subject is Subject.CASE:
        return document_of(load_case(logbook, subject_id).case_rows())
    patient = rows.one(database, Patient, Patient.id == subject_id)
    identity = rows.one(database, PatientIdentity, PatientIdentity.patient == subject_id)
    return document_of(row for row in (patient, identity) if row is not None)


def state_at(database: Engine, subject: Subject, subject_id: str, number: int) -> Document:
    """The patient or case as it stood after an entry of the audit; {} before it was entered."""
    changes = [change for _, change in _changes(database, subject, subject_id, 0, number)]
    return patched({}, changes)


def sayings(
    database: Engine,
    subject: Subject,
    subject_id: str,
    keys: Iterable[tuple[str, str, str]],
) -> dict[tuple[str, str, str], Saying]:
    """Who gave each of these fields (table, row, column) its value; a row's column is ""."""
    wanted = set(keys)
    found: dict[tuple[str, str, str], Saying] = {}
    for saying, change in _changes(database, subject, subject_id, 0, None):
        for key in (
            (change.table, change.row_id, change.field),
            (change.table, change.row_id, ""),
        ):
            if key in wanted:
                found[key] = saying
    return found


def _changes(
    database: Engine,
    subject: Subject,
    subject_id: str,
    after: int,
    last: int | None,
) -> Iterator[tuple[Saying, Change]]:
    """Everything that the audit says was changed of it, oldest first."""
    query = AuditEntry.select(AuditEntry.user, AuditEntry.at, AuditEntry.changes).where(
        AuditEntry.subject_id == subject_id,
        AuditEntry.subject == subject.value,
        AuditEntry.number > after,
    )
    if last is not None:
        query = query.where(AuditEntry.number <= last)
    for user, at, text in query.order_by(AuditEntry.number).tuples().execute(database):
        for change in readable(text):
            yield Saying(str(user), str(at)), change
