# SPDX-License-Identifier: MIT
"""Makes pieces of the window one after the other, so that it can answer in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer


class Making(QObject):
    """One row of pieces at a time, and what waits for its end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces: Iterator[None] | None = None
        self._then: Callable[[], object] | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    def begin(self, pieces: Iterator[None], then: Callable[[], object] | None = None) -> None:
        """Make these, then do what waits for them: at once where there is nothing to make."""
        self._pieces, self._then = pieces, then
        self._go_on()

    def finish(self) -> None:
        """Make what is left, and do what waits for it."""
        while self._pieces is not None:
            self._go_on()

    def forget(self) -> None:
        """Make no more of these; what was to follow does not."""
        self._pieces = self._then = None
        self._turn.stop()

    def _go_on(self) -> None:
        if self._pieces is None:
            return
        if next(self._pieces, self) is None:
            self._turn.start()
            return
        then = self._then
        self.forget()
        if then is not None:
            then()
