# SPDX-License-Identifier: MIT
"""From a password to the key of the database: everything that happens before it is opened."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from models.access import keyfile, sealing
from models.access.attempts import NOBODY, Attempts, Clock
from models.access.errors import (
    KeysMissing,
    KeysOfAnother,
    KeysTampered,
    SignInNeeded,
    UnknownUser,
    WrongPassword,
)
from models.access.keyfile import Found, KeyFile
from models.access.recovery import RecoveryKey
from models.access.ring import JOURNAL, RECOVERY_NAME, Kind, Ring, Slot, tampered
from models.access.sealing import STANDARD, CannotUnseal, Strength
from models.access.secret import SALT_BYTES, Credential, DataKey, Hidden, Recovery
from models.disk import content_of, opened
from models.quick import dataclass
from models.speech import say
from models.vocabulary import Role

PLAIN = b"SQLite format 3\0"
"""How a database begins that anybody can read."""


@dataclass(frozen=True, repr=False)
class Unlocked(Hidden):
    """Somebody has shown that he may open the logbook.

    Attributes:
        folder: of the logbook.
        keys: what the keys say.
        ring: the part of them that belongs to the database.
        key: the data key of that ring.
        slot: who it is.
        mended: name of a copy of the keys that had to be written anew; "" for none.
    """

    folder: Path
    keys: KeyFile
    ring: Ring
    key: DataKey
    slot: Slot
    mended: str = ""

    def key_of(self, file: Path) -> DataKey:
        """The key of a database of this logbook: the present one or an earlier backup.

        Raises:
            KeysTampered: the key of the backup was changed.
        """
        salt = head_of(file)
        if salt in self.ring.former:
            return self.ring.former_key(salt, self.key)
        return self.key

    def passphrase_of(self, file: Path) -> str:
        """What opens a database of this logbook; "" for a backup from before it was encrypted.

        Raises:
            KeysTampered: the key of the backup was changed.
        """
        return "" if head_of(file) == PLAIN else self.key_of(file).passphrase

    def moved_to(self, folder: Path) -> Unlocked:
        """The same for a copy of the logbook in another folder, which has the same keys."""
        return replace(self, folder=folder)

    def belongs_to(self, file: Path) -> bool:
        """Whether a database says that these are its keys."""
        return head_of(file) in {self.ring.salt, *self.ring.former}

    def journals(self) -> Iterator[bytes]:
        """The private keys with which failed sign-ins are read."""
        yield sealing.derive(self.key.key, JOURNAL)
        for salt in self.ring.former:
            with suppress(KeysTampered):
                yield sealing.derive(self.ring.former_key(salt, self.key).key, JOURNAL)

    def read_again(self) -> Ring:
        """The ring as it is on the disk now.

        Raises:
            SignInNeeded: the data key was changed.
            KeysTampered: somebody without the right to it changed the ring.
            KeysDamaged: neither copy can be used.
        """
        there = keyfile.read(self.folder)
        copies = [there.best, *([there.other] if there.other is not None else [])]
        rings = [copy.ring_of(self.ring.salt) for copy in copies]
        rings = [ring for ring in rings if ring.salt == self.ring.salt]
        if not rings:
            raise key_changed(self.folder)
        for ring in rings:
            with suppress(KeysTampered):
                ring.prove(self.key)
                return ring
        raise tampered()

    def with_ring(self, ring: Ring) -> Unlocked:
        """The same with another ring, which is the only one then."""
        slot = ring.slot(self.slot.id) or self.slot
        return replace(self, keys=KeyFile((ring,)), ring=ring, slot=slot)


@dataclass(frozen=True, repr=False)
class Founding(Hidden):
    """The keys of a logbook that is to be encrypted; ``recovery`` is shown once, kept nowhere."""

    unlocked: Unlocked
    recovery: RecoveryKey


def head_of(file: Path) -> bytes:
    """The first sixteen bytes of a database file; b"" where they cannot be read."""
    try:
        with opened(file) as stream:
            return stream.read(SALT_BYTES)
    except OSError:
        return b""


def is_encrypted(file: Path) -> bool:
    """Whether the logbook with this database file needs a password."""
    return keyfile.are_there(file.parent) and head_of(file) != PLAIN


def users_of(folder: Path) -> list[str]:
    """The names of those who can sign in, by name; [] where the logbook is not encrypted.

    Raises:
        KeysDamaged, NewerKeys, NewerCipher: the keys cannot be used.
    """
    if not keyfile.are_there(folder):
        return []
    # Whoever signs in next tells of a damaged copy; here nobody would hear of it.
    return [slot.name for slot in keyfile.read(folder, mends=False).best.rings[-1].users]


def keys_missing(file: Path) -> KeysMissing | None:
    """That a database cannot be read because its keys are gone; None where it is not like that.

    An encrypted database begins with random bytes, and a damaged plain one as a rule does not.
    """
    folder, head = file.parent, head_of(file)
    if keyfile.are_there(folder) or len(head) < SALT_BYTES:
        return None
    alike = sum(one == other for one, other in zip(head, PLAIN, strict=True))
    is_whole = file.stat().st_size % int(str(keyfile.CIPHER["page_size"])) == 0
    if alike > SALT_BYTES // 2 or len(set(head)) < SALT_BYTES // 2 or not is_whole:
        return None
    cure = say("Put {keys} back from a backup of the folder.", keys=keyfile.KEYS)
    for kept in sorted(folder.glob("backups/*.keys"), reverse=True):
        if head.hex() in _text_of(kept):
            cure = say(
                "Copy backups/{kept} to {keys}, then sign in as before.",
                kept=kept.name,
                keys=keyfile.KEYS,
            )
            break
    return KeysMissing(
        say(
            "{file} is encrypted, and there is no {keys} beside it; without keys nobody "
            "can open it.",
            file=file,
            keys=keyfile.KEYS,
        ),
        cure,
    )


def _text_of(file: Path) -> str:
    """What is legible in a file of keys; "" for none."""
    with suppress(OSError):
        return content_of(file).decode("ascii", "ignore")
    return ""


def found(folder: Path, user: str, password: str, strength: Strength = STANDARD) -> Founding:
    """New keys, in memory only, with one administrator."""
    recovery, key = RecoveryKey.new(), DataKey()
    slot = Slot.new(user, Role.ADMIN, password, key, strength)
    rescue = Slot.new("", Role.ADMIN, recovery.bare, key, strength)
    ring = Ring.new(key, (slot, rescue))
    return Founding(Unlocked(folder, KeyFile((ring,)), ring, key, slot), recovery)


def sign_in_needed(folder: Path) -> SignInNeeded:
    """That the logbook is encrypted and nobody has signed in."""
    return SignInNeeded(
        say("{folder} is encrypted.", folder=folder), say("Sign in with your name and password.")
    )


def key_changed(folder: Path) -> SignInNeeded:
    """That the data key was changed while the logbook was open."""
    return SignInNeeded(
        say("The key of {folder} was changed meanwhile.", folder=folder), say("Sign in again.")
    )


def unlock(file: Path, credential: Credential, clock: Clock = time.time) -> Unlocked:
    """Find out whether somebody may open the logbook with this database file.

    Raises:
        WrongPassword, UnknownUser, LockedOut: he may not, or not yet.
        KeysDamaged, KeysTampered, NewerKeys, NewerCipher: nobody can, with these keys.
        CannotWrite: the attempt cannot be written down.
    """
    folder = file.parent
    there = keyfile.read(folder)
    secret = _secret(credential)
    salt = head_of(file)
    first = there.fitting(salt)[0].ring_of(salt)
    attempts = Attempts(folder, clock)
    name = RECOVERY_NAME if isinstance(credential, Recovery) else credential.user
    slot = _slot(first, credential)
    attempt = attempts.begin(slot.id if slot else NOBODY, name, first.journal)
    if slot is None:
        if not _fits(there, salt):
            raise keys_of_another(file)
        names = ", ".join(user.name for user in first.users)
        raise UnknownUser(
            say("Nobody called {name} can sign in here.", name=name),
            say("Who can: {names}.", names=names),
        )
    try:
        unlocked = _opened(folder, there, salt, credential, secret)
    except KeysTampered:
        attempts.does_not_count(attempt)
        raise
    if unlocked is None:
        if not _fits(there, salt):
            raise keys_of_another(file)
        raise _wrong(credential, slot, attempts.left(slot.id))
    attempts.succeeded(attempt, slot.id)
    return unlocked


def keys_of_another(file: Path) -> KeysOfAnother:
    """That the keys and the database do not belong together."""
    return KeysOfAnother(
        say(
            "The keys in {parent} belong to another logbook than {file}, or the beginning "
            "of {file} is damaged.",
            parent=file.parent,
            file=file.name,
        ),
        say(
            "Put back the {file} or the {keys} that belongs to the other, or restore a backup.",
            file=file.name,
            keys=keyfile.KEYS,
        ),
    )


def _fits(there: Found, salt: bytes) -> bool:
    """Whether some ring says that it is of the database that begins like this."""
    copies = [there.best, *([there.other] if there.other is not None else [])]
    rings = [ring for copy in copies for ring in copy.rings]
    return any(salt == ring.salt or salt in ring.former for ring in rings)


def _opened(
    folder: Path, there: Found, salt: bytes, credential: Credential, secret: str
) -> Unlocked | None:
    """With the keys of the copy that fits, or of the other one; None for a wrong password."""
    failure: KeysTampered | None = None
    for keys in there.fitting(salt):
        ring = keys.ring_of(salt)
        slot = _slot(ring, credential)
        if slot is None:
            continue
        try:
            key = DataKey(slot.open(secret), ring.salt)
            ring.prove(key)
        except CannotUnseal:
            continue
        except KeysTampered as error:
            failure = error
            continue
        return Unlocked(folder, keys, ring, key, slot, there.mended)
    if failure is not None:
        raise failure
    return None


def _secret(credential: Credential) -> str:
    """What takes the place of the password; a slip in a recovery key is found before it counts."""
    if isinstance(credential, Recovery):
        return RecoveryKey.read(credential.text).bare
    return credential.text


def _slot(ring: Ring, credential: Credential) -> Slot | None:
    return ring.recovery if isinstance(credential, Recovery) else ring.user(credential.user)


def _wrong(credential: Credential, slot: Slot, seconds: int) -> WrongPassword:
    if slot.kind is Kind.RECOVERY:
        return WrongPassword(
            say("This is not the recovery key of this logbook."),
            say("Look for the one printed last."),
            seconds,
        )
    return WrongPassword(
        say("This is not the password of {slot}.", slot=slot.name),
        say("Try again, or sign in with the recovery key."),
        seconds,
    )
