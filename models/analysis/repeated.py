# SPDX-License-Identifier: MIT
"""The mean change had no score been missing, by a mixed model for repeated measures.

Scores are those of the pairs: the same question, scale, windows and choice among several. A case
is taken for independent of others, as it is for pairs, also where a patient has two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.at_random import (
    FEWEST_PAIRS,
    FEWEST_SCORES,
    FEWEST_TOGETHER,
    AtRandom,
    LeftOut,
    Modeled,
    PointModeled,
    Unused,
    WhyNot,
    WhyOut,
)
from models.analysis.instruments import Instrument
from models.analysis.members import NOTHING, Bools
from models.analysis.multinormal import Fitted, NoTop, fit
from models.analysis.paired import read_instrument
from models.analysis.pairing import of_cases
from models.analysis.question import FOLLOW_UPS, Question
from models.analysis.statistics import CONFIDENCE, Interval, mean_of, paired_t
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.scores import Scores
    from models.analysis.statistics import Numbers, PairedT
    from models.logbook import Logbook


def repeated_measures(
    logbook: Logbook, question: Question | None = None, instrument: Instrument = Instrument.PAIN
) -> AtRandom:
    """Work it out over the cases of the question. Call it inside ``logbook.session()``.

    It takes the statements that reading the scores takes, however many cases there are.
    """
    question = question or Question()
    with logbook.database.view():
        scores = read_instrument(logbook, instrument, question)
    return at_random(scores, question, pairing.select(scores, question).scale)


def at_random(scores: Scores, question: Question, scale: int) -> AtRandom:
    """The same of scores that are read already, on the scale of their pairs."""
    table = _Table(scores, scale)
    ends = _ends(table, question)
    points = table.scored
    left_out: tuple[LeftOut, ...] = ()
    fitted: Fitted | None = None
    why_not, equal_at = _refused(table, question, ends)
    if why_not is None:
        points, left_out = _entering(table, ends)
        found = fit(*table.of(points))
        if isinstance(found, NoTop):
            why_not = WhyNot(found.value)
        elif _is_off(found.mean / scores.instrument.steps, scores, scale):
            why_not = WhyNot.OFF_SCALE
        else:
            fitted = found
    seen = table.seen_at(points)
    return AtRandom(
        question=question,
        scale=None if scale == NOTHING else scores.scales[scale],
        to=ends[1] if ends else None,
        n_all=len(scores.cases.ids),
        n_cases=int(seen.any(axis=1).sum()),
        n_scores=int(seen.sum()),
        pairs=table.pairs(ends),
        change=None if fitted is None else _change(table, ends, points, fitted),
        points=() if fitted is None else tuple(_points(table, points, fitted)),
        left_out=left_out,
        why_not=why_not,
        equal_at=equal_at,
        n_flagged=table.n_flagged(points),
        unused=_unused(scores, scale, table),
    )


class _Table:
    """The exact scores that stand for each time point, a row a case, in whole steps."""

    def __init__(self, scores: Scores, scale: int) -> None:
        self._scores = scores
        self.rows = pairing.course_of(scores, scale)
        self._points = tuple(self.rows)
        width, n = len(self._points), len(scores.cases.ids)
        self.seen = np.zeros((n, width), bool)
        self.steps = np.zeros((n, width))
        for place, row in enumerate(self.rows.values()):
            self.seen[:, place] = of_cases(scores.exact, row, 0)
            self.steps[:, place] = of_cases(scores.low, row, NOTHING)
        counted = self.seen.astype(np.int64)
        self._together = counted.T @ counted

    @property
    def scored(self) -> tuple[TimePoint, ...]:
        """The time points with a score."""
        return tuple(point for point in self._points if self.n_at(point))

    def of(self, points: Sequence[TimePoint]) -> tuple[Numbers, Bools]:
        """Scores at some time points, and whether they are there."""
        places = [self._points.index(point) for point in points]
        return self.steps[:, places], self.seen[:, places]

    def seen_at(self, points: Sequence[TimePoint]) -> Bools:
        """Whether they are there."""
        return self.of(points)[1]

    def n_at(self, point: TimePoint) -> int:
        """Scores at one time point."""
        return self.n_together(point, point)

    def n_together(self, one: TimePoint, other: TimePoint) -> int:
        """Cases with a score at both."""
        return int(self._together[self._points.index(one), self._points.index(other)])

    def at(self, point: TimePoint) -> Numbers:
        """The scores at one time point, in steps."""
        place = self._points.index(point)
        found: Numbers = self.steps[self.seen[:, place], place]
        return found

    def is_equal(self, point: TimePoint) -> bool:
        """Whether all scores at a time point are the same."""
        found = self.at(point)
        return bool(found.min() == found.max())

    def pairs(self, ends: tuple[TimePoint, TimePoint] | None) -> PairedT:
        """The mean change of the cases with both."""
        if ends is None:
            return paired_t(np.empty(0))
        steps, seen = self.of(ends)
        both = steps[seen.all(axis=1)]
        return paired_t((both[:, 1] - both[:, 0]) / self.unit)

    @property
    def unit(self) -> int:
        """Steps in a point of the scale."""
        return self._scores.instrument.steps

    def in_points(self, steps: Numbers) -> Numbers:
        """Steps in points of the scale."""
        found: Numbers = steps / self.unit + self._scores.instrument.bottom
        return found

    def n_flagged(self, points: Sequence[TimePoint]) -> int:
        """Scores after a new fracture or another treatment."""
        flagged = [
            of_cases(self._scores.flagged & self._scores.exact, self.rows[point], 0).sum()
            for point in points
        ]
        return int(sum(flagged))


def _ends(table: _Table, question: Question) -> tuple[TimePoint, TimePoint] | None:
    """From where to where; for the latest follow-up to the last time point with enough pairs.

    Where none has enough it is the one with the most; None where no case has a pair.
    """
    if not table.rows:
        return None
    start = question.start
    if question.to is not None:
        return start, question.to
    later = [point for point in FOLLOW_UPS if point.rank > start.rank]
    pairs = {point: table.n_together(start, point) for point in later}
    enough = [point for point, n in pairs.items() if n >= FEWEST_PAIRS]
    most = enough[-1] if enough else max(later, key=pairs.__getitem__)
    return (start, most) if pairs[most] else None


def _refused(
    table: _Table, question: Question, ends: tuple[TimePoint, TimePoint] | None
) -> tuple[WhyNot | None, TimePoint | None]:
    """Why there are too few scores, or too equal ones, to begin with."""
    if not table.rows:
        return WhyNot.NO_SCALE, None
    if ends is None or table.n_together(*ends) < FEWEST_PAIRS:
        return WhyNot.FEW_PAIRS, None
    equal = [point for point in ends if table.is_equal(point)]
    return (WhyNot.ALL_EQUAL, equal[0]) if equal else (None, None)


def _entering(
    table: _Table, ends: tuple[TimePoint, TimePoint] | None
) -> tuple[tuple[TimePoint, ...], tuple[LeftOut, ...]]:
    """The time points that enter; those of the change always do."""
    needed = ends or ()
    out: dict[TimePoint, WhyOut] = {}
    for point in table.scored:
        if point not in needed and table.n_at(point) < FEWEST_SCORES:
            out[point] = WhyOut.FEW_SCORES
        elif point not in needed and table.is_equal(point):
            out[point] = WhyOut.ALL_EQUAL
    inside = [point for point in table.scored if point not in out]
    while (seldom := _seldom(table, inside, needed)) is not None:
        inside.remove(seldom)
        out[seldom] = WhyOut.SELDOM_TOGETHER
    left_out = (LeftOut(one, table.n_at(one), out[one]) for one in table.scored if one in out)
    return tuple(inside), tuple(left_out)


def _seldom(
    table: _Table, inside: Sequence[TimePoint], needed: Sequence[TimePoint]
) -> TimePoint | None:
    """Of the time points that are too seldom scored together with another the least scored."""
    seldom = [
        point
        for point in inside
        if point not in needed
        and any(table.n_together(point, other) < FEWEST_TOGETHER for other in inside)
    ]
    return min(seldom, key=lambda point: (table.n_at(point), -point.rank), default=None)


def _is_off(mean: Numbers, scores: Scores, scale: int) -> bool:
    """Whether a mean lies beyond the ends of the scale; it is counted from the bottom."""
    known = scores.scales[scale]
    return bool((mean < 0).any() or (mean > known.top - known.bottom).any())


def _change(
    table: _Table,
    ends: tuple[TimePoint, TimePoint] | None,
    points: Sequence[TimePoint],
    fitted: Fitted,
) -> Modeled:
    assert ends is not None
    weights = np.zeros(len(points))
    weights[points.index(ends[0])], weights[points.index(ends[1])] = -1.0, 1.0
    weights /= table.unit
    variance = float(weights @ fitted.uncertainty @ weights)
    n = table.n_together(*ends)
    return _modeled(float(weights @ fitted.mean), variance, n, n - (len(points) - 1))


def _points(table: _Table, points: Sequence[TimePoint], fitted: Fitted) -> Iterator[PointModeled]:
    means = table.in_points(fitted.mean).tolist()
    variances = (np.diag(fitted.uncertainty) / table.unit**2).tolist()
    for point, mean, variance in zip(points, means, variances, strict=True):
        scores = mean_of(table.in_points(table.at(point)))
        yield PointModeled(
            point, scores, _modeled(mean, variance, scores.n, scores.n - len(points))
        )


def _modeled(mean: float, variance: float, n: int, df: int) -> Modeled:
    """An estimate with its interval, of ``n`` complete observations.

    Maximum likelihood divides by n and knows of no degrees of freedom. What is missing is told by
    a regression on the other time points, so the degrees are those of its residuals: one less for
    each of them and one for the mean. Of two time points without a gap that is the paired t.
    """
    from scipy.special import stdtrit

    se = math.sqrt(variance * n / df)
    half = float(stdtrit(df, (1 + CONFIDENCE) / 2)) * se
    return Modeled(mean, se, df, Interval(mean - half, mean + half))


def _unused(scores: Scores, scale: int, table: _Table) -> Unused:
    """What enters no mean, of all rows of the cases."""
    is_before = scores.point == TimePoint.BASELINE.rank
    nowhere = (scores.point == TimePoint.UNDATED.rank) | (scores.point == NOTHING)
    dated = ~nowhere & (scores.day > 0) & scores.cases.dated[scores.case]
    placed = is_before | dated
    ranged = scores.numeric & ~scores.exact
    return Unused(
        ranges=sum(int(of_cases(ranged, row, 0).sum()) for row in table.rows.values()),
        words=int((~scores.numeric & (scores.said != NOTHING)).sum()),
        undated=int((scores.numeric & ~placed).sum()),
        other_scales=int((scores.numeric & placed & (scores.scale != scale)).sum()),
    )
