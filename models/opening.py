# SPDX-License-Identifier: MIT
"""A logbook for as long as a command works with it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.terminal import progress_shown, tell

if TYPE_CHECKING:
    from models.logbook import Logbook


def place_named(place: str) -> Path:
    """The folder that ``--logbook`` names.

    Raises:
        LogbookError: it names none.
    """
    if "://" in place:
        raise LogbookError(
            f"{place} is an address, and this version opens no PostgreSQL or other server.",
            "Name a folder.",
        )
    try:
        return Path(place).expanduser()
    except RuntimeError as error:
        raise LogbookError(
            f"{place} names a home folder that is not known here.", "Name the folder in full."
        ) from error


@contextmanager
def opened(place: Path, options: Namespace | None = None) -> Iterator[Logbook]:
    """The logbook at ``place``, brought up to date; ``options`` say who signs in."""
    from models.presence import refuse_elsewhere
    from models.signing import opened_as

    refuse_elsewhere(place)
    logbook = opened_as(place, options)
    try:
        logbook.arrive()
        _bring_up_to_date(logbook)
        yield logbook
    finally:
        logbook.leave()
        logbook.close()


@contextmanager
def to_fill(place: Path, options: Namespace | None = None) -> Iterator[Logbook]:
    """The logbook at ``place``, made if there is none; unmade if nothing comes of it."""
    from models.logbook import DATABASE_NAME, Logbook
    from models.presence import refuse_elsewhere
    from models.signing import opened_as

    refuse_elsewhere(place)
    had_folder, had_logbook = _exists(place), _exists(place / DATABASE_NAME)
    logbook = opened_as(place, options) if had_logbook else Logbook.create(place)
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
        logbook.leave()
        logbook.close()


def _bring_up_to_date(logbook: Logbook) -> None:
    """What an older program worked out is made anew, and whoever waits is told why."""
    if logbook.is_behind():
        from models.catchup import catch_up

        tell(f"Bringing {logbook.folder} up to date.")
        with progress_shown() as progress:
            catch_up(logbook, progress)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
