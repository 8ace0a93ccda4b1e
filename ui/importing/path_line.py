# SPDX-License-Identifier: MIT
"""Where the path of a file is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class PathLine(QLineEdit):
    """Where the path of a file is typed.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # It would go on to the next step, too.
            self.entered.emit()
        else:
            super().keyPressEvent(event)
