# SPDX-License-Identifier: MIT
"""Files that are there whole or not at all: written under another name, then renamed."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from models.disk import plain_errors, settle
from models.errors import CannotWrite
from models.logbook import DATABASE_NAME, Logbook

_BUFFER = 1 << 20


@contextmanager
def replacing(target: Path) -> Iterator[TextIO]:
    """A text file (UTF-8, lines as they are written) that becomes ``target`` at the end.

    It lies in the folder of ``target`` under a name of its own until everything is on the disk.
    After any error or interruption it is gone and ``target`` is what it was before.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing_bytes(target) as file, as_text(file) as text:
        yield text


@contextmanager
def replacing_bytes(target: Path) -> Iterator[BinaryIO]:
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
        partial = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with partial.open("xb", buffering=_BUFFER) as file:
                yield file
                settle(file)
            if place.exists():
                shutil.copymode(place, partial)
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


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
        raise CannotWrite(f"{target} is the logbook itself.", "Choose another file.")
    if os.path.lexists(place.parent / DATABASE_NAME):
        raise CannotWrite(f"{target} belongs to another logbook.", "Choose another file.")


def where_it_leads(target: Path) -> Path:
    """``target`` in full, with links followed; the link itself where links lead in a circle."""
    # Path.resolve() raises an error of its own for a circle, in some versions of Python.
    return Path(os.path.realpath(target))
