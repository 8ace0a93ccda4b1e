# SPDX-License-Identifier: MIT
"""Pain before and after: what the pairs say, what has no pair and why, and how the pain goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.apart import CasePain, Mark, Said, cases_apart, count_apart, marks_of, said_of
from models.analysis.pairing import Gap, Missing, Places, Selection, of_cases
from models.analysis.question import FEWEST_TESTED, FOLLOW_UPS, Question
from models.analysis.responders import Responders, Thresholds, count_responders
from models.analysis.scores import NOTHING, Bools, Ints, Scale, Scores, read_scores
from models.analysis.statistics import (
    HodgesLehmann,
    Mean,
    PairedT,
    SignedRank,
    Spread,
    hodges_lehmann,
    mean_of,
    paired_t,
    spread_of,
    wilcoxon,
)
from models.vocabulary import AssessmentMissing, TimePoint

if TYPE_CHECKING:
    from models.logbook import Logbook

_GAPS = tuple(Gap)
_REASONS = tuple(AssessmentMissing)


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """The exact scores that stand for one time point, on one scale.

    ``n_range`` scores more are ranges, and enter no mean.
    """

    point: TimePoint
    scores: Mean
    spread: Spread
    n_range: int


@dataclass(frozen=True, slots=True)
class PainNumbers:
    """What some cases show together. Change is after minus before: relief is negative.

    Attributes:
        n_cases: cases; each has a pair or stands once in ``missing``.
        missing: why cases have no pair, with their number; the most frequent first.
        before: scores before, of the pairs.
        after: scores after, of the pairs.
        change: Student's paired t.
        spread: median and quartiles of the change.
        test: Wilcoxon's signed-rank test.
        shift: the Hodges-Lehmann estimate of the change.
        n_worse: pairs with more pain after than before.
        responders: who counts as improved.
        course: from before to the last time point with a score.
    """

    n_cases: int
    missing: tuple[tuple[Missing, int], ...]
    before: Mean
    after: Mean
    change: PairedT
    spread: Spread
    test: SignedRank
    shift: HodgesLehmann
    n_worse: int
    responders: tuple[Responders, ...]
    course: tuple[CoursePoint, ...]

    @property
    def n_pairs(self) -> int:
        """Cases with an exact score before and after on the scale."""
        return self.change.n

    @property
    def n_missing(self) -> int:
        """Cases without such a pair."""
        return self.n_cases - self.n_pairs


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the cases, with what they have in common."""

    code: str
    label: str
    numbers: PainNumbers


@dataclass(frozen=True, slots=True)
class PainOutcome:
    """The answer to a question about pain before and after.

    Attributes:
        scale: the scale of all numbers; None where no score has one.
        other_scales: scales that were left out, with the number of pairs on each.
        numbers: of all cases.
        groups: the same by group, where the question asks for groups.
        pairs: before and after of each pair in tenths, as two rows.
        marks: scores on the scale without a partner, to be shown beside the pairs.
        said: words that stand in the place of a score.
        apart: cases with something that is shown and not averaged, up to a number.
        n_apart: number of all such cases.
        n_before: cases with a number before, be it exact or a range.
        n_after: cases with a number after, be it exact, a range, or without a date.
        n_ranges: ranges in the place of a score before or after.
        n_words: words in the place of a score before or after.
        n_undated: scores after without a date.
        n_flagged: scores after that came after a new fracture or another treatment; they count.
        n_synthetic: synthetic cases among all.
    """

    question: Question
    scale: Scale | None
    other_scales: tuple[tuple[Scale, int], ...]
    numbers: PainNumbers
    groups: tuple[Group, ...]
    pairs: Ints
    marks: tuple[Mark, ...]
    said: tuple[Said, ...]
    apart: tuple[CasePain, ...]
    n_apart: int
    n_before: int
    n_after: int
    n_ranges: int
    n_words: int
    n_undated: int
    n_flagged: int
    n_synthetic: int
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def message(self) -> str:
        """In one sentence or two: how many pairs there are, and why others are missing."""
        numbers = self.numbers
        if not numbers.n_cases:
            is_narrowed = bool(self.question.filter.terms)
            return "No case meets the filter." if is_narrowed else "There is no case yet."
        if not numbers.n_pairs:
            return f"No complete pair: {missing_in_words(numbers.missing)}."
        pairs = f"{share_of_cases(numbers)} a score before and after"
        on_scale = f"{pairs} on {self.scale.label}." if self.scale else f"{pairs}."
        if not numbers.n_missing:
            return on_scale
        return f"{on_scale} Without a pair: {missing_in_words(numbers.missing)}."


