# SPDX-License-Identifier: MIT
"""A connection to a logbook on a PostgreSQL server, by peewee and psycopg."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from itertools import count
from types import ModuleType
from typing import Any, ClassVar, cast
from weakref import WeakSet

import peewee
import psycopg
from playhouse.pool import PooledPostgresqlDatabase

from models.address import Address, Place
from models.engines.engine import AT_ONCE, Asked, Engine
from models.engines.postgres import breaking, connecting, search
from models.engines.postgres.dialect import NOTHING_IS_EMPTY, in_postgres
from models.engines.postgres.errors import (
    ENCODING,
    OLDEST,
    OldServer,
    OtherEncoding,
    Unanswered,
    plain_errors,
)
from models.engines.postgres.functions import FUNCTIONS
from models.engines.postgres.listening import CHANNEL, Ear
from models.engines.postgres.together import (
    OfThread,
    answers,
    has_come,
    last_answer,
    with_values,
)
from models.engines.postgres.values import as_sqlite_has_them
from models.engines.postgres.way import Way
from models.engines.stopping import Interrupted
from models.errors import WaitStopped
from models.speech import say
from models.vocabulary import Role

_LOOK = "DEFERRED"
"""How a transaction is begun that changes nothing, by the word that SQLite has for it."""

_AUDIT_LOCK = 0x4B595048
"""Whoever changes a logbook holds this lock, so that the audit is one chain ("KYPH" in ASCII)."""

_WHO = """
SELECT session_user, current_setting('transaction_read_only'),
    has_table_privilege('procedure', 'INSERT') AND has_table_privilege('audit_entry', 'INSERT'),
    has_table_privilege('schema_migration', 'INSERT'), pg_backend_pid()
