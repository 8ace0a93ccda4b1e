# SPDX-License-Identifier: MIT
"""What the program asks of a database, of whatever kind it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import peewee

if TYPE_CHECKING:
    from models.address import Place
    from models.engines.beside import Second


AT_ONCE = 500
"""Rows of a stream that are held at a time, where they are small."""
FEW_AT_ONCE = 4
"""The same where each may have many megabytes, as images have."""

Asked = tuple[str, Sequence[object]]
"""A question, with its values."""

_Database: Any = peewee.Database
"""Half of it has types; so that statements need no casts, none of it has."""


class Engine(_Database, ABC):  # type: ignore[misc]
    """A database by peewee, and what differs between kinds of them.

    Attributes:
        index: the module that keeps what finds cases, as ``models.engines.search`` says.
        finds_ways: whether it finds the shortest way to an answer itself, and promises no order
            but the one that is asked for.
        keeps_indexes: whether its indexes stay while very much is written, because others would
            have to wait until they are there again.
        second: reads beside the connection of this thread, and sees the same; None without one.
    """

    index: ClassVar[ModuleType]
    finds_ways: ClassVar[bool]
    keeps_indexes: ClassVar[bool]

    @property
    @abstractmethod
    def second(self) -> Second | None:
        """As the class says."""

    @abstractmethod
    def view(self) -> AbstractContextManager[None]:
        """Within, every statement sees one state of the database, whoever saves meanwhile.

        Nothing is changed within. It may be shared with a ``second`` connection, which is open as
        long.
        """

    @abstractmethod
    def plain_errors(self, place: Place) -> AbstractContextManager[None]:
        """Turn what the database says of the world into sentences about ``place``.

        Errors that are bugs of ours (wrong SQL, broken constraints) pass through unchanged.
        """

    @abstractmethod
    def hold(self) -> None:
        """Have the database open from now on, on the connection of this thread."""

    @abstractmethod
    def prepare_new(self) -> None:
        """Give a new, empty database what a logbook needs before its tables."""

    @abstractmethod
    def is_marked(self) -> bool:
        """Whether it is that of a logbook."""

    @abstractmethod
    def table_columns(self) -> dict[str, set[str]]:
        """Which columns each table has."""

    @abstractmethod
    def damage(self) -> list[str]:
        """What the engine itself finds wrong, in its own words; [] when all is whole."""

    @abstractmethod
    def orphans(self) -> list[str]:
        """Rows that belong to a row that does not exist, in words."""

    @abstractmethod
    def writing(self, goes_on: Callable[[], bool]) -> AbstractContextManager[None]:
        """A transaction that has the writer's lock from the start.

        It is waited for as long as the database is patient, unless ``goes_on`` says no before.

        Raises:
            peewee.OperationalError: whoever has the lock did not let go in time.
            WaitStopped: nobody wants to wait any longer. Nothing was begun.
        """

    def tell_others(self) -> None:
        """Let others know that there is news, once this transaction is committed.

        Where they look at files they see it by themselves.
        """

    def write(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement inside a transaction that changes something and has no answer.

        It may go with the next one, on whose way it costs nothing; what is wrong with it is then
        told by that, by the commit at the latest.
        """
        self.execute_sql(sql, values)

    def change(self, query: peewee.Query) -> None:
        """The same with a query of peewee's."""
        self.write(*self.get_sql_context().sql(query).query())

    def ask_all(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        """The rows that answer each of several questions, which have but one way to go."""
        return [self.execute_sql(sql, values).fetchall() for sql, values in asked]

    @abstractmethod
    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of many rows, inside a transaction."""

    @abstractmethod
    def stream(
        self, sql: str, values: Sequence[object] = (), at_once: int = AT_ONCE
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, ``at_once`` of them in memory at a time, all of one state."""

    @abstractmethod
    def interruptible(self, cancelled: Callable[[], bool] | None) -> AbstractContextManager[None]:
        """Within, ``cancelled`` is asked now and then and stops the statement.

        Raises:
            Interrupted: it did.
        """

    @abstractmethod
    def reading_broken_text(self, read: Callable[[bytes], str]) -> AbstractContextManager[None]:
        """Within, bytes that are no text are read by ``read`` instead of ending the answer."""

    @abstractmethod
    def fence(self, *, on: bool) -> None:
        """Let the engine refuse every change, or no more; this connection and later ones."""

    @abstractmethod
    def unfenced(self) -> AbstractContextManager[None]:
        """Within, the engine takes changes on this connection."""
