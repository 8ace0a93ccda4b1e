# SPDX-License-Identifier: MIT
"""The large figures at the top of a page, each with its n and interval in small print."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.measures import keep
from ui.theme import Theme
from ui.widgets.card import FigureCard

_CARDS = 4


class FigureRow(QWidget):
    """Four cards beside each other, or two and two.

    Attributes:
        cards: from left to right; whoever has the numbers fills them.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = tuple(FigureCard(theme, parent=self) for _ in range(_CARDS))
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setSpacing, 12)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Two beside each other, or all of them."""
        columns = 2 if narrow else len(self.cards)
        for place, card in enumerate(self.cards):
            self._layout.addWidget(card, *divmod(place, columns))
        for column in range(len(self.cards)):
            self._layout.setColumnStretch(column, int(column < columns))
