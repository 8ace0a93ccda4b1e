# SPDX-License-Identifier: MIT
"""A table of numbers, of which each row leads to the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.text_table import Column, TextTable


class LinkTable(TextTable):
    """Opens a row that has a key with one click, or with Enter."""

    def __init__(
        self, theme: Theme, name: str, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, columns, parent)
        self.setMouseTracking(True)
        self.clicked.connect(self._follow)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        leads = self.key_at(self.indexAt(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def key_at(self, index: QModelIndex) -> str:
        """The key of a row; "" where there is none."""
        return self.rows.key_of(index.row()) if index.isValid() else ""

    def _follow(self, index: QModelIndex) -> None:
        if key := self.key_at(index):
            self.opened.emit(key)
