# SPDX-License-Identifier: MIT
"""Finds headings below the first ones: the same again, or those of another table in the sheet.

What stands below the headings of another table would be read under the wrong ones: scores as
milliliters of cement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.importing.targets import CASE, LEVEL, PATIENT_CODE, PERFORMED_ON, RECORD_NUMBER
from models.speech import say

_OF_A_CASE = frozenset({CASE, PATIENT_CODE, RECORD_NUMBER, PERFORMED_ON, LEVEL})
_FEWEST = 2
_A_DIGIT = re.compile(r"\d").search
_SHARE = 0.5


class HeadedAgain:
    """Tells, row by row, where headings come again.

    Attributes:
        repeats: the numbers of the rows that repeat the headings.
        another: the first row that heads another table; 0 for none. All below it is of that table.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self.repeats: set[int] = set()
        self.another = 0
        self._own = [_plain(name) for name in columns]

    def see(self, number: int, cells: Sequence[str]) -> bool:
        """Take a row into account; whether it is none of cells."""
        if self.another:
            return True
        first = cells[0] or next(filter(None, cells), "")
        # Nearly every row begins with a number, a code or a day.
        if not first or _A_DIGIT(first):
            return False
        filled = [(place, _plain(cell)) for place, cell in enumerate(cells) if cell.strip()]
        if len(filled) < _FEWEST:
            return False
        if all(said == self._own[place] for place, said in filled):
            self.repeats.add(number)
            return True
        if self._are_headings([said for _, said in filled]):
            self.another = number
            return True
        return False

    def is_any(self, number: int) -> bool:
        """Whether a row holds headings, or stands below those of another table."""
        return number in self.repeats or self.is_below(number)

    def told(self, number: int) -> str:
        """Why such a row is no case, and what to do; "" for any other."""
        if number in self.repeats:
            return say("The row repeats the headings, and is no case.")
        if number == self.another:
            return say(
                "The row holds the headings of another table. Import it on its own: let row "
                "{number} be its headings, or write it into a file of its own.",
                number=number,
            )
        if self.is_below(number):
            return say(
                "The row stands below the headings of another table, in row {row}.",
                row=self.another,
            )
        return ""

    def is_below(self, number: int) -> bool:
        """Whether a row is of another table."""
        return 0 < self.another <= number

    def _are_headings(self, filled: Sequence[str]) -> bool:
        # The names of columns are told by those who read tables.
        from models.importing.columns import known_name

        known = [target for said in filled if (target := known_name(said))]
        if len(known) < max(_FEWEST, _SHARE * len(filled)):
            return False
        own = sum(said in self._own for said in filled)
        return own > 0 and len(_OF_A_CASE & set(known)) >= _FEWEST


def _plain(cell: str) -> str:
    return " ".join(cell.split()).casefold()
