# SPDX-License-Identifier: MIT
"""Does the work of the report dialog in jobs, one at a time: reads, draws, lays out and saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from models.errors import LogbookError
from models.logbook import Logbook
from models.reports.kinds import ReportKind
from models.reports.wanted import Wanted, make_report, note_report
from ui.jobs import Job, Jobs
from ui.printing.listing import Progress, Stopped
from ui.printing.paper import SheetSize

if TYPE_CHECKING:
    from ui.reports.writing import Drawn, Format

MOST_SHOWN = 12
"""Pages that are previewed; the file has all of them."""

_WIDTH = 1100
"""Dots across a page that is previewed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report as it will come out.

    Attributes:
        kind: which report.
        drawn: what it says, with its figures.
        n_pages: how many pages it has.
        images: the first of them, to look at.
    """

    kind: ReportKind
    drawn: Drawn
    n_pages: int
    images: tuple[QImage, ...]


class ReportDesk(QObject):
    """One report on its way into a file.

    Signals:
        busy_changed: (str) what is under way, in words; "" for nothing.
        progressed: done and in all.
        ready: (Prepared) the report as it is now.
        finished: (str) what became of it, in a sentence.
        failed: (LogbookError) why nothing did.
    """

    busy_changed = Signal(str)
    progressed = Signal(int, int)
    ready = Signal(object)
    finished = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        logbook: Logbook,
        parent: QObject,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook = logbook
        self._now = now
        self._job: Job | None = None
        self._prepared: Prepared | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    @property
    def prepared(self) -> Prepared | None:
        """The report that can be saved; None while there is none."""
        return self._prepared

    def prepare(self, wanted: Wanted, size: SheetSize) -> None:
        """Make a report, in the place of the one before."""
        self._prepared = None
        logbook, at = self._logbook, self._now()

        def work(progress: Progress) -> Prepared:
            # Loaded with the first report: drawing it needs matplotlib.
            from ui.charts.press import Press
            from ui.reports.pages import ReportPages
            from ui.reports.pdf import page_image
            from ui.reports.writing import drawn

            made = drawn(make_report(logbook, wanted, at, progress), Press(), progress)
            pages = ReportPages(made.report, made.pictures, size, progress)
            images = []
            for number in range(1, min(pages.count, MOST_SHOWN) + 1):
                progress(number - 1, pages.count)
                images.append(page_image(pages, number, _WIDTH))
            return Prepared(wanted.kind, made, pages.count, tuple(images))

        self._run(self.tr("Preparing the report…"), work, self._take)

    def save(self, target: Path, kind: Format, size: SheetSize) -> None:
        """Write a file."""
        if (prepared := self._prepared) is None:
            return
        logbook = self._logbook
        said = self.tr("Saved as {file}.").format(file=target)

        def work(progress: Progress) -> str:
            from models.exchange.files import refuse_database
            from ui.reports.writing import bytes_of, write_bytes

            refuse_database(logbook, target)
            content = bytes_of(prepared.drawn, kind, size, progress)
            progress(1, 1)
            report, where = prepared.drawn.report, f"{kind.name} file"
            write_bytes(content, target, lambda: note_report(logbook, report, prepared.kind, where))
            return said

        self._run(self.tr("Saving the report…"), work, self.finished.emit)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy_changed.emit("")

    def _run(
        self, what: str, work: Callable[[Progress], object], done: Callable[[object], None]
    ) -> None:
        self.stop()

        def run(job: Job) -> object:
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

        self._job = self._jobs.run(self._logbook, run, end, fail, reports=True)
        self._job.progressed.connect(self.progressed)
        self.busy_changed.emit(what)

    def _take(self, prepared: object) -> None:
        assert isinstance(prepared, Prepared)
        self._prepared = prepared
        self.ready.emit(prepared)
