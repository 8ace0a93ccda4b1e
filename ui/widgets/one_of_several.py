# SPDX-License-Identifier: MIT
"""A button of which one among several is down, and which can be chosen without a click, too."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


class OneOfSeveral(QPushButton):
    """Tells by ``clicked`` that it was chosen, also where a screen reader did it.

    Those have no click: they let a button that stays down go down, which Qt tells as no click.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_told = False
        self.setCheckable(True)
        self.toggled.connect(self._tell)

    def mark(self, *, is_down: bool) -> None:
        """Show whether it is the one. Not told by a signal."""
        self._is_told = True
        self.setChecked(is_down)
        self._is_told = False

    def nextCheckState(self) -> None:
        # A click tells of itself.
        self._is_told = True
        super().nextCheckState()
        self._is_told = False

    def _tell(self, is_down: bool) -> None:
        if is_down and not self._is_told:
            self.clicked.emit()
