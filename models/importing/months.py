# SPDX-License-Identifier: MIT
"""Dates whose month is a word, in English, German, French, Spanish or Italian."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.importing.words import bare

_NAMES = (
    "january januar janner jaenner janvier enero gennaio",
    "february februar feber fevrier febrero febbraio",
    "march marz maerz mrz mars marzo",
    "april avril abril aprile",
    "may mai mayo maggio",
    "june juni juin junio giugno",
    "july juli juillet julio luglio",
    "august aout agosto",
    "september septembre septiembre setiembre settembre",
    "october oktober octobre octubre ottobre",
    "november novembre noviembre",
    "december dezember decembre diciembre dicembre",
)
_FEWEST_LETTERS = 3
_WORD = r"(?:de |del )?([^\W\d_]{3,})\.?"
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:er|\.|\u00ba)?[ /-]*{_WORD}[ ,/-]*(?:de |del )?(\d{{4}}|\d{{2}})",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"{_WORD}[ ,/-]*(?:de |del )?(\d{{4}})", re.IGNORECASE)


class Named(NamedTuple):
    """The parts of such a date; the day is "" where there is none, the year may have two digits."""

    day: str
    month: int
    year: str


def named_month(typed: str) -> Named | None:
    """The parts of a date such as "3. Mrz 2024" or "15-ago-24"; None for any other text."""
    if found := _DAY_FIRST.fullmatch(typed):
        day, word, year = found.groups()
    elif found := _MONTH_ALONE.fullmatch(typed):
        day, (word, year) = "", found.groups()
    else:
        return None
    month = _month(bare(word))
    return Named(day, month, year) if month else None


@cache
def _month(word: str) -> int:
    """The month that a word, or its first letters, names in any of the languages; 0 for none."""
    found = {
        number
        for number, names in enumerate(_NAMES, start=1)
        for name in names.split()
        if len(word) >= _FEWEST_LETTERS and name.startswith(word)
    }
    # Three letters such as "jui" begin two months.
    return found.pop() if len(found) == 1 else 0
