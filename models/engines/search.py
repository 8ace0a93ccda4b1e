# SPDX-License-Identifier: MIT
"""The full-text index over cases. It is derived data: made when missing, never part of a record.

Names and record numbers stand in an index of their own, which is empty unless the clinic stores
them: switching that off, or taking them out of the record, leaves none behind here.
"""

from __future__ import annotations

import re

import peewee

_CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS case_search USING fts5(
    text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
)
"""

_CREATE_NAMES = _CREATE.replace("case_search", "case_search_names")
_OF_IDENTITY = "COALESCE(i.full_name, '') || ' ' || COALESCE(i.record_number, '')"
_ADD_NAMES = f"""
INSERT OR REPLACE INTO case_search_names(rowid, text)
SELECT r.number, {_OF_IDENTITY} FROM patient_identity i JOIN case_row r USING (patient_id)
"""

_EITHER = """
SELECT rowid FROM (SELECT rowid FROM case_search WHERE case_search MATCH ?
UNION SELECT rowid FROM case_search_names WHERE case_search_names MATCH ?)
"""


def ensure(database: peewee.SqliteDatabase) -> None:
    """Make the index if the logbook has none."""
    database.execute_sql(_CREATE)
    database.execute_sql(_CREATE_NAMES)


def clear(database: peewee.SqliteDatabase) -> None:
    """Empty the index, of names too, before all of it is made anew."""
    database.execute_sql("INSERT INTO case_search(case_search) VALUES ('delete-all')")
    name_all(database, wanted=False)


def name_all(database: peewee.SqliteDatabase, *, wanted: bool) -> None:
    """Let every case be found by the name and record number of its patient, or none."""
    database.execute_sql("INSERT INTO case_search_names(case_search_names) VALUES ('delete-all')")
    if wanted:
        database.execute_sql(_ADD_NAMES)


def name_since(database: peewee.SqliteDatabase, number: int) -> None:
    """The same for the rows of the case list from ``number`` on."""
    database.execute_sql(f"{_ADD_NAMES} WHERE r.number >= ?", (number,))


def name_one(database: peewee.SqliteDatabase, number: int) -> None:
    """The same for one row."""
    database.execute_sql("DELETE FROM case_search_names WHERE rowid = ?", (number,))
    database.execute_sql(f"{_ADD_NAMES} WHERE r.number = ?", (number,))


def names_fit(database: peewee.SqliteDatabase, *, wanted: bool) -> bool:
    """Whether exactly the rows that have a name or record number can be found by it."""
    rows = "SELECT rowid FROM case_search_names"
    should = "SELECT r.number FROM patient_identity i JOIN case_row r USING (patient_id)"
    if not wanted:
        should += " WHERE 0"
    sql = f"SELECT EXISTS ({rows} EXCEPT {should}) OR EXISTS ({should} EXCEPT {rows})"
    return not database.execute_sql(sql).fetchone()[0]


def index(database: peewee.SqliteDatabase, number: int, text: str) -> None:
    """Remember ``text`` as what row ``number`` of the case list is found by."""
    database.execute_sql(
        "INSERT OR REPLACE INTO case_search(rowid, text) VALUES (?, ?)", (number, text)
    )


def index_many(database: peewee.SqliteDatabase, rows: list[tuple[int, str]]) -> None:
    """The same for many rows at once."""
    database.connection().executemany(
        "INSERT OR REPLACE INTO case_search(rowid, text) VALUES (?, ?)", rows
    )


def matching(typed: str, *, names: bool = False) -> peewee.SQL | None:
    """A condition for ``case_row.number``: every word of ``typed`` begins a word of the case.

    With ``names`` a word may begin a word of the patient's name or record number instead. None
    when nothing searchable was typed.
    """
    words = [f'"{word}"*' for word in re.findall(r"\w+", typed)]
    if not words:
        return None
    if not names:
        wanted = " ".join(words)
        return peewee.SQL("IN (SELECT rowid FROM case_search WHERE case_search MATCH ?)", [wanted])
    every = " INTERSECT ".join(_EITHER for _ in words)
    return peewee.SQL(f"IN ({every})", [word for word in words for _ in range(2)])
