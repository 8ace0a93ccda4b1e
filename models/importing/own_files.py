# SPDX-License-Identifier: MIT
"""Tells by its content, not by its name, whether a file holds records that this program wrote."""

from __future__ import annotations

from pathlib import Path

from models.importing.package import PackageTable
from models.importing.package.archive import is_zip_of_tables
from models.importing.reading import Table
from models.importing.records import Records
from models.importing.redcap import RedcapTable, is_redcap


def zipped_records(file: Path) -> Records | None:
    """The records in a zip; None where it is none, or no zip of tables.

    Raises:
        UnreadableTable: it is a zip that cannot be taken in.
    """
    return PackageTable(file) if is_zip_of_tables(file) else None


def as_records(table: Table) -> Table:
    """A table of REDCap's export as its records; any other table as it is.

    Raises:
        UnreadableTable: it is of a project with our dictionary, and cannot be taken in.
    """
    return RedcapTable(table) if is_redcap(table) else table
