# SPDX-License-Identifier: MIT
"""A frame that opens under a control and goes away with Escape or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import Theme, set_kind
from ui.topics import SEARCH, want


class Popover(QFrame):
    """Holds whatever is put into it.

    Signals:
        closed: it went away.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._anchor: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # A click that closes it is meant for closing it, not for what lies under it.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        set_kind(self, "popover")

    def open_under(self, anchor: QWidget) -> None:
        """Show it under ``anchor``, or above it where there is more room."""
        self._anchor = anchor
        self.ensurePolished()
        self.place()
        self.show()

    def place(self) -> None:
        """Take the size that the content needs, beside the anchor."""
        anchor, gap = self._anchor, self._theme.space(1)
        if anchor is None:
            return
        room = anchor.window().geometry().united(anchor.screen().availableGeometry())
        top = anchor.mapToGlobal(QPoint(0, 0)).y()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + gap))
        below, above = room.bottom() - place.y(), top - gap - room.top()
        size = self.sizeHint().expandedTo(self.minimumSize())
        self.resize(size.width(), min(size.height(), max(below, above)))
        if self.height() > below:
            place.setY(top - gap - self.height())
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.matches(QKeySequence.StandardKey.HelpContents):
            # The page opens over the window, where this would hide it.
            self.close()
            want(self, SEARCH)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
