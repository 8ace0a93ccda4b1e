# SPDX-License-Identifier: MIT
"""The rows of two versions side by side: what both began from, mine, theirs, and what is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from models.history.places import field_at
from models.reconciling import Choice, Choices, Side
from ui.theme import Theme
from ui.widgets.text_table import Index

_PADDING = 11
BASE, MINE, THEIRS, TAKEN = 1, 2, 3, 4


class ClashRows(QAbstractTableModel):
    """Fields in which two versions differ.

    Args:
        rows: what is shown.
        chosen: tells what was chosen.
        headings: of the columns.
    """

    def __init__(
        self,
        rows: Sequence[Choice],
        chosen: Callable[[], Choices],
        headings: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._chosen, self._headings = list(rows), chosen, tuple(headings)

    def choice(self, row: int) -> Choice:
        """What stands in a row."""
        return self._rows[row]

    def side(self, row: int) -> Side | None:
        """Whose value is taken; None while somebody has to decide."""
        one = self._rows[row]
        return self._chosen().get(one.spot) or one.changed_by

    def chosen_anew(self) -> None:
        """Something was decided otherwise."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, TAKEN))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._told(row)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column == _COLUMNS.get(self.side(row)):
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _told(self, row: int) -> tuple[str, ...]:
        one = self._rows[row]
        taken = {None: _tr("To be decided"), Side.MINE: _tr("Mine"), Side.THEIRS: _tr("Theirs")}
        values = (one.base or "–", one.mine or "–", one.theirs or "–")
        return field_at(one.place, one.label), *values, taken[self.side(row)]


class Wrapping(QStyledItemDelegate):
    """Gives a row the height of its words, with the room that the style leaves around them."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        self.initStyleOption(option, index)
        wide = self._table.columnWidth(index.column()) - 2 * self._theme.px(_PADDING)
        words = option.fontMetrics.boundingRect(
            QRect(0, 0, max(wide, 1), 0), Qt.TextFlag.TextWordWrap, option.text
        )
        hint.setHeight(max(hint.height(), words.height() + self._theme.px(_PADDING)))
        return hint


_COLUMNS: dict[Side | None, int] = {Side.MINE: MINE, Side.THEIRS: THEIRS}


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
