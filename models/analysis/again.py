# SPDX-License-Identifier: MIT
"""From which day on scores come after a new fracture or another treatment of the patient.

Such a score counts, and is told: it speaks of more than the procedure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from peewee import fn

from models.analysis.assessed import Assessed
from models.analysis.columns import NOTHING
from models.analysis.members import Bools, Cases, not_in_bin
from models.analysis.packed import ordinals_of
from models.engines.engine import Engine
from models.partial_date import PartialDate
from models.patient_course import NEW_FRACTURES
from models.schema import AdverseEvent, CaseRow
from models.scoretext import Fact, Mark
from models.vocabulary import TimePoint

_FAR = np.iinfo(np.int32).max
_AGAIN = Mark.FRACTURED | Mark.RETREATED


class _Own(NamedTuple):
    """A case of a patient: its number, and the first and the last day its procedure can mean."""

    number: int
    first: int
    last: int


def come_after(database: Engine, cases: Cases, read: Assessed) -> Bools:
    """Which assessments tell of a new fracture or another treatment, or come after one.

    After is: an answer of an earlier day in the same case that tells so, a fracture that is listed
    with any procedure of the patient, or a later procedure of the patient. A day that is known in
    part counts from its beginning. Cases in the bin say nothing. ``Fact.MARKS`` and ``Fact.POINT``
    have to be among the facts. Two statements.
    """
    case, marked = cases.places_of(read.number), read.marked(_AGAIN)
    is_after = (case != NOTHING) & (read.facts[Fact.POINT] != TimePoint.BASELINE.rank)
    day = np.where(read.day > 0, ordinals_of(read.day), NOTHING)
    first = np.full(len(cases.ids), _FAR, np.int64)
    told = marked & is_after & (day != NOTHING)
    np.minimum.at(first, case[told], day[told])
    listed = _listed(database)
    place = cases.places_of(np.fromiter(listed, np.int32, len(listed)))
    days = np.fromiter(listed.values(), np.int64, len(listed))
    np.minimum.at(first, place[place != NOTHING], days[place != NOTHING])
    found: Bools = marked
    found[is_after] |= day[is_after] >= first[case[is_after]]
    return found


def _listed(database: Engine) -> dict[int, int]:
    """By the number of a case the first day, as its ordinal, of which a score comes after."""
    own = _of_several(database)
    first: dict[int, int] = {}
    for number, day in (*_treated_again(own.values()), *_fractures(database, own)):
        first[number] = min(day, first.get(number, day))
    return first


def _of_several(database: Engine) -> dict[str, list[_Own]]:
    """The cases of each patient who has several."""
    row, other = CaseRow, CaseRow.alias()
    is_there = other.deleted == False  # noqa: E712 - an expression, not a comparison
    several = other.select(other.patient_id).where(is_there).group_by(other.patient_id)
    columns = (row.patient_id, row.number, row.performed_day, row.performed_on)
    query = row.select(*columns).where(
        row.deleted == False,  # noqa: E712
        row.patient_id.in_(several.having(fn.COUNT(other.number) > 1)),
    )
    found: defaultdict[str, list[_Own]] = defaultdict(list)
    for patient, number, day, on in database.execute(query).fetchall():
        found[patient].append(_own(number, day, on))
    return found


def _own(number: int, day: int | None, on: str | None) -> _Own:
    if day is not None:
        return _Own(number, day, day)
    return _Own(number, *(_ends(on) if on else (0, _FAR)))


def _ends(on: str) -> tuple[int, int]:
    day = PartialDate(on)
    return day.earliest.toordinal(), day.latest.toordinal()


def _treated_again(patients: Iterable[list[_Own]]) -> Iterator[tuple[int, int]]:
    """Each case with the day after every later procedure: of the same day nobody knows."""
    for own in patients:
        for one in own:
            for other in own:
                if other.first > one.last:
                    yield one.number, other.first + 1


def _fractures(database: Engine, own: dict[str, list[_Own]]) -> Iterator[tuple[int, int]]:
    """Each case with the days of fractures after it; one without a day is of its procedure."""
    row, event = CaseRow, AdverseEvent
    columns = (row.patient_id, row.number, row.performed_day, row.performed_on, event.onset_on)
    query = (
        event.select(*columns)
        .join(row, on=(row.case_id == event.procedure))
        .where(event.kind.in_(sorted(NEW_FRACTURES)), not_in_bin())
    )
    for patient, number, day, performed, onset in database.execute(query).fetchall():
        if onset or performed:
            first, last = _ends(onset or performed)
            for one in own.get(patient) or [_own(number, day, performed)]:
                if last >= one.first:
                    yield one.number, first
