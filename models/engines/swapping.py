# SPDX-License-Identifier: MIT
"""Puts a database that is encrypted with another key in the place of one, or of a plain one.

At every moment the file in its place is whole: the old one until the new one is proven and on the
disk, the new one afterwards. Nobody else can be at work meanwhile.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import peewee
from sqlcipher3 import dbapi2

from models.engines import sqlite_errors
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged
from models.speech import say

REPLACED = "replaced"
"""How folders begin in which a logbook is kept that another one took the place of."""

_NEW, _OLD = ".new", ".old"
_PIECE = 1 << 20
_BETWEEN_LOOKS = 200_000
"""Steps of the engine between two looks at how far it is: a few hundredths of a second."""

Share = Callable[[float], None]
"""Told how much of a work is done, from 0 to 1."""


def _nobody(_share: float) -> None:
    """Nobody wants to know."""


def new_of(file: Path) -> Path:
    """Where the new database lies until it is in place."""
    return file.with_name(f".{file.name}{_NEW}")


def old_of(file: Path) -> Path:
    """The second name of the old database until it is destroyed."""
    return file.with_name(f".{file.name}{_OLD}")


def tidy(database: peewee.SqliteDatabase, file: Path) -> None:
    """Finish what a program that was killed left; ``database`` is open, so nobody is at it now."""
    left = [path for path in (new_of(file), old_of(file)) if path.exists()]
    if not left:
        return
    for path in left:
        with suppress(OSError):
            if path == old_of(file) and path.samefile(file):
                path.unlink()
            else:
                destroy(path)
    for ending in sqlite_errors.JOURNALS:
        new_of(file).with_name(new_of(file).name + ending).unlink(missing_ok=True)
    database.pragma("journal_mode", "WAL")


def forget_unreplaced(file: Path) -> None:
    """Remove what a restore that was killed meant to keep aside: it is the database still in use.

    Two names of one file would have a journal each, and whoever opened both would destroy it.
    """
    with suppress(OSError):
        if file.stat().st_nlink == 1:
            return
        for second in file.parent.glob(f"{REPLACED} */{file.name}"):
            if second.samefile(file):
                shutil.rmtree(second.parent)


@contextmanager
def alone(file: Path, passphrase: str) -> Iterator[dbapi2.Connection]:
    """A connection beside which there is no other, and will be none; the journal is folded in.

    Raises:
        LogbookBusy: somebody has the logbook open.
    """
    with sqlite_errors.plain_errors(file):
        connection = connect(file, passphrase)
        try:
            _take(connection, file)
            try:
                yield connection
            except BaseException:
                _put_to_work(connection, file)
                raise
        finally:
            connection.close()


def _take(connection: dbapi2.Connection, file: Path) -> None:
    # It tells whoever opens the logbook after a kill to give it its journal back.
    new_of(file).touch(mode=0o600)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except dbapi2.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        raise LogbookBusy(
            say("{file} is open in another window or program.", file=file),
            say("Close it there, and try again."),
        ) from error


def _put_to_work(connection: dbapi2.Connection, file: Path) -> None:
    """Give the database, if it is still in its place, its journal back."""
    # What cannot be done now will be when it is opened next.
    with suppress(dbapi2.Error, OSError):
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        new_of(file).unlink(missing_ok=True)


def connect(file: Path, passphrase: str, busy_ms: int = 1_000) -> dbapi2.Connection:
    """A bare connection, for what takes place around peewee."""
    sqlite_errors.refuse_no_files(file)
    connection = dbapi2.connect(str(file), isolation_level=None, timeout=busy_ms / 1_000)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if passphrase:
        # A statement with the key in it, because this one takes no parameters.
        connection.execute("PRAGMA key = '{}'".format(passphrase.replace("'", "''")))
        connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def write_new(
    connection: dbapi2.Connection, file: Path, passphrase: str, told: Share = _nobody
) -> Path:
    """Copy everything into a new file with another key; not on the disk yet for certain.

    Call it within ``alone``, as everything below.

    Args:
        connection: to the old database.
        file: where that lies.
        passphrase: of the new one.
        told: hears how much of the work is done.

    Raises:
        LogbookDamaged: the old database is damaged.
    """
    new = new_of(file)
    for ending in sqlite_errors.JOURNALS:
        new.with_name(new.name + ending).unlink(missing_ok=True)
    new.write_bytes(b"")
    new.chmod(file.stat().st_mode & 0o777)
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise LogbookDamaged(
            say("{file} is damaged.", file=file), say("Restore the last backup first.")
        )
    whole = max(file.stat().st_size, 1)

    def look() -> int:
        told(min(new.stat().st_size / whole, 1.0))
        return 0

    connection.set_progress_handler(look, _BETWEEN_LOOKS)
    try:
        export(connection, new, passphrase)
    finally:
        connection.set_progress_handler(None, 0)
    return new


def export(connection: dbapi2.Connection, new: Path, passphrase: str) -> None:
    """Copy everything into an empty file, encrypted with another key."""
    connection.execute("ATTACH ? AS target KEY ?", (str(new), str(passphrase)))
    try:
        connection.execute("PRAGMA target.cipher_compatibility = 4")
        connection.execute("BEGIN")
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        connection.execute("COMMIT")
        for name in ("application_id", "user_version"):
            (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
            connection.execute(f"PRAGMA target.{name} = {int(value)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH target")


def prove(connection: dbapi2.Connection, new: Path, passphrase: str, told: Share = _nobody) -> None:
    """Compare every row of every table of the new database with the old one.

    ``told`` hears how much of the work is done.

    Raises:
        CannotWrite: it is not the same; it must not be used.
    """
    connection.execute("ATTACH ? AS target KEY ?", (str(new), str(passphrase)))
    try:
        whole = connection.execute("PRAGMA target.integrity_check").fetchall()
        same = whole == [("ok",)] and _schema(connection, "main") == _schema(connection, "target")
        if not same or _any_differs(connection, told):
            raise CannotWrite(
                say(
                    "The new copy in {parent} is not what the logbook is; nothing was changed.",
                    parent=new.parent,
                ),
                say("Check the drive, and try again."),
            )
    finally:
        connection.execute("DETACH target")


def settle(file: Path) -> None:
    """Wait until a file is on the disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def put_in_place(connection: dbapi2.Connection, file: Path, check: Callable[[], None]) -> None:
    """Let the new database take the place of the old one, and destroy the old one.

    ``check`` looks at the new one in its place; if it raises, the old one is put back.
    """
    new, old = new_of(file), old_of(file)
    old.unlink(missing_ok=True)
    has_second_name = _linked(file, old)
    if os.name == "nt":
        # There nobody can replace an open file, and nobody can have it open.
        connection.close()
    settle(new)
    new.replace(file)
    _settle_folder(file.parent)
    try:
        check()
    except BaseException:
        if has_second_name:
            old.replace(file)
            _settle_folder(file.parent)
        raise
    if has_second_name:
        # Whoever waited for the old file meanwhile finds no database in it, and writes nothing
        # that would be lost. What cannot be destroyed now will be when it is opened next.
        with suppress(OSError):
            destroy(old)


