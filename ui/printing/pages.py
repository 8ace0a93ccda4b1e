# SPDX-License-Identifier: MIT
"""Paints pages that were set: black on white, whatever the program looks like."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.printing.columns import PIXEL
from ui.printing.lettering import Kit, Lettering
from ui.printing.listing import Drawing
from ui.printing.paper import TWIPS
from ui.printing.typeset import (
    GAP,
    MARGIN,
    PAD,
    Band,
    Pages,
    Piece,
    head_height,
    heading_lines,
    room_on,
)

_INK = QColor("#000000")
_RULE = QColor("#000000")
_HAIR = QColor("#b5b5b5")
_SPACE, _KEPT_SPACE = " ", "\N{NO-BREAK SPACE}"


class PagePainter:
    """Paints the pages of one list. Belongs to one thread."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._kit = Kit(pages.points)

    def paint(self, painter: QPainter, number: int, target: QRectF) -> None:
        """Paint one page.

        Args:
            painter: on any device.
            number: of the page, from 1.
            target: where the sheet lies on the device.
        """
        paper = self._pages.paper
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(target.topLeft())
        painter.scale(target.width() / paper.width, target.height() / paper.height)
        y = self._paint_head(painter, number)
        pieces = self._pages.pages[number - 1]
        if pieces:
            self._paint_headings(painter, y)
        for piece in pieces:
            self._paint_row(painter, piece)
        if number == self._pages.count:
            self._paint_note(painter)
        self._paint_foot(painter, number)
        painter.restore()

    def _paint_head(self, painter: QPainter, number: int) -> float:
        listing, paper, kit = self._pages.listing, self._pages.paper, self._kit
        room, y = room_on(paper), float(MARGIN)
        if number > 1:
            self._write(painter, kit.running, [listing.title], MARGIN, y)
        else:
            title = kit.title.wrap(listing.title, room)
            y = self._write(painter, kit.title, title, MARGIN, y)
            for line in listing.subtitle:
                y = self._write(painter, kit.small, kit.small.wrap(line, room), MARGIN, y)
        return MARGIN + head_height(listing, paper, kit, is_first=number == 1)

    def _paint_headings(self, painter: QPainter, y: float) -> None:
        kit, bands = self._kit, self._pages.bands
        count = heading_lines(bands, kit)
        bottom = y + count * kit.heading.line + 2 * PAD
        for band in bands:
            lines = kit.heading.wrap(band.column.heading, band.width)
            top = y + PAD + (count - len(lines)) * kit.heading.line
            self._write_in(painter, kit.heading, lines, band, top)
        self._rule(painter, bottom, _RULE, 0.8)

    def _paint_row(self, painter: QPainter, piece: Piece) -> None:
        cells, kit = self._pages.rows[piece.row], self._kit
        for cell, band in zip(cells, self._pages.bands, strict=True):
            if band.column.blank_mm:
                continue
            if isinstance(cell, Drawing):
                if piece.first == 0:
                    self._draw(painter, cell, band, piece)
                continue
            lines = kit.body.wrap(cell, band.width)[piece.first : piece.first + piece.lines]
            self._write_in(painter, kit.body, lines, band, piece.top + PAD)
        self._paint_blanks(painter, piece)
        self._rule(painter, piece.top + piece.height, _HAIR, 0.4)

    def _paint_blanks(self, painter: QPainter, piece: Piece) -> None:
        """Edges of the cells to write in: one between two that stand side by side."""
        painter.setPen(QPen(_HAIR, 0.4 * TWIPS))
        end = self._pages.paper.width - MARGIN
        for band in self._pages.bands:
            if band.column.blank_mm:
                right = band.left + band.width + GAP / 2
                for x in (band.left - GAP / 2, min(right, end)):
                    painter.drawLine(QLineF(x, piece.top, x, piece.top + piece.height))

    def _draw(self, painter: QPainter, cell: Drawing, band: Band, piece: Piece) -> None:
        height = self._kit.body.line + PAD
        painter.save()
        painter.translate(band.left, piece.top + PAD / 2)
        painter.scale(PIXEL, PIXEL)
        width = min(band.width, cell.width * PIXEL * 1.6)
        cell.paint(painter, QRectF(0, 0, width / PIXEL, height / PIXEL))
        painter.restore()

    def _paint_note(self, painter: QPainter) -> None:
        lines = self._kit.small.wrap(self._pages.listing.note, room_on(self._pages.paper))
        self._write(painter, self._kit.small, lines, MARGIN, self._pages.note_top)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        paper, small = self._pages.paper, self._kit.small
        y = paper.height - MARGIN - small.line
        told = QCoreApplication.translate("printing", "Page {page} of {pages}").format(
            page=number, pages=self._pages.count
        )
        place = paper.width - MARGIN - small.width(told)
        self._write(painter, small, [told], place, y)
        room = place - MARGIN - GAP
        self._write(painter, small, small.wrap(self._pages.listing.footer, room)[:1], MARGIN, y)

    def _write_in(
        self, painter: QPainter, lettering: Lettering, lines: list[str], band: Band, top: float
    ) -> None:
        for number, line in enumerate(lines):
            free = band.width - lettering.width(line) if band.column.is_right else 0.0
            at = top + number * lettering.line
            self._write(painter, lettering, [line], band.left + free, at)

    def _write(
        self, painter: QPainter, lettering: Lettering, lines: list[str], left: float, top: float
    ) -> float:
        """Write lines one below the other; where the next one would begin."""
        painter.setFont(lettering.font)
        painter.setPen(_INK)
        for line in lines:
            # Qt tells a PDF file that a space is a tab, and who copies the text gets tabs.
            text = line.replace(_SPACE, _KEPT_SPACE)
            painter.drawText(QPointF(left, top + lettering.ascent), text)
            top += lettering.line
        return top

    def _rule(self, painter: QPainter, y: float, color: QColor, points: float) -> None:
        painter.setPen(QPen(color, points * TWIPS, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(MARGIN, y, self._pages.paper.width - MARGIN, y))
