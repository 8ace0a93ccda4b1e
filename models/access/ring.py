# SPDX-License-Identifier: MIT
"""A ring of keys: who can open one database, in which role, and what is needed besides.

Everybody has a slot: a pair of keys, the private one locked by the password, the data key sealed to
the public one. The whole ring carries a code that only somebody with the data key can make, so that
a role, name or public key that was changed in the file is found at the next sign-in.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from models.access import sealing
from models.access.errors import KeysTampered
from models.access.sealing import CannotUnseal, Strength
from models.access.secret import SALT_BYTES, DataKey
from models.quick import dataclass
from models.speech import say
from models.vocabulary import Role

JOURNAL = "journal of failed sign-ins"
RECOVERY_NAME = "the recovery key"


class Kind(StrEnum):
    """What opens a slot."""

    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """What one user, or the recovery key, opens the logbook with.

    Attributes:
        id: stays when name, role or password change.
        name, role: who it is and what he may do; the recovery key is an administrator.
        strength, salt: how the password is stretched.
        public: the public key.
        private: the private key, locked by the password.
        sealed: the data key, sealed to the public key.
    """

    id: str
    kind: Kind
    name: str
    role: Role
    strength: Strength
    salt: bytes = field(repr=False)
    public: bytes = field(repr=False)
    private: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @classmethod
    def new(
        cls, name: str, role: Role, secret: str, key: DataKey, strength: Strength, id: str = ""
    ) -> Slot:
        """A slot for somebody with the password, or the recovery key, ``secret``."""
        kind = Kind.USER if name else Kind.RECOVERY
        id = id or secrets.token_hex(16)
        salt = secrets.token_bytes(SALT_BYTES)
        private, public = sealing.new_pair()
        locked = sealing.lock(sealing.stretch(secret, salt, strength), private, _said(id, kind))
        sealed = sealing.seal(public, key.key, _said(id, kind))
        return cls(id, kind, name or RECOVERY_NAME, role, strength, salt, public, locked, sealed)

    def open(self, secret: str) -> bytes:
        """The data key.

        Raises:
            CannotUnseal: this is not the password.
        """
        said = _said(self.id, self.kind)
        private = sealing.unlock(
            sealing.stretch(secret, self.salt, self.strength), self.private, said
        )
        return sealing.unseal(private, self.sealed, said)

    def for_key(self, key: DataKey) -> Slot:
        """The same slot for another data key; takes no password."""
        sealed = sealing.seal(self.public, key.key, _said(self.id, self.kind))
        return replace(self, sealed=sealed)

    def as_json(self) -> dict[str, object]:
        """As it stands in the keys."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "name": self.name,
            "role": self.role.value,
            "strength": self.strength.as_json(),
            "salt": self.salt.hex(),
            "public": self.public.hex(),
            "private": self.private.hex(),
            "sealed": self.sealed.hex(),
        }

    @classmethod
    def of_json(cls, said: Mapping[str, object]) -> Slot:
        """What stands in the keys.

        Raises:
            ValueError, KeyError, TypeError: it is none.
            NewerKeys: its password is protected in an unknown way.
        """
        strength = said["strength"]
        if not isinstance(strength, dict):
            raise TypeError("strength")
        return cls(
            str(said["id"]),
            Kind(str(said["kind"])),
            str(said["name"]),
            Role(str(said["role"])),
            Strength.of_json(strength),
            _salt(said["salt"]),
            *(bytes.fromhex(str(said[name])) for name in ("public", "private", "sealed")),
        )


