# SPDX-License-Identifier: MIT
"""The entries in sight as a table that fetches the next page when somebody scrolls there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from models.trail import Page, Told, local_time, utc_time
from ui.theme import Theme
from ui.widgets.plain_tip import plain_tip

Index = QModelIndex | QPersistentModelIndex

WHEN, WHO, WHAT, CASE, CHANGES, REASON = range(6)


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("audit", text)


class TrailModel(QAbstractTableModel):
    """Entries, the newest first.

    Signals:
        more_wanted: (key of the next page)

    Attributes:
        entries: those that are there so far.
    """

    more_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._after = 0
        self._waits = False
        self.entries: list[Told] = []

    def begin(self, page: Page) -> None:
        """Show the first page."""
        self.beginResetModel()
        self.entries = list(page.entries)
        self._after, self._waits = page.after, False
        self.endResetModel()

    def go_on(self, page: Page) -> None:
        """Add the next page."""
        self._after, self._waits = page.after, False
        if page.entries:
            first = len(self.entries)
            self.beginInsertRows(QModelIndex(), first, first + len(page.entries) - 1)
            self.entries += page.entries
            self.endInsertRows()

    @property
    def is_whole(self) -> bool:
        """Whether nothing more is to be fetched."""
        return not self._after

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and bool(self._after) and not self._waits

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._waits = True
            self.more_wanted.emit(self._after)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(headings())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return headings()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        told, column = self.entries[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return texts(told)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(utc_time(told) if column == WHEN else texts(told)[column])
        if role == Qt.ItemDataRole.ForegroundRole:
            muted = column in (WHEN, REASON)
            return self._theme.color("text_muted" if muted else "text")
        return None


def headings() -> Sequence[str]:
    """What the columns are called."""
    return tr("When"), tr("Who"), tr("What"), tr("Case"), tr("Changes"), tr("Reason")


def texts(told: Told) -> tuple[str, ...]:
    """What stands in a row."""
    reason = " ".join(told.reason.split())
    return local_time(told), told.user, told.deed, told.about, told.summary(), reason
