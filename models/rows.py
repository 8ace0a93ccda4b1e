# SPDX-License-Identifier: MIT
"""Reading and writing the rows of one case, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import peewee

from models.schema import Record, Row, TreatedLevel

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=Row)


def one(database: peewee.Database, table: type[R], condition: peewee.Expression) -> R | None:
    """The row that meets the condition, or None."""
    found: R | None = next(iter(table.select().where(condition).execute(database)), None)
    return found


def of_case(database: peewee.Database, table: type[W], case_id: str) -> list[W]:
    """The rows of a table that hang on a case, in their order."""
    procedure = table._meta.fields["procedure"]
    query = table.select().where(procedure == case_id).order_by(table.position, table.id)
    return list(query.execute(database))


def of_levels(database: peewee.Database, table: type[W], case_id: str) -> list[W]:
    """The rows of a table that hang on the levels of a case, in their order."""
    levels = TreatedLevel.select(TreatedLevel.id).where(TreatedLevel.procedure == case_id)
    parent = table._meta.fields["treated_level"]
    query = table.select().where(parent.in_(levels)).order_by(table.position, table.id)
    return list(query.execute(database))


def store(database: peewee.Database, rows: Sequence[Record], present: set[str]) -> None:
    """Insert the rows whose id is not in ``present``, update the others."""
    for row in rows:
        if str(row.id) in present:
            _update(database, row)
        else:
            type(row).insert(_columns(row)).execute(database)


def remove(database: peewee.Database, table: type[Record], ids: set[str]) -> None:
    """Delete rows by id."""
    if ids:
        table.delete().where(table.id.in_(sorted(ids))).execute(database)


def _update(database: peewee.Database, row: Record) -> None:
    table = type(row)
    table.update(_columns(row)).where(table.id == row.id).execute(database)


def _columns(row: Record) -> dict[peewee.Field, object]:
    fields = row._meta.fields
    return {fields[name]: value for name, value in row.__data__.items()}
