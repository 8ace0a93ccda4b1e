# SPDX-License-Identifier: MIT
"""What the program asks the database, to see that it does not ask more of a larger logbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from models.logbook import Logbook

if TYPE_CHECKING:
    import psycopg


@contextmanager
def statements(logbook: Logbook) -> Iterator[list[str]]:
    """What the program asks the database meanwhile, without what the engine asks itself.

    The connection of this thread is listened to; values stand in the statements.
    """
    asked: list[str] = []
    connection = logbook.database.connection()
    if not logbook.has_files:
        with _listening(connection, asked):
            yield asked
        return

    def note(statement: str) -> None:
        if not statement.startswith("--"):
            asked.append(statement)

    connection.set_trace_callback(note)
    try:
        yield asked
    finally:
        connection.set_trace_callback(None)


@contextmanager
def _listening(connection: psycopg.Connection, asked: list[str]) -> Iterator[None]:
    import psycopg

    class Heard(psycopg.ClientCursor):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            said = self.mogrify(query, params)
            # How a writer waits for others has no statement on SQLite.
            if "pg_advisory" not in said:
                asked.append(said)
            return super().execute(query, params, **more)

    class HeardInPieces(psycopg.ServerCursor):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            asked.append(str(query))
            return super().execute(query, params, **more)

    usual = connection.cursor_factory, connection.server_cursor_factory
    connection.cursor_factory, connection.server_cursor_factory = Heard, HeardInPieces
    try:
        yield
    finally:
        connection.cursor_factory, connection.server_cursor_factory = usual
