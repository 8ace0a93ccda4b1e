# SPDX-License-Identifier: MIT
"""Work that can be given up, in jobs one at a time: a later one takes the place of the other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from models.errors import LogbookError
from models.logbook import Logbook
from ui.jobs import Job, Jobs
from ui.printing.listing import Progress, Stopped


class PaperDesk(QObject):
    """Something on its way to paper or into a file.

    Signals:
        busy_changed: (str) what is under way, in words; "" for nothing.
        progressed: done and in all.
        ready: what was made is there, to be looked at.
        finished: (str) what became of it, in a sentence.
        failed: (LogbookError) why nothing did.
    """

    busy_changed = Signal(str)
    progressed = Signal(int, int)
    ready = Signal(object)
    finished = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, logbook: Logbook, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook = logbook
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy_changed.emit("")

    def run(
        self, what: str, work: Callable[[Progress], object], done: Callable[[object], None]
    ) -> None:
        """Do ``work``, which is called ``what``, and hand its result to ``done``."""
        self.stop()

        def attempt(job: Job) -> object:
            def progress(part: int, total: int) -> None:
                if job.is_cancelled:
                    raise Stopped
                job.progress(part, total)

            try:
                return work(progress)
            except Stopped:
                # Let go of here: what was being laid out belongs to this thread.
                return None

        def end(value: object) -> None:
            self._job = None
            done(value)
            self.busy_changed.emit("")

        def fail(error: LogbookError) -> None:
            self._job = None
            self.failed.emit(error)
            self.busy_changed.emit("")

        self._job = self._jobs.run(self._logbook, attempt, end, fail, reports=True)
        self._job.progressed.connect(self.progressed)
        self.busy_changed.emit(what)
