# SPDX-License-Identifier: MIT
"""Where the last words of a program go that ends without warning, until the next start."""

from __future__ import annotations

import faulthandler
import logging
from pathlib import Path
from typing import TextIO
from uuid import uuid4

from PySide6.QtCore import QLockFile

_log = logging.getLogger(__name__)


class CrashFile:
    """One file for each running program. Only places in the program are written into it.

    Args:
        folder: where the files of all running programs of this user are; made when needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: TextIO | None = None
        self._lock: QLockFile | None = None

    def begin(self) -> None:
        """From now on a crash leaves its trace. Where nothing can be written it goes without."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{uuid4().hex}.txt"
            lock = _lock_of(path)
            if not lock.tryLock(0):
                return
            self._file, self._lock = path.open("w", encoding="utf-8"), lock
        except OSError as error:
            _log.warning("no crash file: %s", type(error).__name__)
            return
        faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends as it should, and leaves nothing."""
        if self._file is not None and self._lock is not None:
            faulthandler.disable()
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)
            self._lock.unlock()
            self._file = None

    def left_behind(self) -> list[str]:
        """What programs wrote that ended without warning; told once, and then removed.

        Raises:
            OSError: the folder cannot be read.
        """
        found = []
        for path in sorted(self._folder.glob("*.txt")):
            # Whoever holds the lock is still running.
            lock = _lock_of(path)
            if lock.tryLock(0):
                trace = path.read_text(encoding="utf-8", errors="replace")
                path.unlink(missing_ok=True)
                lock.unlock()
                # Without a trace it was killed from outside, or the power failed.
                found += [trace] if trace.strip() else []
        return found


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    # However old it is, as long as its program runs.
    lock.setStaleLockTime(0)
    return lock
