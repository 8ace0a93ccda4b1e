# SPDX-License-Identifier: MIT
"""A small table to type into: one row of the record a line, with details that fold out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from models.schema import Record
from ui.theme import Theme, polish, set_kind
from ui.widgets.field_form import FieldForm
from ui.widgets.field_places import Column, Line
from ui.widgets.field_table_columns import INSET, Span, TableColumns
from ui.widgets.field_table_row import FieldTableRow

_HEAD_HEIGHT = 30


class FieldTable(QFrame):
    """Rows of boxes under one head.

    Signals:
        remove_wanted: (row) the user wants this row gone.

    Args:
        details: what folds out under a row, besides the columns for which there is no room.
        lead: words over the words before the first column; "" if there are none.
        hints: the longest words that stand in an empty box of a column, by the name of its field.
    """

    remove_wanted = Signal(object)

    def __init__(
        self,
        form: FieldForm,
        columns: Sequence[Column],
        details: Sequence[Line],
        theme: Theme,
        *,
        lead: str = "",
        lead_width: int = 0,
        hints: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._theme = theme
        self._details = tuple(details)
        self._columns = TableColumns(columns, lead_width, theme, hints)
        self._rows: list[FieldTableRow] = []
        self._spare: list[FieldTableRow] = []
        self._head = _Head(self._columns, lead, theme, self)
        set_kind(self, "boxed")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._head)

    def make_ready(self, n: int) -> Iterator[None]:
        """Make lines for so many rows, one for each step."""
        while len(self._rows) + len(self._spare) < n:
            view = self._new_view()
            view.hide()
            polish(view)
            self._spare.append(view)
            yield

    def show_rows(self, rows: Iterable[Record]) -> None:
        """Show these rows, in this order. Boxes of rows that stay keep their focus."""
        wanted = list(rows)
        staying = {str(view.row.id): view for view in self._rows if view.row is not None}
        gone = {str(row.id) for row in wanted}
        self._spare += [view for key, view in staying.items() if key not in gone]
        self._rows = [staying.get(str(row.id)) or self._view() for row in wanted]
        for view in self._spare:
            view.release()
        for place, (view, row) in enumerate(zip(self._rows, wanted, strict=True), start=1):
            if self._layout.indexOf(view) != place:
                self._layout.insertWidget(place, view)
            view.show_row(row)
            view.set_last(is_last=place == len(wanted))

    def view_of(self, row: Record) -> FieldTableRow | None:
        """The line that shows ``row``."""
        return next((view for view in self._rows if view.row is row), None)

    def views(self) -> list[FieldTableRow]:
        """The lines, from top to bottom."""
        return list(self._rows)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [stop for view in self._rows for stop in view.focus_boxes()]

    def _view(self) -> FieldTableRow:
        return self._spare.pop() if self._spare else self._new_view()

    def _new_view(self) -> FieldTableRow:
        view = FieldTableRow(self._form, self._columns, self._details, self._theme, self)
        view.remove_wanted.connect(self.remove_wanted)
        return view


class _Head(QWidget):
    """The labels of the columns."""

    def __init__(
        self, columns: TableColumns, lead: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._lead = lead
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(_HEAD_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(self._theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setFont(self._columns.heading_font())
        painter.setPen(self._theme.color("text_muted"))
        inset = self._theme.px(INSET)
        if self._lead and not self._columns.stacks(self.width()):
            self._write(painter, self._columns.lead(self.width()), self._lead, 0)
        spans = self._columns.spans(self.width())
        for column in self._columns.columns:
            if (span := spans.get(column.field.name)) is not None:
                self._write(painter, span, self._columns.heading(column), inset)
        painter.end()

    def _write(self, painter: QPainter, span: Span, text: str, inset: int) -> None:
        room = QRect(span.left + inset, 0, span.width - inset, self.height())
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
