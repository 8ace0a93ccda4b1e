# SPDX-License-Identifier: MIT
"""A line above the list that says what could not be done, with at most one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ui.followup.words import tr
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that is said, and what can be done about it."""

    sentences: str
    state: str
    button: str
    act: Callable[[], object]


class Notice(QFrame):
    """Says what happened, the last thing first, and hides when there is nothing more to say.

    Signals:
        closed: (what it was about) the user has read it, and wants it gone.
    """

    closed = Signal(str)

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
            about: names what must not be overlooked: it stays until it is closed or dropped, and
                is said again once what came after it is closed. What is about "" gives way.
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
        self.setVisible(bool(self._lines))
        if not self._lines:
            return
        line, more = self._newest[1], len(self._lines) - 1
        said = line.sentences
        if more:
            said = tr("{said} ({n} more to read)").format(said=said, n=more)
        self._text.setText(said)
        self.setAccessibleName(said)
        set_state(self, line.state)
        self.button.setText(line.button)
        self.button.setVisible(bool(line.button))

    @property
    def _newest(self) -> tuple[str, _Line]:
        return next(reversed(self._lines.items()))

    def _act(self) -> None:
        self._newest[1].act()

    def _close(self) -> None:
        about, _ = self._newest
        self.drop(about)
        self.closed.emit(about)
