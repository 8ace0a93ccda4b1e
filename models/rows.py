# SPDX-License-Identifier: MIT
"""Reading and writing the rows of one case, in a fixed number of statements.

A server may be far away, so what belongs together is asked for and written in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

from models.schema import Patient, PatientIdentity, Procedure, Record, Row, TreatedLevel

if TYPE_CHECKING:
    from models.engines.engine import Asked, Engine

R = TypeVar("R", bound=Record)


def one(database: peewee.Database, table: type[R], condition: peewee.Expression) -> R | None:
    """The row that meets the condition, or None."""
    found: R | None = next(iter(table.select().where(condition).execute(database)), None)
    return found


def of_case(
    database: Engine, tables: Sequence[type[Record]], case_id: str
) -> dict[type[Record], list[Any]]:
    """The rows of each table that belong to a case, in their order, all asked for at once."""
    quote, mark = database.quote, database.param
    asked = [(_of_case_sql(table, quote, mark), (case_id,)) for table in tables]
    return dict(zip(tables, _read(database, tables, asked), strict=True))


def of_person(database: Engine, patient_id: str) -> tuple[Patient | None, PatientIdentity | None]:
    """A patient, and what names the person."""
    quote, mark, value = database.quote, database.param, (patient_id,)
    tables = {Patient: "id", PatientIdentity: "patient"}
    asked = [(_select_sql(table, name, quote, mark), value) for table, name in tables.items()]
    patients, identities = _read(database, tuple(tables), asked)
    return next(iter(patients), None), next(iter(identities), None)


def _read(
    database: Engine, tables: Sequence[type[Record]], asked: Sequence[Asked]
) -> Iterator[list[Any]]:
    for table, found in zip(tables, database.ask_all(asked), strict=True):
        yield [_row(table, values) for values in found]


def _row(table: type[R], values: Sequence[object]) -> R:
    """A row as the engine gave it back, in the order of its fields."""
    row = table(__no_default__=True)
    for (name, field), value in zip(_fields(table), values, strict=True):
        row.__data__[name] = field.python_value(value)
    return row


def version(database: peewee.Database, table: type[Record], row_id: str) -> int:
    """The version of a person or procedure as it is stored; 0 where there is none."""
    sql = _version_sql(table, database.quote, database.param)
    found = database.execute_sql(sql, (row_id,)).fetchone()
    return int(found[0]) if found else 0


def store(database: Engine, rows: Sequence[Record], present: set[str]) -> None:
    """Insert the rows whose id is not in ``present``, update the others; every column of each."""
    for row in rows:
        table, held = type(row), row.__data__
        values = [
            None if (value := held.get(name)) is None else field.db_value(value)
            for name, field in _fields(table)
        ]
        if str(row.id) in present:
            sql = _update_sql(table, database.quote, database.param)
            database.write(sql, [*values, str(row.id)])
        else:
            database.write(_insert_sql(table, database.quote, database.param), values)


def insert(database: Engine, table: type[peewee.Model], values: Mapping[str, object]) -> None:
    """Insert one row; ``values`` are by the names of fields."""
    fields = table._meta.fields
    sql = _insert_of(table, tuple(values), database.quote, database.param)
    database.write(sql, [fields[name].db_value(value) for name, value in values.items()])


def remove(database: Engine, table: type[Record], ids: set[str]) -> None:
    """Delete rows by id."""
    if ids:
        database.change(table.delete().where(table.id.in_(sorted(ids))))


@cache
def _fields(table: type[Record]) -> tuple[tuple[str, peewee.Field], ...]:
    return tuple(table._meta.fields.items())


# A case has rows of sixty columns, and peewee takes longer to compile a statement of that width
# than the engine takes to run it. So each is composed once.


@cache
def _of_case_sql(table: type[Record], quote: str, mark: str) -> str:
    """Rows that belong to a case; those that hang on a level by the case that the level is of."""
    if table is Procedure:
        return _select_sql(table, "id", quote, mark)
    if "procedure" in table._meta.fields:
        return _select_sql(table, "procedure", quote, mark)
    if "treated_level" in table._meta.fields:
        levels = _where(TreatedLevel, "id", "procedure", quote, mark)
        return _select_sql(table, "treated_level", quote, mark, f"IN ({levels})")
    person = _where(Procedure, "patient", "id", quote, mark)
    return _select_sql(table, "id" if table is Patient else "patient", quote, mark, f"= ({person})")


@cache
def _select_sql(table: type[Record], name: str, quote: str, mark: str, meets: str = "") -> str:
    """Rows whose field has a value, or meets something else."""
    columns = ", ".join(_quoted(field.column_name, quote) for _, field in _fields(table))
    column = _quoted(table._meta.fields[name].column_name, quote)
    order = ", ".join(_quoted(of, quote) for of in ("position", "id"))
    ordered = f" ORDER BY {order}" if issubclass(table, Row) else ""
    whole = _quoted(table._meta.table_name, quote)
    return f"SELECT {columns} FROM {whole} WHERE {column} {meets or f'= {mark}'}{ordered}"


def _where(table: type[Record], wanted: str, name: str, quote: str, mark: str) -> str:
    fields = table._meta.fields
    column, key = (_quoted(fields[of].column_name, quote) for of in (wanted, name))
    return f"SELECT {column} FROM {_quoted(table._meta.table_name, quote)} WHERE {key} = {mark}"


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
