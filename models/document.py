# SPDX-License-Identifier: MIT
"""Rows as plain documents: what two versions differ in, and a hash that names the content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from models.quick import dataclass
from models.schema import RECORD_TABLES, Patient, Procedure, Record
from models.schema.course import Assessment

Value = str | int | float | None
Fields = dict[str, Value]
Document = dict[str, dict[str, Fields]]
"""Table name to row id to field to stored value. Fields that hold nothing are left out, so that
a field added later changes neither document nor hash of what was saved before."""

DERIVED: dict[type[Record], frozenset[str]] = {
    Patient: frozenset({"version"}),
    Procedure: frozenset({"version", "complete"}),
    Assessment: frozenset({"chosen"}),
}
"""Columns that the program works out and keeps; they are no part of what was entered."""

_MODELS = {table._meta.table_name: table for table in RECORD_TABLES}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row, before and after; None for a field that held or holds nothing."""

    table: str
    row_id: str
    field: str
    old: Value
    new: Value


def changes_json(changes: Iterable[Change]) -> str:
    """Changes as JSON text: table to row id to field to [old, new]."""
    nested: dict[str, dict[str, dict[str, list[Value]]]] = {}
    for change in changes:
        row = nested.setdefault(change.table, {}).setdefault(change.row_id, {})
        row[change.field] = [change.old, change.new]
    return json.dumps(nested, ensure_ascii=False, separators=(",", ":"))


def changes_from_json(text: str) -> list[Change]:
    """The inverse of ``changes_json``."""
    return [
        Change(table, row_id, field, old, new)
        for table, rows in json.loads(text).items()
        for row_id, fields in rows.items()
        for field, (old, new) in fields.items()
    ]


def readable(text: str) -> list[Change]:
    """The changes; none where the entry was tampered with, of which its hash tells."""
    try:
        return changes_from_json(text)
    except (ValueError, AttributeError, TypeError):
        return []


def stored_fields(row: Record) -> Fields:
    """Every entered field of ``row`` that holds something, as the database will hold it."""
    meta = row._meta
    left_out = DERIVED.get(type(row), frozenset())
    fields: Fields = {}
    for name, value in row.__data__.items():
        if value is None or name == "id" or name in left_out:
            continue
        stored = meta.fields[name].db_value(value)
        if stored is not None:
            fields[name] = stored
    return fields


def document_of(rows: Iterable[Record]) -> Document:
    """The rows as one document."""
    document: Document = {}
    for row in rows:
        document.setdefault(row._meta.table_name, {})[str(row.id)] = stored_fields(row)
    return document


def compare(old: Document, new: Document) -> list[Change]:
    """Every field that differs, tables in the order of the schema, then by row and field."""
    changes: list[Change] = []
    for table in _MODELS:
        before, after = old.get(table, {}), new.get(table, {})
        for row_id in dict.fromkeys((*before, *after)):
            was, now = before.get(row_id), after.get(row_id, {})
            if was is None:
                held = ((field, value) for field, value in now.items() if value is not None)
                changes += [Change(table, row_id, field, None, value) for field, value in held]
                continue
            for field in dict.fromkeys((*was, *now)):
                first, last = was.get(field), now.get(field)
                if first != last:
                    changes.append(Change(table, row_id, field, first, last))
    return changes


def content_hash(document: Document) -> str:
    """SHA-256 over the document in a canonical form."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


GONE = content_hash({})
"""The hash of a subject that the program took out of the record, such as a patient who was merged
into another one."""


def model_of(table: str) -> type[Record]:
    """The model of a table by its name."""
    return _MODELS[table]
