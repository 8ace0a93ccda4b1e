# SPDX-License-Identifier: MIT
"""Puts a change of the look on, window by window, and what is out of sight piece by piece.

The style sheet of the application would be the plain way. But where Qt changes that, it goes
through everything below each widget for each widget: with every page there once, a second.
"""

from __future__ import annotations

from collections import deque
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QChildEvent, QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


class Wardrobe(QObject):
    """Keeps the style sheet that has been put on since the application was dressed first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._parted: WeakSet[QWidget] = WeakSet()
        self._waiting: deque[QWidget] = deque()
        self._step = QTimer(self, singleShot=True, interval=0)
        self._step.timeout.connect(self._dress_next)

    def part(self, widget: QWidget) -> None:
        """Dress what this widget holds one after the other, those out of sight later.

        It has no look of its own but that of the palette.
        """
        self._parted.add(widget)
        if self._sheet:
            widget.installEventFilter(self)

    def dress(self, widget: QWidget) -> None:
        """Dress what has just come to a parted widget, and holds nothing yet."""
        if self._sheet:
            self._put_on(widget)

    def put_on(self, sheet: str) -> None:
        """Dress every window that there is."""
        self._sheet = sheet
        self._waiting.clear()
        self._step.stop()
        # Before a first change there is nothing to look after, and each event costs.
        for parted in self._parted:
            parted.installEventFilter(self)
        for window in QApplication.topLevelWidgets():
            if window.parentWidget() is None:
                self._dress(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress what comes to a parted widget later."""
        if isinstance(event, QChildEvent) and event.polished():
            child = event.child()
            if isinstance(child, QWidget) and child not in self._parted:
                self._put_on(child)
        return False

    def _dress(self, widget: QWidget) -> None:
        if widget not in self._parted:
            self._put_on(widget)
            return
        for child in widget.children():
            if not isinstance(child, QWidget):
                continue
            if child in self._parted or child.isVisible():
                self._dress(child)
            else:
                self._waiting.append(child)
                self._step.start()

    def _dress_next(self) -> None:
        widget = self._waiting.popleft()
        if shiboken6.isValid(widget):
            self._put_on(widget)
        if self._waiting:
            self._step.start()

    def _put_on(self, widget: QWidget) -> None:
        if widget.styleSheet() != self._sheet:
            widget.setStyleSheet(self._sheet)


def dress_like(window: QAbstractItemView, other: QWidget) -> None:
    """Dress a window that belongs to nobody, the list below a line, like that of ``other``."""
    sheet = other.styleSheet()
    while not sheet and (parent := other.parentWidget()) is not None:
        other, sheet = parent, parent.styleSheet()
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)
    # Its rows may have been laid out for the height that they had without the look.
    window.ensurePolished()
    window.doItemsLayout()
