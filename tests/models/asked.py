# SPDX-License-Identifier: MIT
"""What the program asks the database, to see that it does not ask more of a larger logbook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.logbook import Logbook


@contextmanager
def statements(logbook: Logbook) -> Iterator[list[str]]:
    """What the program asks the database meanwhile, without what the engine asks itself."""
    asked: list[str] = []

    def note(statement: str) -> None:
        if not statement.startswith("--"):
            asked.append(statement)

    connection = logbook.database.connection()
    connection.set_trace_callback(note)
    try:
        yield asked
    finally:
        connection.set_trace_callback(None)
