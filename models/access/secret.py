# SPDX-License-Identifier: MIT
"""Keys and passwords as they are held in memory: nothing that prints them shows what they are."""

from __future__ import annotations

import secrets
from dataclasses import field
from typing import NoReturn

from models.quick import dataclass

KEY_BYTES = 32
SALT_BYTES = 16


class Hidden:
    """Mixin: in no listing, message or traceback, and in no file of another process."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} stays in the memory of this process")


class Passphrase(str):
    """The key of a database in the words of SQLCipher; shown as nothing."""

    def __repr__(self) -> str:
        return "<key>"


@dataclass(frozen=True, repr=False)
class DataKey(Hidden):
    """What a database is encrypted with.

    Attributes:
        key: 256 random bits.
        salt: 128 random bits, in clear at the beginning of the file; they say which key fits.
    """

    key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES))
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(SALT_BYTES))

    @property
    def passphrase(self) -> Passphrase:
        """As SQLCipher takes a raw key: it stretches nothing then, and opening takes 1 ms."""
        return Passphrase(f"x'{self.key.hex()}{self.salt.hex()}'")


@dataclass(frozen=True, repr=False)
class Password(Hidden):
    """Who signs in, and with what."""

    user: str
    text: str


@dataclass(frozen=True, repr=False)
class Recovery(Hidden):
    """Somebody signs in with the printed recovery key, as it was typed."""

    text: str


Credential = Password | Recovery
