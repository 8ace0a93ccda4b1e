# SPDX-License-Identifier: MIT
"""Every pain score of the logbook, read once into arrays. Judges nothing; pairing does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from peewee import Select, fn

from models.analysis.grouping import CompareBy, FilterGroups
from models.analysis.instruments import Instrument, Scale
from models.analysis.members import NOTHING, Bools, Cases, Ints, decoded, read_cases
from models.query import EVERYTHING, Filter
from models.schema import Assessment
from models.vocabulary import (
    AssessmentMissing,
    GlobalOutcome,
    PainScale,
    TimePoint,
    Vocabulary,
    YesNo,
)

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

_SEPARATOR = "|"
_CASES_AT_ONCE = 4_000  # a chunk is decoded in one go, and the window waits for no more than that
_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Every assessment in the order of time, those without a date first.

    Arrays of the same length, with ``NOTHING`` where there is none.

    Attributes:
        case: place of the case in ``Cases``.
        day: date as the number yyyymmdd; 0 where it is not known to the day.
        point: rank of the time point.
        scale: place in ``scales``; ``NOTHING`` where the scale, or its top, is not stated.
        low: the score, or the lower end of a range, in steps.
        high: the same as ``low``, or the upper end of a range, in steps.
        chosen: the score stands for its time point.
        flagged: came after a new fracture or another treatment.
        said: place in ``words`` of what was said instead of a number.
        reason: rank of the reason why there is no score.
        instrument: what they are scores of; ``low`` and ``high`` are in its steps, counted from
            the bottom of its scale, which for pain makes tenths of a point.
    """

    cases: Cases
    scales: tuple[Scale, ...]
    words: tuple[str, ...]
    case: Ints
    day: Ints
    point: Ints
    scale: Ints
    low: Ints
    high: Ints
    chosen: Bools
    flagged: Bools
    said: Ints
    reason: Ints
    instrument: Instrument = Instrument.PAIN

    @property
    def numeric(self) -> Bools:
        """A number or a range of numbers."""
        found: Bools = self.low != NOTHING
        return found

    @property
    def exact(self) -> Bools:
        """One number."""
        found: Bools = self.numeric & (self.low == self.high)
        return found

    def in_points(self, steps: Ints) -> Numbers:
        """Scores in points of their scale."""
        return steps / self.instrument.steps + self.instrument.bottom


def read_scores(
    logbook: Logbook,
    by: CompareBy | FilterGroups | None = None,
    asked: Filter = EVERYTHING,
) -> Scores:
    """All scores of the cases that are not in the bin and meet the filter.

    Three statements, and those by which the cases are found. Call it inside
    ``logbook.session()``.
    """
    cases = read_cases(logbook, by, asked)
    rows = _Rows(cases)
    cursor = logbook.database.execute(cases.among(_scores_query(), Assessment.procedure))
    while found := cursor.fetchmany(_CASES_AT_ONCE):
        rows.add_scores(found)
    unscored = cases.among(_unscored_query(), Assessment.procedure)
    rows.add_unscored(logbook.database.execute(unscored).fetchall())
    return rows.as_arrays()


def _scores_query() -> Select:
    """One row a case: how many scores, then what they are and their dates, joined.

    What is joined repeats a lot, so that it is decoded once per different text. This way half a
    million scores leave the database in half the time that they take one by one.
    """
    row = Assessment
    again = (row.new_fracture == YesNo.YES) | (row.retreatment == YesNo.YES)
    score = fn.json_array(
        row.time_point,
        row.pain_scale,
        row.pain_scale_max,
        row.pain_low,
        row.pain_high,
        row.chosen,
        fn.coalesce(again, 0),
    )
    query: Select = (
        row.select(
            row.procedure,
            fn.count(row.id),
            fn.group_concat(score, _SEPARATOR),
            fn.group_concat(fn.coalesce(row.assessed_on, ""), _SEPARATOR),
        )
        .where(row.pain_low.is_null(False))
        .group_by(row.procedure)
    )
    return query


