# SPDX-License-Identifier: MIT
"""Boxes for free text: one line, or several."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.fields import Clock, Words
from ui.widgets.field_box import FieldBox, LineBox
from ui.widgets.field_line import FieldText


class WordsBox(LineBox):
    """One line of text, or a time of day."""

    def __init__(self, field: Words | Clock, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)


class TextBox(FieldBox):
    """Several lines of text; the box grows with them."""

    def __init__(self, field: Words, parent: QWidget | None = None) -> None:
        control = FieldText()
        super().__init__((field,), control, parent)
        control.edited.connect(self._on_typed)
