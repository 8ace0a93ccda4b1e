# SPDX-License-Identifier: MIT
"""SQLite, as every machine gets it: the one that sqlcipher3 brings along.

The system's own SQLite is not used. Versions before 3.51.3 can lose a checkpoint in WAL mode when
two processes write, and they differ from machine to machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from models.errors import CannotWrite, LogbookBusy, LogbookDamaged, LogbookError, NotALogbook
from models.tags.words import words_in

APPLICATION_ID = 0x4B595048
"""Marks a database file as a Kypholog logbook ("KYPH" in ASCII)."""

BareError = dbapi2.DatabaseError
"""What statements on the bare connection raise."""

_IN_VAIN = "cannot rollback"
_RESTORE = "Keep the folder as it is and restore the last backup."
_DAMAGED = ("malformed", "corrupt", "could not decode", "vtable constructor failed")
_BUSY_MS = 5_000
_CACHE_KIB = 32_000
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


class Database(SqlCipherDatabase):  # type: ignore[misc]
    """A database whose engine can refuse every change, on all its connections.

    Attributes:
        is_fenced: whether it does.
    """

    is_fenced = False

    def _add_conn_hooks(self, connection: dbapi2.Connection) -> None:
        super()._add_conn_hooks(connection)
        if self.is_fenced:
            connection.set_authorizer(_look_only)


def open_database(
    file: Path, busy_ms: int = _BUSY_MS, passphrase: str = ""
) -> peewee.SqliteDatabase:
    """A database on ``file`` that is not connected yet.

    Every commit waits for the disk (synchronous FULL in WAL mode); temporary tables stay in
    memory, so that no patient data reaches a temporary file. With a ``passphrase`` everything on
    the disk is encrypted, the journal too.
    """
    cipher = [("cipher_compatibility", 4)] if passphrase else []
    database: peewee.SqliteDatabase = Database(
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
    return database


def fence(database: peewee.SqliteDatabase, *, on: bool) -> None:
    """Let the engine refuse every change of the file, or no more; this connection and later ones.

    It goes by the statement, so that also a change is refused that asked nobody.
    """
    assert isinstance(database, Database)
    database.is_fenced = on
    if not database.is_closed():
        database.connection().set_authorizer(_look_only if on else None)


def was_fenced(error: BaseException) -> bool:
    """Whether it is a change that the fence refused."""
    return "not authorized" in str(error) or "prohibited" in str(error)


def change_passphrase(database: peewee.SqliteDatabase, passphrase: str) -> None:
    """Let later connections use another key; there is none at the moment."""
    assert isinstance(database, Database)
    database.set_passphrase(passphrase)


@contextmanager
def unfenced(database: peewee.SqliteDatabase) -> Iterator[None]:
    """Within, the engine takes changes on this connection."""
    assert isinstance(database, Database)
    if not database.is_fenced or database.in_transaction():
        yield
        return
    connection = database.connection()
    connection.set_authorizer(None)
    try:
        yield
    finally:
        connection.set_authorizer(_look_only)


def _look_only(action: int, *said: str | None) -> int:
    place = said[2] if len(said) > 2 else None
    is_change = action in _CHANGES and place != _TEMPORARY
    return int(dbapi2.SQLITE_DENY if is_change else dbapi2.SQLITE_OK)


def _words_in(text: str) -> str:
    """What statements can make of a text for the search, as ``words_in``."""
    return " ".join(words_in(text))


def prepare_new(database: peewee.SqliteDatabase) -> None:
    """Give a new, empty database file its mark and its journal."""
    database.pragma("journal_mode", "WAL")
    database.pragma("application_id", APPLICATION_ID)


def lacking(file: Path, what: str) -> LogbookDamaged:
    """That the file lacks something that every logbook has."""
    return LogbookDamaged(f"{file} is damaged: it has no {what}.", _RESTORE)


def gone(file: Path) -> CannotWrite:
    """That the file was taken away while the logbook was open."""
    return CannotWrite(
        f"{file} is not there any more.",
        "If the folder was moved or renamed, open the logbook in its new place.",
    )


def is_marked(database: peewee.SqliteDatabase) -> bool:
    """Whether the file carries Kypholog's mark."""
    return bool(database.pragma("application_id") == APPLICATION_ID)


