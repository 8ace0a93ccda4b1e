# SPDX-License-Identifier: MIT
"""Makes a backup, and proves it before it counts as one."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import peewee
from sqlcipher3 import dbapi2

from models import audit
from models.audit import Action, Event, Subject
from models.backup.kept import (
    DATABASE_ENDING,
    MANIFEST_ENDING,
    PART_ENDING,
    Backup,
    Reason,
    folder_of,
    sha256_of,
)
from models.backup.thinning import STANDARD, Plan, thin
from models.engines import copying, sqlite
from models.errors import CannotWrite, LogbookDamaged, LogbookError, NewerLogbook
from models.exchange.files import plain_errors
from models.logbook import Logbook
from models.schema import ALL_TABLES, AuditEntry, Procedure

Progress = Callable[[int, int], None]
"""Told how many pages of how many are copied."""

_OLD_PART_SECONDS = 24 * 3_600


class Stopped(Exception):
    """A backup was given up, because nobody wants it any more."""


def make(
    logbook: Logbook,
    reason: Reason,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    plan: Plan = STANDARD,
) -> Backup:
    """Copy the logbook as it is now into its folder of backups, and prove the copy.

    Others may go on working meanwhile. The copy lies under a name of its own until it was opened,
    checked and compared with what was copied (``problem_of``), and is on the disk. Afterwards older
    backups are thinned by ``plan``. Only one that was made by hand is told of in the audit; for the
    others the document beside the copy is enough, and the audit would be full of them.

    Raises:
        LogbookDamaged: the logbook itself is damaged, so that a copy would be worth nothing.
        CannotWrite: the folder does not take it: full, protected, gone. Nothing is left behind.
        LogbookBusy: another program does not let go.
        Stopped: ``cancelled`` said so. Nothing is left behind then either.
    """

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    folder = folder_of(logbook.folder)
    at = datetime.now(UTC)
    with _own_errors(folder), plain_errors(folder):
        folder.mkdir(exist_ok=True)
        _remove_old_parts(folder)
        file = _free_name(folder, at, reason)
        part = folder / f".{secrets.token_hex(8)}{PART_ENDING}"
        try:
            counts, cases, entry = _copy(logbook, part, told)
            backup = Backup(
                file,
                at,
                reason,
                logbook.user,
                logbook.form(),
                counts,
                cases,
                entry,
                part.stat().st_size,
                sha256_of(part),
            )
            if (problem := problem_of(backup, part)) is not None:
                raise LogbookDamaged(f"The backup of {logbook.folder} is no use: {problem}", "")
            _put_in_place(backup, part)
        finally:
            for left in folder.glob(f"{part.name}*"):
                left.unlink(missing_ok=True)
    if reason is Reason.BY_HAND:
        _note(logbook, backup)
    thin(logbook.folder, plan)
    return backup


def problem_of(backup: Backup, file: Path | None = None) -> str | None:
    """What is wrong with a backup, in a sentence; None when it can be relied on.

    The file is compared with its checksum and opened without a change; the database is checked by
    the engine, the rows of every table are counted, and the chain of the audit is followed.
    """
    file = file or backup.file
    try:
        if sha256_of(file) != backup.sha256:
            return f"{backup.file.name} was changed after it was written."
        with sqlite.plain_errors(file), copying.untouched(file) as database:
            if not sqlite.is_marked(database):
                return f"{backup.file.name} is no logbook."
            if damage := sqlite.damage(database):
                return f"{backup.file.name} is damaged ({' '.join(damage[0].split())})."
            if rows_in(database) != dict(backup.counts):
                return f"{backup.file.name} has other rows than it should have."
            return next(iter(audit.chain_problems(database)), None)
    except OSError as error:
        return f"{backup.file.name} cannot be read: {error.strerror}."
    except LogbookError as error:
        return str(error)


def rows_in(database: peewee.SqliteDatabase) -> dict[str, int]:
    """How many rows every table of the schema has; one that an older form lacks is left out."""
    there = set(database.get_tables())
    return {
        table._meta.table_name: int(table.select().count(database))
        for table in ALL_TABLES
        if table._meta.table_name in there
    }


def _copy(logbook: Logbook, part: Path, told: Progress) -> tuple[Mapping[str, int], int, int]:
    """Rows by table, cases, and the last audit entry of the state that was copied."""
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        database = logbook.database
        counts = rows_in(database)
        standing = Procedure.select().where(Procedure.deleted_at.is_null())
        cases = int(standing.count(database))
        last = AuditEntry.select(peewee.fn.MAX(AuditEntry.number)).scalar(database)
        part.touch(mode=0o600)
        copying.copy_into(database, part, told)
        return counts, cases, int(last or 0)


def _put_in_place(backup: Backup, part: Path) -> None:
    """The document first: a copy must never lie there without what says what it is."""
    note = part.with_suffix(MANIFEST_ENDING + PART_ENDING)
    try:
        note.write_text(json.dumps(backup.as_json(), indent=2), encoding="utf-8")
        for path in (part, note):
            _settle(path)
        note.replace(backup.manifest)
        try:
            part.replace(backup.file)
        except BaseException:
            backup.manifest.unlink(missing_ok=True)
            raise
        settle_folder(backup.file.parent)
    finally:
        note.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows such a thing."""
    # Windows opens no folders; there the file system sees to it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _free_name(folder: Path, at: datetime, reason: Reason) -> Path:
    stem = f"{at:%Y-%m-%dT%H-%M-%SZ}-{reason.value.replace(' ', '-')}"
    n = 1
    while True:
        file = folder / f"{stem}{f'-{n}' if n > 1 else ''}{DATABASE_ENDING}"
        if not file.exists() and not file.with_suffix(MANIFEST_ENDING).exists():
            return file
        n += 1


def _remove_old_parts(folder: Path) -> None:
    """What a program that was killed left behind; a younger one may be at work still."""
    for part in folder.glob(f".*{PART_ENDING}*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _OLD_PART_SECONDS:
                part.unlink()


@contextmanager
def _own_errors(folder: Path) -> Iterator[None]:
    """The engine does not say which of the two files it means; the target it is, or damage."""
    try:
        yield
    except NewerLogbook:
        raise
    except CannotWrite as error:
        raise CannotWrite(f"No backup was made: {folder} does not take it.", error.cure) from error
    except dbapi2.Error as error:
        raise CannotWrite(
            f"No backup was made: {folder} does not take it ({error}).",
            "Free some space, or check the drive.",
        ) from error


def _note(logbook: Logbook, backup: Backup) -> None:
    event = Event(logbook.user, Action.BACKUP, Subject.LOGBOOK, reason=f"Backup {backup.name}.")
    with logbook.transaction():
        audit.append(logbook.database, [event])
