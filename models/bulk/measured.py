# SPDX-License-Identifier: MIT
"""What was measured of levels, which differs from case to case: heights, angles, cement, gains.

Hardly two cases have the same ones, so they are no part of what many cases share: a piece has holes
for them. Little follows from them but what each says by itself: their sum, where they are cement,
and the gain in height, where they were taken at a wall before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from models import caserow
from models.bulk.lines import NULL, cell_of
from models.bulk.table import Cell, Refused, tables
from models.fields import ClinicalField, Number, Part
from models.heights import height_gain
from models.numbers import Reported
from models.schema import TreatedLevel
from models.tags.rows import tags_of_value

CEMENT = "cement_ml"
SIDES = ("cement_left_ml", "cement_right_ml")
"""Volumes that have to make the total, so that all three are looked at together."""

_WALLS = (
    ("anterior_before_mm", "anterior_after_mm"),
    ("middle_before_mm", "middle_after_mm"),
)
WALLS = frozenset(chain.from_iterable(_WALLS))
"""Heights from which a gain follows; one that was reported is looked at together with them."""

REPORTED = TreatedLevel.height_gain_low_mm.stem
"""A gain that was reported, which is held by several fields."""

_LOW, _HIGH, _WORDS = map(
    TreatedLevel.reported(REPORTED).__getitem__, (Part.LOW, Part.HIGH, Part.WORDS)
)
GAINS = WALLS.union((_LOW, _HIGH))
"""What tells of a gain."""


Gain = tuple[Cell, Cell]
"""The greatest gain of a case in mm, the least and the most that it can be, as the list has it."""

NO_GAIN: Gain = NULL, NULL


@cache
def measures() -> tuple[str, ...]:
    """What can stand in a hole, in the order of the schema: numbers, and the gain as reported.

    The numbers have a unit, and no rule that refuses a case compares them with anything.
    """
    return tuple(
        REPORTED if field.name == _LOW else field.name
        for field in TreatedLevel.clinical_fields()
        if field.name == _LOW or _is_measure(field)
    )


def _is_measure(field: ClinicalField) -> bool:
    if not isinstance(field, Number) or not field.unit:
        return False
    return field.part is None and field.name not in SIDES


def stand_in(name: str) -> float | str:
    """What the field can hold; it stands for any while a piece is made."""
    field = TreatedLevel._meta.fields[name]
    if not isinstance(field, Number):
        return name
    low, high = field.hard
    assert low is not None
    assert high is not None
    return (low + high) // 2


class Measured(NamedTuple):
    """What one field holds.

    Attributes:
        value: the number; None where it is words.
        stored: as the table holds it.
        text, change: as JSON of a document, and of a change.
        tags: what the case is found by.
    """

    name: str
    value: float | None
    stored: Cell
    text: str
    change: str
    tags: tuple[str, ...]


def measured(name: str, value: float | Reported) -> tuple[Measured, ...]:
    """What a number says, or a gain as reported, by the name of its hole.

    Raises:
        Refused: the fields cannot hold it.
    """
    if not isinstance(value, Reported):
        return (_measured(name, value),)
    low, high = value.low, value.high
    if (low is None) != (high is None) or (low is not None and high is not None and low > high):
        raise Refused
    ends = {_LOW: low, _HIGH: high, _WORDS: value.words or None}
    return tuple([_measured(end, told) for end, told in ends.items() if told is not None])


def _measured(name: str, value: float | str) -> Measured:
    stored, text, change = tables()[TreatedLevel].judged(name, value)
    number = None if isinstance(value, str) else value
    tags = tags_of_value(TreatedLevel, name, value)
    return Measured(name, number, stored, text, change, tags)


class Filling(NamedTuple):
    """All that a case has to put into the holes of its levels, and what follows from it.

    Attributes:
        arguments: as ``spelled.arguments_of`` has them.
        cement: the sum of the volumes, as the list has it.
        gain: None where nothing was measured from which one follows.
    """

    arguments: tuple[Cell, ...]
    cement: Cell = NULL
    gain: Gain | None = None
    tags: tuple[str, ...] = ()


_NOTHING = Filling(())


def filling(of_levels: Sequence[Sequence[Measured]], named: Sequence[int]) -> Filling:
    """What is put into the holes of the levels of a case.

    ``named`` are the places of the levels of which a gain may be told, from head to tail; none
    where none is.
    """
    every = [*chain.from_iterable(of_levels)]
    if not every:
        return _NOTHING
    if len(every) == 1 and every[0].name == CEMENT:
        return _poured_once(every[0])
    _, _, stored, texts, changes, tags = zip(*every, strict=True)
    found = dict.fromkeys(chain.from_iterable(tags))
    total = caserow.total([each.value for each in every if each.name == CEMENT])
    told = _tags_of_total(total)
    gain = None
    if named:
        gain = _gain(of_levels, named)
        told += _tags_of_gain(gain)
    return Filling((*stored, *texts, *changes), cell_of(total), gain, (*found, *told))


@lru_cache(1 << 12)
def _poured_once(poured: Measured) -> Filling:
    total = caserow.total([poured.value])
    arguments = poured.stored, poured.text, poured.change
    return Filling(arguments, cell_of(total), None, (*poured.tags, *_tags_of_total(total)))


@lru_cache(1 << 12)
def _tags_of_total(total: float | None) -> tuple[str, ...]:
    return tuple(caserow.whole_of_cement(total).tags())


def _gain(of_levels: Sequence[Sequence[Measured]], named: Sequence[int]) -> Gain:
    gains = []
    for place in named:
        at = {each.name: each.value for each in of_levels[place] if each.name in GAINS}
        pairs = [(at.get(first), at.get(then)) for first, then in (*_WALLS, (_LOW, _HIGH))]
        gains.append(height_gain(*pairs))
    low, high = caserow.greatest(gains)
    return cell_of(low), cell_of(high)


@lru_cache(1 << 12)
def _tags_of_gain(gain: Gain) -> tuple[str, ...]:
    low, high = gain
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return ()
    return tuple(caserow.whole_of_gain((low, high)).tags())
