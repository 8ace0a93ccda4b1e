# SPDX-License-Identifier: MIT
"""What the page of cases remembers between two starts, as one piece of bytes."""

from __future__ import annotations

from typing import NamedTuple, Self

from PySide6.QtCore import QByteArray, QDataStream, QIODevice

from ui.cases.column_layout import ColumnLayout


class PageState(NamedTuple):
    """What the user chose on the page.

    Attributes:
        split: where the edge of the pane is; empty where nobody moved it.
        columns: which columns are in sight, where, and how wide.
        tab: which tab of the pane is in sight.
    """

    split: QByteArray
    columns: ColumnLayout
    tab: QByteArray

    def written(self) -> QByteArray:
        """All of it, for ``read``."""
        state = QByteArray()
        stream = QDataStream(state, QIODevice.OpenModeFlag.WriteOnly)
        stream << self.split << QByteArray(self.columns.written().encode()) << self.tab
        return state

    @classmethod
    def read(cls, state: QByteArray) -> Self:
        """What was written; what cannot be read is as it usually is."""
        split, columns, tab = QByteArray(), QByteArray(), QByteArray()
        stream = QDataStream(state)
        stream >> split >> columns >> tab
        text = bytes(columns.data()).decode(errors="replace")
        return cls(split, ColumnLayout.read(text), tab)
