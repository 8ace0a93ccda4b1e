# SPDX-License-Identifier: MIT
"""The indexes that find cases by their words and tags. They are derived data, never the record.

How an index is kept is the business of the engine, ``fulltext`` of SQLite and ``postgres.search``
of PostgreSQL. What it is asked is written in one way for both: words in quotes, with AND, OR and
NOT, and a star behind the beginning of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from models.engines.engine import Engine
from models.tags.spelling import EVERY, Tag

if TYPE_CHECKING:
    from models.tags.found_by import FoundBy

Clause = Sequence[Sequence[Tag]]
"""Groups of tags; a case meets it that has at least one tag of each group."""


def ensure(database: Engine) -> None:
    """Make the indexes that the logbook lacks."""
    database.index.ensure(database)


def clear(database: Engine) -> None:
    """Empty every index, before all of it is made anew."""
    database.index.clear(database)


def name_all(database: Engine, *, wanted: bool) -> None:
    """Let every case be found by the name and record number of its patient, or none."""
    database.index.name_all(database, wanted=wanted)


def name_since(database: Engine, number: int) -> None:
    """The same for the rows of the case list from ``number`` on."""
    database.index.name_since(database, number)


def name_one(database: Engine, number: int) -> None:
    """The same for one row."""
    database.index.name_one(database, number)


def names_fit(database: Engine, *, wanted: bool) -> bool:
    """Whether exactly the rows that have a name or record number can be found by it."""
    return bool(database.index.names_fit(database, wanted=wanted))


def index(database: Engine, number: int, found_by: FoundBy) -> None:
    """Remember what row ``number`` of the case list is found by."""
    index_many(database, [(number, found_by)])


def index_many(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """The same for many rows at once."""
    database.index.index_many(database, rows)


def index_later(database: Engine, rows: Sequence[tuple[int, FoundBy]]) -> None:
    """The same for rows that may not be found before ``index_since`` was called, which is faster.

    Both belong into one transaction.
    """
    database.index.index_later(database, rows)


def index_since(database: Engine, number: int, *, some_are: bool = False) -> None:
    """Let the rows of the case list from ``number`` on be found; ``some_are`` already, or none."""
    database.index.index_since(database, number, some_are=some_are)


def counted(database: Engine, table: str) -> Iterator[tuple[str, int]]:
    """Every word of an index, with the number of rows that have it."""
    found: Iterator[tuple[str, int]] = database.index.counted(database, table)
    return found


def match_words(words: Iterable[str]) -> str:
    """What finds the rows of which every one of ``words`` begins a word."""
    return " ".join(f'"{word}"*' for word in words)


def match_tags(wanted: Sequence[Clause], unwanted: Sequence[Clause] = ()) -> str:
    """What finds the rows that meet every clause of ``wanted`` and none of ``unwanted``."""
    some = [_clause(clause) for clause in wanted] or [f'"{EVERY}"']
    every = " AND ".join(some)
    if not unwanted:
        return every
    return f"({every}) NOT ({' OR '.join(map(_clause, unwanted))})"


def _clause(clause: Clause) -> str:
    return f"({' AND '.join(_group(group) for group in clause)})"


def _group(tags: Sequence[Tag]) -> str:
    return f"({' OR '.join(_tag(tag) for tag in tags)})"


def _tag(tag: Tag) -> str:
    return f'"{tag.text}"*' if tag.is_prefix else f'"{tag.text}"'
