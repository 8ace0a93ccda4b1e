# SPDX-License-Identifier: MIT
"""Sets a report as a ``QTextDocument``: letters, tables and figures, in the unit of its paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from models.reports.content import (
    Beside,
    Block,
    Facts,
    Figure,
    Gallery,
    Heading,
    Paragraph,
    Report,
    Table,
)
from models.reports.reading import Progress
from ui.reports.fitting import LONG_TABLE, Breaks, Fitting, Letters, row_that_begins
from ui.reports.formats import BESIDE, BOLD, INK, MUTED, SHADE, ZEBRA, Formats, Measures
from ui.reports.illustrations import Picture, Pictures, shown_mm

_MM = 72 / 25.4
_ROWS_TOLD = 50
_SHORT_TABLE, _LOW_TABLE = 30, 0.5
"""Rows and pages up to which a table is not torn by the foot of a page."""

BETWEEN_PARTS = 1.0
"""Points between what stands of a table on one page and on the next."""

_FIGURE = 1.5
"""A figure never is: what it did not fit on counts here as well."""


class Setter:
    """Sets one report. Belongs to one thread.

    Args:
        document: empty; what is set goes to its end.
        measures: its sizes.
        pictures: the figures of the report, drawn.
        progress: hears rows of tables set and in all, and stops the work by raising.
        breaks: where pages were found to begin well.
    """

    def __init__(
        self,
        document: QTextDocument,
        measures: Measures,
        pictures: Pictures,
        progress: Progress,
        breaks: Breaks | None = None,
    ) -> None:
        self._document = document
        self._measures = measures
        self._formats = Formats(measures)
        self._pictures = pictures
        self._progress = progress
        self._breaks = breaks or Breaks()
        self._cursor = QTextCursor(document)
        self._width = measures.width
        self._is_fresh = True
        self._rows = 0
        self._n_rows = 0
        self.alts: list[str] = []
        """Words for the pictures, in their order."""
        self.leading: list[int] = []
        """Numbers of the blocks that open something, and can begin a page."""
        self.wholes: list[tuple[int, int, float]] = []
        """What is to stand on one page: its place in ``leading``, the number of its end, and up to
        how many pages high."""
        self.rows: list[tuple[int, int, int]] = []
        """Rows of tables that pages can tear: what opens the table, the row that begins a page if
        this is the first on it, and the number of its block."""
        self._opened: int | None = None

    def set_report(self, report: Report, *, is_headed: bool = True) -> None:
        """Set the whole report, or its blocks alone."""
        self._document.setUndoRedoEnabled(False)
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(self._formats.font(9))
        self._n_rows = sum(len(table.rows) for table in tables_of(report.blocks))
        if is_headed:
            self._write(report.title, 15, weight=BOLD, below=2)
            for line in report.subtitle:
                self._write(line, 8.5, color=MUTED, below=1)
            self._gap(4)
        self._set(report.blocks)

    # blocks

    def _set(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            # A heading opens only what follows at once.
            self._opened, heading = None, self._opened
            match block:
                case Heading(text=text, level=level):
                    size, above = (11.5, 10) if level == 1 else (9.5, 7)
                    self._write(text, size, weight=BOLD, above=above, below=3, leads=True)
                    self._opened = len(self.leading) - 1
                case Paragraph(text=text, is_note=is_note):
                    self._write(text, 7.5 if is_note else 9, below=4)
                case Table():
                    self._table(block, heading)
                case Facts(rows=rows):
                    self._facts(rows)
                case Figure():
                    self._figure(block, heading)
                case Gallery(figures=figures):
                    self._gallery(figures, heading)
                case Beside():
                    self._beside(block)

    def _table(self, table: Table, heading: int | None) -> None:
        fitting = Fitting(self._measures, self._formats, self._width)
        letters = fitting.letters_for(table)
        first = len(self.leading) if heading is None else heading
        if table.caption:
            caption = table.caption
            self._write(caption, 8.5, weight=BOLD, above=6, below=2, leads=True)
        for number, rows in enumerate(fitting.parts_of(table, letters, first, self._breaks)):
            if number:
                self._begin_page()
            end = self._rows_of(table, rows, letters, first)
        if table.note:
            self._write(table.note, 7.5, color=MUTED, above=2, below=6)
            end = self._cursor.blockNumber()
        if table.caption and 0 < len(table.rows) <= _SHORT_TABLE:
            self.wholes.append((first, end, _LOW_TABLE))

    def _rows_of(self, table: Table, rows: range, letters: Letters, opened_by: int) -> int:
        """Some rows below the headings of their table; the number of the block that ends them."""
        made = self._insert_table(len(rows) + 1, letters.shares)
        size = letters.size
        right = [column.is_right for column in table.columns]
        headings = [column.heading for column in table.columns]
        head = self._formats.cell(bottom=0.8)
        self._fill(made, 0, headings, size, right, head, weight=BOLD)
        # Every other row is shaded: lines below all cells would take twice as long as the text.
        plain, shaded = self._formats.cell(), self._formats.cell(ground=ZEBRA)
        opened = self._formats.cell(ground=SHADE)
        for place, number in enumerate(rows, 1):
            opens = number in table.parts
            weight = BOLD if opens else QFont.Weight.Normal
            body = opened if opens else shaded if number % 2 else plain
            self._fill(made, place, table.rows[number], size, right, body, weight)
            if table.caption and len(table.rows) <= LONG_TABLE:
                block = made.cellAt(place, 0).firstCursorPosition().blockNumber()
                self.rows.append((opened_by, row_that_begins(table.parts, number), block))
            self._rows += 1
            if not self._rows % _ROWS_TOLD:
                self._progress(self._rows, self._n_rows)
        end = made.lastCursorPosition().blockNumber()
        self._leave(made)
        return end

    def _begin_page(self) -> None:
        """Between two parts of a table."""
        block_format = self._formats.gap(BETWEEN_PARTS)
        block_format.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        self._cursor.setBlockFormat(block_format)
        self._is_fresh = False

    def _facts(self, rows: Sequence[tuple[str, str]]) -> None:
        made = self._insert_table(len(rows), [1.0, 2.6], header=0)
        plain = self._formats.cell()
        for number, (name, value) in enumerate(rows):
            self._fill(made, number, (name, ""), 8.5, (False, False), plain, color=MUTED)
            self._fill_cell(made, number, 1, value, 8.5)
        self._leave(made)

    def _figure(self, figure: Figure, heading: int | None) -> None:
        picture = self._pictures[id(figure)]
        first = len(self.leading) if heading is None else heading
        self._new_block(above=4, below=2)
        self._lead()
        self._insert_image(picture, shown_mm(figure, picture))
        if picture.caption:
            self._write(picture.caption, 7.5, color=MUTED, below=6)
        self.wholes.append((first, self._cursor.blockNumber(), _FIGURE))

    def _gallery(self, figures: Sequence[Figure], heading: int | None) -> None:
        shares = [figure.width_mm for figure in figures]
        room = min(self._width, sum(shares) * _MM + 2 * BESIDE * len(shares))
        first = len(self.leading) if heading is None else heading
        self._gap(1)
        self._lead()
        made = self._insert_table(1, shares, header=0, width=room)
        apart = QTextTableCellFormat()
        apart.setRightPadding(self._measures.of(BESIDE + BESIDE))
        for number, figure in enumerate(figures):
            picture = self._pictures[id(figure)]
            if number < len(figures) - 1:
                made.cellAt(0, number).setFormat(apart)
            cursor = made.cellAt(0, number).firstCursorPosition()
            self._insert_image(picture, shown_mm(figure, picture), cursor)
            if picture.caption:
                cursor.insertBlock()
                letters = self._formats.letters(7, color=MUTED)
                cursor.insertText(Formats.unbroken(picture.caption), letters)
            self.wholes.append((first, cursor.blockNumber(), _FIGURE))
        self._leave(made)

    def _beside(self, block: Beside) -> None:
        made = self._insert_table(1, [block.share, 1 - block.share], header=0)
        width = self._width
        for place, (blocks, share) in enumerate(
            ((block.left, block.share), (block.right, 1 - block.share))
        ):
            self._cursor = made.cellAt(0, place).firstCursorPosition()
            self._width, self._is_fresh = width * share - 6.0, True
            self._set(blocks)
        self._width = width
        self._leave(made)

    # parts

    def _write(
        self,
        text: str,
        size: float,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        color: str = INK,
        above: float = 0,
        below: float = 0,
        leads: bool = False,
    ) -> None:
        self._new_block(above, below)
        if leads:
            self._lead()
        self._cursor.insertText(Formats.unbroken(text), self._formats.letters(size, weight, color))

    def _lead(self) -> None:
        """Something opens here, on a new page where that was found to be better."""
        if len(self.leading) in self._breaks.opening:
            block_format = self._cursor.blockFormat()
            block_format.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            self._cursor.setBlockFormat(block_format)
        self.leading.append(self._cursor.blockNumber())

    def _new_block(self, above: float = 0, below: float = 0) -> None:
        """A block to write into; the empty one behind a table is used first.

        Nothing above it counts there, so that it becomes the distance instead.
        """
        if self._is_fresh and above:
            self._gap(above)
        block_format = QTextBlockFormat()
        block_format.setTopMargin(self._measures.letters(above))
        block_format.setBottomMargin(self._measures.letters(below))
        if self._is_fresh:
            self._cursor.setBlockFormat(block_format)
        else:
            self._cursor.insertBlock(block_format)
        self._is_fresh = False

    def _gap(self, points: float) -> None:
        self._new_block()
        self._cursor.setBlockFormat(self._formats.gap(points))

    def _insert_table(
        self, rows: int, shares: Sequence[float], header: int = 1, width: float | None = None
    ) -> QTextTable:
        if self._is_fresh:
            self._gap(1)
        room = width or self._width
        whole = sum(shares)
        fixed = QTextLength.Type.FixedLength
        made = QTextTableFormat()
        made.setHeaderRowCount(header)
        made.setWidth(QTextLength(fixed, self._measures.of(room)))
        made.setColumnWidthConstraints(
            [QTextLength(fixed, self._measures.of(room * share / whole)) for share in shares]
        )
        made.setBorder(0)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        made.setCellSpacing(0)
        made.setCellPadding(0)
        return self._cursor.insertTable(rows, len(shares), made)

    def _leave(self, table: QTextTable) -> None:
        """Go on behind a table, where an empty block waits."""
        self._cursor = table.lastCursorPosition()
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._is_fresh = True

    def _fill(
        self,
        table: QTextTable,
        row: int,
        texts: Sequence[str],
        size: float,
        right: Sequence[bool],
        cell_format: QTextTableCellFormat,
        weight: QFont.Weight = QFont.Weight.Normal,
        color: str = INK,
    ) -> None:
        letters = self._formats.letters(size, weight, color)
        for column, (text, is_right) in enumerate(zip(texts, right, strict=True)):
            cell = table.cellAt(row, column)
            cell.setFormat(cell_format)
            cursor = cell.firstCursorPosition()
            if is_right:
                aligned = QTextBlockFormat()
                aligned.setAlignment(Qt.AlignmentFlag.AlignRight)
                cursor.setBlockFormat(aligned)
            if text:
                cursor.insertText(Formats.unbroken(text), letters)
            else:
                # Otherwise as high as the letters of the document, which may be larger. Merged: in
                # an empty cell they share a place with the format of the cell.
                cursor.mergeBlockCharFormat(letters)

    def _fill_cell(self, table: QTextTable, row: int, column: int, text: str, size: float) -> None:
        table.cellAt(row, column).firstCursorPosition().insertText(
            text, self._formats.letters(size)
        )

    def _insert_image(
        self, picture: Picture, width_mm: float, cursor: QTextCursor | None = None
    ) -> None:
        self.alts.append(picture.alt)
        name = f"figure-{len(self.alts)}.png"
        url = QUrl(name)
        self._document.addResource(
            QTextDocument.ResourceType.ImageResource.value, url, picture.image
        )
        width = self._measures.of(min(width_mm * _MM, self._width)) * self._measures.shrink
        shown = QTextImageFormat()
        shown.setName(name)
        shown.setWidth(width)
        shown.setHeight(width * picture.image.height() / max(1, picture.image.width()))
        shown.setProperty(QTextFormat.Property.ImageAltText.value, picture.alt)
        (cursor or self._cursor).insertImage(shown)


def tables_of(blocks: Sequence[Block]) -> list[Table]:
    """The tables of a report, in their order."""
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
        elif isinstance(block, Beside):
            found += tables_of((*block.left, *block.right))
    return found
