# SPDX-License-Identifier: MIT
"""Statements that go to a server together, because the way there may take longer than the work.

A message may hold several statements; the server carries them out in turn and stops at the first
that it refuses.
"""

from __future__ import annotations

import selectors
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg

from models.engines.engine import Asked
from models.engines.postgres.dialect import in_postgres

_MOST = 1 << 20
"""Letters that wait at most: images are large."""


class OfThread(threading.local):
    """What a thread remembers of the transaction that it is in.

    Attributes:
        number: that of the transaction that was begun last to change something.
        goes_on: whether somebody still wants to wait for the lock; None where nobody is asked.
        unsent: statements that go with the next one, their values put in.
    """

    number = ""
    goes_on: Callable[[], bool] | None = None

    def __init__(self) -> None:
        self.unsent: list[str] = []

    @property
    def is_full(self) -> bool:
        """Whether what waits has to go by itself."""
        return sum(map(len, self.unsent)) > _MOST

    def with_unsent(self, *statements: str) -> str:
        """One message of all that waits, which waits no longer, and of ``statements``."""
        waiting, self.unsent = self.unsent, []
        # Values stand in the statements already, so no sign of percent marks one.
        return ";\n".join((*waiting, *statements)).replace("%", "%%")


def with_values(connection: psycopg.Connection[Any], asked: Sequence[Asked]) -> Iterator[str]:
    """Each statement of ours as the server reads it, with its values in it."""
    cursor = psycopg.ClientCursor(connection)
    for sql, values in asked:
        yield cursor.mogrify(in_postgres(sql).encode(), values or ())


def has_come(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server says something that nobody asked for, such as that it lets go."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection.fileno(), selectors.EVENT_READ)
        return bool(selector.select(0))


def answers(cursor: psycopg.Cursor[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of each statement of a message; [] for one that has none."""
    more: bool | None = True
    while more:
        yield cursor.fetchall() if cursor.description is not None else []
        more = cursor.nextset()


def last_answer(cursor: psycopg.Cursor[Any]) -> psycopg.Cursor[Any]:
    """The cursor at what the last statement of a message answers."""
    while cursor.nextset():
        pass
    return cursor
