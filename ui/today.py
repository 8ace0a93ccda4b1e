# SPDX-License-Identifier: MIT
"""Which day it is: pages are told the day, and hear when it becomes another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

_LONGEST_MS = 15 * 60_000
"""A machine that slept, or a clock that was set, is noticed within this."""


class Today(QObject):
    """The day by the clock of the machine, as a value that only changes with a signal.

    Args:
        now: the local time.

    Signals:
        changed: (date) it is another day now.
    """

    changed = Signal(object)

    def __init__(
        self, now: Callable[[], datetime] = datetime.now, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._day = now().date()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._wait()

    @property
    def day(self) -> date:
        """The day that everybody goes by."""
        return self._day

    @property
    def waits_ms(self) -> int:
        """After how long the clock is looked at again."""
        return self._timer.interval()

    def look(self) -> None:
        """Look at the clock, and say so where it is another day."""
        day = self._now().date()
        self._wait()
        if day != self._day:
            self._day = day
            self.changed.emit(day)

    def _wait(self) -> None:
        now = self._now()
        midnight = datetime.combine(now.date() + timedelta(1), datetime.min.time())
        # A moment after midnight, because a timer may be a little early.
        left = round((midnight - now.replace(tzinfo=None)).total_seconds() * 1000) + 500
        self._timer.start(min(left, _LONGEST_MS))
