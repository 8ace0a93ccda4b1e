# SPDX-License-Identifier: MIT
"""Lays a report out on sheets of paper and paints them, black on white. Runs in any thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QPageRanges,
    QPainter,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
)

from models.reports.content import Block, Figure, Gallery, Heading, Report, Table
from models.reports.reading import Progress
from models.speech import say
from ui.printing.paper import TWIPS, Paper, SheetSize
from ui.reports.fitting import LONG_TABLE, Breaks, Fitting
from ui.reports.formats import ABOVE, Formats, Measures
from ui.reports.illustrations import Pictures
from ui.reports.setting import BETWEEN_PARTS, Setter, tables_of
from ui.theme import FAMILY

MARGIN = 40.0
"""Around what is set, in points."""

_HEAD, _FOOT = 16.0, 18.0
_FOOT_SIZES = (7.5, 7.0, 6.5, 6.0)
_SHRINKS = (1.0, 0.94, 0.88, 0.82)
_MOST_ROWS_TWICE = 300
"""Rows up to which all pages are set anew to keep together what belongs together."""

_MOST_BREAKS = 8
"""So many times they are set anew at most."""

_LEAST_ROOM = 0.4
"""Of a page, left for a long table to begin on it."""

_TAKEN_FOR_FULL = 1 / 128
"""Of a page: where no more is left below the text of a row, Qt goes on as on the next one, and a
break there begins the one after it. Measured with Qt 6, at several heights of a page."""

_LEAST_BELOW = 46.0
"""Points that have to follow a heading or a caption on its page."""


class ReportPages:
    """The pages of a report. Belongs to the thread that makes them.

    Attributes:
        paper: the sheet.
        count: how many pages there are.
    """

    def __init__(
        self, report: Report, pictures: Pictures, size: SheetSize, progress: Progress
    ) -> None:
        self._report = report
        self.paper = Paper.of(size, is_landscape=report.is_across)
        self._body = QRectF(
            MARGIN * TWIPS,
            (MARGIN + _HEAD) * TWIPS,
            self.paper.width - 2 * MARGIN * TWIPS,
            self.paper.height - (2 * MARGIN + _HEAD + _FOOT) * TWIPS,
        )
        self._document = self._fitted(pictures, progress)
        self.count = self._document.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, counted from 1, with a painter that counts in twips from the sheet."""
        body, top = self._body, (number - 1) * self._body.height()
        painter.save()
        painter.translate(body.left(), body.top() - top)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, top, body.width(), body.height())
        painter.setClipRect(context.clip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        self._paint_edges(painter, number)

    # setting

    def _fitted(self, pictures: Pictures, progress: Progress) -> QTextDocument:
        """The document; of a report on one sheet as large as it has room there."""
        shrinks = _SHRINKS if self._report.on_one_page else _SHRINKS[:1]
        for shrink in shrinks:
            document = self._whole(pictures, shrink, progress)
            if document.pageCount() <= 1:
                break
        return document

    def _whole(self, pictures: Pictures, shrink: float, progress: Progress) -> QTextDocument:
        """Set, and set again with a break before what stands alone or is torn by a page."""
        blocks = self._report.blocks
        starts = tuple(_long_tables(blocks))
        made = partial(self._mended, pictures=pictures, shrink=shrink, progress=progress)
        breaks = Breaks(frozenset(start.opened_by for start in starts))
        for before, start in zip((None, *starts), starts, strict=False):
            breaks = self._before_long(blocks, before, start, breaks, made)
        if not starts or not _is_very_long(blocks):
            return made(blocks, breaks)[0]
        return self._set(blocks, breaks, pictures, shrink, progress)[0]

    def _before_long(
        self,
        blocks: tuple[Block, ...],
        before: _Start | None,
        start: _Start,
        breaks: Breaks,
        made: _Made,
    ) -> Breaks:
        """The breaks before a long table, and whether it begins one: not where it has room.

        The page on which the long table before it ends is laid out by itself, with what follows:
        what is in between lies as it will, whatever comes after it.
        """
        if before is None:
            document, found = made(blocks[: start.place], breaks)
        else:
            rest = self._last_page_of(before, breaks)
            alone = (rest, *blocks[before.place_of_table + 1 : start.place])
            document, own = made(alone, Breaks(), is_headed=False)
            found = breaks.with_later(own, before.number + 1)
        room = self._room_below(document)
        if room < _LEAST_ROOM * self._body.height() / TWIPS:
            return found
        return found.without(start.opened_by, room)

    def _last_page_of(self, long: _Start, breaks: Breaks) -> Table:
        """What stands on the last page of a long table."""
        measures = self._measures(1.0)
        fitting = Fitting(measures, Formats(measures), measures.width)
        letters = fitting.letters_for(long.table)
        rows = fitting.parts_of(long.table, letters, long.opened_by, breaks)[-1]
        return replace(long.table, rows=long.table.rows[rows.start :], caption="")

    def _measures(self, shrink: float) -> Measures:
        body = self._body
        return Measures(TWIPS, body.width() / TWIPS, shrink, height=body.height() / TWIPS)

    def _mended(
        self,
        blocks: tuple[Block, ...],
        breaks: Breaks,
        *,
        pictures: Pictures,
        shrink: float,
        progress: Progress,
        is_headed: bool = True,
    ) -> tuple[QTextDocument, Breaks]:
        """Some blocks, and the breaks with which they are set well."""
        anew = partial(self._set, blocks, pictures=pictures, shrink=shrink, progress=progress)
        document, setter = anew(breaks, is_headed=is_headed)
        for _ in range(_MOST_BREAKS):
            better = self._better(document, setter, breaks)
            if better == breaks:
                break
            breaks = better
            document, setter = anew(breaks, is_headed=is_headed)
        return document, breaks

    def _better(self, document: QTextDocument, setter: Setter, breaks: Breaks) -> Breaks:
        """The breaks with one more where one is missing, the first from above."""
        badly = {*self._lonely(document, setter.leading), *self._torn(document, setter)}
        badly |= {opens for opens, row, at in setter.rows if not row and self._tears(document, at)}
        opening = min(badly - breaks.opening, default=None)
        row = next(
            (one for one in self._first_rows(document, setter) if one[1] not in breaks.rows), None
        )
        if opening is not None and (row is None or setter.leading[opening] <= row[0]):
            return replace(breaks, opening=breaks.opening | {opening})
        if row is not None:
            return replace(breaks, rows=breaks.rows | {row[1]})
        return breaks

    def _first_rows(
        self, document: QTextDocument, setter: Setter
    ) -> Iterator[tuple[int, tuple[int, int]]]:
        """Rows with which a page begins within a table, by the numbers of their blocks.

        Without a break there, what is below the last row of a page is the ground of the next. A row
        that goes over the foot of its page begins the next one as a whole.
        """
        layout, height = document.documentLayout(), self._body.height()

        def page_of(number: int) -> int:
            top = layout.blockBoundingRect(document.findBlockByNumber(number)).top()
            return int(top // height)

        before: tuple[int, int] | None = None
        for opens, row, at in setter.rows:
            page = page_of(at)
            begins = before is not None and before[0] == opens and before[1] != page
            if row and (begins or self._tears(document, at)):
                yield at, (opens, row)
            before = opens, page

    def _tears(self, document: QTextDocument, number: int) -> bool:
        """Whether the row of a table whose first block this is goes over the foot of its page.

        What stands between it and the rows on the next page has to have its place there, too:
        otherwise that would take a page for itself.
        """
        layout, height = document.documentLayout(), self._body.height()
        block = document.findBlockByNumber(number)
        table = QTextCursor(block).currentTable()
        row = table.cellAt(block.position()).row()
        cells = [table.cellAt(row, column) for column in range(table.columns())]
        # Where a text stands is told without what is left free above it in its cell.
        around = 2 * self._measures(1.0).letters(ABOVE)
        ends = (layout.blockBoundingRect(cell.lastCursorPosition().block()) for cell in cells)
        bottom = max(end.bottom() for end in ends) + around
        top = layout.blockBoundingRect(block).top()
        below = max(BETWEEN_PARTS * TWIPS, height * _TAKEN_FOR_FULL)
        return int(top // height) != int((bottom + below - 1) // height)

    def _room_below(self, document: QTextDocument) -> float:
        """Points that are free at the end of its last page."""
        last = document.documentLayout().blockBoundingRect(document.lastBlock())
        height = self._body.height()
        return (height - last.bottom() % height) / TWIPS

    def _set(
        self,
        blocks: tuple[Block, ...],
        breaks: Breaks,
        pictures: Pictures,
        shrink: float,
        progress: Progress,
        *,
        is_headed: bool = True,
    ) -> tuple[QTextDocument, Setter]:
        document = QTextDocument()
        setter = Setter(document, self._measures(shrink), pictures, progress, breaks)
        setter.set_report(replace(self._report, blocks=blocks), is_headed=is_headed)
        document.setPageSize(QSizeF(self._body.width(), self._body.height()))
        _lay_out(document)
        return document, setter

    def _lonely(self, document: QTextDocument, leading: Sequence[int]) -> set[int]:
        """Headings and captions, by their number, that little or nothing follows on their page.

        What stands right below a heading is led by that: a page that began with it would leave the
        heading alone.
        """
        layout, height = document.documentLayout(), self._body.height()
        found = set()
        for number, place in enumerate(leading):
            block = document.findBlockByNumber(place)
            following = block.next()
            if not following.isValid():
                continue
            own = layout.blockBoundingRect(block)
            after = layout.blockBoundingRect(following)
            left = height - own.bottom() % height
            is_apart = int(own.top() // height) != int(after.top() // height)
            if is_apart or (left < _LEAST_BELOW * TWIPS and own.height() < left):
                found.add(_led_by(leading, number))
        return found

    def _torn(self, document: QTextDocument, setter: Setter) -> Iterator[int]:
        """What opens a figure or a short table that goes over the foot of its page."""
        layout, height = document.documentLayout(), self._body.height()
        for number, end, pages in setter.wholes:
            first = document.findBlockByNumber(setter.leading[number])
            top = layout.blockBoundingRect(first).top()
            bottom = layout.blockBoundingRect(document.findBlockByNumber(end)).bottom()
            is_torn = int(top // height) != int((bottom - 1) // height)
            if is_torn and bottom - top < pages * height:
                yield number

    # the edges of a page

    def _paint_edges(self, painter: QPainter, number: int) -> None:
        painter.setPen(QColor("#000000"))
        if number > 1:
            painter.setFont(_font(8, QFont.Weight.DemiBold))
            self._write(painter, self._report.title, MARGIN, MARGIN)
        foot = self.paper.height / TWIPS - MARGIN - 9
        told = say("Page {number} of {count}", number=number, count=self.count)
        size = _fitting_size((self._report.footer, told), self._body.width() / TWIPS)
        painter.setFont(_font(size))
        width = QFontMetricsF(painter.font()).horizontalAdvance(told) / TWIPS
        right = self.paper.width / TWIPS - MARGIN - width
        self._write(painter, self._report.footer, MARGIN, foot)
        self._write(painter, told, right, foot)

    def _write(self, painter: QPainter, text: str, left: float, top: float) -> None:
        """Write a line; coordinates are in points."""
        ascent = QFontMetricsF(painter.font()).ascent()
        # Qt tells a PDF file that a space is a tab, and who copies the text gets tabs.
        kept = text.replace(" ", "\N{NO-BREAK SPACE}")
        painter.drawText(QPointF(left * TWIPS, top * TWIPS + ascent), kept)


def _led_by(leading: Sequence[int], number: int) -> int:
    """The first of the headings and captions that stand right above this one, or itself."""
    while number and leading[number - 1] == leading[number] - 1:
        number -= 1
    return number


class _Made(Protocol):
    """Sets blocks well, from the breaks that are known."""

    def __call__(
        self, blocks: tuple[Block, ...], breaks: Breaks, *, is_headed: bool = True
    ) -> tuple[QTextDocument, Breaks]: ...


class _Start(NamedTuple):
    """Where a long table begins.

    Attributes:
        place: of its heading among the blocks, or of the table where none stands at once before.
        opened_by: the number of that among headings and captions.
        number: that of its caption.
    """

    table: Table
    place: int
    place_of_table: int
    opened_by: int
    number: int


def _long_tables(blocks: Sequence[Block]) -> Iterator[_Start]:
    number = 0
    for place, block in enumerate(blocks):
        if isinstance(block, Table) and block.caption and len(block.rows) > LONG_TABLE:
            # A heading opens only what follows at once.
            is_opened = place > 0 and isinstance(blocks[place - 1], Heading)
            yield _Start(block, place - is_opened, place, number - is_opened, number)
        has_caption = isinstance(block, Table) and bool(block.caption)
        number += has_caption or isinstance(block, (Heading, Figure, Gallery))


def _is_very_long(blocks: tuple[Block, ...]) -> bool:
    """Whether only what stands before a long table is set anew to part pages well."""
    return sum(len(table.rows) for table in tables_of(blocks)) > _MOST_ROWS_TWICE


def _lay_out(document: QTextDocument) -> None:
    """Work the pages out.

    Anything else that does it, such as asking how many there are, holds the whole program up for
    as long; printing a page does not, so one is printed into memory.
    """
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    ranges = QPageRanges()
    ranges.addPage(1)
    writer.setPageRanges(ranges)
    document.print_(writer)


def _fitting_size(texts: tuple[str, str], room: float) -> float:
    """Of letters in which both stand beside each other in so many points; the least at last."""
    for size in _FOOT_SIZES:
        letters = QFontMetricsF(_font(size))
        if sum(map(letters.horizontalAdvance, texts)) / TWIPS + _FOOT < room:
            break
    return size


def _font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(round(points * TWIPS))
    font.setWeight(weight)
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return font
