# SPDX-License-Identifier: MIT
"""Who signs in on the command line. A password is asked for or read from a file, never an argument.

An argument would be in the list of processes and in the history of the shell for anybody to read.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.address import Address, Place
from models.disk import opened
from models.errors import LogbookError
from models.speech import say
from models.terminal import tell

if TYPE_CHECKING:
    from models.access import Credential, Unlocked
    from models.access.errors import SignInNeeded
    from models.logbook import Logbook

_MOST = 4_096
"""Bytes of a password file that are looked at."""


def add_place(parser: argparse.ArgumentParser, *, behind_command: bool = True) -> None:
    """Give a parser the options that say which logbook is meant, and who signs in."""
    # A shortened option would be --password, and what follows it a secret.
    parser.allow_abbrev = False
    # SUPPRESS, so that what stands before the command holds unless there is more behind it.
    default = argparse.SUPPRESS if behind_command else None
    about = {
        "--logbook": ("PLACE", say("the logbook to work with")),
        "--user": ("NAME", say("who signs in to an encrypted logbook")),
        "--password-file": (
            "FILE",
            say(
                "a file, or the number of an open file descriptor, whose first line is the "
                "password; otherwise it is asked for"
            ),
        ),
    }
    for name, (mark, said) in about.items():
        said = say("the same as before the command") if behind_command else said
        parser.add_argument(name, metavar=mark, default=default, help=said)
    parser.add_argument(
        "--recovery",
        action="store_true",
        default=argparse.SUPPRESS if behind_command else False,
        help=say("the same as before the command")
        if behind_command
        else say("sign in with the recovery key instead of a password"),
    )


def opened_as(
    place: Place,
    options: argparse.Namespace | None,
    cancelled: Callable[[], bool] | None = None,
) -> Logbook:
    """The logbook at a place; whoever has to sign in is asked.

    A server is not waited for any longer once it is ``cancelled``.

    Raises:
        SignInNeeded: there is nobody to ask and no password file.
        AccessError, LogbookError: as ``access.unlock`` and ``Logbook.open``.
    """
    from models import access
    from models.logbook import DATABASE_NAME, Logbook

    if isinstance(place, Address):
        from models.served import open_served

        return open_served(place, server_password(place, options), cancelled)
    if not access.is_encrypted(place / DATABASE_NAME):
        return Logbook.open(place)
    return Logbook.open(place, unlocked=unlocked_as(place, options))


def server_password(address: Address, options: argparse.Namespace | None) -> str:
    """The password for a server, from ``--password-file``; "" leaves it to the driver.

    The driver looks for one where PostgreSQL's own programs do: in PGPASSWORD and in the file of
    passwords that belongs to the account.
    """
    source: str | None = getattr(options, "password_file", None)
    return read_secret(source) if source else ""


def unlocked_as(place: Path, options: argparse.Namespace | None) -> Unlocked:
    """The keys in a folder, unlocked by whoever has to sign in; nothing is opened.

    Raises:
        SignInNeeded: there is nobody to ask and no password file.
        AccessError: as ``access.unlock``.
    """
    from models import access
    from models.logbook import DATABASE_NAME

    unlocked = access.unlock(place / DATABASE_NAME, credential_for(place, options))
    if unlocked.mended:
        tell(
            say(
                "{place} was damaged or missing; it was written anew.",
                place=place / unlocked.mended,
            )
        )
    return unlocked


def credential_for(
    place: Path, options: argparse.Namespace | None, option: str = "--password-file"
) -> Credential:
    """With what somebody signs in to the logbook at a place, by the options or asked for.

    ``option`` names the file where there is nobody to ask.

    Raises:
        SignInNeeded: there is nobody to ask and no password file.
    """
    from models.access import Password, Recovery
    from models.logbook import current_user

    source: str | None = getattr(options, "password_file", None)
    if getattr(options, "recovery", False):
        return Recovery(read_secret(source) if source else _asked(say("Recovery key: "), option))
    user = str(getattr(options, "user", None) or _only_user(place) or current_user())
    return Password(
        user,
        read_secret(source) if source else _asked(say("Password of {user}: ", user=user), option),
    )


def new_password(user: str, source: str | None) -> str:
    """A password for somebody, asked for twice.

    Raises:
        SignInNeeded: there is nobody to ask and no file, or the two are not the same.
    """
    if source is not None:
        return read_secret(source)
    first = _asked(say("New password of {user}: ", user=user), "--new-password-file")
    if _asked("Once more: ", "--new-password-file") != first:
        raise _needed(say("The two passwords are not the same."), say("Nothing was changed."))
    return first


def read_secret(source: str) -> str:
    """The next line of a file, or of an open file descriptor.

    Raises:
        LogbookError: it cannot be read, or there is no line.
    """
    try:
        # What a shell hands over as a file, such as what another program says, is open already.
        number = source.removeprefix("/dev/fd/")
        if number.isascii() and number.isdigit():
            raw = _line_of(int(number))
        else:
            with opened(Path(source).expanduser()) as stream:
                raw = stream.readline(_MOST)
        text = raw.decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError, OverflowError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or say("it is no text")
        raise LogbookError(
            say("No password can be read from {source}: {why}.", source=source, why=why), ""
        ) from error
    if not text:
        raise LogbookError(
            say("No password can be read from {source}: it is empty.", source=source), ""
        )
    return text


def _line_of(descriptor: int) -> bytes:
    """Byte by byte, so that what follows is there for the next one who reads."""
    line = b""
    while len(line) < _MOST and (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
        line += byte
    return line


def _only_user(place: Path) -> str:
    from models import access

    names = access.users_of(place)
    return names[0] if len(names) == 1 else ""


def _asked(prompt: str, option: str = "--password-file") -> str:
    if not (sys.stdin is not None and sys.stdin.isatty()):
        raise _needed(
            say("A password is needed, and there is no terminal to ask for it."),
            say("Name a file with {option}.", option=option),
        )
    try:
        return getpass.getpass(prompt, sys.stderr)
    except EOFError as error:
        raise _needed(say("No password was given."), say("Nothing was changed.")) from error


def _needed(said: str, cure: str) -> SignInNeeded:
    from models.access.errors import SignInNeeded

    return SignInNeeded(said, cure)
