# SPDX-License-Identifier: MIT
"""Writes a copy, and proves it before it counts as one."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from models.access import keyfile
from models.copies.breaks import Breaks, breaks_of
from models.copies.kept import (
    DATABASE_ENDING,
    KEYS_ENDING,
    MANIFEST_ENDING,
    PART_ENDING,
    Backup,
    Reason,
    folder_of,
    keep_manifest,
    listing,
    sha256_of,
)
from models.copies.proving import examine, followed, state_of
from models.disk import plain_errors, settle_file, settle_folder
from models.engines import copying
from models.engines.engine import Engine
from models.engines.stopping import Interrupted
from models.errors import CannotWrite, LogbookDamaged, NewerLogbook
from models.speech import say

Progress = Callable[[int, int], None]
"""Told how many pages of how many are copied."""

_OLD_PART_SECONDS = 24 * 3_600


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied.

    Attributes:
        folder: of the logbook.
        database: with a connection in this thread.
        user: who works with it.
        passphrase: that the copy is to be encrypted with, as the logbook is; "" for neither.
    """

    folder: Path
    database: Engine
    user: str
    passphrase: str = ""


class Stopped(Exception):
    """A backup was given up, because nobody wants it any more."""


def write_copy(
    source: Source,
    reason: Reason,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Backup:
    """Copy the logbook as it is now into its folder of backups, and prove the copy.

    Others may go on working meanwhile. The copy lies under a name of its own until it was opened,
    checked and compared with what was copied (``problem_of``), and is on the disk. The keys of an
    encrypted logbook are kept beside it. Where the audit of the logbook is broken, a copy in which
    it is broken in the same way counts, and says so (``Backup.breaks``).

    Args:
        source: what is copied.
        reason: why.
        progress: hears how many pages of how many are copied.
        cancelled: asked now and then whether to give up.

    Raises:
        LogbookDamaged: the logbook itself is damaged, or the copy is not what was copied, so that
            it would be worth nothing.
        CannotWrite: the folder does not take it: full, protected, gone. Nothing is left behind.
        LogbookBusy: another program does not let go.
        Stopped: ``cancelled`` said so. Nothing is left behind then either.
    """

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    folder = folder_of(source.folder)
    at = datetime.now(UTC)
    with _own_errors(folder), plain_errors(folder), _stopping():
        folder.mkdir(exist_ok=True)
        remove_old_parts(folder)
        part = folder / f".{secrets.token_hex(8)}{PART_ENDING}"
        try:
            # What was copied is what the transaction sees, as long as it lasts.
            with source.database.atomic("DEFERRED"):
                found = _copy(source, folder / _stem(at, reason), at, reason, part, told)
                examined = examine(found, part, source.passphrase, cancelled, source.database)
            if examined.problem is not None:
                raise LogbookDamaged(
                    say(
                        "The backup of {folder} is no use: {problem}",
                        folder=source.folder,
                        problem=examined.problem,
                    ),
                    say("Check the logbook and the drive; until all is right no backup is kept."),
                )
            breaks = _breaks(source, breaks_of(examined.broken, at))
            checked = replace(found, checked_at=datetime.now(UTC), breaks=breaks)
            return put_in_place(checked, part, _keys_of(source, part))
        finally:
            for left in folder.glob(f"{part.name}*"):
                left.unlink(missing_ok=True)


def put_in_place(backup: Backup, part: Path, keys: Path | None) -> Backup:
    """Give a copy under a free name its document and keys; that copy.

    The document comes first: a copy must never lie there without what says what it is.
    """
    backup = _with_free_name(backup)
    with ExitStack() as unless_there:
        unless_there.callback(backup.manifest.unlink, missing_ok=True)
        unless_there.callback(backup.keys.unlink, missing_ok=True)
        settle_file(part)
        if keys is not None:
            settle_file(keys)
            keys.replace(backup.keys)
        keep_manifest(backup)
        part.replace(backup.file)
        unless_there.pop_all()
    settle_folder(backup.file.parent)
    return backup


def remove_old_parts(folder: Path) -> None:
    """What a program that was killed left behind; a younger one may be at work still."""
    for part in folder.glob(f".*{PART_ENDING}*"):
        with suppress(OSError):
            if _is_old(part):
                shutil.rmtree(part) if part.is_dir() else part.unlink()
    for keys in folder.glob(f"*{KEYS_ENDING}"):
        # They lie there before the document and the copy, of which nothing came.
        with suppress(OSError):
            document = keys.with_suffix(MANIFEST_ENDING)
            if _is_old(keys) and not keys.with_suffix(DATABASE_ENDING).exists():
                if document.exists() and document.stat().st_size == 0:
                    document.unlink()
                if not document.exists():
                    keys.unlink()


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD_PART_SECONDS


def _copy(
    source: Source, file: Path, at: datetime, reason: Reason, part: Path, told: Progress
) -> Backup:
    """Copy it; what a document beside the copy in its place would say."""
    state = state_of(source.database)
    part.touch(mode=0o600)
    copying.copy_into(source.database, part, told, source.passphrase)
    return Backup(
        file,
        at,
        reason,
        source.user,
        state.form,
        state.counts,
        state.cases,
        state.entry,
        part.stat().st_size,
        sha256_of(part),
        state.chain,
        state.head,
    )


def _breaks(source: Source, found: Breaks | None) -> Breaks | None:
    """The same since the backup that told of them first, and what an entry after it hid."""
    before = followed(source.database, listing(source.folder))
    if before is None or before.breaks is None:
        return found
    if found is not None:
        return found.found_since(before.breaks.since)
    return before.breaks if before.breaks.fault.is_at_the_end else None


def _keys_of(source: Source, part: Path) -> Path | None:
    """A copy of the keys beside the copy of the database; None where nothing is encrypted."""
    if not source.passphrase:
        return None
    keys = part.with_name(part.name + KEYS_ENDING)
    keys.touch(mode=0o600)
    # Of the two copies the better one: the first may lie damaged, or be no file.
    keys.write_bytes(keyfile.read(source.folder, mends=False).best.as_bytes())
    return keys


def _stem(at: datetime, reason: Reason) -> str:
    return f"{at:%Y-%m-%dT%H-%M-%SZ}-{reason.value.replace(' ', '-')}"


def _with_free_name(backup: Backup) -> Backup:
    """With a name that nobody has, which is nobody else's from now on."""
    folder, stem, n = backup.file.parent, backup.file.name.removesuffix(DATABASE_ENDING), 1
    while True:
        file = folder / f"{stem}{f'-{n}' if n > 1 else ''}{DATABASE_ENDING}"
        with suppress(FileExistsError):
            manifest = file.with_suffix(MANIFEST_ENDING)
            os.close(os.open(manifest, os.O_CREAT | os.O_EXCL, 0o600))
            if not file.exists():
                return replace(backup, file=file)
            manifest.unlink()
        n += 1


@contextmanager
def _own_errors(folder: Path) -> Iterator[None]:
    """The engine does not say which of the two files it means; the target it is, or damage."""
    try:
        yield
    except NewerLogbook:
        raise
    except CannotWrite as error:
        raise CannotWrite(
            say("No backup was made: {folder} does not take it.", folder=folder), error.cure
        ) from error
    except dbapi2.Error as error:
        raise CannotWrite(
            say(
                "No backup was made: {folder} does not take it ({error}).",
                folder=folder,
                error=error,
            ),
            say("Free some space, or check the drive."),
        ) from error


@contextmanager
def _stopping() -> Iterator[None]:
    try:
        yield
    except Interrupted as error:
        raise Stopped from error
