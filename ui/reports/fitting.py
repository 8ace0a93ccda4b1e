# SPDX-License-Identifier: MIT
"""How a table is fitted to a page: widths and letters of its columns, and which rows go where."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from ui.reports.chunks import RowHeights, part
from ui.reports.formats import ABOVE, BESIDE, BOLD, Formats, Measures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.reports.content import Table

_WIDE_TABLE = 10
"""A table of so many columns has smaller letters."""
_LEAST_SIZE = 6.0
_LONGEST_WORD = 0.3
"""Of the width: a word that is longer is no term, and is broken."""
_ROUNDING = 1.0
"""Points by which a column may come out narrower than it was asked to be."""
_ALMOST = 0.6
"""Words of fewer letters than this part of the most are not the widest."""
_OPENING, _SPARE = 62.0, 12.0
"""Points for what stands above a long table, and what is left free on its other pages."""

_BETWEEN_WORDS = re.compile(r"[ \n]+|(?<=[^\W\d]-)(?=[^\W\d])")

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
class Letters:
    """How a table is set: the size of its letters in points, and its columns' shares of 1."""

    size: float
    shares: list[float]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Fits tables into a width, in points."""

    measures: Measures
    formats: Formats
    width: float

    def letters_for(self, table: Table) -> Letters:
        """Letters in which no word is broken, down to a size that can be read.

        Columns are as wide beside each other as they are declared, but for those whose words need
        more: the others give it, each of what its own words can spare.
        """
        shares = [column.share for column in table.columns]
        size = 7.0 if len(shares) >= _WIDE_TABLE else 8.0
        while True:
            needed = self._needed(table, size)
            if sum(needed) <= self.width or size <= _LEAST_SIZE:
                return Letters(size, _shared(shares, needed, self.width))
            size -= 0.5

    def _needed(self, table: Table, size: float) -> list[float]:
        """Of the width in points, what the longest word of each column takes."""
        unit = self.measures.of(1.0)
        most = self.width * _LONGEST_WORD
        plain, bold = (
            QFontMetricsF(self.formats.font(size, weight)) for weight in (QFont.Weight.Normal, BOLD)
        )
        needed = []
        for place, column in enumerate(table.columns):
            told = " ".join(row[place] for row in table.rows)
            opened = " ".join(table.rows[part][place] for part in table.parts)
            words = max(
                _longest(told, plain), _longest(opened, bold), _longest(column.heading, bold)
            )
            needed.append(min(words / unit, most) + 2 * BESIDE + _ROUNDING)
        return needed

    def parts_of(
        self, table: Table, letters: Letters, opened_by: int, breaks: Breaks
    ) -> list[range]:
        """The rows of a table, page by page where it is long, or where its pages are known."""
        measures = self.measures
        if measures.height is None or len(table.rows) <= LONG_TABLE:
            known = sorted(row for opens, row in breaks.rows if opens == opened_by)
            return [range(*ends) for ends in pairwise([0, *known, len(table.rows)])]
        room, sides = measures.of(self.width), 2 * measures.of(BESIDE)
        widths = [room * share - sides for share in letters.shares]
        padding = 2 * measures.letters(ABOVE)
        body = RowHeights(self.formats.font(letters.size), widths, padding)
        head = RowHeights(self.formats.font(letters.size, BOLD), widths, padding)
        left = breaks.rooms.get(opened_by, measures.height)
        height = measures.of(measures.height) - head.of([one.heading for one in table.columns])
        return part(
            [body.of(row) for row in table.rows],
            height - measures.of(_OPENING) - measures.of(measures.height - left),
            height - measures.of(_SPARE),
        )


def _shared(shares: Sequence[float], needed: Sequence[float], width: float) -> list[float]:
    """Parts of 1 as ``shares`` are, but none less than is needed where all can have that."""
    whole = sum(shares)
    wide = [width * share / whole for share in shares]
    lacking = sum(max(0.0, need - one) for one, need in zip(wide, needed, strict=True))
    spare = sum(max(0.0, one - need) for one, need in zip(wide, needed, strict=True))
    given = min(1.0, spare / lacking) if lacking else 0.0
    taken = given * lacking / spare if spare else 0.0
    return [
        (one + (need - one) * (given if need > one else taken)) / width
        for one, need in zip(wide, needed, strict=True)
    ]


def _longest(text: str, letters: QFontMetricsF) -> float:
    """How wide the widest word is."""
    words = set(_BETWEEN_WORDS.split(text))
    most = max(map(len, words))
    return max(letters.horizontalAdvance(word) for word in words if len(word) >= _ALMOST * most)


def row_that_begins(openings: frozenset[int], row: int) -> int:
    """The row to begin a page with where ``row`` would be its first: what opens it comes along."""
    return row - 1 if row - 1 in openings else row
