# SPDX-License-Identifier: MIT
"""What counts as a failure in a CUSUM chart, and the observations that the record holds of it.

One observation is one procedure, or where it is said so one treated level, in the order of dates.
Where the outcome is not known there is no observation, and it is counted why.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.safety.columns import NOTHING, Bools, Ints, in_set
from models.safety.watch import Failure, Unit
from models.vocabulary import LeakDetection, LeakLocation, Vocabulary, YesNo

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.query import Filter
    from models.safety.record import Cases, Levels, SafetyRecord


class LeftOut(Vocabulary):
    """Why there is no observation. Labels can follow "2 procedures:"."""

    UNDATED = "undated", "not dated to the day"
    NOT_KNOWN = "not_known", "of unknown outcome"


@dataclass(frozen=True, slots=True)
class Observations:
    """Outcomes in the order of time.

    Attributes:
        case: place of the case of each.
        failed: whether it was a failure.
        left_out: why others are not there, with their number.
    """

    case: Ints
    failed: Bools
    left_out: tuple[tuple[LeftOut, int], ...]


def observations(
    record: SafetyRecord,
    failure: Failure,
    unit: Unit = Unit.PROCEDURE,
    operator: int | None = None,
    relieved: Ints | None = None,
) -> Observations:
    """The observations of one operator, or of all.

    Args:
        record: what was read.
        failure: what counts.
        unit: levels only where ``failure`` can be counted so.
        operator: place in ``Cases.operators``; None for everybody.
        relieved: what ``read_relief`` found; needed for ``LITTLE_RELIEF`` alone.
    """
    cases, levels = record.cases, record.levels
    if failure.is_of_levels:
        outcome = _of_levels(levels, failure)
        case = levels.case
        if unit is Unit.PROCEDURE:
            outcome, case = _of_cases(outcome, case, cases.n), np.arange(cases.n)
    else:
        case = np.arange(cases.n)
        outcome = _answer(record, failure, relieved)
    wanted = np.ones(len(case), dtype=bool)
    if operator is not None:
        wanted = cases.operator[case] == operator
    dated = cases.day[case] != NOTHING
    kept = wanted & dated & (outcome != NOTHING)
    # Cases stand in the order of their dates; levels within one from head to tail.
    rank = levels.level if unit is Unit.LEVEL and failure.is_of_levels else np.zeros(len(case))
    rows = np.flatnonzero(kept)
    rows = rows[np.lexsort((rank[rows], case[rows]))]
    left = Counter(
        {
            LeftOut.UNDATED: int((wanted & ~dated).sum()),
            LeftOut.NOT_KNOWN: int((wanted & dated & (outcome == NOTHING)).sum()),
        }
    )
    return Observations(
        case[rows], outcome[rows] == 1, tuple((why, left[why]) for why in LeftOut if left[why])
    )


def read_relief(logbook: Logbook, cases: Cases, asked: Filter) -> Ints:
    """Of each case: 1 for at least 30 % less pain at 1 month, 0 for less; ``NOTHING`` if unknown.

    Before and after have to be exact, dated, and on one scale, whichever that is; pain that was 0
    before has no percentage. Call it inside ``logbook.session()``.
    """
    from models.analysis.pairing import pairs_on
    from models.analysis.question import Question
    from models.analysis.scores import read_scores
    from models.vocabulary import TimePoint

    scores = read_scores(logbook, None, asked)
    answer = np.full(len(scores.cases.ids), NOTHING, np.int64)
    # Which scale most cases have says nothing of one case: its first with a pair counts.
    for scale in range(len(scores.scales)):
        before, after, paired = pairs_on(scores, Question(to=TimePoint.M1), scale)
        enough = 10 * (before - after) >= 3 * before
        counts = paired & (before > 0) & (answer == NOTHING)
        answer[counts] = enough[counts]
    found = np.full(cases.n, NOTHING, np.int64)
    place = cases.places_of(scores.cases.numbers)
    found[place[place != NOTHING]] = answer[place != NOTHING]
    return found


def _of_levels(levels: Levels, failure: Failure) -> Ints:
    """1 for a failure, 0 for none, ``NOTHING`` where it is not known, of each level."""
    answer = np.where(levels.assessed, 0, NOTHING)
    if failure is Failure.SYMPTOMATIC_LEAK:
        failed, unknown = levels.symptomatic, levels.unasked
    elif failure is Failure.CANAL_LEAK:
        failed = np.zeros(len(answer), dtype=bool)
        for location in LeakLocation:
            if location.group == "canal":
                failed |= in_set(levels.locations, location)
        unknown = levels.unlocated & ~failed
    else:
        failed, unknown = _on_fluoroscopy(levels)
        answer[~in_set(levels.sought_by, LeakDetection.FLUOROSCOPY)] = NOTHING
    known = answer != NOTHING
    answer[known & levels.leaked & unknown] = NOTHING
    answer[known & levels.leaked & failed] = 1
    return answer


def _on_fluoroscopy(levels: Levels) -> tuple[Bools, Bools]:
    """Leaks seen on fluoroscopy, and those of which that is not known.

    Where fluoroscopy alone was looked at, it was seen there, said or not.
    """
    alone = levels.sought_by == 1 << LeakDetection.FLUOROSCOPY.rank
    seen = in_set(levels.seen_by, LeakDetection.FLUOROSCOPY)
    failed = seen | (alone & levels.leaked)
    return failed, levels.unseen & ~failed


def _of_cases(outcome: Ints, case: Ints, n: int) -> Ints:
    """A case fails with any of its levels, and succeeds only where all are known to."""
    found = np.zeros(n, np.int64)
    has_levels = np.zeros(n, dtype=bool)
    has_levels[case] = True
    found[~has_levels] = NOTHING
    found[case[outcome == NOTHING]] = NOTHING
    found[case[outcome == 1]] = 1
    return found


def _answer(record: SafetyRecord, failure: Failure, relieved: Ints | None) -> Ints:
    if failure is Failure.TECHNICAL_FAILURE:
        success = record.sessions.success
        yes, no = (success == answer.rank for answer in (YesNo.YES, YesNo.NO))
        return np.select([no, yes], [1, 0], NOTHING)
    if relieved is None:
        raise ValueError("relief was not read")
    return np.where(relieved == NOTHING, NOTHING, 1 - relieved)
