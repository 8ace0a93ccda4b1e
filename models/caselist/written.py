# SPDX-License-Identifier: MIT
"""The numbers of many cases written one behind the other, as the database hands them out at once.

A row for each would take longer to fetch than the whole list to read. None of them becomes an
object before somebody asks for it, and nothing keeps the text once it was looked through.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection

_WIDTH = 10
_FIRST = 1_000_000_000

EXPRESSION = f"group_concat({_FIRST} + number, '')"
"""What writes the column ``number``: each in as many digits as the others."""


class Written:
    """Numbers in the order in which they were written."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __len__(self) -> int:
        return len(self._text) // _WIDTH

    def __hash__(self) -> int:
        return hash(self._text)

    def every(self, step: int) -> array[int]:
        """The first number and every ``step``-th after it."""
        return array("q", map(self._number, range(0, len(self), step)))

    def rows_of(self, numbers: Collection[int]) -> dict[int, int]:
        """In which row, from 0, each of these numbers stands, of those that stand in one."""
        wanted = {str(_FIRST + number): number for number in numbers}
        if not wanted:
            return {}
        places = range(0, len(self._text), _WIDTH)
        return {
            wanted[told]: at // _WIDTH
            for at in places
            if (told := self._text[at : at + _WIDTH]) in wanted
        }

    def _number(self, row: int) -> int:
        return int(self._text[row * _WIDTH : (row + 1) * _WIDTH]) - _FIRST
