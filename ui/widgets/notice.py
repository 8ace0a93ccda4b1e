# SPDX-License-Identifier: MIT
"""A line above a page that says how something ended, with at most one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from models.errors import LogbookError
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state


class Notice(QFrame):
    """Sentences that stay until they are closed or there are others; hidden while there are none.

    Attributes:
        button: does what is offered beside the sentences.
        close_button: the user has read them.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "notice")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.clicked.connect(lambda _checked=False: self._act())
        self._act: Callable[[], object] = self.close_it
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(lambda _checked=False: self.close_it())
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 12, 4, 8, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        sentences: str,
        state: str = "",
        button: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """Show sentences.

        Args:
            sentences: what is said.
            state: "" for news, "warning", "error".
            button: what the button is called; "" for none.
            act: what it does.
        """
        set_state(self, state)
        self._text.setText(sentences)
        self._act = act or self.close_it
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(sentences)
        self.show()

    def close_it(self) -> None:
        """The sentences were read."""
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say that something was done."""
        self.say(sentence)

    def warn(self, error: LogbookError) -> None:
        """Say what went wrong, and the cure."""
        self.say(str(error), "error")
