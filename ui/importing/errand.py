# SPDX-License-Identifier: MIT
"""The work of the wizard in jobs, one at a time, with progress and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError
from models.logbook import Logbook
from ui.jobs import Job, Jobs

T = TypeVar("T")
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], T]

_STEPS = 200


class Errand(QObject):
    """One piece of work at a time.

    What was asked to stop still tells how it ended: whoever waits hears whether it was too late.

    Signals:
        busy_changed: (str) what is under way, in words; "" for nothing.
        progressed: done and in all; not more often than can be seen.
    """

    busy_changed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, jobs: Jobs, logbook: Logbook, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook = logbook
        self._job: Job | None = None
        self._stop = threading.Event()
        # What runs on for a window that is gone comes to nothing, and finds nobody to tell.
        stops = self._stops = _Stops()
        self.destroyed.connect(lambda: stops.stop())

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def run(
        self,
        what: str,
        work: Work[T],
        done: Callable[[T], None],
        failed: Callable[[LogbookError], None],
    ) -> None:
        """Do ``work``, which is called ``what``; nothing may be under way."""
        assert self._job is None
        stop = self._stop = threading.Event()

        def attempt(job: Job) -> T:
            told = -1

            def progress(part: int, total: int) -> None:
                nonlocal told
                step = _STEPS * part // total if total else 0
                if step != told:
                    told = step
                    job.progress(part, total)

            return work(progress, stop.is_set)

        def end(value: T) -> None:
            self._rest()
            done(value)

        def fail(error: LogbookError) -> None:
            self._rest()
            failed(error)

        job = self._jobs.run(self._logbook, attempt, end, fail, reports=True)
        self._job = job
        self._stops.follow(job, stop)
        job.progressed.connect(self.progressed)
        self.busy_changed.emit(what)

    def stop(self) -> None:
        """Ask what is under way to stop."""
        self._stop.set()

    def drop(self) -> None:
        """Stop what is under way, and hear nothing more of it."""
        self._stops.stop()
        self._job = None

    def _rest(self) -> None:
        self._job = None
        self._stops.clear()
        self.busy_changed.emit("")


class _Stops:
    """What stops the work under way, for when its owner is gone."""

    def __init__(self) -> None:
        self._held: list[tuple[Job, threading.Event]] = []

    def follow(self, job: Job, stop: threading.Event) -> None:
        self._held.append((job, stop))

    def clear(self) -> None:
        self._held.clear()

    def stop(self) -> None:
        for job, stop in self._held:
            stop.set()
            job.cancel()
        self._held.clear()
