# SPDX-License-Identifier: MIT
"""While a logbook is locked nothing but the sign-in comes into sight.

Work that was begun before the lock ends after it, and may bring a dialog with what it found.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog


class Curtain(QObject):
    """Closes every other dialog before it is painted, while it is drawn."""

    def draw(self, *, on: bool) -> None:
        """Begin or end to close them."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        if on:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QDialog) or event.type() is not QEvent.Type.Show:
            return False
        # By then it is loaded: it is asked for whenever the curtain is drawn.
        from ui.access.sign_in_dialog import SignInDialog

        if isinstance(watched, SignInDialog) or not watched.isWindow():
            return False
        watched.hide()
        # Whoever made it is told in his own time.
        QTimer.singleShot(0, watched, watched.reject)
        return True
