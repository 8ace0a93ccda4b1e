# SPDX-License-Identifier: MIT
"""The table of cases as a control: rows are chosen as a whole, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.caselist import CaseLine, Query
from ui.cases.columns import Column, Key
from ui.cases.delegates import DRAWN, ROW_HEIGHT, Heading, RowDelegate, padding
from ui.cases.run_painter import RunPainter
from ui.cases.runs import Run, Runs, shortened
from ui.cases.sort_menu import SortMenu
from ui.cases.sorting import first_direction, heading_of
from ui.cases.table_model import CaseTableModel
from ui.cases.widths import Wish, share_out
from ui.theme import Theme, set_kind

_MOST_TEXTS = 0.9  # of a column's texts decide how wide it wants to be; few long ones do not
_FORMULA = ("=", "+", "-", "@")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaseTableView(QTableView):
    """Shows a ``CaseTableModel``.

    Signals:
        opened: a row was double-clicked, or Enter was pressed on it.
        typed: text was typed into the table; it is meant for the search.
        sort_chosen: another order was asked for; the ``SortBy`` and whether descending.
        chosen_changed: other rows are selected.
        menu_wanted: the context menu, at a place on the screen.
    """

    opened = Signal(int)
    typed = Signal(str)
    sort_chosen = Signal(object, bool)
    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        theme: Theme,
        model: CaseTableModel,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = tuple(columns)
        self._cases = model
        self._texts = RunPainter(theme, self)
        self._hovered = -1
        self._fitting = False
        self._sized_by_user = False
        set_kind(self, "rows")
        self.setAccessibleName(self.tr("Cases"))
        self.setModel(model)
        self._heading = Heading(theme, self._columns, self)
        self.setHorizontalHeader(self._heading)
        self._set_up()
        self._delegates = [self._delegate(column) for column in self._columns]
        self._heading.setSortIndicatorShown(True)
        self.show_sorting(Query())
        self._heading.sectionClicked.connect(self._click_heading)
        self._heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._heading.customContextMenuRequested.connect(self._show_sort_menu)
        self._heading.sectionResized.connect(self._notice_resizing)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        model.modelReset.connect(self.chosen_changed)
        theme.changed.connect(self._dress)
        self._dress()

    # rows

    def chosen(self) -> list[range]:
        """The selected rows, from top to bottom."""
        spans = sorted((part.top(), part.bottom() + 1) for part in self._selection())
        return [range(*span) for span in spans]

    def chosen_count(self) -> int:
        """How many rows are selected."""
        return sum(len(rows) for rows in self.chosen())

    def choose(self, rows: Iterable[int]) -> None:
        """Select these rows and no others; the first becomes the current one."""
        wanted = sorted(set(rows))
        model, last = self._cases, len(self._columns) - 1
        selection = QItemSelection()
        for row in wanted:
            selection.append(QItemSelectionRange(model.index(row, 0), model.index(row, last)))
        flags = QItemSelectionModel.SelectionFlag
        if wanted:
            current = model.index(wanted[0], 0)
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)

    def rows_in_sight(self) -> range:
        """The rows that are painted now."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self._cases.rowCount() - 1) + 1)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as they are seen."""
        self._cases.find_lines(self.chosen(), self._copy_lines)

    def _copy_lines(self, lines: list[CaseLine]) -> None:
        headings = [column.header.replace("\n", " ") for column in self._columns]
        rows = [headings, *([_copied(column, line) for column in self._columns] for line in lines)]
        text = "\n".join("\t".join(row) for row in rows)
        QGuiApplication.clipboard().setText(text)

    def _selection(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    # sorting

    def show_sorting(self, query: Query) -> None:
        """Put the arrow beside the column that the list is sorted by."""
        order = Qt.SortOrder
        shown = heading_of(query.sort)
        sections = (n for n, column in enumerate(self._columns) if column.sort is shown)
        self._heading.setSortIndicator(
            next(sections, -1),
            order.DescendingOrder if query.descending else order.AscendingOrder,
        )

    def sort_menu(self) -> SortMenu:
        """Everything that the list can be sorted by."""
        menu = SortMenu(self._cases.query, self)
        menu.chosen.connect(self.sort_chosen)
        return menu

    def _click_heading(self, section: int) -> None:
        sort, asked = self._columns[section].sort, self._cases.query
        if heading_of(asked.sort) is sort:
            self.sort_chosen.emit(asked.sort, not asked.descending)
        else:
            self.sort_chosen.emit(sort, first_direction(sort))

    def _show_sort_menu(self, place: QPoint) -> None:
        menu = self.sort_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._heading.mapToGlobal(place))

    # widths

    def measure(self) -> None:
        """Find out from the texts that are here how wide the columns should be."""
        sample = self._cases.sample()
        self._wishes = [
            self._wish(section, column, sample) for section, column in enumerate(self._columns)
        ]
        self._fit()

    def _wish(self, section: int, column: Column, sample: Sequence[CaseLine]) -> Wish:
        edges, heading = sum(padding(self._theme, section)), self._heading.heading_width(column)
        bold, whole = column.key is Key.LEVELS, 0
        most, least = (
            ceil(self._texts.width_of((Run(text, bold=bold),)))
            for text in (column.widest, column.narrowest)
        )
        if column.key not in DRAWN and sample:
            texts = [column.runs(line) for line in sample]
            whole = self._width_of_share(1.0, texts) + edges
            most = min(most, self._width_of_share(_MOST_TEXTS, texts))
            least = min(least, self._width_of_share(1.0, [shortened(runs) for runs in texts]))
        narrowest = max(heading, least) + edges
        widest = max(heading + edges, most + edges, narrowest)
        return Wish(widest, narrowest, column.gives, column.folds, whole)

    def _width_of_share(self, share: float, texts: Sequence[Runs]) -> int:
        """Into which this share of the texts fits."""
        widths = sorted(ceil(self._texts.width_of(runs)) for runs in texts)
        return widths[min(int(share * len(widths)), len(widths) - 1)]

    def _fit(self) -> None:
        """Give each column the room that its texts need, as far as there is room."""
        if self._sized_by_user:
            return
        self._fitting = True
        for section, width in enumerate(share_out(self._wishes, self.viewport().width())):
            self._heading.resizeSection(section, width)
        self._fitting = False

    def save_widths(self) -> QByteArray:
        """The widths that the user gave the columns; empty where nobody did."""
        return self._heading.saveState() if self._sized_by_user else QByteArray()

    def restore_widths(self, state: QByteArray) -> None:
        """Take up saved widths."""
        if not state.isEmpty() and self._heading.restoreState(state):
            self._sized_by_user = True
            self.show_sorting(self._cases.query)

    def _notice_resizing(self, section: int, old: int, new: int) -> None:
        if not self._fitting and self.isVisible():
            self._sized_by_user = True

    def _dress(self) -> None:
        self.setFont(self._theme.numbers_font())
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self.measure()
        self.viewport().update()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _delegate(self, column: Column) -> RowDelegate:
        made = DRAWN.get(column.key, RowDelegate)(self._theme, column, self._texts, self)
        self.setItemDelegateForColumn(self._columns.index(column), made)
        return made

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.currentIndex()
        if event.key() in _ENTER and plain and current.isValid():
            self.opened.emit(current.row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt would look through every row for it, also those that are not read yet.
        self.typed.emit(search)

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveHome, moves.MoveEnd):
            row = 0 if action == moves.MoveHome else self._cases.rowCount() - 1
            return self._cases.index(row, max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        for delegate in self._delegates:
            delegate.set_hovered_row(row)
        for changed in (self._hovered, row):
            height = self.rowHeight(changed) if changed >= 0 else 0
            self.viewport().update(
                0, self.rowViewportPosition(changed), self.viewport().width(), height
            )
        self._hovered = row

    def _ask_for_menu(self, place: QPoint) -> None:
        at = place
        if not self.indexAt(place).isValid() and self.currentIndex().isValid():
            at = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))


def _copied(column: Column, line: CaseLine) -> str:
    text = column.spoken(line) if column.key is Key.COURSE else column.text(line)
    text = " ".join(text.split())
    # Free text must not run as a formula where the rows are pasted.
    free = column.key in (Key.PATIENT, Key.PAIN)
    return f"'{text}" if free and text.startswith(_FORMULA) else text
