# SPDX-License-Identifier: MIT
"""The folder of a logbook, before anything in it is opened."""

from __future__ import annotations

from pathlib import Path

from models.errors import CannotWrite, NotALogbook


def is_there(file: Path) -> bool:
    """Whether the folder of a database ``file`` can be looked into and holds it.

    Raises:
        NotALogbook: the folder is none, or nobody may look into it.
    """
    folder = file.parent
    try:
        if not folder.is_file():
            return file.exists()
    except OSError as error:
        raise NotALogbook(
            f"{folder} cannot be looked into: {error.strerror}.",
            "Choose another folder, or ask whoever owns it.",
        ) from error
    raise NotALogbook(
        f"{folder} is a file, not a folder.", f"Name the folder that holds {file.name}."
    )


def cannot_make(folder: Path, error: OSError) -> CannotWrite:
    """That the folder cannot be made, and why."""
    return CannotWrite(
        f"The folder {folder} cannot be made: {error.strerror}.",
        "Choose a place where you may write.",
    )
