# SPDX-License-Identifier: MIT
"""A logbook that was begun and never finished, because the program died while it made one.

A mark lies in the folder for as long as that takes. Whoever finds it makes the logbook anew, and
what had been begun is kept aside: nothing is removed that anybody may miss.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.access.attempts import FILE_NAME
from models.access.keyfile import KEYS, SECOND_COPY
from models.disk import plain_errors
from models.engines.sqlite_errors import JOURNALS
from models.errors import CannotWrite, LogbookBusy, LogbookError, NotALogbook
from models.speech import say

_MARK, _ASIDE = ".begun", "unfinished"
_ENDINGS = ("", *JOURNALS)
_LEAST = 65_536
"""No logbook is smaller: its empty tables take several times as much."""

_MINUTE = 60


def begin(file: Path) -> None:
    """Mark that a logbook with this database is being made.

    Raises:
        OSError: the folder does not take it.
    """
    _mark(file).touch(mode=0o600)


def end(file: Path) -> None:
    """It is made."""
    mark = _mark(file)
    if mark.exists():
        # A place that nobody may write to keeps it, and it says nothing of a whole logbook.
        with suppress(OSError):
            mark.unlink()


def set_aside(file: Path) -> None:
    """Where one was begun and not finished, put what there is into a folder of its own.

    Raises:
        LogbookBusy: it was begun within the last minute, so somebody may be at it.
        CannotWrite: the folder does not take it.
    """
    if not _is_begun(file):
        return
    folder = file.parent
    with plain_errors(folder):
        if abs(time.time() - _mark(file).stat().st_mtime) < _MINUTE:
            raise LogbookBusy(
                say("A logbook was begun in {folder} a moment ago.", folder=folder),
                say("If no other window is making it, try again in a minute."),
            )
        aside = folder / _ASIDE
        n = 1
        while aside.exists():
            n += 1
            aside = folder / f"{_ASIDE} {n}"
        aside.mkdir(mode=0o700)
        names = [*(file.name + ending for ending in _ENDINGS), KEYS, SECOND_COPY, FILE_NAME]
        for name in names:
            if (folder / name).exists():
                (folder / name).replace(aside / name)
        _mark(file).unlink()


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Say of a logbook that was not finished what it is, instead of what it lacks.

    Raises:
        NotALogbook: that, or the file is empty. The engine would begin a new database in it, and
            remove the journal beside it.
    """
    try:
        if not _size(file):
            raise NotALogbook(
                say("{file} is empty.", file=file),
                say("Restore the last backup. If it never was a logbook, choose another folder."),
            )
        yield
    except LogbookError as error:
        if isinstance(error, (LogbookBusy, CannotWrite)) or not _is_begun(file):
            raise
        raise NotALogbook(
            say(
                "The logbook in {parent} was begun and never finished; it holds nothing.",
                parent=file.parent,
            ),
            say("Create it again in the same folder."),
        ) from error


def _mark(file: Path) -> Path:
    return file.with_name(f".{file.name}{_MARK}")


def _is_begun(file: Path) -> bool:
    there = [file.with_name(file.name + ending) for ending in ("", "-wal")]
    try:
        return _mark(file).exists() and sum(_size(path) for path in there) < _LEAST
    except OSError:
        return False


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
