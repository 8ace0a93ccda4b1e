# SPDX-License-Identifier: MIT
"""A connection to a logbook on a PostgreSQL server, by peewee and psycopg."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from types import ModuleType
from typing import Any, ClassVar, cast

import peewee
import psycopg
from psycopg.adapt import Dumper, Loader

from models.address import Address, Place
from models.engines.engine import Engine
from models.engines.postgres import search
from models.engines.postgres.dialect import NOTHING_IS_EMPTY, in_postgres
from models.engines.postgres.errors import plain_errors
from models.engines.postgres.functions import FUNCTIONS
from models.engines.stopping import Interrupted

_LOOK = "DEFERRED"
"""How a transaction is begun that changes nothing, by the word that SQLite has for it."""

_AUDIT_LOCK = 0x4B595048
"""Whoever changes a logbook holds this lock, so that the audit is one chain ("KYPH" in ASCII)."""

_FETCHED = 500
"""Rows of a stream that are fetched at once."""
_NAMES = count()
"""Of streams: the server tells them apart by name."""
_ASKED_EVERY = 0.05
"""Seconds between two questions whether an answer is still wanted."""


class _Truth(Dumper):
    """Truth as a small number: the columns hold 0 and 1, as in SQLite."""

    oid = psycopg.adapters.types["int2"].oid

    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class _Measured(Loader):
    """A measured number as SQLite gives it back: whole where it is whole."""

    def load(self, data: bytes | bytearray | memoryview) -> int | float:
        number = float(bytes(data))
        return int(number) if number.is_integer() else number


_Postgres: Any = peewee.PostgresqlDatabase
"""As with ``Engine``: half of it has types."""


class Database(Engine, _Postgres):  # type: ignore[misc]
    """A logbook on a server.

    Statements mark their values by ``?``, as everywhere in the program.
    """

    param = "?"
    index: ClassVar[ModuleType] = search
    finds_ways = True
    keeps_indexes = True
    field_types = {
        **peewee.PostgresqlDatabase.field_types,
        "BOOL": "SMALLINT",
        "INT": "BIGINT",
        "TEXT": 'TEXT COLLATE "C"',
    }

    def __init__(self, address: str, password: str = "") -> None:
        secret = {"password": password} if password else {}
        super().__init__(
            address,
            prefer_psycopg3=True,
            autoconnect=False,
            # Values are put into the statement here: then "?" may stand wherever a value may.
            cursor_factory=psycopg.ClientCursor,
            **secret,
        )

    def _connect(self) -> psycopg.Connection[Any]:
        connection: psycopg.Connection[Any] = super()._connect()
        connection.adapters.register_dumper(bool, _Truth)
        connection.adapters.register_loader("numeric", _Measured)
        return connection

    def execute_sql(self, sql: str, params: Sequence[object] | None = None) -> Any:
        """Run one statement of ours; statements of peewee's own mark their values by ``%s``."""
        if not params or "%s" not in sql or "?" in sql:
            sql = in_postgres(sql)
        return super().execute_sql(sql, params)

    def connect(self, reuse_if_open: bool = False) -> bool:
        """As peewee's; a connection that was lost meanwhile is made anew."""
        if reuse_if_open and not self.is_closed() and self.connection().closed:
            self.close()
        return bool(super().connect(reuse_if_open=reuse_if_open))

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction: to look at one state of the logbook, or to change it alone."""
        if lock_type == _LOOK:
            self.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ")
            return
        self.execute_sql("BEGIN")
        self.execute_sql("SELECT pg_advisory_xact_lock(?)", (_AUDIT_LOCK,))

    @contextmanager
    def writing(self, goes_on: Callable[[], bool]) -> Iterator[None]:
        """As ``Engine.writing``; the server lets everybody have their turn, and soon."""
        with self.atomic("IMMEDIATE"):
            yield

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """As ``Engine.write_many``; what stands for NULL on the way to SQLite becomes None."""
        empty = {"\0", ""} if NOTHING_IS_EMPTY in sql else {"\0"}
        told = [[None if _is_one_of(empty, cell) else cell for cell in row] for row in rows]
        with self.cursor() as cursor:
            cursor.executemany(in_postgres(sql), told)

    def plain_errors(self, place: Place) -> AbstractContextManager[None]:
        """As ``Engine.plain_errors``."""
        return plain_errors(cast("Address", place))

    def fence(self, *, on: bool) -> None:
        """The server's own accounts say who may change something."""

    def unfenced(self) -> AbstractContextManager[None]:
        """Nothing has to be opened for a change."""
        return nullcontext()

    def reading_broken_text(self, read: Callable[[bytes], str]) -> AbstractContextManager[None]:
        """The server keeps no text that is none."""
        return nullcontext()

    @contextmanager
    def interruptible(self, cancelled: Callable[[], bool] | None) -> Iterator[None]:
        """As ``Engine.interruptible``; ``cancelled`` is asked in another thread."""
        if cancelled is None:
            yield
            return
        if cancelled():
            raise Interrupted
        done = threading.Event()
        watch = threading.Thread(target=_watch, args=(self.connection(), cancelled, done))
        watch.start()
        try:
            yield
        except peewee.DatabaseError as error:
            if not isinstance(error.__context__, psycopg.errors.QueryCanceled):
                raise
            raise Interrupted from error
        finally:
            done.set()
            watch.join()

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """As ``Engine.stream``."""
        with self.connection().cursor(name=f"kypholog_{next(_NAMES)}") as cursor:
            cursor.itersize = _FETCHED
            cursor.execute(in_postgres(sql))
            yield from cursor

    def hold(self) -> None:
        """A connection to a server is open once it is made."""

    def prepare_new(self) -> None:
        """Give a new, empty database what our statements call."""
        for function in FUNCTIONS:
            self.execute_sql(function)

    def is_marked(self) -> bool:
        """As ``Engine.is_marked``."""
        return "schema_migration" in self.get_tables()

    def table_columns(self) -> dict[str, set[str]]:
        """As ``Engine.table_columns``."""
        found: dict[str, set[str]] = {}
        sql = (
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        )
        for table, column in self.execute_sql(sql):
            found.setdefault(table, set()).add(column)
        return found

    def damage(self) -> list[str]:
        """The server looks after its own files."""
        return []

    def orphans(self) -> list[str]:
        """The server lets no row lose what it belongs to."""
        return []


def _watch(
    connection: psycopg.Connection[Any], cancelled: Callable[[], bool], done: threading.Event
) -> None:
    while not done.wait(_ASKED_EVERY):
        if cancelled():
            connection.cancel_safe()
            return


def _is_one_of(texts: set[str], cell: object) -> bool:
    return isinstance(cell, str) and cell in texts
