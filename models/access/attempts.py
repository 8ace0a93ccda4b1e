# SPDX-License-Identifier: MIT
"""Failed sign-ins: how long the next one has to wait, and what the audit will say of them.

A small database of its own, because the logbook cannot be written without its key. What it says is
sealed to a public key, so that only somebody who signs in reads it; the next one who does takes it
into the audit. It slows down somebody at the keyboard. Somebody who takes the files away is not
slowed down by it, but by argon2id.
"""

from __future__ import annotations

import getpass
import json
import math
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import peewee

from models.access import sealing
from models.access.errors import LockedOut
from models.access.sealing import CannotUnseal
from models.engines import sqlite, sqlite_errors
from models.engines.engine import Engine
from models.errors import LogbookDamaged, NotALogbook
from models.quick import dataclass
from models.speech import say

FILE_NAME = "attempts.db"
NOBODY = ""
"""The slot of a name that nobody has."""

FREE = 3
"""So many wrong passwords are a slip of the finger."""

_FIRST_SECONDS, _MOST_SECONDS = 5, 15 * 60
_MOST_OF_NOBODY = 100
_TABLE = """
CREATE TABLE IF NOT EXISTS attempt (
    id TEXT PRIMARY KEY, slot TEXT NOT NULL, at REAL NOT NULL, sealed BLOB NOT NULL,
    counts INTEGER NOT NULL DEFAULT 1, told INTEGER NOT NULL DEFAULT 0
)
"""

