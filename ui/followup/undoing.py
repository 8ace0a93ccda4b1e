# SPDX-License-Identifier: MIT
"""Undo among calls: it waits for what is on its way, and so takes back what was entered last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance

from ui.followup.calls import Calls


class Saved(Protocol):
    """The changes that were saved, as far as this room knows of them."""

    changed: SignalInstance

    @property
    def is_busy(self) -> bool:
        """Whether it is finding out what was saved, or at work."""

    @property
    def undo_text(self) -> str:
        """What would be undone."""

    @property
    def redo_text(self) -> str:
        """What would be done again."""

    def undo(self) -> None:
        """Take back what was saved last."""

    def redo(self) -> None:
        """Do again what was taken back last."""


class CallUndo(QObject):
    """Undo and redo of saved scores.

    A key that is pressed while a score is being saved is about that score, not about the one
    before it.
    """

    def __init__(self, saved: Saved, calls: Calls, parent: QObject) -> None:
        super().__init__(parent)
        self._saved = saved
        self._calls = calls
        self._wanted: list[Callable[[], None]] = []
        saved.changed.connect(self._go_on)
        calls.refused.connect(lambda *_: self._go_on())

    @property
    def undo_text(self) -> str:
        """What would be undone."""
        return self._saved.undo_text

    @property
    def redo_text(self) -> str:
        """What would be done again."""
        return self._saved.redo_text

    def undo(self) -> None:
        """Take back what was entered last."""
        self._wanted.append(self._saved.undo)
        self._go_on()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._wanted.append(self._saved.redo)
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted and not self._calls.is_saving and not self._saved.is_busy:
            self._wanted.pop(0)()
