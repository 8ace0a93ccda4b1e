# SPDX-License-Identifier: MIT
"""The few things done with keys, all by ``cryptography`` and ``argon2-cffi``.

A password is stretched by argon2id (RFC 9106) and locks, by AES-256-GCM, a private X25519 key. What
only the owner of that key should have is sealed to the public one: X25519 with a key made for this
one purpose, HKDF-SHA256, AES-256-GCM. So a new data key reaches everybody without their passwords.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict
from hashlib import sha256

from models.access.errors import NewerKeys
from models.quick import dataclass
from models.speech import say

_NONCE_BYTES = 12
_PUBLIC_BYTES = 32
_ARGON2_VERSION = 19
_MOST_MEMORY_KIB = 2 << 20
_MOST_TIME = 64
_MOST_LANES = 64


class CannotUnseal(Exception):
    """The key does not fit, or what was sealed is not what it was."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How much work one guess at a password costs.

    The default is the second recommended choice of RFC 9106, section 4: 64 MiB, three passes, four
    lanes.
    """

    time: int = 3
    memory_kib: int = 64 << 10
    lanes: int = 4

    @property
    def is_known(self) -> bool:
        """Whether a machine of today could be asked for it."""
        return (
            1 <= self.time <= _MOST_TIME
            and 1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB
        )

    def as_json(self) -> dict[str, object]:
        """As it stands in the keys."""
        return {"name": "argon2id", "version": _ARGON2_VERSION, **asdict(self)}

    @classmethod
    def of_json(cls, said: dict[str, object]) -> Strength:
        """What stands in the keys.

        Raises:
            NewerKeys: another function, or more than a machine of today could be asked for.
        """
        numbers = {name: said.get(name) for name in ("time", "memory_kib", "lanes")}
        whole = {name: value for name, value in numbers.items() if isinstance(value, int)}
        if len(whole) == len(numbers):
            found = cls(**whole)
            if found.is_known and said == found.as_json():
                return found
        raise NewerKeys(
            say(
                "The passwords of this logbook are protected in a way that this version of "
                "Kypholog does not know."
            ),
            say("Update the program on this machine; nothing was changed."),
        )


STANDARD = Strength()


def stretch(password: str, salt: bytes, strength: Strength) -> bytes:
    """256 bits out of a password; takes as long as ``strength`` wants it to."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        password.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=strength.time,
        memory_cost=strength.memory_kib,
        parallelism=strength.lanes,
        hash_len=32,
        type=Type.ID,
        version=_ARGON2_VERSION,
    )


def lock(key: bytes, content: bytes, said: bytes) -> bytes:
    """``content`` under a key; opens only together with ``said``, which stays in clear."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, said)


def unlock(key: bytes, locked: bytes, said: bytes) -> bytes:
    """What was locked.

    Raises:
        CannotUnseal: the key does not fit, or something was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(locked) < _NONCE_BYTES:
        raise CannotUnseal
    try:
        return AESGCM(key).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], said)
    except InvalidTag as error:
        raise CannotUnseal from error


def new_pair() -> tuple[bytes, bytes]:
    """A private key and the public one that belongs to it."""
    private = secrets.token_bytes(_PUBLIC_BYTES)
    return private, public_of(private)


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, said: bytes) -> bytes:
    """``content`` for nobody but the owner of the private key."""
    once, once_public = new_pair()
    return once_public + lock(_agreed(once, public, once_public + public), content, said)


def unseal(private: bytes, sealed: bytes, said: bytes) -> bytes:
    """What was sealed.

    Raises:
        CannotUnseal: it was sealed for somebody else, or something was changed.
    """
    once_public, locked = sealed[:_PUBLIC_BYTES], sealed[_PUBLIC_BYTES:]
    try:
        key = _agreed(private, once_public, once_public + public_of(private))
    except ValueError as error:
        raise CannotUnseal from error
    return unlock(key, locked, said)


def derive(key: bytes, purpose: str) -> bytes:
    """Another key, for this purpose only."""
    return _hkdf(key, b"", f"kypholog {purpose}".encode())


def mac(key: bytes, content: bytes) -> bytes:
    """What only somebody with the key can say of this content."""
    return hmac.digest(key, content, sha256)


def is_same(one: bytes, other: bytes) -> bool:
    """Compared in a time that says nothing about where they differ."""
    return hmac.compare_digest(one, other)


def _agreed(private: bytes, public: bytes, between: bytes) -> bytes:
    """What the owners of two pairs of keys have in common, bound to the public ones."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    own = X25519PrivateKey.from_private_bytes(private)
    shared = own.exchange(X25519PublicKey.from_public_bytes(public))
    return _hkdf(shared, between, b"kypholog seal")


def _hkdf(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(key)
