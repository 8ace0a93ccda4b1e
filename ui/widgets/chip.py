# SPDX-License-Identifier: MIT
"""A filter as a pill: outlined while it is off, filled with a cross while it is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Theme, set_state

CROSS = "×"


class Chip(QPushButton):
    """One filter.

    Pressing it (``clicked``) is for choosing a value. While it has one, the cross, Delete and
    Backspace take the value away.

    Attributes:
        removed: the user took the value away; the chip is off already.

    Args:
        label: what is filtered by, such as "Technique".
    """

    removed = Signal()

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._value = ""
        self.setProperty("kind", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_value("")

    @property
    def value(self) -> str:
        """What is chosen, in words; "" while the filter is off."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show what is chosen; "" turns the chip off."""
        self._value = value
        # "&" would underline a letter of somebody's name.
        text = f"{value}  {CROSS}" if value else self._label
        self.setText(text.replace("&", "&&"))
        set_state(self, "on" if value else "")
        self.setAccessibleName(f"{self._label}: {value}" if value else self._label)
        self.setAccessibleDescription("Delete removes this filter." if value else "")
        self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self._is_on_cross(event):
            self.setDown(False)
            self._remove()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._value and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
            return
        super().keyPressEvent(event)

    def _is_on_cross(self, event: QMouseEvent) -> bool:
        return bool(self._value) and (
            self.width() - self._theme.px(26) <= event.position().x() <= self.width()
        )

    def _remove(self) -> None:
        self.set_value("")
        self.removed.emit()
