# SPDX-License-Identifier: MIT
"""Puts a backup in the place of the logbook, and keeps aside what was there."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from models import audit, head_mark
from models.access import keyfile
from models.access.keyfile import KEYS, SECOND_COPY
from models.access.unlocking import PLAIN, head_of
from models.audit import Action, Event, Subject
from models.backup.lost_keys import put_keys_back
from models.backup.trouble import forget_trouble
from models.copies.kept import LAST_GIVEN_UP, PART_ENDING, Backup, listing
from models.copies.proving import problem_of
from models.copies.writing import remove_old_parts
from models.disk import copy_file, plain_errors, settle_file, settle_folder
from models.document import Change
from models.engines import copying, sqlite_errors, swapping
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged
from models.logbook import DATABASE_NAME, current_user
from models.presence import naming
from models.speech import say

_LEFT_BEHIND = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the logbook lies that was there before; None for none."""

    backup: Backup
    aside: Path | None


Opens = Callable[[Path], str]
"""Tells what opens a database of an encrypted logbook, itself or a backup; "" for one in plain."""


def nothing(file: Path) -> str:
    """Of a logbook that is not encrypted."""
    return ""


def restore(
    logbook_folder: Path, backup: Backup, user: str = "", opens: Opens = nothing
) -> Restored:
    """Make the logbook in a folder what it was when ``backup`` was made.

    Nobody may have it open, the caller included. What is there now, damaged or not, is a logbook
    of its own afterwards, in a folder inside; nothing is removed. That it was restored, from what
    and by whom, is in the audit of the restored one.

    An encrypted one is encrypted with the present key afterwards, and those can open it who can
    open the logbook now; where no keys are left, those of the backup take their place.

    Raises:
        LogbookDamaged: the backup cannot be relied on. Nothing is changed.
        LogbookBusy: somebody has the logbook open. Nothing is changed.
        CannotWrite: the disk does not take it. The logbook is what it was.
    """
    key = opens(backup.file)
    if (problem := problem_of(backup, passphrase=key)) is not None:
        raise LogbookDamaged(
            say("This backup cannot be used: {problem}", problem=problem),
            say("Choose another one."),
        )
    file = logbook_folder / DATABASE_NAME
    has_keys = not keyfile.are_lost(logbook_folder)
    now = opens(file) if file.exists() and has_keys else key
    # Something in plain may lie in the place of an encrypted logbook, which stays encrypted.
    present = now or key
    # Whoever asks may not have signed in, because a backup in plain opens without.
    is_locked = has_keys and head_of(file) != PLAIN
    if (present or is_locked) and not key:
        raise CannotWrite(
            say("The backup {backup} is not encrypted, and the logbook is.", backup=backup.name),
            say(
                "Nobody should find it in plain by surprise: restore it from a copy of the folder."
            ),
        )
    part, kept = (logbook_folder / f".{secrets.token_hex(8)}{PART_ENDING}" for _ in range(2))
    aside = _place_aside(logbook_folder) if file.exists() else None
    with plain_errors(logbook_folder), sqlite_errors.plain_errors(file):
        remove_old_parts(logbook_folder)
        with ExitStack() as ends:
            ends.callback(_remove, part, ("", *sqlite_errors.JOURNALS))
            ends.callback(shutil.rmtree, kept, ignore_errors=True)
            if aside is not None:
                _keep_aside(file, kept)
            _refuse_in_use(file, now)
            _copy(backup, part, key, present)
            _say(part, present, backup, aside, user or current_user(), _last_of(logbook_folder))
            if backup.keys.exists() and not has_keys:
                put_keys_back(backup.keys, logbook_folder)
            if aside is not None:
                if file.is_file():
                    shutil.copymode(file, part)
                ends.callback(_drop_second_name, aside, file)
                # Its name is for one that was replaced, so it gets it in the last moment.
                kept.replace(aside)
                if not file.is_file():
                    file.rename(aside / file.name)
            # A journal that stayed would be taken for one of the restored file.
            _remove(file, sqlite_errors.JOURNALS)
            head_mark.forget(file)
            part.replace(file)
        settle_folder(logbook_folder)
    # What kept the last backup from being made was in what lies aside now.
    forget_trouble(logbook_folder)
    return Restored(backup, aside)


def _drop_second_name(aside: Path, file: Path) -> None:
    """Of a restore that failed: one file by two names would have two journals.

    Copies stay, because without its journal the file may lack what was saved last.
    """
    held = aside / file.name
    if held.exists() and file.exists() and held.samefile(file):
        shutil.rmtree(aside, ignore_errors=True)


def _refuse_in_use(file: Path, passphrase: str) -> None:
    # What is no database any more has nobody at work in it.
    with suppress(dbapi2.DatabaseError):
        if file.is_file() and copying.is_in_use(file, passphrase=passphrase):
            with naming(file):
                raise LogbookBusy(
                    say("{file} is open in another window or program.", file=file),
                    say("Close it there, and try again."),
                )


def _place_aside(logbook_folder: Path) -> Path:
    stem = f"{swapping.REPLACED} {datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
    n, place = 1, logbook_folder / stem
    while place.exists():
        n += 1
        place = logbook_folder / f"{stem} {n}"
    return place


def _keep_aside(file: Path, aside: Path) -> None:
    """A second name for the database; or copies, where a journal was left behind; and the keys.

    Asking whether somebody has it open brings the journal into the database, and what is aside
    should be what was found.
    """
    aside.mkdir(mode=0o700)
    for name in (KEYS, SECOND_COPY):
        if (file.parent / name).is_file():
            shutil.copy2(file.parent / name, aside / name)
    there = [file.with_name(file.name + ending) for ending in ("", *_LEFT_BEHIND)]
    # What is no file is moved there when the other takes its place.
    there = [path for path in there if path.is_file() and (path == file or path.stat().st_size)]
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


def _copy(backup: Backup, part: Path, key: str, present: str) -> None:
    """A copy of the backup, encrypted as the logbook is."""
    part.touch(mode=0o600)
    if key == present:
        copy_file(backup.file, part)
        return
    with copying.untouched(backup.file, key) as database:
        copying.copy_into(database, part, lambda done, total: None, present)


def _last_of(logbook_folder: Path) -> int:
    """The highest entry that any backup knows of; some are no part of the audit from now on."""
    return max((one.entry for one in listing(logbook_folder)), default=0)


def _say(
    part: Path, passphrase: str, backup: Backup, aside: Path | None, user: str, known: int
) -> None:
    """Write into the audit of the copy what becomes of it; it is on the disk then.

    ``known`` is told, so that ``verify`` does not miss the entries that were given up.
    """
    said = f"Restored from the backup {backup.name}."
    if aside is not None:
        said += f" What was there before lies in {aside.name}."
    given_up = Change(LAST_GIVEN_UP, backup.name, "number", backup.entry, max(known, backup.entry))
    event = Event(user, Action.RESTORE, Subject.LOGBOOK, changes=[given_up], reason=said)
    with copying.at_work(part, passphrase) as database, database.atomic("IMMEDIATE"):
        audit.append(database, [event])
    copying.rejoin_journal(part, passphrase)
    settle_file(part)


def _remove(file: Path, endings: Iterable[str]) -> None:
    for ending in endings:
        file.with_name(file.name + ending).unlink(missing_ok=True)
