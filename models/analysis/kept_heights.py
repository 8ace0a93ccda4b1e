# SPDX-License-Identifier: MIT
"""What of a gain in height is kept at a follow-up, and what was lost again since the procedure.

Gain, what is kept of it and loss are told of the same levels, so that they add up. The interval of
every mean allows for levels of one patient being alike. Angles measured in different ways, and
measurements without a day, stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from peewee import Expression, Field, fn

from models.analysis.association import ClusteredMean, clustered_mean
from models.analysis.columns import row_of, texts_of
from models.analysis.level_heights import measured, tenths_of
from models.analysis.members import NOTHING, Bools, Cases, Ints, read_cases
from models.analysis.packed import ordinals_of, read_packed
from models.analysis.question import Question
from models.analysis.statistics import Spread, spread_of
from models.heights import Wall
from models.schema import CaseRow, LaterMeasure, TreatedLevel
from models.settings import visit_plan_in
from models.timepoints import FOLLOW_UPS, VisitPlan
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

_BEYOND = len(FOLLOW_UPS)
"""Place of a measurement after the last window of the visit plan."""


@dataclass(frozen=True, slots=True)
class KeptWall:
    """One height, in mm, of the levels in which it was measured after the procedure and later.

    Attributes:
        lost: after the procedure less later; below 0 where it is higher than it was.
        spread: median and quartiles of the same.
        gained: after the procedure less before, of those that were measured before as well.
        kept: later less before, of the same.
        n_lost: levels that lost anything.
    """

    wall: Wall
    lost: ClusteredMean
    spread: Spread
    gained: ClusteredMean
    kept: ClusteredMean
    n_lost: int


@dataclass(frozen=True, slots=True)
class KeptAngle:
    """By how many degrees an angle grew since the procedure; more kyphosis is positive."""

    label: str
    values: ClusteredMean
    spread: Spread


@dataclass(frozen=True, slots=True)
class KeptAtVisit:
    """The levels that were measured in the window of one visit.

    Attributes:
        point: the visit; LATER is after the last window.
        n: levels; of several measurements in a window the nearest to the planned day counts, of
            two as near the later.
        walls: anterior, middle, posterior.
    """

    point: TimePoint
    n: int
    walls: tuple[KeptWall, ...]


@dataclass(frozen=True, slots=True)
class KeptHeights:
    """The answer for some cases.

    Attributes:
        n_after: levels with a height after the procedure; each is in one of the next three.
        n_measured: of these, levels measured again on a day after the procedure.
        n_undated: levels measured again, but on no day that is known to lie after the procedure.
        n_none: levels that nobody measured again.
        n_patients: patients of the levels that were measured again.
        days: after the procedure, of the latest measurement of each level.
        walls: by the latest measurement of each level.
        n_otherwise: levels whose latest measurement is on other images than the one after the
            procedure, as far as both are told; they count, and posture alone changes the height.
        angles: of the latest measurement: the wedge angle, and the kyphotic angle.
        n_other_method: levels whose kyphotic angle was measured between other endplates; they do
            not count for it.
        visits: by visit; one without a measurement is left out.
    """

    n_after: int
    n_measured: int
    n_undated: int
    n_none: int
    n_patients: int
    days: Spread
    walls: tuple[KeptWall, ...]
    n_otherwise: int
    angles: tuple[KeptAngle, ...]
    n_other_method: int
    visits: tuple[KeptAtVisit, ...]

    def wall(self, wall: Wall) -> KeptWall:
        """One of ``walls``."""
        return next(one for one in self.walls if one.wall is wall)


@dataclass(frozen=True, slots=True)
class _Measured:
    """Measurements at follow-up with what they are compared with; a row each. NaN is not known.

    ``before``, ``after`` and ``later`` have a column for each ``Wall``; angles are after, later.
    """

    level: Ints
    patient: Ints
    days: Ints
    before: Numbers
    after: Numbers
    later: Numbers
    wedge: Numbers
    kyphosis: Numbers
    is_otherwise: Bools
    is_other_method: Bools


def kept_heights(logbook: Logbook, question: Question | None = None) -> KeptHeights:
    """Work it out over the cases of the question. Call it inside ``logbook.session()``."""
    question = question or Question()
    with logbook.database.view():
        return kept_of(logbook, read_cases(logbook, None, question.filter))


def kept_of(logbook: Logbook, cases: Cases, n_after: int | None = None) -> KeptHeights:
    """The same over these cases. Call it inside ``logbook.session()``.

    ``n_after`` of their levels have a height after the procedure; counted where it is not given.
    """
    if n_after is None:
        n_after = _count_after(logbook, cases)
    found = _read(logbook, cases)
    plan = visit_plan_in(logbook.database)
    dated = found.days > 0
    n_dated = len(np.unique(found.level[dated]))
    n_any = len(np.unique(found.level))
    latest = _chosen(found.level, dated, found.days)
    moved = ~found.is_other_method & latest
    return KeptHeights(
        n_after=n_after,
        n_measured=n_dated,
        n_undated=n_any - n_dated,
        n_none=n_after - n_any,
        n_patients=len(np.unique(found.patient[latest])),
        days=spread_of(found.days[latest].astype(np.float64)),
        walls=_walls(found, latest),
        n_otherwise=int((found.is_otherwise & latest).sum()),
        angles=(
            _angle(LaterMeasure.wedge_deg.label, found.wedge, found.patient, latest),
            _angle(LaterMeasure.kyphosis_deg.label, found.kyphosis, found.patient, moved),
        ),
        n_other_method=int((found.is_other_method & latest).sum()),
        visits=tuple(_visits(found, dated, plan)),
    )


def _visits(found: _Measured, dated: Bools, plan: VisitPlan) -> Iterable[KeptAtVisit]:
    ends = [window.last_day for window in plan.windows]
    place = np.searchsorted(ends, found.days)
    for number, point in enumerate((*FOLLOW_UPS, TimePoint.LATER)):
        inside = dated & (place == number)
        if not inside.any():
            continue
        nearness = found.days
        if number < _BEYOND:
            # In halves of a day: of two that are as near the later one is half a day nearer.
            off = found.days - plan.windows[number].target_day
            nearness = (off > 0) - 2 * np.abs(off)
        chosen = _chosen(found.level, inside, nearness)
        yield KeptAtVisit(point, int(chosen.sum()), _walls(found, chosen))


def _chosen(level: Ints, among: Bools, best: Ints) -> Bools:
    """Of each level the measurement with the greatest ``best``; of equal ones the last."""
    chosen = np.zeros(len(level), dtype=bool)
    places = np.flatnonzero(among)
    order = places[np.lexsort((places, best[places], level[places]))]
    is_last = np.append(level[order][1:] != level[order][:-1], True)[: len(order)]
    chosen[order[is_last]] = True
    return chosen


def _walls(found: _Measured, chosen: Bools) -> tuple[KeptWall, ...]:
    return tuple(_wall(found, chosen, wall, place) for place, wall in enumerate(Wall))


def _wall(found: _Measured, chosen: Bools, wall: Wall, place: int) -> KeptWall:
    before, after, later = (
        heights[chosen, place] for heights in (found.before, found.after, found.later)
    )
    patient = found.patient[chosen]
    lost = np.round(after - later, 9)
    known = ~np.isnan(lost)
    whole = known & ~np.isnan(before)
    return KeptWall(
        wall,
        clustered_mean(lost[known], patient[known]),
        spread_of(lost[known]),
        clustered_mean(np.round(after - before, 9)[whole], patient[whole]),
        clustered_mean(np.round(later - before, 9)[whole], patient[whole]),
        int((lost[known] > 0).sum()),
    )


def _angle(label: str, angle: Numbers, patient: Ints, chosen: Bools) -> KeptAngle:
    grown = np.round(angle[:, 1] - angle[:, 0], 9)
    known = chosen & ~np.isnan(grown)
    return KeptAngle(label, clustered_mean(grown[known], patient[known]), spread_of(grown[known]))


def _has_after() -> Expression:
    known = TreatedLevel._meta.fields
    return fn.coalesce(*(known[f"{wall}_after_mm"] for wall in Wall)).is_null(False)


def _count_after(logbook: Logbook, cases: Cases) -> int:
    rows = cases.rows_of(TreatedLevel.procedure).where(_has_after())
    read = read_packed(logbook.database, rows, wide=[CaseRow.number], halved_by=cases.halved_by)
    return int((cases.places_of(read.wide[0]) != NOTHING).sum())


def _read(logbook: Logbook, cases: Cases) -> _Measured:
    """Measurements of a wall of levels that have a height after the procedure: one statement."""
    later, level, case = LaterMeasure, TreatedLevel, CaseRow
    of_level, of_later = level._meta.fields, later._meta.fields
    heights = [
        *(of_level[f"{wall}_{when}_mm"] for when in ("before", "after") for wall in Wall),
        *(of_later[f"{wall}_mm"] for wall in Wall),
        *(level.wedge_after_deg, later.wedge_deg, level.kyphosis_after_deg, later.kyphosis_deg),
    ]
    query = (
        later.select()
        .join(level, on=(level.id == later.treated_level))
        .join(case, on=(case.case_id == level.procedure))
        .where(_has_after(), fn.coalesce(*(of_later[f"{wall}_mm"] for wall in Wall)).is_null(False))
    )
    read = read_packed(
        logbook.database,
        cases.among(query, level.procedure),
        wide=[case.number, row_of(level)],
        numbers=[
            _differ(level.measure_modality, later.measure_modality),
            _differ(level.kyphosis_method, later.kyphosis_method),
            *map(tenths_of, heights),
        ],
        day=later.measured_on,
        texts=[texts_of(case.patient_id)],
    )
    place = cases.places_of(read.wide[0])
    inside = place != NOTHING
    otherwise, other_method, *tenths = (column[inside] for column in read.numbers)
    values = np.stack([measured(one) for one in tenths], axis=1)
    patients = list(compress(read.texts[0], inside.tolist()))
    return _Measured(
        level=_numbered(read.wide[1][inside].tolist()),
        patient=_numbered(patients),
        days=_days_between(cases.day[place[inside]], read.day[inside]),
        before=values[:, :3],
        after=values[:, 3:6],
        later=values[:, 6:9],
        wedge=values[:, 9:11],
        kyphosis=values[:, 11:13],
        is_otherwise=otherwise == 1,
        is_other_method=other_method == 1,
    )


def _differ(one: Field, other: Field) -> Expression:
    """Whether both are told and are not the same."""
    return (one != other) & (fn.length(one) > 0) & (fn.length(other) > 0)


def _numbered(ids: Sequence[object]) -> Ints:
    """Equal ones have equal numbers, as they first occur."""
    number_of = {one: number for number, one in enumerate(dict.fromkeys(ids))}
    return np.fromiter(map(number_of.__getitem__, ids), np.int32, len(ids))


def _days_between(performed: Ints, measured_on: Ints) -> Ints:
    """Days from the procedure; below 1 where one is not known to the day, or it was not after."""
    other = ordinals_of(measured_on)
    return np.where((performed == NOTHING) | (other == 0), NOTHING, other - performed)
