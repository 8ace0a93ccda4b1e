# SPDX-License-Identifier: MIT
"""The levels that a cell of somebody else's table names: one, several, or a run of them.

"L1-L2" names two levels next to each other, whichever way one reads it. "T11-L1" does not tell
whether the level between was treated: a person has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from models.vocabulary import Level

_REGION = r"(?:c|th?|d|l|s|[hbls]wk)"
_LEVEL = re.compile(rf"({_REGION})[ \-./]*0?(\d{{1,2}})(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,2})(?!\d)")
_DASH = re.compile(r"\s*(?:[-\u2010-\u2015]|\b(?:to|bis|through|thru)\b)\s*", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:[,;|+&/\n]|\b(?:and|und|y|et|e|en|i|ve)\b)\s*|\s+", re.IGNORECASE)
_ROMAN = re.compile(
    r"(th|[bl]wk|[dtlc](?=[ ./-]))[ ./-]*(XII|XI|IX|IV|V?I{1,3}|X|V)", re.IGNORECASE
)
"""Roman numbers stand apart from a region of one letter: "SI" and "DI" are words."""

_OF_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_GERMAN_REGIONS = {"hwk": "C", "bwk": "T", "lwk": "L", "swk": "S"}
_PARTS = "|"


@dataclass(frozen=True, slots=True)
class SeveralLevels:
    """Levels that one cell names.

    Attributes:
        named: those that stand there, in its order.
        run: those with all that lie between where a dash leaves that open; else ().
    """

    named: tuple[Level, ...]
    run: tuple[Level, ...] = ()

    def __str__(self) -> str:
        return told(self.named)


def told(levels: Sequence[Level]) -> str:
    """Levels for people: "T12, L1"."""
    return ", ".join(levels)


def as_code(levels: Sequence[Level]) -> str:
    """Levels as a mapping names them where a cell means several: "T12|L1"."""
    return _PARTS.join(levels)


def level_meant_by(cell: str) -> Level | None:
    """The one level that a cell names: "T12", "Th 12", "D-12", "l1", "BWK 12", "Th XII"."""
    text = cell.strip()
    if (level := Level.meant_by(text)) is not None:
        return level
    if (found := _LEVEL.fullmatch(text)) is not None:
        return _level(found[1], found[2])
    if (found := _ROMAN.fullmatch(text)) is not None:
        return _level(found[1], f"{1 + _OF_ROMAN.index(found[2].upper())}")
    return None


@lru_cache(1024)
def levels_meant_by(cell: str) -> SeveralLevels | None:
    """The levels of a cell that names two or more; None where any part of it is no level.

    A number alone is of the region before it, and below the level before it: "BWK 11/12", "L1-3".
    """
    text, found, region = cell.strip(), list[Level](), ""
    dashes: list[bool] = []
    place = 0
    while place < len(text):
        is_apart = True
        if found:
            between = _DASH.match(text, place) or _SIGN.match(text, place)
            if between is None:
                return None
            dashes.append(bool(_DASH.match(text, place)))
            is_apart = bool(between[0].strip())
            place = between.end()
        if one := _LEVEL.match(text, place):
            region, level = one[1], _level(one[1], one[2])
        elif found and is_apart and (one := _NUMBER.match(text, place)):
            level = _level(region, one[1])
            if level is not None and level.rank <= found[-1].rank:
                return None
        else:
            return None
        if level is None:
            return None
        found.append(level)
        place = one.end()
    if len(found) < 2:
        return None
    run = _run(found, dashes)
    return SeveralLevels(tuple(found), () if run == found else tuple(run))


def _level(region: str, number: str) -> Level | None:
    return Level.meant_by(f"{_GERMAN_REGIONS.get(region.casefold(), region)}{number}")


def _run(named: Sequence[Level], dashes: Sequence[bool]) -> list[Level]:
    """The levels with all that lie between two with a dash; a 13th rib or sixth lumbar if named."""
    spine = [level for level in Level if not level.is_variant or level in named]
    found = [named[0]]
    for (upper, lower), is_dash in zip(pairwise(named), dashes, strict=True):
        first, last = spine.index(upper), spine.index(lower)
        if is_dash:
            step = 1 if first < last else -1
            found += spine[first + step : last : step] if first != last else []
        found.append(lower)
    return found
