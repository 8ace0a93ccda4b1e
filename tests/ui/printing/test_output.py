# SPDX-License-Identifier: MIT
"""What comes out, read back: a PDF file or the pages that a printer gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPageRanges, QPainter
from PySide6.QtPrintSupport import QPrinter

from models.errors import CannotWrite, LogbookBusy
from tests.ui.printing.lists import a_row, quietly, set_pages, texts_of
from ui.printing.listing import Stopped
from ui.printing.output import print_on, write_pdf
from ui.printing.pages import PagePainter
from ui.printing.paper import SheetSize

pytestmark = pytest.mark.usefixtures("qapp")


def silently() -> None:
    """Nothing is written down."""


def test_every_row_can_be_read_and_every_page_has_its_headings(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    rows = [a_row(number) for number in range(300)]
    write_pdf(set_pages(rows), target, quietly, silently)
    texts = texts_of(target)
    assert len(texts) > 4
    for number, text in enumerate(texts, 1):
        assert "List of cases" in text
        assert "Date Patient code Cement, mL Leakage" in text
        assert f"Page {number} of {len(texts)}" in text
        assert "Patient data." in text
    assert "45 cases. Search: “t12”." in texts[0]
    assert "printed 2026-11-27 14:03" in texts[0]
    assert "Search" not in texts[1]
    found = [code for text in texts for code in text.split() if code.startswith("P-")]
    assert found == [f"P-{number:05d}" for number in range(300)]
    assert sum("A dash stands for nothing recorded." in text for text in texts) == 1
    assert "A dash" in texts[-1]


def test_long_text_wraps_and_is_there_whole(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    words = " ".join(f"word{number}" for number in range(120))
    write_pdf(set_pages([a_row(1, words), a_row(2, "x" * 400)]), target, quietly, silently)
    text = texts_of(target)[0]
    assert words in text
    assert "x" * 400 in text.replace(" ", "")


@pytest.mark.parametrize(("size", "lies"), [(size, lies) for size in SheetSize for lies in (0, 1)])
def test_the_pages_have_the_size_of_the_paper(tmp_path: Path, size: SheetSize, lies: int) -> None:
    target = tmp_path / "list.pdf"
    write_pdf(set_pages([a_row(1)], size, bool(lies)), target, quietly, silently)
    box = PdfReader(target).pages[0].mediabox
    expected = {SheetSize.A4: (595, 842), SheetSize.LETTER: (612, 792)}[size]
    sides = tuple(reversed(expected)) if lies else expected
    assert (round(box.width), round(box.height)) == sides


def test_without_its_audit_entry_there_is_no_file(tmp_path: Path) -> None:
    def refuse() -> None:
        raise LogbookBusy("The logbook is in use.")

    with pytest.raises(LogbookBusy):
        write_pdf(set_pages([a_row(1)]), tmp_path / "list.pdf", quietly, refuse)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="folder does not exist"):
        write_pdf(set_pages([a_row(1)]), tmp_path / "no" / "list.pdf", quietly, silently)


def test_stopping_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    target.write_text("before")

    def stop(done: int, total: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        write_pdf(set_pages([a_row(n) for n in range(300)]), target, stop, silently)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["list.pdf"]


def a_printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    return printer


def test_a_printer_gets_the_pages_that_were_chosen(tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"
    printer = a_printer(target)
    pages = set_pages([a_row(number) for number in range(300)])
    printer.setPageLayout(pages.paper.layout)
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    noted: list[str] = []
    print_on(printer, pages, quietly, lambda: noted.append("noted"))
    texts = texts_of(target)
    assert len(texts) == 2
    assert f"Page 2 of {pages.count}" in texts[0]
    assert f"Page 3 of {pages.count}" in texts[1]
    assert noted == ["noted"]


def test_nothing_is_printed_that_is_not_written_down(tmp_path: Path) -> None:
    target = tmp_path / "printed.pdf"

    def refuse() -> None:
        raise LogbookBusy("The logbook is in use.")

    with pytest.raises(LogbookBusy):
        print_on(a_printer(target), set_pages([a_row(1)]), quietly, refuse)
    assert not target.exists()


def test_paper_is_white_and_letters_are_black() -> None:
    pages = set_pages([a_row(number) for number in range(30)])
    image = QImage(595, 842, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    PagePainter(pages).paint(painter, 1, QRectF(image.rect()))
    painter.end()
    colors = [image.pixelColor(x, y) for x in range(0, 595, 2) for y in range(0, 842, 2)]
    assert max(color.saturation() for color in colors) == 0
    white = sum(color == QColor("white") for color in colors)
    assert white > len(colors) * 0.8
    assert min(color.lightness() for color in colors) < 60
