# SPDX-License-Identifier: MIT
"""A logbook for as long as a command works with it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from models.address import Address, Place
from models.arguments import PROGRAM
from models.errors import LogbookError
from models.speech import say
from models.terminal import progress_shown, tell

if TYPE_CHECKING:
    from models.logbook import Logbook


def place_named(place: str) -> Place:
    """The folder that ``--logbook`` names, or the address of a server.

    Raises:
        LogbookError: it names neither.
    """
    if "://" in place:
        return Address.read(place)
    try:
        return Path(place).expanduser()
    except RuntimeError as error:
        raise LogbookError(
            say("{place} names a home folder that is not known here.", place=place),
            say("Name the folder in full."),
        ) from error


def place_of(options: Namespace) -> Place:
    """The place that a command was given.

    Raises:
        LogbookError: none, or one that is neither folder nor address.
    """
    place = str(options.logbook or "")
    if not place:
        raise LogbookError(
            say("No logbook is named."),
            say(
                "Name one: {program} --logbook PLACE {command}",
                program=PROGRAM,
                command=options.command,
            ),
        )
    return place_named(place)


def folder_of(options: Namespace) -> Path:
    """The same, for what needs files.

    Raises:
        OnServer: it is on a server.
        LogbookError: as ``place_of``.
    """
    return in_folder(place_of(options))


def in_folder(place: Place) -> Path:
    """The place, if it is a folder.

    Raises:
        OnServer: it is on a server.
    """
    if isinstance(place, Address):
        raise place.no_folder()
    return place


@contextmanager
def opened(place: Place, options: Namespace | None = None) -> Iterator[Logbook]:
    """The logbook at ``place``, brought up to date; ``options`` say who signs in."""
    from models.presence import refuse_elsewhere
    from models.signing import opened_as

    if isinstance(place, Path):
        refuse_elsewhere(place)
    logbook = opened_as(place, options)
    signed_in = logbook.door.unlocked is not None
    try:
        logbook.arrive()
        _bring_up_to_date(logbook)
        yield logbook
    finally:
        _go(logbook, options, signed_in=signed_in)


@contextmanager
def to_fill(place: Place, options: Namespace | None = None) -> Iterator[Logbook]:
    """The logbook at ``place``, made if there is none; unmade if nothing comes of it."""
    from models.logbook import DATABASE_NAME, Logbook
    from models.presence import refuse_elsewhere
    from models.signing import opened_as

    if isinstance(place, Address):
        with _on_server(place, options) as logbook:
            yield logbook
        return
    refuse_elsewhere(place)
    had_folder, had_logbook = _exists(place), _exists(place / DATABASE_NAME)
    logbook = opened_as(place, options) if had_logbook else Logbook.create(place)
    signed_in = logbook.door.unlocked is not None
    try:
        logbook.arrive()
        _bring_up_to_date(logbook)
        yield logbook
    except BaseException:
        if not had_logbook:
            logbook.leave()
            logbook.discard(remove_folder=not had_folder)
        raise
    finally:
        _go(logbook, options, signed_in=signed_in)


@contextmanager
def _on_server(address: Address, options: Namespace | None) -> Iterator[Logbook]:
    """The logbook in a database of a server, made where the database is empty."""
    from models.served import open_or_create
    from models.signing import server_password

    logbook = open_or_create(address, server_password(address, options))
    try:
        _bring_up_to_date(logbook)
        yield logbook
    finally:
        logbook.close()


def _go(logbook: Logbook, options: Namespace | None, *, signed_in: bool) -> None:
    """Leave, and where somebody signed in, say in the audit that he is gone, as a window does."""
    command = str(getattr(options, "command", None) or "")
    # A full disk, or a logbook that was taken away, keeps nobody from leaving.
    if signed_in:
        with suppress(LogbookError):
            logbook.sign_out(f"End of the command {command}." if command else "")
    logbook.leave()
    logbook.close()


def _bring_up_to_date(logbook: Logbook) -> None:
    """What an older program worked out is made anew, and whoever waits is told why."""
    if logbook.is_behind():
        from models.catchup import catch_up

        tell(say("Bringing {place} up to date.", place=logbook.place))
        with progress_shown() as progress:
            catch_up(logbook, progress)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
