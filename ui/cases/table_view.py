# SPDX-License-Identifier: MIT
"""The table of cases as a control: rows are chosen as a whole, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from models.caselist import Query
from ui.cases.arrangement import ColumnArrangement
from ui.cases.column_layout import ColumnLayout
from ui.cases.columns import Column
from ui.cases.delegates import DELEGATES, ROW_HEIGHT, RowDelegate
from ui.cases.heading import Heading
from ui.cases.run_painter import RunPainter, fill
from ui.cases.sorting import first_direction, heading_of
from ui.cases.table_model import CaseTableModel
from ui.theme import Theme, set_kind
from ui.topics import CASES, below, set_topic
from ui.widgets.rows import dress_rows, lay_ground

if TYPE_CHECKING:
    from ui.cases.columns_menu import ColumnsMenu
    from ui.cases.sort_menu import SortMenu

_FOCUS_BAR = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaseTableView(QTableView):
    """Shows a ``CaseTableModel``.

    Signals:
        opened: a row was double-clicked, or Enter was pressed on it.
        typed: text was typed into the table; it is meant for the search.
        sort_chosen: another order was asked for; the ``SortBy`` and whether descending.
        chosen_changed: other rows are selected.
        menu_wanted: the context menu, at a place on the screen.
        columns_wanted: the columns are to be arranged in a dialog.
        bin_wanted: the selected cases are to go into the bin.

    Attributes:
        arrangement: which columns are in sight, where, and how wide.
    """

    opened = Signal(int)
    typed = Signal(str)
    sort_chosen = Signal(object, bool)
    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)
    columns_wanted = Signal()
    bin_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        model: CaseTableModel,
        columns: Sequence[Column],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_topic(self, below(CASES, "The list"))
        self._theme = theme
        self._columns = tuple(columns)
        self._cases = model
        self._texts = RunPainter(theme, self)
        self._hovered = -1
        self._held: tuple[int, int | None] | None = None
        lay_ground(self)
        set_kind(self, "list")
        self.setAccessibleName(self.tr("Cases"))
        # Before the model, of which Qt's own heading would measure every column first.
        self._heading = Heading(theme, self._columns, self)
        self.setHorizontalHeader(self._heading)
        self.setModel(model)
        self.arrangement = ColumnArrangement(
            theme, self, self._heading, self._columns, self._texts, model.sample
        )
        self._set_up()
        for section, column in enumerate(self._columns):
            self.setItemDelegateForColumn(section, self._delegate(column))
        self._heading.setSortIndicatorShown(True)
        self.show_sorting(Query())
        self._heading.sectionClicked.connect(self._click_heading)
        self._heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._heading.customContextMenuRequested.connect(self._show_heading_menu)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        model.modelReset.connect(self.chosen_changed)
        theme.follow(self._dress)
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

    def hold_place(self, *, stays: bool) -> None:
        """The list is about to be read anew; where it ``stays``, what is in sight stays there."""
        self._held = None
        if stays:
            first = next((rows.start for rows in self.chosen()), -1)
            is_seen = first in self.rows_in_sight()
            top = self.visualRect(self._cases.index(first, 0)).top() if is_seen else None
            self._held = self.verticalScrollBar().value(), top

    def show_row(self, row: int) -> None:
        """Bring a row into sight, or to the place that the chosen one had, if that was held."""
        index, bar = self._cases.index(row, 0), self.verticalScrollBar()
        if self._held is None:
            self.scrollTo(index)
            return
        (value, top), self._held = self._held, None
        self.executeDelayedItemsLayout()
        bar.setValue(value)
        if top is not None:
            bar.setValue(bar.value() + self.visualRect(index).top() - top)

    def paint_now(self) -> None:
        """Bring what the model holds into sight before anything else is done.

        What has waited for the list would take turns with its painting.
        """
        self.executeDelayedItemsLayout()
        # With the scroll bar, which takes room from the columns.
        self.updateGeometries()
        self.viewport().repaint()

    def copy(self) -> None:
        """Put the selected rows on the clipboard: the columns in sight, as they stand."""
        from ui.cases.copied import CopiedRows

        rows = CopiedRows(self.arrangement.in_sight)
        clipboard = QGuiApplication.clipboard()
        self._cases.copy_rows(self.chosen(), rows, clipboard.setMimeData)

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
        from ui.cases.sort_menu import SortMenu

        menu = SortMenu(self._cases.query, self)
        menu.chosen.connect(self.sort_chosen)
        return menu

    def _click_heading(self, section: int) -> None:
        sort, asked = self._columns[section].sort, self._cases.query
        if heading_of(asked.sort) is sort:
            self.sort_chosen.emit(asked.sort, not asked.descending)
        else:
            self.sort_chosen.emit(sort, first_direction(sort))

    def show_sort_menu(self) -> None:
        """Let the user choose what the list is sorted by, from the keyboard too."""
        self._pop_up(self.sort_menu(), QPoint(0, self._heading.height()))

    def _show_heading_menu(self, place: QPoint) -> None:
        menu = self.columns_menu()
        menu.addSeparator()
        sorting = self.sort_menu()
        sorting.setParent(menu, sorting.windowFlags())
        menu.addMenu(sorting)
        self._pop_up(menu, place)

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._heading.mapToGlobal(place))

    # columns

    def columns_menu(self) -> ColumnsMenu:
        """Which columns are in sight."""
        from ui.cases.columns_menu import ColumnsMenu

        menu = ColumnsMenu(self._columns, self.arrangement.layout, self)
        menu.chosen.connect(self.arrangement.arrange)
        menu.dialog_wanted.connect(self.columns_wanted)
        return menu

    def reset_columns(self) -> None:
        """Show the columns as they usually are."""
        self.arrangement.arrange(ColumnLayout())

    def _dress(self) -> None:
        self.setFont(self._theme.numbers_font())
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_HEIGHT))
        self.arrangement.measure()
        self.viewport().update()

    def _set_up(self) -> None:
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _delegate(self, column: Column) -> RowDelegate:
        kind = DELEGATES.get(column.key, RowDelegate)
        return kind(self._theme, column, self._texts, self._heading, self)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # The layout first: what stands where is asked for here.
        self.executeDelayedItemsLayout()
        self._paint_ground(event.rect())
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex().isValid():
            self._paint_focus(self.currentIndex().row())

    def _paint_ground(self, part: QRect) -> None:
        """What the cells of a row stand on: whether it is selected, or under the mouse.

        Once for all of them, of which there are a dozen.
        """
        first = self.rowAt(part.top())
        if first < 0:
            return
        last = self.rowAt(part.bottom())
        width = min(self._heading.length() - self._heading.offset(), self.viewport().width())
        painter, color = QPainter(self.viewport()), self._texts.color
        for row in range(first, (last if last >= 0 else self._cases.rowCount() - 1) + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if self.selectionModel().isRowSelected(row):
                fill(painter, QRect(0, top, width, height), color("selection"))
            elif row == self._hovered:
                fill(painter, QRect(0, top, width, height), color("hover"))
            fill(painter, QRect(0, top + height - 1, width, 1), color("hairline"))
        painter.end()

    def _paint_focus(self, row: int) -> None:
        """A bar at the left end of the current row; Qt has colored the selected ones meanwhile."""
        painter, left = QPainter(self.viewport()), -self._heading.offset()
        top, width = self.rowViewportPosition(row), self._theme.px(_FOCUS_BAR)
        fill(painter, QRect(left, top, width, self.rowHeight(row)), self._texts.color("focus"))
        painter.end()

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.currentIndex()
        if event.key() in _ENTER and plain and current.isValid():
            self.opened.emit(current.row())
        elif event.key() == Qt.Key.Key_Delete and plain:
            self.bin_wanted.emit()
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
        self.arrangement.fit()

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        former, self._hovered = self._hovered, row
        for changed in (former, row):
            height = self.rowHeight(changed) if changed >= 0 else 0
            self.viewport().update(
                0, self.rowViewportPosition(changed), self.viewport().width(), height
            )

    def _ask_for_menu(self, place: QPoint) -> None:
        at = place
        if not self.indexAt(place).isValid() and self.currentIndex().isValid():
            at = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))
