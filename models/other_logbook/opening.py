# SPDX-License-Identifier: MIT
"""Opens another logbook to read it: a copy, brought to the form of this program, and checked.

The copy lies inside the folder of our own logbook, which is where patient data may lie, and is
removed when it is closed. Where one of the two is encrypted the copy is, with a key that is in
memory only. The other logbook is never written to, whatever its form; only that somebody signed in,
or tried to, is noted beside an encrypted one.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from models import access, audit
from models.access import Credential, Unlocked
from models.access.door import GENERATION
from models.access.errors import KeysOutdated, SignInNeeded
from models.access.ring import Kind as SlotKind
from models.access.secret import DataKey
from models.disk import plain_errors
from models.engines import copying
from models.engines.engine import Engine
from models.errors import LogbookDamaged, LogbookError, NotALogbook
from models.exchange.files import where_it_leads
from models.folder import is_there
from models.logbook import DATABASE_NAME, FOLDER_SUFFIX, Logbook
from models.own_notes import read_note
from models.speech import say

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_BEGIN = ".other-"
_OLD_SECONDS = 24 * 3_600


class Stopped(LogbookError):
    """Somebody stopped the merge; the logbook is as it was."""

    def __init__(self) -> None:
        super().__init__(say("The merge was stopped."), say("Nothing was written."))


@dataclass(frozen=True, slots=True)
class Other:
    """Another logbook, as it was when it was opened.

    Attributes:
        folder: where it lies.
        logbook: a copy of it, to read.
    """

    folder: Path
    logbook: Logbook

    @property
    def name(self) -> str:
        """Its name: its folder without the ending."""
        return self.folder.name.removesuffix(FOLDER_SUFFIX)

    def close(self) -> None:
        """Remove the copy."""
        self.logbook.close()
        shutil.rmtree(self.logbook.folder, ignore_errors=True)


def open_other(
    mine: Logbook,
    folder: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    busy_ms: int = copying.BUSY_MS,
    credential: Credential | None = None,
) -> Other:
    """Read the logbook in ``folder``, to be compared with ours; close it at the end.

    ``progress`` hears pages done and in total. Whoever holds the other logbook is waited for
    ``busy_ms`` milliseconds. With the ``credential`` somebody signs in to an encrypted one.

    Raises:
        NotALogbook: nothing there, or something else.
        SignInNeeded: it is encrypted, and there is no credential.
        AccessError: whoever signs in may not.
        NewerLogbook: a later version of the program wrote it.
        LogbookDamaged: it is damaged, or its audit was tampered with.
        LogbookBusy: somebody does not let go of it.
        LogbookError: it is our own.
        Stopped: ``cancelled`` said so.
    """
    folder = where_it_leads(folder)
    if folder == where_it_leads(mine.folder):
        raise LogbookError(
            say("{folder} is the logbook that is open.", folder=folder), say("Choose another one.")
        )
    file = folder / DATABASE_NAME
    if not (is_there(file) and file.is_file()):
        raise NotALogbook(
            say("There is no logbook in {folder}.", folder=folder),
            say("Choose a folder that holds a {database_name}.", database_name=DATABASE_NAME),
        )

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    unlocked = _unlocked(file, credential)
    theirs = unlocked.key_of(file).passphrase if unlocked is not None else ""
    ours = DataKey().passphrase if theirs or mine.is_encrypted else ""
    _remove_old(mine.folder)
    place = mine.folder / f"{_BEGIN}{secrets.token_hex(8)}"
    try:
        with plain_errors(mine.folder):
            place.mkdir(mode=0o700)
            target = place / DATABASE_NAME
            copying.copy_of_other(file, target, told, busy_ms, (theirs, ours))
        with _named(place, folder):
            return Other(folder, _checked(place, folder, ours, unlocked))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _unlocked(file: Path, credential: Credential | None) -> Unlocked | None:
    """Who signs in to the other logbook; None where nobody has to."""
    if not access.is_encrypted(file):
        return None
    if credential is None:
        raise SignInNeeded(
            say("{parent} is encrypted.", parent=file.parent),
            say("Sign in to it with a name and password of its own."),
        )
    return access.unlock(file, credential)


def _checked(place: Path, folder: Path, passphrase: str, unlocked: Unlocked | None) -> Logbook:
    logbook = Logbook.open_copy(place, passphrase)
    try:
        with logbook.session():
            if unlocked is not None:
                _refuse_outdated(logbook.database, unlocked)
            found = logbook.database.damage() or audit.chain_problems(logbook.database)
    finally:
        # Whoever reads it, in whatever thread, has a session there.
        logbook.close()
    if found:
        raise LogbookDamaged(
            say(
                "{folder} cannot be relied on ({split}).",
                folder=folder,
                split=" ".join(found[0].split()).rstrip("."),
            ),
            say("Check it where it is at home, or take a backup of it."),
        )
    return logbook


def _refuse_outdated(database: Engine, unlocked: Unlocked) -> None:
    """Somebody who was taken out of the users must not come in by keys of an earlier day."""
    seen = int(read_note(database, GENERATION) or 0)
    if unlocked.ring.generation < seen and unlocked.slot.kind is not SlotKind.RECOVERY:
        raise KeysOutdated(
            say(
                "The keys in {folder} are older than the logbook: users, roles or "
                "passwords were changed since.",
                folder=unlocked.folder,
            ),
            say("Sign in with its recovery key, or put back its latest keys."),
        )


@contextmanager
def _named(place: Path, folder: Path) -> Iterator[None]:
    """Errors name the logbook that was chosen, and not our copy of it."""
    try:
        yield
    except LogbookError as error:
        if str(place) not in str(error):
            raise
        said = (text.replace(str(place), str(folder)) for text in (error.message, error.cure))
        raise type(error)(*said) from error


def _remove_old(folder: Path) -> None:
    """What a program that was killed left behind; a younger one may be in use."""
    for place in folder.glob(f"{_BEGIN}*"):
        with suppress(OSError):
            if time.time() - place.stat().st_mtime > _OLD_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
