# SPDX-License-Identifier: MIT
"""Function, health, analgesics and mobility, read into the same arrays as scores of pain.

Two indexes of EQ-5D stand on one scale only where the same value set is named for both, and two
RMDQ only where both have the same number of items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import reduce
from itertools import compress
from operator import or_
from typing import TYPE_CHECKING, Any

import numpy as np
import peewee

from models.analysis.again import come_after
from models.analysis.assessed import read_assessed
from models.analysis.columns import rank_in
from models.analysis.instruments import LADDERS, Instrument, Scale
from models.analysis.members import NOTHING, Bools, Cases, Ints, decoded, read_cases
from models.analysis.packed import ordinals_of, read_packed
from models.analysis.question import Question
from models.analysis.scores import Scores, in_time
from models.schema import CaseRow, Procedure
from models.scoretext import Fact
from models.settings import visit_plan_in
from models.speech import say
from models.vocabulary import AnalgesicLevel, Mobility, TimePoint

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.timepoints import VisitPlan

_FULL_RMDQ = 24
_TOPS = {Instrument.ODI: 100.0, Instrument.EQ5D: 1.0, Instrument.EQ_VAS: 100.0}
_VALUES: dict[Instrument, Fact] = {
    Instrument.ODI: Fact.ODI,
    Instrument.RMDQ: Fact.RMDQ,
    Instrument.EQ5D: Fact.EQ5D,
    Instrument.EQ_VAS: Fact.EQ_VAS,
    Instrument.ANALGESICS: Fact.ANALGESICS,
    Instrument.MOBILITY: Fact.MOBILITY,
}
_BEFORE: dict[Instrument, peewee.Field] = {
    Instrument.ANALGESICS: Procedure.analgesic_before,
    Instrument.MOBILITY: Procedure.mobility_before,
}
_LADDERS = {Instrument.ANALGESICS: AnalgesicLevel, Instrument.MOBILITY: Mobility}


def read_values(
    logbook: Logbook, instrument: Instrument, question: Question, cases: Cases | None = None
) -> Scores:
    """All values of one instrument, of the cases that the question is about.

    ``cases`` are read where they are not given.

    At a time point the value nearest to its day stands for it, of two equally near the later.
    Call it inside ``logbook.session()``.

    Raises:
        KeyError: pain is read by ``scores.read_scores``.
    """
    cases = cases or read_cases(logbook, question.by, question.filter)
    read = _Read.of(logbook, cases, (instrument,))[0]
    if instrument in LADDERS:
        read = read.with_stated(_read_stated(logbook, cases, (instrument,))[0])
    return _scores(read, instrument, visit_plan_in(logbook.database))


def read_ladders(logbook: Logbook, question: Question) -> tuple[Scores, ...]:
    """The values of each of ``LADDERS``, as ``read_values`` reads one; in half of the time."""
    cases = read_cases(logbook, question.by, question.filter)
    plan = visit_plan_in(logbook.database)
    read = _Read.of(logbook, cases, LADDERS)
    stated = _read_stated(logbook, cases, LADDERS)
    return tuple(
        _scores(one.with_stated(before), instrument, plan)
        for instrument, one, before in zip(LADDERS, read, stated, strict=True)
    )


def _scores(read: _Read, instrument: Instrument, plan: VisitPlan) -> Scores:
    read = read.in_time()
    known = read.value != NOTHING
    return Scores(
        read.cases,
        read.scales,
        (),
        *(read.case, read.day, read.point, read.scale, read.value, read.value),
        _first_before(read, _nearest(read, known, plan)),
        read.flagged,
        np.full(len(known), NOTHING, np.int32),
        np.where(known, NOTHING, read.reason),
        np.zeros(len(known), bool),
        instrument,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """Assessments, and what procedures state of the time before them; arrays of equal length.

    ``stated`` marks the latter; the others are as in ``Scores``.
    """

    cases: Cases
    scales: tuple[Scale, ...]
    case: Ints
    day: Ints
    point: Ints
    scale: Ints
    value: Ints
    flagged: Bools
    reason: Ints
    stated: Bools

    @classmethod
    def of(
        cls, logbook: Logbook, cases: Cases, instruments: tuple[Instrument, ...]
    ) -> tuple[_Read, ...]:
        """The assessments that tell each instrument, or why there is none: three statements."""
        has_sets = Instrument.EQ5D in instruments
        values = [_VALUES[instrument] for instrument in instruments]
        read = read_assessed(
            logbook.database,
            (Fact.POINT, Fact.RMDQ_ITEMS, Fact.MARKS, Fact.REASON, *values),
            numbers=cases.listed,
            texts=CaseRow.value_sets if has_sets else None,
        )
        case = cases.places_of(read.number)
        again = come_after(logbook.database, cases, read)
        point, items, reason = (
            read.facts[fact] for fact in (Fact.POINT, Fact.RMDQ_ITEMS, Fact.REASON)
        )
        nowhere = np.zeros(len(case), dtype=bool)
        found: list[_Read] = []
        for instrument, value in zip(instruments, values, strict=True):
            step = read.facts[value]
            counts = (case != NOTHING) & (step != NOTHING)
            if instrument is Instrument.EQ5D:
                scales, scale = _by_value_set(read.texts, step != NOTHING, counts)
            elif instrument is Instrument.RMDQ:
                scales, scale = _by_items(items, counts)
            else:
                scales = (_usual(instrument),) if counts.any() else ()
                scale = np.where(counts, 0, NOTHING).astype(np.int32)
            step = _in_steps(instrument, step)
            columns: tuple[Any, ...] = (case, read.day, point, scale, step, again, reason, nowhere)
            tells = np.flatnonzero((step != NOTHING) | (reason != NOTHING))
            found.append(cls(cases, scales, *(column[tells] for column in columns)))
        return tuple(found)

    def with_stated(self, stated: _Stated) -> _Read:
        """With what the procedure itself says of the time before."""
        case, n = stated.case, len(stated.case)
        more = (
            *(case, np.zeros(n, np.int32), np.full(n, TimePoint.BASELINE.rank, np.int32)),
            *(np.zeros(n, np.int32), stated.value, np.zeros(n, dtype=bool)),
            *(np.full(n, NOTHING, np.int32), np.ones(n, dtype=bool)),
        )
        columns = [np.concatenate(pair) for pair in zip(self._columns(), more, strict=True)]
        scales = (_usual(stated.instrument),) if (case != NOTHING).any() else self.scales
        return _Read(self.cases, scales, *columns)

    def in_time(self) -> _Read:
        """The rows of the cases alone, those of each in the order of time."""
        order = in_time(self.case, self.day, self.point)
        return _Read(self.cases, self.scales, *(column[order] for column in self._columns()))

    def _columns(self) -> list[Any]:
        return [getattr(self, one.name) for one in fields(self)[2:]]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What procedures state of a ladder, and their cases."""

    instrument: Instrument
    case: Ints
    value: Ints


