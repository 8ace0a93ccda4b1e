# SPDX-License-Identifier: MIT
"""Function, health, analgesics and mobility, read into the same arrays as scores of pain.

Two indexes of EQ-5D stand on one scale only where the same value set is named for both, and two
RMDQ only where both have the same number of items.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import Select, fn

from models.analysis.instruments import LADDERS, Instrument, Scale
from models.analysis.members import NOTHING, Bools, Cases, Ints, decoded, read_cases
from models.analysis.question import Question
from models.analysis.scores import Scores, day_number, rank_of
from models.schema import Assessment, CaseRow, Procedure
from models.settings import visit_plan_in
from models.vocabulary import AnalgesicLevel, AssessmentMissing, Mobility, TimePoint, YesNo

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.timepoints import VisitPlan

_FULL_RMDQ = 24
_TOPS = {Instrument.ODI: 100.0, Instrument.EQ5D: 1.0, Instrument.EQ_VAS: 100.0}
_VALUES: dict[Instrument, peewee.Field] = {
    Instrument.ODI: Assessment.odi_pct,
    Instrument.RMDQ: Assessment.rmdq,
    Instrument.EQ5D: Assessment.eq5d_index,
    Instrument.EQ_VAS: Assessment.eq5d_vas,
    Instrument.ANALGESICS: Assessment.analgesic_level,
    Instrument.MOBILITY: Assessment.mobility,
}
_VARIANTS: dict[Instrument, peewee.Field] = {
    Instrument.RMDQ: Assessment.rmdq_items,
    Instrument.EQ5D: Assessment.eq5d_value_set,
}
_BEFORE: dict[Instrument, peewee.Field] = {
    Instrument.ANALGESICS: Procedure.analgesic_before,
    Instrument.MOBILITY: Procedure.mobility_before,
}
_LADDERS = {Instrument.ANALGESICS: AnalgesicLevel, Instrument.MOBILITY: Mobility}


def read_values(logbook: Logbook, instrument: Instrument, question: Question) -> Scores:
    """All values of one instrument, of the cases that the question is about.

    At a time point the value nearest to its day stands for it, of two equally near the later.
    Call it inside ``logbook.session()``.

    Raises:
        KeyError: pain is read by ``scores.read_scores``.
    """
    cases = read_cases(logbook, question.by, question.filter)
    rows = _Rows(instrument, cases)
    query = cases.among(_query(instrument), Assessment.procedure)
    rows.add(logbook.database.execute(query).fetchall())
    if instrument in LADDERS:
        before = _BEFORE[instrument]
        stated = Procedure.select(Procedure.id, before).where(before.is_null(False))
        rows.add_before(logbook.database.execute(cases.among(stated, Procedure.id)).fetchall())
    return rows.as_scores(_procedure_days(logbook, cases), visit_plan_in(logbook.database))


def _query(instrument: Instrument) -> Select:
    row, value = Assessment, _VALUES[instrument]
    variant = _VARIANTS.get(instrument)
    again = (row.new_fracture == YesNo.YES) | (row.retreatment == YesNo.YES)
    told = fn.json_array(
        row.time_point,
        value,
        variant if variant is not None else peewee.Value(None),
        fn.coalesce(again, 0),
        row.missing_reason,
    )
    query: Select = row.select(row.procedure, fn.coalesce(row.assessed_on, ""), told).where(
        value.is_null(False) | row.missing_reason.is_null(False)
    )
    return query


def _procedure_days(logbook: Logbook, cases: Cases) -> Ints:
    """The day of each procedure as a number; ``NOTHING`` where it is not known to the day."""
    row = CaseRow
    known = row.select(row.case_id, row.performed_day).where(row.performed_day.is_null(False))
    days = dict(logbook.database.execute(cases.among(known, row.case_id)).fetchall())
    return np.fromiter((days.get(one, NOTHING) for one in cases.ids), np.int32, len(cases.ids))


class _Rows:
    """Collects what the queries find until it becomes arrays."""

    def __init__(self, instrument: Instrument, cases: Cases) -> None:
        self._instrument = instrument
        self._cases = cases
        self._place = cases.places()
        self._scales: dict[Scale, tuple[int, Scale]] = {}
        self._parts = [np.empty((0, 8), np.int32)]

    def add(self, found: list[tuple[str, str, str]]) -> None:
        """Add assessments: case, date, and the rest as JSON."""
        found = [line for line in found if line[0] in self._place]
        if not found:
            return
        ids, days, told = zip(*found, strict=True)
        part = np.empty((len(found), 8), np.int32)
        part[:, 0] = np.fromiter(map(self._place.__getitem__, ids), np.int32, len(ids))
        part[:, 1] = decoded(days, day_number)
        number_of = {text: number for number, text in enumerate(dict.fromkeys(told))}
        meanings = np.array([self._meaning(text) for text in number_of], np.int32)
        part[:, 2:] = meanings[np.fromiter(map(number_of.__getitem__, told), np.int32, len(told))]
        self._parts.append(part)

    def add_before(self, found: list[tuple[str, str]]) -> None:
        """Add what the procedure itself says of the time before; it goes before an assessment."""
        found = [line for line in found if line[0] in self._place]
        value_of = {code: self._value(code, None) for code in {code for _, code in found}}
        part = np.empty((len(found), 8), np.int32)
        part[:, 0] = [self._place[case_id] for case_id, _ in found]
        part[:, 1], part[:, 2] = 0, TimePoint.BASELINE.rank
        part[:, 3:5] = np.array([value_of[code] for _, code in found], np.int32).reshape(-1, 2)
        part[:, 5:] = (False, NOTHING, True)
        self._parts.append(part)

    def as_scores(self, performed: Ints, plan: VisitPlan) -> Scores:
        rows = np.concatenate(self._parts)
        moments = rows[:, 1].astype(np.int64) * (len(TimePoint) + 1) + rows[:, 2]
        in_time = np.argsort(moments, kind="stable")
        case, day, point, scale, value, flagged, reason, first = rows[in_time].T.copy()
        chosen = _nearest(case, day, point, scale, performed, plan)
        said = np.full(len(case), NOTHING, np.int32)
        return Scores(
            self._cases,
            tuple(scale for _, scale in self._scales.values()),
            (),
            *(case, day, point, scale, value, value),
            _first_before(case, point, chosen & (value != NOTHING), first.astype(bool)),
            flagged.astype(bool),
            said,
            reason,
            self._instrument,
        )

    def _meaning(self, text: str) -> tuple[int, ...]:
        point, value, variant, flagged, reason = json.loads(text)
        rank = rank_of(TimePoint, point)
        if value is None:
            return rank, NOTHING, NOTHING, flagged, rank_of(AssessmentMissing, reason), False
        return rank, *self._value(value, variant), flagged, NOTHING, False

    def _value(self, value: str | float, variant: str | float | None) -> tuple[int, int]:
        """Scale and value."""
        one = self._instrument
        if one in LADDERS:
            ladder = _LADDERS[one]
            return self._scale(Scale(one, len(ladder) - 1)), ladder(str(value)).rank * one.steps
        steps = round((float(value) - one.bottom) * one.steps)
        if one is Instrument.RMDQ:
            return self._scale(Scale(one, float(variant or _FULL_RMDQ), _rmdq(variant))), steps
        if one is Instrument.EQ5D:
            named = " ".join(str(variant or "").split())
            scale = self._scale(Scale(one, _TOPS[one], named)) if named else NOTHING
            return scale, steps
        return self._scale(Scale(one, _TOPS[one])), steps

    def _scale(self, scale: Scale) -> int:
        known = replace(scale, variant=scale.variant.casefold())
        return self._scales.setdefault(known, (len(self._scales), scale))[0]


def _rmdq(items: str | float | None) -> str:
    return "" if items is not None else "number of items not stated"


def _nearest(
    case: Ints, day: Ints, point: Ints, scale: Ints, performed: Ints, plan: VisitPlan
) -> Bools:
    """The one value of each case, time point and scale that stands for it."""
    days = _ordinals(day)
    target = np.zeros(len(TimePoint) + 1, np.int64)
    for window in plan.windows:
        target[window.time_point.rank] = window.target_day
    since = days - performed[case]
    off = np.where(point == TimePoint.BASELINE.rank, -days, abs(since - target[point]))
    off = np.where((days > 0) & (point != NOTHING), off, np.iinfo(np.int64).max)
    # Of each case, point and scale the first in this order: nearest, then latest.
    order = np.lexsort((-days, off, scale, point, case))
    keys = np.stack([case, point, scale])[:, order]
    is_first = np.ones(len(order), bool)
    is_first[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    chosen = np.zeros(len(order), bool)
    chosen[order[is_first]] = True
    return chosen


def _first_before(case: Ints, point: Ints, chosen: Bools, first: Bools) -> Bools:
    """``first`` takes the place of what is chosen before the procedure of the same case."""
    has_first = np.isin(case, case[first])
    rivals = has_first & (point == TimePoint.BASELINE.rank)
    found: Bools = first | (chosen & ~rivals)
    return found


def _ordinals(day: Ints) -> Ints:
    """Days as numbers that can be subtracted; 0 where unknown."""
    known = {number: _ordinal(number) for number in np.unique(day).tolist()}
    return np.fromiter(map(known.__getitem__, day.tolist()), np.int64, len(day))


def _ordinal(number: int) -> int:
    return date(number // 10_000, number // 100 % 100, number % 100).toordinal() if number else 0
