# SPDX-License-Identifier: MIT
"""What the disk does and says: waiting until something is on it, and its errors in sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from models.errors import CannotWrite

_CURES = {
    errno.ENOENT: ("the folder does not exist", "Make the folder, or choose another one."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.EISDIR: ("it is a folder", "Add a file name."),
    errno.EACCES: (
        "it may not be written",
        "Close it in other programs, or choose a place where you may write.",
    ),
    errno.EROFS: ("the drive is read-only", "Choose another drive."),
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another drive."),
    errno.EFBIG: ("the drive does not take files of that size", "Choose another drive."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}
_CURES[errno.EPERM] = _CURES[errno.EACCES]
_CURES[errno.EDQUOT] = _CURES[errno.ENOSPC]


def settle(file: IO[str] | IO[bytes]) -> None:
    """Wait until everything that was written to ``file`` is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def settle_file(path: Path) -> None:
    """Wait until a file that is closed already is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows such a thing."""
    # Windows opens no folders; there the file system sees to it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def plain_errors(target: Path) -> Iterator[None]:
    """Turn what the system says about ``target`` into a sentence with a cure."""
    try:
        yield
    except OSError as error:
        why, cure = _CURES.get(
            error.errno or 0, (error.strerror or str(error), "Choose another place.")
        )
        raise CannotWrite(f"{target} cannot be written: {why}.", cure) from error
