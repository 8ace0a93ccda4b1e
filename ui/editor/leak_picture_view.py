# SPDX-License-Identifier: MIT
"""Blocks of a treated level with the pictogram of its leaks beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from models.schema import Leak, Record, TreatedLevel
from ui.editor.case_rows import Subject
from ui.measures import keep
from ui.theme import Theme
from ui.widgets.field_box import FieldBox
from ui.widgets.field_form import FieldForm
from ui.widgets.leak_pictogram import LeakPictogram
from ui.widgets.leak_view import leak_picture

_LEAST_BESIDE = 620
"""Width at scale 1 from which the pictogram stands beside the fields."""


if TYPE_CHECKING:
    from ui.editor.column import BlockColumn


class LeakPictureView(QWidget):
    """Shows a column of blocks, and what they say of cement and leaks as a picture.

    Args:
        column: the blocks, made by the caller; they become children of this widget.
    """

    def __init__(
        self, column: BlockColumn, form: FieldForm, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = column
        self._subject: Subject | None = None
        self.pictogram = LeakPictogram(theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setSpacing, 12)
        self._layout.addWidget(column, 1)
        self._layout.addWidget(self.pictogram, 0, Qt.AlignmentFlag.AlignTop)
        form.edited.connect(self._on_edited)
        theme.follow(self._turn)

    def make_ready(self, subject: Subject) -> Iterator[None]:
        """Make what the column is going to need, a piece for each step."""
        return self._column.make_ready(subject)

    def show_subject(self, subject: Subject) -> None:
        """Show this level."""
        self._subject = subject
        self._column.show_subject(subject)
        self._draw()

    def follow(self, subject: Subject) -> None:
        """Show this level as it is now."""
        self._subject = subject
        self._column.follow(subject)
        self._draw()

    def find_box(self, row_id: str, field: str) -> FieldBox | None:
        """The box of a field, brought into sight; None if it is not here."""
        return self._column.find_box(row_id, field)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here; the pictogram is none."""
        return self._column.focus_boxes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_LEAST_BESIDE)
        ways = QBoxLayout.Direction
        self._layout.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _on_edited(self, row: Record, _field: str) -> None:
        if self._subject is None or self._subject.level is None:
            return
        is_leak = isinstance(row, Leak) and row.treated_level_id == self._subject.level.id
        if is_leak or row is self._subject.level:
            self._draw()

    def _draw(self) -> None:
        subject = self._subject
        if subject is not None and isinstance(subject.level, TreatedLevel):
            self.pictogram.show_picture(leak_picture(subject.case, subject.level))
