# SPDX-License-Identifier: MIT
"""A line above the list that says what could not be done, with at most one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.followup.words import tr
from ui.theme import Theme
from ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class _Line:
    """One thing that is said, and what can be done about it."""

    sentences: str
    state: str
    button: str
    act: Callable[[], object] | None


class LastingNotice(Notice):
    """Says the last thing first, and goes back to what must not be overlooked.

    Signals:
        closed: (what it was about) the user has read it, and wants it gone.
    """

    closed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._lines: dict[str, _Line] = {}

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
        self._lines[about] = _Line(sentences, state, button, act)
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

    def close_it(self) -> None:
        about, _ = self._newest
        self.drop(about)
        self.closed.emit(about)

    def _show(self) -> None:
        if not self._lines:
            self.hide()
            return
        line, more = self._newest[1], len(self._lines) - 1
        said = line.sentences
        if more:
            said = tr("{said} ({n} more to read)").format(said=said, n=more)
        super().say(said, line.state, line.button, line.act)

    @property
    def _newest(self) -> tuple[str, _Line]:
        return next(reversed(self._lines.items()))
