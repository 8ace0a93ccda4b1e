# SPDX-License-Identifier: MIT
"""The procedures of one patient as a list: when, where, how, and pain before and latest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.cases.patient_detail import ProcedureLine
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

_EDGE = 8
_ABOVE = 6
_NUMBER = 20
_WRAP = Qt.TextFlag.TextWordWrap
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProcedureList(QListView):
    """One entry a procedure; as high as all of them.

    Signals:
        opened: (id of a case) clicked, or Enter was pressed on it.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Entry(theme, self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Procedures of the patient"))
        self.clicked.connect(self._open)
        theme.follow(self.fit)

    @property
    def lines(self) -> tuple[ProcedureLine, ...]:
        """What is listed."""
        return self._lines.listed

    def show_lines(self, lines: Sequence[ProcedureLine]) -> None:
        """List these; the chosen one is where the keyboard is."""
        if tuple(lines) != self.lines:
            self._lines.take(lines)
        chosen = next((row for row, line in enumerate(lines) if line.is_chosen), -1)
        self.setCurrentIndex(self._lines.index(chosen, 0) if chosen >= 0 else QModelIndex())
        self.fit()

    def fit(self) -> None:
        """Be as high as the entries are at this width."""
        self.scheduleDelayedItemsLayout()
        rows = range(self._lines.rowCount())
        height = sum(self.sizeHintForRow(row) for row in rows)
        self.setFixedHeight(height + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _open(self, index: Index) -> None:
        self.opened.emit(self.lines[index.row()].case_id)


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.listed: tuple[ProcedureLine, ...] = ()

    def take(self, lines: Sequence[ProcedureLine]) -> None:
        self.beginResetModel()
        self.listed = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.listed)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.listed[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (line.date, line.levels, line.technique, line.pain, line.events)
            return f"{line.number}: {'. '.join(part for part in parts if part)}"
        return None


def _whole(text: str) -> str:
    """Without a line break within a date or the name of a scale."""
    scale_kept = _IN_BRACKETS.sub(lambda part: part[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    return scale_kept.replace("-", "\N{NON-BREAKING HYPHEN}")


class _Entry(QStyledItemDelegate):
    """Number at the left; date and levels in bold, then technique, pain and events."""

    def __init__(self, theme: Theme, parent: ProcedureList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._list.viewport().width()
        room = self._room(QRect(0, 0, width, 0))
        heights = (self._height(font, text, room.width()) for font, text, _ in self._said(index))
        return QSize(width, sum(heights) + 2 * self._theme.px(_ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        line: ProcedureLine = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, is_chosen=line.is_chosen)
        room = self._room(place)
        painter.setFont(self._theme.font("body", QFont.Weight.DemiBold))
        painter.setPen(self._theme.color("treated" if line.is_chosen else "text"))
        number = QRect(place.left() + self._theme.px(_EDGE), room.top(), room.left(), room.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignTop, f"{line.number}")
        top = room.top()
        for font, text, color in self._said(index):
            height = self._height(font, text, room.width())
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            painter.drawText(QRect(room.left(), top, room.width(), height), _WRAP, text)
            top += height
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, *, is_chosen: bool
    ) -> None:
        state = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        ground = QRectF(option.rect).adjusted(1, 1, -1, -1)
        radius = self._theme.radius("radius_small")
        painter.setPen(self._theme.color("focus") if focused else Qt.PenStyle.NoPen)
        if is_chosen:
            painter.setBrush(self._theme.color("selection"))
        elif hovered:
            painter.setBrush(self._theme.color("hover"))
        if is_chosen or hovered or focused:
            painter.drawRoundedRect(ground, radius, radius)

    def _said(self, index: Index) -> Iterator[tuple[QFont, str, str]]:
        line: ProcedureLine = index.data(Qt.ItemDataRole.UserRole)
        bold = self._theme.font("body", QFont.Weight.DemiBold)
        plain, small = self._theme.font("body"), self._theme.font("label")
        yield bold, _whole(f"{line.date} · {line.levels}"), "text"
        yield small, line.technique, "text_muted"
        yield plain, _whole(line.pain), "text"
        if line.events:
            yield small, line.events, "warning"

    def _height(self, font: QFont, text: str, width: int) -> int:
        box = QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), 10_000), _WRAP, text)
        return box.height() + self._theme.px(1)

    def _room(self, place: QRect) -> QRect:
        left = self._theme.px(_EDGE) + self._theme.px(_NUMBER)
        above = self._theme.px(_ABOVE)
        return place.adjusted(left, above, -self._theme.px(_EDGE), -above)
