# SPDX-License-Identifier: MIT
"""Counts down until the next password is looked at, whatever becomes of the clock meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer

from models.errors import LogbookError

_TICK_MS = 250


class Countdown(QObject):
    """Tells every second how long is still to wait.

    It counts by a clock that nobody can set. The models count by their own; whoever comes too
    early is told to wait on.

    Args:
        tell: called with a sentence while there is still to wait, and with "" when it is over.
    """

    def __init__(self, tell: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._until = QDeadlineTimer()
        self._message, self._said = "", ""
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.look)

    @property
    def is_waiting(self) -> bool:
        """Whether there is still to wait."""
        return self._tick.isActive()

    def begin(self, error: LogbookError) -> None:
        """Begin to count if the error says that there is to wait."""
        seconds = int(getattr(error, "seconds", 0))
        if seconds > 0:
            self._message = error.message
            self._until.setRemainingTime(seconds * 1_000)
            self._tick.start()
            self.look()

    def stop(self) -> None:
        """Somebody else is to sign in, who need not wait."""
        self._tick.stop()
        self._said = ""

    def look(self) -> None:
        """Tell how it stands."""
        left = -(-self._until.remainingTime() // 1_000)
        if left <= 0:
            self.stop()
            self._tell("")
            return
        minutes, seconds = divmod(left, 60)
        said = self.tr("{why} Next try in {minutes}:{seconds}.").format(
            why=self._message, minutes=minutes, seconds=f"{seconds:02}"
        )
        if said != self._said:
            self._said = said
            self._tell(said)
