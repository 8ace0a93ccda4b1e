# SPDX-License-Identifier: MIT
"""A line above a page that says how something ended, until the next thing happens."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from models.errors import LogbookError
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state


class Notice(QFrame):
    """One sentence with its cure; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "notice")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        close = QToolButton(self)
        close.setText("×")
        close.setAccessibleName(self.tr("Close"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 12, 4, 12, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, sentence: str) -> None:
        """Say that something was done."""
        self._show(sentence, "")

    def warn(self, error: LogbookError) -> None:
        """Say what went wrong, and the cure."""
        self._show(str(error), "error")

    def _show(self, sentence: str, state: str) -> None:
        set_state(self, state)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
