# SPDX-License-Identifier: MIT
"""Keeps what is typed and not saved, so that neither a closed window nor a power cut loses it."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import LogbookError
from models.followup.unsaved import TakenUp, Unsaved, keep_unsaved, take_up
from models.logbook import Logbook
from ui.followup.calls import Calls
from ui.jobs import Jobs
from ui.today import Today

PAUSE_MS = 400
"""So long after the last key it goes to the disk; a score that is saved at once never does."""


class _Writer:
    """Writes the newest that there is for one logbook, however many jobs are under way."""

    def __init__(self, logbook: Logbook) -> None:
        self._logbook = logbook
        self._one_by_one = threading.Lock()
        self.newest: list[Unsaved] = []

    def write(self) -> None:
        with self._one_by_one:
            keep_unsaved(self._logbook, self.newest)


class Keeper(QObject):
    """Writes what is typed into the logbook after a pause, and brings it back.

    Signals:
        taken_up: (TakenUp) something was typed before and not saved.
        failed: (LogbookError) what is typed cannot be kept.
    """

    taken_up = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, calls: Calls, today: Today, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._calls = calls
        self._today = today
        self._logbook: Logbook | None = None
        self._writer: _Writer | None = None
        self._kept: list[Unsaved] | None = []
        self._passed: list[Unsaved] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        calls.typed.connect(self._pause.start)

    def keep(self) -> None:
        """Write down what is typed now, unless it is written already."""
        self._pause.stop()
        typed = [*self._calls.unsaved(), *self._passed]
        if self._logbook is None or self._writer is None or typed == self._kept:
            return
        self._kept = self._writer.newest = typed
        # Without a connection: where none is to be had, it is kept here.
        self._jobs.run(None, self._writer.write, lambda _nothing: None, self._fail)

    def forget_passed(self) -> None:
        """Keep no more what was typed before for visits that are over."""
        self._passed = []
        self.keep()

    def change(self, logbook: Logbook | None) -> None:
        """Write down what is typed in the former logbook, and turn to another one."""
        self.keep()
        self._logbook, self._kept, self._passed = logbook, [], []
        self._writer = _Writer(logbook) if logbook is not None else None

    def bring_back(self) -> None:
        """Look for what was typed before in this logbook."""
        if (logbook := self._logbook) is None:
            return
        today = self._today.day

        def done(found: TakenUp) -> None:
            if logbook is self._logbook and (found.waiting or found.passed):
                self._kept, self._passed = None, list(found.passed)
                self._calls.take_up(found.waiting)
                self.taken_up.emit(found)

        self._jobs.run(logbook, lambda: take_up(logbook, today), done, self._fail)

    def _fail(self, error: LogbookError) -> None:
        self._kept = None
        self.failed.emit(error)
