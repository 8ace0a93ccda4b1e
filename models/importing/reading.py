# SPDX-License-Identifier: MIT
"""A table of text, read row by row: memory does not grow with the file.

Whatever else can be read as a table, such as a sheet of a workbook, has only to be a ``Table``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from models.importing.recognizing import MOST_IN_A_CELL, UnreadableTable, Writing, recognize
from models.typed import quoted

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
_LONGEST_LINE = 1 << 22
_NUL = "\0"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row below the heading, as it stands in the file.

    Attributes:
        number: as spreadsheets count: the heading is row 1, blank rows count.
        cells: as many as the heading has, unless there is a problem.
        problem: why the row as a whole cannot be read, as a sentence; "" where it can.
    """

    number: int
    cells: tuple[str, ...]
    problem: str = ""


class Table(Protocol):
    """A table with named columns, which can be read any number of times."""

    @property
    def name(self) -> str:
        """What the table is called in sentences."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings; no two are alike."""

    @property
    def written(self) -> str:
        """What was recognized of how it is written, for people."""

    @property
    def is_for_excel(self) -> bool:
        """Whether it has the mark by which Excel knows UTF-8, as our own exports for Excel have."""

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not blank.

        Raises:
            UnreadableTable: it cannot be read on.
        """


class CsvTable:
    """A CSV file.

    Raises:
        UnreadableTable: the file is no table; the sentence names row, column and cure.
    """

    def __init__(self, file: Path, encoding: str = "", delimiter: str = "") -> None:
        self.file = file
        self.writing: Writing = recognize(file, encoding, delimiter)
        number, cells = next(self._records(), (1, []))
        self._heading_row = number
        self._columns = self._named(cells)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings; a column without one is named by its place."""
        return self._columns

    @property
    def written(self) -> str:
        """Encoding and delimiter."""
        return str(self.writing)

    @property
    def is_for_excel(self) -> bool:
        """Whether it begins with a byte order mark; what is written for programs has none."""
        return self.writing.mark > 0

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not blank, with those that are too long or too short marked."""
        width, read = len(self._columns), 0
        for number, cells in self._records():
            if number <= self._heading_row or not any(cell.strip() for cell in cells):
                continue
            read += 1
            if read > MOST_ROWS:
                cure = "Write its rows into several files."
                raise UnreadableTable(f"{self.name} has more than {MOST_ROWS:,} rows.", cure)
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            yield SourceRow(number, tuple(cells), self._problem(cells))

    def _problem(self, cells: Sequence[str]) -> str:
        width = len(self._columns)
        if len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            return (
                f"The row has {len(cells)} cells, {more} than the {width} columns. "
                "Put text that holds the delimiter into quotes."
            )
        for column, cell in zip(self._columns, cells, strict=True):
            if _NUL in cell:
                return f"Column {column} holds a NUL character, which no text has."
        return ""

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """All records with their number, from the first line on."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(self.writing.mark)
                text = io.TextIOWrapper(opened, self.writing.encoding, newline="")
                yield from self._parsed(text)
        except OSError as error:
            why = (error.strerror or "unknown reason").lower()
            cure = "Close it in other programs, or choose another file."
            raise UnreadableTable(f"{self.name} cannot be read: {why}.", cure) from error
        except UnicodeDecodeError as error:
            raise UnreadableTable(
                f"{self.name} was changed while it was read.", "Import it again."
            ) from error

    def _parsed(self, text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
        number = 0
        reader = csv.reader(self._lines(text), delimiter=self.writing.delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                if len(cells) > MOST_COLUMNS:
                    raise UnreadableTable(
                        f"{self.name}, row {number} has {len(cells):,} cells; at most "
                        f"{MOST_COLUMNS:,} columns are read.",
                        "Take away the columns that are not needed.",
                    )
                if number == 1 and _is_separator_line(cells, self.writing.delimiter):
                    continue
                yield number, cells
        except csv.Error as error:
            raise UnreadableTable(
                f"{self.name}, row {number + 1} (line {reader.line_num}): {_told(error)}.",
                "Look for a quote that is not closed or not doubled.",
            ) from error

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
                raise UnreadableTable(
                    f"{self.name}, line {number} is longer than {_LONGEST_LINE:,} characters.",
                    "Look for line breaks that are missing.",
                )
            yield line

    def _named(self, cells: Sequence[str]) -> tuple[str, ...]:
        names = [" ".join(cell.split()) for cell in cells]
        while names and not names[-1]:
            names.pop()
        if not names:
            cure = "Write the names of the columns into the first row."
            raise UnreadableTable(f"{self.name}, row {self._heading_row} names no column.", cure)
        seen: dict[str, int] = {}
        for place, name in enumerate(names, start=1):
            if _NUL in name:
                cure = "Choose a file of text, or write the heading anew."
                told = f"{self.name}, row {self._heading_row}, column {place}"
                raise UnreadableTable(f"{told}: the heading holds a NUL character.", cure)
            if not name:
                names[place - 1] = name = f"(column {place})"
            before = seen.setdefault(name.casefold(), place)
            if before != place:
                raise UnreadableTable(
                    f"{self.name}, row {self._heading_row}: the columns {before} and {place} are "
                    f"both called {quoted(name)}.",
                    "Give each column a name of its own.",
                )
        return tuple(names)


def _is_separator_line(cells: Sequence[str], delimiter: str) -> bool:
    """The line by which some spreadsheets are told the delimiter."""
    return list(cells) in (["sep=", ""], ["sep="], [f"sep={delimiter}"])


def _told(error: csv.Error) -> str:
    said = str(error)
    if "larger than field limit" in said:
        return f"a cell is longer than {MOST_IN_A_CELL:,} characters"
    if "unexpected end" in said:
        return "the file ends within quotes"
    if "expected after" in said:
        return "text follows a closing quote"
    return said
