# SPDX-License-Identifier: MIT
"""What a rule of the checks is made of: rows with their places, and what is said of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from models.partial_date import PartialDate
from models.schema import Assessment, LaterMeasure, Record
from models.speech import say

if TYPE_CHECKING:
    from models.case import Case


class Said(NamedTuple):
    """A sentence about one field of one row; ``names_place`` where it says itself where."""

    row: Record
    field: str
    sentence: str
    names_place: bool = False


Rule = Callable[["Case"], Iterable[Said]]
"""Looks at a case as a whole. It changes nothing, and says nothing of values that are missing."""


def rows_of(case: Case) -> Iterator[Record]:
    """Every row of the case and of its person."""
    yield from case.person_rows()
    yield from case.case_rows()


def places_in(case: Case) -> dict[str, str]:
    """Where a row is: the name of its level or time point, by the id of the row."""
    levels = {level.id: level.level.label if level.level else "" for level in case.levels}
    places: dict[str, str] = {}
    for row in rows_of(case):
        if isinstance(row, Assessment):
            places[row.id] = row.time_point.label if row.time_point else ""
        elif isinstance(row, LaterMeasure):
            places[row.id] = say(
                "{get} at follow-up", get=levels.get(row.treated_level_id, "")
            ).strip()
        else:
            places[row.id] = levels.get(row.__data__.get("treated_level") or row.id, "")
    return places


def is_empty(value: object) -> bool:
    """Whether a field holds nothing."""
    return value is None or value == "" or value == ()


def is_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether the first day lies before the other, whatever the days are that they may mean."""
    return bool(one and other and one.latest < other.earliest)


def days_between(start: PartialDate, end: PartialDate) -> tuple[int, int]:
    """The fewest and the most days from start to end."""
    return (end.earliest - start.latest).days, (end.latest - start.earliest).days
