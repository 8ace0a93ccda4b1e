# SPDX-License-Identifier: MIT
"""The export of one row a case, whose levels are numbered, read as one row a level."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from models.importing.reading import SourceRow, Table
from models.importing.targets import flat_targets
from models.speech import say

_OF_LEVEL = re.compile(r"level([1-9]\d{0,2})_(\w+)")


def is_by_case(table: Table) -> bool:
    """Whether all columns are those of our export of one row a case."""
    return {"case_id", "level1_level"} <= {*table.columns} and all(map(_place, table.columns))


class ByCaseTable:
    """A table of one row a case, as the flat table of the same cases.

    A row of the file gives as many rows as it has levels, one where it has none; they keep its
    number, which is where a person looks for them.
    """

    def __init__(self, table: Table) -> None:
        self.within = table
        self._at_case: dict[str, int] = {}
        at_levels: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for place, heading in enumerate(table.columns):
            number, name = _place(heading) or (0, "")
            (at_levels[number] if number else self._at_case)[name] = place
        self._at_levels = [at_levels[number] for number in sorted(at_levels)]
        self._of_level = tuple(dict.fromkeys(name for at in self._at_levels for name in at))

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.within.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the flat table."""
        return (*self._at_case, *self._of_level)

    @property
    def written(self) -> str:
        """How the file is written, and that its levels stand beside each other."""
        return say("{written}, one row a case", written=self.within.written)

    @property
    def is_for_excel(self) -> bool:
        """As of the file."""
        return self.within.is_for_excel

    @property
    def is_from_1904(self) -> bool:
        """As of the file."""
        return self.within.is_from_1904

    def rows(self) -> Iterator[SourceRow]:
        """One row a level."""
        for row in self.within.rows():
            if row.problem:
                yield row
                continue
            of_case = tuple(row.cells[place] for place in self._at_case.values())
            levels = [tuple(self._cells_of(row, at)) for at in self._at_levels]
            for level in [level for level in levels if any(level)] or levels[:1]:
                yield SourceRow(row.number, of_case + level)

    def _cells_of(self, row: SourceRow, at: dict[str, int]) -> Iterator[str]:
        for name in self._of_level:
            yield row.cells[at[name]] if name in at else ""


def _place(heading: str) -> tuple[int, str] | None:
    """Number of the level, 0 for the case, and column of the flat export; None for another one."""
    flat = flat_targets()
    if found := _OF_LEVEL.fullmatch(heading):
        name = found[2] if found[2] in flat else f"level_{found[2]}"
        return (int(found[1]), name) if name in flat else None
    return (0, heading) if heading in flat else None
