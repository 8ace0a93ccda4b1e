# SPDX-License-Identifier: MIT
"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TextIO, cast

from models.disk import plain_errors, settle
from models.errors import CannotWrite
from models.logbook import DATABASE_NAME, Logbook
from models.speech import say

_BUFFER = 1 << 20
_PARTIAL = ".kypholog-part-"
_LONG_S = 24 * 3_600
_OPEN_FILES = Path("/proc/self/fd")
_ANYBODY = 0o666
_OWNER = 0o600


@contextmanager
def replacing(target: Path, *, secret: bool = False) -> Iterator[TextIO]:
    """A text file (UTF-8, lines as they are written) that becomes ``target`` at the end.

    It lies in the folder of ``target`` without a name until everything is on the disk, so that
    nothing of it is left even of a program that is killed; where the drive knows no such files,
    under a name of its own, and the next export there takes it away. After any error or
    interruption it is gone and ``target`` is what it was before. What is ``secret`` nobody but its
    owner may read, where the system knows owners.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing_bytes(target, secret=secret) as file, as_text(file) as text:
        yield text


@contextmanager
def replacing_bytes(target: Path, *, secret: bool = False) -> Iterator[BinaryIO]:
    """The same for a file of bytes.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with plain_errors(target):
        place = where_it_leads(target)
        if place.exists() and not place.is_file():
            raise OSError(errno.EISDIR if place.is_dir() else errno.EINVAL, "it is not a file")
        if place.exists() and not os.access(place, os.W_OK):
            raise OSError(errno.EACCES, "it is protected")
        _clear_up(place.parent)
        partial = place.with_name(f"{_PARTIAL}{secrets.token_hex(8)}")
        mode = _OWNER if secret else _ANYBODY
        nameless = _open_nameless(place.parent, mode)
        try:
            with nameless or _open_new(partial, mode) as file:
                yield file
                settle(file)
                if nameless is not None:
                    _name(nameless, partial)
            if place.exists():
                shutil.copymode(place, partial)
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _open_new(partial: Path, mode: int) -> BinaryIO:
    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, mode)

    return open(partial, "xb", buffering=_BUFFER, opener=opener)


def _open_nameless(folder: Path, mode: int) -> BinaryIO | None:
    """A file that nobody finds and that is gone with the program, if it is killed.

    None where the system or the drive knows no such files.
    """
    kind = getattr(os, "O_TMPFILE", 0)
    if not kind or not _OPEN_FILES.is_dir():
        return None
    try:
        handle = os.open(folder, kind | os.O_WRONLY, mode)
    except OSError:
        # What is wrong with the folder is told when a file with a name is made there.
        return None
    return os.fdopen(handle, "wb", buffering=_BUFFER)


def _name(file: BinaryIO, name: Path) -> None:
    """Give a file without a name its name. Only so does the system follow the link to it."""
    link = _OPEN_FILES / str(file.fileno())
    folder = os.open(name.parent, os.O_RDONLY)
    try:
        os.link(link, name, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


@contextmanager
def room_beside(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` for what has to wait until that is written; gone at the end.

    Nobody but its owner may look into it. A program that is killed leaves it, and the next export
    there takes it away.
    """
    place = where_it_leads(target).parent
    with TemporaryDirectory(prefix=_PARTIAL, dir=place) as name, _held(Path(name)):
        yield Path(name)


def _clear_up(folder: Path) -> None:
    """Take away what programs that were killed left half.

    A folder goes where its program does not run any more; a file, and a folder of which that cannot
    be told, when it is a day old.
    """
    with suppress(OSError):
        for left in folder.glob(f"{_PARTIAL}*"):
            is_old = time.time() - left.stat().st_mtime > _LONG_S
            if not left.is_dir():
                if is_old:
                    left.unlink()
            elif is_old or _is_deserted(left):
                shutil.rmtree(left, ignore_errors=True)


if sys.platform == "win32":

    @contextmanager
    def _held(_room: Path) -> Iterator[None]:
        yield

    def _is_deserted(_room: Path) -> bool:
        return False

else:

    @contextmanager
    def _held(room: Path) -> Iterator[None]:
        """Let others see that the program still runs. Some drives know no such thing."""
        import fcntl

        handle = os.open(room, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_SH)
            yield
        finally:
            os.close(handle)

    def _is_deserted(room: Path) -> bool:
        """Whether something lies in it and nobody holds it. An empty one is just being made."""
        import fcntl

        handle = os.open(room, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        finally:
            os.close(handle)
        return any(room.iterdir())


@contextmanager
def as_text(file: BinaryIO | io.RawIOBase) -> Iterator[TextIO]:
    """``file`` as a text file (UTF-8, lines as they are written); it stays open behind it."""
    text = io.TextIOWrapper(cast("BinaryIO", file), encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    except BaseException:
        # What is still to be written is not wanted any more, and may be what cannot be written.
        with suppress(OSError, ValueError):
            text.detach()
        raise
    text.detach()


class Watched(io.RawIOBase):
    """Writes into ``file`` and calls ``look`` before each part, which may raise an error.

    After any error nothing more is written, and only the place where it would be is kept: a zip
    that is given up still wants to be closed, when the file is long gone.
    """

    def __init__(self, file: BinaryIO, look: Callable[[], None]) -> None:
        super().__init__()
        self._file = file
        self._look = look
        self._at = 0
        self._is_given_up = False

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def seekable(self) -> bool:
        """As the file; a zip goes back to tell how long an entry became."""
        return self._is_given_up or self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As in the file."""
        self._at = offset if self._is_given_up else self._file.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        """As in the file."""
        return self._at if self._is_given_up else self._file.tell()

    def flush(self) -> None:
        """Each part is handed on at once; a zip asks for it even when all is closed."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write a part, unless somebody stopped it."""
        written = len(data)
        if not self._is_given_up:
            try:
                self._look()
                written = self._file.write(data)
            except BaseException:
                self._is_given_up = True
                raise
        self._at += written
        return written


def write_text(logbook: Logbook, target: Path, text: str) -> None:
    """Write ``text`` into ``target``, whole or not at all.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    refuse_database(logbook, target)
    with replacing(target) as file:
        file.write(text)


def refuse_database(logbook: Logbook, target: Path) -> None:
    """Refuse the files of a database, this logbook's or another's; a journal is one of them.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    place = where_it_leads(target)
    if not place.name.casefold().startswith(DATABASE_NAME):
        return
    if place.parent == where_it_leads(logbook.folder):
        raise CannotWrite(
            say("{target} is the logbook itself.", target=target), say("Choose another file.")
        )
    if os.path.lexists(place.parent / DATABASE_NAME):
        raise CannotWrite(
            say("{target} belongs to another logbook.", target=target), say("Choose another file.")
        )


def where_it_leads(target: Path) -> Path:
    """``target`` in full, with links followed; the link itself where links lead in a circle."""
    # Path.resolve() raises an error of its own for a circle, in some versions of Python.
    return Path(os.path.realpath(target))
