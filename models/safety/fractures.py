# SPDX-License-Identifier: MIT
"""New fractures after the procedure, by their distance from the cement, over time.

Time runs from the patient's first procedure. A fracture is new where the broken vertebra holds no
cement. Who was not followed to a day is counted as long as he was; death ends follow-up like
anything else, so that the curves tell of those who live.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Self

import numpy as np

from models.safety.columns import NOTHING, Bools, Ints
from models.safety.followed import FollowedPatients
from models.safety.rates import share
from models.safety.survival import Curve, kaplan_meier
from models.vocabulary import EventKind, Level, Vocabulary

if TYPE_CHECKING:
    from models.analysis.statistics import Proportion
    from models.safety.record import EventRow, SafetyRecord

_NEVER = np.iinfo(np.int64).max

DAYS_TOLD = (0, 91, 182, 365, 730)
"""Days after the procedure at which the curves are told in numbers."""

VISITS = ((12, 365, 60), (24, 730, 60))
"""Months at which publications count new fractures, their day, and how near a visit has to be."""

_KINDS = (EventKind.FRACTURE_ADJACENT, EventKind.FRACTURE_REMOTE, EventKind.REFRACTURE)


class Distance(Vocabulary, ordered=True):
    """Where a fracture is, seen from the nearest vertebra with cement."""

    TREATED = "treated", "Treated vertebra"
    ADJACENT = "adjacent", "Adjacent, 1 level away"
    REMOTE = "remote", "Remote, 2 levels away or more"
    NOT_STATED = "not_stated", "Distance not stated"


_NEW = tuple(one for one in Distance if one is not Distance.TREATED)
"""The vertebra that broke holds no cement."""


class FractureCurve(Vocabulary, ordered=True):
    """What is followed until it happens."""

    ANY = "any", "Any new fracture"
    ADJACENT = "adjacent", "Adjacent fracture"
    REMOTE = "remote", "Remote fracture"

    @property
    def distances(self) -> tuple[Distance, ...]:
        """The fractures that count."""
        if self is FractureCurve.ANY:
            return Distance.ADJACENT, Distance.REMOTE, Distance.NOT_STATED
        return (Distance(self.value),)


@dataclass(frozen=True, slots=True)
class FractureNumbers:
    """New fractures of the patients who are asked about.

    Attributes:
        n_patients: all of them; each is in the curves or in one of the next three.
        n_no_start: no procedure is dated to the day.
        n_no_followup: nothing is known of them after their first procedure.
        n_undated: they had a fracture, and nobody wrote down the day.
        n_followed: patients in the curves.
        n_died: of these, those whose follow-up ended with their death.
        curves: by what is followed.
        distances: all fractures by distance, with their number.
        levels_away: fractures whose vertebra is stated, by how many levels it is away.
        n_contradicting: fractures that are called adjacent or remote, and are the other by level.
        by_visit: by the months of ``VISITS``, who had any new fracture until then, of all in the
            curves who were seen that long after their first procedure. Who was not is left out
            with a fracture and without: this is how publications count, and no estimate of a risk.
        seen_at_visit: which patients those of ``by_visit`` are.
    """

    n_patients: int
    n_no_start: int
    n_no_followup: int
    n_undated: int
    n_followed: int
    n_died: int
    curves: tuple[tuple[FractureCurve, Curve], ...]
    distances: tuple[tuple[Distance, int], ...]
    levels_away: tuple[tuple[int, int], ...]
    n_contradicting: int
    by_visit: tuple[tuple[int, Proportion], ...]
    seen_at_visit: tuple[Bools, ...]


@dataclass(frozen=True, slots=True)
class _Fracture:
    patient: int
    day: int
    distance: Distance
    levels_away: int | None
    contradicts: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """The same of all fractures, as columns; ``distance`` as its rank."""

    patient: Ints
    day: Ints
    distance: Ints

    @classmethod
    def of(cls, fractures: Sequence[_Fracture]) -> Self:
        """The columns of these."""
        told = [(one.patient, one.day, one.distance.rank) for one in fractures]
        return cls(*np.array(told, np.int64).reshape(-1, 3).T)

    def are(self, *distances: Distance) -> Bools:
        """Which fractures are so far away."""
        found: Bools = np.isin(self.distance, [one.rank for one in distances])
        return found


def fracture_numbers(record: SafetyRecord, followed: FollowedPatients) -> FractureNumbers:
    """Follow every patient from the first procedure to the first new fracture."""
    fractures = _fractures(record, followed)
    found = _Found.of(fractures)
    # A visit without a day tells of the fracture that is listed with one, where there is one.
    undated = followed.told_undated & (followed.told == NOTHING)
    is_new, is_dated = found.are(*_NEW), found.day != NOTHING
    undated[found.patient[is_new & is_dated]] = False
    undated[found.patient[is_new & ~is_dated]] = True
    last = followed.last_seen.copy()
    np.maximum.at(last, found.patient, found.day)
    started = followed.start != NOTHING
    seen = started & (last > followed.start)
    counted = seen & ~undated
    curves = tuple(
        (curve, _curve(curve, found, followed.start, last, counted)) for curve in FractureCurve
    )
    at_visit = tuple(counted & (last - followed.start >= day - near) for _, day, near in VISITS)
    distances = Counter(one.distance for one in fractures)
    away = Counter(one.levels_away for one in fractures if one.levels_away is not None)
    return FractureNumbers(
        n_patients=len(started),
        n_no_start=int((~started).sum()),
        n_no_followup=int((started & ~seen & ~undated).sum()),
        n_undated=int((started & undated).sum()),
        n_followed=int(counted.sum()),
        n_died=int((counted & followed.died).sum()),
        curves=curves,
        distances=tuple((one, distances[one]) for one in Distance if distances[one]),
        levels_away=tuple(sorted(away.items())),
        n_contradicting=sum(one.contradicts for one in fractures),
        by_visit=tuple(
            (months, _by_visit(found, followed.start, last, seen_then, day + near))
            for (months, day, near), seen_then in zip(VISITS, at_visit, strict=True)
        ),
        seen_at_visit=at_visit,
    )


def levels_between(level: Level, other: Level, extra: Iterable[Level] = ()) -> int:
    """How many levels one vertebra is away from another.

    T13 and L6 count only in a spine that has them: where they are one of the two, or in ``extra``.
    """
    present = frozenset(one for one in (level, other, *extra) if one in _VARIANTS)
    place_of = _places(present)
    return abs(place_of[level] - place_of[other])


_VARIANTS = frozenset(level for level in Level if level.is_variant)


@cache
def _places(variants: frozenset[Level]) -> dict[Level, int]:
    """Where each level stands in a spine with these variants."""
    spine = [one for one in Level if one not in _VARIANTS or one in variants]
    return {one: place for place, one in enumerate(spine)}


def _curve(curve: FractureCurve, found: _Found, start: Ints, last: Ints, counted: Bools) -> Curve:
    until, happened = _first(curve, found, last)
    days = (until - start)[counted].astype(np.float64)
    return kaplan_meier(days, happened[counted])


def _by_visit(found: _Found, start: Ints, last: Ints, seen: Bools, until_day: int) -> Proportion:
    until, happened = _first(FractureCurve.ANY, found, last)
    broken = seen & happened & (until - start <= until_day)
    return share(int(broken.sum()), int(seen.sum()))


def _first(curve: FractureCurve, found: _Found, last: Ints) -> tuple[Ints, Bools]:
    """Of each patient the day of the first fracture that counts, else of the last contact."""
    counts = found.are(*curve.distances) & (found.day != NOTHING)
    first = np.full(len(last), _NEVER)
    np.minimum.at(first, found.patient[counts], found.day[counts])
    happened = first < _NEVER
    return np.where(happened, first, last), happened


def _fractures(record: SafetyRecord, followed: FollowedPatients) -> list[_Fracture]:
    """Fractures after the first procedure; those that only an assessment tells have no place."""
    events = [event for event in record.events if event.kind in _KINDS]
    cement = _Cement(record, {int(record.cases.patient[event.case]) for event in events})
    found: list[_Fracture] = []
    for event in events:
        patient = int(record.cases.patient[event.case])
        day = _ordinal(event.onset_on)
        start = int(followed.start[patient])
        if day == NOTHING or start == NOTHING or day >= start:
            found.append(
                cement.judge(event, patient, day, followed.extra.get(patient, frozenset()))
            )
    listed = _first_listed(found)
    for patient in np.flatnonzero(followed.told != NOTHING).tolist():
        day = int(followed.told[patient])
        # A fracture that is listed with a later day is not the one that was told of.
        if followed.start[patient] <= day < listed.get(patient, _NEVER):
            found.append(_Fracture(patient, day, Distance.NOT_STATED, None))
    return found


def _first_listed(fractures: Iterable[_Fracture]) -> dict[int, int]:
    """The day of the first new fracture of each patient; ``NOTHING`` where one has no day."""
    first: dict[int, int] = {}
    for one in fractures:
        if one.distance is not Distance.TREATED:
            first[one.patient] = min(one.day, first.get(one.patient, one.day))
    return first


class _Cement:
    """Which vertebrae of a patient hold cement on a day."""

    def __init__(self, record: SafetyRecord, patients: set[int]) -> None:
        self._cases = record.cases
        self._of: dict[int, list[tuple[int, Level, int]]] = {}
        spine = tuple(Level)
        levels = record.levels
        wanted = np.isin(record.cases.patient[levels.case], list(patients))
        for at in np.flatnonzero(wanted & (levels.level != NOTHING)).tolist():
            case = int(levels.case[at])
            told = (int(record.cases.day[case]), spine[int(levels.level[at])], case)
            self._of.setdefault(int(record.cases.patient[case]), []).append(told)

    def judge(self, event: EventRow, patient: int, day: int, extra: frozenset[Level]) -> _Fracture:
        """The fracture with its distance: by its level where stated, else as it is called."""
        called = _CALLED[EventKind(event.kind)]
        treated = [
            level
            for done, level, case in self._of.get(patient, ())
            if case == event.case or (done != NOTHING and day != NOTHING and done < day)
        ]
        if not event.level or not treated:
            return _Fracture(patient, day, called, None)
        broken = Level(event.level)
        present = extra | set(treated)
        away = min(levels_between(broken, level, present) for level in treated)
        distance = (Distance.TREATED, Distance.ADJACENT, Distance.REMOTE)[min(away, 2)]
        return _Fracture(patient, day, distance, away, distance is not called)


_CALLED = {
    EventKind.FRACTURE_ADJACENT: Distance.ADJACENT,
    EventKind.FRACTURE_REMOTE: Distance.REMOTE,
    EventKind.REFRACTURE: Distance.TREATED,
}


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() if len(day) == len("yyyy-mm-dd") else NOTHING
