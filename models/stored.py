# SPDX-License-Identifier: MIT
"""The record as the database holds it: scans in the order of the subjects, never all at once.

For work on the whole logbook, in few statements: checking it, and bringing it up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import peewee

from models.audit import Subject
from models.case import LISTS, OF_LEVELS, Case
from models.document import DERIVED, Document, Fields, Value
from models.engines.engine import Engine
from models.schema import (
    RECORD_TABLES,
    CaseFoundBy,
    CaseRow,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    Row,
)

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=Row)
T = TypeVar("T")

PERSON_TABLES: tuple[type[Record], ...] = (Patient, PatientIdentity)
CASE_TABLES: tuple[type[Record], ...] = tuple(
    table for table in RECORD_TABLES if table not in PERSON_TABLES
)
Between = tuple[()] | tuple[str, str]
"""Only what belongs to ids after the first up to the second."""

EVERYTHING: Between = ()

_OWNER = {Patient: "id", PatientIdentity: "patient_id", Procedure: "id"}
_REMEMBERED = 20_000
_BYTES_TOLD = 16


@dataclass(slots=True)
class Held:
    """What the record holds of one person or case: the stored rows by their table.

    A row has the columns that hold something, by field name.
    """

    id: str
    rows: dict[type[Record], list[Fields]] = field(default_factory=dict)

    @property
    def head(self) -> Fields:
        """The row of the person or the procedure itself."""
        return next(iter(self.rows.values()))[0]

    def document(self) -> Document:
        """The rows as the audit hashes them."""
        document: Document = {}
        for table, rows in self.rows.items():
            left_out = DERIVED.get(table, frozenset()) | {"id"}
            document[str(table._meta.table_name)] = {
                str(row["id"]): {name: value for name, value in row.items() if name not in left_out}
                for row in rows
            }
        return document


@dataclass(frozen=True, slots=True)
class Known:
    """What the audit says last of a subject."""

    version: int
    content_hash: str


class Stream(Generic[T]):
    """Things in the order of their keys, of which those of one key are taken at a time."""

    def __init__(self, items: Iterator[tuple[str, T]]) -> None:
        self._items = items
        self._next = next(items, None)

    @property
    def key(self) -> str | None:
        """The key that comes next, or None at the end."""
        return None if self._next is None else self._next[0]

    def take(self, key: str) -> list[T]:
        """All of ``key``, leaving behind whatever comes before it."""
        taken: list[T] = []
        while self._next is not None and self._next[0] <= key:
            if self._next[0] == key:
                taken.append(self._next[1])
            self._next = next(self._items, None)
        return taken


class _Keyed(Protocol):
    """A stream of whatever."""

    @property
    def key(self) -> str | None:
        """The key that comes next, or None at the end."""


def all_keys(*streams: _Keyed) -> Iterator[str]:
    """Every key of any stream, once, in order; take all of it before asking for the next."""
    while keys := [stream.key for stream in streams if stream.key is not None]:
        yield min(keys)


def persons(database: Engine) -> Iterator[tuple[str, Held]]:
    """All persons by id."""
    return _held(database, PERSON_TABLES)


def cases(database: Engine, between: Between = EVERYTHING) -> Iterator[tuple[str, Held]]:
    """All cases by id, or those between two ids."""
    return _held(database, CASE_TABLES, between)


def persons_of_cases(
    database: Engine, between: Between = EVERYTHING
) -> Iterator[tuple[str, Fields]]:
    """The row of the patient of every case, by the id of the case."""
    source = 'procedure o CROSS JOIN patient t ON t."id" = o."patient_id"'
    return _scan(database, Patient, source, 'o."id"', between)


def known(database: Engine, subject: Subject) -> Iterator[tuple[str, Known]]:
    """What the audit says last of every subject of a kind, by id."""
    # SQLite fills the other columns from the row that has the maximum.
    sql = """
        SELECT subject_id, version, content_hash, MAX(number) FROM audit_entry
        WHERE subject = ? AND content_hash <> '' GROUP BY subject_id ORDER BY subject_id
    """
    for subject_id, version, content_hash, _ in database.stream(sql, (subject.value,)):
        yield str(subject_id), Known(version, content_hash)


def lines(database: Engine, between: Between = EVERYTHING) -> Iterator[tuple[str, Fields]]:
    """The lines of the case list by the id of their case."""
    return _scan(database, CaseRow, "case_row t", 't."case_id"', between)


def found_by(database: Engine) -> Iterator[tuple[str, Fields]]:
    """What the cases of the list are found by, by the id of the case."""
    source = "case_row o CROSS JOIN case_found_by t ON t.number = o.number"
    return _scan(database, CaseFoundBy, source, 'o."case_id"', EVERYTHING)


def _held(
    database: Engine,
    tables: tuple[type[Record], ...],
    between: Between = EVERYTHING,
) -> Iterator[tuple[str, Held]]:
    head, *others = tables
    streams = {table: Stream(_rows(database, table, between)) for table in others}
    for subject_id, row in _rows(database, head, between):
        held = Held(subject_id, {head: [row]})
        for table, stream in streams.items():
            if rows := stream.take(subject_id):
                held.rows[table] = rows
        yield subject_id, held


def _rows(database: Engine, table: type[Record], between: Between) -> Iterator[tuple[str, Fields]]:
    name = table._meta.table_name
    if table in OF_LEVELS:
        source = f'treated_level o CROSS JOIN "{name}" t ON t."treated_level_id" = o."id"'
        return _scan(database, table, source, 'o."procedure_id"', between)
    key = f't."{_OWNER.get(table, "procedure_id")}"'
    return _scan(database, table, f'"{name}" t', key, between)


def _scan(
    database: Engine,
    table: type[peewee.Model],
    source: str,
    key: str,
    between: Between,
) -> Iterator[tuple[str, Fields]]:
    """Rows of ``table`` in the order of ``key``; an index gives that order, so nothing piles up."""
    fields = table._meta.sorted_fields
    names = [field.name for field in fields]
    flags = [field.name for field in fields if isinstance(field, peewee.BooleanField)]
    columns = ", ".join(f't."{field.column_name}"' for field in fields)
    sql = f"SELECT {key}, {columns} FROM {source}"
    if between is EVERYTHING:
        rows = database.stream(f"{sql} ORDER BY {key}")
    else:
        sql = f"{sql} WHERE {key} > ? AND {key} <= ?"
        rows = database.execute_sql(f"{sql} ORDER BY {key}", between)
    for of, *values in rows:
        if bytes in map(type, values):
            values = [_as_text(value) for value in values]
        row: Fields = {
            name: value for name, value in zip(names, values, strict=True) if value is not None
        }
        for name in flags:
            if row.get(name) in (0, 1):
                row[name] = bool(row[name])
        yield str(of), row


def _as_text(value: Value | bytes) -> Value:
    """What the program never stores in such a column, so that it can be named."""
    return f"bytes {value[:_BYTES_TOLD].hex()}" if isinstance(value, bytes) else value


class _Values(dict[Value, object]):
    """What the stored values of a field mean; each is converted once."""

    def __init__(self, field: peewee.Field) -> None:
        super().__init__()
        self._field = field

    def __missing__(self, value: Value) -> object:
        if len(self) > _REMEMBERED:
            self.clear()
        meaning = self[value] = self._field.python_value(value)
        return meaning


class Rebuilt:
    """Makes cases of stored rows."""

    def __init__(self) -> None:
        self._values = {
            table: {name: _Values(field) for name, field in table._meta.fields.items()}
            for table in RECORD_TABLES
        }
        self._blank: dict[type[Record], dict[str, object]] = {
            table: {name: known[None] for name, known in fields.items() if known[None] is not None}
            for table, fields in self._values.items()
        }

    def case(self, person: Fields, held: Held) -> Case:
        """The case as it is stored.

        Raises:
            ValueError, TypeError, AttributeError: a column holds what its field does not know.
        """
        case = Case(self._row(Patient, person), self._row(Procedure, held.head))
        for table, name in LISTS.items():
            setattr(case, name, self._list(table, held))
        return case

    def _list(self, table: type[W], held: Held) -> list[W]:
        rows = [self._row(table, stored) for stored in held.rows.get(table, ())]
        return sorted(rows, key=lambda row: (row.position, row.id))

    def _row(self, table: type[R], stored: Fields) -> R:
        known = self._values[table]
        row: R = table(__no_default__=True)
        row.__data__.update(self._blank[table])
        row.__data__.update((name, known[name][value]) for name, value in stored.items())
        return row