def _read_stated(
    logbook: Logbook, cases: Cases, ladders: tuple[Instrument, ...]
) -> tuple[_Stated, ...]:
    """What the procedures themselves say of the time before: one statement."""
    columns = [_BEFORE[ladder] for ladder in ladders]
    told = reduce(or_, (one.is_null(False) for one in columns))
    read = read_packed(
        logbook.database,
        cases.rows_of(Procedure.id).where(told),
        wide=[CaseRow.number],
        numbers=[rank_in(_LADDERS[one], _BEFORE[one]) for one in ladders],
        halved_by=cases.halved_by,
    )
    case = cases.places_of(read.wide[0])
    return tuple(
        _Stated(ladder, case[value != NOTHING], _in_steps(ladder, value[value != NOTHING]))
        for ladder, value in zip(ladders, read.numbers, strict=True)
    )


def _in_steps(instrument: Instrument, read: Ints) -> Ints:
    if instrument not in LADDERS:
        return read
    return np.where(read == NOTHING, NOTHING, read * instrument.steps).astype(np.int32)


def _usual(instrument: Instrument) -> Scale:
    """The one scale of an instrument that has no variants."""
    if instrument in LADDERS:
        return Scale(instrument, len(_LADDERS[instrument]) - 1)
    return Scale(instrument, _TOPS[instrument])


