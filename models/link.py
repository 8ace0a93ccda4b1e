# SPDX-License-Identifier: MIT
"""Whether the server of a logbook answers, as far as is known; all threads share it.

While somebody watches the connection, a server that is away is asked by the watch alone: everybody
else is told at once, so that nothing piles up behind a server that does not answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Cancelled = Callable[[], bool]

_ASKED_EVERY_S = 0.05
"""Seconds between two questions whether a logbook is still wanted."""
PAUSES_S = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between two attempts to reach the server; the last goes on for ever."""


class Link:
    """Belongs to an open logbook.

    Attributes:
        patience_s: for how long the end of a save that had no answer is looked for at once.
        is_given_up: whether nobody wants to wait for the server any more.
    """

    def __init__(self) -> None:
        self.patience_s = 15.0
        self.is_given_up = False
        self._changed = threading.Condition()
        self._is_there = True
        self._alarm: Callable[[], None] | None = None

    @property
    def is_away(self) -> bool:
        """Whether the server does not answer just now; where nobody watches only if given up."""
        return self.is_given_up or (self._alarm is not None and not self._is_there)

    def watch(self, alarm: Callable[[], None] | None) -> None:
        """From now on somebody watches, and ``alarm`` tells him; None for nobody any more."""
        self._alarm = alarm
        self._is_there = True

    def lose(self) -> None:
        """A connection was lost, or could not be made; whoever watches looks why."""
        if self._alarm is not None and self._is_there:
            self._is_there = False
            self._alarm()

    def give_up(self) -> None:
        """Nobody waits for the server until it is known to answer again."""
        with self._changed:
            self.is_given_up = True
            self._changed.notify_all()
        self.lose()

    def find(self) -> None:
        """The server answers again."""
        with self._changed:
            self._is_there, self.is_given_up = True, False
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until the server answers again, or is given up; whether it answers."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_there or self.is_given_up, seconds)
            return self._is_there and not self.is_given_up


def pause(attempt: int) -> float:
    """Seconds to wait before an attempt, the first of which is number 0."""
    return PAUSES_S[min(attempt, len(PAUSES_S) - 1)]


class Waking:
    """Wakes whoever waits; a thread that comes too late is not waited for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: Callable[[], None] | None = None
        self._event = threading.Event()

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until somebody wakes."""
        self._event.wait(seconds)
        self._event.clear()

    def call(self, calls: Callable[[], None] | None) -> None:
        """What wakes as well, from now on; None for nothing."""
        with self._lock:
            self._calls = calls

    def wake(self) -> None:
        """Let whoever waits go on."""
        self._event.set()
        with self._lock:
            if self._calls is not None:
                with suppress(OSError, ValueError):
                    self._calls()


@contextmanager
def while_wanted(hang_up: Callable[[], object], cancelled: Cancelled | None) -> Iterator[None]:
    """Within, whatever is asked of the server ends as soon as it is ``cancelled``.

    That is also asked while the server is silent, or there is no connection yet. From then on
    ``hang_up`` of the logbook is called again and again.

    Raises:
        ServerAway: it was cancelled.
    """
    if cancelled is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_ASKED_EVERY_S):
            if cancelled():
                hang_up()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()
