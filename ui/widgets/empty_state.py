# SPDX-License-Identifier: MIT
"""What an empty page says: that it is empty, why, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.measures import gap, keep
from ui.theme import Theme, set_kind

_WIDTH = 420


class EmptyState(QFrame):
    """A sentence, a hint and at most one button, in the middle of where the content would be.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._hint = QLabel(self)
        self._button = QPushButton(self)
        set_kind(self._title, "title")
        set_kind(self._hint, "muted")
        # As it mostly is: another one, once it is in sight, would dress it a second time.
        set_kind(self._button, "primary")
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        # Enter presses it, as in a dialog: there is nothing else to do here.
        self._button.setAutoDefault(True)
        self._button.clicked.connect(lambda _checked=False: self.pressed.emit())
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = QWidget(self)
        self._layout = QVBoxLayout(self._words)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(2)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._hint)
        gap(theme, self._layout, 4)
        self._layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(3)
        middle = QHBoxLayout(self)
        middle.addStretch(1)
        middle.addWidget(self._words, 100)
        middle.addStretch(1)
        keep(theme, self._words.setMaximumWidth, _WIDTH)
        keep(theme, self._layout.setSpacing, 8)

    def say(self, title: str, hint: str = "", button: str = "", kind: str = "primary") -> None:
        """Show these words; without a text there is no button."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._button.setText(button.replace("&", "&&"))
        self._button.setVisible(bool(button))
        set_kind(self._button, kind)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)

    @property
    def title(self) -> str:
        """The sentence."""
        return self._title.text()

    @property
    def button(self) -> QPushButton:
        """The button, hidden where there is nothing to press."""
        return self._button
