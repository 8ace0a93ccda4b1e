# SPDX-License-Identifier: MIT
"""Another data key for an encrypted logbook, and the first one for a plain logbook.

Both write a second database, prove it row by row, and only then let it take the place of the first.
The keys name both databases meanwhile, and the file that is in place says which of them is meant:
whenever the program is killed, the logbook opens, with the same passwords.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from models import access, audit
from models.access import Door, Right, Unlocked, keyfile
from models.access.door import GENERATION
from models.access.errors import EncryptedDamaged, KeysNotWritten
from models.access.keyfile import KEYS, SECOND_COPY, KeyFile
from models.access.recovery import RecoveryKey
from models.access.sealing import STANDARD, Strength
from models.access.secret import DataKey
from models.access.unlocking import head_of
from models.accounts.naming import proper_name, proper_password
from models.accounts.users import unlocked_of
from models.audit import Action, Event, Subject
from models.copies.renewing import renew_keys
from models.engines import sqlite, sqlite_errors, swapping
from models.engines.engine import Engine
from models.errors import LogbookError
from models.logbook import Logbook
from models.own_notes import UNSAVED_SCORES, keep_note
from models.presence import naming
from models.speech import say

Progress = Callable[[int, int], None]
"""Told how much of how much is done, in hundredths."""

_WHOLE, _COPIED, _COMPARED = 100, 50, 95


def _nobody(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def change_key(logbook: Logbook, progress: Progress = _nobody) -> None:
    """Encrypt the whole logbook with a new key. All passwords and the recovery key stay.

    No other connection may be open; the one of this thread is closed. Earlier backups can still be
    opened. Takes as long as copying and comparing the database does, and as much space again.
    ``progress`` hears how far it is.

    Raises:
        NotAllowed: whoever works with the logbook is no administrator.
        LogbookBusy: somebody else has it open.
        CannotWrite, LogbookDamaged: as their names say. The logbook is what it was.
    """
    unlocked_of(logbook)
    with logbook.transaction(Right.ADMINISTER):
        unlocked = unlocked_of(logbook)
    key = DataKey()
    ring = unlocked.ring.for_key(unlocked.key, key)
    said = "The logbook is encrypted with another key."
    new = Unlocked(
        logbook.folder, KeyFile((ring,)), ring, key, ring.slot(unlocked.slot.id) or unlocked.slot
    )
    passphrase = unlocked.key_of(logbook.file).passphrase
    _swap(logbook, passphrase, new, (unlocked.ring, ring), said, progress)


def encrypt(
    logbook: Logbook,
    user: str,
    password: str,
    strength: Strength = STANDARD,
    progress: Progress = _nobody,
) -> RecoveryKey:
    """Encrypt a plain logbook; ``user`` is its administrator and signed in then.

    Drafts of whoever works with it are his under that name.

    No other connection may be open; the one of this thread is closed. The plain file is overwritten
    and removed, but only when the encrypted one is proven and in its place. What else holds the
    same data in plain, such as earlier backups, is told by ``plain_files``. ``progress`` hears how
    far it is.

    Raises:
        InvalidValue: no proper name or password.
        LogbookBusy: somebody else has it open.
        CannotWrite, LogbookDamaged: as their names say. The logbook is what it was.
    """
    if logbook.is_encrypted:
        raise LogbookError(
            say("{place} is encrypted already.", place=logbook.place),
            say("Change its key instead."),
        )
    name = proper_name(user)
    founding = access.found(logbook.folder, name, proper_password(password, name), strength)
    _set_keys_aside(logbook.folder)
    said = f"Encrypted, with {name} as administrator and a recovery key."
    _swap(logbook, "", founding.unlocked, (founding.unlocked.ring,), said, progress)
    return founding.recovery


def _swap(
    logbook: Logbook,
    passphrase: str,
    unlocked: Unlocked,
    rings: tuple[access.Ring, ...],
    said: str,
    progress: Progress,
) -> None:
    file, key = logbook.file, unlocked.key

    def copied(share: float) -> None:
        progress(int(_COPIED * share), _WHOLE)

    def compared(share: float) -> None:
        progress(_COPIED + int((_COMPARED - _COPIED) * share), _WHOLE)

    logbook.close()
    with (
        naming(file, logbook.present),
        swapping.alone(file, passphrase) as connection,
        _as_before(logbook, rings, key),
    ):
        new = swapping.write_new(connection, file, key.passphrase, copied)
        swapping.prove(connection, new, key.passphrase, compared)
        _tell(new, unlocked, said, logbook.user)
        keyfile.write(logbook.folder, KeyFile(rings))
        swapping.put_in_place(connection, file, lambda: _look_at(file, unlocked))
    progress(_WHOLE, _WHOLE)
    logbook.database.set_passphrase(key.passphrase)
    logbook.door = Door(unlocked)
    logbook.user = logbook.door.user
    renew_keys(logbook.folder)


@contextmanager
def _as_before(logbook: Logbook, rings: tuple[access.Ring, ...], key: DataKey) -> Iterator[None]:
    """If it comes to nothing, the keys are what they were; nobody else is here meanwhile."""
    with ExitStack() as unless_done:
        unless_done.callback(_put_keys_back, logbook, rings, key)
        yield
        unless_done.pop_all()


def _put_keys_back(logbook: Logbook, rings: tuple[access.Ring, ...], key: DataKey) -> None:
    if head_of(logbook.file) == key.salt:
        # It was done, and only what follows was not.
        return
    with suppress(KeysNotWritten, OSError):
        if len(rings) > 1:
            keyfile.write(logbook.folder, KeyFile(rings[:1]))
        else:
            keyfile.remove(logbook.folder)


def _tell(new: Path, unlocked: Unlocked, said: str, before: str) -> None:
    """What happened is in the audit of the new database before anybody sees it.

    Who was called ``before`` until now has what he had not saved under the name that he signs in
    with.
    """
    database = sqlite.open_database(new, passphrase=unlocked.key.passphrase)
    with sqlite_errors.plain_errors(new):
        database.connect()
        try:
            database.pragma("journal_mode", "WAL")
            with database.atomic("IMMEDIATE"):
                event = Event(unlocked.slot.name, Action.KEYS, Subject.LOGBOOK, reason=said)
                audit.append(database, [event])
                keep_note(database, GENERATION, str(unlocked.ring.generation))
                _hand_over(database, before, unlocked.slot.name)
        finally:
            database.close()


def _hand_over(database: Engine, before: str, after: str) -> None:
    database.execute_sql("UPDATE OR IGNORE draft SET user = ? WHERE user = ?", (after, before))
    names = (UNSAVED_SCORES + after, UNSAVED_SCORES + before)
    database.execute_sql("UPDATE OR IGNORE setting SET name = ? WHERE name = ?", names)


def _look_at(file: Path, unlocked: Unlocked) -> None:
    """The new database in its place can be read; then the keys of the old one are forgotten."""
    database = sqlite.open_database(file, passphrase=unlocked.key.passphrase)
    with sqlite_errors.plain_errors(file):
        database.connect()
        try:
            with database.atomic("IMMEDIATE"):
                if not database.is_marked() or audit.last_number(database) == 0:
                    raise EncryptedDamaged(
                        say("{file} cannot be read back.", file=file), say("Check the drive.")
                    )
                keyfile.keep_only(file.parent, unlocked.ring)
        finally:
            database.close()


def _set_keys_aside(folder: Path) -> None:
    """Keys that belong to nothing here any more may still open a backup."""
    mark = secrets.token_hex(4)
    for name in (KEYS, SECOND_COPY):
        file = folder / name
        if file.exists():
            file.replace(file.with_name(f"{file.stem}.unused-{mark}.json"))
