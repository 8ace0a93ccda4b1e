# SPDX-License-Identifier: MIT
"""A count in a pill, as beside the pages in the rail."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from models.speech import numeral
from ui.theme import set_state


class Badge(QLabel):
    """A number in a pill; hidden while it is 0, unless it is told to stay.

    Args:
        state: "" for a plain count, "warning" for one that waits for somebody, "accent".
    """

    def __init__(self, count: int = 0, state: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "badge")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        # The control that carries the badge takes the clicks.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_state(self, state)
        self.set_count(count)

    def set_count(self, count: int, *, show_zero: bool = False) -> None:
        """Show another number, with thousands set apart."""
        self.setText(numeral(count, ","))
        self.setVisible(show_zero or count > 0)
