# SPDX-License-Identifier: MIT
"""A filter as a pill: outlined while it is off, filled with a cross while it is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Theme, set_state
from ui.widgets.plain_tip import plain_tip

CROSS = "×"


_MOST = 220
_STEPS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class Chip(QPushButton):
    """One filter.

    Pressing it (``clicked``) is for choosing a value; Enter and Down do the same. While it has
    one, the cross, Delete and Backspace take the value away. A long value ends in an ellipsis and
    is told in full when pointed at.

    Attributes:
        removed: the user took the value away; the chip is off already.

    Args:
        label: what is filtered by, such as "Technique".
    """

    removed = Signal()

    def __init__(self, theme: Theme, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._value = ""
        self.setAutoDefault(False)
        theme.follow(self._show)
        self.setProperty("kind", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_value("")

    @property
    def value(self) -> str:
        """What is chosen, in words; "" while the filter is off."""
        return self._value

    @property
    def label(self) -> str:
        """What is filtered by."""
        return self._label

    def set_value(self, value: str) -> None:
        """Show what is chosen; "" turns the chip off."""
        self._value = value
        tells_all = not self._label or value.startswith(self._label)
        self.setAccessibleName(value if value and tells_all else self._named(value))
        described = self.tr("Delete removes this filter.") if value else ""
        self.setAccessibleDescription(described)
        set_state(self, "on" if value else "")
        self._show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self._is_on_cross(event):
            self.setDown(False)
            self._remove()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._value and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif event.key() in _PRESSES:
            self.click()
        elif event.key() in _STEPS:
            # Whoever holds several chips knows the neighbors.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _named(self, value: str) -> str:
        return f"{self._label}: {value}" if value else self._label

    def _show(self) -> None:
        self.ensurePolished()
        room = self._theme.px(_MOST)
        shown = self.fontMetrics().elidedText(self._value, Qt.TextElideMode.ElideRight, room)
        # "&" would underline a letter of somebody's name.
        text = f"{shown}  {CROSS}" if self._value else self._label
        self.setText(text.replace("&", "&&"))
        self.setToolTip(plain_tip(self._value) if shown != self._value else "")
        self.updateGeometry()

    def _is_on_cross(self, event: QMouseEvent) -> bool:
        return bool(self._value) and (
            self.width() - self._theme.px(26) <= event.position().x() <= self.width()
        )

    def _remove(self) -> None:
        self.set_value("")
        self.removed.emit()
