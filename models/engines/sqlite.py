# SPDX-License-Identifier: MIT
"""SQLite, as every machine gets it: the one that sqlcipher3 brings along.

The system's own SQLite is not used. Versions before 3.51.3 can lose a checkpoint in WAL mode when
two processes write, and they differ from machine to machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from urllib.parse import quote

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from models.address import Place
from models.engines import fulltext
from models.engines.beside import Second, second_beside
from models.engines.engine import AT_ONCE, Engine
from models.engines.sqlite_errors import plain_errors, refuse_no_files, schema_errors
from models.engines.stopping import Interrupted
from models.engines.waiting import writing
from models.tags.words import words_in

APPLICATION_ID = 0x4B595048
"""Marks a database file as a Kypholog logbook ("KYPH" in ASCII)."""

_BUSY_MS = 5_000
_CACHE_KIB = 32_000
_PAGE = 16_384
"""Bytes of a page of a new file. Rows of the audit take a kilobyte or several, and so do many that
are read one after the other: larger pages waste less room and are fewer to write, twice, and to
read. A single save takes as long as with the usual 4096."""
_JOURNAL = 4 << 20
"""Bytes of the write-ahead log at which it is folded into the file, whatever the size of a page.
Measured on pages of 16 KiB: beside four times as much a save takes as long, writes 14 % more bytes,
and waits for the disk 2.6 times instead of 2.2."""
_SHARED_FROM = 64 << 20
"""Bytes of a file; a smaller one is read before a second connection is there."""
_STEPS = 50_000
"""Of the machine inside SQLite; a millisecond or so."""

_CHANGES = frozenset(
    getattr(dbapi2, f"SQLITE_{name}")
    for name in (
        *("INSERT", "UPDATE", "DELETE", "ALTER_TABLE", "ATTACH", "DETACH"),
        *("CREATE_INDEX", "CREATE_TABLE", "CREATE_TRIGGER", "CREATE_VIEW", "CREATE_VTABLE"),
        *("DROP_INDEX", "DROP_TABLE", "DROP_TRIGGER", "DROP_VIEW", "DROP_VTABLE"),
    )
)
_TEMPORARY = "temp"


class _OfFile(dbapi2.Connection):  # type: ignore[misc]
    """A connection to a file that is there; no empty one is made where there is none."""

    def __init__(self, file: str, **kwargs: Any) -> None:
        address = f"file:{quote(str(Path(file).absolute()))}?mode=rw"
        super().__init__(address, uri=True, **kwargs)


class _OfThread(threading.local):
    """What each thread has of its own."""

    second: Second | None = None


class Database(Engine, SqlCipherDatabase):  # type: ignore[misc]
    """A database in a file, encrypted or not, which can refuse every change.

    Attributes:
        is_fenced: whether it does.
        shared_from: how many bytes the file has when a second connection helps to read it.
    """

    index: ClassVar[ModuleType] = fulltext
    finds_ways = False
    keeps_indexes = False
    is_fenced = False
    shared_from = _SHARED_FROM

    def __init__(self, file: str, **kwargs: Any) -> None:
        self._of_thread = _OfThread()
        self._file = None if kwargs.get("uri") else Path(file)
        self._is_encrypted = bool(kwargs.get("passphrase"))
        super().__init__(file, **kwargs)

    def keep_to_file(self) -> None:
        """The file is there: no connection of later makes an empty one in its place."""
        self.connect_params["factory"] = _OfFile

    def _connect(self) -> dbapi2.Connection:
        if self._file is not None:
            refuse_no_files(self._file)
        return super()._connect()

    def _add_conn_hooks(self, connection: dbapi2.Connection) -> None:
        super()._add_conn_hooks(connection)
        _limit_journal(connection)
        if self.is_fenced:
            connection.set_authorizer(_look_only)

    def plain_errors(self, place: Place) -> AbstractContextManager[None]:
        """As ``Engine.plain_errors``; the file is named, which lies in ``place``."""
        return plain_errors(Path(self.database))

    def hold(self) -> None:
        """As ``Engine.hold``."""
        self.pragma("schema_version")

    @property
    def second(self) -> Second | None:
        """As ``Engine.second``."""
        return self._of_thread.second

    @contextmanager
    def view(self) -> Iterator[None]:
        """As ``Engine.view``."""
        with second_beside(self) as second:
            before = self._of_thread.second
            self._of_thread.second = second or before
            try:
                yield
            finally:
                self._of_thread.second = before

    def prepare_new(self) -> None:
        """Give a new, empty database file its pages, its mark and its journal.

        Encrypted ones keep the pages of the cipher, which are told with the keys.
        """
        if not self._is_encrypted:
            self.pragma("page_size", _PAGE)
            _limit_journal(self.connection())
        self.pragma("journal_mode", "WAL")
        self.pragma("application_id", APPLICATION_ID)

    def is_marked(self) -> bool:
        """Whether the file carries Kypholog's mark."""
        return bool(self.pragma("application_id") == APPLICATION_ID)

    def table_columns(self) -> dict[str, set[str]]:
        """As ``Engine.table_columns``."""
        found: dict[str, set[str]] = {}
        sql = "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p"
        with schema_errors(Path(self.database)):
            for table, column in self.execute_sql(f"{sql} WHERE m.type = 'table'"):
                found.setdefault(table, set()).add(column)
        return found

    def damage(self) -> list[str]:
        """As ``Engine.damage``: what SQLite finds wrong with the file."""
        found = [str(row[0]) for row in self.execute_sql("PRAGMA integrity_check")]
        return [] if found == ["ok"] else found

    def orphans(self) -> list[str]:
        """As ``Engine.orphans``."""
        return [
            f"{table}: row {row_number} belongs to a {parent} that does not exist"
            for table, row_number, parent, _ in self.execute_sql("PRAGMA foreign_key_check")
        ]

    def writing(self, goes_on: Callable[[], bool]) -> AbstractContextManager[None]:
        """As ``Engine.writing``."""
        return writing(self, goes_on)

    def write_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """As ``Engine.write_many``."""
        self.connection().executemany(sql, rows)

    def stream(
        self, sql: str, values: Sequence[object] = (), at_once: int = AT_ONCE
    ) -> Iterator[tuple[Any, ...]]:
        """As ``Engine.stream``; it holds one at a time, whatever was asked for."""
        del at_once
        yield from self.execute_sql(sql, values)

    @contextmanager
    def interruptible(self, cancelled: Callable[[], bool] | None) -> Iterator[None]:
        """As ``Engine.interruptible``; ``cancelled`` is asked in this thread."""
        if cancelled is None:
            yield
            return
        connection = self.connection()
        connection.set_progress_handler(cancelled, _STEPS)
        try:
            yield
        except peewee.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            raise Interrupted from error
        finally:
            connection.set_progress_handler(None, 0)

    @contextmanager
    def reading_broken_text(self, read: Callable[[bytes], str]) -> Iterator[None]:
        """As ``Engine.reading_broken_text``."""
        connection = self.connection()
        usual, connection.text_factory = connection.text_factory, read
        try:
            yield
        finally:
            connection.text_factory = usual

    def fence(self, *, on: bool) -> None:
        """As ``Engine.fence``.

        It goes by the statement, so that also a change is refused that asked nobody.
        """
        self.is_fenced = on
        if not self.is_closed():
            self.connection().set_authorizer(_look_only if on else None)

    @contextmanager
    def unfenced(self) -> Iterator[None]:
        """As ``Engine.unfenced``."""
        if not self.is_fenced or self.in_transaction():
            yield
            return
        connection = self.connection()
        connection.set_authorizer(None)
        try:
            yield
        finally:
            connection.set_authorizer(_look_only)


