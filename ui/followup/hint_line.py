# SPDX-License-Identifier: MIT
"""The keys of the page in two lines; what has no room is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme, set_kind

BETWEEN = " · "
"""Parts what is said; a line ends only here."""

_LINES = 2


class HintLine(QLabel):
    """Small print, in as many lines as are as high as the control beside it.

    A part is shown whole or not at all. What has no part to leave out, a sentence, takes as many
    lines as it needs.
    """

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
        if BETWEEN in self._whole:
            lines = _filled(self._whole.split(BETWEEN), BETWEEN, letters, room)[:_LINES]
            lines = [line for line in lines if letters.horizontalAdvance(line) <= room]
        else:
            lines = _filled(self._whole.split(), " ", letters, room)
        self.setText("\n".join(lines))


def _filled(parts: list[str], between: str, letters: QFontMetrics, room: int) -> list[str]:
    """The parts in lines, of which each holds at least one and no more than has room."""
    lines = parts[:1]
    for part in parts[1:]:
        longer = between.join([lines[-1], part])
        if letters.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines
