# SPDX-License-Identifier: MIT
"""The saved filters with what they ask for: to rename them, to delete them, and to undo that."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.filters import NamedFilter
from models.query import words_of
from ui.filters.shelf import FilterShelf
from ui.filters.shelf_dialog import Change, ShelfDialog
from ui.measures import gap, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.plain_tip import plain_tip

_WIDTH, _HEIGHT, _NAME_WIDTH = 680, 380, 300
_ROW, _AROUND = 34, 16
_ANY_HEIGHT = 10_000
_NAME, _WORDS = 0, 1
_BESIDE = {_NAME: 8, _WORDS: 12}
"""What a cell leaves at either side; the names have a column that is just wide enough for them."""
_KEPT = Qt.ItemDataRole.UserRole


class ManageDialog(ShelfDialog):
    """One line a filter. F2 renames, Delete deletes, and Ctrl+Z takes the last change back.

    Attributes:
        table: the filters.
        rename, delete, undo: the buttons.
    """

    def __init__(self, theme: Theme, shelf: FilterShelf, parent: QWidget | None = None) -> None:
        super().__init__(theme, shelf, parent)
        self._back: list[Change] = []
        self._filling = False
        # The last column has its width only when all has found its place.
        self._placed = QTimer(self, singleShot=True, interval=0)
        self._placed.timeout.connect(self._fit_rows)
        self.setWindowTitle(self.tr("Saved filters"))
        self.table = QTableWidget(0, 2, self)
        self.rename = QPushButton(self.tr("&Rename"), self)
        self.delete = QPushButton(self.tr("&Delete"), self)
        self.undo = QPushButton(self.tr("&Undo"), self)
        self._close = QPushButton(self.tr("Close"), self)
        for button in (self.rename, self.delete, self.undo):
            guard(button, "change_filters")
        self._arrange()
        self.rename.clicked.connect(self._edit_name)
        self.delete.clicked.connect(self._delete)
        self.undo.clicked.connect(self._undo)
        self._close.clicked.connect(self.accept)
        self.table.itemChanged.connect(self._take_name)
        self.table.itemSelectionChanged.connect(self._allow)
        shelf.changed.connect(self._fill)
        theme.follow(self._fit_names)
        for key, act in (
            (QKeySequence.StandardKey.Delete, self._delete),
            (QKeySequence.StandardKey.Undo, self._undo),
        ):
            QShortcut(key, self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._fill()
        self.table.selectRow(0)
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The heading has its padding only now, and may be longer than every name.
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed.start()

    def _arrange(self) -> None:
        self._dress_table()
        set_kind(self.delete, "danger")
        set_kind(self._close, "primary")
        title = QLabel(self.tr("Saved filters"), self)
        about = QLabel(self.tr("They are there for everybody who opens this logbook."), self)
        set_kind(title, "title")
        set_kind(about, "muted")
        about.setWordWrap(True)
        buttons = QHBoxLayout()
        keep(self._theme, buttons.setSpacing, 8)
        for button in (self.rename, self.delete, self.undo, self._close):
            button.setAutoDefault(False)
            if button is self._close:
                buttons.addStretch(1)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        keep(self._theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(self._theme, layout.setSpacing, 8)
        for widget in (title, about):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        gap(self._theme, layout, 4)
        layout.addLayout(buttons)
        self.resize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def _dress_table(self) -> None:
        table = self.table
        table.setAccessibleName(self.tr("Saved filters"))
        table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Asks for")])
        for column in (_NAME, _WORDS):
            head = table.horizontalHeaderItem(column)
            assert head is not None
            head.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.sectionResized.connect(lambda *_: self._fit_rows())
        set_kind(table, "rows")

    # what is listed

    def _fill(self) -> None:
        if self.table.state() is QAbstractItemView.State.EditingState:
            return
        chosen, row = self._chosen(), max(self.table.currentRow(), 0)
        self._filling = True
        self.table.setRowCount(len(self._shelf.named))
        for place, kept in enumerate(self._shelf.named):
            self.table.setItem(place, _NAME, self._name_item(kept))
            self.table.setItem(place, _WORDS, self._words_item(kept))
            if chosen is not None and kept.id == chosen.id:
                row = place
        self._filling = False
        self._fit_names()
        if self.table.rowCount():
            self.table.selectRow(min(row, self.table.rowCount() - 1))
        self._allow()

    def _fit_names(self) -> None:
        widest = self._theme.px(_NAME_WIDTH)
        self.table.resizeColumnToContents(_NAME)
        self.table.setColumnWidth(_NAME, min(self.table.columnWidth(_NAME), widest))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """As high as the words that take two lines. Qt forgets the padding of the style sheet."""
        table, px = self.table, self._theme.px
        for row in range(table.rowCount()):
            high = max(self._height(table.item(row, column)) for column in (_NAME, _WORDS))
            table.setRowHeight(row, max(high + px(_AROUND), px(_ROW)))

    def _height(self, item: QTableWidgetItem | None) -> int:
        if item is None:
            return 0
        beside = 2 * self._theme.px(_BESIDE[item.column()])
        room = max(self.table.columnWidth(item.column()) - beside, 1)
        box, wraps = QRect(0, 0, room, _ANY_HEIGHT), Qt.TextFlag.TextWordWrap
        return self.table.fontMetrics().boundingRect(box, wraps, item.text()).height()

    def _name_item(self, kept: NamedFilter) -> QTableWidgetItem:
        item = QTableWidgetItem(kept.name)
        item.setData(_KEPT, kept)
        item.setToolTip(plain_tip(kept.name))
        return item

    def _words_item(self, kept: NamedFilter) -> QTableWidgetItem:
        problem = kept.problem
        words = words_of(kept.filter) if kept.filter is not None else str(problem)
        item = QTableWidgetItem(words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setToolTip(plain_tip(f"{words}\n{kept.text}"))
        if problem is not None:
            item.setForeground(self._theme.color("error"))
        return item

    def _chosen(self) -> NamedFilter | None:
        item = self.table.item(self.table.currentRow(), _NAME)
        return item.data(_KEPT) if item is not None else None

    def _allow(self) -> None:
        for button in (self.rename, self.delete):
            button.setEnabled(self._chosen() is not None)
        self.undo.setEnabled(bool(self._back))

    # what is changed

    def _edit_name(self) -> None:
        item = self.table.item(self.table.currentRow(), _NAME)
        if item is not None:
            self.table.editItem(item)

    def _take_name(self, item: QTableWidgetItem) -> None:
        if self._filling or item.column() != _NAME:
            return
        kept: NamedFilter = item.data(_KEPT)
        if item.text() == kept.name:
            return
        self.say("")
        back = partial(self._shelf.rename, kept, kept.name)
        rename = partial(self._shelf.rename, kept, item.text())
        self.change(rename, partial(self._remember, back), self._refuse_name)

    def _refuse_name(self, error: LogbookError) -> None:
        self.tell(error)
        self._fill()

    def _delete(self) -> None:
        kept = self._chosen()
        if kept is not None:
            self.say("")
            back = partial(self._shelf.restore, kept)
            self.change(partial(self._shelf.delete, kept), partial(self._remember, back))

    def _remember(self, back: Change) -> None:
        self._back.append(back)
        self._allow()

    def _undo(self) -> None:
        if self._back:
            self.say("")
            back = self._back.pop()
            self._allow()
            self.change(back, self._allow)
