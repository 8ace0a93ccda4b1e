# SPDX-License-Identifier: MIT
"""Remembers beside the database how far its audit had got, so that what was lost is missed.

A journal whose end is damaged reads like one that ends sooner: the engine takes what it can and
says nothing, and the audit is as whole as it was then. The same holds for an older copy in the
place of the database. A few bytes in a file of their own tell: they are written after a commit is
on the disk, without waiting, so they may lag behind the database and never run ahead of it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import peewee
from sqlcipher3 import dbapi2

from models.disk import content_of, make_way
from models.engines.engine import Engine
from models.quick import dataclass
from models.speech import say

_LENGTH = 96
"""Of the file: always the same, so that one write replaces all of it."""


@dataclass(frozen=True, slots=True)
class Head:
    """An entry of the audit, by its number and hash."""

    number: int
    hash: str


def file_of(database_file: Path) -> Path:
    """Where it is kept."""
    return database_file.with_name(f".{database_file.name}.head")


def keep(database: Engine, file: Path) -> None:
    """Remember the last entry of the audit, unless the one that is remembered is missing.

    A disk that does not take it leaves the former one, which is right as well; and what was
    committed stays so, whatever happens here.
    """
    with suppress(OSError, peewee.DatabaseError, dbapi2.DatabaseError):
        _keep(database, file)


def _keep(database: Engine, file: Path) -> None:
    row = database.execute_sql(
        "SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1"
    ).fetchone()
    there = _read(file)
    if row is None or there == Head(*row) or (there and not _is_in(database, there)):
        return
    make_way(file_of(file))
    handle = os.open(file_of(file), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(handle, _line_of(Head(*row)))
    finally:
        os.close(handle)


def loss(database: Engine, file: Path) -> str:
    """That entries are missing which were on the disk, in a sentence with its cure; "" for none."""
    there = _read(file)
    if there is None or _is_in(database, there):
        return ""
    (last,) = database.execute_sql("SELECT MAX(number) FROM audit_entry").fetchone()
    now = (
        say("has another one there now")
        if (last or 0) >= there.number
        else say("ends at {last:,}", last=last or 0)
    )
    return say(
        "{file} is not what it was: the audit went to entry {number:,} and {now}. The "
        "end of its journal was damaged or removed, or another copy took its place. "
        "Put the right file back or restore the last backup; to go on without, remove "
        "{file_of}.",
        file=file,
        number=there.number,
        now=now,
        file_of=file_of(file).name,
    )


def forget(file: Path) -> None:
    """The database is replaced on purpose.

    Raises:
        OSError: the folder does not take it.
    """
    file_of(file).unlink(missing_ok=True)


def _is_in(database: Engine, head: Head) -> bool:
    sql = "SELECT hash FROM audit_entry WHERE number = ?"
    row = database.execute_sql(sql, (head.number,)).fetchone()
    return row is not None and row[0] == head.hash


def _line_of(head: Head) -> bytes:
    """With a checksum, so that a mark that is damaged itself raises no alarm."""
    said = f"{head.number} {head.hash}"
    return f"{said} {crc32(said.encode()):08x}".ljust(_LENGTH - 1).encode() + b"\n"


def _read(file: Path) -> Head | None:
    """What is remembered; None where nothing is, or nothing legible."""
    try:
        line = content_of(file_of(file))
        number, found, _ = line.decode("ascii").split()
        head = Head(int(number), found)
        return head if _line_of(head) == line else None
    except (OSError, ValueError):
        return None
