# SPDX-License-Identifier: MIT
"""The list of what can be written at the cursor, under the line while a query is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import Theme
from ui.widgets.drop_list import DropList

if TYPE_CHECKING:
    from models.query import Completion

_ROWS = 9
_DETAIL = Qt.ItemDataRole.UserRole
_BETWEEN, _AROUND, _NARROWEST = 24, 34, 220

_Index = QModelIndex | QPersistentModelIndex


class CompletionList(DropList["Completion"]):
    """Shows completions and lets one be chosen by mouse or keys; nothing is chosen by itself."""

    def __init__(self, theme: Theme, line: QLineEdit) -> None:
        super().__init__(line, _ROWS)
        self._theme = theme
        self._rows = QStandardItemModel(self)
        self.set_rows(self._rows)
        view = self._view()
        view.setItemDelegate(_Row(theme, view))
        view.setAccessibleName(self.tr("What can be written here"))

    @property
    def offered(self) -> tuple[Completion, ...]:
        """What is offered now; () while the list is not shown."""
        return tuple(self._offered) if self.is_shown else ()

    def offer(self, completions: Sequence[Completion], left: int) -> None:
        """Drop down with these, ``left`` pixels into the line; go away if there are none."""
        if list(completions) == self._offered and self.is_shown:
            return
        self._offered = list(completions)
        self._rows.clear()
        for one in self._offered:
            self._rows.appendRow(_item(one))
        if not self._offered:
            self.hide()
            return
        # None is highlighted: Enter searches for what was typed, unless something was stepped to.
        self._drop_down(left, self._width())

    def _width(self) -> int:
        advance = self._line.fontMetrics().horizontalAdvance
        widest = max(
            advance(one.label) + advance(one.detail) + self._theme.px(_BETWEEN) * bool(one.detail)
            for one in self._offered
        )
        return max(widest + self._theme.px(_AROUND), self._theme.px(_NARROWEST))


_PARTED = ", "


class _Row(QStyledItemDelegate):
    """What is chosen at the left, what it means in pale at the right."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        detail = index.data(_DETAIL)
        if not detail:
            return
        room = option.rect.adjusted(0, 0, -self._theme.space(2), 0)
        painter.save()
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        taken = option.fontMetrics.horizontalAdvance(index.data()) + self._theme.px(_BETWEEN)
        parts, letters = detail.split(_PARTED), option.fontMetrics.horizontalAdvance
        while parts and letters(_PARTED.join(parts)) > room.width() - taken:
            # Other spellings are whole or not at all.
            parts.pop()
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, _PARTED.join(parts))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, super().sizeHint(option, index).height())


def _item(one: Completion) -> QStandardItem:
    item = QStandardItem(one.label)
    item.setData(one.detail, _DETAIL)
    item.setEditable(False)
    item.setData(
        ", ".join(filter(None, (one.label, one.detail))), Qt.ItemDataRole.AccessibleTextRole
    )
    return item
