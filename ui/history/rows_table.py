# SPDX-License-Identifier: MIT
"""A table of fields to read and to copy: the changes of a version, or a whole case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.formulas import defused
from models.history import Cell
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_BESIDE, _ABOVE_AND_BELOW = 12, 14
_ANY_HEIGHT = 10_000
_SIGNED_NUMBER = re.compile(r"[+-]\d+(\.\d+)?( [^\W\d]+|°)?")
_NARROW = 520  # where the first two columns become one


@dataclass(frozen=True, slots=True)
class Shown:
    """One row.

    Attributes:
        cell: what can be brought back there; None for nothing.
        is_heading: it stands over the rows below it.
        is_marked: it is another one today.
    """

    texts: tuple[str, ...]
    cell: Cell | None = None
    is_heading: bool = False
    is_marked: bool = False


class RowsModel(QAbstractTableModel):
    """Rows of text. Muted columns stand back behind the others."""

    def __init__(
        self, theme: Theme, headings: Sequence[str], muted: frozenset[int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._headings = list(headings)
        self._muted = muted
        self._is_joined = False
        self.rows: list[Shown] = []

    def show(self, rows: Sequence[Shown]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def join(self, *, joined: bool) -> None:
        """Say the first column in the second one."""
        self._is_joined = joined

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        texts = self.rows[row].texts
        if self._is_joined and column == 1:
            return f"{texts[0]}: {texts[1]}"
        return texts[column]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.FontRole and row.is_heading:
            return self._theme.font("body", QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.BackgroundRole:
            if row.is_heading:
                return self._theme.color("raised")
            return self._theme.color("warning_soft") if row.is_marked else None
        if role == Qt.ItemDataRole.ForegroundRole:
            is_muted = column in self._muted and not row.is_heading and not row.is_marked
            return self._theme.color("text_muted" if is_muted else "text")
        return None


class RowsTable(QTableView):
    """Reads like a page: words wrap, rows are as high as their words.

    Where it is narrow, one that ``joins`` says its first column in the second.

    Signals:
        current_changed: another row has the cursor.
        opened: Enter or a double click on a row.
        menu_wanted: (place on the screen)
        copy_wanted: (text, rows) these are wanted on the clipboard.
    """

    current_changed = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)
    copy_wanted = Signal(str, int)

    def __init__(
        self,
        theme: Theme,
        headings: Sequence[str],
        shares: Sequence[int],
        muted: frozenset[int],
        parent: QWidget,
        *,
        joins: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares = shares
        self._joins = joins
        self._left_out: frozenset[int] = frozenset()
        self._model = RowsModel(theme, headings, muted, self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setProperty("kind", "rows")
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda spot: self.menu_wanted.emit(self.viewport().mapToGlobal(spot))
        )
        self.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        theme.follow(self._fitting.start)

    def show_rows(self, rows: Sequence[Shown], left_out: frozenset[int] = frozenset()) -> None:
        """Show these rows, the first one chosen, without the columns that are left out."""
        self._left_out = left_out
        self.clearSpans()
        self._model.show(rows)
        for number, row in enumerate(rows):
            if row.is_heading:
                self.setSpan(number, 0, 1, self._model.columnCount())
        first = next((n for n, row in enumerate(rows) if not row.is_heading), None)
        if first is not None:
            self.choose(first)
        self._fitting.start()
        self.current_changed.emit()

    def choose(self, row: int) -> None:
        """Put the cursor on this row, and nothing else into the selection."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._model.index(row, 1), flags.ClearAndSelect | flags.Rows
        )

    @property
    def rows(self) -> list[Shown]:
        """What is shown."""
        return self._model.rows

    @property
    def row(self) -> Shown | None:
        """The row with the cursor."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    def copy(self) -> None:
        """Ask for the selected rows on the clipboard, columns parted by tabs."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        texts = ("\t".join(_flat(self._model.rows[row].texts)) for row in chosen)
        if chosen:
            self.copy_wanted.emit("\n".join(texts), len(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    def _fit(self) -> None:
        width = self.viewport().width()
        is_narrow = self._joins and width < self._theme.px(_NARROW) and 1 not in self._left_out
        self._model.join(joined=is_narrow)
        hidden = self._left_out | ({0} if is_narrow else set())
        for column in range(len(self._shares)):
            self.setColumnHidden(column, column in hidden)
        shown = [column for column in range(len(self._shares)) if column not in hidden]
        shares = [self._shares[column] for column in shown]
        wishes = [self._wish(column) for column in shown]
        # Where the longest words have no room beside each other, one scrolls to them.
        width = max(width, sum(least for least, _ in wishes))
        for column, wide in zip(shown, shared_width(width, wishes, shares), strict=True):
            self.setColumnWidth(column, wide)
        for row in range(self._model.rowCount()):
            self.setRowHeight(row, self._height(row))

    def _wish(self, column: int) -> tuple[int, int]:
        """What the longest word and what the longest text of a column need."""
        letters, beside = self.fontMetrics().horizontalAdvance, 2 * self._theme.px(_BESIDE)
        rows = self._model.rows
        texts = {self._model.text(n, column) for n, row in enumerate(rows) if not row.is_heading}
        head = self.horizontalHeader().sectionSizeHint(column)
        words = {word for text in texts for word in text.split()}
        # A text that is just as wide as its room would still be broken.
        around = beside + 1
        least = max(map(letters, words), default=0) + around
        return max(least, head), max(max(map(letters, texts), default=0) + around, head)

    def _height(self, row: int) -> int:
        """As high as its words are. Qt forgets the style sheet's padding when they wrap."""
        metrics, beside = self.fontMetrics(), 2 * self._theme.px(_BESIDE)
        heights = [
            metrics.boundingRect(
                QRect(0, 0, max(self.columnWidth(column) - beside, 1), _ANY_HEIGHT),
                Qt.TextFlag.TextWordWrap,
                self._model.text(row, column),
            ).height()
            for column in range(self._model.columnCount())
            if not self.isColumnHidden(column) and not self._model.rows[row].is_heading
        ]
        return max(heights, default=metrics.height()) + self._theme.px(_ABOVE_AND_BELOW)


class _Painter(QStyledItemDelegate):
    """Paints the ground of marked rows, which the style sheet would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


def shared_width(width: int, wishes: Sequence[tuple[int, int]], shares: Sequence[int]) -> list[int]:
    """Share a width out between columns.

    Each gets what its longest word needs, then what its texts need to stand in one line, and what
    is left by its share.

    Args:
        width: of all together, in pixels.
        wishes: what the longest word and the longest text of each column need.
        shares: how columns share what none of them needs.
    """
    least, most = (list(ends) for ends in zip(*wishes, strict=True))
    if sum(least) >= width:
        return _filled(least, least, width)
    if sum(most) <= width:
        return _filled(most, shares, width)
    widths, spare = least, width - sum(least)
    # Texts that lack little get it before one that is long takes the rest.
    order = sorted(range(len(wishes)), key=lambda place: most[place] - least[place])
    for left, place in zip(range(len(order), 0, -1), order, strict=True):
        given = min(most[place] - least[place], spare // left)
        widths[place] += given
        spare -= given
    widths[order[-1]] += spare
    return widths


def _filled(widths: Sequence[int], parts: Sequence[int], width: int) -> list[int]:
    """The widths with what is left, or lacks, shared out by these parts."""
    spare, total = width - sum(widths), max(sum(parts), 1)
    filled = [wide + int(spare * part / total) for wide, part in zip(widths, parts, strict=True)]
    filled[-1] += width - sum(filled)
    return filled


def _flat(texts: Sequence[str]) -> list[str]:
    """In one line each, and so that none runs as a formula where it is pasted."""
    flat = (" ".join(text.split()) for text in texts)
    return [text if _SIGNED_NUMBER.fullmatch(text) else defused(text) for text in flat]
