# SPDX-License-Identifier: MIT
"""Draws a rate with its interval on a scale from 0 to 100 %, as wide as the cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.analysis.statistics import Proportion
from ui.theme import Theme

INTERVAL_ROLE = Qt.ItemDataRole.UserRole + 2
"""The ``Proportion`` to be drawn, or None."""

_EDGE, _DOT, _HALF = 8, 3.5, 4.0


class IntervalDelegate(QStyledItemDelegate):
    """A dot for the rate, a line for its interval, and a hairline for the whole scale."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        found = index.data(INTERVAL_ROLE)
        if isinstance(found, Proportion) and found.rate is not None and found.ci95 is not None:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            box = QRectF(option.rect)
            self._draw(painter, box, found, selected=selected)

    def _draw(self, painter: QPainter, box: QRectF, found: Proportion, *, selected: bool) -> None:
        assert found.rate is not None
        assert found.ci95 is not None
        px, color = self._theme.px, self._theme.color
        left, width, y = box.left() + px(_EDGE), box.width() - 2 * px(_EDGE), box.center().y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = color("selection_text" if selected else "after")
        painter.setPen(QPen(color("grid"), 1))
        for share in (0.0, 0.5, 1.0):
            x = left + share * width
            painter.drawLine(QPointF(x, y - px(_HALF)), QPointF(x, y + px(_HALF)))
        painter.drawLine(QPointF(left, y), QPointF(left + width, y))
        painter.setPen(QPen(ink, max(1.5, px(1.5))))
        low, high = (left + end * width for end in found.ci95)
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(left + found.rate * width, y), px(_DOT), px(_DOT))
        painter.restore()
