# SPDX-License-Identifier: MIT
"""The turns that one opened logbook takes at writing: which entries it wrote, how long it waits.

Several windows and programs may have the same logbook open. What one of them wrote itself is no
news to it, and who waits for the writer's lock wants to know for whom.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from models.engines.engine import Engine

_LAST = "SELECT max(number) FROM audit_entry"


class Turns:
    """Kept by every opened logbook; its threads share it.

    Attributes:
        seen: the last audit entry of which whoever looks at the logbook knows.
        began: the last one when it was opened; None where nobody looks at it.
    """

    def __init__(self) -> None:
        self.seen = 0
        self.began: int | None = None
        self._own: list[tuple[int, int]] = []
        self._waiting: dict[int, float] = {}
        self._stopped: set[int] = set()
        self._forgotten: dict[int, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def begin(self, database: Engine) -> None:
        """From here on news are looked for."""
        self.seen = self.began = _last(database)

    @contextmanager
    def turn(self, database: Engine) -> Iterator[None]:
        """A transaction that takes the writer's lock at once; within one it is a part of that."""
        if database.in_transaction():
            with database.atomic():
                yield
            return
        span: tuple[int, int] | None = None
        try:
            with self._locked(database):
                before = _last(database)
                yield
                # Before it is committed, so that nobody sees the entries and takes them for news.
                span = self._note(before + 1, _last(database))
                if span is not None:
                    database.tell_others()
        except BaseException:
            self._forget(span)
            raise

    def wrote(self, number: int) -> bool:
        """Whether this logbook wrote the audit entry itself."""
        with self._lock:
            return any(first <= number <= last for first, last in reversed(self._own))

    def keep_after_all(self) -> None:
        """What this thread wrote last is there, although its commit seemed to fail."""
        with self._lock:
            span = self._forgotten.pop(threading.get_ident(), None)
            if span is not None:
                self._own.append(span)

    def waited_s(self) -> float:
        """For how many seconds it has been waiting for the writer's lock; 0 when it does not."""
        with self._lock:
            return time.monotonic() - min(self._waiting.values()) if self._waiting else 0.0

    def stop_waiting(self) -> None:
        """Let whoever is waiting for the writer's lock wait no longer; who comes later may."""
        with self._lock:
            self._stopped.update(self._waiting)

    @contextmanager
    def _locked(self, database: Engine) -> Iterator[None]:
        with ExitStack() as stack:
            with self._waits() as goes_on:
                stack.enter_context(database.writing(goes_on))
            yield

    @contextmanager
    def _waits(self) -> Iterator[Callable[[], bool]]:
        thread = threading.get_ident()
        with self._lock:
            self._waiting[thread] = time.monotonic()
        try:
            yield lambda: thread not in self._stopped
        finally:
            with self._lock:
                del self._waiting[thread]
                self._stopped.discard(thread)

    def _note(self, first: int, last: int) -> tuple[int, int] | None:
        if last < first:
            return None
        span = first, last
        with self._lock:
            if self._own and self._own[-1][1] == first - 1:
                span = self._own.pop()[0], last
            self._own.append(span)
        return first, last

    def _forget(self, span: tuple[int, int] | None) -> None:
        """The commit failed: others will have these numbers."""
        if span is None:
            return
        first, last = span
        with self._lock:
            self._forgotten[threading.get_ident()] = span
            held, self._own = self._own, []
            for start, end in held:
                pieces = (start, min(end, first - 1)), (max(start, last + 1), end)
                self._own.extend(piece for piece in pieces if piece[0] <= piece[1])


def _last(database: Engine) -> int:
    # Written out, because every change asks, and composing takes longer than asking.
    return int(database.execute_sql(_LAST).fetchone()[0] or 0)
