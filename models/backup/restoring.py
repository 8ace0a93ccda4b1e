# SPDX-License-Identifier: MIT
"""Puts a backup in the place of the logbook, and keeps aside what was there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from models import audit
from models.audit import Action, Event, Subject
from models.backup.kept import PART_ENDING, Backup
from models.backup.making import problem_of, settle_folder
from models.engines import copying, sqlite
from models.errors import LogbookBusy, LogbookDamaged
from models.exchange.files import plain_errors
from models.logbook import DATABASE_NAME, current_user

_LEFT_BEHIND = ("-wal", "-journal")
_JOURNALS = (*_LEFT_BEHIND, "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the logbook lies that was there before; None for none."""

    backup: Backup
    aside: Path | None


def restore(logbook_folder: Path, backup: Backup, user: str = "") -> Restored:
    """Make the logbook in a folder what it was when ``backup`` was made.

    Nobody may have it open, the caller included. What is there now, damaged or not, is a logbook
    of its own afterwards, in a folder inside; nothing is removed. That it was restored, from what
    and by whom, is in the audit of the restored one.

    Raises:
        LogbookDamaged: the backup cannot be relied on. Nothing is changed.
        LogbookBusy: somebody has the logbook open. Nothing is changed.
        CannotWrite: the disk does not take it. The logbook is what it was.
    """
    if (problem := problem_of(backup)) is not None:
        raise LogbookDamaged(f"This backup cannot be used: {problem}", "Choose another one.")
    file = logbook_folder / DATABASE_NAME
    part = logbook_folder / f".{secrets.token_hex(8)}{PART_ENDING}"
    aside = _place_aside(logbook_folder) if file.exists() else None
    with plain_errors(logbook_folder), sqlite.plain_errors(file):
        try:
            if aside is not None:
                _keep_aside(file, aside)
            _refuse_in_use(file)
            _make_ready(part, backup, aside, user or current_user())
            if aside is not None:
                shutil.copymode(file, part)
            # A journal that stayed would be taken for one of the restored file.
            _remove(file, _JOURNALS)
            part.replace(file)
        except BaseException:
            if aside is not None:
                shutil.rmtree(aside, ignore_errors=True)
            raise
        finally:
            _remove(part, ("", *_JOURNALS))
        settle_folder(logbook_folder)
    return Restored(backup, aside)


def _refuse_in_use(file: Path) -> None:
    # What is no database any more has nobody at work in it.
    with suppress(dbapi2.DatabaseError):
        if file.exists() and copying.is_in_use(file):
            raise LogbookBusy(
                f"{file} is open in another window or program.", "Close it there, and try again."
            )


def _place_aside(logbook_folder: Path) -> Path:
    stem = f"replaced {datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
    n, place = 1, logbook_folder / stem
    while place.exists():
        n += 1
        place = logbook_folder / f"{stem} {n}"
    return place


def _keep_aside(file: Path, aside: Path) -> None:
    """A second name for the database; or copies, where a journal was left behind.

    Asking whether somebody has it open brings the journal into the database, and what is aside
    should be what was found.
    """
    aside.mkdir()
    there = [file.with_name(file.name + ending) for ending in ("", *_LEFT_BEHIND)]
    there = [path for path in there if path.exists() and (path == file or path.stat().st_size)]
    for path in there:
        if len(there) > 1 or not _is_linked(path, aside / path.name):
            shutil.copy2(path, aside / path.name)
    settle_folder(aside)


def _is_linked(path: Path, name: Path) -> bool:
    try:
        name.hardlink_to(path)
    except OSError:
        return False
    return True


def _make_ready(part: Path, backup: Backup, aside: Path | None, user: str) -> None:
    """A copy of the backup that says in its audit what became of it, on the disk."""
    part.touch(mode=0o600)
    shutil.copyfile(backup.file, part)
    said = f"Restored from the backup {backup.name}."
    if aside is not None:
        said += f" What was there before lies in {aside.name}."
    database = sqlite.open_database(part)
    database.connect()
    try:
        with database.atomic("IMMEDIATE"):
            event = Event(user, Action.RESTORE, Subject.LOGBOOK, reason=said)
            audit.append(database, [event])
    finally:
        database.close()
    copying.rejoin_journal(part)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())


def _remove(file: Path, endings: Iterable[str]) -> None:
    for ending in endings:
        file.with_name(file.name + ending).unlink(missing_ok=True)
