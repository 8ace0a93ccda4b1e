# SPDX-License-Identifier: MIT
"""The way to a server, which may lead through a pool of connections such as PgBouncer.

A pool takes no settings with the first word. It may keep a connection of the server for a whole
session, which is as good as none between; or give every transaction another one, and then nothing
that others write is heard.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from contextlib import closing
from functools import partial
from typing import Any

import psycopg

from models.engines.postgres.attempts import Attempts
from models.engines.postgres.connecting import (
    OF_THE_SERVER,
    WORK,
    Caller,
    parameters,
    said_in,
)
from models.engines.postgres.errors import SharedConnections

_NO_OPTIONS = "unsupported startup parameter"
_PROCESS = b"SELECT pg_backend_pid()"
_TRIES = 5
"""Others may be at work with the same pool just then."""


class Way:
    """Goes to one server.

    Args:
        uri: the address, as psycopg reads it.
        password: "" where it asks for none, or finds it by itself.
        caller: who goes.
    """

    def __init__(self, uri: str, password: str, caller: Caller) -> None:
        self._uri, self._password, self._caller = uri, password, caller
        self._takes_options = True
        self._attempts = Attempts()

    def connect(
        self, purpose: str, wanted: Callable[[], bool] | None = None, **more: Any
    ) -> psycopg.Connection[Any]:
        """A new connection; it is waited for as long as it is ``wanted``, see ``Attempts``.

        Raises:
            psycopg.OperationalError: there is none to be had.
        """
        return self._attempts.make(partial(self._connect, purpose, **more), wanted)

    def give_up(self, spared: Container[int] = ()) -> None:
        """Wait for no new connection any longer, but for those of the threads that are spared."""
        self._attempts.give_up(spared)

    def _connect(self, purpose: str, **more: Any) -> psycopg.Connection[Any]:
        given = parameters(self._uri, self._password, self._caller, purpose)
        if self._takes_options:
            try:
                return psycopg.connect(self._uri, **given, **more)
            except psycopg.OperationalError as error:
                if _NO_OPTIONS not in str(error):
                    raise
        given["options"] = said_in(self._uri).get("options")
        connection = psycopg.connect(self._uri, **given, **more)
        self._takes_options = False
        _let_hold(connection, dict(OF_THE_SERVER))
        return connection

    def refuse_shared(self, connection: psycopg.Connection[Any], process: int) -> None:
        """See that a connection is that of the server, or the same one for as long as it lasts.

        ``process`` is what the server says of itself; who answers otherwise says another number.

        Raises:
            SharedConnections: two of them are served by one, in turn.
        """
        if connection.info.backend_pid == process:
            return
        with closing(self.connect(WORK, autocommit=True)) as other:
            for _ in range(_TRIES):
                if _process(connection) == _process(other):
                    _let_hold(other, dict.fromkeys(OF_THE_SERVER))
                    raise SharedConnections


def _process(connection: psycopg.Connection[Any]) -> object:
    return connection.execute(_PROCESS).fetchone()


def _let_hold(connection: psycopg.Connection[Any], values: dict[str, int | None]) -> None:
    """Have the server hold to these on its side; None is what it held to before."""
    said = "; ".join(
        f"RESET {name}" if value is None else f"SET {name} = {value}"
        for name, value in values.items()
    )
    before = connection.autocommit
    connection.autocommit = True
    connection.execute(said.encode())
    connection.autocommit = before
