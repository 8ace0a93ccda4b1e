# SPDX-License-Identifier: MIT
"""The pages of a report as a PDF file in memory, and as pictures to look at."""

from __future__ import annotations

import time

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter

from models.errors import CannotWrite
from models.reports.reading import Progress
from models.speech import say
from ui.reports.pages import ReportPages

_DPI = 1200
_CREATOR = "Kypholog"
_YIELD_S = 0.002
"""Between two pages, so that the window gets its turn."""


def pdf_of(pages: ReportPages, title: str, progress: Progress) -> bytes:
    """The whole file.

    Args:
        pages: what is on paper.
        title: of the file.
        progress: hears pages done and in all, and stops the work by raising.

    Raises:
        CannotWrite: there is no memory for it.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    writer.setCreator(_CREATOR)
    writer.setPageLayout(pages.paper.layout)
    painter = QPainter()
    if not painter.begin(writer):
        raise CannotWrite(
            say("The pages cannot be made."), say("Close other programs and try again.")
        )
    try:
        painter.scale(writer.width() / pages.paper.width, writer.height() / pages.paper.height)
        for number in range(1, pages.count + 1):
            progress(number - 1, pages.count)
            if number > 1:
                writer.newPage()
            pages.paint(painter, number)
            time.sleep(_YIELD_S)
        progress(pages.count, pages.count)
    finally:
        painter.end()
    return bytes(memory.data().data())


def page_image(pages: ReportPages, number: int, width: int) -> QImage:
    """One page, counted from 1, as a picture so many pixels wide."""
    paper = pages.paper
    image = QImage(width, round(width * paper.height / paper.width), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(image.width() / paper.width, image.height() / paper.height)
    pages.paint(painter, number)
    painter.end()
    return image
