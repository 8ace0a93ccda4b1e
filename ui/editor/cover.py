# SPDX-License-Identifier: MIT
"""What stands over the form while there is no case in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget


class Cover(QLabel):
    """Hides the form and has the focus; where it is told to, it keeps what is typed meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._keeps = False
        self._kept: list[QKeyEvent] = []
        self.setAutoFillBackground(True)
        self.hide()

    def cover(self) -> None:
        """Stand before all else, with the focus."""
        self.forget_keys()
        self.show()
        self.raise_()
        self.setFocus()

    def uncover(self) -> None:
        """Go, and leave it to others who has the focus now."""
        # Qt would look for the next who may have it, and bring that into sight.
        self.clearFocus()
        self.hide()

    def keep_keys(self) -> None:
        """Keep the keys from now on: whoever asked for an empty case may be typing already."""
        self._keeps = True

    def forget_keys(self) -> None:
        """Keep none any more."""
        self._keeps = False
        self._kept.clear()

    def give_keys(self) -> None:
        """Press the keys that were kept, where the focus is now."""
        kept = list(self._kept)
        self.forget_keys()
        for key in kept:
            if (focus := QApplication.focusWidget()) is not None:
                QApplication.sendEvent(focus, key)

    def event(self, event: QEvent) -> bool:
        if self._keeps and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._kept.append(event.clone())
            return True
        return super().event(event)
