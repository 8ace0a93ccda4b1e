# SPDX-License-Identifier: MIT
"""The outline of a list: which cases it has in which order, by their keys alone.

It is made in one pass along the index of the order, so that any page is read by the keys of its
cases, wherever it is and whatever was asked for. It holds for one state of the logbook.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from models.caselist.finder import Finder
from models.caselist.line import by_case_id
from models.caselist.query import Query
from models.caselist.reading import Cancelled, one_state
from models.caselist.written import Written
from models.logbook import Logbook
from models.quick import dataclass

PAGE = 100
"""Cases of a page."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A list from afar.

    Attributes:
        query: what was asked for.
        state: the state of the logbook for which it holds.
        size: cases of a page.
        written: the keys of all cases in their order; equal for the same cases in the same order.
        rows: the rows, from 0, of the cases that were looked for; those not in the list are not in.
    """

    query: Query
    state: int
    size: int = PAGE
    written: Written = field(default=Written(""), repr=False)
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """All cases of the list."""
        return len(self.written)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return -(-self.count // self.size)

    def numbers_of_page(self, index: int) -> list[int]:
        """The keys of the cases of a page."""
        return self.written.numbers(range(index * self.size, (index + 1) * self.size))


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
    return Outline(query, state, size, written, found)


def position(logbook: Logbook, query: Query, case_id: str) -> int | None:
    """The row, from 0, in which a case stands; None where the list does not have it."""
    return outline(logbook, query, find=[case_id]).rows.get(case_id)
