# SPDX-License-Identifier: MIT
"""What of a sheet its workbook hides, by hand, in a closed group or by a filter, in words.

A hidden row is read as any other unless a person says otherwise, and told before anything is
written: a filter that somebody left on hides half of a clinic, and nobody misses a case that did
not come in, while one too many stands in the preview and can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.speech import say, say_n

READ, LEAVE_OUT = "read", "leave_out"
HANDLINGS = (READ, LEAVE_OUT)
"""What can be said of hidden rows and columns."""

Run = tuple[int, int]
"""First and last of rows that are hidden together."""

_MOST_RUNS_TOLD = 12


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a sheet is hidden.

    Attributes:
        rows: runs of rows that hold something, as spreadsheets count.
        columns: the letters of columns that hold something.
        is_sheet: the sheet itself is hidden.
        is_known: this kind of workbook tells rows and columns.
        is_left_out: the rows and columns are left out.
    """

    rows: tuple[Run, ...] = ()
    columns: tuple[str, ...] = ()
    is_sheet: bool = False
    is_known: bool = True
    is_left_out: bool = False

    def __bool__(self) -> bool:
        """Whether a row or a column is hidden."""
        return bool(self.rows or self.columns)

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(last + 1 - first for first, last in self.rows)

    def below(self, row: int) -> Hidden:
        """The same without what stands in this row or above it: headings are no cases."""
        runs = tuple((max(first, row + 1), last) for first, last in self.rows if last > row)
        return Hidden(runs, self.columns, self.is_sheet, self.is_known, self.is_left_out)

    @property
    def told(self) -> list[str]:
        """For people, one sentence for each kind; nothing where nothing is hidden."""
        said: list[str] = []
        if self.is_sheet:
            said.append(say("The sheet is hidden in its workbook."))
        if self.rows:
            said.append(self._told_rows())
        if self.columns:
            said.append(self._told_columns())
        if not self.is_known:
            said.append(
                say(
                    "An old workbook (xls) does not tell which rows and columns it hides: all "
                    "are read. Save it as xlsx to see them."
                )
            )
        return said

    def _told_rows(self) -> str:
        which = ", ".join(map(_of_run, self.rows[:_MOST_RUNS_TOLD]))
        which += ", …" if len(self.rows) > _MOST_RUNS_TOLD else ""
        if self.is_left_out:
            return say_n(
                "{n:,} hidden row is left out: {which}.",
                "{n:,} hidden rows are left out: {which}.",
                self.count,
                which=which,
            )
        return say_n(
            "{n:,} row is hidden in the workbook and read as all others: {which}.",
            "{n:,} rows are hidden in the workbook and read as all others: {which}.",
            self.count,
            which=which,
        )

    def _told_columns(self) -> str:
        which = ", ".join(self.columns)
        if self.is_left_out:
            return say_n(
                "{n:,} hidden column is left out: {which}.",
                "{n:,} hidden columns are left out: {which}.",
                len(self.columns),
                which=which,
            )
        return say_n(
            "{n:,} column is hidden in the workbook and read as all others: {which}.",
            "{n:,} columns are hidden in the workbook and read as all others: {which}.",
            len(self.columns),
            which=which,
        )


def _of_run(run: Run) -> str:
    first, last = run
    if first == last:
        return f"{first}"
    return say("{of_run} to {of_run2}", of_run=first, of_run2=last)
