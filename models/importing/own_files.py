# SPDX-License-Identifier: MIT
"""Tells by its content, not by its name, whether a file holds records that this program wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.exchange.deidentify import MOVED, Dates, Kind
from models.exchange.linked import linked_tables
from models.exchange.manifest import MARK
from models.importing.allowed import is_as_new, refuse_altered
from models.importing.by_case import ByCaseTable, own_places
from models.importing.layouts import AS_IT_STANDS
from models.importing.marked import LimitedTable, persons_in
from models.importing.numbered import amounts_among, numbered_places
from models.importing.package import PackageTable
from models.importing.package.archive import is_zip_of_tables
from models.importing.reading import Table
from models.importing.recognizing import UnreadableTable
from models.importing.records import Records
from models.importing.redcap import RedcapTable, is_redcap
from models.schema import Image
from models.speech import say


def zipped_records(file: Path) -> Records | None:
    """The records in a zip; None where it is none, or no zip of tables.

    Raises:
        UnreadableTable: it is a zip that cannot be taken in.
    """
    return PackageTable(file) if is_zip_of_tables(file) else None


_YEARS_ALONE = frozenset({"case_id", "patient_code", "performed_on_year"})
"""Columns that only our own export by Safe Harbor has together."""

_MOVED = frozenset({"case_id", "patient_code", f"performed_on{MOVED}"})
"""Columns that only our own limited export with shifted dates has together."""


def knows_nobody(table: Table) -> bool:
    """Whether ids and codes of the table are random, so that its patients come in as new ones."""
    return isinstance(table, LimitedTable) or (isinstance(table, Records) and table.is_as_new)


def refuse_linked_sheets(name: str, sheets: Sequence[str]) -> None:
    """Refuse our own workbook of linked tables: read sheet by sheet, its cases would lose parts.

    Raises:
        UnreadableTable: it is one.
    """
    linked = {table.name for table in linked_tables() if table.table is not Image}
    if linked <= {*sheets}:
        raise UnreadableTable(
            say("{name} holds linked tables, and one sheet of them is no whole case.", name=name),
            say(
                "Export a data package, the linked tables as CSV, or a workbook of one row a level."
            ),
        )


def as_records(table: Table, layout: str = "") -> Table:
    """A table of REDCap's export as its records, levels side by side as rows; any other as it is.

    ``layout`` says that levels of somebody else's table do not stand side by side.

    Raises:
        UnreadableTable: it is of a project with our dictionary, and cannot be taken in; or our own
            export without its dates.
    """
    if is_redcap(table):
        return RedcapTable(table)
    if {*table.columns} >= _YEARS_ALONE:
        refuse_altered(table.name, Kind.SAFE_HARBOR, Dates.YEAR)
    if {*table.columns} >= _MOVED:
        refuse_altered(table.name, Kind.LIMITED, Dates.SHIFTED)
    own: Table = table
    if (places := own_places(table)) is not None:
        own = ByCaseTable(table, places)
    elif layout != AS_IT_STANDS and (places := numbered_places(table)) is not None:
        own = ByCaseTable(table, places, is_own=False, amounts=amounts_among(places))
    if MARK in table.columns and is_as_new(persons_in(table)):
        return LimitedTable(own)
    return own
