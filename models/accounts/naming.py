# SPDX-License-Identifier: MIT
"""What can be the name of a user, and a password."""

from __future__ import annotations

import unicodedata

from models.access.ring import RECOVERY_NAME
from models.errors import InvalidValue

LEAST_PASSWORD = 8
_MOST_NAME, _MOST_PASSWORD = 60, 1_000
_LETTERS_AND_MARKS = "LMNPSZ"


def proper_name(name: str) -> str:
    """The name as it is kept: with single blanks, and none around it.

    Raises:
        InvalidValue: there is none, or it cannot be told from another.
    """
    kept = " ".join(unicodedata.normalize("NFC", name).split())
    if not kept:
        raise InvalidValue("user", "A user needs a name.", "Type one.")
    if len(kept) > _MOST_NAME:
        raise InvalidValue("user", f"A name has at most {_MOST_NAME} characters.", "Shorten it.")
    if any(unicodedata.category(sign)[0] not in _LETTERS_AND_MARKS for sign in kept):
        raise InvalidValue(
            "user", "The name holds a character that cannot be seen.", "Leave it out."
        )
    if kept.casefold() == RECOVERY_NAME:
        raise InvalidValue("user", f"Nobody can be called {RECOVERY_NAME}.", "Choose another name.")
    return kept


def proper_password(password: str, user: str) -> str:
    """The password, which can be anything that is not too short.

    Raises:
        InvalidValue: it is too short or long, or the name of the user.
    """
    if len(password) < LEAST_PASSWORD:
        raise InvalidValue(
            "password",
            f"A password has at least {LEAST_PASSWORD} characters.",
            "Three or four words are easy to remember and hard to guess.",
        )
    if len(password) > _MOST_PASSWORD:
        raise InvalidValue(
            "password", f"A password has at most {_MOST_PASSWORD} characters.", "Shorten it."
        )
    if password.casefold() == user.casefold():
        raise InvalidValue("password", "The password is the name of the user.", "Choose another.")
    return password
