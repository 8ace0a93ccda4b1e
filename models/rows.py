# SPDX-License-Identifier: MIT
"""Reading and writing the rows of one case, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar

import peewee

from models.schema import Record, Row, TreatedLevel

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=Row)


def one(database: peewee.Database, table: type[R], condition: peewee.Expression) -> R | None:
    """The row that meets the condition, or None."""
    found: R | None = next(iter(table.select().where(condition).execute(database)), None)
    return found


def having(database: peewee.Database, table: type[R], name: str, value: object) -> R | None:
    """The row whose field ``name`` has the value, or None."""
    return next(iter(_read(database, table, name, value)), None)


def of_case(database: peewee.Database, table: type[W], case_id: str) -> list[W]:
    """The rows of a table that hang on a case, in their order."""
    return _read(database, table, "procedure", case_id)


def of_levels(database: peewee.Database, table: type[W], case_id: str) -> list[W]:
    """The rows of a table that hang on the levels of a case, in their order."""
    return _read(database, table, "treated_level", case_id)


def _read(database: peewee.Database, table: type[R], name: str, value: object) -> list[R]:
    sql = _select_sql(table, name, database.quote, database.param)
    return list(table.raw(sql, value).execute(database))


def version(database: peewee.Database, table: type[Record], row_id: str) -> int:
    """The version of a person or procedure as it is stored; 0 where there is none."""
    sql = _version_sql(table, database.quote, database.param)
    found = database.execute_sql(sql, (row_id,)).fetchone()
    return int(found[0]) if found else 0


def store(database: peewee.Database, rows: Sequence[Record], present: set[str]) -> None:
    """Insert the rows whose id is not in ``present``, update the others; every column of each."""
    for row in rows:
        table, held = type(row), row.__data__
        values = [
            None if (value := held.get(name)) is None else field.db_value(value)
            for name, field in _fields(table)
        ]
        if str(row.id) in present:
            sql = _update_sql(table, database.quote, database.param)
            database.execute_sql(sql, [*values, str(row.id)])
        else:
            database.execute_sql(_insert_sql(table, database.quote, database.param), values)


def insert(
    database: peewee.Database, table: type[peewee.Model], values: Mapping[str, object]
) -> None:
    """Insert one row; ``values`` are by the names of fields."""
    fields = table._meta.fields
    sql = _insert_of(table, tuple(values), database.quote, database.param)
    database.execute_sql(sql, [fields[name].db_value(value) for name, value in values.items()])


def remove(database: peewee.Database, table: type[Record], ids: set[str]) -> None:
    """Delete rows by id."""
    if ids:
        table.delete().where(table.id.in_(sorted(ids))).execute(database)


@cache
def _fields(table: type[Record]) -> tuple[tuple[str, peewee.Field], ...]:
    return tuple(table._meta.fields.items())


# A case has rows of sixty columns, and peewee takes longer to compile a statement of that width
# than the engine takes to run it. So each is composed once.


@cache
def _select_sql(table: type[Record], name: str, quote: str, mark: str) -> str:
    """Rows by one field; those that hang on a level by the case that the level is of."""
    columns = ", ".join(_quoted(field.column_name, quote) for _, field in _fields(table))
    wanted = f"{_quoted(table._meta.fields[name].column_name, quote)} = {mark}"
    if name == "treated_level":
        level = TreatedLevel._meta
        key, case = (_quoted(level.fields[of].column_name, quote) for of in ("id", "procedure"))
        levels = f"SELECT {key} FROM {_quoted(level.table_name, quote)} WHERE {case} = {mark}"
        wanted = f"{_quoted(table._meta.fields[name].column_name, quote)} IN ({levels})"
    order = ", ".join(_quoted(of, quote) for of in ("position", "id"))
    ordered = f" ORDER BY {order}" if issubclass(table, Row) else ""
    return f"SELECT {columns} FROM {_quoted(table._meta.table_name, quote)} WHERE {wanted}{ordered}"


@cache
def _version_sql(table: type[Record], quote: str, mark: str) -> str:
    key, version = _quoted("id", quote), _quoted("version", quote)
    return f"SELECT {version} FROM {_quoted(table._meta.table_name, quote)} WHERE {key} = {mark}"


@cache
def _insert_sql(table: type[Record], quote: str, mark: str) -> str:
    return _insert_of(table, tuple(name for name, _ in _fields(table)), quote, mark)


@cache
def _insert_of(table: type[peewee.Model], names: tuple[str, ...], quote: str, mark: str) -> str:
    fields = table._meta.fields
    columns = ", ".join(_quoted(fields[name].column_name, quote) for name in names)
    marks = ", ".join(mark for _ in names)
    return f"INSERT INTO {_quoted(table._meta.table_name, quote)} ({columns}) VALUES ({marks})"


@cache
def _update_sql(table: type[Record], quote: str, mark: str) -> str:
    columns = [f"{_quoted(field.column_name, quote)} = {mark}" for _, field in _fields(table)]
    key = _quoted("id", quote)
    name = _quoted(table._meta.table_name, quote)
    return f"UPDATE {name} SET {', '.join(columns)} WHERE {key} = {mark}"


def _quoted(name: str, quote: str) -> str:
    return f"{quote[0]}{name}{quote[-1]}"
