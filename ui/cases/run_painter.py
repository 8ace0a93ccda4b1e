# SPDX-License-Identifier: MIT
"""Paints the texts of cells, and remembers what is dear to find out: fonts, colors and widths."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.cases.columns import Run, Runs, shortened
from ui.theme import Theme

_WIDTHS_KEPT = 5_000
_ELLIPSIS = "…"

_Look = tuple[bool, bool]


class RunPainter(QObject):
    """One for all cells of a table."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: dict[_Look, tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, _Look], float] = {}
        self._colors: dict[str, QColor] = {}
        theme.changed.connect(self._forget)

    def color(self, token: str) -> QColor:
        """A color of the palette."""
        if token not in self._colors:
            self._colors[token] = self._theme.color(token)
        return self._colors[token]

    def width_of(self, runs: Sequence[Run]) -> float:
        """How wide the text is, in pixels."""
        return sum(map(self._width, runs))

    def paint(self, painter: QPainter, room: QRect, runs: Runs, *, right: bool) -> None:
        """Paint the runs one behind the other, in short forms where the texts do not fit.

        Where these do not fit either stands an ellipsis.
        """
        left, end, total = float(room.left()), room.right() + 1.0, self.width_of(runs)
        if total > room.width():
            runs = shortened(runs)
            total = self.width_of(runs)
        fits = total <= room.width()
        if right and fits:
            left = end - total
        for run in runs:
            font, metrics = self._look(run)
            text, width = run.text, self._width(run)
            if not fits and width + metrics.horizontalAdvance(_ELLIPSIS) > end - left:
                text = _ELLIPSIS
                if not run.whole:
                    text = metrics.elidedText(run.text, Qt.TextElideMode.ElideRight, end - left)
                width = end - left
            above = (room.height() + metrics.ascent() - metrics.descent()) / 2
            painter.setFont(font)
            painter.setPen(self.color(run.ink.value))
            painter.drawText(QPointF(left, room.top() + round(above)), text)
            left += width
            if left >= end:
                return

    def _width(self, run: Run) -> float:
        key = (run.text, (run.bold, run.italic))
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            width = self._widths[key] = self._look(run)[1].horizontalAdvance(run.text)
        return width

    def _look(self, run: Run) -> tuple[QFont, QFontMetricsF]:
        look = (run.bold, run.italic)
        if look not in self._looks:
            font = self._theme.numbers_font()
            font.setWeight(QFont.Weight.DemiBold if run.bold else QFont.Weight.Normal)
            font.setItalic(run.italic)
            self._looks[look] = font, QFontMetricsF(font)
        return self._looks[look]

    def _forget(self) -> None:
        self._looks.clear()
        self._widths.clear()
        self._colors.clear()
