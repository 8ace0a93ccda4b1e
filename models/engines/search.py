# SPDX-License-Identifier: MIT
"""The full-text index over cases. It is derived data: made when missing, never part of a record."""

from __future__ import annotations

import re

import peewee

_CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS case_search USING fts5(
    text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3'
)
"""


def ensure(database: peewee.SqliteDatabase) -> None:
    """Make the index if the logbook has none."""
    database.execute_sql(_CREATE)


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


def matching(typed: str) -> peewee.SQL | None:
    """A condition for ``case_row.number``: every word of ``typed`` begins a word of the case.

    None when nothing searchable was typed.
    """
    words = re.findall(r"\w+", typed)
    if not words:
        return None
    wanted = " ".join(f'"{word}"*' for word in words)
    return peewee.SQL("IN (SELECT rowid FROM case_search WHERE case_search MATCH ?)", [wanted])
