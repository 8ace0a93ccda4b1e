# SPDX-License-Identifier: MIT
"""Notices that nobody has used keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

_MINUTE_MS = 60_000

_BY_HAND = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Idle(QObject):
    """Watches the whole program while it is switched on.

    Signals:
        idle: nobody did anything for so long.
    """

    idle = Signal()

    def __init__(self, parent: QObject, milliseconds: int = 0) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=milliseconds)
        self._timer.timeout.connect(self.idle)

    @property
    def minutes(self) -> int:
        """After so many it is told; 0 for never."""
        return self._timer.interval() // _MINUTE_MS

    @property
    def is_watching(self) -> bool:
        """Whether it will be told."""
        return self._timer.isActive()

    def set_minutes(self, minutes: int) -> None:
        """Tell it after so many from now on; 0 for never."""
        self._timer.setInterval(max(minutes, 0) * _MINUTE_MS)

    def watch(self, *, on: bool) -> None:
        """Begin or end to watch."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._timer.stop()
        if on and self._timer.interval() > 0:
            app.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by: what it is tells faster than its type.
        if isinstance(event, QInputEvent) and event.type() in _BY_HAND:
            self._timer.start()
        return False
