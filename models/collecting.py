# SPDX-License-Identifier: MIT
"""Fewer walks of Python's collector through everything that a long work keeps in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_OFTEN = 200_000
"""New objects after which the young ones are looked through; usually 700."""


class _Works:
    """The works that run, and the pace that comes back when the last of them has ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running = 0
        self._usual = gc.get_threshold()

    def begin(self) -> None:
        with self._lock:
            if self._running == 0:
                self._usual = gc.get_threshold()
                gc.set_threshold(_OFTEN, *self._usual[1:])
            self._running += 1

    def end(self) -> None:
        with self._lock:
            self._running -= 1
            if self._running == 0:
                gc.set_threshold(*self._usual)


_works = _Works()


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Within, the collector of cycles comes seldom.

    An import or an export makes millions of small objects and no cycles; the usual pace costs it a
    tenth of its time. Memory is given back as ever, which needs no collector. Several works may run
    at once, and end in any order.
    """
    _works.begin()
    try:
        yield
    finally:
        _works.end()