def pain_outcome(
    logbook: Logbook, question: Question | None = None, thresholds: Thresholds | None = None
) -> PainOutcome:
    """Work out pain before and after over the cases of the question that are not in the bin.

    Call it inside ``logbook.session()``. It takes the same few statements however many
    cases there are.
    """
    question, thresholds = question or Question(), thresholds or Thresholds()
    # One view of the logbook for all statements, whoever saves meanwhile.
    with logbook.database.atomic("DEFERRED"):
        scores = read_scores(logbook, question.by, question.filter)
        selection = pairing.select(scores, question)
        apart = cases_apart(logbook, scores, selection, question)
    analysis = _Analysis(scores, selection, thresholds)
    everybody = np.ones(len(scores.cases.ids), dtype=bool)
    counts = count_apart(scores, selection, question)
    return PainOutcome(
        question=question,
        scale=analysis.scale,
        other_scales=_other_scales(scores, selection),
        numbers=analysis.numbers_of(everybody),
        groups=_groups(analysis, scores, question),
        pairs=np.stack(analysis.pairs_of(everybody)),
        marks=marks_of(scores, selection, question),
        said=said_of(scores, selection),
        apart=apart,
        n_apart=counts.cases,
        n_before=counts.before,
        n_after=counts.after,
        n_ranges=counts.ranges,
        n_words=counts.words,
        n_undated=counts.undated,
        n_flagged=counts.flagged,
        n_synthetic=scores.cases.n_synthetic,
        thresholds=thresholds,
    )


def share_of_cases(numbers: PainNumbers) -> str:
    """How many cases have a pair, as in "7 of 9 cases have" and "1 of 1 case has"."""
    cases = "case" if numbers.n_cases == 1 else "cases"
    have = "has" if 1 in (numbers.n_pairs, numbers.n_cases) else "have"
    return f"{numbers.n_pairs:,} of {numbers.n_cases:,} {cases} {have}"


def missing_in_words(missing: Sequence[tuple[Missing, int]]) -> str:
    """Reasons with their numbers, as in "5 with no follow-up score, 2 with only words before"."""
    return ", ".join(f"{n:,} with {reason.label}" for reason, n in missing)


def _other_scales(scores: Scores, selection: Selection) -> tuple[tuple[Scale, int], ...]:
    counted = zip(scores.scales, selection.pairs_by_scale, strict=True)
    others = [found for place, found in enumerate(counted) if place != selection.scale]
    return tuple(sorted(others, key=lambda found: (-found[1], found[0].term.rank, found[0].top)))


def _groups(analysis: _Analysis, scores: Scores, question: Question) -> tuple[Group, ...]:
    if question.by is None:
        return ()
    return tuple(
        Group(
            code,
            question.by.label_of(code),
            analysis.numbers_of(scores.cases.group == place, FEWEST_TESTED),
        )
        for place, code in enumerate(scores.cases.groups)
    )


class _Analysis:
    """Numbers of any set of cases, from one selection of scores."""

    def __init__(self, scores: Scores, selection: Selection, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._selection = selection
        self._before = of_cases(scores.low, selection.before, NOTHING).astype(np.int32)
        self._after = of_cases(scores.low, selection.after, NOTHING).astype(np.int32)
        self._course = _course_rows(scores, selection.scale)
        self._low, self._exact = scores.low, scores.exact
        self.scale = None if selection.scale == NOTHING else scores.scales[selection.scale]

    def pairs_of(self, members: Bools) -> tuple[Ints, Ints]:
        """Scores before and after of the pairs among the members, in tenths."""
        paired = self._selection.paired & members
        return self._before[paired], self._after[paired]

    def numbers_of(self, members: Bools, fewest_tested: int = 1) -> PainNumbers:
        before, after = self.pairs_of(members)
        change = (after - before) / 10
        t, test, shift = paired_t(change), wilcoxon(change), hodges_lehmann(change)
        if len(change) < fewest_tested:
            t, test = _untested(t, test)
        return PainNumbers(
            n_cases=int(members.sum()),
            missing=self._missing(members),
            before=mean_of(before / 10),
            after=mean_of(after / 10),
            change=t,
            spread=spread_of(change),
            test=test,
            shift=shift,
            n_worse=int((change > 0).sum()),
            responders=count_responders(before, after, self.scale, self._thresholds),
            course=self._course_of(members),
        )

    def _missing(self, members: Bools) -> tuple[tuple[Missing, int], ...]:
        alone = members & ~self._selection.paired
        gaps, recorded = self._selection.gap[alone], self._selection.recorded[alone]
        counted = Counter(zip(gaps.tolist(), recorded.tolist(), strict=True))
        found = [
            (Missing(_GAPS[gap], None if reason == NOTHING else _REASONS[reason]), n)
            for (gap, reason), n in counted.items()
        ]
        return tuple(sorted(found, key=lambda entry: (-entry[1], entry[0].rank)))

    def _course_of(self, members: Bools) -> tuple[CoursePoint, ...]:
        points: list[CoursePoint] = []
        for point, rows in self._course.items():
            scored = rows[members]
            scored = scored[scored != NOTHING]
            exact = self._exact[scored]
            values = self._low[scored[exact]] / 10
            points.append(
                CoursePoint(point, mean_of(values), spread_of(values), int((~exact).sum()))
            )
        while points and not points[-1].scores.n and not points[-1].n_range:
            points.pop()
        return tuple(points)


def _course_rows(scores: Scores, scale: int) -> dict[TimePoint, Places]:
    if scale == NOTHING:
        return {}
    moments = {
        point: pairing.moment_of(scores, point, TimePoint.BASELINE)
        for point in (TimePoint.BASELINE, *FOLLOW_UPS)
    }
    return {point: pairing.stands_for(scores, moment, scale) for point, moment in moments.items()}


def _untested(t: PairedT, test: SignedRank) -> tuple[PairedT, SignedRank]:
    return replace(t, t=None, p=None), replace(test, statistic=None, p=None, rank_biserial=None)
