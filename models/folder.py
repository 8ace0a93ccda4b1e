# SPDX-License-Identifier: MIT
"""The folder of a logbook, before anything in it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import CannotWrite, NotALogbook


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
        f"{folder} is a file, not a folder.", f"Name the folder that holds {file.name}."
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
            f"{folder} cannot be looked into: {error.strerror}.",
            "Choose another folder, or ask whoever owns it.",
        ) from error


def cannot_make(folder: Path, error: OSError) -> CannotWrite:
    """That the folder cannot be made, and why."""
    return CannotWrite(
        f"The folder {folder} cannot be made: {error.strerror}.",
        "Choose a place where you may write.",
    )
