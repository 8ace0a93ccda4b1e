# SPDX-License-Identifier: MIT
"""What the assessments of a case say, as one short text that analyses read of very many cases.

Each assessment takes one character for each ``Fact`` and ten for its day. To find half a million
rows among wide ones takes a database most of a second; this is read along with the line of the
case list, and like that it is written with the case and made anew at any time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum, IntFlag, auto
from math import floor
from typing import Any

from models.partial_date import PartialDate
from models.schema import Assessment
from models.vocabulary import Vocabulary, YesNo

ZERO = 33
"""The character of 0; the one before it, a blank, stands for nothing."""

MOST = 50_000
"""The greatest number that a character stands for: none of these is half of a surrogate pair."""

TOO_GREAT = MOST + 1
"""Stands for what no character can, so that whoever reads it says so."""

NO_DAY = "0000-00-00"
"""Stands for a date that is not known to the day."""

_NONE = chr(ZERO - 1)
_TENTHS = 10
_THOUSANDTHS = 1000
_LEAST_INDEX = -1.0


class Fact(IntEnum):
    """What is told of an assessment, in the order of its characters.

    Terms are told by their ranks, scores in tenths of a point, the EQ-5D index in thousandths
    above -1, and ``MARKS`` as the sum of ``Mark``.
    """

    POINT = 0
    SCALE = auto()
    TOP = auto()
    LOW = auto()
    HIGH = auto()
    MARKS = auto()
    OUTCOME = auto()
    REASON = auto()
    ODI = auto()
    RMDQ = auto()
    RMDQ_ITEMS = auto()
    EQ5D = auto()
    EQ_VAS = auto()
    ANALGESICS = auto()
    MOBILITY = auto()


class Mark(IntFlag):
    """What an assessment is as well.

    It stands for its time point, has words in the place of a score, tells of a new fracture, of
    another treatment, or of another pain than the score before.
    """

    CHOSEN = auto()
    HAS_WORDS = auto()
    FRACTURED = auto()
    RETREATED = auto()
    OTHER_PAIN = auto()


Text = str | None


def texts_of(
    assessments: Sequence[Assessment], of_another_pain: Iterable[Assessment] = ()
) -> dict[str, Text]:
    """The columns of the list that hold it, by their names; None where there is nothing to hold.

    ``of_another_pain`` are those that tell of another pain than the score before.
    ``score_words`` are the words of the assessments marked so, ``value_sets`` those of each that
    has an EQ-5D index: both as JSON lists in their order.
    """
    others = {row.id for row in of_another_pain}
    signs = [_signs(row, is_other=row.id in others) for row in assessments]
    worded = [str(row.pain_words) for row in assessments if has_words(row)]
    sets = [row.eq5d_value_set for row in assessments if row.eq5d_index is not None]
    return {
        "scores": "".join(signs) or None,
        "score_days": days_text(row.assessed_on for row in assessments) or None,
        "score_words": json.dumps(worded) if worded else None,
        "value_sets": json.dumps(sets) if sets else None,
    }


def days_text(days: Iterable[PartialDate | None]) -> str:
    """The days of the assessments, one behind the other."""
    return "".join([str(day) if day and day.exact else NO_DAY for day in days])


def has_words(row: Assessment) -> bool:
    """Whether words stand in the place of a score."""
    return row.pain_low is None and bool(row.pain_words)


def _signs(row: Assessment, *, is_other: bool) -> str:
    """The characters of one assessment; ``is_other`` whether it tells of another pain."""
    # Of hundreds of thousands of rows; an attribute of one takes ten times as long.
    held = row.__data__
    signs = [
        _NONE if (value := held.get(name)) is None else _sign(number_of(value))
        for name, number_of in _FACTS
    ]
    signs[Fact.MARKS] = _sign(_marks(row) | (Mark.OTHER_PAIN if is_other else 0))
    return "".join(signs)


def _sign(number: int) -> str:
    return chr(ZERO + (number if 0 <= number <= MOST else TOO_GREAT))


def _rank(term: Vocabulary) -> int:
    return term.rank


def _tenths(value: float) -> int:
    return floor(0.5 + value * _TENTHS)


def _thousandths(value: float) -> int:
    return floor(0.5 + (value - _LEAST_INDEX) * _THOUSANDTHS)


def _marks(row: Assessment) -> int:
    marks = Mark.CHOSEN if row.chosen else Mark(0)
    if has_words(row):
        marks |= Mark.HAS_WORDS
    if row.new_fracture is YesNo.YES:
        marks |= Mark.FRACTURED
    if row.retreatment is YesNo.YES:
        marks |= Mark.RETREATED
    return int(marks)


_OF_FACT: dict[Fact, tuple[str, Callable[[Any], int]]] = {
    Fact.POINT: ("time_point", _rank),
    Fact.SCALE: ("pain_scale", _rank),
    Fact.TOP: ("pain_scale_max", _tenths),
    Fact.LOW: ("pain_low", _tenths),
    Fact.HIGH: ("pain_high", _tenths),
    # These follow from several fields, see ``_marks``.
    Fact.MARKS: ("chosen", int),
    Fact.OUTCOME: ("global_outcome", _rank),
    Fact.REASON: ("missing_reason", _rank),
    Fact.ODI: ("odi_pct", _tenths),
    Fact.RMDQ: ("rmdq", _tenths),
    Fact.RMDQ_ITEMS: ("rmdq_items", int),
    Fact.EQ5D: ("eq5d_index", _thousandths),
    Fact.EQ_VAS: ("eq5d_vas", _tenths),
    Fact.ANALGESICS: ("analgesic_level", _rank),
    Fact.MOBILITY: ("mobility", _rank),
}
_FACTS = tuple(_OF_FACT[fact] for fact in Fact)
"""The field of each fact, and the number that its value stands for."""
