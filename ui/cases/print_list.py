# SPDX-License-Identifier: MIT
"""The list of cases as it goes to paper: which cases, in which columns, and what is said of them.

``Wanted`` is the one place that knows how the list is asked for and read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from models.caselist import CaseLine, Outline, Query, all_lines, lines_of_rows
from models.errors import LogbookError
from models.logbook import Logbook
from models.query import Filter, text_of, words_of
from models.speech import lowered, numeral, shown_moment
from ui.cases.cells import MISSING, NOTHING
from ui.cases.columns import Column, Key
from ui.cases.delegates import Sparks, paint_sparks, sparks_of
from ui.cases.page import CasesPage
from ui.cases.sorting import sort_name
from ui.palette import LIGHT
from ui.printing.listing import Cell, Drawing, Listing, PrintColumn, Progress, Row


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are to be printed.

    Attributes:
        query: what the list asks for.
        count: how many cases the list has.
        chosen: the rows of those that are selected, and the list they are rows of; None for all.
    """

    query: Query
    count: int
    chosen: tuple[Outline, tuple[range, ...]] | None

    @classmethod
    def of(cls, page: CasesPage) -> Wanted:
        """The selected cases where several are, or else the whole list."""
        model, whole = page.model, page.model.outline
        several = whole is not None and page.table.chosen_count() > 1
        chosen = (whole, tuple(page.table.chosen())) if whole is not None and several else None
        return cls(model.query, model.rowCount(), chosen)

    def lines(self, logbook: Logbook, progress: Progress) -> Iterator[CaseLine]:
        """The cases, in the order of the list. Reads as it goes, off the UI thread.

        Raises:
            LogbookError: cases were selected in a list that is another one by now.
        """
        if self.chosen is not None:
            found = lines_of_rows(logbook, *self.chosen)
            if found is None:
                raise LogbookError(
                    tr("Cases were changed while the list was being printed."),
                    tr("Look at what is selected now, and print again."),
                )
            yield from found
            return
        done = 0
        for chunk in all_lines(logbook, self.query):
            progress(done, self.count)
            yield from chunk
            done += len(chunk)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and by whom a list is printed, and whether the logbook stores names."""

    logbook: str
    user: str
    at: datetime
    stores_names: bool


def make_listing(
    found: Iterable[CaseLine],
    columns: Sequence[Column],
    wanted: Wanted,
    around: Circumstances,
) -> Listing:
    """The list with all that is said above and below it."""
    rows: list[Row] = []
    synthetic = 0
    # Lines are let go as soon as their texts are taken: ten thousand of them with their scores
    # would keep Python busy tidying up, and the window waiting for it.
    for line in found:
        rows.append(tuple(_cell(column, line) for column in columns))
        synthetic += line.synthetic
    return Listing(
        title=tr("List of cases"),
        subtitle=(
            " ".join(_which(len(rows), wanted, around)),
            " ".join(_whose(len(rows), synthetic, around)),
        ),
        columns=tuple(PrintColumn(column.name, is_right=column.right) for column in columns),
        rows=rows,
        note=_note(columns),
        footer=tr(
            "Patient data. Keep it locked away, and shred it when it is not needed any more."
        ),
    )


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("cases", text)


def _cell(column: Column, line: CaseLine) -> Cell:
    if column.key is Key.COURSE:
        return _CourseOnPaper(sparks_of(line))
    # A dash says too little where nothing can be pointed at.
    return column.spoken(line) if column.key is Key.LEAKAGE else column.text(line)


class _CourseOnPaper(Drawing):
    """The sparkline of a case, in the colors of a light program."""

    __slots__ = ("_sparks",)
    width = 62.0

    def __init__(self, sparks: Sparks) -> None:
        self._sparks = sparks

    def paint(self, painter: QPainter, box: QRectF) -> None:
        paint_sparks(painter, box, self._sparks, LIGHT)


def _which(count: int, wanted: Wanted, around: Circumstances) -> Iterator[str]:
    """How many cases, what left others out, and how they are sorted."""
    if wanted.chosen is not None:
        yield tr("{n} of {all} cases, selected.").format(
            n=numeral(count, ","), all=numeral(wanted.count, ",")
        )
    else:
        yield tr("1 case.") if count == 1 else tr("{n} cases.").format(n=numeral(count, ","))
    yield from say_query(wanted.query, stores_names=around.stores_names)
    way = tr("descending") if wanted.query.descending else tr("ascending")
    by = lowered(sort_name(wanted.query.sort))
    yield tr("Sorted by {column}, {way}.").format(column=by, way=way)


def say_query(query: Query, *, stores_names: bool) -> Iterator[str]:
    """What leaves cases out of the list.

    Where names are stored, what was searched for may be one, so it is not repeated on paper.
    """
    searched = tuple(term for term in query.filter.terms if not term.field)
    asked = tuple(term for term in query.filter.terms if term.field)
    if searched and stores_names:
        yield tr("Found by a search.")
    elif searched:
        yield tr("Search: {words}.").format(words=text_of(Filter(searched)))
    if asked:
        yield tr("Filter: {words}.").format(words=words_of(Filter(asked)))


def _whose(count: int, synthetic: int, around: Circumstances) -> Iterator[str]:
    when = shown_moment(around.at)
    yield tr("Logbook {logbook}, printed {when} by {user}.").format(
        logbook=around.logbook, when=when, user=around.user
    )
    if synthetic == count > 0:
        yield tr("All of them are synthetic.")
    elif synthetic:
        yield tr("Synthetic cases among them: {n}.").format(n=numeral(synthetic, ","))


def _note(columns: Sequence[Column]) -> str:
    """What the signs in the columns mean."""
    keys = {column.key for column in columns}
    parts: list[tuple[bool, Callable[[], str]]] = [
        (True, lambda: tr("{sign} nothing recorded.").format(sign=NOTHING)),
        (
            Key.PAIN in keys,
            lambda: tr(
                "Pain: before → latest, each on its own scale; | between scores on different "
                "scales, {sign} no score."
            ).format(sign=MISSING),
        ),
        (Key.COURSE in keys, lambda: tr("Course: pain from before to 24 months, the most on top.")),
        (
            Key.HEIGHT in keys or Key.CEMENT in keys,
            lambda: tr("Cement: all levels together; height: the greatest gain of a level."),
        ),
    ]
    return " ".join(say() for holds, say in parts if holds)