"""
"""Who may write down that the tables have a new form looks after the logbook."""

_LOCK = "SELECT pg_current_xact_id()::text, pg_try_advisory_xact_lock(?)"
"""The number comes along, because it is what can be asked for where a commit has no answer."""

_OUTCOME = "SELECT pg_xact_status(?::text::xid8)"

_HOLDER = (
    "SELECT a.usename, a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = ? "
    "AND a.datname = current_database()"
)

_IDLE_S = 300
"""Seconds after which a connection that nobody needs is not used again."""

_IDLE = psycopg.pq.TransactionStatus.IDLE
_FEW = 20
"""Rows that go with the next statement; more of them have their own way to be written."""
_NAMES = count()
"""Of streams: the server tells them apart by name."""


class _Adapter(peewee.Psycopg3Adapter):
    """Makes the connections of peewee."""

    def connect(self, db: Database, **_given: object) -> psycopg.Connection[Any]:
        # Values are put into the statement here: then "?" may stand wherever a value may.
        connection = db.way.connect(connecting.WORK, cursor_factory=psycopg.ClientCursor)
        as_sqlite_has_them(connection)
        return connection


_Postgres: Any = PooledPostgresqlDatabase
"""As with ``Engine``: half of it has types."""


class Database(Engine, _Postgres):  # type: ignore[misc]
    """A logbook on a server.

    Statements mark their values by ``?``, as everywhere in the program. Connections are kept for
    the next one who needs one, for making one takes longer than most questions.
    """

    param = "?"
    index: ClassVar[ModuleType] = search
    psycopg3_adapter = _Adapter
    finds_ways = True
    keeps_indexes = True
    field_types = {
        **peewee.PostgresqlDatabase.field_types,
        "BOOL": "SMALLINT",
        "INT": "BIGINT",
        "TEXT": 'TEXT COLLATE "C"',
    }

    def __init__(self, address: str, password: str = "") -> None:
        uri = connecting.conninfo(address)
        self.caller = connecting.Caller.own()
        self.way = Way(uri, password, self.caller)
        self._own = OfThread()
        self._changing: WeakSet[Any] = WeakSet()
        super().__init__(
            uri,
            max_connections=None,
            stale_timeout=_IDLE_S,
            prefer_psycopg3=True,
            autoconnect=False,
        )

    def _is_closed(self, conn: psycopg.Connection[Any]) -> bool:
        """Whether a connection that was kept is lost; where nothing came over it, it is not.

        So nobody asks the server first, which is as far away as its answer.
        """
        if not conn.closed and conn.info.transaction_status is _IDLE and not has_come(conn):
            return False
        return bool(super()._is_closed(conn))

    def execute_sql(self, sql: str, params: Sequence[object] | None = None) -> Any:
        """Run one statement of ours; statements of peewee's own mark their values by ``%s``."""
        if not params or "%s" not in sql or "?" in sql:
            sql = in_postgres(sql)
        if sql.startswith("ROLLBACK"):
            # To a point before what was not sent yet: whoever set that point has sent the rest.
            self._own.unsent.clear()
        if not self._own.unsent:
            return super().execute_sql(sql, params)
        with_values = cast("psycopg.ClientCursor[Any]", self.cursor()).mogrify(sql, params or ())
        return last_answer(super().execute_sql(self._own.with_unsent(with_values)))

    def write(self, sql: str, values: Sequence[object] = ()) -> None:
        """As ``Engine.write``: it waits for the next statement, or for the commit."""
        self._own.unsent += with_values(self.connection(), [(sql, values)])
        if self._own.is_full or not self.in_transaction():
            self._now()

    def ask_all(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        """As ``Engine.ask_all``: in one message."""
        told = list(with_values(self.connection(), asked))
        found = list(answers(super().execute_sql(self._own.with_unsent(*told))))
        return found[-len(asked) :]

    def _now(self) -> psycopg.Connection[Any]:
        """The connection, when all that was to go with something else has gone."""
        if self._own.unsent:
            super().execute_sql(self._own.with_unsent())
        return cast("psycopg.Connection[Any]", self.connection())

    def connect(self, reuse_if_open: bool = False) -> bool:
        """As peewee's; a connection that was lost meanwhile is made anew.

        Raises:
            OldServer: the server is too old to work with.
            OtherEncoding: the database cannot keep every letter.
        """
        if reuse_if_open and self._is_lost() and not self.in_transaction():
            self.close()
        is_new = bool(super().connect(reuse_if_open=reuse_if_open))
        self._refuse_what_cannot_do(self.connection().info)
        return is_new

    def _refuse_what_cannot_do(self, server: psycopg.ConnectionInfo) -> None:
        version = server.server_version
        encoding = server.parameter_status("server_encoding") or ENCODING
        if version < OLDEST:
            self.manual_close()
            raise OldServer(version)
        if encoding != ENCODING:
            self.manual_close()
            raise OtherEncoding(encoding)

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction: to look at one state of the logbook, or to change it alone."""
        self._own.number = ""
        if lock_type == _LOOK:
            self._own.unsent.append("BEGIN ISOLATION LEVEL REPEATABLE READ")
            return
        self._changing.add(self.connection())
        # Whoever waited for the lock has to see what was written meanwhile.
        self._own.unsent.append("BEGIN ISOLATION LEVEL READ COMMITTED")
        self._own.number, has_lock = self.execute_sql(_LOCK, (_AUDIT_LOCK,)).fetchone()
        if not has_lock:
            self._wait_for_lock(self._own.goes_on)

    def _wait_for_lock(self, goes_on: Callable[[], bool] | None) -> None:
        """The server lets everybody have their turn in the order in which they came."""
        try:
            with self.interruptible(goes_on and (lambda: not goes_on())):
                self.execute_sql("SELECT pg_advisory_xact_lock(?)", (_AUDIT_LOCK,))
        except Interrupted as error:
            self.rollback()
            raise WaitStopped(
                say("Waiting was stopped; nothing was saved."),
                say("What you entered is kept. Save it when the other one has finished."),
            ) from error
        except BaseException:
            self.rollback()
            raise

    def atomic(self, *args: object, **more: object) -> Any:
        """As peewee's; to look at one state within a transaction is a part of that."""
        if args[:1] == (_LOOK,) and self.in_transaction():
            return nullcontext()
        return super().atomic(*args, **more)

    @property
    def second(self) -> None:
        """None: the server has processors of its own."""

    @contextmanager
    def view(self) -> Iterator[None]:
        """As ``Engine.view``."""
        with self.atomic(_LOOK):
            yield

    @contextmanager
    def writing(self, goes_on: Callable[[], bool]) -> Iterator[None]:
        """As ``Engine.writing``."""
        with ExitStack() as stack:
            self._own.goes_on = goes_on
            try:
                stack.enter_context(self.atomic("IMMEDIATE"))
            finally:
                self._own.goes_on = None
            yield

    def commit(self) -> None:
        """As peewee's.

        Raises:
            Unanswered: the connection was lost, and the server may have committed or not.
        """
        try:
            if self._own.unsent:
                super().execute_sql(self._own.with_unsent("COMMIT"))
            else:
                super().commit()
        except (peewee.DatabaseError, peewee.InterfaceError) as error:
            if self._is_lost() and self._own.number:
                raise Unanswered(self._own.number) from error
            raise
        self._changing.discard(self.connection())

    def rollback(self) -> None:
        """As peewee's; what was begun on a connection that is lost is rolled back by the server."""
        self._own.unsent.clear()
        if not self._is_lost():
            super().rollback()
        self._changing.discard(self.connection())

    def hang_up(self, *, also_changing: bool, spared: Container[int] = ()) -> None:
        """Break off connections at work, and, but for ``spared`` threads, those to come."""
        self.way.give_up(spared)
        for one in list(self._in_use.values()):
            if also_changing or one.connection not in self._changing:
                breaking.break_off(one.connection)

    def _is_lost(self) -> bool:
        return not self.is_closed() and bool(self.connection().closed)

    def has_committed(self, number: str) -> bool:
        """Whether the transaction of this number was committed.

        Whoever still works at it has the writer's lock, so the answer is final.
        """
        with self.atomic("IMMEDIATE"):
            (outcome,) = self.execute_sql(_OUTCOME, (number,)).fetchone()
        return bool(outcome == "committed")

    def tell_others(self) -> None:
        """Let whoever listens know, once this transaction is committed, that there is news."""
        self.write("SELECT pg_notify(?, '')", (CHANNEL,))

    def ear(self, wanted: Callable[[], bool]) -> Ear:
        """A connection of its own that hears of news, and that counts as an open window."""
        return Ear(partial(self.way.connect, connecting.WINDOW, wanted, autocommit=True))

    def holder(self) -> tuple[str, connecting.Caller] | None:
        """Which account of which program has the writer's lock."""
        return next(connecting.callers(self.execute_sql(_HOLDER, (_AUDIT_LOCK,))), None)

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """As ``Engine.write_many``; what stands for NULL on the way to SQLite becomes None."""
        empty = {"\0", ""} if NOTHING_IS_EMPTY in sql else {"\0"}
        told = [[None if _is_one_of(empty, cell) else cell for cell in row] for row in rows]
        if len(told) <= _FEW:
            for row in told:
                self.write(sql, row)
            return
        with self._now().cursor() as cursor:
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
        watch = threading.Thread(target=breaking.watch, args=(self.connection(), cancelled, done))
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

    def stream(
        self, sql: str, values: Sequence[object] = (), at_once: int = AT_ONCE
    ) -> Iterator[tuple[Any, ...]]:
        """As ``Engine.stream``."""
        name = f"kypholog_{next(_NAMES)}"
        one_state = nullcontext() if self.in_transaction() else self.view()
        with one_state, self._now().cursor(name=name) as cursor:
            cursor.itersize = at_once
            cursor.execute(in_postgres(sql), values or None)
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

    def account(self) -> tuple[str, Role]:
        """Who is connected, and how far the rights of the account on the tables go."""
        name, is_read_only, enters, administers, process = self.execute_sql(_WHO).fetchone()
        self.way.refuse_shared(self.connection(), process)
        if is_read_only == "on" or not enters:
            return name, Role.READER
        return name, Role.ADMIN if administers else Role.ENTRY

    def damage(self) -> list[str]:
        """The server looks after its own files."""
        return []

    def orphans(self) -> list[str]:
        """The server lets no row lose what it belongs to."""
        return []


def _is_one_of(texts: set[str], cell: object) -> bool:
    return isinstance(cell, str) and cell in texts
