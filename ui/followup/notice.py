# SPDX-License-Identifier: MIT
"""Lines above the list that say what could not be done, with at most one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ui.followup.words import tr
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state

_GRAVITY = ("", "warning", "error")


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that is said, and what can be done about it."""

    sentences: str
    state: str
    button: str
    act: Callable[[], object]


class Notice(QFrame):
    """Says what happened, and hides when there is nothing to say.

    Signals:
        closed: the user has read it, and wants it gone.
    """

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, _Line] = {}
        set_kind(self, "notice")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self)
        self.button.clicked.connect(lambda _checked=False: self._act())
        self.close_button = QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAccessibleName(tr("Close"))
        self.close_button.clicked.connect(self._close)
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
        *,
        about: str = "",
    ) -> None:
        """Say something, in place of what was said about the same.

        Args:
            sentences: what is said.
            state: "" for news, "warning", "error".
            button: what the button is called; "" for none.
            act: what it does.
            about: names what must not be overlooked: it stays until it is closed or dropped. What
                is about "" gives way to whatever comes next.
        """
        self._lines.pop(about, None)
        self._lines[about] = _Line(sentences, state, button, act or self._close)
        self._show()

    def give_way(self) -> None:
        """Say no more what only lasts until the next thing happens."""
        self.drop("")

    def drop(self, about: str) -> None:
        """Say no more of this."""
        self._lines.pop(about, None)
        self._show()

    def clear(self) -> None:
        """Say nothing any more."""
        self._lines.clear()
        self._show()

    def _show(self) -> None:
        lines = list(self._lines.values())
        self._text.setText("\n".join(line.sentences for line in lines))
        self.setAccessibleName(self._text.text())
        set_state(self, max((line.state for line in lines), key=_GRAVITY.index, default=""))
        button = next((line.button for line in reversed(lines) if line.button), "")
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(lines))

    def _act(self) -> None:
        lines = reversed(self._lines.values())
        if (line := next((one for one in lines if one.button), None)) is not None:
            line.act()

    def _close(self) -> None:
        self.clear()
        self.closed.emit()
