# SPDX-License-Identifier: MIT
"""Where the columns of a small table are: one reckoning for its head and all its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from models.fields import Day, TermField
from models.speech import shown_day
from ui.theme import Theme
from ui.widgets.field_places import Column

_EDGE = 4
_GAP = 2
_BUTTONS = 52
_ARROW = 20
_DAY = date(2026, 12, 30)
INSET = 8
"""From the edge of a column to the words in it, at scale 1."""


class Span(NamedTuple):
    """Left edge and width, in pixels."""

    left: int
    width: int


class TableColumns:
    """Where the columns are: shared by the head and all rows, so that they line up.

    Args:
        columns: the columns.
        lead_width: width of the words before the first column, at scale 1; 0 for none.
        hints: the longest words that stand in an empty box of a column, by the name of its field.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        lead_width: int,
        theme: Theme,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self._hints = hints or {}
        self._lead_width = lead_width
        self._theme = theme
        self._known: dict[int, dict[str, Span]] = {}
        self._heads: dict[str, int] = {}
        self._lines: dict[tuple[int, float], int] = {}
        theme.follow(self._forget)

    def shown(self, width: int) -> list[Column]:
        """The columns that there is room for; the others are found in the details."""
        shown = list(self.columns)
        for leaving in sorted((c for c in shown if c.goes), key=lambda c: c.goes):
            if self._least(shown, squeezed=leaving.last) <= width:
                break
            shown.remove(leaving)
        return shown

    def stacks(self, width: int) -> bool:
        """Whether there is no room for the words before the first column, which stand above it."""
        if not self._lead_width:
            return False
        return self._least([c for c in self.columns if not c.goes]) > width

    def lead(self, width: int) -> Span:
        """Where the words before the first column stand; without width if they stand above it."""
        px = self._theme.px
        if not self._lead_width:
            return Span(px(_EDGE), 0)
        if self.stacks(width):
            return Span(px(_EDGE), 0)
        return Span(px(_EDGE + 8), px(self._lead_width))

    def spans(self, width: int) -> dict[str, Span]:
        """Where each column that is shown stands, by the name of its field."""
        if width not in self._known:
            self._known[width] = self._work_out(width)
        return self._known[width]

    def buttons(self, width: int) -> Span:
        """Where the buttons of a row stand."""
        wide = self._theme.px(_BUTTONS)
        return Span(width - wide - self._theme.px(_EDGE), wide)

    def line_height(self, control: QWidget) -> int:
        """How high a control is in every row, which Qt takes long to find out for each."""
        # A control may wear the look before, as long as a change of the look is under way.
        look = control.font().pixelSize(), self._theme.scale
        if look not in self._lines:
            self._lines[look] = control.sizeHint().height()
        return self._lines[look]

    def heading(self, column: Column) -> str:
        """What stands over a column."""
        field = column.field
        label = column.head or field.label
        return f"{label}, {field.shown_unit}" if field.shown_unit else label

    def heading_font(self) -> QFont:
        """The letters of the heads."""
        return self._theme.font("label", QFont.Weight.DemiBold)

    def _wide(self, column: Column) -> int:
        """The width that a column asks for, in which its head is not cut off."""
        return max(self._theme.px(column.width), self._head(column))

    def _head(self, column: Column) -> int:
        """What the head of a column needs, a term in brief, and a date: no part is cut off."""
        name = column.field.name
        if name not in self._heads:
            px, advance = self._theme.px, QFontMetrics(self._theme.font()).horizontalAdvance
            head = QFontMetrics(self.heading_font()).horizontalAdvance(self.heading(column))
            needed = head + px(INSET + _EDGE)
            if isinstance(column.field, Day):
                longest = max(shown_day(_DAY), self._hints.get(name, ""), key=advance)
                needed = max(needed, advance(longest) + px(2 * INSET))
            if isinstance(column.field, TermField):
                terms = column.field.vocabulary
                term = max((advance(term.abbreviated) for term in terms), default=0)
                needed = max(needed, min(term + px(2 * INSET + _ARROW), px(column.width)))
            self._heads[name] = needed
        return self._heads[name]

    def _wished(self, column: Column) -> int:
        """What the hint of a column would take besides, where others can spare it."""
        hint = self._hints.get(column.field.name, "")
        if not hint:
            return 0
        needed = QFontMetrics(self._theme.font()).horizontalAdvance(hint)
        return max(0, needed + self._theme.px(2 * INSET + _ARROW) - self._wide(column))

    def _forget(self) -> None:
        self._known.clear()
        self._heads.clear()

    def _work_out(self, width: int) -> dict[str, Span]:
        px, shown = self._theme.px, self.shown(width)
        lead = self.lead(width)
        left = lead.left + lead.width
        given = lead.left + lead.width + len(shown) * px(_GAP) + px(_BUTTONS) + 2 * px(_EDGE)
        spare = width - given - sum(self._wide(column) for column in shown)
        wished = {c.field.name: min(self._wished(c), max(spare, 0)) for c in shown[:1]}
        spare -= sum(wished.values())
        # What is left over is shared by what columns ask for; what lacks is taken from those that
        # ask for more than their heads need.
        parts = [column.width for column in shown]
        if spare < 0:
            parts = [self._wide(column) - self._head(column) for column in shown]
        total = max(sum(parts), 1)
        spans: dict[str, Span] = {}
        for column, part in zip(shown, parts, strict=True):
            wide = self._wide(column) + wished.get(column.field.name, 0)
            wide = max(0, wide + int(spare * part / total))
            spans[column.field.name] = Span(left, wide)
            left += wide + px(_GAP)
        return spans

    def _least(self, shown: Sequence[Column], *, squeezed: bool = False) -> int:
        px = self._theme.px
        lead = px(_EDGE + 8) + px(self._lead_width) if self._lead_width else px(_EDGE)
        wide = self._head if squeezed else self._wide
        columns = sum(wide(column) + px(_GAP) for column in shown)
        return lead + columns + px(_BUTTONS) + 2 * px(_EDGE)