def _by_items(items: Ints, counts: Bools) -> tuple[tuple[Scale, ...], Ints]:
    """RMDQ by its number of items."""
    scales: list[Scale] = []
    place = np.full(len(items), NOTHING, np.int32)
    for n in np.unique(items[counts]).tolist():
        place[counts & (items == n)] = len(scales)
        stated = n if n != NOTHING else None
        scales.append(Scale(Instrument.RMDQ, float(stated or _FULL_RMDQ), _rmdq(stated)))
    return tuple(scales), place


def _by_value_set(
    named: Sequence[str | None], has_index: Bools, counts: Bools
) -> tuple[tuple[Scale, ...], Ints]:
    """EQ-5D by its value set, however it is spelled: ``named`` of each that has an index."""
    scales: dict[str, Scale] = {}
    places = dict.fromkeys(set(named), NOTHING)
    # As the first one spells it.
    for name in dict.fromkeys(compress(named, counts[has_index].tolist())):
        words = " ".join((name or "").split())
        if words:
            scale = Scale(Instrument.EQ5D, _TOPS[Instrument.EQ5D], words)
            scales.setdefault(words.casefold(), scale)
            places[name] = list(scales).index(words.casefold())
    place = np.full(len(counts), NOTHING, np.int32)
    place[has_index] = decoded(named, places.__getitem__)
    return tuple(scales.values()), np.where(counts, place, NOTHING).astype(np.int32)


def _rmdq(items: int | None) -> str:
    return "" if items is not None else say("number of items not stated")


def _nearest(read: _Read, known: Bools, plan: VisitPlan) -> Bools:
    """The one value of each case, time point and scale that stands for it."""
    rows = np.flatnonzero(known)
    case, point, scale = read.case[rows], read.point[rows], read.scale[rows]
    days = ordinals_of(read.day[rows])
    target = np.zeros(len(TimePoint) + 1, np.int64)
    for window in plan.windows:
        target[window.time_point.rank] = window.target_day
    since = days - read.cases.day[case]
    off = np.where(point == TimePoint.BASELINE.rank, -days, abs(since - target[point]))
    off = np.where((days > 0) & (point != NOTHING), off, np.iinfo(np.int64).max)
    key = (case.astype(np.int64) * 16 + point + 1) * (len(read.scales) + 1) + scale + 1
    # In the order of time rows nearly stand in that of their keys, which is quick to put right.
    order = np.argsort(key, kind="stable")
    is_same = key[order[1:]] == key[order[:-1]]
    has_rival = np.zeros(len(order), bool)
    has_rival[1:] |= is_same
    has_rival[:-1] |= is_same
    rivals = order[has_rival]
    # Of each case, point and scale the first in this order: nearest, then latest.
    rivals = rivals[np.lexsort((-days[rivals], off[rivals], key[rivals]))]
    is_first = np.ones(len(rivals), bool)
    is_first[1:] = key[rivals[1:]] != key[rivals[:-1]]
    chosen = np.zeros(len(known), bool)
    chosen[rows[order[~has_rival]]] = True
    chosen[rows[rivals[is_first]]] = True
    return chosen


def _first_before(read: _Read, chosen: Bools) -> Bools:
    """What the procedure states takes the place of what is chosen before it, of the same case."""
    has_stated = np.zeros(len(read.cases.ids), dtype=bool)
    has_stated[read.case[read.stated]] = True
    rivals = has_stated[read.case] & (read.point == TimePoint.BASELINE.rank)
    found: Bools = read.stated | (chosen & ~rivals)
    return found
