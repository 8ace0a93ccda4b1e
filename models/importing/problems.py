# SPDX-License-Identifier: MIT
"""Why something of a table cannot be read, with its place and the cure."""

from __future__ import annotations

from dataclasses import dataclass

from models.speech import say


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something of a case cannot be read.

    Attributes:
        row: as spreadsheets count; 0 where it is no single row.
        column: its heading; "" where it is no single column.
        cell: as it stands in the file.
        message: a sentence, with the cure.
    """

    row: int
    column: str
    cell: str
    message: str

    def __str__(self) -> str:
        place = say("Row {row}", row=self.row) if self.row else say("Case")
        if self.column:
            place = say("{place}, column {column}", place=place, column=self.column)
        return f"{place}: {self.message}"
