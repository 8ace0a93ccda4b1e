# SPDX-License-Identifier: MIT
"""Does the work of the print dialog in jobs, one at a time: reads, sets, prints and saves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from models.logbook import Logbook
from ui.jobs import Jobs
from ui.printing.listing import Listing, Progress, Row
from ui.printing.output import print_on, write_pdf
from ui.printing.paper import Paper, SheetSize
from ui.printing.paper_desk import PaperDesk
from ui.printing.typeset import Pages, typeset, typeset_on

Read = Callable[[Progress], Listing]
Note = Callable[[str, int], None]


class Desk(PaperDesk):
    """One list on its way to paper; ``ready`` carries the ``Pages`` that it is set on."""

    def __init__(
        self, jobs: Jobs, logbook: Logbook, read: Read, note: Note, parent: QObject
    ) -> None:
        super().__init__(jobs, logbook, parent)
        self._read = read
        self._note = note
        self._listing: Listing | None = None
        self._rows: tuple[Row, ...] = ()
        self._pages: Pages | None = None
        self._size = SheetSize.A4

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

        self.run(self.tr("Preparing the pages…"), work, lambda pages: self._take(pages, size))

    def save(self, target: Path) -> None:
        """Write a PDF file."""
        if (pages := self._pages) is None:
            return
        note, count = self._note, len(pages.rows)
        said = self.tr("Saved as {file}.").format(file=target)

        def work(progress: Progress) -> str:
            write_pdf(pages, target, progress, lambda: note("PDF file", count))
            return said

        self.run(self.tr("Saving the PDF file…"), work, self.finished.emit)

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

        self.run(self.tr("Printing…"), work, self.finished.emit)

    def _take(self, pages: object, size: SheetSize) -> None:
        assert isinstance(pages, Pages)
        self._size = size
        self._listing, self._rows, self._pages = pages.listing, pages.rows, pages
        self.ready.emit(pages)
