# SPDX-License-Identifier: MIT
"""The small buttons at the end of a row: details, moving the row, and taking it away."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import Theme

_SIZE = 4


class RowButton(QAbstractButton):
    """An arrow or a cross, pale until it is needed.

    The keyboard has keys of its own for both, so Tab does not stop here.
    """

    class Kind(StrEnum):
        """What the button does."""

        DETAILS = "details"
        UP = "up"
        DOWN = "down"
        REMOVE = "remove"

    def __init__(self, kind: Kind, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._theme = theme
        self._is_on = False
        self._is_marked = False
        name = {
            self.Kind.DETAILS: self.tr("Details (Alt+Enter)"),
            self.Kind.UP: self.tr("Move up (Alt+Page Up)"),
            self.Kind.DOWN: self.tr("Move down (Alt+Page Down)"),
            self.Kind.REMOVE: self.tr("Remove row (Alt+Delete)"),
        }[kind]
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_on(self, is_on: bool) -> None:
        """The details are folded out."""
        self._is_on = is_on
        self.update()

    def set_marked(self, is_marked: bool) -> None:
        """Something is in the details."""
        self._is_marked = is_marked
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color(self._color()), 1.4 * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.translate(self.width() / 2, self.height() / 2)
        size = _SIZE * self._theme.scale
        if self._kind is not self.Kind.REMOVE:
            points_up = self._is_on or self._kind is self.Kind.UP
            tip = size / 2 * (-1 if points_up else 1)
            ends = (QPointF(-size, -tip), QPointF(0, tip), QPointF(size, -tip))
            painter.drawPolyline(ends)
        else:
            painter.drawLine(QPointF(-size, -size), QPointF(size, size))
            painter.drawLine(QPointF(-size, size), QPointF(size, -size))
        painter.end()

    def _color(self) -> str:
        if not self.isEnabled():
            return "border"
        if self._is_marked:
            return "accent"
        return "text" if self.underMouse() else "text_muted"
