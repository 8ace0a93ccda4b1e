# SPDX-License-Identifier: MIT
"""Rows of fields in the form, some of them folded away until they are needed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.fields import ClinicalField
from models.schema import Record
from ui.editor.blocks import Fields
from ui.editor.case_rows import Subject
from ui.measures import keep
from ui.theme import Theme, polish, set_kind
from ui.widgets.field_box import FieldBox
from ui.widgets.field_cell import FieldCell
from ui.widgets.field_form import FieldForm
from ui.widgets.field_grid import FieldGrid
from ui.widgets.field_places import fields_in, is_shown_by
from ui.widgets.fold_mark import paint_fold_mark
from ui.widgets.in_lines import in_lines


class FieldsView(QWidget):
    """Shows a block of fields. With a title it is folded, unless something in it is filled in."""

    def __init__(
        self, block: Fields, form: FieldForm, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._block = block
        self._form = form
        self._theme = theme
        self._subject: Subject | None = None
        self._grid: FieldGrid | None = None
        self._cells: list[FieldCell] = []
        self._fold = FoldButton(block.title, theme, self) if block.title else None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setSpacing, 4)
        if self._fold is not None:
            self._layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
            self._fold.toggled.connect(self._set_open)
        form.edited.connect(self._on_edited)

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make the boxes, if they are going to be seen."""
        is_seen = self._fold is None or self._holds_anything(subject)
        if self._grid is None and self._wants(subject) and is_seen:
            grid = self._make_grid()
            grid.setVisible(self._fold is None)
            yield
            polish(grid)
            yield

    def show_subject(self, subject: Subject) -> None:
        """Show the fields of these rows, if the logbook wants them."""
        if not self._takes(subject):
            return
        if self._fold is not None:
            self._fold.setChecked(self._holds_anything(subject))
        self._bind()

    def follow(self, subject: Subject) -> None:
        """Show the rows as they are now; what is folded out stays so."""
        if not self._takes(subject):
            return
        if self._fold is not None and self._holds_anything(subject):
            self._fold.setChecked(True)
        self._bind()

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field of a row, folded out if it was folded away."""
        if not self._has(row_id, field):
            return None
        if self._fold is not None:
            self._fold.setChecked(True)
        boxes = (box for cell in self._cells for box in cell.boxes)
        return next(box for box in boxes if field in [column.name for column in box.fields])

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        if self._subject is None:
            return []
        stops: list[QWidget] = [self._fold] if self._fold is not None else []
        if self._grid is not None and not self._grid.isHidden():
            stops += [stop for cell in self._cells for stop in cell.focus_boxes()]
        return stops

    def _wants(self, subject: Subject) -> bool:
        """Whether the logbook wants these fields."""
        wanted = self._block.only_with
        return wanted is None or subject.settings.get(wanted)

    def _takes(self, subject: Subject) -> bool:
        """Whether the logbook wants these fields; where it does not, they are not shown."""
        is_wanted = self._wants(subject)
        self._subject = subject if is_wanted else None
        if self._block.only_with is not None:
            self.setVisible(is_wanted)
        return is_wanted

    def _has(self, row_id: str, field: str) -> bool:
        if self._subject is None:
            return False
        for column in fields_in(self._block.lines):
            if is_shown_by(column, field) and str(self._row_of(column).id) == row_id:
                return True
        return False

    def _row_of(self, field: ClinicalField) -> Record:
        assert self._subject is not None
        return self._subject.row(field.model)

    def _holds_anything(self, subject: Subject) -> bool:
        for field in fields_in(self._block.lines):
            row = subject.row(field.model)
            if getattr(row, field.name) not in (None, "", ()) or field.name in row.missing:
                return True
        return False

    def _set_open(self, is_open: bool) -> None:
        if is_open and self._grid is None:
            self._make_grid()
            self._bind()
        if self._grid is not None:
            self._grid.setVisible(is_open)

    def _make_grid(self) -> FieldGrid:
        self._grid = FieldGrid(self._theme, self)
        self._cells = self._grid.add_lines(self._block.lines)
        self._layout.addWidget(self._grid)
        return self._grid

    def _bind(self) -> None:
        if self._subject is None:
            return
        if self._grid is None and self._fold is None:
            self._make_grid().show()
        for cell in self._cells:
            for box in cell.boxes:
                row = self._row_of(box.field)
                if self._form.row_of(box) is not row:
                    self._form.bind(box, row)
        self._show_what_applies()

    def _on_edited(self, row: Record, _field: str) -> None:
        if self._subject is not None and any(
            row is self._row_of(cell.boxes[0].field) for cell in self._cells
        ):
            self._show_what_applies()

    def _show_what_applies(self) -> None:
        """Hide the fields that mean nothing here; one that holds something is never hidden."""
        if self._grid is None:
            return
        for cell in self._cells:
            means_something = any(
                box.field.applies_to(self._row_of(box.field))
                or not box.is_empty()
                or box.missing() is not None
                for box in cell.boxes
            )
            self._grid.set_shown(cell, means_something)


class FoldButton(QPushButton):
    """A line that folds what is under it out and in; two lines where its title has no room in one.

    Signals: ``toggled``, as of any button that stays down.
    """

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._theme = theme
        self._title = title
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_kind(self, "fold")

    def sizeHint(self) -> QSize:
        letters, hint = self.fontMetrics().horizontalAdvance, super().sizeHint()
        around = hint.width() - max(map(letters, self.text().split("\n")))
        return QSize(around + letters(self._title) + self._theme.px(14), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        more = len(self._lines(width)) - len(self.text().split("\n"))
        return super().sizeHint().height() + more * self.fontMetrics().lineSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText("\n".join(self._lines(self.width())))

    def _lines(self, width: int) -> list[str]:
        room, letters = width - self._theme.px(28), self.fontMetrics().horizontalAdvance
        if letters(self._title) <= room:
            return [self._title]
        return in_lines(self._title.split(), room, letters)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = QPointF(self._theme.px(7), self.height() / 2)
        paint_fold_mark(painter, self._theme, middle, is_open=self.isChecked())
        painter.end()
