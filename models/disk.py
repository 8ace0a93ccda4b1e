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
from models.speech import say

_CURES = {
    errno.ENOENT: (
        say("the folder does not exist"),
        say("Make the folder, or choose another one."),
    ),
    errno.ENOTDIR: (say("its folder is a file"), say("Choose another folder.")),
    errno.EISDIR: (say("it is a folder"), say("Add a file name.")),
    errno.EACCES: (
        say("it may not be written"),
        say("Close it in other programs, or choose a place where you may write."),
    ),
    errno.EROFS: (say("the drive is read-only"), say("Choose another drive.")),
    errno.ENOSPC: (say("the disk is full"), say("Free some space, or choose another drive.")),
    errno.EFBIG: (say("the drive does not take files of that size"), say("Choose another drive.")),
    errno.ENAMETOOLONG: (say("the name is too long"), say("Choose a shorter name.")),
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
            error.errno or 0, (error.strerror or str(error), say("Choose another place."))
        )
        raise CannotWrite(
            say("{target} cannot be written: {why}.", target=target, why=why), cure
        ) from error
