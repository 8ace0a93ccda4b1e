# SPDX-License-Identifier: MIT
"""The outline of a list: which cases it has in which order, by their keys alone.

It is made in one pass along the index of the order, so that any page is read by the keys of its
cases, wherever it is and whatever was asked for. Of a whole list a sketch is enough to begin with:
that pass is made when a case behind the first page is asked for. Both hold for one state of the
logbook.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from models.caselist.finder import Finder
from models.caselist.line import by_case_id
from models.caselist.query import Query
from models.caselist.reading import Cancelled, one_state
from models.caselist.written import Written
from models.engines.engine import Engine
from models.logbook import Logbook
from models.quick import dataclass

PAGE = 100
"""Cases of a page."""


class Keys:
    """The keys of all cases of a list in their order, found when somebody first asks for one.

    Equal for the same cases in the same order, once they are found.
    """

    def __init__(self, query: Query, written: Written | None = None) -> None:
        self._query, self._written = query, written

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Keys):
            return NotImplemented
        return self._written is not None and self._written == other._written

    __hash__ = None  # type: ignore[assignment]

    def numbers(self, database: Engine, rows: range) -> list[int]:
        """Those in these rows, from 0; rows behind the last one are left out."""
        if self._written is None:
            self._written = Finder(database, self._query).written()
        return self._written.numbers(rows)


@dataclass(frozen=True, slots=True)
class Outline:
    """A list from afar.

    Attributes:
        query: what was asked for.
        state: the state of the logbook for which it holds.
        count: all cases of the list.
        keys: theirs; to be asked for in the same state.
        size: cases of a page.
        rows: the rows, from 0, of the cases that were looked for; those not in the list are not in.
    """

    query: Query
    state: int
    count: int
    keys: Keys = field(repr=False)
    size: int = PAGE
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return -(-self.count // self.size)

    def rows_of_page(self, index: int) -> range:
        """Where the cases of a page stand."""
        return range(index * self.size, (index + 1) * self.size)


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
    return Outline(query, state, len(written), Keys(query, written), size, found)


def sketch(logbook: Logbook, query: Query, *, size: int = PAGE) -> Outline | None:
    """The outline of a list through which nobody has gone yet.

    None where its cases are not counted otherwise.
    """
    with one_state(logbook) as state:
        count = Finder(logbook.database, query).count_of_all()
    return None if count is None else Outline(query, state, count, Keys(query), size)


def position(logbook: Logbook, query: Query, case_id: str) -> int | None:
    """The row, from 0, in which a case stands; None where the list does not have it."""
    return outline(logbook, query, find=[case_id]).rows.get(case_id)
