# SPDX-License-Identifier: MIT
"""Copies a database page by page while others work with it, and reads a copy untouched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from models.engines import sqlite, sqlite_errors
from models.engines.swapping import connect
from models.errors import LogbookBusy
from models.speech import say

BUSY_MS = 5_000
"""How long is waited for whoever does not let go."""
_PAGES = 1_000
"""Of one step: sixteen megabytes at most, a few milliseconds of a good disk."""


def copy_into(
    database: sqlite.Database,
    target: Path,
    progress: Callable[[int, int], None],
    passphrase: str = "",
) -> None:
    """Copy what ``database`` holds into the new file ``target``, which is one file afterwards.

    Inside a transaction it is the state that the transaction sees, whatever others write
    meanwhile. ``progress`` hears pages done and in total, and may raise to stop.

    The copy has no journal beside it, and is not forced to the disk: whoever asked for it knows
    when. With a ``passphrase`` it is encrypted, which needs an encrypted ``database``, of whatever
    key.
    """
    copy = connect(target, passphrase)
    try:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")

        def told(status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        database.connection().backup(copy, pages=_PAGES, progress=told)
        # A file that says WAL could not be read from a place where nothing may be written.
        copy.execute("PRAGMA journal_mode = MEMORY")
    finally:
        copy.close()


@contextmanager
def untouched(file: Path, passphrase: str = "") -> Iterator[sqlite.Database]:
    """The database in ``file``, which nobody else has open, to read; no byte of it is changed."""
    sqlite_errors.refuse_no_files(file)
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
    database = sqlite.Database(
        address,
        uri=True,
        passphrase=passphrase,
        pragmas=[*_cipher(passphrase), ("temp_store", "MEMORY")],
        autoconnect=False,
    )
    database.connect()
    try:
        yield database
    finally:
        database.close()


@contextmanager
def at_work(file: Path, passphrase: str = "") -> Iterator[sqlite.Database]:
    """The database in ``file``, which nobody else has open, to be written."""
    database = sqlite.open_database(file, passphrase=passphrase)
    database.connect()
    try:
        yield database
    finally:
        database.close()


def rejoin_journal(file: Path, passphrase: str = "") -> None:
    """Give a copied database the journal that a logbook works with, before it is put to work."""
    connection = connect(file, passphrase)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def is_in_use(file: Path, busy_ms: int = 0, passphrase: str = "") -> bool:
    """Whether anybody has the database open; its journal is emptied if nobody has."""
    connection = connect(file, passphrase, busy_ms)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except dbapi2.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        return True
    finally:
        connection.close()
    return False


def copy_of_other(
    file: Path,
    target: Path,
    progress: Callable[[int, int], None],
    busy_ms: int = BUSY_MS,
    passphrases: tuple[str, str] = ("", ""),
) -> None:
    """Copy a database that is not ours into the new file ``target``; not a byte of it is changed.

    Where no journal lies beside it nobody has it open, and it is read without a lock, so that a
    medium that cannot be written will do. Otherwise what was committed at the beginning is copied.
    ``passphrases`` are what opens it and what the copy is to be encrypted with; an encrypted
    database has no plain copy.

    Raises:
        LogbookBusy: somebody began to work with it meanwhile, or does not let go of it.
    """
    sqlite_errors.refuse_no_files(file)
    journal = file.with_name(f"{file.name}-wal")
    is_alone, before = not journal.exists(), _stamp(file)
    alone = "&immutable=1" if is_alone else ""
    address = f"file:{quote(str(file.absolute()))}?mode=ro{alone}"
    theirs, ours = passphrases
    source = sqlite.Database(
        address,
        uri=True,
        passphrase=theirs,
        pragmas=[*_cipher(theirs), ("busy_timeout", busy_ms), ("temp_store", "MEMORY")],
        autoconnect=False,
    )
    with sqlite_errors.plain_errors(file):
        source.connect()
        try:
            if ours and not theirs:
                _encrypt_into(source, target, progress, ours)
            else:
                with source.atomic("DEFERRED"):
                    _take_lock(source)
                    copy_into(source, target, progress, ours)
        finally:
            source.close()
    if is_alone and (journal.exists() or _stamp(file) != before):
        raise LogbookBusy(
            say("Somebody began to work with {file} while it was read.", file=file),
            say("Try again in a moment."),
        )


def _take_lock(source: sqlite.Database) -> None:
    # Takes it, or says that it is not to be had; a copy would wait for ever.
    source.execute_sql("SELECT COUNT(*) FROM sqlite_master").fetchone()


def _encrypt_into(
    source: sqlite.Database,
    target: Path,
    progress: Callable[[int, int], None],
    passphrase: str,
) -> None:
    """Copy a plain database into an encrypted file, table by table."""
    progress(0, 1)
    target.touch(mode=0o600)
    address = f"file:{quote(str(target.absolute()))}?mode=rw"
    source.execute_sql("ATTACH ? AS target KEY ?", (address, str(passphrase)))
    source.execute_sql("PRAGMA target.cipher_compatibility = 4")
    source.execute_sql("PRAGMA target.journal_mode = OFF")
    with source.atomic("DEFERRED"):
        _take_lock(source)
        source.execute_sql("SELECT sqlcipher_export('target')").fetchall()
    for name in ("application_id", "user_version"):
        (value,) = source.execute_sql(f"PRAGMA main.{name}").fetchone()
        source.execute_sql(f"PRAGMA target.{name} = {int(value)}")
    source.execute_sql("DETACH target")
    progress(1, 1)


def _cipher(passphrase: str) -> list[tuple[str, str | int]]:
    # What it would print at a wrong key is told in sentences.
    return [("cipher_log_level", "NONE"), ("cipher_compatibility", 4)] if passphrase else []


def _stamp(file: Path) -> tuple[int, int]:
    stat = file.stat()
    return stat.st_mtime_ns, stat.st_size
