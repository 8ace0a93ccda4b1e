# SPDX-License-Identifier: MIT
"""Tables of strangers whose levels stand side by side: "Level 1", "2nd level", "Level A"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from models.importing.by_case import HoldsForEach, Place
from models.importing.levels import level_meant_by, levels_meant_by
from models.importing.reading import Table
from models.importing.sharing import is_of_each
from models.importing.spelled import plain_name
from models.importing.synonyms import term_meant_by
from models.importing.targets import LEAKAGE, LEVEL, targets
from models.importing.units import without_unit
from models.vocabulary import Leakage

_MOST_LEVELS = 20
_LOOKED_AT = 200
_STANDS_FOR = "#"
"""Stands in a heading for the number of the level, so that files with more levels fit the same
mapping."""

_NUMBER_IN_BRACKETS = re.compile(
    r"[(\[]\s*(?:no\.?|nr\.?|n\u00b0|#)?\s*(\d{1,2})\s*[)\]]", re.IGNORECASE
)
_LEVEL_WORD = (
    r"levels?|lvl|vertebrae?|segmente?|wirbel|h\u00f6he|hoehe|etage|\u00e9tage|niveau|nivel|"
    r"v\u00e9rtebra|vert\u00e8bre|vertebre|livello"
)
_ENDING = r"(?:st|nd|rd|th|er|\u00e8re|ere|re|e|\u00e8me|eme|\u00ba|\u00aa|\u00b0|do|da|ro|ra|\.)?"
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first erste erster erstes premier premi\u00e8re premiere primer primero primera primo",
            "second zweite zweiter zweites deuxi\u00e8me deuxieme segundo segunda secondo",
            "third dritte dritter drittes troisi\u00e8me troisieme tercer tercero tercera terzo",
            "fourth vierte vierter viertes quatri\u00e8me quatrieme cuarto cuarta quarto",
            "fifth f\u00fcnfte f\u00fcnfter f\u00fcnftes cinqui\u00e8me cinquieme quinto quinta",
            "sixth sechste sechster sechstes sixi\u00e8me sixieme sexto sexta sesto",
        ),
        start=1,
    )
    for word in words.split()
}
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_WORD = r"(?<![^\W\d_])(?:{})(?![^\W\d_])"
_NUMBERED = re.compile(
    rf"(?:no\.? ?|nr\.? ?|n\u00b0 ?|#)?(?<!\d)(\d{{1,2}})(?!\d){_ENDING}(?![^\W\d_])"
    rf"|({_WORD.format('|'.join(_ORDINALS))})"
    rf"|({_WORD.format('(?-i:I{1,3}|IV|VI?)')})",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]\s*([A-F])\s*[)\]]")
_LETTERED = re.compile(r"(?<![^\W\d_])([A-F])(?![^\W\d_])|(?<=_)([a-f])(?=_|$)")
_UPPER_LOWER = {
    word: number
    for number, words in enumerate(
        (
            "upper superior cranial obere oberer oberes oben sup\u00e9rieur superiore haut",
            "lower inferior caudal untere unterer unteres unten inf\u00e9rieur inferiore bas",
        ),
        start=1,
    )
    for word in words.split()
}
_BY_PLACE = re.compile(f"({_WORD.format('|'.join(_UPPER_LOWER))})", re.IGNORECASE)
_WAYS = (_NUMBERED, _LETTERED, _BY_PLACE)
"""How levels are told apart; a table has one way, which is that of its columns of levels."""

_BESIDE_LEVEL = re.compile(
    rf"{_WORD.format(_LEVEL_WORD)}[\s_.:-]*#|#[\s_.:-]*{_WORD.format(_LEVEL_WORD)}", re.IGNORECASE
)
_REGION = re.compile(r"(?<![^\W\d_])(?:c|th?|d|l|s|[hbls]wk)[ .-]?$", re.IGNORECASE)
"""Before a number it makes a vertebra of it: "Cement L1" is no first cement."""

_LETTER = re.compile(r"[^\W\d_]")
_NEVER = frozenset(
    (
        *(
            "vas",
            "nrs",
            "eva",
            "vrs",
            "pain",
            "odi",
            "rmdq",
            "score",
            "visit",
            "date",
            "day",
            "time",
        ),
        *("follow", "fu", "month", "months", "week", "weeks", "year", "schmerz", "datum", "fecha"),
        *(
            "besuch",
            "monat",
            "monate",
            "woche",
            "wochen",
            "dolor",
            "visita",
            "mes",
            "meses",
            "mois",
        ),
        *("douleur", "phone", "image", "column"),
    )
)
"""Numbered columns with these words count times, and not levels."""


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    nth: int
    name: str
    stem: str
    target: str
    is_beside_level: bool


def numbered_places(table: Table) -> tuple[Place, ...] | None:
    """What the columns are of where levels stand side by side; None where they do not."""
    found = (_places_told(table, way) for way in _WAYS)
    return next((places for places in found if places is not None), None)


def _places_told(table: Table, way: re.Pattern[str]) -> tuple[Place, ...] | None:
    headings = [_read(at, name, way) for at, name in enumerate(table.columns)]
    levels = [one for one in headings if one.target == LEVEL]
    numbers = {one.nth for one in levels if one.nth}
    if not numbers or max(numbers) < 2 or len(levels) < 2:
        return None
    first = _unnumbered(headings, numbers)
    found = {one.at: one for one in headings if one.nth and _is_of_level(one, headings, numbers)}
    stems = {one.stem for one in found.values()}
    found |= {at: one for at, one in first.items() if one.stem in stems}
    if not _hold_levels(table, [one.at for one in found.values() if one.target == LEVEL]):
        return None
    return _places(table.columns, found)


def amounts_among(places: Iterable[Place]) -> dict[str, HoldsForEach]:
    """The columns without a number whose cells may be true of one level only, by their names.

    Each with what tells the cells that hold for every level, as "no leakage" does. A total beside
    columns of each level is none of these.
    """
    targets_of = {place: _meant(plain_name(place.name)) for place in places}
    of_levels = {target for place, target in targets_of.items() if place.nth}
    return {
        place.name: _is_without_leak if target == LEAKAGE else _never
        for place, target in targets_of.items()
        if not place.nth and target and target not in of_levels
        if targets()[target].is_of_level and not is_of_each(targets()[target])
    }


def _is_without_leak(cell: str) -> bool:
    return term_meant_by(Leakage, cell) in (Leakage.NONE, Leakage.NOT_ASSESSED)


def _never(_cell: str) -> bool:
    return False


def meaning(heading: str) -> str:
    """What a numbered heading means, with its number: "Level 2"; "" where it means nothing."""
    found = (_read(0, heading, way) for way in _WAYS)
    return next((f"{one.target} {one.nth}" for one in found if one.nth and one.target), "")


def _read(at: int, heading: str, way: re.Pattern[str]) -> _Heading:
    """The number in a heading, and what it is called without; 0 where there is none, or several."""
    text = (_IN_BRACKETS if way is _LETTERED else _NUMBER_IN_BRACKETS).sub(r" \1 ", heading)
    outside = re.sub(r"[(\[][^)\]]*[)\]]", lambda found: "\0" * len(found[0]), text)
    met = [found for found in way.finditer(outside) if not _REGION.search(text[: found.start()])]
    if len(met) != 1:
        plain = plain_name(heading)
        return _Heading(at, 0, heading, plain, _meant(plain), is_beside_level=False)
    found = met[0]
    nth = _counted(found, way)
    name = " ".join((text[: found.start()] + _STANDS_FOR + text[found.end() :]).split())
    without = _BESIDE_LEVEL.sub(_STANDS_FOR, name)
    is_beside = without != name
    if is_beside and _LETTER.search(re.sub(r"[(\[].*?[)\]]", "", without)):
        plain = plain_name(without)
        if _meant(plain) or not _meant(plain_name(name)):
            return _Heading(at, _number(nth), without, plain, _meant(plain), is_beside_level=True)
    plain = plain_name(name)
    return _Heading(at, _number(nth), name, plain, _meant(plain), is_beside_level=False)


def _counted(found: re.Match[str], way: re.Pattern[str]) -> int:
    if way is _LETTERED:
        return 1 + "ABCDEF".index((found[1] or found[2]).upper())
    if way is _BY_PLACE:
        return _UPPER_LOWER[found[1].casefold()]
    if found[1]:
        return int(found[1])
    return _ORDINALS[found[2].casefold()] if found[2] else 1 + _ROMAN.index(found[3])


def _number(nth: int) -> int:
    return nth if 1 <= nth <= _MOST_LEVELS else 0


def _meant(plain: str) -> str:
    from models.importing.columns import known_name
    from models.importing.scores import score_named

    if score_named(plain) is not None:
        return ""
    return known_name(plain) or known_name(without_unit(plain) or plain)


def _unnumbered(headings: Sequence[_Heading], numbers: set[int]) -> dict[int, _Heading]:
    """Columns without a number that are of the first level: "Cement" beside "Cement 2"."""
    if 1 in numbers or not any(one.target == LEVEL and not one.nth for one in headings):
        return {}
    later = [one for one in headings if one.nth > 1]
    by_stem, by_target = ({one.stem: one for one in later}, {one.target: one for one in later})
    alone = [one for one in headings if not one.nth]
    alike = {one.target for one in alone if one.stem in by_stem}
    found: dict[int, _Heading] = {}
    for one in alone:
        other = by_stem.get(one.stem)
        if other is None and one.target and one.target not in alike:
            other = by_target.get(one.target)
        if other is not None:
            found[one.at] = _Heading(one.at, 1, other.name, other.stem, other.target, False)
    return found


def _is_of_level(one: _Heading, headings: Sequence[_Heading], numbers: set[int]) -> bool:
    """Whether a numbered column is of the level of that number.

    One that nobody knows is where it is numbered as the levels are, or names the level.
    """
    if one.target:
        return targets()[one.target].is_of_level
    if one.is_beside_level:
        return True
    alike = {other.nth for other in headings if other.nth and other.stem == one.stem}
    return {*one.stem.split()}.isdisjoint(_NEVER) and len(alike) > 1 and alike == numbers


def _named_by(found: Iterable[_Heading]) -> dict[int, str]:
    """What tells the columns that go together: what they stand for, else what they are called."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for one in found:
        numbers[one.target].append(one.nth)
    alone = {target for target, own in numbers.items() if target and len({*own}) == len(own)}
    return {one.at: one.target if one.target in alone else one.stem for one in found}


def _hold_levels(table: Table, places: Sequence[int]) -> bool:
    """Whether the columns of levels hold some, where the first rows hold anything in them."""
    is_blank = True
    for row in islice(table.rows(), _LOOKED_AT):
        for place in () if row.problem else places:
            cell = row.cells[place].strip()
            if cell and (level_meant_by(cell) or levels_meant_by(cell)):
                return True
            is_blank = is_blank and not cell
    return is_blank


def _places(columns: Sequence[str], found: dict[int, _Heading]) -> tuple[Place, ...] | None:
    """The places, where the columns of a level all have names of their own."""
    keys, names = _named_by([*found.values()]), dict[str, str]()
    for one in sorted(found.values(), key=lambda one: one.nth):
        names.setdefault(keys[one.at], one.name)
    places = [
        Place(found[at].nth, names[keys[at]]) if at in found else Place(0, name)
        for at, name in enumerate(columns)
    ]
    met: set[Place] = set()
    folded = {place.name.casefold() for place in places if not place.nth}
    for place in places:
        if place in met or (place.nth and place.name.casefold() in folded):
            return None
        met.add(place)
    return tuple(places)
