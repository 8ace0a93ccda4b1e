# SPDX-License-Identifier: MIT
"""Reports of real logbooks, laid out as the program does it."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as Xml

from pypdf import PdfReader

from models.logbook import Logbook
from models.reports.wanted import Wanted, make_report
from tests.models.reports.reading_aloud import AT
from ui.charts.press import Press
from ui.printing.paper import SheetSize
from ui.reports.writing import Drawn, Format, bytes_of, drawn

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def quietly(done: int, total: int) -> None:
    """Nobody listens."""


def made(logbook: Logbook, wanted: Wanted) -> Drawn:
    """The report with its figures."""
    return drawn(make_report(logbook, wanted, AT), Press(), quietly)


def pdf(report: Drawn, size: SheetSize = SheetSize.A4) -> PdfReader:
    """The report as a PDF file, read back."""
    return PdfReader(io.BytesIO(bytes_of(report, Format.PDF, size, quietly)))


def pages(file: PdfReader) -> list[str]:
    """What can be read on each page, with plain spaces."""
    return [" ".join(page.extract_text().split()) for page in file.pages]


def odt(content: bytes) -> tuple[zipfile.ZipFile, Xml.Element]:
    """The parts of an ODT file, and what stands in it."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    return parts, Xml.fromstring(parts.read("content.xml"))
