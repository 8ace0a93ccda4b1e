# SPDX-License-Identifier: MIT
"""Users, roles, passwords and the recovery key of an encrypted logbook.

Each change is one step: the keys, the audit entry and the note of their generation, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

from models import access, audit
from models.access import Password, Right, Unlocked, keyfile
from models.access.door import GENERATION
from models.access.errors import AccessError, KeysNotWritten, UnknownUser
from models.access.keyfile import KeyFile
from models.access.recovery import RecoveryKey
from models.access.ring import Ring, Slot
from models.access.sealing import STANDARD, Strength
from models.accounts.naming import proper_name, proper_password
from models.audit import Action, Event, Subject
from models.copies.renewing import renew_keys
from models.document import Change
from models.errors import InvalidValue
from models.logbook import Logbook
from models.own_notes import keep_note
from models.speech import say
from models.vocabulary import Role

_TABLE = "user"

Done = tuple[Ring, Event]
_Make = Callable[[Unlocked], Done]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    name: str
    role: Role


class NotEncrypted(AccessError):
    """The logbook knows no users."""


class LastAdministrator(AccessError):
    """Without this one nobody could change users, settings and keys."""


def accounts(logbook: Logbook) -> list[Account]:
    """Everybody who can sign in, by name; [] where the logbook is not encrypted."""
    unlocked = logbook.door.unlocked
    if unlocked is None:
        return []
    return [Account(slot.name, slot.role) for slot in unlocked.read_again().users]


def add_user(
    logbook: Logbook, name: str, password: str, role: Role, strength: Strength = STANDARD
) -> Account:
    """Let somebody else sign in.

    Raises:
        NotAllowed: whoever works with the logbook is no administrator.
        InvalidValue: no proper name or password, or the name is taken.
        KeysNotWritten, LogbookBusy: as their names say; nothing was changed.
    """
    kept = proper_name(name)
    proper_password(password, kept)

    def make(unlocked: Unlocked) -> Done:
        if unlocked.ring.user(kept) is not None:
            raise InvalidValue(
                "user", say("{kept} is a user already.", kept=kept), say("Choose another name.")
            )
        slot = Slot.new(kept, role, password, unlocked.key, strength)
        changes = (
            Change(_TABLE, slot.id, "name", None, kept),
            Change(_TABLE, slot.id, "role", None, role.value),
        )
        event = _event(logbook, Action.USER, f"{kept} was added as {role.english}.", changes)
        return unlocked.ring.with_slot(slot, unlocked.key), event

    _change(logbook, Right.ADMINISTER, make)
    return Account(kept, role)


def remove_user(logbook: Logbook, name: str) -> None:
    """Let somebody sign in no more; other windows notice with their next change.

    He knew what the database is encrypted with, so whoever fears that he kept a copy of the files
    changes the key as well (``change_key``).

    Raises:
        NotAllowed, UnknownUser, LastAdministrator: as their names say.
    """

    def make(unlocked: Unlocked) -> Done:
        slot = _wanted(unlocked.ring, name)
        _refuse_last(unlocked.ring, slot)
        changes = (
            Change(_TABLE, slot.id, "name", slot.name, None),
            Change(_TABLE, slot.id, "role", slot.role.value, None),
        )
        event = _event(logbook, Action.USER, f"{slot.name} was removed.", changes)
        return unlocked.ring.without(slot.id, unlocked.key), event

    _change(logbook, Right.ADMINISTER, make)


def change_role(logbook: Logbook, name: str, role: Role) -> None:
    """Give somebody another role; other windows notice with their next change.

    Raises:
        NotAllowed, UnknownUser, LastAdministrator: as their names say.
    """

    def make(unlocked: Unlocked) -> Done:
        slot = _wanted(unlocked.ring, name)
        if role is not Role.ADMIN:
            _refuse_last(unlocked.ring, slot)
        changes = (Change(_TABLE, slot.id, "role", slot.role.value, role.value),)
        said = f"{slot.name} is {role.english} now."
        ring = unlocked.ring.with_slot(replace(slot, role=role), unlocked.key)
        return ring, _event(logbook, Action.USER, said, changes)

    _change(logbook, Right.ADMINISTER, make)


def change_password(
    logbook: Logbook,
    name: str,
    password: str,
    old: str | None = None,
    strength: Strength = STANDARD,
) -> None:
    """Give somebody another password: oneself with the old one, an administrator anybody else.

    Raises:
        WrongPassword, LockedOut: the old one is another.
        NotAllowed: somebody else's, and no administrator; or one's own without the old one.
        InvalidValue: no proper password.
    """
    if _is_own(logbook, name):
        access.unlock(logbook.file, Password(logbook.user, old or ""))
    set_password(logbook, name, password, strength)


def set_password(logbook: Logbook, name: str, password: str, strength: Strength = STANDARD) -> None:
    """The same without the old one: for who has signed in with it a moment ago."""

    def make(unlocked: Unlocked) -> Done:
        slot = _wanted(unlocked.ring, name)
        secret = proper_password(password, slot.name)
        new = Slot.new(slot.name, slot.role, secret, unlocked.key, strength, slot.id)
        said = f"{slot.name} has another password."
        ring = unlocked.ring.with_slot(new, unlocked.key)
        return ring, _event(logbook, Action.USER, said)

    _change(logbook, Right.LOOK if _is_own(logbook, name) else Right.ADMINISTER, make)


def new_recovery_key(logbook: Logbook, strength: Strength = STANDARD) -> RecoveryKey:
    """Another recovery key in the place of the present one, which opens nothing then.

    It is in nothing but this answer; show it, and have it printed.

    Raises:
        NotAllowed: whoever works with the logbook is no administrator.
    """
    recovery = RecoveryKey.new()

    def make(unlocked: Unlocked) -> Done:
        old = unlocked.ring.recovery
        slot = Slot.new("", Role.ADMIN, recovery.bare, unlocked.key, strength, old.id)
        event = _event(logbook, Action.KEYS, "There is another recovery key.")
        return unlocked.ring.with_slot(slot, unlocked.key), event

    _change(logbook, Right.ADMINISTER, make)
    return recovery


def unlocked_of(logbook: Logbook) -> Unlocked:
    """What an encrypted logbook was opened with.

    Raises:
        NotEncrypted: it is not encrypted.
    """
    unlocked = logbook.door.unlocked
    if unlocked is None:
        raise NotEncrypted(
            say("{place} is not encrypted and knows no users.", place=logbook.place),
            say("Encrypt it first."),
        )
    return unlocked


def _change(logbook: Logbook, right: Right, make: _Make) -> None:
    """The lock of the database is the lock of the keys: two administrators cannot meet here."""
    unlocked_of(logbook)
    with ExitStack() as unless_done:
        with logbook.transaction(right):
            unlocked = unlocked_of(logbook)
            ring, event = make(unlocked)
            audit.append(logbook.database, [event])
            keep_note(logbook.database, GENERATION, str(ring.generation))
            keyfile.write(logbook.folder, KeyFile((ring,)))
            unless_done.callback(_put_back, logbook, KeyFile((unlocked.ring,)))
        unless_done.pop_all()
    logbook.door.unlocked = unlocked.with_ring(ring)
    renew_keys(logbook.folder)


def _put_back(logbook: Logbook, keys: KeyFile) -> None:
    with suppress(KeysNotWritten):
        keyfile.write(logbook.folder, keys)


def _is_own(logbook: Logbook, name: str) -> bool:
    return name.strip().casefold() == logbook.user.casefold()


def _wanted(ring: Ring, name: str) -> Slot:
    slot = ring.user(name)
    if slot is None:
        names = ", ".join(user.name for user in ring.users)
        raise UnknownUser(
            say("There is no user called {name}.", name=name),
            say("There are: {names}.", names=names),
        )
    return slot


def _refuse_last(ring: Ring, slot: Slot) -> None:
    if not any(one.role is Role.ADMIN for one in ring.users if one.id != slot.id):
        raise LastAdministrator(
            say("{slot} is the only administrator of this logbook.", slot=slot.name),
            say("Make somebody else administrator first."),
        )


def _event(logbook: Logbook, action: Action, said: str, changes: tuple[Change, ...] = ()) -> Event:
    return Event(logbook.user, action, Subject.LOGBOOK, changes=changes, reason=said)
