# SPDX-License-Identifier: MIT
"""Pages of the list, each fetched by the keys of its cases: never by offset, and never all."""

from __future__ import annotations

from collections.abc import Collection

from models.caselist.finder import Finder
from models.caselist.line import CaseLine, lines
from models.caselist.outlining import PAGE, Outline
from models.caselist.query import Query
from models.caselist.reading import one_state
from models.logbook import Logbook
from models.quick import dataclass


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first page of a list.

    Attributes:
        lines: what it shows.
        has_more: whether the list goes on.
        state: the state of the logbook in which it was read.
    """

    lines: list[CaseLine]
    has_more: bool
    state: int


def first_page(logbook: Logbook, query: Query, *, size: int = PAGE) -> FirstPage:
    """The first page at once, before anybody knows how many there are."""
    with one_state(logbook) as state:
        numbers = Finder(logbook.database, query).numbers(size + 1)
        return FirstPage(lines(logbook, numbers[:size], query.today), len(numbers) > size, state)


def has_any(logbook: Logbook, query: Query, case_ids: Collection[str]) -> bool:
    """Whether one of the cases with these ids is in the list: one statement."""
    with logbook.session():
        return Finder(logbook.database, query).has_any(case_ids)


def page(logbook: Logbook, outline: Outline, index: int) -> list[CaseLine] | None:
    """A page of the list that the outline is of.

    None where the logbook is in another state by now: what stands in the list may stand somewhere
    else then, so a page of it would show a case twice, or leave one out. Make another outline.
    """
    with one_state(logbook) as state:
        if state != outline.state:
            return None
        numbers = outline.keys.numbers(logbook.database, outline.rows_of_page(index))
        return lines(logbook, numbers, outline.query.today)
