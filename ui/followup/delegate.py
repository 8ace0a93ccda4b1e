# SPDX-License-Identifier: MIT
"""Paints one row of the page, and tells what in it can be chosen by a click."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from models.followup.duelist import DueLine
from ui.followup import words
from ui.followup.calls import Calls, Settled, Stand
from ui.followup.columns import COLUMNS, Folded, Ink, Key, Piece, Pieces, cell_of
from ui.followup.model import LINE_ROLE
from ui.followup.painting import (
    BESIDE_TYPED,
    BOX_HEIGHT,
    BOX_WIDTH,
    ROW_HEIGHT,
    Act,
    Lettering,
    Placed,
    acts,
    edges,
)
from ui.followup.words import tr
from ui.theme import Theme
from ui.widgets.fold_mark import paint_fold_mark

_GAP = 6
_FOCUS_BAR = 3
_MARK = 14
_RESULT = (Key.PAIN, Key.ANALGESICS, Key.OTHERWISE)
"""The columns over which the result of a visit is told."""

Index = QModelIndex | QPersistentModelIndex


class Folding(Protocol):
    """Whoever shares out the width."""

    @property
    def folded(self) -> Folded:
        """The columns that have no room."""

    @property
    def is_told_beside(self) -> bool:
        """Whether the row with the boxes is covered by what is wrong with its score."""


class DueDelegate(QStyledItemDelegate):
    """One for all columns.

    Attributes:
        is_open: whether whoever looks at it may enter anything.
    """

    def __init__(self, theme: Theme, letters: Lettering, calls: Calls, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._letters = letters
        self._calls = calls
        self._view = view
        self._hovered: tuple[int, Act | None, bool] = (-1, None, False)
        self.is_open = True

    def set_hovered(self, row: int, act: Act | None, *, is_undo: bool) -> None:
        """What is under the mouse; row -1 for nothing."""
        self._hovered = (row, act, is_undo)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        # What came of a visit is told over several cells, each of which paints its part.
        painter.setClipRect(option.rect)
        self._paint_ground(painter, option.rect, index)
        key, line = COLUMNS[index.column()], index.data(LINE_ROLE)
        room = self._inner(option.rect, index.column())
        if line is None:
            waiting = (Piece(str(index.data() or ""), Ink.MUTED),)
            self._letters.paint_line(painter, QRectF(room), waiting)
        elif key in _RESULT:
            self._paint_asking(painter, room, index, line)
        else:
            cell = cell_of(key, line, self._folded)
            self._letters.paint_cell(painter, room, cell, right=key is Key.SO_FAR)
        painter.restore()

    def hit(self, index: Index, cell: QRect, place: QPointF) -> tuple[Act | None, bool]:
        """What can be chosen at this place of a cell, and whether it is the way back."""
        line = index.data(LINE_ROLE)
        if line is None:
            return None, False
        settled = self._calls.settled(line.case.case_id)
        if settled is not None:
            return None, self._undo_box(index.row(), settled).contains(place)
        if COLUMNS[index.column()] is not Key.OTHERWISE or not self.is_open:
            return None, False
        for one in self._placed(self._inner(cell, index.column())):
            if one.box.adjusted(-3, 0, 3, 0).contains(place):
                return one.act, False
        return None, False

    # inside

    @property
    def _table(self) -> Folding:
        view: Folding = self._view  # type: ignore[assignment]
        return view

    @property
    def _folded(self) -> Folded:
        return self._table.folded

    def _inner(self, rect: QRect, section: int) -> QRect:
        left, right = edges(self._theme, section)
        return rect.adjusted(left, 0, -right, -1)

    def _is_current(self, index: Index) -> bool:
        return self._view.currentIndex().row() == index.row()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        color = self._letters.color
        if self._is_current(index):
            painter.fillRect(rect, color("selection"))
        elif index.row() == self._hovered[0]:
            painter.fillRect(rect, color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color("hairline"))
        if index.column() == 0 and self._is_current(index):
            wide = self._theme.px(_FOCUS_BAR)
            painter.fillRect(QRect(rect.left(), rect.top(), wide, rect.height()), color("focus"))

    def _paint_asking(self, painter: QPainter, room: QRect, index: Index, line: DueLine) -> None:
        key, settled = COLUMNS[index.column()], self._calls.settled(line.case.case_id)
        if settled is not None:
            self._paint_result(painter, index.row(), settled)
        elif not self.is_open:
            return
        elif key is Key.PAIN:
            self._paint_pain(painter, room, line)
        elif self._is_current(index) and self._table.is_told_beside:
            return
        elif key is Key.ANALGESICS:
            if not self._is_current(index):
                self._paint_analgesics(painter, room, line)
        else:
            is_here = index.row() == self._hovered[0]
            hovered = self._hovered[1] if is_here else None
            ink = "text" if self._is_current(index) else "text_muted"
            self._letters.paint_acts(painter, self._placed(room), hovered=hovered, ink=ink)

    def _paint_analgesics(self, painter: QPainter, room: QRect, line: DueLine) -> None:
        entry = self._calls.shown(line)
        if entry is not None and (level := entry.analgesics) is not None:
            piece = Piece(level.label, short=level.abbreviated)
            self._letters.paint_line(painter, QRectF(room), (piece,))
            return
        # Drawn, as the sign for it is in few fonts.
        mark = self._theme.px(_MARK)
        asked = (Piece(tr("Analgesics"), Ink.MUTED),)
        self._letters.paint_line(painter, QRectF(room.adjusted(0, 0, -mark, 0)), asked)
        end = min(room.left() + self._letters.width(asked), room.right() - mark)
        middle = QPointF(end + mark / 2, QRectF(room).center().y())
        paint_fold_mark(painter, self._theme, middle, is_open=True)

    def _placed(self, room: QRect) -> list[Placed]:
        return list(self._letters.place(acts(few=Key.OTHERWISE in self._folded), room))

    def _paint_pain(self, painter: QPainter, room: QRect, line: DueLine) -> None:
        px = self._theme.px
        entry = self._calls.shown(line)
        top = room.top() + (room.height() - px(BOX_HEIGHT)) / 2
        typed = entry.text if entry else ""
        needed = self._letters.look()[1].horizontalAdvance(typed) + px(BESIDE_TYPED)
        # Words may be longer than scores are.
        wide = min(max(px(BOX_WIDTH), needed), room.width())
        box = QRectF(room.left(), round(top), wide, px(BOX_HEIGHT))
        self._letters.paint_box(painter, box, typed, wrong=bool(entry and entry.problem))
        if wide > px(BOX_WIDTH):
            return
        scale, top_of = (entry.scale, entry.scale_max) if entry else (line.scale, line.scale_max)
        told = (Piece(words.scale_range(scale, top_of), Ink.MUTED),)
        beside = QRectF(room).adjusted(px(BOX_WIDTH) + px(_GAP), 0, 0, 0)
        self._letters.paint_line(painter, beside, told)

    # what came of it

    def _span(self, row: int) -> QRect:
        """The room in which the result is told."""
        model, found = self._view.model(), QRect()
        for key in _RESULT:
            section = COLUMNS.index(key)
            if not self._view.isColumnHidden(section):
                found = found.united(self._view.visualRect(model.index(row, section)))
        left, right = edges(self._theme, COLUMNS.index(Key.PAIN))
        return found.adjusted(left, 0, -right, -1)

    def _result(self, settled: Settled) -> Pieces:
        match settled.stand:
            case Stand.SAVING:
                return (Piece(settled.told, bold=True), Piece(f"   {tr('saving…')}", Ink.MUTED))
            case Stand.SAVED:
                return (Piece(settled.told, bold=True), Piece(f"   {tr('saved')}", Ink.SUCCESS))
            case _:
                return (Piece(settled.told, Ink.WARNING),)

    def _undo_box(self, row: int, settled: Settled) -> QRectF:
        if settled.stand is not Stand.SAVED:
            return QRectF()
        span, metrics = self._span(row), self._letters.look()[1]
        told = self._letters.width(self._result(settled)) + metrics.horizontalAdvance("   ")
        wide = metrics.horizontalAdvance(tr("Undo"))
        left = min(span.left() + told, span.right() - wide)
        return QRectF(left, span.top(), wide, span.height())

    def _paint_result(self, painter: QPainter, row: int, settled: Settled) -> None:
        span = QRectF(self._span(row))
        undo = self._undo_box(row, settled)
        if not undo.isEmpty():
            span.setRight(undo.left() - 4)
        self._letters.paint_told(painter, span, self._result(settled))
        if not undo.isEmpty():
            is_hovered = self._hovered[0] == row and self._hovered[2]
            placed = [Placed(Act(tr("Undo"), None), undo)]
            hovered = placed[0].act if is_hovered else None
            self._letters.paint_acts(painter, placed, hovered=hovered, ink="accent")
