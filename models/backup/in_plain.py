# SPDX-License-Identifier: MIT
"""Earlier copies of a logbook that was encrypted later: they can still be read by anybody.

They are encrypted with the key of the logbook or destroyed, but only once a backup that is
encrypted was made and checked, so that at no moment there is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from models import accounts, audit
from models.access import Right
from models.access.keyfile import KEYS
from models.access.unlocking import PLAIN, head_of
from models.audit import Action, Event, Subject
from models.backup.making import make
from models.backup.second import copy_to, place_for
from models.copies.kept import (
    KEYS_ENDING,
    MANIFEST_ENDING,
    PART_ENDING,
    Backup,
    Reason,
    listing,
    read_manifest,
    sha256_of,
)
from models.copies.proving import problem_of
from models.copies.writing import Progress, put_in_place
from models.disk import copy_file, plain_errors
from models.engines import sqlite_errors, swapping
from models.errors import CannotWrite, LogbookDamaged, LogbookError
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, read_settings
from models.speech import say

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """A file that holds an earlier state of the logbook for anybody to read.

    Attributes:
        file: where it lies.
        size: in bytes.
        backup: what the document beside it says; None where it is no backup, such as a logbook
            that was kept aside. Such a copy can be destroyed, but not encrypted.
    """

    file: Path
    size: int
    backup: Backup | None


@dataclass(frozen=True, slots=True)
class Dealt:
    """What came of it: how many copies were dealt with, and why others were not, in sentences."""

    done: int
    troubles: tuple[str, ...] = ()


def plain_copies(logbook: Logbook) -> list[PlainCopy]:
    """What lies in plain in the folder of an encrypted logbook and in its second place."""
    files = accounts.plain_files(logbook.folder)
    if place := read_settings(logbook).get(BACKUP_PLACE).strip():
        target = place_for(Path(place), logbook.folder)
        ours = {one.chain for one in listing(logbook.folder)}
        # Another logbook of the same name may have its backups there.
        there = accounts.plain_files(target) if target.is_dir() else []
        files += [file for file in there if _chain_of(file) in ours]
    return [PlainCopy(file, file.stat().st_size, _backup_of(file)) for file in files]


def encrypt_copies(
    logbook: Logbook,
    copies: Sequence[PlainCopy],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Dealt:
    """Put an encrypted copy, compared row by row, in the place of each backup, and destroy that.

    ``progress`` hears how many of how many are done; ``cancelled`` is asked between two.

    Raises:
        NotAllowed: whoever works with the logbook is no administrator.
        LogbookError: no encrypted backup can be made or relied on; nothing was changed.
    """
    return _deal(logbook, copies, _Encrypting(), "encrypted", progress, cancelled)


def remove_copies(
    logbook: Logbook,
    copies: Sequence[PlainCopy],
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Dealt:
    """Overwrite and remove each copy, with what lies beside it.

    Args and errors as ``encrypt_copies``; a LogbookError too where the audit of the logbook is
    broken and only these copies have it whole.
    """
    return _deal(logbook, copies, _remove, "removed", progress, cancelled)


def _deal(
    logbook: Logbook,
    copies: Sequence[PlainCopy],
    act: Callable[[Logbook, PlainCopy], None],
    verb: str,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> Dealt:
    logbook.door.demand(Right.ADMINISTER)
    if not logbook.is_encrypted:
        raise LogbookError(
            say("{folder} is not encrypted.", folder=logbook.folder), say("Encrypt it first.")
        )
    _have_one_encrypted(logbook)
    if act is _remove:
        _refuse_last_whole(logbook, copies)
    done: list[str] = []
    troubles: list[str] = []
    for number, copy in enumerate(copies):
        if progress is not None:
            progress(number, len(copies))
        if cancelled is not None and cancelled():
            break
        try:
            with plain_errors(copy.file), sqlite_errors.plain_errors(copy.file):
                act(logbook, copy)
            done.append(copy.file.name)
        except LogbookError as error:
            troubles.append(str(error))
    if done:
        with logbook.transaction(Right.ADMINISTER):
            said = f"Earlier copies that were not encrypted were {verb}: {', '.join(done)}."
            event = Event(logbook.user, Action.KEYS, Subject.LOGBOOK, reason=said)
            audit.append(logbook.database, [event])
    return Dealt(len(done), tuple(troubles))


def _have_one_encrypted(logbook: Logbook) -> None:
    """Make an encrypted backup unless the latest one is one that can be relied on.

    Raises:
        LogbookError: there is none to rely on.
    """
    for one in listing(logbook.folder)[:1]:
        if head_of(one.file) != PLAIN:
            passphrase = logbook.passphrase_of(one.file)
            if problem_of(one, passphrase=passphrase) is None:
                return
    made = make(logbook, Reason.KEY_CHANGE)
    problem = problem_of(made, passphrase=logbook.passphrase_of(made.file))
    if problem is not None:
        raise LogbookDamaged(problem, say("Nothing was encrypted or removed."))


def _refuse_last_whole(logbook: Logbook, copies: Sequence[PlainCopy]) -> None:
    there = listing(logbook.folder)
    if not there or there[0].breaks is None:
        return
    going = [copy.backup for copy in copies if copy.backup is not None]
    if any(one.breaks is None for one in going) and not any(
        one.breaks is None and head_of(one.file) != PLAIN for one in there
    ):
        raise LogbookDamaged(
            say("Only earlier copies that are not encrypted have a whole audit trail."),
            say("Encrypt them instead of removing them. Nothing was removed."),
        )


class _Encrypting:
    """Encrypts backups; one that lies in two places is encrypted once, and stays one."""

    def __init__(self) -> None:
        self._made: dict[str, Backup] = {}

    def __call__(self, logbook: Logbook, copy: PlainCopy) -> None:
        """Put an encrypted one in the place of this one."""
        old = copy.backup
        if old is None:
            raise LogbookError(
                say("{file} is no backup and cannot be encrypted.", file=copy.file),
                say("Remove it."),
            )
        if sha256_of(copy.file) != old.sha256:
            raise LogbookDamaged(
                say("{file} was changed after it was written.", file=copy.file), say("Remove it.")
            )
        if (made := self._made.get(old.sha256)) is not None:
            copy_to(copy.file.parent, made, lambda _done, _total: None)
        else:
            self._made[old.sha256] = _encrypted(logbook, old)
        _remove(logbook, copy)


def _encrypted(logbook: Logbook, old: Backup) -> Backup:
    folder, passphrase = old.file.parent, logbook.passphrase_of(logbook.file)
    part = folder / f".{secrets.token_hex(8)}{PART_ENDING}"
    keys = part.with_name(part.name + KEYS_ENDING)
    try:
        part.touch(mode=0o600)
        keys.touch(mode=0o600)
        connection = swapping.connect(old.file, "")
        try:
            swapping.export(connection, part, passphrase)
            swapping.prove(connection, part, passphrase)
        finally:
            connection.close()
        copy_file(logbook.folder / KEYS, keys)
        new = replace(old, size=part.stat().st_size, sha256=sha256_of(part))
        if (problem := problem_of(new, part, passphrase)) is not None:
            raise CannotWrite(
                say("{file} cannot be encrypted: {problem}", file=old.file, problem=problem),
                say("It was left as it is."),
            )
        return put_in_place(replace(new, checked_at=datetime.now(UTC)), part, keys)
    finally:
        for left in (part, keys):
            left.unlink(missing_ok=True)


def _remove(_logbook: Logbook, copy: PlainCopy) -> None:
    swapping.destroy(copy.file)
    if copy.backup is not None:
        copy.backup.manifest.unlink(missing_ok=True)


def _backup_of(file: Path) -> Backup | None:
    backup = read_manifest(file.with_suffix(MANIFEST_ENDING))
    # A journal beside a backup has the same document, and is none.
    return backup if backup is not None and backup.file == file else None


def _chain_of(file: Path) -> str | None:
    backup = _backup_of(file)
    return backup.chain if backup is not None else None


def copies_in_words(copies: Sequence[PlainCopy], folder: Path) -> Iterator[str]:
    """Each of them by its place: in short where it lies in the folder of the logbook."""
    for copy in copies:
        inside = folder in copy.file.parents
        yield str(copy.file.relative_to(folder) if inside else copy.file)
