# SPDX-License-Identifier: MIT
"""An Excel workbook: a sheet a table and one with the codebook. Text is text, never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from models.errors import LogbookError
from models.exchange.codebook import Entry, entries, missing_codes
from models.exchange.columns import Cell, Column
from models.exchange.content import Content
from models.exchange.files import room_beside
from models.exchange.sheet import Cells, Sheet
from models.speech import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_LETTERS = 32_767
"""What a sheet, and a cell of it, can hold (Excel 2007 and later)."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Only a sheet of more than 2 GB is written otherwise, and would be refused without it.
    "use_zip64": True,
}


def write_workbook(file: BinaryIO, content: Content, target: Path) -> int:
    """Write the workbook; how many rows its tables have.

    Rows wait in a folder of their own beside ``target``, so that neither memory nor the system's
    folder for temporary files holds patient data.

    Raises:
        LogbookError: there is more than a workbook can hold.
        OSError: it cannot be written.
    """
    from xlsxwriter.exceptions import FileCreateError
    from xlsxwriter.workbook import Workbook

    with room_beside(target) as room:
        book = Workbook(file, {**_OPTIONS, "tmpdir": str(room)})
        bold = book.add_format({"bold": True})
        rows = sum(_add(book, sheet, bold) for sheet in content.sheets)
        _add_codebook(book, content, bold)
        try:
            book.close()
        except FileCreateError as error:
            # It wraps what the system said, by which the file is named and the cure told.
            (said,) = error.args
            raise said from None
    return rows


def _add(book: Workbook, sheet: Sheet, bold: Format) -> int:
    if len(sheet.columns) > MOST_COLUMNS:
        raise LogbookError(
            say(
                "{sheet} has {n:,} columns, a sheet of Excel {most_columns:,}.",
                sheet=sheet.name,
                n=len(sheet.columns),
                most_columns=MOST_COLUMNS,
            ),
            say("Choose fewer columns, or linked tables."),
        )
    page = book.add_worksheet(sheet.name)
    _head(page, sheet.names, bold)
    written = 0
    for written, row in enumerate(sheet.rows(), 1):
        if written >= MOST_ROWS:
            raise LogbookError(
                say(
                    "{sheet} has more rows than a sheet of Excel, which has {most_rows:,}.",
                    sheet=sheet.name,
                    most_rows=MOST_ROWS,
                ),
                say("Export fewer cases, or as CSV."),
            )
        _put(page, written, sheet.columns, row)
    return written


def _put(page: Worksheet, at: int, columns: Sequence[Column], row: Cells) -> None:
    for place, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, int | float) and columns[place].is_number:
            page.write_number(at, place, cell)
        else:
            page.write_string(at, place, _fit(cell, at, columns[place]))


def _fit(cell: Cell, at: int, column: Column) -> str:
    text = str(cell)
    if len(text) > MOST_LETTERS:
        raise LogbookError(
            say(
                "The text in row {at}, column {column} has {n:,} letters, a cell of Excel "
                "{most_letters:,}.",
                at=at + 1,
                column=column.name,
                n=len(text),
                most_letters=MOST_LETTERS,
            ),
            say("Leave out the column, or export as CSV."),
        )
    return text


def _add_codebook(book: Workbook, content: Content, bold: Format) -> None:
    page = book.add_worksheet("codebook")
    page.write_string(0, 0, content.told)
    names = [field.name for field in fields(Entry)]
    _head(page, names, bold, at=2)
    at = 3
    for entry in entries(content.sheets):
        for place, name in enumerate(names):
            page.write_string(at, place, _shown(getattr(entry, name)))
        at += 1
    page.write_string(at + 1, 0, say("Reasons for missing values"), bold)
    for code, label in missing_codes():
        at += 1
        page.write_string(at + 1, 0, code)
        page.write_string(at + 1, 1, label)


def _head(page: Worksheet, names: Sequence[str], bold: Format, at: int = 0) -> None:
    page.freeze_panes(at + 1, 0)
    for place, name in enumerate(names):
        page.set_column(place, place, max(10, len(name) + 2))
        page.write_string(at, place, name, bold)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        text = "; ".join(f"{code} = {label}" for code, label in value)
        return text[:MOST_LETTERS]
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