def destroy(file: Path) -> None:
    """Overwrite a file, then remove it.

    On a solid state drive, or a file system that writes beside, former blocks may live on; there
    only an encrypted drive helps.
    """
    with file.open("rb+") as stream:
        left = file.stat().st_size
        while left > 0:
            left -= stream.write(os.urandom(min(left, _PIECE)))
        stream.flush()
        os.fsync(stream.fileno())
    file.unlink()


def _linked(file: Path, name: Path) -> bool:
    try:
        name.hardlink_to(file)
    except OSError:
        return False
    return True


def _settle_folder(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _schema(connection: dbapi2.Connection, place: str) -> list[tuple[object, ...]]:
    sql = f"SELECT type, name, tbl_name, sql FROM {place}.sqlite_master ORDER BY type, name"
    return [tuple(row) for row in connection.execute(sql)]


def _tables(connection: dbapi2.Connection) -> list[str]:
    sql = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0"
    return [str(row[0]) for row in connection.execute(sql)]


def _any_differs(connection: dbapi2.Connection, told: Share) -> bool:
    """Whether a table has other rows; the long ones count for more of the way."""
    rows = {table: _count(connection, "main", table) for table in _tables(connection)}
    done, whole = 0, max(sum(rows.values()), 1)
    for table, count in rows.items():
        if _differs(connection, table):
            return True
        done += count
        told(done / whole)
    return False


def _count(connection: dbapi2.Connection, place: str, table: str) -> int:
    return int(connection.execute(f'SELECT COUNT(*) FROM {place}."{table}"').fetchone()[0])


def _differs(connection: dbapi2.Connection, table: str) -> bool:
    """Whether a table has other rows in the new database, in either direction."""
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    names = ", ".join(f'"{name}"' for name in columns)
    one, other = (f'SELECT {names} FROM {place}."{table}"' for place in ("main", "target"))
    counts = {_count(connection, place, table) for place in ("main", "target")}
    return len(counts) > 1 or any(
        connection.execute(f"SELECT 1 FROM ({a} EXCEPT {b}) LIMIT 1").fetchone()
        for a, b in ((one, other), (other, one))
    )
