# SPDX-License-Identifier: MIT
"""A table of one row a case, whose levels stand side by side, read as one row a level.

Our own export of one row a case is such a table, and so are many of clinics: "Level 1", "Cement 1",
"Level 2", "Cement 2". How strangers number their columns is told in ``numbered``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from models.importing.reading import SourceRow, Table
from models.importing.targets import flat_targets
from models.speech import say

_OF_LEVEL = re.compile(r"level([1-9]\d{0,2})_(\w+)")
_MOST_TOLD = 4
HoldsForEach = Callable[[str], bool]
"""Whether a cell of a row with several levels holds for every one of them."""

_TOGETHER = "(\u03a3)"
"""Stands behind the heading of a column for what it says of several levels."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a column is of: the number of its level, 0 for the case, and its name without that."""

    nth: int
    name: str


def own_places(table: Table) -> tuple[Place, ...] | None:
    """What the columns of our export of one row a case are of; None for any other table."""
    if not {"case_id", "level1_level"} <= {*table.columns}:
        return None
    found = [_place(heading) for heading in table.columns]
    places = tuple(place for place in found if place is not None)
    return places if len(places) == len(found) else None


class ByCaseTable:
    """A table of one row a case, as a table of one row a level.

    A row of the file gives as many rows as it has levels, one where it has none; they keep its
    number, which is where a person looks for them.

    Args:
        table: as it stands in the file.
        places: what each of its columns is of.
        is_own: whether it is our own export.
        amounts: columns of the case that may hold what is only true of one level, such as a volume
            of cement, with what tells cells that hold for each. What they say of several levels
            together stands in a column beside.

    Attributes:
        within: the table.
        is_own: whether it is our own export.
        headings: what the columns of levels are called there, by number of the level and name.
        shared: the columns that stand once for all levels of a case.
    """

    def __init__(
        self,
        table: Table,
        places: tuple[Place, ...],
        *,
        is_own: bool = True,
        amounts: Mapping[str, HoldsForEach] = MappingProxyType({}),
    ) -> None:
        self.within, self.is_own = table, is_own
        self._at_case: dict[str, int] = {}
        self.headings: dict[tuple[int, str], str] = {}
        at_levels: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for at, place in enumerate(places):
            (at_levels[place.nth] if place.nth else self._at_case)[place.name] = at
            if place.nth:
                self.headings[place.nth, place.name] = table.columns[at]
        self._at_levels = sorted(at_levels.items())
        self._of_level = tuple(dict.fromkeys(name for _, at in self._at_levels for name in at))
        self._amounts = amounts
        self._together = tuple(f"{name} {_TOGETHER}" for name in self._at_case if name in amounts)
        shared = {*self._at_case, *self._together} - amounts.keys()
        self.shared = frozenset() if is_own else frozenset(shared)

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.within.name

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The headings of a table of one row a level."""
        return (*self._at_case, *self._together, *self._of_level)

    @property
    def written(self) -> str:
        """How the file is written, and that its levels stand beside each other."""
        if self.is_own:
            return say("{written}, one row a case", written=self.within.written)
        return say("{written}, levels side by side", written=self.within.written)

    @property
    def told(self) -> str:
        """Which columns of a stranger were joined, for people; "" of our own export."""
        if self.is_own:
            return ""
        numbers = [nth for nth, _ in self._at_levels]
        shown = [self._said(name) for name in self._of_level[:_MOST_TOLD]]
        more = ["\u2026"] if len(self._of_level) > _MOST_TOLD else []
        return say(
            "Levels stand side by side: each row is a case with up to {n} treated levels "
            "({columns}).",
            n=len(numbers),
            columns="; ".join([*shown, *more]),
        )

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
            levels = [(nth, tuple(self._cells_of(row, at))) for nth, at in self._at_levels]
            levels = [each for each in levels if any(each[1])] or levels[:1]
            of_case = tuple(self._cells_of_case(row, is_alone=len(levels) == 1))
            for nth, level in levels:
                yield SourceRow(row.number, of_case + level, "", nth)

    def _cells_of_case(self, row: SourceRow, *, is_alone: bool) -> Iterator[str]:
        """What stands once, and after it what is said of several levels together."""
        together: list[str] = []
        for name, place in self._at_case.items():
            cell, holds_for_each = row.cells[place], self._amounts.get(name)
            if holds_for_each is None:
                yield cell
            else:
                is_apart = is_alone or holds_for_each(cell)
                yield cell if is_apart else ""
                together.append("" if is_apart else cell)
        yield from together

    def _cells_of(self, row: SourceRow, at: Mapping[str, int]) -> Iterator[str]:
        for name in self._of_level:
            yield row.cells[at[name]] if name in at else ""

    def _said(self, name: str) -> str:
        return ", ".join(
            heading for (_, of), heading in sorted(self.headings.items()) if of == name
        )


def _place(heading: str) -> Place | None:
    """What a column of our export is of; None for another one."""
    flat = flat_targets()
    if found := _OF_LEVEL.fullmatch(heading):
        name = found[2] if found[2] in flat else f"level_{found[2]}"
        return Place(int(found[1]), name) if name in flat else None
    return Place(0, heading) if heading in flat else None
