# SPDX-License-Identifier: MIT
"""Gives each column of a table a name, from one row of headings or from two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.importing.recognizing import UnreadableTable
from models.typed import quoted

_NUL = "\0"


def named(
    cells: Sequence[str], table: str, row: int, unnamed: Callable[[int], str]
) -> tuple[str, ...]:
    """The names of the columns. ``unnamed`` names a column without heading by its place.

    Raises:
        UnreadableTable: two are alike, or one is no text.
    """
    names = [" ".join(cell.split()) for cell in cells]
    if not any(names):
        cure = "Write the names of the columns into the first row."
        raise UnreadableTable(f"{table}, row {row} names no column.", cure)
    seen: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if _NUL in name:
            cure = "Choose a file of text, or write the heading anew."
            told = f"{table}, row {row}, column {place}"
            raise UnreadableTable(f"{told}: the heading holds a NUL character.", cure)
        if not name:
            names[place - 1] = name = unnamed(place - 1)
        before = seen.setdefault(name.casefold(), place)
        if before != place:
            raise UnreadableTable(
                f"{table}, row {row}: the columns {before} and {place} are "
                f"both called {quoted(name)}.",
                "Give each column a name of its own.",
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
