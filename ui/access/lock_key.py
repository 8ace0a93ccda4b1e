# SPDX-License-Identifier: MIT
"""The keys of the lock, where a dialog or menu is open that keeps them from the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class LockKey(QObject):
    """Listens in the whole program while it is switched on.

    A dialog and an open menu take all keys for themselves, those of the window's actions too.

    Args:
        keys: tells which they are.
        window: that of the actions.

    Signals:
        pressed: somebody pressed them there.
    """

    pressed = Signal()

    def __init__(self, keys: Callable[[], QKeySequence], window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._keys, self._window = keys, window

    def watch(self, *, on: bool) -> None:
        """Begin or end to listen."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        if on:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by: what it is tells faster than its type.
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if self._is_heard_in_window():
            return False
        if QKeySequence(event.keyCombination()) != self._keys():
            return False
        self.pressed.emit()
        return True

    def _is_heard_in_window(self) -> bool:
        """Whether the action of the window has it anyway."""
        in_the_way = (QApplication.activeModalWidget(), QApplication.activePopupWidget())
        return in_the_way == (None, None) and QApplication.activeWindow() is self._window
