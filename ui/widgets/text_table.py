# SPDX-License-Identifier: MIT
"""A small table of text that is as high as its rows, up to a number of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from ui.theme import Theme, set_kind

_ROW = 30
_MOST_SHOWN = 10

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; numbers stand at the right. ``stretches`` takes the room that is left."""

    heading: str
    is_number: bool = False
    stretches: bool = False


class TextRows(QAbstractTableModel):
    """Rows of text under their headings; a row may carry a key."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[Sequence[str]] = []
        self._keys: list[str] = []

    def set_rows(self, rows: Sequence[Sequence[str]], keys: Sequence[str] = ()) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self._keys = list(rows), list(keys)
        self.endResetModel()

    def texts_of(self, column: int) -> dict[str, int]:
        """The different texts of a column, each with a row in which it stands."""
        return {row[column]: place for place, row in enumerate(self._rows)}

    def key_of(self, row: int) -> str:
        """The key of a row; "" if it has none."""
        return self._keys[row] if row < len(self._keys) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        is_number = self._columns[column].is_number
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def width_of(table: QTableView, column: int, texts: Mapping[str, int]) -> int:
    """What a column needs for these texts, each of which goes with a row in which it stands.

    Qt would ask for each row, and of each for all there is to know: with a thousand rows that holds
    up the window for a tenth of a second, each time the table finds its place.
    """
    widest = max(texts, key=table.fontMetrics().horizontalAdvance, default=None)
    if widest is None:
        return 0
    hint = table.sizeHintForIndex(table.model().index(texts[widest], column)).width()
    # A cell leaves a line to the grid.
    return hint + int(table.showGrid())


class TextTable(QTableView):
    """Shows text, chooses rows, changes nothing.

    Signals:
        opened: the row with this key was double-clicked, or Enter was pressed on it.
    """

    opened = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        most_shown: int = _MOST_SHOWN,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most_shown = most_shown
        self._rows = TextRows(columns, self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        set_kind(self, "rows")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self._stretching = [place for place, column in enumerate(columns) if column.stretches]
        self._columns = len(columns)
        self._scrolls = True
        self._widths: dict[int, int] = {}
        self._scroll_if_needed()
        self.activated.connect(self._open)
        theme.follow(self._measure)
        self._fit()

    @property
    def rows(self) -> TextRows:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Sequence[str]], keys: Sequence[str] = ()) -> None:
        """Show other rows; ``keys`` are what ``opened`` tells of them."""
        self._widths.clear()
        self._rows.set_rows(rows, keys)
        self._fit()

    def sizeHintForColumn(self, column: int) -> int:
        if column not in self._widths:
            self._widths[column] = width_of(self, column, self._rows.texts_of(column))
        return self._widths[column]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widths.clear()
        super().changeEvent(event)

    def fit_into(self, height: int) -> None:
        """Show as many rows as there is room for, at least one; the others are scrolled to."""
        top = self.horizontalHeader().sizeHint().height()
        below = self.horizontalScrollBar().sizeHint().height() if self._scrolls else 0
        self._most_shown = max((height - top - below - 2) // self._theme.px(_ROW), 1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        self._widths.clear()
        self._fit()

    def _fit(self) -> None:
        self._scroll_if_needed()
        height = self._theme.px(_ROW)
        self.verticalHeader().setDefaultSectionSize(height)
        shown = min(self._rows.rowCount(), self._most_shown)
        below = self.horizontalScrollBar().sizeHint().height() if self._scrolls else 0
        top = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(top + shown * height + 2 + below)

    def _scroll_if_needed(self) -> None:
        """Where not everything can be read beside each other, nothing is cut: it is scrolled."""
        header, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        needed = sum(
            max(self.sizeHintForColumn(place), header.sectionSizeHint(place))
            for place in range(self._columns)
        )
        scrolls = self._rows.rowCount() > 0 and needed > self.viewport().width()
        if scrolls is self._scrolls:
            return
        self._scrolls = scrolls
        policies = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policies.ScrollBarAlwaysOn if scrolls else policies.ScrollBarAlwaysOff
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for place in range(self._columns):
            stretches = place in self._stretching and not scrolls
            header.setSectionResizeMode(place, mode.Stretch if stretches else mode.ResizeToContents)

    def _open(self, index: QModelIndex) -> None:
        if key := self._rows.key_of(index.row()):
            self.opened.emit(key)
