# SPDX-License-Identifier: MIT
"""A table of the record, as saving in bulk sees it: rows become documents, audit and cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from json.encoder import encode_basestring

import peewee

from models.case import Case
from models.document import DERIVED, Fields, Value
from models.fields import ClinicalField
from models.schema import RECORD_TABLES, Assessment, Record

Cell = str | int | float | bytes | None
"""What a column takes."""

FIRST_VERSION = 1
"""The version of whatever is saved for the first time."""

NOTHING = ""
"""Stands for NULL on the way to the database: the driver takes long over None, and the record
never holds an empty text."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_REMEMBERED = 20_000
_PARENTS = 500
_SHORT = 80
_NO_KEYS = (dict, list)
_Known = tuple[Value, str, str]
"""A value as it is stored, as JSON of a document, and as JSON of a change."""


class Refused(Exception):
    """A value that its field cannot hold."""


class _Values(dict[object, _Known]):
    """The values of a field that were met; a new one is converted and judged once."""

    def __init__(self, field: peewee.Field) -> None:
        super().__init__()
        self._field = field
        # The rows of a case follow each other, and no other row has the same parent.
        self._most = _PARENTS if isinstance(field, peewee.ForeignKeyField) else _REMEMBERED

    def __missing__(self, value: object) -> _Known:
        known = self.judge(value)
        # Operators and keys come again, whole paragraphs do not.
        if not isinstance(value, str) or len(value) <= _SHORT:
            if len(self) > self._most:
                self.clear()
            self[value] = known
        return known

    def judge(self, value: object) -> _Known:
        """Convert ``value``, or raise Refused."""
        field = self._field
        if isinstance(field, ClinicalField) and field.refusal(value):
            raise Refused
        stored: Value = field.db_value(value)
        if stored is None:
            return None, "", ""
        text = encode_basestring(stored) if type(stored) is str else to_json(stored)
        return stored, f'"{field.name}":{text}', f'"{field.name}":[null,{text}]'


class Table:
    """One table of the record: how its rows become documents, audit and statements."""

    def __init__(self, table: type[Record]) -> None:
        meta = table._meta
        fields: dict[str, peewee.Field] = dict(meta.fields)
        self.record = table
        self.name = str(meta.table_name)
        self._derived = DERIVED.get(table, frozenset())
        self._values = {
            name: _Values(field)
            for name, field in fields.items()
            if name != "id" and name not in self._derived
        }
        # An assessment never keeps a case from being complete.
        core = table.clinical_fields() if table is not Assessment else ()
        self._core = {field.name: field for field in core if field.core}
        self.places = {name: place for place, name in enumerate(fields)}
        self._blank: dict[str, Cell] = dict.fromkeys(fields, NOTHING)
        self._columns = [str(field.column_name) for field in fields.values()]

    def read(self, row: Record) -> tuple[Fields, str, str]:
        """The stored fields of the row; them as canonical JSON; what its audit entry says."""
        fields: Fields = {}
        texts = []
        changes = []
        for name, value in row.__data__.items():
            # Most fields of a row hold nothing.
            if value is None or (not value and value != 0) or name not in self._values:
                continue
            known = self._values[name]
            # Reasons and lists are the only values that cannot be looked up.
            judged = known.judge(value) if isinstance(value, _NO_KEYS) else known[value]
            stored, text, change = judged
            if stored is not None:
                fields[name] = stored
                texts.append(text)
                changes.append(change)
        # The quote behind a name sorts before all that a name can hold, so this sorts by name.
        texts.sort()
        return fields, ",".join(texts), ",".join(changes)

    def insert(self, places: Sequence[int]) -> str:
        """The statement that writes these columns of a row; all others are NULL."""
        columns = ", ".join(f'"{self._columns[place]}"' for place in places)
        marks = ", ".join(f"nullif(?, '{NOTHING}')" for _ in places)
        return f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})'

    def judged(self, name: str, value: object) -> _Known:
        """One value as it is stored, as JSON of a document, and as JSON of a change.

        Raises:
            Refused: the field cannot hold it.
        """
        values = self._values[name]
        return values.judge(value) if isinstance(value, _NO_KEYS) else values[value]

    def judging(self, name: str) -> Callable[[object], _Known]:
        """What does the same for one field, and remembers nothing."""
        return self._values[name].judge

    def is_answered(self, row: Record, held: Iterable[str]) -> bool:
        """Whether every core field that applies is among those that hold something."""
        empty = self._core.keys() - held
        return not any(self._core[name].applies_to(row) for name in empty)

    def cells(self, row: Record, fields: Fields, complete: bool) -> tuple[Cell, ...]:
        """The row in the order of the schema."""
        values = {**self._blank, **fields, "id": str(row.id), **self.derived(row, complete)}
        return tuple(values.values())

    def derived(self, row: Record, complete: bool = False) -> dict[str, int]:
        """What the program works out and keeps in a row that is saved for the first time."""
        if not self._derived:
            return {}
        chosen = bool(row.__data__.get("chosen"))
        derived = {"version": FIRST_VERSION, "complete": complete, "chosen": chosen}
        return {name: int(derived[name]) for name in self._derived}

    def column(self, name: str) -> str:
        """The column of a field."""
        return self._columns[self.places[name]]


@cache
def tables() -> dict[type[Record], Table]:
    """The tables of the record, with all the values that they have met in this process."""
    return {table: Table(table) for table in RECORD_TABLES}


class Insert:
    """The statement that writes rows which all hold something in the same columns, and no others.

    There is one for each set of columns, so that rows can be gathered by it.
    """

    __slots__ = ("names", "record", "sql")

    def __init__(self, table: Table, names: tuple[str, ...]) -> None:
        self.record, self.names = table.record, names
        columns = ", ".join(f'"{table.column(name)}"' for name in names)
        marks = ", ".join("?" * len(names))
        self.sql = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'

    def __reduce__(self) -> tuple[Callable[..., Insert], tuple[type[Record], tuple[str, ...]]]:
        """In another process it is the one of there."""
        return _insert_there, (self.record, self.names)


def _insert_there(record: type[Record], names: tuple[str, ...]) -> Insert:
    return insert_of(tables()[record], names)


@lru_cache(1024)
def insert_of(table: Table, names: tuple[str, ...]) -> Insert:
    """The statement for these fields of a table."""
    return Insert(table, names)


@contextmanager
def values_aside(case: Case) -> Iterator[None]:
    """Within, checks of the case look at how its values fit together, and at no single value.

    Most of the time of a check goes into asking every field of every row, though few of them
    hold anything and most of what they hold was judged before; ``Table`` sees to that.
    """
    rows = [*case.person_rows(), *case.case_rows()]
    for row in rows:
        row.__dict__["clinical_fields"] = tuple
    try:
        yield
    finally:
        for row in rows:
            del row.__dict__["clinical_fields"]


def to_json(value: object) -> str:
    """``value`` as the audit writes and hashes it."""
    return _ENCODER.encode(value)
