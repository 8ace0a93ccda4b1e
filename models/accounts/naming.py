# SPDX-License-Identifier: MIT
"""What can be the name of a user, and a password."""

from __future__ import annotations

import unicodedata

from models.access.ring import RECOVERY_NAME
from models.errors import InvalidValue
from models.speech import say

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
        raise InvalidValue("user", say("A user needs a name."), say("Type one."))
    if len(kept) > _MOST_NAME:
        raise InvalidValue(
            "user",
            say("A name has at most {most_name} characters.", most_name=_MOST_NAME),
            say("Shorten it."),
        )
    if any(unicodedata.category(sign)[0] not in _LETTERS_AND_MARKS for sign in kept):
        raise InvalidValue(
            "user", say("The name holds a character that cannot be seen."), say("Leave it out.")
        )
    if kept.casefold() == RECOVERY_NAME:
        raise InvalidValue(
            "user",
            say("Nobody can be called {recovery_name}.", recovery_name=RECOVERY_NAME),
            say("Choose another name."),
        )
    return kept


def proper_password(password: str, user: str) -> str:
    """The password, which can be anything that is not too short.

    Raises:
        InvalidValue: it is too short or long, or the name of the user.
    """
    if len(password) < LEAST_PASSWORD:
        raise InvalidValue(
            "password",
            say(
                "A password has at least {least_password} characters.",
                least_password=LEAST_PASSWORD,
            ),
            say("Three or four words are easy to remember and hard to guess."),
        )
    if len(password) > _MOST_PASSWORD:
        raise InvalidValue(
            "password",
            say("A password has at most {most_password} characters.", most_password=_MOST_PASSWORD),
            say("Shorten it."),
        )
    if password.casefold() == user.casefold():
        raise InvalidValue(
            "password", say("The password is the name of the user."), say("Choose another.")
        )
    return password
