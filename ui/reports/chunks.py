# SPDX-License-Identifier: MIT
"""Parts a long table by pages, so that no row is torn apart at the foot of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


class RowHeights:
    """How high rows of texts are in columns of these widths, in the unit of the font.

    Args:
        font: of the rows.
        widths: of the texts in the columns, without the padding.
        padding: above and below a text, together.
    """

    def __init__(self, font: QFont, widths: Sequence[float], padding: float) -> None:
        self._font = font
        self._widths = tuple(widths)
        self._padding = padding
        self._line = QFontMetricsF(font).height()
        self._known: dict[tuple[str, float], int] = {}

    def of(self, row: Sequence[str]) -> float:
        """The height of one row."""
        cells = zip(row, self._widths, strict=True)
        return max(self._lines(text, width) for text, width in cells) * self._line + self._padding

    def _lines(self, text: str, width: float) -> int:
        known = self._known.get((text, width))
        if known is None:
            known = self._known[text, width] = self._broken(text, width)
        return known

    def _broken(self, text: str, width: float) -> int:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
        layout.endLayout()
        return max(1, layout.lineCount())


def part(heights: Sequence[float], first: float, others: float) -> list[range]:
    """Places of the rows that stand together on a page.

    Args:
        heights: of the rows.
        first: room for rows on the first page.
        others: room on every other page.
    """
    parts: list[range] = []
    start, used, room = 0, 0.0, first
    for place, height in enumerate(heights):
        if place > start and used + height > room:
            parts.append(range(start, place))
            start, used, room = place, 0.0, others
        used += height
    return [*parts, range(start, len(heights))] if heights else []
