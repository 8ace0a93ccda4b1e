# SPDX-License-Identifier: MIT
"""Opens another logbook to read it: a copy, brought to the form of this program, and checked.

Where it lies ``copy_place`` says; it is removed when it is closed. Where one of the two logbooks is
encrypted or on a server the copy is encrypted, with a key that is in memory only. The other logbook
is never written to, whatever its form; only that somebody signed in, or tried to, is noted beside
an encrypted one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models import access, audit
from models.access import Credential, Password, Unlocked
from models.access.door import GENERATION
from models.access.errors import KeysOutdated, SignInNeeded
from models.access.ring import Kind as SlotKind
from models.access.secret import DataKey
from models.address import Address, Place
from models.engines import copying
from models.engines.engine import Engine
from models.errors import LogbookDamaged, LogbookError, NotALogbook
from models.exchange.files import where_it_leads
from models.folder import is_there
from models.logbook import DATABASE_NAME, FOLDER_SUFFIX, Logbook
from models.other_logbook.copy_place import make_place
from models.other_logbook.fetching import fetch
from models.own_notes import read_note
from models.speech import say

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class Stopped(LogbookError):
    """Somebody stopped the merge; the logbook is as it was."""

    def __init__(self) -> None:
        super().__init__(say("The merge was stopped."), say("Nothing was written."))


@dataclass(frozen=True, slots=True)
class Other:
    """Another logbook, as it was when it was opened.

    Attributes:
        place: where it lies.
        logbook: a copy of it, to read.
    """

    place: Place
    logbook: Logbook

    @property
    def name(self) -> str:
        """Its name: its folder without the ending, or its database on a server."""
        return self.place.name.removesuffix(FOLDER_SUFFIX)

    def close(self) -> None:
        """Remove the copy."""
        self.logbook.close()
        shutil.rmtree(self.logbook.folder, ignore_errors=True)


def open_other(
    mine: Logbook,
    place: Place,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    busy_ms: int = copying.BUSY_MS,
    credential: Credential | None = None,
) -> Other:
    """Read the logbook at ``place``, to be compared with ours; close it at the end.

    ``progress`` hears pages, or rows from a server, done and in total. Whoever holds the other
    logbook is waited for ``busy_ms`` milliseconds. With the ``credential`` somebody signs in to an
    encrypted one, or to a server that asks for a password.

    Raises:
        NotALogbook: nothing there, or something else.
        SignInNeeded: it is encrypted, and there is no credential.
        AccessError: whoever signs in may not.
        NewerLogbook: a later version of the program wrote it.
        LogbookDamaged: it is damaged, or its audit was tampered with.
        LogbookBusy: somebody does not let go of it.
        ServerAway, ServerRefuses, PasswordWanted: as their names say.
        LogbookError: it is our own, or in an old form on a server.
        Stopped: ``cancelled`` said so.
    """
    if not isinstance(place, Address):
        place = where_it_leads(place)
    if _is_same(mine.place, place):
        raise LogbookError(
            say("{place} is the logbook that is open.", place=place), say("Choose another one.")
        )

    def told(done: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise Stopped
        if progress is not None:
            progress(done, total)

    if isinstance(place, Address):
        return _from_server(mine, place, told, credential)
    return _from_folder(mine, place, told, busy_ms, credential)


def _is_same(mine: Place, other: Place) -> bool:
    if isinstance(mine, Address) or isinstance(other, Address):
        return isinstance(mine, Address) and isinstance(other, Address) and mine.same_as(other)
    return where_it_leads(mine) == other


def _from_folder(
    mine: Logbook, folder: Path, told: Progress, busy_ms: int, credential: Credential | None
) -> Other:
    file = folder / DATABASE_NAME
    if not is_there(file):
        raise NotALogbook(
            say("There is no logbook in {folder}.", folder=folder),
            say("Choose a folder that holds a {database_name}.", database_name=DATABASE_NAME),
        )
    unlocked = _unlocked(file, credential)
    theirs = unlocked.key_of(file).passphrase if unlocked is not None else ""
    is_sealed = theirs or mine.is_encrypted or not mine.has_files
    ours = DataKey().passphrase if is_sealed else ""
    with _place(mine) as place:
        copying.copy_of_other(file, place / DATABASE_NAME, told, busy_ms, (theirs, ours))
        with _named(place, folder):
            return Other(folder, _checked(Logbook.open_copy(place, ours), folder, unlocked))


def _from_server(
    mine: Logbook, address: Address, told: Progress, credential: Credential | None
) -> Other:
    password = credential.text if isinstance(credential, Password) else ""
    with _place(mine) as place, _named(place, address):
        copy = fetch(address, password, place, DataKey().passphrase, told)
        return Other(address, _checked(copy, address))


@contextmanager
def _place(mine: Logbook) -> Iterator[Path]:
    """A folder for the copy, which goes again where nothing comes of it."""
    place = make_place(mine)
    try:
        yield place
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


def _checked(logbook: Logbook, other: Place, unlocked: Unlocked | None = None) -> Logbook:
    """The copy, if what it holds can be relied on."""
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
                "{other} cannot be relied on ({split}).",
                other=other,
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
def _named(place: Path, other: Place) -> Iterator[None]:
    """Errors name the logbook that was chosen, and not our copy of it."""
    try:
        yield
    except LogbookError as error:
        if str(place) not in str(error):
            raise
        said = (text.replace(str(place), str(other)) for text in (error.message, error.cure))
        raise type(error)(*said) from error
