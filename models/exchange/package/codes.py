# SPDX-License-Identifier: MIT
"""The table of codes: what each code in the other tables of a package means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.exchange.columns import Column, Holds
from models.exchange.sheet import Cells, Sheet

_COLUMNS = (
    Column("table", None, "The table.", made_of=Holds.WORDS),
    Column("column", None, "The column of the table.", made_of=Holds.WORDS),
    Column("code", None, "As it stands in the cells.", made_of=Holds.WORDS),
    Column("label", None, "What it means.", made_of=Holds.WORDS),
    Column("place", None, "Place in the order of the terms, from 1.", made_of=Holds.COUNT),
)


def codes_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """A row for each code that a column of the sheets can hold."""

    def rows() -> Iterator[Cells]:
        for sheet in sheets:
            for column in sheet.columns:
                for place, term in enumerate(column.vocabulary or (), start=1):
                    yield [sheet.name, column.name, term.value, term.label, place]

    return Sheet("codes", "Code", _COLUMNS, rows, ("table", "column", "code"))
