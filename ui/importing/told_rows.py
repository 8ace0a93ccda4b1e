# SPDX-License-Identifier: MIT
"""A table of a preview: texts that are made when a row comes into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ui.widgets.text_table import Index

R = TypeVar("R")


class ToldRows(QAbstractTableModel, Generic[R]):
    """Rows of whatever kind, each told in as many texts as there are headings.

    Args:
        in_words: makes the texts of a row.
    """

    def __init__(
        self,
        rows: Sequence[R],
        headings: Sequence[str],
        in_words: Callable[[R], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._in_words = in_words
        self._rows = rows
        self._headings = tuple(headings)

    def told(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        return self._in_words(self._rows[row])

    def chosen_anew(self) -> None:
        """Something was decided otherwise."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.told(index.row())[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None
