# SPDX-License-Identifier: MIT
"""Who has a logbook open: a small file for each window or command that works with it.

The file lies in the logbook's folder, is locked as long as its owner lives, and names no patient.
Where its owner ended without a word, the lock is gone, and whoever looks next takes the file away.
On a network drive locks of other computers may not be seen; there a file counts for as long as its
owner goes on touching it.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from models.drive import Drive, Kind, drive_of
from models.engines.holding import holder_of
from models.errors import LogbookBusy, WaitStopped
from models.quick import dataclass
from models.small_files import count_of, moment_of, read_document
from models.speech import say, shown_moment

FOLDER = "present"
BEAT_S = 20
"""So often an owner touches its file."""

SILENCE_S = 120
"""Who has not touched it for so long, on another computer, is gone."""

_ENDING = ".json"
_LOCKED_BYTE = 1 << 30
"""Far behind the content, which others read."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has the logbook open.

    Attributes:
        since: when it was opened there, in UTC.
        is_here: on this computer.
    """

    user: str
    host: str
    process: int
    since: datetime
    is_here: bool = True

    def told(self) -> str:
        """Who and where and since when, in the local time."""
        since = self.since.astimezone()
        is_today = since.date() == datetime.now().date()
        return say(
            "{user} at {host} (since {since})",
            user=self.user,
            host=self.host,
            since=f"{since:%H:%M}" if is_today else shown_moment(since),
        )


class Present:
    """That this program has a logbook open, for as long as it does.

    Attributes:
        drive: where the logbook lies.
    """

    def __init__(self, folder: Path, user: str) -> None:
        self.drive: Drive = drive_of(folder)
        self._place = folder / FOLDER
        self._file = self._place / f"{secrets.token_hex(8)}{_ENDING}"
        self._user = user
        self._held: IO[str] | None = None
        # Where nothing can be written nobody is told, and nothing can be harmed either.
        with suppress(OSError):
            self._arrive()

    def others(self) -> list[Visitor]:
        """Who else has it open, the first first."""
        return _visitors(self._place, self._file)

    def beat(self) -> None:
        """Say that it is still open."""
        with suppress(OSError):
            if self._held is not None and not self._file.exists():
                # Somebody took it away, for this computer slept for long.
                self._held.close()
                self._arrive()
            os.utime(self._file)

    def leave(self) -> None:
        """It is not open any more."""
        with suppress(OSError):
            if self._held is not None:
                self._held.close()
                self._held = None
                self._file.unlink(missing_ok=True)
            self._place.rmdir()

    def _arrive(self) -> None:
        self._place.mkdir(exist_ok=True)
        self._held = self._file.open("x", encoding="utf-8")
        _lock(self._held, waits=True)
        said = {
            "user": self._user,
            "host": platform.node(),
            "process": os.getpid(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._held.write(json.dumps(said))
        self._held.flush()


def refuse_elsewhere(folder: Path, present: Present | None = None) -> None:
    """Where other computers see the folder, only one of them may work with the logbook.

    Raises:
        LogbookBusy: another one does.
    """
    drive = drive_of(folder) if present is None else present.drive
    if not drive.is_shared:
        return
    own = present._file if present is not None else None
    there = [one for one in _visitors(folder / FOLDER, own) if not one.is_here]
    if there:
        place = (
            say("on a network drive") if drive.kind is Kind.NETWORK else say("in a synced folder")
        )
        raise LogbookBusy(
            say(
                "{told} has this logbook open. It lies {place}, where only one computer at "
                "a time may work with it.",
                told=there[0].told(),
                place=place,
            ),
            say(
                "Close it there and try again. If that computer was switched off, wait two minutes."
            ),
        )


def refuse_company(folder: Path, is_settled: Callable[[], bool]) -> None:
    """The form of a logbook is changed only while nobody works with it in the old form.

    Raises:
        LogbookBusy: somebody does, unless it turns out that somebody has changed the form already.
    """
    others = _visitors(folder / FOLDER, None)
    if others and not is_settled():
        who = "; ".join(one.told() for one in others)
        raise LogbookBusy(
            say(
                "{folder} was written by an older Kypholog, and is open for: {who}.",
                folder=folder.name,
                who=who,
            ),
            say(
                "Close it there, then open it again; it is brought up to date while nobody "
                "else works with it. Nothing was changed."
            ),
        )


def busy_with(error: LogbookBusy, file: Path, present: Present | None) -> LogbookBusy:
    """The error with who it is that does not let go, as far as that can be told."""
    if isinstance(error.__cause__, LogbookBusy):
        return error
    holder, own = holder_of(file), present._file if present is not None else None
    visitors = _visitors(file.parent / FOLDER, own)
    holding = [one for one in visitors if one.is_here and one.process == holder]
    if holding:
        who = holding[0].told()
        return LogbookBusy(
            say("{who} is writing to {file} and did not let go.", who=who, file=file),
            say(
                "Wait until that is finished, then try again. Nothing of what you entered is lost."
            ),
        )
    if holder and holder != os.getpid():
        return LogbookBusy(
            say(
                "Another program (process {holder}) is writing to {file} and did not let go.",
                holder=holder,
                file=file,
            ),
            say("Close it, or wait until it has finished, then try again."),
        )
    if visitors:
        who = "; ".join(one.told() for one in visitors)
        return LogbookBusy(
            say("{error} It is open as well for: {who}.", error=error.message, who=who), error.cure
        )
    return error


@contextmanager
def naming(file: Path, present: Present | None = None) -> Iterator[None]:
    """Within, the error that a logbook is busy says who has it open.

    Raises:
        LogbookBusy: the error, in these words.
    """
    try:
        yield
    except WaitStopped:
        # It was said for whom before.
        raise
    except LogbookBusy as error:
        told = busy_with(error, file, present)
        if told is error:
            raise
        raise told from error


def waits_for(file: Path, present: Present) -> Visitor | None:
    """Who keeps this program from writing just now, where that is known."""
    holder = holder_of(file)
    return next((one for one in present.others() if one.is_here and one.process == holder), None)


def _visitors(place: Path, own: Path | None) -> list[Visitor]:
    try:
        files = [file for file in place.glob(f"*{_ENDING}") if file != own]
    except OSError:
        return []
    found = (_visitor(file, own) for file in files)
    return sorted((one for one in found if one is not None), key=lambda one: one.since)


def _visitor(file: Path, own: Path | None) -> Visitor | None:
    """Who left the file; None for somebody who is gone, and then the file goes too."""
    with suppress(OSError, ValueError, KeyError):
        said = read_document(file)
        is_here = said["host"] == platform.node()
        if not _is_held(file) and (is_here or _is_silent(file, own)):
            file.unlink(missing_ok=True)
            return None
        process, since = count_of(said["process"]), moment_of(said["since"])
        return Visitor(str(said["user"]), str(said["host"]), process, since, is_here)
    return None


def _is_silent(file: Path, own: Path | None) -> bool:
    """Measured by the clock of the drive, where there is one to compare with."""
    now = datetime.now(UTC).timestamp()
    if own is not None:
        with suppress(OSError):
            os.utime(own)
            now = own.stat().st_mtime
    return now - file.stat().st_mtime > SILENCE_S


def _is_held(file: Path) -> bool:
    with file.open("r+", encoding="utf-8") as stream:
        return not _lock(stream, waits=False)


def _lock(stream: IO[str], *, waits: bool) -> bool:
    """Lock the file until it is closed; whether that went well."""
    if sys.platform == "win32":
        import msvcrt

        stream.seek(_LOCKED_BYTE)
        mode = msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK
        try:
            msvcrt.locking(stream.fileno(), mode, 1)
        except OSError:
            return False
        finally:
            stream.seek(0)
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


__all__ = [
    "BEAT_S",
    "FOLDER",
    "SILENCE_S",
    "Present",
    "Visitor",
    "naming",
    "refuse_company",
    "refuse_elsewhere",
    "waits_for",
]
