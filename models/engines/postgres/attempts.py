# SPDX-License-Identifier: MIT
"""Makes connections in threads of their own, so that nobody has to wait for one to the end.

A host that swallows what it is sent, or a name that nobody looks up, takes ten seconds or more, and
nothing ends that. Whoever gives an attempt up goes on at once; what still comes of it is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Container
from concurrent.futures import Future, InvalidStateError, wait
from contextlib import suppress
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

_ASKED_EVERY_S = 0.1
"""Seconds between two questions whether a connection is still wanted."""


class Attempts:
    """Those that are under way to one server; threads share it."""

    def __init__(self) -> None:
        self._under_way: dict[Future[Connection], int] = {}
        self._lock = threading.Lock()

    def make(
        self, make: Callable[[], Connection], wanted: Callable[[], bool] | None = None
    ) -> Connection:
        """What ``make`` makes.

        Args:
            make: makes the connection, in another thread.
            wanted: asked now and then; once it says no, the attempt is given up.

        Raises:
            psycopg.OperationalError: it was given up, or as ``make`` raises.
        """
        coming: Future[Connection] = Future()
        with self._lock:
            self._under_way[coming] = threading.get_ident()
        try:
            # A daemon, for the end of the program does not wait for it either.
            threading.Thread(target=_bring, args=(coming, make), daemon=True).start()
            while not wait((coming,), _ASKED_EVERY_S).done:
                if wanted is not None and not wanted():
                    _give_up(coming)
            return coming.result()
        finally:
            with self._lock:
                del self._under_way[coming]
            # Who stopped waiting for another reason does not take it any more.
            _give_up(coming)

    def give_up(self, spared: Container[int] = ()) -> None:
        """Wait for none of them any longer, but for those of the threads that are spared."""
        with self._lock:
            for coming, thread in self._under_way.items():
                if thread not in spared:
                    _give_up(coming)


def _bring(coming: Future[Connection], make: Callable[[], Connection]) -> None:
    try:
        made = make()
    except BaseException as error:  # noqa: BLE001 - carried to the thread that waits
        with suppress(InvalidStateError):
            coming.set_exception(error)
        return
    try:
        coming.set_result(made)
    except InvalidStateError:
        made.close()


def _give_up(coming: Future[Connection]) -> None:
    with suppress(InvalidStateError):
        coming.set_exception(psycopg.OperationalError("nobody waits for it any more"))
