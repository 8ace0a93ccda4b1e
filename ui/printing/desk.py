# SPDX-License-Identifier: MIT
"""Does the work of the print dialog in jobs, one at a time: reads, sets, prints and saves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from models.errors import LogbookError
from models.logbook import Logbook
from ui.jobs import Job, Jobs
from ui.printing.listing import Listing, Progress, Row, Stopped
from ui.printing.output import print_on, write_pdf
from ui.printing.paper import Paper, SheetSize
from ui.printing.typeset import Pages, typeset, typeset_on

Read = Callable[[Progress], Listing]
Note = Callable[[str, int], None]


class Desk(QObject):
    """One list on its way to paper.

    Signals:
        busy_changed: (str) what is under way, in words; "" for nothing.
        progressed: done and in all.
        ready: (Pages) the list as it is set now.
        finished: (str) what became of it, in a sentence.
        failed: (LogbookError) why nothing did.
    """

    busy_changed = Signal(str)
    progressed = Signal(int, int)
    ready = Signal(object)
    finished = Signal(str)
    failed = Signal(object)

    def __init__(
        self, jobs: Jobs, logbook: Logbook, read: Read, note: Note, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._logbook = logbook
        self._read = read
        self._note = note
        self._job: Job | None = None
        self._listing: Listing | None = None
        self._rows: tuple[Row, ...] = ()
        self._pages: Pages | None = None
        self._size = SheetSize.A4

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    @property
    def size(self) -> SheetSize:
        """The paper that the pages are set for."""
        return self._size

    def prepare(self, size: SheetSize, lies: bool | None) -> None:
        """Set the list on this paper; it is read first if that was not done yet."""
        known, rows, read = self._listing, self._rows, self._read

        def work(progress: Progress) -> Pages:
            if known is not None:
                return typeset(known, rows, size, lies, progress)
            listing = read(progress)
            return typeset(listing, tuple(listing.rows), size, lies, progress)

        self._run(self.tr("Preparing the pages…"), work, lambda pages: self._take(pages, size))

    def save(self, target: Path) -> None:
        """Write a PDF file."""
        if (pages := self._pages) is None:
            return
        note, count = self._note, len(pages.rows)
        said = self.tr("Saved as {file}.").format(file=target)

        def work(progress: Progress) -> str:
            write_pdf(pages, target, progress, lambda: note("PDF file", count))
            return said

        self._run(self.tr("Saving the PDF file…"), work, self.finished.emit)

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages to a printer, set anew where it has other paper."""
        if (pages := self._pages) is None:
            return
        note, count = self._note, len(pages.rows)
        said = self.tr("Sent to the printer.")

        def work(progress: Progress) -> str:
            paper = Paper.on(printer.pageLayout())
            own = pages
            if not paper.is_like(pages.paper):
                own = typeset_on(pages.listing, pages.rows, paper, progress)
            print_on(printer, own, progress, lambda: note("printer", count))
            return said

        self._run(self.tr("Printing…"), work, self.finished.emit)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.busy_changed.emit("")

    def _run(
        self,
        what: str,
        work: Callable[[Progress], object],
        done: Callable[[object], None],
    ) -> None:
        self.stop()

        def run(job: Job) -> object:
            def progress(part: int, total: int) -> None:
                if job.is_cancelled:
                    raise Stopped
                job.progress(part, total)

            return work(progress)

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

    def _take(self, pages: object, size: SheetSize) -> None:
        assert isinstance(pages, Pages)
        self._size = size
        self._listing, self._rows, self._pages = pages.listing, pages.rows, pages
        self.ready.emit(pages)
