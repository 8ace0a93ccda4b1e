# SPDX-License-Identifier: MIT
"""Work off the UI thread: a function in, its result or its error out, on the UI thread again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from models.bug_report import place_of
from models.errors import LogbookError, ServerAway
from models.logbook import Logbook

_log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[LogbookError], None]


class Job(QObject):
    """One piece of work under way.

    Signals:
        progressed: done and total, in whatever unit the work counts.
        told: a part of the result that is there already, from the thread of the work.
        succeeded: the result, from the thread of the work.
        failed: what was raised, from the thread of the work.
        finished: the job has ended, whichever way.
    """

    progressed = Signal(int, int)
    told = Signal(object)
    finished = Signal()
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; its result, if one still comes, is thrown away."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """True after ``cancel``; long work looks at it now and then."""
        return self._cancel.is_set()

    def tell(self, part: object) -> None:
        """Called by the work, from its own thread, with a part of its result."""
        self.told.emit(part)

    def progress(self, done: int, total: int) -> None:
        """Called by the work, from its own thread."""
        self.progressed.emit(done, total)


class Jobs(QObject):
    """Runs work in threads, each with a connection of its own to the logbook.

    Signals:
        crashed: work raised something that is not a LogbookError, which is a bug.
        busy_changed: True while at least one job is under way.
    """

    crashed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: set[Job] = set()

    def run(
        self,
        logbook: Logbook | None,
        work: Callable[[], Any] | Callable[[Job], Any],
        done: Done,
        failed: Failed | None = None,
        *,
        reports: bool = False,
        partly: Done | None = None,
    ) -> Job:
        """Run ``work`` in a thread and hand its result to ``done`` on the UI thread.

        Args:
            logbook: opened for the thread while ``work`` runs; None for work without one.
            work: called without arguments, or with the Job where ``reports`` is true.
            done: called with the result, unless the job was cancelled.
            failed: called with the LogbookError; without it the error counts as a bug, unless the
                server is away, which the status bar says.
            reports: whether ``work`` wants the Job, for progress and cancel.
            partly: called with each part of the result that the work tells, before ``done``.
        """
        job = Job(self)
        queued = Qt.ConnectionType.QueuedConnection
        job.succeeded.connect(lambda value: self._deliver(job, done, value), queued)
        job.failed.connect(lambda error: self._fail(job, failed, error), queued)
        if partly is not None:
            job.told.connect(lambda part: None if job.is_cancelled else partly(part), queued)
        self._running.add(job)
        if len(self._running) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Runner(job, logbook, work, reports=reports))
        return job

    @property
    def is_busy(self) -> bool:
        """Whether any job is under way."""
        return bool(self._running)

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait for the threads to end; False if they did not in time."""
        return self._pool.waitForDone(milliseconds)

    def _deliver(self, job: Job, done: Done, value: object) -> None:
        self._end(job)
        if not job.is_cancelled:
            done(value)

    def _fail(self, job: Job, failed: Failed | None, error: BaseException) -> None:
        self._end(job)
        if job.is_cancelled:
            return
        if isinstance(error, LogbookError) and failed is not None:
            failed(error)
        elif not isinstance(error, ServerAway):
            # That the server is away is said for all of the window, and no bug of anybody.
            _log.error("a job failed: %s", place_of(error))
            self.crashed.emit(error)

    def _end(self, job: Job) -> None:
        self._running.discard(job)
        job.finished.emit()
        job.deleteLater()
        if not self._running:
            self.busy_changed.emit(False)


class _Runner(QRunnable):
    def __init__(
        self, job: Job, logbook: Logbook | None, work: Callable[..., Any], *, reports: bool
    ) -> None:
        super().__init__()
        self._job = job
        self._logbook = logbook
        self._work = work
        self._reports = reports

    @Slot()
    def run(self) -> None:
        try:
            if self._logbook is None:
                result = self._call()
            else:
                with self._logbook.session():
                    result = self._call()
        except BaseException as error:  # noqa: BLE001 - carried to the UI thread, never swallowed
            self._job.failed.emit(error)
        else:
            self._job.succeeded.emit(result)

    def _call(self) -> object:
        return self._work(self._job) if self._reports else self._work()
