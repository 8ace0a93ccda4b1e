# SPDX-License-Identifier: MIT
"""Headings that name what is found again and again, and when: "ODI 3 mo", "Preop Cobb angle".

Scores and states are of the assessment of that time. Heights and angles are those before or after
the procedure; later ones have no place without the day of their images.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from models.fields import ClinicalField
from models.importing.scores import point_beside
from models.importing.spelled import plain_name
from models.importing.targets import assessed_at, state_before, targets
from models.importing.units import without_unit
from models.importing.visits.names import (
    ANY_DAY,
    OF_VISIT_DAY,
    RIGHT_AFTER,
    field_named,
    is_sum,
    named_at,
)
from models.importing.visits.times import is_span, opened, when_told
from models.schema import Assessment, LaterMeasure, TreatedLevel
from models.vocabulary import TimePoint

_MOST_WORDS = 12
"""A longer heading is a sentence."""

_JOINING = frozenset(
    (
        *("at", "in", "on", "of", "the", "bei", "im", "am", "a", "al", "en", "los", "las", "de"),
        *("del", "la", "score", "value", "wert"),
    )
)
"""Words between what was found and when that say nothing of either."""

_OUTCOME = "global_outcome"

_NO_DATES = frozenset({"day", "dia", "tag", "jour"})
"""Beside a number these count days."""

_NO_DAY = frozenset({TimePoint.BASELINE, TimePoint.UNDATED})
"""The day of "before" and "after" can be another than that of an assessment."""


@lru_cache(1 << 12)
def timed_column(heading: str) -> str:
    """The target of what a heading names beside a time; "" for none, and where it could be two."""
    found = {target for _, target in _readings(heading) if target}
    return found.pop() if len(found) == 1 else ""


@lru_cache(1 << 12)
def without_place(heading: str) -> str:
    """The field that a heading names at a time for which a case has no column of it; "" else."""
    if timed_column(heading):
        return ""
    return next((field for field, _ in _readings(heading)), "")


def _readings(heading: str) -> Iterator[tuple[str, str]]:
    """The field, and the target or "", for each way to read the words."""
    text = opened(heading)
    plain = plain_name(text)
    for said in filter(None, (plain, without_unit(plain))):
        words = said.split()
        if len(words) > _MOST_WORDS:
            continue
        for first in range(len(words)):
            for behind in range(first + 1, len(words) + 1):
                rest = _stripped(words[:first] + words[behind:])
                time = " ".join(words[first:behind])
                if rest and (field := found_again(rest)) and _is_time(text, time):
                    yield field, _target(text, field, time)


def _stripped(words: list[str]) -> str:
    while words and words[0] in _JOINING:
        words = words[1:]
    while len(words) > 1 and words[-1] in _JOINING:
        words = words[:-1]
    return " ".join(words)


def found_again(plain: str) -> str:
    """The field named in plain spelling, where others have a column of it for each time; ""."""
    if plain in ANY_DAY - _NO_DATES or plain in OF_VISIT_DAY:
        return "assessed_on"
    name = field_named(plain)
    own = Assessment._meta.fields.get(name)
    is_result = isinstance(own, ClinicalField) and own.followed
    return name if is_result or name in LaterMeasure._meta.fields or name == _OUTCOME else ""


def _is_time(heading: str, time: str) -> bool:
    return point_beside(heading, time) is not None or is_span(time) or when_told(time) is not None


def _target(heading: str, field: str, time: str) -> str:
    if field in LaterMeasure._meta.fields:
        return _of_level(field, time)
    point = point_beside(heading, time)
    if point is None:
        return ""
    own = Assessment._meta.fields[field]
    if own.name == "assessed_on":
        return "" if point in _NO_DAY else f"pain.{point}.on"
    if own.name == _OUTCOME:
        return f"outcome.{point}"
    if is_sum(heading, own.name):
        return ""
    if point is not TimePoint.BASELINE:
        return assessed_at(point, own.name)
    # A deficit before the procedure is of the level, and of the assessment of then.
    is_of_level = own.name in TreatedLevel._meta.fields
    return "" if is_of_level else state_before(own) or assessed_at(point, own.name)


def _of_level(field: str, time: str) -> str:
    """The height or angle of a treated level, before or right after the procedure; "" later."""
    when = when_told(time)
    if when is None or when.is_late or when.point not in (TimePoint.BASELINE, *RIGHT_AFTER):
        return ""
    side = "before" if when.point is TimePoint.BASELINE else "after"
    name = f"treated_level.{named_at(field, side)}"
    return name if name in targets() else ""
