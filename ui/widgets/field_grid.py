# SPDX-License-Identifier: MIT
"""Cells in rows of twelve columns that stand one below the other, and wrap where room is short."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.field_boxes import box_for
from ui.widgets.field_cell import FieldCell
from ui.widgets.field_label import FieldLabel
from ui.widgets.field_places import Line, fields_in, words_stems

COLUMNS = 12
_GAP = 10
_ROW_GAP = 8
_LEAST_COLUMN = 36
_FEWEST_SQUEEZED = 8
"""With fewer columns a line wraps before its cells are as narrow as can be."""


class Slot(NamedTuple):
    """A cell or another widget, and how many of the twelve columns it takes."""

    widget: QWidget
    span: int


class FieldGrid(QWidget):
    """Places cells on a grid of columns, so that edges meet from row to row.

    Hidden cells leave no gap. Where twelve columns would be too narrow there are fewer, and rows
    wrap. A cell takes more columns than it asks for where its label or what is entered would be
    cut off, from those beside it if they have columns to spare. The note of a cell, if it has one,
    stands right under its line.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[list[Slot]] = []
        self._heights: dict[int, int] = {}
        self._needed: dict[FieldCell, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._measure_anew)

    def add_lines(self, lines: Iterable[Line]) -> list[FieldCell]:
        """Make a cell for each place of the lines and append them; the new cells."""
        lines = list(lines)
        own_words = words_stems(fields_in(lines))
        made: list[FieldCell] = []
        for line in lines:
            slots = []
            for spot in line:
                boxes = [box_for(f, self, keeps_words=f.stem in own_words) for f in spot.fields]
                cell = FieldCell(boxes, self._theme, self, bare=spot.bare)
                slots.append(Slot(cell, spot.span))
                made.append(cell)
            self.add_row(slots)
        return made

    def add_row(self, slots: Iterable[Slot]) -> None:
        """Append a row."""
        row = list(slots)
        self._rows.append(row)
        for slot in row:
            slot.widget.setParent(self)
            if isinstance(slot.widget, FieldCell):
                slot.widget.note.setParent(self)
                slot.widget.noted.connect(self._relayout)
        self._relayout()

    def cells(self) -> list[FieldCell]:
        """The cells with boxes, as they are read."""
        return [slot.widget for row in self._rows for slot in row if _is_cell(slot.widget)]  # type: ignore[misc]

    def set_shown(self, widget: QWidget, shown: bool) -> None:
        """Show or hide a cell; the others close up."""
        if widget.isHidden() is shown:
            widget.setVisible(shown)
            if isinstance(widget, FieldCell):
                widget.note.setVisible(shown and bool(widget.note.text()))
            self._relayout()

    def least_width(self) -> int:
        """What every cell in sight needs to be read whole, if each has a line to itself."""
        return max((self._least(cell) for cell in self.cells() if not cell.isHidden()), default=0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = self._theme.px(640)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(4 * _LEAST_COLUMN), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._heights.clear()
            self._place(self.width(), move=True)
            self.updateGeometry()
        elif event.type() == QEvent.Type.StyleChange:
            # A change of the look may come here later than it is told.
            self._measure_anew()
        return super().event(event)

    def _measure_anew(self) -> None:
        self._needed.clear()
        self._relayout()

    def _relayout(self) -> None:
        """Place the cells when all that changes now has changed, which Qt asks for once."""
        self._heights.clear()
        self.updateGeometry()
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _place(self, width: int, *, move: bool) -> int:
        """Work the places out, and move there where asked to; the height that is needed."""
        gap, top = self._theme.px(_GAP), 0
        least = self._theme.px(_LEAST_COLUMN)
        columns = min(max((width + gap) // (least + gap), 1), COLUMNS)
        unit = (width + gap) / columns
        for row in self._rows:
            shown = [slot for slot in row if not slot.widget.isHidden()]
            lines = _lines(self._widened(shown, columns, unit), columns)
            for line in lines:
                wide = unit * _stretch(line, columns) if len(lines) > 1 else unit
                top = self._place_line(_spans(line, columns, wide, gap), width, top, move=move)
        return max(top - self._theme.px(_ROW_GAP), 0)

    def _widened(self, row: list[Slot], columns: int, unit: float) -> list[Slot]:
        """The row with as many columns for each cell as it needs to be read."""
        gap = self._theme.px(_GAP)
        least = [min(ceil((self._least(slot.widget) + gap) / unit), columns) for slot in row]
        spans = [max(min(slot.span, columns), need) for slot, need in zip(row, least, strict=True)]
        is_one_line = sum(slot.span for slot in row) <= COLUMNS and columns >= _FEWEST_SQUEEZED
        if is_one_line and sum(least) <= columns:
            while sum(spans) > columns:
                spare = [span - need for span, need in zip(spans, least, strict=True)]
                spans[spare.index(max(spare))] -= 1
        return [Slot(slot.widget, span) for slot, span in zip(row, spans, strict=True)]

    def _least(self, widget: QWidget) -> int:
        """What a cell needs, measured once for each size of the text."""
        if not isinstance(widget, FieldCell):
            return 0
        if widget not in self._needed:
            self._needed[widget] = widget.least_width()
        return self._needed[widget]

    def _place_line(
        self, spans: list[tuple[QWidget, int, int]], width: int, top: int, *, move: bool
    ) -> int:
        heights = [_height(widget, wide) for widget, _, wide in spans]
        if move:
            for (widget, left, wide), height in zip(spans, heights, strict=True):
                widget.setGeometry(left, top, wide, height)
            _say_alike([(w.label, wide) for w, _, wide in spans if isinstance(w, FieldCell)])
        top += max(heights)
        cells = [(w, left, left + wide) for w, left, wide in spans if isinstance(w, FieldCell)]
        noted = [(cell, left, right) for cell, left, right in cells if not cell.note.isHidden()]
        return self._place_notes(noted, width, top, move=move) + self._theme.px(_ROW_GAP)

    def _place_notes(
        self, noted: list[tuple[FieldCell, int, int]], width: int, top: int, *, move: bool
    ) -> int:
        """Each note under its cell; one below the other where they would run into each other."""
        bottom, taken, gap = top, 0, self._theme.px(_GAP)
        for cell, left, right in noted:
            note = cell.note
            one_line = note.fontMetrics().horizontalAdvance(note.text()) + gap
            # At the right of the form a sentence ends where its cell ends.
            start = left if one_line <= width - left else max(right - one_line, 0)
            if start < taken:
                top = bottom
            height = note.heightForWidth(width - start)
            if move:
                note.setGeometry(QRect(start, top + 2, width - start, height))
            taken = start + min(one_line, width - start)
            bottom = max(bottom, top + 2 + height)
        return bottom


def _say_alike(labels: list[tuple[FieldLabel, int]]) -> None:
    """Of labels with a short form that stand side by side, all are short or none is."""
    with_short = [(it, wide) for it, wide in labels if it.least_width() < it.whole_width()]
    is_brief = any(label.whole_width() > wide for label, wide in with_short)
    for label, _ in with_short:
        label.set_brief(is_brief)


def _is_cell(widget: QWidget) -> bool:
    return isinstance(widget, FieldCell)


def _height(widget: QWidget, width: int) -> int:
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return widget.sizeHint().height()


def _spans(line: list[Slot], columns: int, unit: float, gap: int) -> list[tuple[QWidget, int, int]]:
    """Left edge and width of each widget of a line."""
    spans, at = [], 0
    for slot in line:
        end = at + min(slot.span, columns)
        left = round(at * unit)
        spans.append((slot.widget, left, round(end * unit) - gap - left))
        at = end
    return spans


def _stretch(line: list[Slot], columns: int) -> float:
    """How much wider a wrapped line is made so that it fills the width; not a nearly empty one."""
    taken = sum(min(slot.span, columns) for slot in line)
    return columns / taken if 2 * taken >= columns else 1.0


def _lines(slots: list[Slot], columns: int) -> list[list[Slot]]:
    """As few lines as hold the row, filled alike, so that no cell stands alone without need."""
    spans = [min(slot.span, columns) for slot in slots]
    fewest = _fewest(spans, columns)
    if fewest <= 1:
        return [slots] if slots else []

    def waste(breaks: tuple[int, ...]) -> tuple[int, list[int]]:
        """The squares of what stays free; of equals the upper lines are the fuller ones."""
        free = [columns - sum(spans[start:end]) for start, end in _between(breaks, len(spans))]
        fits = min(free) >= 0
        return (sum(left**2 for left in free) if fits else columns**2 * len(spans)), free

    best = min(combinations(range(1, len(spans)), fewest - 1), key=waste)
    return [slots[start:end] for start, end in _between(best, len(spans))]


def _fewest(spans: list[int], columns: int) -> int:
    """How many lines it takes when each is filled before the next is begun."""
    lines = left = 0
    for span in spans:
        if span > left:
            lines, left = lines + 1, columns
        left -= span
    return lines


def _between(breaks: tuple[int, ...], end: int) -> list[tuple[int, int]]:
    return list(pairwise((0, *breaks, end)))
