# SPDX-License-Identifier: MIT
"""Opens whatever file holds a table or records, as it was said to be read or is recognized."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.importing.own_files import as_records, refuse_linked_sheets, zipped_records
from models.importing.reading import CsvTable, Table
from models.importing.workbook import SheetTable, is_workbook


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and how it is to be read where that is not left to the program.

    Attributes:
        file: the file.
        encoding, delimiter: of a text file; "" to recognize them.
        sheet: of a workbook; "" for the one that looks most like a list of cases.
    """

    file: Path
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def open_table(source: Source, cancelled: Callable[[], bool] | None = None) -> Table:
    """The table in the file. What the file holds decides, not what it is called.

    Raises:
        UnreadableTable: the file holds none; the sentence names place and cure.
        Stopped: ``cancelled`` said so.
    """
    if (records := zipped_records(source.file)) is not None:
        return records
    if is_workbook(source.file):
        sheet = SheetTable(source.file, source.sheet, cancelled)
        refuse_linked_sheets(source.file.name, sheet.sheets)
        return as_records(sheet)
    return as_records(CsvTable(source.file, source.encoding, source.delimiter))


def sheets_of(table: Table) -> tuple[str, ...]:
    """The names of all sheets of the workbook that the table is in; none for a text file."""
    return table.sheets if isinstance(table, SheetTable) else ()
