# SPDX-License-Identifier: MIT
"""Opens whatever file holds a table or records, as it was said to be read or is recognized."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from models.importing.by_case import ByCaseTable
from models.importing.hidden import Hidden
from models.importing.layouts import AS_IT_STANDS
from models.importing.mapping import Mapping, UnreadableMapping
from models.importing.marked import LimitedTable
from models.importing.own_files import as_records, refuse_linked_sheets, zipped_records
from models.importing.reading import CsvTable, Table
from models.importing.recognizing import UnreadableTable
from models.importing.records import Records
from models.importing.workbook import SheetTable, is_workbook
from models.speech import say


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and how it is to be read where that is not left to the program.

    Attributes:
        file: the file.
        encoding, delimiter: of a text file; "" to recognize them.
        sheet: of a workbook; "" for the one that looks most like a list of cases.
        heading: the rows with the headings, such as "3" or "3-4"; "" to recognize them.
        hidden: whether rows and columns that a workbook hides are "read" or to be left out
            ("leave_out"); "" where nobody said, and they are read.
        layout: "as_it_stands" where a person said that rows are no visits and levels do not stand
            side by side; "" to recognize it.
    """

    file: Path
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading: str = ""
    hidden: str = ""
    layout: str = ""

    def read_by(self, mapping: Mapping) -> Self:
        """The same read as the mapping says, in what nobody has said otherwise."""
        return replace(
            self,
            encoding=self.encoding or mapping.encoding,
            delimiter=self.delimiter or mapping.delimiter,
            sheet=self.sheet or mapping.sheet,
            heading=self.heading or mapping.heading,
            hidden=self.hidden or mapping.hidden,
            layout=self.layout or mapping.layout,
        )

    def kept_in(self, mapping: Mapping) -> Mapping:
        """The mapping, with what was said of files of this kind."""
        return replace(
            mapping,
            sheet=self.sheet,
            heading=self.heading,
            hidden=self.hidden,
            layout=self.layout,
        )


def open_table(source: Source, cancelled: Callable[[], bool] | None = None) -> Table:
    """The table in the file. What the file holds decides, not what it is called.

    Raises:
        UnreadableTable: the file holds none; the sentence names place and cure.
        Stopped: ``cancelled`` said so.
    """
    if (records := zipped_records(source.file)) is not None:
        return records
    if is_workbook(source.file):
        sheet = SheetTable(source.file, source.sheet, cancelled, source.heading, source.hidden)
        refuse_linked_sheets(source.file.name, sheet.sheets)
        return as_records(sheet, source.layout)
    table = CsvTable(source.file, source.encoding, source.delimiter, source.heading)
    return as_records(table, source.layout)


def open_for(
    source: Source, mapping: Mapping, cancelled: Callable[[], bool] | None = None
) -> tuple[Source, Table, Mapping]:
    """The table in the file as the mapping reads it: how it is read then, it, and the mapping.

    Where the columns of the mapping do not stand in the rows that it names, but in those that are
    recognized, these are taken: the file of refused rows has no titles any more. Where it reads the
    columns of levels side by side as they stand, they are left so.

    Raises:
        UnreadableTable: the file holds no table.
        UnreadableMapping: the table lacks columns that the mapping reads, or needs no mapping.
        Stopped: ``cancelled`` said so.
    """
    wanted = source.read_by(mapping)
    ways = [(wanted, mapping)]
    if wanted.heading != source.heading:
        ways.append((replace(wanted, heading=source.heading), replace(mapping, heading="")))
    if not wanted.layout:
        ways += [(replace(way, layout=AS_IT_STANDS), by) for way, by in ways]
    refused: UnreadableTable | UnreadableMapping | None = None
    for way, by in ways:
        try:
            return way, *_opened_for(way, by, cancelled)
        except (UnreadableTable, UnreadableMapping) as error:
            refused = refused or error
    assert refused is not None
    raise refused


def _opened_for(
    source: Source, mapping: Mapping, cancelled: Callable[[], bool] | None
) -> tuple[Table, Mapping]:
    table = open_table(source, cancelled)
    if isinstance(table, Records):
        raise UnreadableMapping(
            say("{table} needs no mapping: it was written by Kypholog.", table=table.name),
            say("Leave the mapping out."),
        )
    return table, mapping.fitting(table.columns)


def as_in_the_file(table: Table) -> Table:
    """The table of the file that this one is made of, or itself."""
    while isinstance(table, ByCaseTable | LimitedTable):
        table = table.within
    return table


def questions_of(table: Table) -> list[str]:
    """What a person has to look at in how the file is written, one sentence each."""
    table = as_in_the_file(table)
    return [table.writing.question] if isinstance(table, CsvTable) and table.writing.others else []


def sheet_of(table: Table) -> SheetTable | None:
    """The sheet of a workbook that the table is, or is made of; None for a text file."""
    table = as_in_the_file(table)
    return table if isinstance(table, SheetTable) else None


def sheets_of(table: Table) -> tuple[str, ...]:
    """The names of all sheets of the workbook that the table is in; none for a text file."""
    sheet = sheet_of(table)
    return sheet.sheets if sheet is not None else ()


def hidden_in(table: Table) -> Hidden:
    """What of the table its workbook hides; a text file hides nothing."""
    sheet = sheet_of(table)
    return sheet.hidden if sheet is not None else Hidden()
