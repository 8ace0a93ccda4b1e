# SPDX-License-Identifier: MIT
"""Mends the cells of tables in an ODT file that Qt wrote.

Qt writes a cell for every paragraph of a cell, and a table within a cell beside it. Writers then
show only as many of these as the table has columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as Xml

from PySide6.QtGui import QTextDocument, QTextFrame, QTextTable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Pieces = list[list[int]]
"""Of each cell, row by row, how many paragraphs and tables stand in it."""


def pieces_of(document: QTextDocument) -> list[Pieces]:
    """What stands in the cells of every table, outer tables before those within them."""
    return [
        [
            [_count(table, row, column) for column in range(table.columns())]
            for row in range(table.rows())
        ]
        for table in _tables(document.rootFrame())
    ]


def join_cells(root: Xml.Element, pieces: Sequence[Pieces]) -> None:
    """Put back into one cell what was in one.

    Args:
        root: the content that Qt wrote of a document.
        pieces: what ``pieces_of`` tells of that document.
    """
    # All rows are looked up first: joining moves tables, but changes none of their rows.
    tables = [
        (table.findall(f"{_TABLE}table-row"), cells)
        for table, cells in zip(root.iter(f"{_TABLE}table"), pieces, strict=True)
    ]
    for rows, cells in tables:
        for row, counts in zip(rows, cells, strict=True):
            _join(row, counts)


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)


def _count(table: QTextTable, row: int, column: int) -> int:
    place, n = table.cellAt(row, column).begin(), 0
    while not place.atEnd():
        place += 1
        n += 1
    return n


def _join(row: Xml.Element, counts: Sequence[int]) -> None:
    written = iter(list(row))
    for n in counts:
        cell = next(written)
        for _ in range(n - 1):
            more = next(written)
            row.remove(more)
            if more.tag == f"{_TABLE}table-cell":
                cell.extend(list(more))
            else:
                cell.append(more)
