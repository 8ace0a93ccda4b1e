# SPDX-License-Identifier: MIT
"""A report on its way into a file: drawn once, then written as PDF, ODT or HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.disk import settle
from models.exchange.files import replacing
from models.reports.content import Report
from models.reports.reading import Progress
from models.speech import say
from ui.charts.press import Press
from ui.printing.paper import SheetSize
from ui.reports.illustrations import Pictures, draw_figures
from ui.reports.pages import ReportPages
from ui.reports.pdf import pdf_of


class Format(StrEnum):
    """What a report becomes; the value is the ending of its file."""

    PDF = "pdf"
    ODT = "odt"
    HTML = "html"

    @property
    def label(self) -> str:
        """As people know it."""
        return {
            Format.PDF: say("PDF, to print"),
            Format.ODT: say("ODT, to edit"),
            Format.HTML: say("HTML, for a browser"),
        }[self]

    @classmethod
    def of(cls, target: Path) -> Format:
        """By the ending of a file.

        Raises:
            ValueError: it is none of the three.
        """
        return cls(target.suffix.lower().removeprefix("."))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report with its figures."""

    report: Report
    pictures: Pictures


def drawn(report: Report, press: Press, progress: Progress) -> Drawn:
    """Draw the figures of a report."""
    return Drawn(report, draw_figures(report, press, progress))


def bytes_of(report: Drawn, kind: Format, size: SheetSize, progress: Progress) -> bytes:
    """The whole file.

    Raises:
        CannotWrite: there is no memory for it.
    """
    if kind is Format.PDF:
        pages = ReportPages(report.report, report.pictures, size, progress)
        return pdf_of(pages, report.report.title, progress)
    if kind is Format.ODT:
        from ui.reports.odt import odt_of

        return odt_of(report.report, report.pictures, size, progress)
    from ui.reports.html import html_of

    return html_of(report.report, report.pictures).encode("utf-8")


def write_bytes(content: bytes, target: Path, note: Callable[[], None]) -> None:
    """Write a file; it is there whole or not at all.

    Args:
        content: of the file.
        target: its place.
        note: called when it is on the disk and before it has its name; if it raises, there is no
            file.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    with replacing(target) as file:
        file.buffer.write(content)
        settle(file)
        note()


def layout_on(size: SheetSize) -> Callable[[Report, Path, Callable[[str], None]], None]:
    """What writes a report on this paper by the ending of its file. Runs in any thread."""

    def write(report: Report, target: Path, note: Callable[[str], None]) -> None:
        kind = Format.of(target)
        content = bytes_of(drawn(report, Press(), _quiet), kind, size, _quiet)
        write_bytes(content, target, lambda: note(f"{kind.name} file"))

    return write


def _quiet(done: int, total: int) -> None:
    """Nobody listens."""
