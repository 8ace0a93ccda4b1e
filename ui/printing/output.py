# SPDX-License-Identifier: MIT
"""Pages as a PDF file or on a printer. Runs in any thread, one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from models.disk import settle
from models.errors import CannotWrite, LogbookError
from models.exchange.files import replacing
from models.speech import say
from ui.printing.listing import Progress
from ui.printing.pages import PagePainter
from ui.printing.typeset import Pages

_DPI = 1200
_CREATOR = "Kypholog"


def write_pdf(pages: Pages, target: Path, progress: Progress, note: Callable[[], None]) -> None:
    """Write a PDF file; it is there whole or not at all.

    Args:
        pages: what was set.
        target: the file.
        progress: hears pages done and in all, and stops the work by raising.
        note: called when the file is on the disk and before it has its name; if it raises,
            there is no file.

    Raises:
        CannotWrite: naming the file and the cure.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setResolution(_DPI)
    writer.setTitle(pages.listing.title)
    writer.setCreator(_CREATOR)
    writer.setPageLayout(pages.paper.layout)
    _paint(pages, writer, range(1, pages.count + 1), progress)
    with replacing(target) as file:
        file.buffer.write(memory.data().data())
        settle(file)
        note()


def print_on(printer: QPrinter, pages: Pages, progress: Progress, note: Callable[[], None]) -> None:
    """Send the pages that were chosen to a printer, as often as was asked for.

    Args:
        printer: as the user set it up.
        pages: set for its paper.
        progress: hears pages done and in all, and stops the work by raising.
        note: called before anything is sent; if it raises, nothing is.

    Raises:
        LogbookError: the printer takes nothing.
    """
    note()
    printer.setFullPage(True)
    try:
        _paint(pages, printer, _wanted(printer, pages.count), progress)
    except CannotWrite as error:
        printer.abort()
        raise LogbookError(
            say(
                "The printer {printername} does not take the pages.",
                printername=printer.printerName(),
            ).replace("  ", " "),
            say("Look whether it is switched on and connected, or save a PDF file and print that."),
        ) from error
    except BaseException:
        printer.abort()
        raise


def _wanted(printer: QPrinter, count: int) -> list[int]:
    ranges = printer.pageRanges()
    numbers = [n for n in range(1, count + 1) if ranges.isEmpty() or ranges.contains(n)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    return numbers if printer.supportsMultipleCopies() else numbers * printer.copyCount()


def _paint(
    pages: Pages, device: QPagedPaintDevice, numbers: Iterable[int], progress: Progress
) -> None:
    artist, wanted = PagePainter(pages), list(numbers)
    painter = QPainter()
    if not painter.begin(device):
        raise CannotWrite(say("The device takes no page."))
    try:
        for done, number in enumerate(wanted):
            progress(done, len(wanted))
            if done and not device.newPage():
                raise CannotWrite(say("The device takes no further page."))
            artist.paint(painter, number, QRectF(0, 0, device.width(), device.height()))
        progress(len(wanted), len(wanted))
    finally:
        painter.end()
