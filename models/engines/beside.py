# SPDX-License-Identifier: MIT
"""A second connection to a file, which reads beside the first one in a thread of its own.

The engine lets go of the interpreter while it looks for rows, so that two connections take two
processors. Both must see the same state of the database, whoever saves meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

if TYPE_CHECKING:
    from concurrent.futures import Future

    from models.engines.engine import Engine
    from models.engines.sqlite import Database

T = TypeVar("T")

_CACHE_KIB = 8_000
"""Of the second connection, which looks at nearly every page once."""


class Second:
    """The second connection, from when it is opened until it is closed."""

    def __init__(self, database: Database) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._database = database
        self._thread = ThreadPoolExecutor(1, "second reader")
        self._version = 0
        self._last: Future[Any] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether work that was begun is not done yet; what is begun now would have to wait."""
        return self._last is not None and not self._last.done()

    def begin(self, work: Callable[[], T]) -> Future[T]:
        """Have ``work`` done by the second thread; what it asks the database goes there."""
        begun = self._thread.submit(work)
        self._last = begun
        return begun

    def opens(self) -> bool:
        """Whether there could be a second connection; then it is there."""
        return self.begin(self._open).result()

    def joins(self) -> bool:
        """Whether it sees what this thread sees, which began to look only after ``opens``.

        Then it goes on to see just that.
        """
        seen = _seen(self._database)
        return self.begin(self._look).result() == seen

    def close(self) -> None:
        """Let go of it, after the work that was begun."""
        self.begin(self._close).result()
        self._thread.shutdown()

    def _open(self) -> bool:
        try:
            self._database.connect()
            self._database.pragma("cache_size", -_CACHE_KIB)
            self._version = self._database.pragma("data_version")
        except peewee.DatabaseError:
            # Such as too many open files. Nobody needs it: the first one reads alone, as ever.
            return False
        return True

    def _look(self) -> tuple[int, int] | None:
        self._database.begin("DEFERRED")
        seen = _seen(self._database)
        # The same before and after the other connection began to look: nobody saved in between.
        return seen if self._database.pragma("data_version") == self._version else None

    def _close(self) -> None:
        if not self._database.is_closed():
            # It only looked; what is begun ends with the connection.
            self._database.close()


def beside(database: Engine, work: Callable[[], T]) -> Callable[[], T]:
    """Have ``work`` done by the second connection where there is one, while this thread goes on.

    Without one it is done at once. The result waits in what is returned; call that before the view
    ends.
    """
    second = database.second
    if second is None:
        done = work()
        return lambda: done
    return second.begin(work).result


@contextmanager
def second_beside(database: Database) -> Iterator[Second | None]:
    """Look at one state of the database, and have a second connection do so too where it can.

    Within a transaction, on a machine with one processor, where the file is not there any more, and
    where somebody saves at the very moment, there is none.
    """
    second = Second(database) if _could_help(database) else None
    try:
        is_open = second is not None and second.opens()
        with database.atomic("DEFERRED"):
            yield second if second is not None and is_open and second.joins() else None
    finally:
        if second is not None:
            second.close()


def _could_help(database: Database) -> bool:
    if database.in_transaction() or (os.cpu_count() or 1) < 2:
        return False
    try:
        return Path(database.database).stat().st_size >= database.shared_from
    except OSError:
        return False


def _seen(database: Database) -> tuple[int, int]:
    """What tells one database from another that took its place; it begins to look."""
    return database.pragma("schema_version"), database.pragma("page_count")
