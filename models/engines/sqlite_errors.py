# SPDX-License-Identifier: MIT
"""Turns what SQLite says of a file into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from sqlcipher3 import dbapi2

from models.disk import NoFile, refuse_no_file
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged, LogbookError, NotALogbook
from models.speech import say

JOURNALS = ("-wal", "-shm", "-journal")
"""What the engine lays beside a database: the endings of their names."""

BareError = dbapi2.DatabaseError
"""What statements on the bare connection raise."""

_IN_VAIN = "cannot rollback"
_RESTORE = say("Keep the folder as it is and restore the last backup.")
_QUOTES = b"malformed database schema ("
_DAMAGED = (
    *("malformed", "corrupt", "could not decode"),
    *("vtable constructor failed", "invalid fts5 file format", "no such tokenizer"),
)


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
    except UnicodeDecodeError as error:
        # What SQLite says quotes what it stumbled over, as it stands in the file.
        if not error.object.startswith(_QUOTES):
            raise
        raise LogbookDamaged(say("{file} is damaged.", file=file), _RESTORE) from error


@contextmanager
def schema_errors(file: Path) -> Iterator[None]:
    """The same while every table is looked at by a statement that is right.

    Whatever is not understood then is damage: a virtual table says of its own definition what it
    likes, word by word as that stands in the file.
    """
    try:
        with plain_errors(file):
            yield
    except (peewee.DatabaseError, dbapi2.DatabaseError, UnicodeDecodeError) as error:
        raise LogbookDamaged(say("{file} is damaged.", file=file), _RESTORE) from error


def lacking(where: object, what: str) -> LogbookDamaged:
    """That the file lacks something that every logbook has."""
    return LogbookDamaged(
        say("{where} is damaged: it has no {what}.", where=where, what=what), _RESTORE
    )


def refuse_no_files(file: Path) -> None:
    """The engine is given files alone: on a named pipe it would wait, or say that the disk is full.

    Raises:
        LogbookDamaged: the database, or a journal beside it, is something else.
    """
    for path in (file, *(file.with_name(file.name + ending) for ending in JOURNALS)):
        try:
            refuse_no_file(path)
        except NoFile as error:
            raise LogbookDamaged(
                say("{path} cannot be used: {reason}.", path=path, reason=error.strerror),
                say("Move it away; if the logbook is not whole then, restore the last backup."),
            ) from error
        except OSError:
            # What is not there, or not ours to see, the engine tells by itself.
            continue


def gone(file: Path) -> CannotWrite:
    """That the file was taken away while the logbook was open."""
    return CannotWrite(
        say("{file} is not there any more.", file=file),
        say("If the folder was moved or renamed, open the logbook in its new place."),
    )


def said_by(error: LogbookError) -> str:
    """What the engine said before it was turned into a sentence."""
    cause = error.__cause__
    return "" if cause is None else _said_first(cause).lower()


def was_fenced(error: BaseException) -> bool:
    """Whether it is a change that the fence refused."""
    return "not authorized" in str(error) or "prohibited" in str(error)


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
            say("The disk did not take the change to {file}; nothing was saved.", file=file),
            say("Free some space or check the drive."),
        )
    if "locked" in said or "busy" in said:
        return LogbookBusy(
            say("Another program is using {file} and did not let go.", file=file),
            say("Close it, or wait until it has finished, then try again."),
        )
    if "unable to open" in said and not file.exists():
        return gone(file)
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return CannotWrite(
            say("{file} cannot be opened for writing.", file=file),
            say("Check that you may write to the folder and that the drive is not read-only."),
        )
    if "not a database" in said:
        return NotALogbook(
            say("{file} is not a logbook that can be read without a key.", file=file),
            say("Choose another folder, or restore a backup."),
        )
    if "duplicate column" in said or "already exists" in said:
        # Only a migration makes tables, and only where they cannot be there already.
        return LogbookDamaged(
            say("{file} has tables that do not belong to its version.", file=file), _RESTORE
        )
    if any(word in said for word in _DAMAGED):
        return LogbookDamaged(say("{file} is damaged.", file=file), _RESTORE)
    return None
