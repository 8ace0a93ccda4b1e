# SPDX-License-Identifier: MIT
"""The outline of a list: how many cases it has, and with which case each of its pages begins.

It is made in one pass along the index of the order and holds a number a page, so that any page is
found by its key, wherever it is. It holds for one state of the logbook.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from models.caselist.finder import Finder
from models.caselist.line import by_case_id
from models.caselist.query import Query
from models.caselist.reading import Cancelled, one_state
from models.logbook import Logbook

PAGE = 100
"""Cases of a page."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A list from afar.

    Attributes:
        query: what was asked for.
        state: the state of the logbook for which it holds.
        size: cases of a page.
        count: all cases of the list.
        order: the same number for the same cases in the same order.
        starts: the number of the first case of each page.
        rows: the rows, from 0, of the cases that were looked for; those not in the list are not in.
    """

    query: Query
    state: int
    size: int = PAGE
    count: int = 0
    order: int = 0
    starts: array[int] = field(default_factory=lambda: array("q"))
    rows: Mapping[str, int] = field(default_factory=dict)


def outline(
    logbook: Logbook,
    query: Query,
    *,
    size: int = PAGE,
    find: Collection[str] = (),
    cancelled: Cancelled | None = None,
) -> Outline:
    """Go through the whole list once.

    Args:
        logbook: where the cases are.
        query: which cases, in which order.
        size: cases of a page.
        find: ids of cases whose rows are wanted.
        cancelled: asked now and then whether to stop.

    Raises:
        Interrupted: ``cancelled`` said so.
    """
    with one_state(logbook, cancelled) as state:
        written = Finder(logbook.database, query).written()
        numbers = dict(by_case_id(logbook.database, find)) if find else {}
    rows = written.rows_of(numbers)
    found = {numbers[number]: row for number, row in rows.items()}
    starts = written.every(size)
    return Outline(query, state, size, len(written), hash(written), starts, found)


def position(logbook: Logbook, query: Query, case_id: str) -> int | None:
    """The row, from 0, in which a case stands; None where the list does not have it."""
    return outline(logbook, query, find=[case_id]).rows.get(case_id)
