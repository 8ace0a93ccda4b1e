# SPDX-License-Identifier: MIT
"""One line of a table to type into, with its details."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from models.fields import ClinicalField
from models.findings import Severity
from models.schema import Record
from ui.theme import Theme, set_kind, set_state
from ui.widgets.field_box import FieldBox
from ui.widgets.field_boxes import box_for
from ui.widgets.field_form import FieldForm
from ui.widgets.field_grid import FieldGrid
from ui.widgets.field_places import Line, fields_in, is_shown_by, place, words_stems
from ui.widgets.field_table_columns import Span, TableColumns
from ui.widgets.line_box import LineBox
from ui.widgets.row_button import RowButton

NOTHING = "–"
_ADDS = "+"
_EDGE = 3
_INDENT = 12


class FieldTableRow(QWidget):
    """Shows one row of the record.

    Alt+Enter folds the details out and in, Alt+Delete asks for the row to be taken away.

    Signals:
        remove_wanted: (row)
    """

    remove_wanted = Signal(object)

    def __init__(
        self,
        form: FieldForm,
        columns: TableColumns,
        details: Sequence[Line],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row: Record | None = None
        self._form = form
        self._columns = columns
        self._theme = theme
        self._has_own_details = bool(details)
        self._detail_lines = self._lines_of_details(details)
        self._details: FieldGrid | None = None
        self._is_open = self._is_last = False
        self._heights: dict[int, int] = {}
        self._hints: dict[str, str] = {}
        self._words = self._more_words = ""
        self._shown_state: tuple[bool, ...] = ()
        self._lead = QLabel(self)
        self._lead.setWordWrap(True)
        self._note = QLabel(self)
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self._note, "small")
        set_state(self._note, "error")
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_kind(self._told, "small")
        own_words = words_stems(fields_in(details))
        self.boxes = {
            column.field.name: self._box(column.field, own_words) for column in columns.columns
        }
        self._more = RowButton(RowButton.Kind.DETAILS, theme, self)
        self._remove = RowButton(RowButton.Kind.REMOVE, theme, self)
        self._more.clicked.connect(self.toggle_details)
        self._remove.clicked.connect(lambda: self.remove_wanted.emit(self.row))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.follow(self._rearrange)
        form.edited.connect(self._on_edited)

    def show_row(self, row: Record) -> None:
        """Show a row of the record."""
        is_other = row is not self.row or self.isHidden()
        if row is not self.row:
            self.row = row
            self._is_open = False
            for box in self._all_boxes():
                self._form.bind(box, row)
        else:
            self._form.refresh(row)
        self.setHidden(False)
        # Of many lines few are others than before.
        if is_other or self._state() != self._shown_state:
            self._show_state()

    def release(self) -> None:
        """Show nothing, and keep the boxes for another row."""
        self.row = None
        self._told.clear()
        for box in self._all_boxes():
            self._form.release(box)
        self.hide()

    def set_lead(self, words: str, tip: str = "", more: str = "") -> None:
        """The words before the first column; ``more`` only where they have a line to themselves."""
        is_other = (words, more) != (self._words, self._more_words)
        self._words, self._more_words = words, more
        self._lead.setToolTip(tip)
        self._name_boxes()
        if is_other:
            self._rearrange()

    def _name_boxes(self) -> None:
        """A screen reader is told of every box what it is and, where it is known, of when."""
        lead = self._words.replace("\n", ", ")
        for box in self._all_boxes():
            box.set_name(", ".join(filter(None, (box.plain_name, lead))))

    def set_hint(self, field: str, hint: str) -> None:
        """Pale words in the box of a field while it is empty."""
        if self._hints.get(field) != hint:
            self._hints[field] = hint
            self._show_hints()

    def tell(self, words: str) -> None:
        """Words below the line, such as what follows from it; "" for none."""
        if words != self._told.text():
            self._told.setText(words)
            self._rearrange()

    @property
    def details_shown(self) -> bool:
        """Whether the details are folded out."""
        return self._is_open

    def toggle_details(self) -> None:
        """Fold the details out or in, where there are any that the columns do not show."""
        if self._is_open or not self._more.isHidden():
            self.set_details_shown(not self._is_open)

    def set_details_shown(self, shown: bool) -> None:
        """Fold the details out, making them the first time, or in."""
        if not self._detail_lines or shown is self._is_open:
            return
        self._is_open = shown
        if shown and self._details is None:
            self._make_details()
        self._show_state()
        if shown and self._details is not None and self.hasFocus():
            self._details.cells()[0].boxes[0].setFocus()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        stops: list[QWidget] = [box.input for box in self.boxes.values()]
        if self._details is not None and self._is_open:
            stops += [stop for cell in self._details.cells() for stop in cell.focus_boxes()]
        return stops

    def boxes_of(self, field: str) -> list[FieldBox]:
        """The boxes of a field: in its column, and in the details once they are made."""
        return [box for box in self._all_boxes() if box.field.name == field]

    def find_box(self, field: str) -> FieldBox | None:
        """The box of a field, folded out if it is in the details."""
        spans = self._columns.spans(self.width())
        for box in self.boxes.values():
            if field in [column.name for column in box.fields] and box.field.name in spans:
                return box
        # What no box shows, such as the case that a row is of, folds nothing out.
        if not any(is_shown_by(detail, field) for detail in fields_in(self._detail_lines)):
            return None
        self.set_details_shown(True)
        boxes = (box for box in self._all_boxes() if box.isVisibleTo(self))
        named = (box for box in boxes if field in [column.name for column in box.fields])
        return next(named, None)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(width, move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._rearrange()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._unfold_what_is_asked()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.toggle_details()
                return
            if event.key() == Qt.Key.Key_Delete:
                self.remove_wanted.emit(self.row)
                return
        super().keyPressEvent(event)

    def set_last(self, *, is_last: bool) -> None:
        """The frame of the table ends the last line."""
        self._is_last = is_last
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_last:
            return
        painter = QPainter(self)
        painter.setPen(self._theme.color("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _box(self, field: ClinicalField, own_words: frozenset[str]) -> FieldBox:
        box = box_for(field, self, keeps_words=field.stem in own_words, one_line=True)
        set_kind(box.input, "cell")
        if isinstance(box, LineBox):
            # The head of the table says the unit.
            box.input.set_suffix("")
        box.noticed.connect(self._on_noticed)
        box.input.installEventFilter(self)
        return box

    def _lines_of_details(self, details: Sequence[Line]) -> tuple[Line, ...]:
        """The details, and before them the columns for which there may be no room."""
        leaving = [column.field for column in self._columns.columns if column.goes]
        first = (tuple(place(4, field) for field in leaving),) if leaving else ()
        return (*first, *details)

    def _make_details(self) -> None:
        self._details = FieldGrid(self._theme, self)
        for cell in self._details.add_lines(self._detail_lines):
            for box in cell.boxes:
                if self.row is not None:
                    self._form.bind(box, self.row)
        self._name_boxes()

    def _all_boxes(self) -> list[FieldBox]:
        boxes = list(self.boxes.values())
        if self._details is not None:
            boxes += [box for cell in self._details.cells() for box in cell.boxes]
        return boxes

    def _on_edited(self, row: Record, _field: str) -> None:
        if row is self.row:
            self._show_state()

    def _on_noticed(self) -> None:
        self._rearrange()
        self._unfold_what_is_asked()

    def _state(self) -> tuple[bool, ...]:
        held = (not box.is_empty() or bool(box.missing()) for box in self.boxes.values())
        return self._is_open, self._has_hidden_values(), *held

    def _show_state(self) -> None:
        self._shown_state = self._state()
        self._more.set_on(self._is_open)
        self._more.set_marked(self._has_hidden_values())
        self._show_hints()
        if self._details is not None:
            self._details.setVisible(self._is_open)
        self._rearrange()

    def _show_hints(self) -> None:
        """In a line that holds something, a dash stands where nothing was entered."""
        is_filled = any(not box.is_empty() or box.missing() for box in self.boxes.values())
        for name, box in self.boxes.items():
            box.set_hint(
                self._hints.get(name) or (NOTHING if is_filled else ""), *self._brief(name)
            )
        for name, hint in self._hints.items():
            for box in self.boxes_of(name):
                if box is not self.boxes.get(name):
                    box.set_hint(hint)
        self._remove.setVisible(is_filled or self._has_hidden_values())

    def _brief(self, name: str) -> tuple[str, ...]:
        """What stands for a hint without room, such as "Add leak" in an empty row."""
        is_first = bool(self._hints.get(name)) and name == next(iter(self.boxes))
        return (_ADDS,) if is_first else ()

    def _has_hidden_values(self) -> bool:
        if self.row is None:
            return False
        in_sight = self._columns.spans(self.width())
        names = [field.name for field in fields_in(self._detail_lines)]
        return any(
            getattr(self.row, name) not in (None, "", ()) or name in self.row.missing
            for name in names
            if name not in in_sight
        )

    def _unfold_what_is_asked(self) -> None:
        """A core field without room in the line is not hidden from whoever fills it in."""
        spans, here = self._columns.spans(self.width()), QApplication.focusWidget()
        is_here = here is not None and self.isAncestorOf(here)
        if is_here and any(box.is_open for name, box in self.boxes.items() if name not in spans):
            self.set_details_shown(True)

    def _rearrange(self) -> None:
        errors = [
            notice.sentence
            for box in self.boxes.values()
            if (notice := box.notice()) and notice.severity is Severity.ERROR
        ]
        self._note.setText("\n".join(errors))
        self._heights.clear()
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        """Work out where everything is, and put it there where asked to; the height."""
        px = self._theme.px
        edge, height = px(_EDGE), self._line_height()
        spans, lead = self._columns.spans(width), self._columns.lead(width)
        above = self._place_lead(lead, width, height, move=move)
        if move:
            for name, box in self.boxes.items():
                span = spans.get(name)
                box.setVisible(span is not None and self._means_something(box))
                if span is not None:
                    box.setGeometry(span.left, above + edge, span.width, height)
            self._place_buttons(width, height, above + edge)
            left_out = len(spans) < len(self.boxes)
            self._more.setVisible(self._has_own_details or left_out)
            self._show_columns_left_out(spans)
        top = above + height + 2 * edge
        inner = width - 2 * px(_INDENT)
        for label in (self._note, self._told):
            if label.text():
                needed = label.heightForWidth(inner)
                if move:
                    label.setGeometry(px(_INDENT), top, inner, needed)
                top += needed + edge
            if move:
                label.setVisible(bool(label.text()))
        if self._details is not None and self._is_open:
            needed = self._details.heightForWidth(inner)
            if move:
                self._details.setGeometry(px(_INDENT), top + edge, inner, needed)
            top += needed + 4 * edge
        return top + 1

    def _place_lead(self, lead: Span, width: int, height: int, *, move: bool) -> int:
        """Before the boxes, or above them where they need the width; the height taken above."""
        edge, is_above = self._theme.px(_EDGE), self._columns.stacks(width)
        if move:
            in_line = ", ".join(filter(None, (*self._words.split("\n"), self._more_words)))
            self._lead.setText(in_line if is_above else self._words)
        above = self._lead.sizeHint().height() + edge if is_above else 0
        if move and is_above:
            left = self._theme.px(_INDENT)
            self._lead.setGeometry(left, edge, width - 2 * left, above - edge)
        elif move:
            wide = max(lead.width - edge, 0)
            self._lead.setGeometry(lead.left, 0, wide, height + 2 * edge)
        return above

    def _line_height(self) -> int:
        return self._columns.line_height(next(iter(self.boxes.values())).input)

    def _place_buttons(self, width: int, height: int, edge: int) -> None:
        span = self._columns.buttons(width)
        half = span.width // 2
        self._more.setGeometry(span.left, edge, half, height)
        self._remove.setGeometry(span.left + half, edge, half, height)

    def _show_columns_left_out(self, spans: dict[str, Span]) -> None:
        if self._details is None:
            return
        for cell in self._details.cells():
            box = cell.boxes[0]
            is_elsewhere = box.field.name in spans
            self._details.set_shown(cell, not is_elsewhere and self._means_something(box))

    def _means_something(self, box: FieldBox) -> bool:
        """Whether the field applies to the row; one that holds something is never hidden."""
        if self.row is None or not box.is_empty() or box.missing() is not None:
            return True
        return box.field.applies_to(self.row)
