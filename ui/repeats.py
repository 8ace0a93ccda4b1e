# SPDX-License-Identifier: MIT
"""Changes that a server did not take, carried out once each when it answers again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import LogbookError, ServerAway
from models.once import Once
from ui.events import LogbookEvents
from ui.jobs import Jobs

_PAUSE_MS = 1_000
"""Until the next attempt where nobody says that the server is away."""


class _Waiting:
    """One of these changes, the same as no other one."""

    def __init__(
        self,
        order: Once[Any],
        done: Callable[[Any], None],
        failed: Callable[[LogbookError], None],
    ) -> None:
        self.order, self.done, self.failed = order, done, failed


class Repeats(QObject):
    """One after the other, in the order in which they came, in jobs.

    Args:
        what: what these changes do, in words, for whoever closes the window over them; "" where
            they are kept elsewhere, too.

    Signals:
        emptied: nothing waits any more.
    """

    emptied = Signal()

    def __init__(self, jobs: Jobs, events: LogbookEvents, parent: QObject, what: str = "") -> None:
        super().__init__(parent)
        self._jobs, self._what = jobs, what
        self._waiting: list[_Waiting] = []
        self._is_busy = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.go_on)
        events.link_changed.connect(lambda is_there: self.go_on() if is_there else None)
        events.opened.connect(self.forget)

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def run(
        self,
        order: Once[Any],
        done: Callable[[Any], None],
        failed: Callable[[LogbookError], None],
        waits: Callable[[], None],
    ) -> None:
        """Carry it out now, or when the server answers again: then ``waits`` is called first."""

        def fail(error: LogbookError) -> None:
            if isinstance(error, ServerAway):
                self.keep(order, done, failed)
                waits()
            else:
                failed(error)

        self._jobs.run(order.logbook, order.carry_out, done, fail, changes=True)

    def keep(
        self,
        order: Once[Any],
        done: Callable[[Any], None],
        failed: Callable[[LogbookError], None],
    ) -> None:
        """Carry it out when the server answers again, for it just did not."""
        self._waiting.append(_Waiting(order, done, failed))
        if self._what:
            self._jobs.postponed[self] = self._what
        self._wait()

    def go_on(self) -> None:
        """Try the first one that waits, and the others after it."""
        if self._is_busy or not self._waiting:
            return
        first = self._waiting[0]
        self._is_busy = True

        def done(value: object) -> None:
            if self._leave(first):
                first.done(value)
            self.go_on()

        def fail(error: LogbookError) -> None:
            if isinstance(error, ServerAway):
                self._is_busy = False
                self._wait()
                return
            if self._leave(first):
                first.failed(error)
            self.go_on()

        # Without a connection made for it: whether it was done is asked first.
        self._jobs.run(None, first.order.carry_out, done, fail, changes=True)

    def _leave(self, one: _Waiting) -> bool:
        """It waits no more; False where it was forgotten meanwhile."""
        self._is_busy = False
        if one not in self._waiting:
            return False
        self._waiting.remove(one)
        if not self._waiting:
            self._jobs.postponed.pop(self, None)
            self.emptied.emit()
        return True

    def forget(self) -> None:
        """Another logbook is open, or none; who did not agree to that is told."""
        self._pause.stop()
        self._waiting.clear()
        if self._jobs.postponed.pop(self, None):
            why = self.tr("{what} waited for the server, and was not done.")
            again = self.tr("Open it again and do it once more.")
            self._jobs.unsaved.emit(LogbookError(why.format(what=self._what), again))

    def _wait(self) -> None:
        # Where the server is known to be away, whoever watches it tells when it is back.
        link = self._waiting[0].order.logbook.link if self._waiting else None
        if link is not None and not link.is_away:
            self._pause.start()
