# SPDX-License-Identifier: MIT
"""What is asked of the audit, as SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import peewee

from models.audit import Action
from models.fields import ClinicalField, Stamp
from models.query import folded
from models.schema import RECORD_TABLES, AuditEntry, CaseRow
from models.settings import DECLARED
from models.trail.terms import pieces_meant

_E = AuditEntry
_MOST_SUBJECTS = 500
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are wanted. What is left empty asks nothing.

    Attributes:
        user: whose; the name in full, in any case.
        since, until: from the first to the last day, both of them, by the clock of this machine.
        actions: what was done.
        case: the id of a case, or the beginning of the code of a patient.
        field: a part of the name or label of a field that was changed.
        words: what stands in the reason or in the values, each word; terms by label or code.
    """

    user: str = ""
    since: date | None = None
    until: date | None = None
    actions: frozenset[Action] = frozenset()
    case: str = ""
    field: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every entry is wanted."""
        return self == Asked()

    def told(self) -> str:
        """The same in words, for the audit of an export; "" where everything is wanted."""
        parts = (
            ("user", self.user),
            ("from", str(self.since or "")),
            ("to", str(self.until or "")),
            ("action", ", ".join(sorted(action.value for action in self.actions))),
            ("case", self.case),
            ("field", self.field),
            ("words", self.words),
        )
        return ", ".join(f"{name} {value}" for name, value in parts if value)


def conditions(database: peewee.Database, asked: Asked) -> list[peewee.Expression]:
    """What an entry has to meet, cheapest first. Runs two statements where a case is asked for."""
    return list(_conditions(database, asked))


def _conditions(database: peewee.Database, asked: Asked) -> Iterator[peewee.Expression]:
    if asked.case.strip():
        yield _E.subject_id.in_(_subjects(database, asked.case.strip()))
    if asked.user.strip():
        yield _E.user.in_(_spelled(database, asked.user.strip()))
    if asked.actions:
        yield _E.action.in_(sorted(action.value for action in asked.actions))
    if asked.since is not None:
        yield _E.at >= _moment(asked.since)
    if asked.until is not None and asked.until < date.max:
        yield _E.at < _moment(asked.until + timedelta(1))
    if asked.field.strip():
        names = fields_called(asked.field)
        told = [_E.changes.contains(f'"{name}":[') for name in names]
        told += [_E.changes.contains(f'"{name}":') for name in _settings_called(asked.field)]
        yield _any(told)
    for word in asked.words.split():
        # In the changes a text stands as JSON has it.
        inside = json.dumps(word, ensure_ascii=False)[1:-1]
        told = [_E.changes.contains(piece) for piece in (inside, *pieces_meant(word))]
        yield _E.reason.contains(word) | _any(told)


def fields_called(part: str) -> list[str]:
    """The columns of the record whose name or label has this in it."""
    wanted = part.strip().casefold()
    found = {
        field.name
        for table in RECORD_TABLES
        for field in table._meta.sorted_fields
        if wanted in field.name.replace("_", " ").casefold()
        or wanted == field.name.casefold()
        or (isinstance(field, ClinicalField) and wanted in field.label.casefold())
    }
    return sorted(found)


def _settings_called(part: str) -> list[str]:
    wanted = part.strip().casefold()
    return [one.name for one in DECLARED if wanted in one.label.casefold()]


def _subjects(database: peewee.Database, case: str) -> list[str]:
    """The ids of the cases and patients that are meant."""
    # A case or patient that left the record is known to the audit alone.
    ids = {case}
    begins = folded(case)
    of_code = (
        CaseRow.deleted.in_([False, True])
        & (CaseRow.patient_order >= begins)
        & (CaseRow.patient_order < f"{begins}{_LAST_LETTER}")
    )
    for condition in (CaseRow.case_id == case, of_code):
        query = CaseRow.select(CaseRow.case_id, CaseRow.patient_id).where(condition)
        for pair in query.limit(_MOST_SUBJECTS).tuples().execute(database):
            ids.update(pair)
    return sorted(ids)


def _spelled(database: peewee.Database, user: str) -> list[str]:
    found = [name for name in known_users(database) if name.casefold() == user.casefold()]
    return found or [user]


def known_users(database: peewee.Database) -> list[str]:
    """Everybody who is in the audit: one step of the index for each, however many entries."""
    names: list[str] = []
    sql = 'SELECT MIN("user") FROM audit_entry'
    row = database.execute_sql(sql).fetchone()
    while row is not None and row[0] is not None:
        names.append(str(row[0]))
        row = database.execute_sql(f'{sql} WHERE "user" > ?', (row[0],)).fetchone()
    return names


def _any(told: list[peewee.Expression]) -> peewee.Expression:
    either = peewee.Value(0) == 1
    for one in told:
        either = either | one
    return either


def _moment(day: date) -> str:
    """The first moment of a day here, as the audit keeps it."""
    first = datetime.combine(day, time()).astimezone()
    return str(Stamp().db_value(first.astimezone(UTC)))
