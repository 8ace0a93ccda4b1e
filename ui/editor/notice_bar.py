# SPDX-License-Identifier: MIT
"""A sentence above the form, with what can be done about it. Never in the way of typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind, set_state

Action = tuple[str, Callable[[], None]]


class NoticeBar(QWidget):
    """Hidden until there is something to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame = QFrame(self)
        set_kind(self._frame, "notice")
        self._text = QLabel(self._frame)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = QPushButton(self)
        self._close = QPushButton(self.tr("Close"), self)
        set_kind(self._close, "quiet")
        self._do: Callable[[], None] | None = None
        self._act.clicked.connect(self._run)
        self._close.clicked.connect(self.hide)
        around = QVBoxLayout(self)
        keep(theme, around.setContentsMargins, 12, 8, 12, 0)
        around.addWidget(self._frame)
        layout = QHBoxLayout(self._frame)
        keep(theme, layout.setContentsMargins, 12, 6, 12, 6)
        keep(theme, layout.setSpacing, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._act)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, state: str = "", action: Action | None = None) -> None:
        """Say something; ``state`` is "error", "warning" or "", ``action`` a button."""
        set_state(self._frame, state)
        self._text.setText(text)
        self._act.setVisible(action is not None)
        if action is not None:
            words, self._do = action
            self._act.setText(words)
        self.setAccessibleName(text)
        self.show()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        if self.isHidden():
            return []
        return [self._close] if self._act.isHidden() else [self._act, self._close]

    def act(self) -> None:
        """Press the button."""
        self._act.click()

    def _run(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()
