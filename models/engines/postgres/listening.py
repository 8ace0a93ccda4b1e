# SPDX-License-Identifier: MIT
"""A connection that hears when somebody writes, and knows who else is there."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, LiteralString

import psycopg

from models.engines.postgres.breaking import break_off
from models.engines.postgres.connecting import WINDOW, Caller, callers, listed_as

CHANNEL = "kypholog"
"""Whoever has written into the audit says a word here; the word is empty."""
_HERE = "here"
"""The word of somebody who has just come, or come back, and has written nothing."""

_OTHERS = (
    "SELECT usename, application_name FROM pg_stat_activity "
    "WHERE datname = current_database() AND starts_with(application_name, %s) "
    "AND pid <> pg_backend_pid() ORDER BY application_name"
)

Connection = psycopg.Connection[Any]


class Ear:
    """Belongs to one thread; any other may wake it.

    Args:
        connect: makes the connection.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._awake, self._wakes = socket.socketpair()
        self._awake.setblocking(False)
        self._selector = selectors.DefaultSelector()
        with ExitStack() as unless_connected:
            unless_connected.callback(self._close_pair)
            self._connection = connect()
            unless_connected.pop_all()
        self._is_over = self._is_asking = False

    def listen(self) -> None:
        """Say that somebody is here, and hear of news from now on.

        Raises:
            psycopg.OperationalError: the connection is lost, or nobody wants to know any more.
        """
        # Before it listens, because it knows that itself.
        self._asked(f"NOTIFY {CHANNEL}, '{_HERE}'")
        self._asked(f"LISTEN {CHANNEL}")
        self._selector.register(self._connection.fileno(), selectors.EVENT_READ, True)
        self._selector.register(self._awake, selectors.EVENT_READ, False)

    def wait(self, seconds: float) -> bool:
        """Whether somebody wrote: as soon as somebody did or came, it was woken, or time is over.

        Raises:
            psycopg.OperationalError: the connection is lost.
        """
        found = self._selector.select(seconds)
        for key, _events in found:
            if not key.data:
                while self._is_drained():
                    pass
        return any(word.payload != _HERE for word in list(self._connection.notifies(timeout=0)))

    def wake(self) -> None:
        """Let ``wait`` return now."""
        try:
            self._wakes.send(b"!")
        except OSError:
            # Closed meanwhile: nobody waits any more.
            return

    def end(self) -> None:
        """Nobody wants to know any more: what is waited for, of a silent server too, ends now."""
        self._is_over = True
        if self._is_asking:
            break_off(self._connection)
        self.wake()

    def ask(self) -> None:
        """Find out whether the server answers.

        Raises:
            psycopg.OperationalError: it does not.
        """
        self._asked("SELECT 1")

    def others(self) -> list[tuple[str, Caller]]:
        """The accounts that have the logbook open in another window, and from where."""
        return list(callers(self._asked(_OTHERS, (listed_as(WINDOW),)).fetchall()))

    def close(self) -> None:
        """Let go of the connection."""
        self._selector.close()
        self._connection.close()
        self._close_pair()

    def _asked(self, sql: LiteralString, values: Sequence[object] = ()) -> psycopg.Cursor[Any]:
        self._is_asking = True
        try:
            if self._is_over:
                raise psycopg.OperationalError
            return self._connection.execute(sql, values or None)
        finally:
            self._is_asking = False

    def _is_drained(self) -> bool:
        try:
            return bool(self._awake.recv(64))
        except BlockingIOError:
            return False

    def _close_pair(self) -> None:
        self._awake.close()
        self._wakes.close()
