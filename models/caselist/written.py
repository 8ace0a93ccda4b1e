# SPDX-License-Identifier: MIT
"""The numbers of many cases written one behind the other, as the database hands them out at once.

A row for each would take longer to fetch than the whole list to read. None of them becomes an
object before somebody asks for it: of 100,000 cases the text takes 1 MB.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

_WIDTH = 10
_FIRST = 1_000_000_000
_FEW = 30  # are quicker looked for one by one

EXPRESSION = f"group_concat({_FIRST} + number, '')"
"""What writes the column ``number``: each in as many digits as the others."""


class Written:
    """Numbers in the order in which they were written."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __len__(self) -> int:
        return len(self._text) // _WIDTH

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def numbers(self, rows: range) -> list[int]:
        """The numbers in these rows, from 0; rows behind the last one are left out."""
        return [self._number(row) for row in rows if row < len(self)]

    def rows_of(self, numbers: Collection[int]) -> dict[int, int]:
        """In which row, from 0, each of these numbers stands, of those that stand in one."""
        wanted = {str(_FIRST + number): number for number in numbers}
        if len(wanted) <= _FEW:
            found = ((number, self._row_of(told)) for told, number in wanted.items())
            return {number: row for number, row in found if row is not None}
        return {wanted[told]: row for row, told in enumerate(self._told()) if told in wanted}

    def _row_of(self, told: str) -> int | None:
        at = self._text.find(told)
        # Found across two numbers, it is none of them.
        while at % _WIDTH and at >= 0:
            at = self._text.find(told, at + 1)
        return at // _WIDTH if at >= 0 else None

    def _told(self) -> Iterator[str]:
        return (self._text[at : at + _WIDTH] for at in range(0, len(self._text), _WIDTH))

    def _number(self, row: int) -> int:
        return int(self._text[row * _WIDTH : (row + 1) * _WIDTH]) - _FIRST