def damage(database: peewee.SqliteDatabase) -> list[str]:
    """What SQLite itself finds wrong with the file; [] when it is whole."""
    found = [str(row[0]) for row in database.execute_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def has_broken_pages(file: Path, passphrase: str) -> bool:
    """Whether an encrypted database has pages that are not what was written."""
    database = open_database(file, passphrase=passphrase)
    with plain_errors(file):
        database.connect()
        try:
            return database.execute_sql("PRAGMA cipher_integrity_check").fetchone() is not None
        finally:
            database.close()


def said_by(error: LogbookError) -> str:
    """What the engine said before it was turned into a sentence."""
    cause = error.__cause__
    return "" if cause is None else _said_first(cause).lower()


def orphans(database: peewee.SqliteDatabase) -> list[str]:
    """Rows that belong to a row that does not exist, in words."""
    return [
        f"{table}: row {row_number} belongs to a {parent} that does not exist"
        for table, row_number, parent, _ in database.execute_sql("PRAGMA foreign_key_check")
    ]


def columns(database: peewee.SqliteDatabase) -> dict[str, set[str]]:
    """Which columns each table has."""
    found: dict[str, set[str]] = {}
    sql = "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p"
    for table, column in database.execute_sql(f"{sql} WHERE m.type = 'table'"):
        found.setdefault(table, set()).add(column)
    return found


@contextmanager
def plain_errors(file: Path) -> Iterator[None]:
    """Turn what the database says of the world into sentences about ``file``.

    Errors that are bugs of ours (wrong SQL, broken constraints) pass through unchanged. Those of
    statements on the bare connection are understood as well.
    """
    try:
        yield
    except (peewee.DatabaseError, dbapi2.DatabaseError) as error:
        translated = _translate(_said_first(error).lower(), file)
        if translated is None:
            raise
        raise translated from error


class Interrupted(Exception):
    """A statement was stopped, because nobody wants its answer any more."""


@contextmanager
def interruptible(
    database: peewee.SqliteDatabase, cancelled: Callable[[], bool] | None
) -> Iterator[None]:
    """Within, ``cancelled`` is asked now and then, in this thread, and stops the statement.

    Raises:
        Interrupted: it did.
    """
    if cancelled is None:
        yield
        return
    connection = database.connection()
    connection.set_progress_handler(cancelled, _STEPS)
    try:
        yield
    except peewee.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise Interrupted from error
    finally:
        connection.set_progress_handler(None, 0)


def _said_first(error: BaseException) -> str:
    """What went wrong in the first place.

    When a commit fails, the engine has rolled back already; peewee then tries to do so in vain,
    and that is the error that arrives.
    """
    while _IN_VAIN in str(error) and error.__context__ is not None:
        error = error.__context__
    return str(error)


def _translate(said: str, file: Path) -> LogbookError | None:
    if "disk is full" in said or "disk i/o error" in said:
        return CannotWrite(
            f"The disk did not take the change to {file}; nothing was saved.",
            "Free some space or check the drive.",
        )
    if "locked" in said or "busy" in said:
        return LogbookBusy(
            f"Another program is using {file} and did not let go.",
            "Close it, or wait until it has finished, then try again.",
        )
    if "unable to open" in said and not file.exists():
        return gone(file)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return CannotWrite(
            f"{file} cannot be opened for writing.",
            "Check that you may write to the folder and that the drive is not read-only.",
        )
    if "not a database" in said:
        return NotALogbook(
            f"{file} is not a logbook that can be read without a key.",
            "Choose another folder, or restore a backup.",
        )
    if "duplicate column" in said or "already exists" in said:
        # Only a migration makes tables, and only where they cannot be there already.
        return LogbookDamaged(f"{file} has tables that do not belong to its version.", _RESTORE)
    if any(word in said for word in _DAMAGED):
        return LogbookDamaged(f"{file} is damaged.", _RESTORE)
    return None
