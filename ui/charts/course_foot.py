# SPDX-License-Identifier: MIT
"""What stands below a course: the names of its time points, and how many scores each has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ui.charts.axis import stand_apart
from ui.charts.sheet import Sheet

_ABOVE_NAMES, _TO_COUNTS, _AROUND = 10, 33, 34
_SIZES = ("label", "small", "tiny")
_LINES = (1, 2)

Placed = tuple[float, str]
"""Words, and where their middle stands, in pixels from the left."""


class CourseFoot:
    """Names and counts, so that none runs into the next one.

    They are written smaller where they have no room beside each other, and where that is not
    enough, every second one stands a line lower.

    Args:
        sheet: to draw on.
        names: of the time points, from left to right.
        counts: of each course, from left to right.
    """

    def __init__(
        self, sheet: Sheet, names: Sequence[Placed], counts: Sequence[Sequence[Placed]]
    ) -> None:
        self._sheet = sheet
        self._names, self._counts = names, counts
        self._size, self._lines = _fitting(sheet, [names], _SIZES)
        self._count_size, self._count_lines = _fitting(sheet, counts, _SIZES[1:])

    @property
    def height(self) -> float:
        """Pixels that all of it takes."""
        rows = self._row_height * max(1, len(self._counts))
        return self._sheet.px(_AROUND) + self._height_more + rows

    def middles(self, top: float) -> Iterator[float]:
        """The middle of the first line of each course, where the foot begins at ``top``."""
        first = top + self._sheet.px(_TO_COUNTS) + self._height_more
        return (first + row * self._row_height for row in range(len(self._counts)))

    def draw(self, top: float) -> None:
        """Write all of it, from ``top``."""
        sheet, step = self._sheet, self._sheet.line_height(self._size)
        for place, (x, name) in enumerate(self._names):
            y = top + sheet.px(_ABOVE_NAMES) + place % self._lines * step
            sheet.text(x, y, name, size=self._size, align="center")
        step = sheet.line_height(self._count_size)
        for middle, row in zip(self.middles(top), self._counts, strict=True):
            for place, (x, count) in enumerate(row):
                sheet.text(
                    x, middle + place % self._count_lines * step, count,
                    size=self._count_size, color="text_muted", align="center", middle=True,
                )  # fmt: skip

    @property
    def _height_more(self) -> float:
        return (self._lines - 1) * self._sheet.line_height(self._size)

    @property
    def _row_height(self) -> float:
        return self._count_lines * self._sheet.line_height("small")


def _fitting(
    sheet: Sheet, rows: Sequence[Sequence[Placed]], sizes: Sequence[str]
) -> tuple[str, int]:
    """The first size and number of lines in which no words of a row run into each other."""
    for lines, size in product(_LINES, sizes):
        if all(stand_apart(sheet, row[line::lines], size) for row in rows for line in range(lines)):
            return size, lines
    return sizes[-1], _LINES[-1]
