# SPDX-License-Identifier: MIT
"""Before and after: what the pairs say, what has no pair and why, and how the score goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.apart import cases_apart, count_apart, marks_of, said_of
from models.analysis.instruments import Instrument, Scale
from models.analysis.members import NOTHING, Bools, Ints
from models.analysis.outcome import CoursePoint, Group, PairedNumbers, PairedOutcome
from models.analysis.pairing import Gap, Missing, Selection, of_cases
from models.analysis.question import FEWEST_TESTED, Question
from models.analysis.responders import count_responders
from models.analysis.scores import Scores, read_scores
from models.analysis.statistics import (
    PairedT,
    SignedRank,
    hodges_lehmann,
    mean_of,
    paired_t,
    spread_of,
    wilcoxon,
)
from models.analysis.thresholds import Thresholds, stored_thresholds
from models.analysis.values import read_values
from models.vocabulary import AssessmentMissing

if TYPE_CHECKING:
    from models.logbook import Logbook

_GAPS = tuple(Gap)
_REASONS = tuple(AssessmentMissing)


def pain_outcome(
    logbook: Logbook, question: Question | None = None, thresholds: Thresholds | None = None
) -> PairedOutcome:
    """Pain before and after, as ``paired_outcome`` works it out."""
    return paired_outcome(logbook, Instrument.PAIN, question, thresholds)


def paired_outcome(
    logbook: Logbook,
    instrument: Instrument,
    question: Question | None = None,
    thresholds: Thresholds | None = None,
) -> PairedOutcome:
    """Work out one instrument over the cases of the question that are not in the bin.

    Call it inside ``logbook.session()``. It takes the same few statements however many
    cases there are. Without ``thresholds`` those of the logbook count.
    """
    question = question or Question()
    # One view of the logbook for all statements, whoever saves meanwhile.
    with logbook.database.view():
        thresholds = thresholds or stored_thresholds(logbook)
        scores = read_instrument(logbook, instrument, question)
        selection = pairing.select(scores, question)
        apart = cases_apart(logbook, scores, selection, question)
    analysis = _Analysis(scores, selection, thresholds)
    everybody = np.ones(len(scores.cases.ids), dtype=bool)
    counts = count_apart(scores, selection, question)
    return PairedOutcome(
        question=question,
        instrument=instrument,
        scale=analysis.scale,
        other_scales=_other_scales(scores, selection),
        numbers=analysis.numbers_of(everybody),
        groups=_groups(analysis, scores, question),
        pairs=analysis.pairs_of(everybody),
        marks=marks_of(scores, selection, question),
        said=said_of(scores, selection),
        apart=apart,
        n_apart=counts.cases,
        n_before=counts.before,
        n_after=counts.after,
        n_ranges=counts.ranges,
        n_words=counts.words,
        n_later_words=counts.later_words,
        n_undated=counts.undated,
        n_flagged=counts.flagged,
        n_synthetic=scores.cases.n_synthetic,
        cases=scores.cases.numbers[selection.paired],
        thresholds=thresholds,
    )


def read_instrument(logbook: Logbook, instrument: Instrument, question: Question) -> Scores:
    """The scores of one instrument. Call it inside ``logbook.session()``."""
    if instrument is Instrument.PAIN:
        return read_scores(logbook, question.by, question.filter)
    return read_values(logbook, instrument, question)


def count_missing(selection: Selection, members: Bools) -> tuple[tuple[Missing, int], ...]:
    """Why cases have no pair, with their number; the most frequent reason first."""
    alone = members & ~selection.paired
    gaps, recorded = selection.gap[alone], selection.recorded[alone]
    counted = Counter(zip(gaps.tolist(), recorded.tolist(), strict=True))
    found = [
        (Missing(_GAPS[gap], None if reason == NOTHING else _REASONS[reason]), n)
        for (gap, reason), n in counted.items()
    ]
    return tuple(sorted(found, key=lambda entry: (-entry[1], entry[0].rank)))


def _other_scales(scores: Scores, selection: Selection) -> tuple[tuple[Scale, int], ...]:
    counted = zip(scores.scales, selection.pairs_by_scale, strict=True)
    others = [found for place, found in enumerate(counted) if place != selection.scale]
    return tuple(sorted(others, key=lambda found: (-found[1], *found[0].order)))


def _groups(analysis: _Analysis, scores: Scores, question: Question) -> tuple[Group, ...]:
    if question.by is None:
        return ()
    groups = []
    for place, code in enumerate(scores.cases.groups):
        members = scores.cases.group == place
        numbers = analysis.numbers_of(members)
        groups.append(Group(code, question.by.label_of(code), numbers, analysis.pairs_of(members)))
    return tuple(groups)


class _Analysis:
    """Numbers of any set of cases, from one selection of scores."""

    def __init__(self, scores: Scores, selection: Selection, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._selection = selection
        self._before = of_cases(scores.low, selection.before, NOTHING).astype(np.int32)
        self._after = of_cases(scores.low, selection.after, NOTHING).astype(np.int32)
        self._course = pairing.course_of(scores, selection.scale)
        self._scores = scores
        self._exact = scores.exact
        self._worse = -1 if scores.instrument.more_is_better else 1
        self.scale = None if selection.scale == NOTHING else scores.scales[selection.scale]

    def pairs_of(self, members: Bools) -> Ints:
        """Scores before and after of the pairs among the members, in steps."""
        paired = self._selection.paired & members
        return np.stack([self._before[paired], self._after[paired]])

    def numbers_of(self, members: Bools) -> PairedNumbers:
        before, after = self.pairs_of(members)
        change = (after - before) / self._scores.instrument.steps
        in_points = self._scores.in_points
        t, test, shift = paired_t(change), wilcoxon(change), hodges_lehmann(change)
        if len(change) < FEWEST_TESTED:
            t, test = _untested(t, test)
        return PairedNumbers(
            n_cases=int(members.sum()),
            missing=count_missing(self._selection, members),
            before=mean_of(in_points(before)),
            after=mean_of(in_points(after)),
            before_spread=spread_of(in_points(before)),
            after_spread=spread_of(in_points(after)),
            change=t,
            spread=spread_of(change),
            test=test,
            shift=shift,
            n_worse=int((change * self._worse > 0).sum()),
            responders=count_responders(
                before, after, self.scale, self._thresholds, self._scores.instrument
            ),
            course=self._course_of(members),
        )

    def _course_of(self, members: Bools) -> tuple[CoursePoint, ...]:
        points: list[CoursePoint] = []
        for point, rows in self._course.items():
            scored = rows[members]
            scored = scored[scored != NOTHING]
            exact = self._exact[scored]
            values = self._scores.in_points(self._scores.low[scored[exact]])
            points.append(
                CoursePoint(point, mean_of(values), spread_of(values), int((~exact).sum()))
            )
        while points and not points[-1].scores.n and not points[-1].n_range:
            points.pop()
        return tuple(points)


def _untested(t: PairedT, test: SignedRank) -> tuple[PairedT, SignedRank]:
    return replace(t, t=None, p=None), replace(test, statistic=None, p=None, rank_biserial=None)
