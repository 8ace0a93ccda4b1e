# SPDX-License-Identifier: MIT
"""Work off the UI thread: a function in, its result or its error out, on the UI thread again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal, Slot
from shiboken6 import isValid

from models.bug_report import place_of
from models.errors import LogbookError, NothingSaved, ServerAway
from models.logbook import Logbook

_log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[LogbookError], None]


class Turn(Enum):
    """When work begins: at once, at once with others waiting for it, or after all such work.

    What is waited for is the list of cases, which is what somebody looks for first.
    """

    NOW = auto()
    AWAITED = auto()
    AFTER = auto()


class _Asked(NamedTuple):
    """What belongs to a job until it has ended, on the UI thread.

    The work is kept here, too: it may be the last to hold a window that was closed meanwhile, and
    a window must not end in the thread of the job.
    """

    work: Callable[..., Any]
    done: Done
    failed: Failed | None
    changes: bool


class _Outcome(NamedTuple):
    value: object = None
    error: BaseException | None = None


class Job(QObject):
    """One piece of work under way.

    Signals:
        progressed: done and total, in whatever unit the work counts.
        told: a part of the result that is there already, from the thread of the work.
        finished: the job has ended, whichever way.
    """

    progressed = Signal(int, int)
    told = Signal(object)
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cancel = threading.Event()
        self.outcome: _Outcome | None = None

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
        settled: no change is under way any more; whether each of the last ones was done.
        unsaved: a change to a logbook that was left meanwhile was not done; carries the
            LogbookError.

    Attributes:
        postponed: what waits for its server, in words, by whoever will do it then; it is not done
            any more when the window is closed.
    """

    crashed = Signal(object)
    busy_changed = Signal(bool)
    settled = Signal(bool)
    unsaved = Signal(object)
    # From the thread of the job. Not one of the job's own signals: the UI thread may have taken the
    # job away before the emission of its signal has come to an end.
    _worked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._running: dict[Job, _Asked] = {}
        self._awaited: set[Job] = set()
        self._waiting: dict[Job, _Runner] = {}
        self._left: set[Job] = set()
        self._changing: set[Job] = set()
        self._are_done = True
        self.postponed: dict[object, str] = {}
        self._is_opening = False
        self._worked.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        logbook: Logbook | None,
        work: Callable[[], Any] | Callable[[Job], Any],
        done: Done,
        failed: Failed | None = None,
        *,
        reports: bool = False,
        partly: Done | None = None,
        turn: Turn = Turn.NOW,
        changes: bool = False,
    ) -> Job:
        """Run ``work`` in a thread and hand its result to ``done`` on the UI thread.

        Args:
            logbook: opened for the thread while ``work`` runs; None for work without one.
            work: called without arguments, or with the Job where ``reports`` is true.
            done: called with the result, unless the job was cancelled, or ``done`` belongs to a
                part of the window that is gone by then. So is ``failed``.
            failed: called with the LogbookError; without it the error counts as a bug, unless the
                server is away, which the status bar says.
            reports: whether ``work`` wants the Job, for progress and cancel.
            partly: called with each part of the result that the work tells, before ``done``.
            turn: whether other work waits for this, or this for other work.
            changes: whether the user would miss it, if it were lost: then the window is not closed
                over it, and where the logbook is left before its end ``unsaved`` tells its error.
        """
        job = Job(self)
        if partly is not None:

            def hand_on(part: object) -> None:
                if not job.is_cancelled and not _is_gone(partly):
                    partly(part)

            job.told.connect(hand_on, Qt.ConnectionType.QueuedConnection)
        self._running[job] = _Asked(work, done, failed, changes)
        if changes:
            self._changing.add(job)
        if len(self._running) == 1:
            self.busy_changed.emit(True)
        runner = _Runner(job, logbook, work, self._tell_end, reports=reports)
        if turn is Turn.AWAITED:
            self._awaited.add(job)
        if turn is Turn.AFTER and (self._is_opening or self._awaited):
            self._waiting[job] = runner
        else:
            self._pool.start(runner.run)
        return job

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Meanwhile nothing begins that may wait: what it has to wait for is asked for last."""
        self.drop_waiting()
        self._is_opening = True
        try:
            yield
        finally:
            self._is_opening = False
            if not self._awaited:
                self._begin_waiting()

    def drop_waiting(self) -> None:
        """What has not begun yet never will: its logbook is being left.

        That its server is away is no news to who left it, unless something was not saved.
        """
        self._left.update(self._running)
        waiting, self._waiting = self._waiting, {}
        for job in waiting:
            job.cancel()
            self._end(job)

    @property
    def is_busy(self) -> bool:
        """Whether any job is under way."""
        return bool(self._running)

    @property
    def is_changing(self) -> bool:
        """Whether a change is under way that somebody would miss."""
        return bool(self._changing)

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait for the threads to end; False if they did not in time."""
        return self._pool.waitForDone(milliseconds)

    def _tell_end(self, job: Job) -> None:
        """From the thread of the job, which may have outlived the window."""
        if isValid(self):
            self._worked.emit(job)

    @Slot(object)
    def _take(self, job: Job) -> None:
        """A job has come to its end: hand on what came of it."""
        outcome, job.outcome = job.outcome, None
        assert outcome is not None
        asked = self._end(job)
        try:
            self._hand_on(job, asked, outcome)
        finally:
            self._left.discard(job)
            if asked.changes:
                self._settle(job, is_done=outcome.error is None)
            if job in self._awaited:
                self._awaited.discard(job)
                # What came of it comes into sight first.
                QTimer.singleShot(0, self, self._begin_waiting)

    def _settle(self, job: Job, *, is_done: bool) -> None:
        self._changing.discard(job)
        self._are_done = self._are_done and is_done
        if not self._changing:
            are_done, self._are_done = self._are_done, True
            self.settled.emit(are_done)

    def _hand_on(self, job: Job, asked: _Asked, outcome: _Outcome) -> None:
        error = outcome.error
        if asked.changes and type(error) is ServerAway:
            error = NothingSaved.because(error)
        if asked.changes and job in self._left and isinstance(error, LogbookError):
            self.unsaved.emit(error)
            return
        if job.is_cancelled or (type(error) is ServerAway and job in self._left):
            return
        if error is None:
            if not _is_gone(asked.done):
                asked.done(outcome.value)
        elif isinstance(error, LogbookError) and asked.failed is not None:
            if not _is_gone(asked.failed):
                asked.failed(error)
        elif not isinstance(error, ServerAway):
            # That the server is away is said for all of the window, and no bug of anybody.
            _log.error("a job failed: %s", place_of(error))
            self.crashed.emit(error)

    def _begin_waiting(self) -> None:
        if self._is_opening or self._awaited:
            return
        waiting, self._waiting = self._waiting, {}
        for job, runner in waiting.items():
            if job.is_cancelled:
                self._end(job)
            else:
                self._pool.start(runner.run)

    def _end(self, job: Job) -> _Asked:
        asked = self._running.pop(job)
        job.finished.emit()
        job.deleteLater()
        if not self._running:
            self.busy_changed.emit(False)
        return asked


def _is_gone(call: Callable[..., None]) -> bool:
    """Whether it is a method of something in the window that was taken away meanwhile."""
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class _Runner:
    """No ``QRunnable``: PySide keeps those with their pool when they have long come to an end."""

    def __init__(
        self,
        job: Job,
        logbook: Logbook | None,
        work: Callable[..., Any],
        tell: Callable[[Job], None],
        *,
        reports: bool,
    ) -> None:
        self._job = job
        self._logbook = logbook
        self._work: Callable[..., Any] | None = work
        self._tell = tell
        self._reports = reports

    def run(self) -> None:
        """Called in the thread."""
        # This thread keeps neither the work nor its outcome: whatever is the last to hold one of
        # them ends it, and that has to be the UI thread.
        self._job.outcome = self._outcome()
        self._tell(self._job)

    def _outcome(self) -> _Outcome:
        try:
            if self._logbook is None:
                return _Outcome(self._call())
            with self._logbook.session():
                return _Outcome(self._call())
        except BaseException as error:  # noqa: BLE001 - carried to the UI thread, never swallowed
            return _Outcome(error=error)

    def _call(self) -> object:
        work, self._work = self._work, None
        assert work is not None
        return work(self._job) if self._reports else work()