_ODD = """
SELECT 1 FROM attempt WHERE typeof(at) <> 'real' OR at NOT BETWEEN 0 AND 253402300799
OR typeof(sealed) <> 'blob' OR typeof(counts) <> 'integer' OR typeof(told) <> 'integer' LIMIT 1
"""
"""A row that this program did not write."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Failed:
    """One failed sign-in: ``at`` in UTC, the account of the machine, the name that was given."""

    id: str
    at: str
    account: str
    name: str


def delay(failures: int) -> int:
    """Seconds to wait after so many failures in a row: 5, 10, 20 and so on, at most 15 minutes."""
    if failures < FREE:
        return 0
    return int(min(_FIRST_SECONDS * 2 ** min(failures - FREE, 16), _MOST_SECONDS))


class Attempts:
    """The failed sign-ins of one logbook; ``clock`` gives seconds since 1970."""

    def __init__(self, folder: Path, clock: Clock = time.time) -> None:
        self._file = folder / FILE_NAME
        self._clock = clock

    def begin(self, slot: str, name: str, journal: bytes) -> str:
        """Count a sign-in as failed until ``succeeded`` says otherwise; its id.

        It counts before the password is looked at, so that ending the program does not help. A
        clock that was set back begins the waiting anew.

        Raises:
            LockedOut: too many failed before, and not long enough ago. This one does not count.
            CannotWrite: the disk does not take it; then nobody can sign in.
        """
        attempt, now = secrets.token_hex(16), self._clock()
        said = {
            "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            "account": _account(),
            "name": name,
        }
        try:
            sealed = sealing.seal(journal, json.dumps(said).encode(), attempt.encode())
        except ValueError:
            # The keys were tampered with, as the sign-in will say; it counts all the same.
            sealed = b""
        with self._open() as database:
            failures, last = self._counted(database, slot)
            wait = 0 if slot == NOBODY else _wait(failures, last, now)
            if wait and now < last:
                sql = "UPDATE attempt SET at = ? WHERE slot = ? AND at > ?"
                database.execute_sql(sql, (now, slot, now))
            elif not wait and (slot != NOBODY or failures < _MOST_OF_NOBODY):
                sql = "INSERT INTO attempt (id, slot, at, sealed) VALUES (?, ?, ?, ?)"
                database.execute_sql(sql, (attempt, slot, now, sealed))
        if wait:
            raise LockedOut(name, wait)
        return attempt

    def left(self, slot: str) -> int:
        """Seconds that are still to pass before the next one is looked at; nothing is written."""
        if slot == NOBODY or not self._file.exists():
            return 0
        with self._open() as database:
            return _wait(*self._counted(database, slot), self._clock())

    def succeeded(self, attempt: str, slot: str) -> None:
        """The sign-in did not fail after all, and the slot begins anew."""
        with self._open() as database:
            database.execute_sql("DELETE FROM attempt WHERE id = ?", (attempt,))
            database.execute_sql("UPDATE attempt SET counts = 0 WHERE slot = ?", (slot,))
            self._forget(database)

    def does_not_count(self, attempt: str) -> None:
        """The sign-in failed, and not because of the password; the audit is told all the same."""
        with self._open() as database:
            database.execute_sql("UPDATE attempt SET counts = 0 WHERE id = ?", (attempt,))

    def untold(self, journals: Iterable[bytes]) -> list[Failed]:
        """What the audit does not know yet, in order; ``journals`` are private keys to try."""
        if not self._file.exists():
            return []
        with self._open() as database:
            rows = database.execute_sql(
                "SELECT id, at, sealed FROM attempt WHERE told = 0 ORDER BY at, rowid"
            ).fetchall()
        keys = tuple(journals)
        return [_read(str(row[0]), float(row[1]), bytes(row[2]), keys) for row in rows]

    def told(self, failed: Iterable[Failed]) -> None:
        """The audit knows these now."""
        with self._open() as database:
            for one in failed:
                database.execute_sql("UPDATE attempt SET told = 1 WHERE id = ?", (one.id,))
            self._forget(database)

    def _counted(self, database: Engine, slot: str) -> tuple[int, float]:
        sql = "SELECT COUNT(*), COALESCE(MAX(at), 0) FROM attempt WHERE slot = ? AND counts = 1"
        failures, last = database.execute_sql(sql, (slot,)).fetchone()
        return int(failures), float(last)

    def _forget(self, database: Engine) -> None:
        sql = "DELETE FROM attempt WHERE told = 1 AND (counts = 0 OR slot = ?)"
        database.execute_sql(sql, (NOBODY,))

    @contextmanager
    def _open(self) -> Iterator[Engine]:
        try:
            database = self._ready()
        except (NotALogbook, LogbookDamaged):
            # Nobody may be kept out for ever by a broken list; it stays for whoever looks into it.
            aside = self._file.with_name(f"{self._file.stem}.damaged-{secrets.token_hex(4)}.db")
            self._file.replace(aside)
            self._file.with_name(f"{FILE_NAME}-journal").unlink(missing_ok=True)
            database = self._ready()
        try:
            with sqlite_errors.plain_errors(self._file), database.atomic("IMMEDIATE"):
                yield database
        finally:
            database.close()

    def _ready(self) -> Engine:
        database = sqlite.open_database(self._file)
        with sqlite_errors.plain_errors(self._file), ExitStack() as unless_ready:
            unless_ready.callback(database.close)
            database.connect()
            if database.damage():
                raise LogbookDamaged(say("{file} is damaged.", file=self._file))
            database.execute_sql(_TABLE)
            if not _is_ours(database):
                raise LogbookDamaged(say("{file} is damaged.", file=self._file))
            unless_ready.pop_all()
        return database


def _is_ours(database: Engine) -> bool:
    try:
        return database.execute_sql(_ODD).fetchone() is None
    except peewee.OperationalError:
        # It has other columns.
        return False


def _wait(failures: int, last: float, now: float) -> int:
    """Whole seconds that are still to pass; all of them where the clock was set back."""
    return max(math.ceil(delay(failures) - max(now - last, 0.0)), 0)


def _read(id: str, at: float, sealed: bytes, journals: tuple[bytes, ...]) -> Failed:
    for private in journals:
        with suppress(CannotUnseal, ValueError, KeyError):
            said = json.loads(sealing.unseal(private, sealed, id.encode()))
            return Failed(id, str(said["at"]), str(said["account"]), str(said["name"]))
    when = datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    return Failed(id, when, "", "")


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
