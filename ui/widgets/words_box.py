# SPDX-License-Identifier: MIT
"""Boxes for free text: one line, or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from models.fields import Clock, Words
from models.vocabulary import Vocabulary
from ui.widgets.field_box import FieldBox, LineBox
from ui.widgets.field_line import FieldText


class WordsBox(LineBox):
    """One line of text, or a time of day. What was entered here before completes the typing."""

    def __init__(self, field: Words | Clock, parent: QWidget | None = None) -> None:
        super().__init__((field,), parent)

    def recall(self, terms: Sequence[Vocabulary], words: Sequence[str]) -> None:
        if not words:
            return
        if self.input.completer() is None:
            completer = QCompleter(QStringListModel(self), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.input.setCompleter(completer)
        model = self.input.completer().model()
        assert isinstance(model, QStringListModel)
        model.setStringList(list(words))


class TextBox(FieldBox):
    """Several lines of text; the box grows with them."""

    def __init__(self, field: Words, parent: QWidget | None = None) -> None:
        control = FieldText()
        super().__init__((field,), control, parent)
        control.edited.connect(self._on_typed)
