# SPDX-License-Identifier: MIT
"""The indexes that find cases, as full-text tables of SQLite; see ``search`` for what they answer.

One holds the words of a case, one its tags, see ``models.tags``; ``CaseFoundBy`` repeats both, so
that they can be read back. Names and record numbers stand in an index of their own, which is empty
unless the clinic stores them: switching that off, or taking them out of the record, leaves none
behind here.

The beginnings of words are indexed for as long as they are common to many words; without that, the
first letter that is typed would go through half of the index. No index keeps where in a text a word
stands, because nothing asks for it: that is a third of the
size. Words reach it without case and accents, and its tokenizer takes them as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from models.engines.engine import Engine
from models.schema import CaseFoundBy
from models.tags.found_by import FoundBy

_MADE = "CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5({}, content='', contentless_delete=1, "
_OF_WORDS = _MADE + "detail=none, tokenize=\"ascii tokenchars '_'\", prefix='1 2 3 4 5')"
_OF_TAGS = _MADE + "detail=none, tokenize='ascii')"

_TABLES = {
    "case_search": _OF_WORDS.format("case_search", "words"),
    "case_search_names": _OF_WORDS.format("case_search_names", "words"),
    "case_search_tags": _OF_TAGS.format("case_search_tags", "tags"),
}

_INDEXED = (("case_search", "words"), ("case_search_tags", "tags"))
_LAST = (1 << 63) - 1

_OF_IDENTITY = "COALESCE(i.full_name, '') || ' ' || COALESCE(i.record_number, '')"
_ADD_NAMES = f"""
INSERT OR REPLACE INTO case_search_names(rowid, words)
SELECT r.number, words_in({_OF_IDENTITY}) FROM patient_identity i JOIN case_row r USING (patient_id)
"""

_COLUMNS = ("number", *FoundBy._fields)
_NOTHING = "\0"
"""Stands for NULL on the way to the database, see ``models.bulk.table``."""

_OR_NULL = f"nullif(?, char({ord(_NOTHING)}))"


def ensure(database: Engine) -> None:
    """Make the indexes that the logbook lacks."""
    for create in _TABLES.values():
        database.execute_sql(create)


def clear(database: Engine) -> None:
    """Empty every index, before all of it is made anew."""
    for name in _TABLES:
        database.execute_sql(f"INSERT INTO {name}({name}) VALUES ('delete-all')")
    CaseFoundBy.delete().execute(database)


def name_all(database: Engine, *, wanted: bool) -> None:
    """Let every case be found by the name and record number of its patient, or none."""
    database.execute_sql("INSERT INTO case_search_names(case_search_names) VALUES ('delete-all')")
    if wanted:
        database.execute_sql(_ADD_NAMES)


def name_since(database: Engine, number: int) -> None:
    """The same for the rows of the case list from ``number`` on."""
    database.execute_sql(f"{_ADD_NAMES} WHERE r.number >= ?", (number,))


def name_one(database: Engine, number: int) -> None:
    """The same for one row."""
    database.execute_sql("DELETE FROM case_search_names WHERE rowid = ?", (number,))
    database.execute_sql(f"{_ADD_NAMES} WHERE r.number = ?", (number,))


def names_fit(database: Engine, *, wanted: bool) -> bool:
    """Whether exactly the rows that have a name or record number can be found by it."""
    rows = "SELECT rowid FROM case_search_names"
    should = "SELECT r.number FROM patient_identity i JOIN case_row r USING (patient_id)"
    if not wanted:
        should += " WHERE 0"
    sql = f"SELECT EXISTS ({rows} EXCEPT {should}) OR EXISTS ({should} EXCEPT {rows})"
    return not database.execute_sql(sql).fetchone()[0]


def index_many(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """As ``search.index_many``."""
    if not rows:
        return
    index_later(database, rows)
    numbers = [number for number, _ in rows]
    if len(rows) > 1 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        # They stand in the table already, and need not come from here once more.
        _index_between(database, numbers[0], numbers[-1])
        return
    for name, column in _INDEXED:
        told = [(number, getattr(found, column)) for number, found in rows]
        database.write_many(f"INSERT OR REPLACE INTO {name}(rowid, {column}) VALUES (?, ?)", told)


def index_later(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """As ``search.index_later``."""
    if not rows:
        return
    columns = [*zip(*[(number, *found) for number, found in rows], strict=True)]
    gaps = [column.count(None) for column in columns]
    held = [place for place, count in enumerate(gaps) if count < len(rows)]
    told = [
        [_NOTHING if text is None else text for text in columns[place]]
        if gaps[place]
        else columns[place]
        for place in held
    ]
    keep = _keep(tuple([(_COLUMNS[place], gaps[place] > 0) for place in held]))
    database.write_many(keep, zip(*told, strict=True))


@lru_cache(256)
def _keep(held: tuple[tuple[str, bool], ...]) -> str:
    """The statement that keeps these columns; told of each whether something stands for NULL."""
    names = ", ".join(name for name, _ in held)
    marks = ", ".join(_OR_NULL if has_gaps else "?" for _, has_gaps in held)
    return f"INSERT OR REPLACE INTO {CaseFoundBy._meta.table_name} ({names}) VALUES ({marks})"


def index_since(database: Engine, number: int, *, some_are: bool) -> None:
    """As ``search.index_since``."""
    _index_between(database, number, _LAST, some_are=some_are)


def _index_between(database: Engine, first: int, last: int, *, some_are: bool = True) -> None:
    source = f"FROM {CaseFoundBy._meta.table_name} WHERE number BETWEEN ? AND ?"
    # To look whether there is something to replace takes a tenth of the time.
    insert = "INSERT OR REPLACE" if some_are else "INSERT"
    for name, column in _INDEXED:
        sql = f"{insert} INTO {name}(rowid, {column}) SELECT number, {column} {source}"
        database.execute_sql(sql, (first, last))


def counted(database: Engine, table: str) -> Iterator[tuple[str, int]]:
    """Every word of an index, with the number of rows that have it."""
    counts = f"temp.{table}_counted"
    database.execute_sql(f"CREATE VIRTUAL TABLE {counts} USING fts5vocab(main, {table}, row)")
    try:
        yield from database.execute_sql(f"SELECT term, doc FROM {counts}")
    finally:
        database.execute_sql(f"DROP TABLE {counts}")
