# SPDX-License-Identifier: MIT
"""Watches for how long the window cannot answer while a test goes on, and tells it; it fails none.

A turn of the event loop begins when the loop awakes and ends when it awakes again. A second thread
looks now and then how much processor time the thread of the window has taken in its turn: so a busy
machine is not blamed on the program. Where it is more than ``MOST_MS``, the thread notes what of
the program is at work just then. What a test does by itself, without any of ``ui/`` at work, is not
counted.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QAbstractEventDispatcher, QObject

MOST_MS = 50
_EVERY_S = 0.02
_UI = str(Path(__file__).parents[2] / "ui")


@dataclass(slots=True)
class Stall:
    """A turn that was too long.

    Attributes:
        where: the function of ui/ that the turn began with.
        inner: the one that was at work when it was seen first.
        ms: processor time of the turn, as far as it was seen.
    """

    where: str
    inner: str
    ms: float


class Watcher(QObject):
    """Watches the thread that it is made in from ``begin`` to ``end``."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[Stall] = []
        self._thread = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._turn, self._began = 0, time.clock_gettime(self._clock)
        self._stop = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def begin(self) -> None:
        """Watch from now on."""
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.awake.connect(self._awake)
        self._looking.start()

    def end(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._looking.join()
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is not None:
            dispatcher.awake.disconnect(self._awake)

    def _awake(self) -> None:
        self._turn += 1
        self._began = time.clock_gettime(self._clock)

    def _look(self) -> None:
        noted = -1
        while not self._stop.wait(_EVERY_S):
            turn, spent = self._turn, time.clock_gettime(self._clock) - self._began
            if spent * 1000 <= MOST_MS:
                continue
            if turn == noted:
                self.stalls[-1].ms = max(self.stalls[-1].ms, spent * 1000)
                continue
            found = _of_program(sys._current_frames().get(self._thread))
            if found:
                self.stalls.append(Stall(found[-1], found[0], spent * 1000))
                noted = turn


def _of_program(frame: FrameType | None) -> list[str]:
    """The functions of ui/ at work, the innermost first."""
    found = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(_UI):
            place = Path(frame.f_code.co_filename).relative_to(_UI).as_posix()
            found.append(f"{place}:{frame.f_code.co_name}")
        frame = frame.f_back
    return found
