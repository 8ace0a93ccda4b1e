# SPDX-License-Identifier: MIT
"""What dialogs share that change saved filters: a line for what went wrong, and their end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from models.errors import LogbookError
from ui.filters.shelf import FilterShelf, Refused, Told
from ui.theme import Theme, set_state
from ui.topics import CASES, below, explain

Change = Callable[[Told, Refused], None]


class ShelfDialog(QDialog):
    """Changes filters; closed while a change is under way, it goes when that has ended.

    Attributes:
        said: what went wrong, hidden while nothing did.
    """

    def __init__(self, theme: Theme, shelf: FilterShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(CASES, "Searching"))
        self._theme = theme
        self._shelf = shelf
        self._under_way = 0
        self._result: int | None = None
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()

    def change(self, work: Change, done: Told, refused: Refused | None = None) -> None:
        """Start a change of the shelf; ``done`` or ``refused`` is called when it has ended."""
        self._under_way += 1
        refuse = refused or self.tell
        work(lambda: self._end(done), lambda error: self._end(lambda: refuse(error)))

    def tell(self, error: LogbookError) -> None:
        """Say what went wrong."""
        self.say(str(error))

    def say(self, sentence: str, state: str = "error") -> None:
        """Say it, or nothing."""
        set_state(self.said, state)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def done(self, result: int) -> None:
        if self._under_way:
            self._result = result
            self.hide()
        else:
            super().done(result)

    def _end(self, go_on: Told) -> None:
        self._under_way -= 1
        go_on()
        if self._result is not None and not self._under_way:
            super().done(self._result)
