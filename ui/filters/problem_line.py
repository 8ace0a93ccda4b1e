# SPDX-License-Identifier: MIT
"""The line under the query that says what of it is not understood, and what would be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from models.query import QueryError
from ui.theme import set_state


class ProblemLine(QLabel):
    """The first problem in a sentence, with its cure; hidden while there is none.

    Signals:
        pressed: (QueryError) the user wants to see its place.
    """

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: QueryError | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_state(self, "warning")
        self.hide()

    def show_problems(self, problems: Sequence[QueryError]) -> None:
        """Say the first of them, and how many there are besides."""
        self._problem = next(iter(problems), None)
        said = str(self._problem) if self._problem is not None else ""
        if len(problems) > 1:
            more = len(problems) - 1
            other = self.tr("1 more problem.") if more == 1 else self.tr("{n} more problems.")
            said = f"{said} {other.format(n=more)}"
        if said == self.text():
            return
        self.setText(said)
        self.setVisible(bool(said))
        if said:
            # Loaded with the first problem: what it knows of roles is much.
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._problem is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self._problem)
        else:
            super().mousePressEvent(event)
