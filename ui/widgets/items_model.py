# SPDX-License-Identifier: MIT
"""The model of a list that shows one row for each item; what a row says is the matter of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class ItemsModel(QAbstractListModel):
    """Holds the items.

    Attributes:
        items: in the order of the rows.
    """

    items: list[Any]

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items = []

    def show(self, items: Sequence[Any]) -> None:
        """Show these, as they come."""
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.items)
