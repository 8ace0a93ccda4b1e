# SPDX-License-Identifier: MIT
"""What the disk does and says: waiting until something is on it, and its errors in sentences."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

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


_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


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


class NoFile(OSError):
    """Where a file should be lies something that is none, such as a named pipe.

    Whoever opened a pipe would wait until somebody writes into it; a device may have no end.
    """


def refuse_no_file(file: Path) -> None:
    """Nothing is opened here but files.

    Raises:
        NoFile: it is none; what it is instead, in words, is ``strerror``.
        OSError: it cannot be looked at, or is not there.
    """
    _refuse_mode(file, file.stat().st_mode)


def _refuse_mode(file: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise NoFile(errno.EISDIR, say("it is a folder"), str(file))
    if not stat.S_ISREG(mode):
        said = say("it is a named pipe, a socket or a device, and no file")
        raise NoFile(errno.EINVAL, said, str(file))


def opened(file: Path) -> BinaryIO:
    """A file that somebody else may have laid there, opened to read, without ever waiting for it.

    Raises:
        NoFile: it is none.
        OSError: it cannot be opened.
    """
    refuse_no_file(file)
    # Between the look and this, another thing may have taken its place.
    handle = os.open(file, os.O_RDONLY | _AT_ONCE)
    with ExitStack() as unless_file:
        unless_file.callback(os.close, handle)
        _refuse_mode(file, os.fstat(handle).st_mode)
        unless_file.pop_all()
    return os.fdopen(handle, "rb")


def content_of(file: Path) -> bytes:
    """Everything in a file; errors as ``opened``."""
    with opened(file) as stream:
        return stream.read()


def copy_file(source: Path, target: Path) -> None:
    """Copy what is in a file, and nothing else of it; errors as ``opened``."""
    with opened(source) as reading, target.open("wb") as writing:
        shutil.copyfileobj(reading, writing)


def make_way(file: Path) -> None:
    """Remove what is no file from where a small one of ours is to be written; a folder stays.

    Raises:
        OSError: it cannot be removed.
    """
    with suppress(FileNotFoundError):
        if not file.is_file() and not file.is_dir():
            file.unlink()


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
