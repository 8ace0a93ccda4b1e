# SPDX-License-Identifier: MIT
"""What a chip offers, with checks: a list, and for levels a grid with a line for each region."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.query import field_of, folded
from models.query.chips import Chip, Offer
from models.vocabulary import Level
from ui.theme import Theme, set_kind

_MOST_ROWS = 12
_ROW, _CELL, _MARGIN = 30, (40, 30), 2
_AROUND = 52
_OFFER = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_Index = QModelIndex | QPersistentModelIndex


class OfferView(QTableView):
    """The offers of a chip.

    Space and a click switch an offer, Enter too and then it is done. Letters go to the offer that
    begins so, or of which a word or another name does.

    Signals:
        switched: (Offer, bool) it is to be switched, and whether that was all.
    """

    switched = Signal(object, bool)

    def __init__(self, theme: Theme, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typed = ""
        self._since_typing = QElapsedTimer()
        self._is_grid = chip.field == "level"
        self._items: list[QStandardItem] = []
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Cell(theme, self) if self._is_grid else _Line(self))
        self.setAccessibleName(chip.label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        set_kind(self, "levels" if self._is_grid else "offers")
        self.set_offers(chip.offers)
        self.clicked.connect(lambda index: self._switch(index, done=False))

    def set_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these."""
        self._model.clear()
        self._items.clear()
        self._fill(_by_region(offers) if self._is_grid else [(offer,) for offer in offers])
        self._size_cells()
        self.updateGeometry()

    @property
    def labels(self) -> list[str]:
        """What is offered."""
        return [item.text() for item in self._items]

    def show_on(self, is_on: Callable[[Offer], bool]) -> None:
        """Check those that are on."""
        checked, unchecked = Qt.CheckState.Checked, Qt.CheckState.Unchecked
        for item in self._items:
            item.setCheckState(checked if is_on(item.data(_OFFER)) else unchecked)

    def go_to_first_on(self) -> None:
        """Begin at the first offer that is on, or at the first of all."""
        for item in (*self._items_on(), *self._items)[:1]:
            self.setCurrentIndex(item.index())

    @property
    def labels_on(self) -> list[str]:
        """What is checked."""
        return [item.text() for item in self._items_on()]

    def sizeHint(self) -> QSize:
        rows, columns = self._model.rowCount(), self._model.columnCount()
        height = min(rows, _MOST_ROWS) * self.verticalHeader().defaultSectionSize()
        width = columns * self.horizontalHeader().defaultSectionSize()
        bar = self.verticalScrollBar().sizeHint().width() if rows > _MOST_ROWS else 0
        return QSize(width + bar, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, *_ENTER):
            self._switch(self.currentIndex(), done=event.key() != Qt.Key.Key_Space)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        pause = QApplication.keyboardInputInterval()
        goes_on = self._since_typing.isValid() and not self._since_typing.hasExpired(pause)
        self._typed = f"{self._typed if goes_on else ''}{search}"
        self._since_typing.start()
        wanted = folded(self._typed)
        for answers in (_begins, _has_word, _is_called):
            for item in self._items:
                if answers(item.data(_OFFER), wanted):
                    self.setCurrentIndex(item.index())
                    return

    def _fill(self, lines: Sequence[Sequence[Offer]]) -> None:
        for row, line in enumerate(lines):
            for column, offer in enumerate(line):
                item = QStandardItem(offer.label)
                item.setData(offer, _OFFER)
                item.setCheckState(Qt.CheckState.Unchecked)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self._model.setItem(row, column, item)
                self._items.append(item)
        for row in range(self._model.rowCount()):
            for column in range(self._model.columnCount()):
                if self._model.item(row, column) is None:
                    nothing = QStandardItem()
                    nothing.setFlags(Qt.ItemFlag.NoItemFlags)
                    self._model.setItem(row, column, nothing)

    def _size_cells(self) -> None:
        px = self._theme.px
        width, height = px(_CELL[0]), px(_CELL[1])
        if not self._is_grid:
            texts = [item.text() for item in self._items]
            widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
            width, height = widest + px(_AROUND), px(_ROW)
        for header, size in ((self.horizontalHeader(), width), (self.verticalHeader(), height)):
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(size)
        self.horizontalHeader().setStretchLastSection(not self._is_grid)

    def _items_on(self) -> list[QStandardItem]:
        on = Qt.CheckState.Checked
        return [item for item in self._items if item.checkState() is on]

    def _switch(self, index: QModelIndex, *, done: bool) -> None:
        offer = index.data(_OFFER)
        if offer is not None:
            self.switched.emit(offer, done)


class _Line(QStyledItemDelegate):
    """A check and a label; the whole line is one, whatever part of it has the focus."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class _Cell(QStyledItemDelegate):
    """A level: filled while it is on."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        color, px = self._theme.color, self._theme.px
        is_on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        margin, radius = px(_MARGIN) + 0.5, self._theme.radius("radius_small")
        box = QRectF(option.rect).adjusted(margin, margin, -margin, -margin)
        edge = color("focus" if is_current else "accent" if is_on else "control_edge")
        ground = color("accent_soft" if is_on else "hover" if is_hovered else "surface")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, px(2) if is_current else 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(color("accent" if is_on else "text"))
        painter.setFont(option.font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()


def _by_region(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    return [tuple(line) for _, line in groupby(offers, lambda o: Level(o.term.values[0]).region)]


def _begins(offer: Offer, wanted: str) -> bool:
    return folded(offer.label).startswith(wanted)


def _has_word(offer: Offer, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in folded(offer.label).split())


def _is_called(offer: Offer, wanted: str) -> bool:
    return any(folded(name).startswith(wanted) for name in _other_names(offer))


def _other_names(offer: Offer) -> Iterator[str]:
    for code in offer.term.values:
        value = field_of(offer.term.field).value(code)
        yield from value.names if value else ()
