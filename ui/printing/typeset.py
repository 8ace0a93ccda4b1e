# SPDX-License-Identifier: MIT
"""Sets a list on pages: widths of columns, lines of rows, and where each page ends.

Runs in any thread. What comes out is plain data, which ``pages`` paints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ui.printing import columns as widths
from ui.printing.lettering import Kit
from ui.printing.listing import Listing, PrintColumn, Progress, Row
from ui.printing.paper import TWIPS, Paper, SheetSize

MARGIN = 36 * TWIPS
PAD = 2.5 * TWIPS
"""Above and below the lines of a row."""
TO_WRITE = 24 * TWIPS
"""How high a row with a column to write in is at least."""
GAP = 8 * TWIPS
_SIZES = (9.0, 8.0, 7.0)
_TELL_EVERY = 250


@dataclass(frozen=True, slots=True)
class Piece:
    """A row on a page, or as many of its lines as a page holds.

    Attributes:
        row: which one.
        first: the first of its lines that is here.
        lines: how many are.
        top: where it begins.
        height: with the room above and below its lines.
    """

    row: int
    first: int
    lines: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Band:
    """Where a column stands."""

    column: PrintColumn
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Pages:
    """A list on pages. Lengths in twips.

    Attributes:
        listing: without its rows.
        rows: all of them.
        points: size of the letters in the rows.
        pages: the pieces of each page; the last may have none, when only the note is there.
        note_top: where the note begins on the last page.
    """

    listing: Listing
    rows: tuple[Row, ...]
    paper: Paper
    points: float
    bands: tuple[Band, ...]
    pages: tuple[tuple[Piece, ...], ...]
    note_top: float

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages)


def typeset(
    listing: Listing, rows: Sequence[Row], size: SheetSize, lies: bool | None, progress: Progress
) -> Pages:
    """Set a list.

    Args:
        listing: what is printed; its own rows are not looked at.
        rows: all rows of it.
        size: of the paper.
        lies: whether the paper lies on its long side; None for whichever way has room.
        progress: hears rows done and in all, and stops the work by raising.
    """
    if lies is None:
        upright = Paper.of(size, is_landscape=False)
        wished = widths.wishes(listing.columns, rows, Kit(_SIZES[0]))
        lies = not widths.fits_whole(wished, room_on(upright))
    return typeset_on(listing, rows, Paper.of(size, is_landscape=lies), progress)


def typeset_on(listing: Listing, rows: Sequence[Row], paper: Paper, progress: Progress) -> Pages:
    """Set a list on this paper."""
    progress(0, len(rows))
    room = room_on(paper)
    for points in _SIZES:
        kit = Kit(points)
        wished = widths.wishes(listing.columns, rows, kit)
        if widths.has_room(wished, room):
            break
    bands = tuple(_bands(listing.columns, widths.share_out(wished, room)))
    pages, bottom = _Setter(listing, paper, kit, bands).set(rows, progress)
    return Pages(
        listing=replace(listing, rows=()),
        rows=tuple(rows),
        paper=paper,
        points=points,
        bands=bands,
        pages=pages,
        note_top=bottom,
    )


def room_on(paper: Paper) -> float:
    """From the left to the right margin."""
    return float(paper.width - 2 * MARGIN)


def head_height(listing: Listing, paper: Paper, kit: Kit, *, is_first: bool) -> float:
    """What stands above the table."""
    room = room_on(paper)
    if not is_first:
        return kit.running.line + GAP / 2
    lines = sum(len(kit.small.wrap(line, room)) for line in listing.subtitle)
    return len(kit.title.wrap(listing.title, room)) * kit.title.line + lines * kit.small.line + GAP


def heading_lines(bands: Sequence[Band], kit: Kit) -> int:
    """How many lines the headings take."""
    wrapped = (kit.heading.wrap(band.column.heading, band.width) for band in bands)
    return max((len(lines) for lines in wrapped), default=1)


def table_bottom(paper: Paper, kit: Kit) -> float:
    """Where the footer begins."""
    return paper.height - MARGIN - kit.small.line - GAP


def lines_of(row: Row, bands: Sequence[Band], kit: Kit) -> int:
    """How many lines a row takes."""
    most = 1
    for cell, band in zip(row, bands, strict=True):
        if isinstance(cell, str) and not band.column.blank_mm:
            most = max(most, len(kit.body.wrap(cell, band.width)))
    return most


def _bands(columns: Sequence[PrintColumn], shares: Sequence[float]) -> Iterator[Band]:
    left = float(MARGIN)
    for column, width in zip(columns, shares, strict=True):
        yield Band(column, left, width)
        left += width + widths.BETWEEN


class _Setter:
    def __init__(self, listing: Listing, paper: Paper, kit: Kit, bands: Sequence[Band]) -> None:
        self._listing, self._paper, self._kit, self._bands = listing, paper, kit, bands
        headings = heading_lines(bands, kit) * kit.heading.line + 2 * PAD
        self._tops = [
            MARGIN + head_height(listing, paper, kit, is_first=is_first) + headings
            for is_first in (True, False)
        ]
        self._bottom = table_bottom(paper, kit)
        least = TO_WRITE if any(band.column.blank_mm for band in bands) else 0.0
        self._least = max(least, kit.body.line + 2 * PAD)
        self._pages: list[tuple[Piece, ...]] = []
        self._page: list[Piece] = []
        self._y = self._tops[0]

    def set(
        self, rows: Sequence[Row], progress: Progress
    ) -> tuple[tuple[tuple[Piece, ...], ...], float]:
        for number, row in enumerate(rows):
            if number % _TELL_EVERY == 0:
                progress(number, len(rows))
            self._add(number, lines_of(row, self._bands, self._kit))
        self._make_room_for_note()
        self._pages.append(tuple(self._page))
        progress(len(rows), len(rows))
        return tuple(self._pages), self._y + GAP

    def _add(self, number: int, lines: int) -> None:
        line = self._kit.body.line
        most = max(1, int((self._bottom - self._tops[1] - 2 * PAD) / line))
        first = 0
        while first < lines:
            # Only a row that no page holds is split.
            here = min(lines - first, most)
            height = max(self._least, here * line + 2 * PAD)
            if self._page and self._y + height > self._bottom:
                self._turn()
            self._page.append(Piece(number, first, here, self._y, height))
            self._y += height
            first += here

    def _make_room_for_note(self) -> None:
        lines = self._kit.small.wrap(self._listing.note, room_on(self._paper))
        needed = GAP + len(lines) * self._kit.small.line
        if self._listing.note and self._page and self._y + needed > self._bottom:
            self._turn()

    def _turn(self) -> None:
        self._pages.append(tuple(self._page))
        self._page = []
        self._y = self._tops[1]
