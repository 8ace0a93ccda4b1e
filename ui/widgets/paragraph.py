# SPDX-License-Identifier: MIT
"""Small print that breaks into lines, so that no card is wider than its place."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import set_kind

_TIED = re.compile(r"(?<=\d) (?=%)|(?<=[≥≤]) (?=\d)")
"""The space between a number and its sign."""

_NO_BREAK = "\N{NO-BREAK SPACE}"


class Paragraph(QLabel):
    """Never breaks a line between a number and the sign that belongs to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = ""

    def setText(self, text: str) -> None:
        self._said = text
        super().setText(_TIED.sub(_NO_BREAK, text))

    def text(self) -> str:
        """What was said, as it was."""
        return self._said


def paragraph(parent: QWidget) -> QLabel:
    """An empty paragraph in small print."""
    label = Paragraph(parent)
    label.setWordWrap(True)
    set_kind(label, "small")
    return label
