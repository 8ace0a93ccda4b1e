# SPDX-License-Identifier: MIT
"""The folder of a logbook, before anything in it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import CannotWrite, NotALogbook
from models.speech import say


def is_there(file: Path) -> bool:
    """Whether the folder of a database ``file`` can be looked into and holds it.

    Raises:
        NotALogbook: the folder is none, or nobody may look into it.
    """
    folder = file.parent
    with _looking_into(folder):
        if not folder.is_file():
            return file.exists()
    raise NotALogbook(
        say("{folder} is a file, not a folder.", folder=folder),
        say("Name the folder that holds {file}.", file=file.name),
    )


def is_folder(path: Path) -> bool:
    """Whether it is a folder.

    Raises:
        NotALogbook: nobody may look there.
    """
    with _looking_into(path.parent):
        return path.is_dir()


@contextmanager
def _looking_into(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotALogbook(
            say("{folder} cannot be looked into: {reason}.", folder=folder, reason=error.strerror),
            say("Choose another folder, or ask whoever owns it."),
        ) from error


def something_else(file: Path) -> NotALogbook:
    """That the database is another program's."""
    said = say("{file} is a database, but not a logbook.", file=file)
    return NotALogbook(said, say("Choose another folder."))


def cannot_make(folder: Path, error: OSError) -> CannotWrite:
    """That the folder cannot be made, and why."""
    return CannotWrite(
        say("The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror),
        say("Choose a place where you may write."),
    )
