# SPDX-License-Identifier: MIT
"""Finds the headings of a table, in one row or in several, and gives each column a name of them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Self

from models.importing.recognizing import LOOKED_AT, UnreadableTable, heading_place
from models.speech import say
from models.typed import quoted

MOST_LINES = 3
"""So many rows one below the other can be headings together."""

LAST_ROW = 1_000
"""No row below it is taken for headings."""

_NUL = "\0"
_ROWS = re.compile(r"\s*([1-9]\d{0,3})(?:\s*-\s*([1-9]\d{0,3}))?\s*")

Record = tuple[int, list[str]]
Wide = Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """Which rows name the columns, as spreadsheets count.

    Attributes:
        first, last: the rows; the same where there is one.
        seen: the first rows of the table, for a choice.
        example: a heading that was put together of several rows; "".
    """

    first: int
    last: int
    seen: tuple[Record, ...] = field(default=(), compare=False)
    example: str = field(default="", compare=False)

    @property
    def told(self) -> str:
        """That the headings are put together of several rows, for people; "" where they are not."""
        if not self.example:
            return ""
        return say(
            "the headings are joined of the rows {first} to {last}, such as {example}",
            first=self.first,
            last=self.last,
            example=quoted(self.example),
        )

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def lines(self) -> int:
        """How many rows they are."""
        return self.last - self.first + 1


class Headed(ABC):
    """A table of which somebody can say in which rows its headings stand.

    Attributes:
        headings: the rows.
    """

    headings: HeadingRows

    def headed(self, heading: str) -> Self:
        """The same with the headings in other rows; "" where they are recognized.

        Raises:
            UnreadableTable: these are none.
        """
        other = copy(self)
        other._take_headings(heading)
        return other

    @abstractmethod
    def _take_headings(self, heading: str) -> None:
        """Find the rows, and name the columns by them."""


def rows_stated(said: str) -> HeadingRows | None:
    """The rows that "3" or "3-4" names; None where nothing is said.

    Raises:
        UnreadableTable: it names none.
    """
    if not said:
        return None
    found = _ROWS.fullmatch(said)
    first = int(found[1]) if found else 0
    last = int(found[2] or first) if found else 0
    if not first <= last < first + MOST_LINES or not 0 < last <= LAST_ROW:
        raise UnreadableTable(
            say("{said} names no row of headings.", said=quoted(said)),
            say(
                "Name one row, such as 3, or up to {most_lines} below each other, such as "
                "3-4; the last is row {last_row:,}.",
                most_lines=MOST_LINES,
                last_row=LAST_ROW,
            ),
        )
    return HeadingRows(first, last)


def headings_in(
    records: Iterable[Record], stated: HeadingRows | None, table: str, wide: Wide = ()
) -> tuple[HeadingRows, list[str]]:
    """The rows of the headings, and the headings.

    Args:
        records: the rows of the table from the first on, with their numbers; none is blank.
        stated: the rows that somebody named; None to recognize them.
        table: its name, for sentences.
        wide: row, first and last place of cells that stand over several columns.

    Raises:
        UnreadableTable: a row that was named is blank, or not there.
    """
    if stated is None:
        head = list(islice(records, LOOKED_AT)) or [(1, [""])]
        chosen, names = _recognized(head, wide)
    else:
        upto = max(stated.last, LOOKED_AT)
        head = list(takewhile(lambda record: record[0] <= upto, records))
        chosen = [record for record in head if stated.first <= record[0] <= stated.last]
        numbers = {number for number, _ in chosen}
        if blank := [n for n in (stated.first, stated.last) if n not in numbers]:
            cure = say("Name the row in which the names of the columns stand.")
            raise UnreadableTable(
                say("{table}, row {blank} holds no headings.", table=table, blank=blank[0]), cure
            )
        names = _in_one_line(chosen, wide)
    parts = {" ".join(cell.split()) for _, cells in chosen for cell in cells}
    example = next((name for name in names if " ".join(name.split()) not in parts), "")
    rows = HeadingRows(chosen[0][0], chosen[-1][0], tuple(head[:LOOKED_AT]), example)
    return rows, names


def _recognized(head: Sequence[Record], wide: Wide) -> tuple[Sequence[Record], list[str]]:
    """The row of the headings, with the one above or below it where they say more together.

    They do where more of the headings are known by their names then, as "pre" below "VAS" is. Where
    cells of the row are merged, what stands below belongs to them unless less is known then.
    """
    place = heading_place([cells for _, cells in head])
    alone = head[place : place + 1]
    best, names = alone, list(alone[0][1])
    known = _known(names)
    # A heading without words may belong to the one left of it, and have its own below.
    if len(known) == len(names):
        return best, names
    is_wide = any(row == alone[0][0] for row, _, _ in wide)
    for first, is_enough in ((place, is_wide), (place - 1, False)):
        two = head[max(first, 0) : first + 2]
        if len(two) < 2 or (first == place and _are_units(two[1][1])):
            continue
        together = _by_what_is_known(two, wide)
        more = _known(together)
        apart = max(len(known), *(len(_known(cells)) for _, cells in two))
        if len(more) > apart or (is_enough and len(more) == len(known)):
            best, names, known = two, together, more
    return best, names


def _known(names: Iterable[str]) -> set[str]:
    """What the names stand for."""
    return {target for name in names if (target := _meaning(name))}


def _meaning(name: str) -> str:
    # The names of columns are told by those who read tables.
    from models.importing.columns import known_name
    from models.importing.numbered import meaning

    plain = " ".join(name.split())
    return (known_name(plain) or meaning(plain)) if plain else ""


def _are_units(cells: Iterable[str]) -> bool:
    from models.importing.units import unit_named

    return all(unit_named(cell) for cell in cells if cell.strip())


def _by_what_is_known(two: Sequence[Record], wide: Wide) -> list[str]:
    """The headings of two rows, where one of the lower row that is known alone stays as it is."""
    together = _in_one_line(two, wide)
    below = [*two[1][1], *[""] * (len(together) - len(two[1][1]))]
    return [
        under if _meaning(under) and not _meaning(both) else both
        for both, under in zip(together, below, strict=True)
    ]


def _in_one_line(chosen: Sequence[Record], wide: Wide) -> list[str]:
    width = max(len(cells) for _, cells in chosen)
    lines = [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in chosen]
    _, below = lines[-1]
    for number, cells in reversed(lines[:-1]):
        over = [(first, last) for row, first, last in wide if row == number]
        below = joined(cells, below, over or _carried(cells, below))
    return below


def _carried(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[int, int]]:
    """Where a cell of the upper row goes for the blank ones right of it, and no cells are merged.

    It does so only where it has a heading below itself: else it stands for its own column alone.
    """
    over: list[tuple[int, int]] = []
    first = -1
    for place, cell in enumerate(upper):
        if cell.strip():
            first = place if lower[place].strip() else -1
        elif first >= 0 and lower[place].strip():
            over.append((first, place))
        else:
            first = -1
    return over


def named(
    cells: Sequence[str], table: str, row: int, unnamed: Callable[[int], str]
) -> tuple[str, ...]:
    """The names of the columns. ``unnamed`` names a column without heading by its place.

    Raises:
        UnreadableTable: two are alike, or one is no text.
    """
    names = [" ".join(cell.split()) for cell in cells]
    if not any(names):
        cure = say("Write the names of the columns into the first row.")
        raise UnreadableTable(
            say("{table}, row {row} names no column.", table=table, row=row), cure
        )
    seen: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if _NUL in name:
            cure = say("Choose a file of text, or write the heading anew.")
            told = say("{table}, row {row}, column {place}", table=table, row=row, place=place)
            raise UnreadableTable(
                say("{told}: the heading holds a NUL character.", told=told), cure
            )
        if not name:
            names[place - 1] = name = unnamed(place - 1)
        before = seen.setdefault(name.casefold(), place)
        if before != place:
            raise UnreadableTable(
                say(
                    "{table}, row {row}: the columns {before} and {place} are both called {name}.",
                    table=table,
                    row=row,
                    before=before,
                    place=place,
                    name=quoted(name),
                ),
                say("Give each column a name of its own."),
            )
    return tuple(names)


def joined(
    upper: Sequence[str], lower: Sequence[str], wide: Sequence[tuple[int, int]]
) -> list[str]:
    """The headings of two rows, where a cell of the upper one stands over several of the lower one.

    "VAS" over "pre" and "post" gives "VAS pre" and "VAS post". ``wide`` has the first and the last
    place of each such cell.
    """
    over = list(upper)
    for first, last in wide:
        over[first : last + 1] = [upper[first]] * (last + 1 - first)
    pairs = zip(over, lower, strict=True)
    return [above if above == below else f"{above} {below}".strip() for above, below in pairs]