@dataclass(frozen=True, slots=True)
class Ring:
    """The slots of one database.

    Attributes:
        salt: the beginning of the database file that it belongs to.
        slots: everybody who can open it.
        former: keys that earlier backups need, by the beginning of their files; locked by the
            data key.
        journal: the public key to which failed sign-ins are sealed.
        generation: goes up by one with every change.
        code: made with the data key, of everything else.
    """

    salt: bytes
    slots: tuple[Slot, ...]
    former: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)
    journal: bytes = field(default=b"", repr=False)
    generation: int = 1
    code: bytes = field(default=b"", repr=False)

    @classmethod
    def new(cls, key: DataKey, slots: Iterable[Slot]) -> Ring:
        """The first ring of a logbook."""
        journal = sealing.public_of(sealing.derive(key.key, JOURNAL))
        return cls(key.salt, tuple(slots), journal=journal).signed(key)

    @property
    def users(self) -> tuple[Slot, ...]:
        """Those with a password, by name."""
        users = (slot for slot in self.slots if slot.kind is Kind.USER)
        return tuple(sorted(users, key=lambda slot: slot.name.casefold()))

    @property
    def recovery(self) -> Slot:
        """The slot of the recovery key."""
        return next(slot for slot in self.slots if slot.kind is Kind.RECOVERY)

    def user(self, name: str) -> Slot | None:
        """The slot of a user, whichever way the name is capitalized."""
        wanted = name.strip().casefold()
        return next((slot for slot in self.users if slot.name.casefold() == wanted), None)

    def slot(self, slot_id: str) -> Slot | None:
        """A slot by its id."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def with_slot(self, slot: Slot, key: DataKey) -> Ring:
        """With a slot added, or in place of the one with the same id."""
        others = tuple(one for one in self.slots if one.id != slot.id)
        return self._next(key, slots=(*others, slot))

    def without(self, slot_id: str, key: DataKey) -> Ring:
        """Without a slot."""
        return self._next(key, slots=tuple(one for one in self.slots if one.id != slot_id))

    def for_key(self, old: DataKey, new: DataKey) -> Ring:
        """The ring of the same people for another data key; the old one is kept for backups."""
        former = {salt: self.former_key(salt, old).key for salt in self.former}
        former[old.salt] = old.key
        return Ring(
            new.salt,
            tuple(slot.for_key(new) for slot in self.slots),
            {salt: sealing.lock(new.key, key, salt) for salt, key in former.items()},
            sealing.public_of(sealing.derive(new.key, JOURNAL)),
            self.generation + 1,
        ).signed(new)

    def former_key(self, salt: bytes, key: DataKey) -> DataKey:
        """The key of an earlier database.

        Raises:
            KeyError: none with this beginning is known.
            KeysTampered: it was changed.
        """
        try:
            return DataKey(sealing.unlock(key.key, self.former[salt], salt), salt)
        except CannotUnseal as error:
            raise tampered() from error

    def signed(self, key: DataKey) -> Ring:
        """With the code that belongs to what it says."""
        return replace(self, code=sealing.mac(sealing.derive(key.key, "ring"), self._content()))

    def prove(self, key: DataKey) -> None:
        """Compare the code.

        Raises:
            KeysTampered: something was changed by somebody without the data key.
        """
        if not sealing.is_same(self.code, self.signed(key).code):
            raise tampered()

    def as_json(self) -> dict[str, object]:
        """As it stands in the keys."""
        return {
            "salt": self.salt.hex(),
            "generation": self.generation,
            "journal": self.journal.hex(),
            "former": {salt.hex(): key.hex() for salt, key in self.former.items()},
            "slots": [slot.as_json() for slot in self.slots],
            "code": self.code.hex(),
        }

    @classmethod
    def of_json(cls, said: Mapping[str, object]) -> Ring:
        """What stands in the keys.

        Raises:
            ValueError, KeyError, TypeError: it is none.
            NewerKeys: a password is protected in an unknown way.
        """
        slots, former, generation = said["slots"], said["former"], said["generation"]
        if not isinstance(slots, list) or not isinstance(former, dict):
            raise TypeError("slots")
        if not isinstance(generation, int):
            raise TypeError("generation")
        ring = cls(
            _salt(said["salt"]),
            tuple(Slot.of_json(slot) for slot in slots),
            {bytes.fromhex(salt): bytes.fromhex(key) for salt, key in former.items()},
            bytes.fromhex(str(said["journal"])),
            generation,
            bytes.fromhex(str(said["code"])),
        )
        if sum(slot.kind is Kind.RECOVERY for slot in ring.slots) != 1:
            raise ValueError("recovery")
        return ring

    def _next(self, key: DataKey, slots: tuple[Slot, ...]) -> Ring:
        return replace(self, slots=slots, generation=self.generation + 1).signed(key)

    def _content(self) -> bytes:
        said = {name: value for name, value in self.as_json().items() if name != "code"}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def tampered() -> KeysTampered:
    """That the keys were changed by somebody without the right to it."""
    return KeysTampered(
        say("The keys of this logbook were changed by something other than Kypholog."),
        say("Put back the keys.json that belongs to it, from a backup of the folder."),
    )


def _salt(text: object) -> bytes:
    salt = bytes.fromhex(str(text))
    if len(salt) != SALT_BYTES:
        raise ValueError("salt")
    return salt


def _said(slot_id: str, kind: Kind) -> bytes:
    return f"{kind.value} {slot_id}".encode()
