# SPDX-License-Identifier: MIT
"""How a sheet is written as CSV: for programs, or for Excel.

The machine dialect is RFC 4180 and lossless: UTF-8 without a mark, CR LF, commas, decimal points,
codes and text as they are stored. The Excel dialect begins with the mark by which Excel knows
UTF-8, takes the delimiter and decimal sign of the reader's Excel, quotes every text, and puts a "'"
before a text that Excel would run as a formula. A number never gets one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TextIO, TypeVar

from models.errors import LogbookError
from models.exchange.columns import Cell, Column, Holds
from models.exchange.csv_text import LINE_END
from models.exchange.sheet import Lines, Sheet
from models.formulas import defused
from models.speech import say

BYTE_ORDER_MARK = "\ufeff"

T = TypeVar("T")

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
DECIMAL_SIGNS = {"point": ".", "comma": ","}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells become text.

    Attributes:
        for_excel: with mark, quotes and the sign before formulas.
        delimiter: between cells.
        decimal: the decimal sign.
    """

    for_excel: bool = False
    delimiter: str = ","
    decimal: str = "."

    def __post_init__(self) -> None:
        """Two equal signs cannot be told apart."""
        if self.delimiter == self.decimal:
            raise LogbookError(
                say("The decimal sign is the delimiter as well."),
                say("Choose semicolon or tab as delimiter."),
            )


MACHINE = Dialect()


def write_sheet(file: TextIO, sheet: Sheet, dialect: Dialect = MACHINE) -> int:
    """Write heading and rows; how many rows it was."""
    if dialect.for_excel:
        file.write(BYTE_ORDER_MARK)
    return _write_excel(file, sheet, dialect) if dialect.for_excel else _write(file, sheet)


def _write(file: TextIO, sheet: Sheet) -> int:
    writer = csv.writer(file, lineterminator=LINE_END)
    writer.writerow(sheet.names)
    if len(sheet.columns) == 1 or sheet.columns[0].holds is Holds.WORDS:
        # A row of one empty cell is an empty line, and one that begins with "#" a comment, which
        # readers skip; quoted, each is a row.
        writer = csv.writer(file, lineterminator=LINE_END, quoting=csv.QUOTE_NONNUMERIC)
    elif isinstance(sheet.rows, Lines):
        lines = _Counted(sheet.rows.lines())
        file.writelines(lines)
        return lines.rows
    rows = _Counted(sheet.rows())
    writer.writerows(rows)
    return rows.rows


class _Counted(Generic[T]):
    def __init__(self, rows: Iterable[T]) -> None:
        self.rows = 0
        self._source = iter(rows)

    def __iter__(self) -> _Counted[T]:
        return self

    def __next__(self) -> T:
        row = next(self._source)
        self.rows += 1
        return row


def _write_excel(file: TextIO, sheet: Sheet, dialect: Dialect) -> int:
    file.write(dialect.delimiter.join(map(_quoted, sheet.names)) + LINE_END)
    shown = [_shown_as(column, dialect) for column in sheet.columns]
    rows = 0
    for row in sheet.rows():
        cells = [show(cell) for show, cell in zip(shown, row, strict=True)]
        file.write(dialect.delimiter.join(cells) + LINE_END)
        rows += 1
    return rows


def _shown_as(column: Column, dialect: Dialect) -> Callable[[Cell], str]:
    def number(cell: Cell) -> str:
        if isinstance(cell, int | float):
            return str(cell).replace(".", dialect.decimal)
        return text(cell)

    def text(cell: Cell) -> str:
        return "" if cell is None else _quoted(defused(str(cell)))

    return number if column.is_number else text


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