def open_database(
    file: Path, busy_ms: int = _BUSY_MS, passphrase: str = "", *, is_there: bool = False
) -> Database:
    """A database on ``file`` that is not connected yet.

    Whoever connects makes an empty one where there is none, unless it ``is_there``.

    Every commit waits for the disk (synchronous FULL in WAL mode); temporary tables stay in
    memory, so that no patient data reaches a temporary file. With a ``passphrase`` everything on
    the disk is encrypted, the journal too.
    """
    cipher = [("cipher_compatibility", 4)] if passphrase else []
    database = Database(
        str(file),
        passphrase=passphrase,
        pragmas=[
            # What it would print at a wrong key is told in sentences.
            ("cipher_log_level", "NONE"),
            *cipher,
            ("busy_timeout", busy_ms),
            ("synchronous", "FULL"),
            ("foreign_keys", 1),
            ("temp_store", "MEMORY"),
            ("cache_size", -_CACHE_KIB),
        ],
        lock_type="IMMEDIATE",
        autoconnect=False,
    )
    database.register_function(_words_in, "words_in", 1)
    if is_there:
        database.keep_to_file()
    return database


def _limit_journal(connection: dbapi2.Connection) -> None:
    """SQLite counts the log in pages, and means by that pages of 4 KiB."""
    # Text where the file is encrypted.
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    connection.execute(f"PRAGMA wal_autocheckpoint = {_JOURNAL // int(page)}")


def _look_only(action: int, *said: str | None) -> int:
    place = said[2] if len(said) > 2 else None
    is_change = action in _CHANGES and place != _TEMPORARY
    return int(dbapi2.SQLITE_DENY if is_change else dbapi2.SQLITE_OK)


def _words_in(text: str) -> str:
    """What statements can make of a text for the search, as ``words_in``."""
    return " ".join(words_in(text))


def has_broken_pages(file: Path, passphrase: str) -> bool:
    """Whether an encrypted database has pages that are not what was written."""
    database = open_database(file, passphrase=passphrase)
    with plain_errors(file):
        database.connect()
        try:
            return database.execute_sql("PRAGMA cipher_integrity_check").fetchone() is not None
        finally:
            database.close()
