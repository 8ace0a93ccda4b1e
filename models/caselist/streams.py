# SPDX-License-Identifier: MIT
"""Many cases of the list at once: to select, to copy and to hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from models.caselist.finder import Finder
from models.caselist.line import CaseLine, by_number, lines
from models.caselist.order import NO_LIMIT
from models.caselist.outlining import Outline
from models.caselist.query import Query
from models.caselist.reading import one_state
from models.logbook import Logbook

CHUNK = 1_000


def case_ids(logbook: Logbook, query: Query) -> Iterator[list[str]]:
    """The ids of all cases of a list in their order, a chunk at a time and all of one state."""
    with one_state(logbook):
        found = Finder(logbook.database, query).ids()
        while rows := found.fetchmany(CHUNK):
            yield [str(row[0]) for row in rows]


def all_lines(logbook: Logbook, query: Query) -> Iterator[list[CaseLine]]:
    """What a list shows of all its cases in their order, a chunk at a time and all of one state."""
    with one_state(logbook):
        numbers = Finder(logbook.database, query).numbers(NO_LIMIT)
        for start in range(0, len(numbers), CHUNK):
            yield lines(logbook, numbers[start : start + CHUNK], query.today)


def ids_of_rows(logbook: Logbook, outline: Outline, rows: Iterable[range]) -> list[str] | None:
    """The ids of the cases in these rows; None where the logbook is in another state by now."""
    with one_state(logbook) as state:
        if state != outline.state:
            return None
        numbers = _numbers(logbook, outline, rows)
        found = by_number(logbook.database, numbers, ("number", "case_id"))
    ids = {number: str(case_id) for number, case_id in found}
    return [ids[number] for number in numbers]


def lines_of_rows(
    logbook: Logbook, outline: Outline, rows: Iterable[range]
) -> list[CaseLine] | None:
    """What the list shows in these rows; None where the logbook is in another state by now."""
    with one_state(logbook) as state:
        if state != outline.state:
            return None
        numbers = _numbers(logbook, outline, rows)
        return lines(logbook, numbers, outline.query.today)


def read_rows(
    logbook: Logbook,
    outline: Outline,
    rows: Iterable[range],
    take: Callable[[list[CaseLine]], None],
) -> bool:
    """Hand what the list shows in these rows to ``take``, a chunk at a time and all of one state.

    False, and nothing handed on, where the logbook is in another state by now.
    """
    with one_state(logbook) as state:
        if state != outline.state:
            return False
        for stretch in rows:
            for start in range(stretch.start, stretch.stop, CHUNK):
                part = range(start, min(start + CHUNK, stretch.stop))
                numbers = _numbers(logbook, outline, [part])
                take(lines(logbook, numbers, outline.query.today))
    return True


def _numbers(logbook: Logbook, outline: Outline, rows: Iterable[range]) -> list[int]:
    keys, database = outline.keys, logbook.database
    return [number for stretch in rows for number in keys.numbers(database, stretch)]
