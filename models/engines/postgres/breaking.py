# SPDX-License-Identifier: MIT
"""How a question ends before its answer is there: the server is told, or the connection broken off.

A server that is silent is told nothing. Whoever waits for it in another thread goes on as soon as
the connection under it is broken off on this side.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]

_ASKED_EVERY = 0.05
"""Seconds between two questions whether an answer is still wanted."""
_TELLING_S = 5.0
"""Seconds after which a server is not told any more that no answer is wanted."""


def watch(connection: Connection, cancelled: Callable[[], bool], done: threading.Event) -> None:
    """Until it is ``done`` ask whether it was ``cancelled``, and then tell the server."""
    while not done.wait(_ASKED_EVERY):
        if cancelled():
            # Lost meanwhile, or silent: then nobody is left to be told.
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=_TELLING_S)
            return


def break_off(connection: Connection) -> None:
    """Have whoever waits for this connection find it lost; called in any thread."""
    # It may be closed by its own thread just now.
    with suppress(OSError, psycopg.Error):
        end = socket.socket(fileno=connection.fileno())
        try:
            end.shutdown(socket.SHUT_RDWR)
        finally:
            end.detach()
