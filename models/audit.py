# SPDX-License-Identifier: MIT
"""Who changed what. Entries are only ever added, each chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import peewee

from models.document import Change, changes_json
from models.fields import Stamp
from models.schema import AuditEntry

FIRST_PREVIOUS = "0" * 64
"""What the first entry names as the hash before it."""

_SIGNED = (
    "number",
    "at",
    "user",
    "action",
    "subject",
    "subject_id",
    "version",
    "changes",
    "reason",
    "content_hash",
    "previous_hash",
)


class Action(StrEnum):
    """What an entry is about."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    RESTORE = "restore"
    EXPORT = "export"
    IMPORT = "import"
    PRINT = "print"
    SETTING = "setting"
    FORGET = "forget"
    MERGE = "merge"
    UNMERGE = "unmerge"
    PLAN = "plan"
    BACKUP = "backup"
    TOLD = "told"
    GIVEN_UP = "given_up"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    USER = "user"
    KEYS = "keys"


UNRELATED = frozenset(
    {
        *(Action.EXPORT, Action.PRINT, Action.BACKUP, Action.GIVEN_UP),
        *(Action.SIGN_IN, Action.SIGN_IN_FAILED, Action.USER, Action.KEYS),
    }
)
"""What leaves the record and the settings as they are."""


class Subject(StrEnum):
    """What was changed or used."""

    CASE = "case"
    PATIENT = "patient"
    LOGBOOK = "logbook"


@dataclass(frozen=True, slots=True)
class Event:
    """What should be written down; number, time and hashes come when it is."""

    user: str
    action: Action
    subject: Subject
    subject_id: str = ""
    version: int = 0
    changes: Sequence[Change] = ()
    reason: str = ""
    content_hash: str = ""


def append(database: peewee.Database, events: Iterable[Event]) -> None:
    """Add entries. Call it inside the transaction of the change that they tell of."""
    rows = chained(database, events)
    columns = [AuditEntry._meta.fields[name] for name in (*_SIGNED, "hash")]
    AuditEntry.insert_many(rows, fields=columns).execute(database)


def last_number(database: peewee.Database) -> int:
    """Number of the latest entry; 0 before the first."""
    return int(AuditEntry.select(peewee.fn.MAX(AuditEntry.number)).scalar(database) or 0)


def newest_change(database: peewee.Database, but: frozenset[Action] = UNRELATED) -> int:
    """Number of the latest entry that tells of something else than ``but``; 0 before the first."""
    query = AuditEntry.select(AuditEntry.number).where(
        AuditEntry.action.not_in([action.value for action in but])
    )
    query = query.order_by(AuditEntry.number.desc()).limit(1).tuples()
    return int(next(iter(query.execute(database)), (0,))[0])


def chained(database: peewee.Database, events: Iterable[Event]) -> list[tuple[object, ...]]:
    """The entries as rows (in the order of ``_SIGNED``, then the hash), chained to the last."""
    last = (
        AuditEntry.select(AuditEntry.number, AuditEntry.hash)
        .order_by(AuditEntry.number.desc())
        .limit(1)
        .tuples()
        .execute(database)
    )
    number, previous = next(iter(last), (0, FIRST_PREVIOUS))
    at = Stamp().db_value(datetime.now(UTC))
    rows: list[tuple[object, ...]] = []
    for event in events:
        number += 1
        signed = (
            number,
            at,
            event.user,
            event.action.value,
            event.subject.value,
            event.subject_id,
            event.version,
            changes_json(event.changes),
            event.reason,
            event.content_hash,
            previous,
        )
        previous = _hash(signed)
        rows.append((*signed, previous))
    return rows


def chain_problems(database: peewee.Database) -> list[str]:
    """Entries that were changed, removed, added or reordered, in words; [] when all is well."""
    problems: list[str] = []
    columns = [AuditEntry._meta.fields[name] for name in (*_SIGNED, "hash")]
    expected, previous = 1, FIRST_PREVIOUS
    query = AuditEntry.select(*columns).order_by(AuditEntry.number).tuples()
    # Straight from the cursor: a field would stumble over what another program put there.
    for *signed, stored in database.execute_sql(*database.get_sql_context().sql(query).query()):
        number = signed[0]
        if number != expected:
            problems.append(f"Audit: entries {expected} to {number - 1} are missing.")
        elif signed[-1] != previous:
            problems.append(f"Audit: entry {number} does not follow the one before it.")
        if _hash(tuple(signed)) != stored:
            problems.append(f"Audit: entry {number} was changed after it was written.")
        expected, previous = number + 1, stored
    return problems


def last_known(database: peewee.Database, subject: Subject) -> dict[str, tuple[int, str]]:
    """Version and content hash that the audit knows last of every subject, by its id."""
    query = (
        AuditEntry.select(AuditEntry.subject_id, AuditEntry.version, AuditEntry.content_hash)
        .where(AuditEntry.subject == subject.value, AuditEntry.content_hash != "")
        .order_by(AuditEntry.number)
        .tuples()
    )
    return {
        subject_id: (version, content_hash)
        for subject_id, version, content_hash in query.execute(database).iterator()
    }


def _hash(signed: tuple[object, ...]) -> str:
    text = json.dumps(signed, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
