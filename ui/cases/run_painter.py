# SPDX-License-Identifier: MIT
"""Paints the texts of cells, and remembers what is dear to find out: words, fonts and widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout

from models.caselist import CaseLine
from ui.cases.columns import Column, Key
from ui.cases.runs import Run, Runs, forms
from ui.theme import Theme

_LINES_KEPT = 500  # more than the rows of any screen
_WIDTHS_KEPT = 5_000
_PLACES_KEPT = 2_000
_ELLIPSIS = "…"

_Look = tuple[bool, bool]

T = TypeVar("T")


class _Piece(NamedTuple):
    """A text that is ready to be painted, at a distance from the corner of its room."""

    color: QColor
    text: QTextLayout
    left: float
    above: float


class ByLine(Generic[T]):
    """What was found out of the lines in sight, which are painted again and again.

    A line is told by its identity: it never changes, and to compare its values takes longer than
    to paint it.
    """

    def __init__(self, find_out: Callable[[CaseLine], T]) -> None:
        self._find_out = find_out
        self._known: dict[int, tuple[CaseLine, T]] = {}

    def __call__(self, line: CaseLine) -> T:
        known = self._known.get(id(line))
        if known is None:
            if len(self._known) >= _LINES_KEPT:
                self._known.clear()
            # With the line itself, so that no other one gets its place in memory.
            known = self._known[id(line)] = line, self._find_out(line)
        return known[1]


def fill(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Fill a rectangle; pen and brush are left changed.

    ``fillRect`` makes itself acquainted with every gradient of Qt first, by name, when it is given
    a color.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)


class RunPainter(QObject):
    """One for all cells of a table."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._said: dict[Key, ByLine[Runs]] = {}
        self._looks: dict[_Look, tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, _Look], float] = {}
        self._colors: dict[str, QColor] = {}
        self._places: dict[tuple[Runs, int, int, bool], tuple[_Piece, ...]] = {}
        theme.follow(self._forget)

    def color(self, token: str) -> QColor:
        """A color of the palette."""
        if token not in self._colors:
            self._colors[token] = self._theme.color(token)
        return self._colors[token]

    def runs_of(self, column: Column) -> ByLine[Runs]:
        """What a column says of each case."""
        return self._said.setdefault(column.key, ByLine(column.runs))

    def width_of(self, runs: Sequence[Run]) -> float:
        """How wide the text is, in pixels."""
        return sum(map(self._width, runs))

    def fitted(self, runs: Runs, room: float) -> Runs:
        """The longest form of the runs that has room in so many pixels.

        Where none has, the shortest one is cut by an ellipsis; how many words are left out is said
        in any case.
        """
        if self.width_of(runs) <= room:
            return runs
        shorter = tuple(forms(runs))
        fitting = (form for form in shorter if self.width_of(form) <= room)
        return next(fitting, None) or self._elided(shorter[-1], room)

    def paint(self, painter: QPainter, room: QRect, runs: Runs, *, right: bool) -> None:
        """Paint the runs one behind the other, in a form that fits."""
        key = (runs, room.width(), room.height(), right)
        pieces = self._places.get(key)
        if pieces is None:
            if len(self._places) >= _PLACES_KEPT:
                self._places.clear()
            pieces = self._places[key] = tuple(self._placed(room, runs, right=right))
        left, top = room.left(), room.top()
        for piece in pieces:
            painter.setPen(piece.color)
            piece.text.draw(painter, QPointF(left + piece.left, top + piece.above))

    def _placed(self, room: QRect, runs: Runs, *, right: bool) -> Iterator[_Piece]:
        whole = self.width_of(runs)
        left = 0.0
        if whole > room.width():
            runs = self.fitted(runs, room.width())
        elif right:
            left = room.width() - whole
        for run in runs:
            font, metrics = self._look(run)
            above = (room.height() + metrics.ascent() - metrics.descent()) / 2
            # A layout would begin another line at it, which nobody sees.
            text = QTextLayout(run.text.replace("\N{LINE SEPARATOR}", " "), font)
            text.setCacheEnabled(True)
            text.beginLayout()
            line = text.createLine()
            text.endLayout()
            yield _Piece(self.color(run.ink), text, left, round(above) - line.ascent())
            left += self._width(run)

    def _elided(self, runs: Runs, room: float) -> Runs:
        """As much of the runs as there is room for, with an ellipsis where something is cut."""
        ends = tuple(run for run in runs if run.stays)
        room -= self.width_of(ends)
        shown: list[Run] = []
        for run in runs[: len(runs) - len(ends)]:
            metrics = self._look(run)[1]
            if self._width(run) + metrics.horizontalAdvance(_ELLIPSIS) > room:
                elide = Qt.TextElideMode.ElideRight
                text = _ELLIPSIS if run.whole else metrics.elidedText(run.text, elide, room)
                shown.append(run._replace(text=text))
                break
            shown.append(run)
            room -= self._width(run)
        return (*shown, *ends)

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
        self._places.clear()
