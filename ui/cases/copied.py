# SPDX-License-Identifier: MIT
"""Rows of the list as a text that a spreadsheet takes apart into columns. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.caselist import CaseLine
from models.formulas import defused
from ui.cases.cells import synthetic_mark, tr
from ui.cases.columns import Column, Key


class CopiedRows:
    """A line of headings and one a case, the cells parted by tabs.

    Where no column says which cases are synthetic, one is added for it.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._rows: list[str] = []
        self._marks: list[str] = []

    def take(self, lines: Iterable[CaseLine]) -> None:
        """Add a row for each of these cases."""
        for line in lines:
            self._rows.append("\t".join(_cell(column, line) for column in self._columns))
            self._marks.append(synthetic_mark() if line.synthetic else "")

    def __len__(self) -> int:
        return len(self._rows)

    def text(self) -> str:
        """All rows below their headings."""
        rows = ["\t".join(column.name for column in self._columns), *self._rows]
        says_so = any(column.key is Key.STATUS for column in self._columns)
        if any(self._marks) and not says_so:
            marks = [tr("Synthetic"), *self._marks]
            rows = [f"{row}\t{mark}" for row, mark in zip(rows, marks, strict=True)]
        return "\n".join(rows)

    def hand_over(self) -> str:
        """``text``, and keep nothing of it: so many rows would take the UI thread long to end."""
        text = self.text()
        self._rows, self._marks = [], []
        return text


def _cell(column: Column, line: CaseLine) -> str:
    text = column.spoken(line) if column.key is Key.COURSE else column.text(line)
    text = " ".join(text.split())
    # Free text must not run as a formula where the rows are pasted.
    return defused(text) if column.free else text
