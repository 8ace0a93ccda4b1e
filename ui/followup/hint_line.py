# SPDX-License-Identifier: MIT
"""The keys of the page in two lines; what has no room is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme, set_kind

BETWEEN = " · "
"""Parts what is said; a line ends only here."""


class HintLine(QLabel):
    """Small print, in as many lines as are as high as the control beside it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        # Its text follows its width, and must not ask for any.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_kind(self, "small")
        theme.changed.connect(self._fit)
        self.say(text)

    def say(self, text: str) -> None:
        """Say this."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        letters, room = self.fontMetrics(), self.contentsRect().width()
        first, rest = _parted(self._whole, letters, room)
        elide = Qt.TextElideMode.ElideRight
        self.setText(
            "\n".join(letters.elidedText(one, elide, room) for one in (first, rest) if one)
        )


def _parted(text: str, letters: QFontMetrics, room: int) -> tuple[str, str]:
    """What has room in a line, at least one part, and the rest."""
    first, *others = text.split(BETWEEN)
    while others and letters.horizontalAdvance(BETWEEN.join([first, others[0]])) <= room:
        first = BETWEEN.join([first, others.pop(0)])
    return first, BETWEEN.join(others)
