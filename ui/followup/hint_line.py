# SPDX-License-Identifier: MIT
"""The keys of the page in two lines; what has no room is in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Theme, set_kind
from ui.widgets.in_lines import in_lines

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
        theme.follow(self._fit)
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
        width_of, room = self.fontMetrics().horizontalAdvance, self.contentsRect().width()
        if BETWEEN in self._whole:
            lines = in_lines(self._whole.split(BETWEEN), room, width_of, BETWEEN)[:_LINES]
            lines = [line for line in lines if width_of(line) <= room]
        else:
            lines = in_lines(self._whole.split(), room, width_of)
        self.setText("\n".join(lines))