def _unscored_query() -> Select:
    row = Assessment
    query: Select = row.select(
        row.procedure,
        row.time_point,
        row.assessed_on,
        row.pain_words,
        row.global_outcome,
        row.missing_reason,
    ).where(row.pain_low.is_null())
    return query


class _Rows:
    """Collects what both queries find until it becomes arrays."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._place = {case_id: place for place, case_id in enumerate(cases.ids)}
        self._scales: dict[Scale, int] = {}
        self._words: list[str] = []
        self._parts = [np.empty((0, _COLUMNS), np.int32)]

    def add_scores(self, found: list[tuple[str, int, str, str]]) -> None:
        # A scale that only other cases have is none of this analysis.
        found = [line for line in found if line[0] in self._place]
        if not found:
            return
        ids, counts, joined, joined_days = zip(*found, strict=True)
        places = [self._place[case_id] for case_id in ids]
        scores = _SEPARATOR.join(joined).split(_SEPARATOR)
        days = _SEPARATOR.join(joined_days).split(_SEPARATOR)
        part = np.empty((len(scores), _COLUMNS), np.int32)
        part[:, 0] = np.repeat(places, counts)
        part[:, 1] = decoded(days, day_number)
        number_of = {score: number for number, score in enumerate(dict.fromkeys(scores))}
        meanings = np.array([self._meaning(score) for score in number_of], np.int32)
        numbers = np.fromiter(map(number_of.__getitem__, scores), np.int32, len(scores))
        part[:, 2:] = meanings[numbers]
        self._parts.append(part)

    def add_unscored(self, found: list[tuple[str | None, ...]]) -> None:
        part = [
            (
                self._place.get(str(case_id), NOTHING),
                day_number(day or ""),
                rank_of(TimePoint, point),
                *(NOTHING, NOTHING, NOTHING, False, False),
                self._said(words, outcome),
                rank_of(AssessmentMissing, reason),
            )
            for case_id, point, day, words, outcome, reason in found
            if words or outcome or reason
        ]
        self._parts.append(np.array(part, np.int32).reshape(-1, _COLUMNS))

    def as_arrays(self) -> Scores:
        rows = np.concatenate(self._parts)
        rows = rows[rows[:, 0] != NOTHING]
        moments = rows[:, 1].astype(np.int64) * (len(TimePoint) + 1) + rows[:, 2]
        in_time = np.argsort(moments, kind="stable")
        case, day, point, scale, low, high, chosen, flagged, said, reason = rows[in_time].T.copy()
        return Scores(
            self._cases,
            tuple(self._scales),
            tuple(self._words),
            *(case, day, point, scale, low, high),
            chosen.astype(bool),
            flagged.astype(bool),
            said,
            reason,
        )

    def _meaning(self, score: str) -> tuple[int, ...]:
        point, scale, top, low, high, chosen, flagged = json.loads(score)
        return (
            rank_of(TimePoint, point),
            self._scale(scale, top),
            round(low * 10),
            round((low if high is None else high) * 10),
            chosen,
            flagged,
            NOTHING,
            NOTHING,
        )

    def _scale(self, code: str | None, stated_top: float | None) -> int:
        scale = None if code is None else _scale_of(code, stated_top)
        return NOTHING if scale is None else self._scales.setdefault(scale, len(self._scales))

    def _said(self, words: str | None, outcome: str | None) -> int:
        if not words:
            if outcome is None:
                return NOTHING
            words = GlobalOutcome(outcome).label.lower()
        self._words.append(words)
        return len(self._words) - 1


@lru_cache(maxsize=1024)
def _scale_of(code: str, stated_top: float | None) -> Scale | None:
    term = PainScale(code)
    top = stated_top if term.maximum is None else term.maximum
    return None if top is None else Scale(term, float(top))


@cache
def rank_of(vocabulary: type[Vocabulary], code: str | None) -> int:
    """The rank of a term; ``NOTHING`` where there is none."""
    return NOTHING if code is None else vocabulary(code).rank


@lru_cache(maxsize=40_000)
def day_number(text: str) -> int:
    """A date as the number yyyymmdd; 0 where it is not known to the day."""
    return int(text.replace("-", "")) if len(text) == len("yyyy-mm-dd") else 0
