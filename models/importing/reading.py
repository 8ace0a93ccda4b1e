# SPDX-License-Identifier: MIT
"""A table of text, read row by row: memory does not grow with the file.

Whatever else can be read as a table, such as a sheet of a workbook, has only to be a ``Table``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from models.disk import opened
from models.importing.headings import Headed, headings_in, named, rows_stated
from models.importing.recognizing import (
    MOST_IN_A_CELL,
    UnreadableTable,
    Writing,
    recognize,
    unreadable,
)
from models.speech import say

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
MOST_IN_A_ROW = 1 << 21
"""Characters of one row, which may have many lines."""

_NUL = "\0"


class SourceRow(NamedTuple):
    """One row below the heading, as it stands in the file.

    Attributes:
        number: as spreadsheets count: from 1, blank rows and titles count.
        cells: as many as the heading has, unless there is a problem.
        problem: why the row as a whole cannot be read, as a sentence; "" where it can.
        nth: which level of the row it tells, where levels stand side by side; else 0.
    """

    number: int
    cells: tuple[str, ...]
    problem: str = ""
    nth: int = 0


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

    @property
    def is_from_1904(self) -> bool:
        """Whether days that are mere numbers count from 1904, as in some workbooks from a Mac."""

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not blank.

        Raises:
            UnreadableTable: it cannot be read on.
        """


class CsvTable(Headed):
    """A CSV file.

    Raises:
        UnreadableTable: the file is no table; the sentence names row, column and cure.
    """

    def __init__(
        self, file: Path, encoding: str = "", delimiter: str = "", heading: str = ""
    ) -> None:
        self.file = file
        self.writing: Writing = recognize(file, encoding, delimiter)
        self._read_as = _signature(file)
        self._take_headings(heading)

    def _take_headings(self, heading: str) -> None:
        filled = (record for record in self._records() if any(cell.strip() for cell in record[1]))
        self.headings, cells = headings_in(filled, rows_stated(heading), self.name)
        while len(cells) > 1 and not cells[-1].strip():
            cells.pop()
        self._columns = named(
            cells,
            self.name,
            self.headings.last,
            lambda place: say("(column {place})", place=place + 1),
        )

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._read_as[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings; a column without one is named by its place."""
        return self._columns

    @property
    def written(self) -> str:
        """Encoding and delimiter, and headings of several rows."""
        return "; ".join(filter(None, (str(self.writing), self.headings.told)))

    @property
    def is_for_excel(self) -> bool:
        """Whether it begins with a byte order mark; what is written for programs has none."""
        return self.writing.mark > 0

    @property
    def is_from_1904(self) -> bool:
        """No text file says so."""
        return False

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not blank, with those that are too long or too short marked."""
        width, last, read = len(self._columns), self.headings.last, 0
        for number, cells in self._records():
            text = "".join(cells)
            if number <= last or not text or text.isspace():
                continue
            read += 1
            if read > MOST_ROWS:
                raise too_many_rows(self.name)
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if len(cells) == width and _NUL not in text:
                yield SourceRow(number, tuple(cells))
            else:
                yield SourceRow(number, tuple(cells), self._problem(cells))

    def _problem(self, cells: Sequence[str]) -> str:
        width = len(self._columns)
        if len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            return say(
                "The row has {n} cells, {more} than the {width} columns. Put text that "
                "holds the delimiter into quotes.",
                n=len(cells),
                more=more,
                width=width,
            )
        return problem_of_text(self._columns, cells)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """All records with their number, from the first line on."""
        try:
            with opened(self.file) as stream:
                self._refuse_changed()
                stream.seek(self.writing.mark)
                text = io.TextIOWrapper(stream, self.writing.encoding, newline="")
                yield from self._parsed(_Lines(text, self.name))
                self._refuse_changed()
        except OSError as error:
            raise unreadable(self.name, error) from error
        except UnicodeDecodeError as error:
            raise _changed(self.name) from error

    def _refuse_changed(self) -> None:
        if _signature(self.file) != self._read_as:
            raise _changed(self.name)

    def _parsed(self, lines: _Lines) -> Iterator[tuple[int, list[str]]]:
        number = 0
        reader = csv.reader(lines, delimiter=self.writing.delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                lines.begin(number + 1)
                if len(cells) > MOST_COLUMNS:
                    raise UnreadableTable(
                        say(
                            "{name}, row {number} has {n:,} cells; at most "
                            "{most_columns:,} columns are read.",
                            name=self.name,
                            number=number,
                            n=len(cells),
                            most_columns=MOST_COLUMNS,
                        ),
                        say("Take away the columns that are not needed."),
                    )
                if number == 1 and _is_separator_line(cells, self.writing.delimiter):
                    continue
                yield number, cells
        except csv.Error as error:
            self._refuse_changed()
            raise UnreadableTable(
                say(
                    "{name}, row {number} (line {line_num}): {told}.",
                    name=self.name,
                    number=number + 1,
                    line_num=reader.line_num,
                    told=_told(error),
                ),
                say("Look for a quote that is not closed or not doubled."),
            ) from error


class _Lines:
    """The lines of a file, as long as no row of them grows beyond all bounds.

    A row may have many lines, because a cell may; where a quote is missing, it never ends.
    """

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text, self._name = text, name
        self.begin(1)

    def begin(self, row: int) -> None:
        """The next line is the first one of a row."""
        self._row, self._left = row, MOST_IN_A_ROW

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MOST_IN_A_ROW):
            self._left -= len(line)
            if self._left <= 0:
                raise UnreadableTable(
                    say(
                        "{name}, row {row} is longer than {most_in_a_row:,} characters.",
                        name=self._name,
                        row=self._row,
                        most_in_a_row=MOST_IN_A_ROW,
                    ),
                    say("Look for line breaks that are missing, or a quote that is not closed."),
                )
            yield line


def too_many_rows(name: str) -> UnreadableTable:
    """Why a table with more rows than a logbook has cases is not read."""
    cure = say("Write its rows into several files.")
    return UnreadableTable(
        say("{name} has more than {most_rows:,} rows.", name=name, most_rows=MOST_ROWS), cure
    )


def problem_of_text(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Why the cells of a row are no text, as a sentence; ""."""
    if _NUL not in "".join(cells):
        return ""
    for column, cell in zip(columns, cells, strict=True):
        if _NUL in cell:
            return say("Column {column} holds a NUL character, which no text has.", column=column)
    return ""


def _changed(name: str) -> UnreadableTable:
    return UnreadableTable(
        say("{name} was changed since it was first read.", name=name), say("Import it again.")
    )


def _signature(file: Path) -> tuple[int, int]:
    """Changes with the file."""
    try:
        found = file.stat()
    except OSError as error:
        raise unreadable(file.name, error) from error
    return found.st_size, found.st_mtime_ns


def _is_separator_line(cells: Sequence[str], delimiter: str) -> bool:
    """The line by which some spreadsheets are told the delimiter."""
    return list(cells) in (["sep=", ""], ["sep="], [f"sep={delimiter}"])


def _told(error: csv.Error) -> str:
    said = str(error)
    if "larger than field limit" in said:
        return say(
            "a cell is longer than {most_in_a_cell:,} characters", most_in_a_cell=MOST_IN_A_CELL
        )
    if "unexpected end" in said:
        return say("the file ends within quotes")
    if "expected after" in said:
        return say("text follows a closing quote")
    return said
