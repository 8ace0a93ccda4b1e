# SPDX-License-Identifier: MIT
"""Reads the list in a worker: the first page at once, then the outline with the pages in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.caselist import (
    CaseLine,
    FirstPage,
    Outline,
    Query,
    first_page,
    has_any,
    outline,
    page,
    sketch,
)
from models.caselist.reading import one_state
from models.logbook import Logbook
from models.quick import dataclass
from ui.jobs import Job

PATIENCE = 60
"""How often the engine may ask whether to go on before a first page is shown without the count.

With SQLite that is the count of some 200,000 cases, or 30 ms. What is counted sooner is painted
once and not twice, so the whole list is there sooner, too.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read.

    Attributes:
        query: which cases, in which order.
        keep: ids of cases that are to be found in it, if they are there.
        pages: pages that will be in sight.
        at_once: whether the first page is of use before the rest is known.
        patience: how long it waits for the rest, as ``PATIENCE`` counts; 0 for not at all.
    """

    query: Query
    keep: tuple[str, ...] = ()
    pages: frozenset[int] = frozenset({0})
    at_once: bool = False
    patience: int = PATIENCE


@dataclass(frozen=True, slots=True)
class Loaded:
    """A list that was read: its outline, pages of it, and the rows of the cases to be kept."""

    outline: Outline
    pages: dict[int, list[CaseLine]]
    rows: list[int]


def read(logbook: Logbook, asked: Asked, job: Job) -> Loaded:
    """Read a list in one state of the logbook.

    Where the rest takes its time the first page is told to ``job`` beforehand.
    """
    waiting = _HeldBack(job, asked.patience if logbook.has_files else 0)
    with one_state(logbook, waiting.is_cancelled):
        pages: dict[int, list[CaseLine]] = {}
        whole: Outline | None = None
        if asked.at_once:
            first = first_page(logbook, asked.query)
            pages[0] = first.lines
            whole = None if asked.keep else sketch(logbook, asked.query)
            if whole is None and first.has_more and not _goes_on_elsewhere(logbook, asked, first):
                waiting.hold(first)
        whole = whole or outline(logbook, asked.query, find=asked.keep)
        waiting.drop()
        rows = sorted(whole.rows.values())
        last = max(0, whole.pages - 1)
        wanted = {min(number, last) for number in asked.pages}
        wanted |= {row // whole.size for row in rows[:1]}
        for number in sorted(wanted - pages.keys()):
            pages[number] = _lines(logbook, whole, number)
        return Loaded(whole, pages, rows)


class _HeldBack:
    """Holds the first page back for as long as there is patience with the count of the rest.

    A server is shown none: it asks by the clock, and from another thread.
    """

    def __init__(self, job: Job, patience: int) -> None:
        self._job, self._patience = job, patience
        self._first: FirstPage | None = None

    def is_cancelled(self) -> bool:
        """Asked now and then while the logbook is read."""
        if self._first is not None:
            self._patience -= 1
            if self._patience <= 0:
                self._tell()
        return self._job.is_cancelled

    def hold(self, first: FirstPage) -> None:
        """The first page is there."""
        self._first = first
        if self._patience <= 0:
            self._tell()

    def drop(self) -> None:
        """The rest is there, too."""
        self._first = None

    def _tell(self) -> None:
        self._job.tell(self._first)
        self._first = None


def _goes_on_elsewhere(logbook: Logbook, asked: Asked, first: FirstPage) -> bool:
    """Whether a case that is to be kept stands farther down, and the first page is not shown."""
    here = {line.case_id for line in first.lines}
    if not asked.keep or here.intersection(asked.keep):
        return False
    return has_any(logbook, asked.query, asked.keep)


def _lines(logbook: Logbook, whole: Outline, number: int) -> list[CaseLine]:
    """A page of the state that the outline is of; [] of a list without any."""
    return (page(logbook, whole, number) or []) if whole.count else []


def read_pages(logbook: Logbook, whole: Outline, numbers: Sequence[int], job: Job) -> bool:
    """Read pages and tell each; whether the list is still the one that the outline is of."""
    for number in numbers:
        if job.is_cancelled:
            break
        lines = page(logbook, whole, number)
        if lines is None:
            return False
        job.tell((number, lines))
    return True


def neighbors(numbers: Iterable[int], pages: int) -> list[int]:
    """The pages, and after them those beside them, which are wanted next."""
    asked = list(numbers)
    beside = [near for number in asked for near in (number + 1, number - 1)]
    return list(dict.fromkeys([*asked, *(near for near in beside if 0 <= near < pages)]))
