# SPDX-License-Identifier: MIT
"""The indexes that find cases, as tables of text vectors; see ``models.engines.search``.

A vector holds words and tags as they stand, without any dictionary of the server's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.engines.engine import Engine
from models.schema import CaseFoundBy
from models.tags.found_by import FoundBy
from models.tags.words import words_in

_TABLES = ("case_search", "case_search_names", "case_search_tags")
_MAKE = "CREATE TABLE {0} (number BIGINT PRIMARY KEY, found_by TSVECTOR NOT NULL)"
_MAKE_INDEX = "CREATE INDEX {0}_found_by ON {0} USING GIN (found_by)"
_PUT = (
    "INSERT INTO {} (number, found_by) VALUES (?, found_by(?)) "
    "ON CONFLICT (number) DO UPDATE SET found_by = excluded.found_by"
)

_COLUMNS = ("number", *FoundBy._fields)
_KEEP = (
    f"INSERT INTO {CaseFoundBy._meta.table_name} ({', '.join(_COLUMNS)}) "
    f"VALUES ({', '.join('?' for _ in _COLUMNS)}) ON CONFLICT (number) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in FoundBy._fields)
)
_NAMES = """
SELECT r.number, coalesce(i.full_name, '') || ' ' || coalesce(i.record_number, '')
FROM patient_identity i JOIN case_row r ON r.patient_id = i.patient_id
"""


def ensure(database: Engine) -> None:
    """As ``search.ensure``."""
    # Who may only look may not even ask for what is there already.
    if not _lacking(database):
        return
    with database.atomic():
        # By now somebody else may have made them.
        for name in _lacking(database):
            database.execute_sql(_MAKE.format(name))
            database.execute_sql(_MAKE_INDEX.format(name))


def _lacking(database: Engine) -> list[str]:
    there = database.table_columns()
    return [name for name in _TABLES if name not in there]


def clear(database: Engine) -> None:
    """As ``search.clear``."""
    for name in (*_TABLES, CaseFoundBy._meta.table_name):
        database.execute_sql(f"DELETE FROM {name}")


def name_all(database: Engine, *, wanted: bool) -> None:
    """As ``search.name_all``."""
    database.execute_sql("DELETE FROM case_search_names")
    if wanted:
        _name(database, _NAMES, ())


def name_since(database: Engine, number: int) -> None:
    """As ``search.name_since``."""
    _name(database, f"{_NAMES} WHERE r.number >= ?", (number,))


def name_one(database: Engine, number: int) -> None:
    """As ``search.name_one``."""
    database.execute_sql("DELETE FROM case_search_names WHERE number = ?", (number,))
    _name(database, f"{_NAMES} WHERE r.number = ?", (number,))


def _name(database: Engine, sql: str, values: tuple[int, ...]) -> None:
    found = database.execute_sql(sql, values).fetchall()
    rows = [(number, " ".join(words_in(name))) for number, name in found]
    database.write_many(_PUT.format("case_search_names"), rows)


def names_fit(database: Engine, *, wanted: bool) -> bool:
    """As ``search.names_fit``."""
    rows = "SELECT number FROM case_search_names"
    should = "SELECT r.number FROM patient_identity i JOIN case_row r USING (patient_id)"
    if not wanted:
        should += " WHERE 1 = 0"
    sql = f"SELECT EXISTS ({rows} EXCEPT {should}) OR EXISTS ({should} EXCEPT {rows})"
    return not database.execute_sql(sql).fetchone()[0]


def index_many(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """As ``search.index_many``."""
    database.write_many(_KEEP, [(number, *found) for number, found in rows])
    for name, column in (("case_search", "words"), ("case_search_tags", "tags")):
        told = [(number, getattr(found, column)) for number, found in rows]
        database.write_many(_PUT.format(name), told)


def index_later(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """As ``search.index_later``; a server gains nothing by waiting."""
    index_many(database, rows)


def index_since(database: Engine, number: int, *, some_are: bool) -> None:
    """As ``search.index_since``."""


def counted(database: Engine, table: str) -> Iterator[tuple[str, int]]:
    """As ``search.counted``."""
    yield from database.execute_sql(
        f"SELECT word, ndoc FROM ts_stat('SELECT found_by FROM {table}')"
    )
