# SPDX-License-Identifier: MIT
"""Does the work of the report dialog in jobs, one at a time: reads, draws, lays out and saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from models.logbook import Logbook
from models.reports.kinds import ReportKind
from models.reports.wanted import Wanted, make_report, note_report
from models.speech import say
from ui.jobs import Jobs
from ui.printing.listing import Progress
from ui.printing.paper import SheetSize
from ui.printing.paper_desk import PaperDesk

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


class ReportDesk(PaperDesk):
    """One report on its way into a file; ``ready`` carries what is ``Prepared``."""

    def __init__(
        self,
        jobs: Jobs,
        logbook: Logbook,
        parent: QObject,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(jobs, logbook, parent)
        self._now = now
        self._prepared: Prepared | None = None

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

        self.run(self.tr("Preparing the report…"), work, self._take)

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
            report, where = prepared.drawn.report, say("{kind} file", kind=kind.name)
            write_bytes(content, target, lambda: note_report(logbook, report, prepared.kind, where))
            return said

        self.run(self.tr("Saving the report…"), work, self.finished.emit)

    def _take(self, prepared: object) -> None:
        assert isinstance(prepared, Prepared)
        self._prepared = prepared
        self.ready.emit(prepared)
