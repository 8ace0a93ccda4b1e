# SPDX-License-Identifier: MIT
"""Controls with their labels above, in as many columns as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind

_NARROWEST = 212


class CellGrid(QWidget):
    """Cells of equal width, filled row by row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._grid.setHorizontalSpacing, 10)
        keep(theme, self._grid.setVerticalSpacing, 6)
        theme.follow(self._place)

    def add(self, label: str, control: QWidget) -> None:
        """Append a control; ``label`` may hold a mnemonic."""
        cell = QWidget(self)
        words = QLabel(label, cell)
        set_kind(words, "small")
        words.setBuddy(control)
        control.setAccessibleName(label.replace("&", ""))
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        keep(self._theme, column.setSpacing, 2)
        column.addWidget(words)
        column.addWidget(control)
        self._cells.append(cell)
        self._columns = 0
        self._place()

    def minimumSizeHint(self) -> QSize:
        # Where there is less room than for these columns, there are fewer.
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _widest(self) -> int:
        return max((cell.minimumSizeHint().width() for cell in self._cells), default=0)

    def _place(self) -> None:
        gap = self._grid.horizontalSpacing()
        narrowest = max(self._theme.px(_NARROWEST), self._widest() + gap)
        fit = max(1, (self.width() + gap) // narrowest)
        columns = min(fit, len(self._cells))
        # Rows that are filled alike look better than a last one with a single cell.
        rows = -(-len(self._cells) // columns) if columns else 0
        columns = -(-len(self._cells) // rows) if rows else 0
        if columns == self._columns:
            return
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for place, cell in enumerate(self._cells):
            self._grid.addWidget(cell, *divmod(place, columns))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
