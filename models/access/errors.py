# SPDX-License-Identifier: MIT
"""What can stand between a user and an encrypted logbook, each told apart from the others."""

from __future__ import annotations

from models.errors import CannotWrite, LogbookDamaged, LogbookError, NewerLogbook
from models.speech import say, say_n


class AccessError(LogbookError):
    """A logbook was not opened, or something in it not done, because of keys, names or roles."""


class SignInNeeded(AccessError):
    """The logbook is encrypted, and nobody has signed in."""


class WrongPassword(AccessError):
    """The password, or the recovery key, opens nothing here.

    ``seconds`` have to pass before another is looked at; 0 after a slip of the finger.
    """

    def __init__(self, message: str, cure: str = "", seconds: int = 0) -> None:
        super().__init__(message, cure)
        self.seconds = seconds


class UnknownUser(AccessError):
    """Nobody of this name has a password for the logbook."""


class LockedOut(AccessError):
    """Too many wrong passwords; ``seconds`` have to pass before another is looked at."""

    def __init__(self, who: str, seconds: int) -> None:
        super().__init__(
            say("Too many wrong passwords for {who}.", who=who),
            say("Wait {in_words}, then try again.", in_words=in_words(seconds)),
        )
        self.seconds = seconds


class KeysDamaged(LogbookDamaged):
    """Neither copy of the keys can be read as such."""


class KeysMissing(AccessError):
    """The database is encrypted, and there are no keys at all."""


class KeysTampered(AccessError):
    """The keys are whole, but somebody without the right to it has changed them."""


class KeysOutdated(AccessError):
    """The keys are from an earlier day than the logbook: somebody put an old file back."""


class NewerKeys(NewerLogbook):
    """The keys have a form that only a later version of the program knows."""


class NewerCipher(NewerLogbook):
    """The database is encrypted in a way that only a later version of the program knows."""


class KeysOfAnother(AccessError):
    """The keys are whole, but belong to another logbook than the database beside them."""


class EncryptedDamaged(LogbookDamaged):
    """The keys are right, and the database cannot be read with them."""


class KeysNotWritten(CannotWrite):
    """The keys could not be written; the former ones hold."""


class NotAllowed(AccessError):
    """The role of the user does not go that far."""


def in_words(seconds: int) -> str:
    """As in "1 second" and "15 minutes"; whole minutes are rounded up."""
    if seconds < 60:
        return say_n("{n} second", "{n} seconds", seconds)
    minutes = -(-seconds // 60)
    return say_n("{n} minute", "{n} minutes", minutes)
