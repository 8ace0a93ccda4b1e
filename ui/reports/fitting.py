# SPDX-License-Identifier: MIT
"""How a table is fitted to a page: widths and letters of its columns, and which rows go where."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from ui.reports.chunks import RowHeights, part
from ui.reports.formats import ABOVE, BESIDE, BOLD, Formats, Measures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.reports.content import Table

_WIDE_TABLE = 10
"""A table of so many columns has smaller letters."""
_LEAST_SIZE = 6.0
_OPENING, _SPARE = 62.0, 12.0
"""Points for what stands above a long table, and what is left free on its other pages."""

LONG_TABLE = 40
"""Rows from which on a table is parted by pages, and begins one where little is left."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where pages begin.

    Attributes:
        opening: numbers of headings, captions and figures, in their order, that begin a page.
        rows: rows of tables that do, each with the number of what opens its table.
        rooms: points left on the page on which a long table begins, by what opens it.
    """

    opening: frozenset[int] = frozenset()
    rows: frozenset[tuple[int, int]] = frozenset()
    rooms: Mapping[int, float] = field(default_factory=dict)

    def with_later(self, later: Breaks, number: int) -> Breaks:
        """With those of blocks that were counted from 0, and stand behind so many others."""
        opening = {number + opens for opens in later.opening}
        rows = {(number + opens, row) for opens, row in later.rows}
        return Breaks(self.opening | opening, self.rows | rows, self.rooms)

    def without(self, opens: int, room: float) -> Breaks:
        """A long table that begins where so much room is left, in points."""
        return Breaks(self.opening - {opens}, self.rows, {**self.rooms, opens: room})


@dataclass(frozen=True, slots=True)
class Fitting:
    """Fits tables into a width, in points."""

    measures: Measures
    formats: Formats
    width: float

    def widths_of(self, table: Table) -> list[float]:
        """Of the texts in its columns."""
        measures = self.measures
        whole = sum(column.share for column in table.columns)
        room, sides = measures.of(self.width), 2 * measures.of(BESIDE)
        return [room * column.share / whole - sides for column in table.columns]

    def size_for(self, table: Table) -> float:
        """Letters in which no word of a heading is broken, down to a size that can be read."""
        size = 7.0 if len(table.columns) >= _WIDE_TABLE else 8.0
        words = [
            (word, width)
            for column, width in zip(table.columns, self.widths_of(table), strict=True)
            for word in column.heading.split()
        ]
        while size > _LEAST_SIZE:
            letters = QFontMetricsF(self.formats.font(size, BOLD))
            if all(letters.horizontalAdvance(word) <= width for word, width in words):
                break
            size -= 0.5
        return size

    def parts_of(self, table: Table, size: float, opened_by: int, breaks: Breaks) -> list[range]:
        """The rows of a table, page by page where it is long, or where its pages are known."""
        measures = self.measures
        if measures.height is None or len(table.rows) <= LONG_TABLE:
            known = sorted(row for opens, row in breaks.rows if opens == opened_by)
            return [range(*ends) for ends in pairwise([0, *known, len(table.rows)])]
        widths = self.widths_of(table)
        padding = 2 * measures.letters(ABOVE)
        body = RowHeights(self.formats.font(size), widths, padding)
        head = RowHeights(self.formats.font(size, BOLD), widths, padding)
        room = breaks.rooms.get(opened_by, measures.height)
        height = measures.of(measures.height) - head.of([one.heading for one in table.columns])
        return part(
            [body.of(row) for row in table.rows],
            height - measures.of(_OPENING) - measures.of(measures.height - room),
            height - measures.of(_SPARE),
        )


def row_that_begins(openings: frozenset[int], row: int) -> int:
    """The row to begin a page with where ``row`` would be its first: what opens it comes along."""
    return row - 1 if row - 1 in openings else row
