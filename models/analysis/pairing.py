# SPDX-License-Identifier: MIT
"""Which score of a case counts as before, which as after, and why a case has no pair.

Scales are never mixed, nor are pains, such as those at rest and on activity; a range is no number,
words never become one, and a follow-up without a date enters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.analysis.members import NOTHING, Bools, Ints
from models.analysis.question import FOLLOW_UPS, Question
from models.analysis.scores import Scores
from models.speech import lowered, say
from models.vocabulary import AssessmentMissing, TimePoint, Vocabulary

Places = npt.NDArray[np.intp]


class Gap(Vocabulary):
    """Why a case has no pair; the first that holds. Labels can follow "2 cases with"."""

    NO_BEFORE = "no_score_before", "no score before"
    BEFORE_WORDS = "before_words", "only words before"
    BEFORE_UNDATED = "before_undated", "no date of the first score"
    BEFORE_NO_SCALE = "before_without_scale", "no scale of the score before"
    BEFORE_RANGE = "before_range", "only a range before"
    NO_AFTER = "no_followup_score", "no follow-up score"
    AFTER_WORDS = "followup_words", "only words at follow-up"
    AFTER_UNDATED = "followup_undated", "no date of the follow-up"
    AFTER_NO_SCALE = "followup_without_scale", "no scale of the follow-up"
    OTHER_SCALE_AFTER = "other_scale_after", "another scale at follow-up"
    OTHER_PAIN = "other_pain", "another pain asked for"
    AFTER_RANGE = "followup_range", "only a range at follow-up"
    OTHER_SCALE = "other_scale", "both scores on another scale"


_OF_LEVEL = {
    Gap.NO_BEFORE: say("no level before"),
    Gap.BEFORE_UNDATED: say("no date of the first level"),
    Gap.BEFORE_NO_SCALE: say("no scale of the level before"),
    Gap.NO_AFTER: say("no follow-up level"),
    Gap.OTHER_SCALE: say("both levels on another scale"),
}
"""Labels in which a score is named, where levels are compared."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a case has no pair, and the reason that was recorded for the missing score, if any."""

    gap: Gap
    recorded: AssessmentMissing | None = None

    @property
    def code(self) -> str:
        """For scripts, e.g. ``no_followup_score:died``."""
        return self.gap.value if self.recorded is None else f"{self.gap}:{self.recorded}"

    @property
    def label(self) -> str:
        """As people read it, e.g. "no follow-up score (died)"."""
        return self._with_reason(self.gap.label)

    @property
    def of_level(self) -> str:
        """The same of a level instead of a score, e.g. "no follow-up level (died)"."""
        return self._with_reason(_OF_LEVEL.get(self.gap, self.gap.label))

    def _with_reason(self, label: str) -> str:
        return f"{label} ({lowered(self.recorded.label)})" if self.recorded else label

    @property
    def rank(self) -> tuple[int, int]:
        """Sorts reasons as their vocabularies do."""
        return self.gap.rank, -1 if self.recorded is None else self.recorded.rank


@dataclass(frozen=True, slots=True)
class Moment:
    """The scores that could stand for one side of a pair.

    Attributes:
        rows: all that was said of it, with or without a number.
        placed: those that may enter an analysis, as their time is known.
        by_point: whether a time point decides, so that its chosen score goes first; otherwise
            the last one counts.
    """

    rows: Bools
    placed: Bools
    by_point: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """What was selected for each case; rows are places in ``Scores``, ``NOTHING`` for none.

    Attributes:
        scale: place in ``Scores.scales`` of the scale with the most pairs; ``NOTHING`` for none.
        pairs_by_scale: number of pairs on each of ``Scores.scales``.
        before: the row before, of each case.
        after: the row after, of each case.
        gap: rank of why there is no pair, of each case; ``NOTHING`` where there is one.
        recorded: rank of the reason recorded for the missing score, of each case.
    """

    scale: int
    pairs_by_scale: tuple[int, ...]
    before: Places
    after: Places
    gap: Places
    recorded: Places

    @property
    def paired(self) -> Bools:
        """Whether a case has a pair on the scale."""
        found: Bools = self.gap == NOTHING
        return found


def moment_of(scores: Scores, point: TimePoint | None, after: TimePoint) -> Moment:
    """The scores at ``point``; for None every follow-up later than ``after``.

    A baseline needs no date. A follow-up does, and at a time point so does the procedure.
    """
    if point is TimePoint.BASELINE:
        rows = scores.point == point.rank
        return Moment(rows, rows, by_point=True)
    nowhere = (scores.point == TimePoint.UNDATED.rank) | (scores.point == NOTHING)
    dated = ~nowhere & (scores.day > 0)
    if point is None:
        rows = (scores.point > after.rank) | nowhere
        return Moment(rows, rows & dated, by_point=False)
    there = scores.point == point.rank
    placed = there & dated & scores.cases.dated[scores.case]
    return Moment(there | nowhere, placed, by_point=True)


def stands_for(scores: Scores, moment: Moment, scale: int) -> Places:
    """The row of each case that stands for the moment on one scale, be it exact or a range."""
    there = moment.placed & scores.numeric & (scores.scale == scale) & ~scores.other_pain
    return _last(scores, there, there & scores.chosen & moment.by_point)


def course_of(scores: Scores, scale: int) -> dict[TimePoint, Places]:
    """The row of each case that stands for each time point on one scale; none without a scale."""
    if scale == NOTHING:
        return {}
    moments = {
        point: moment_of(scores, point, TimePoint.BASELINE)
        for point in (TimePoint.BASELINE, *FOLLOW_UPS)
    }
    return {point: stands_for(scores, moment, scale) for point, moment in moments.items()}


def select(scores: Scores, question: Question) -> Selection:
    """Select a row before and a row after for each case, and say why cases have no pair."""
    start = moment_of(scores, question.start, question.start)
    end = moment_of(scores, question.to, question.start)
    pairs = tuple(_count_pairs(scores, start, end, scale) for scale in range(len(scores.scales)))
    main = _main_scale(scores, start, end, pairs)
    before = _best(scores, start, np.full(len(scores.cases.ids), main))
    after = _best(scores, end, of_cases(scores.scale, before, main))
    gap = _gaps(scores, start, end, main, before, after)
    recorded = np.select(
        [gap == Gap.NO_BEFORE.rank, gap == Gap.NO_AFTER.rank],
        [of_cases(scores.reason, row, NOTHING) for row in (before, after)],
        NOTHING,
    )
    return Selection(main, pairs, before, after, gap, recorded)


def with_later_words(scores: Scores, selection: Selection, question: Question) -> Bools:
    """The cases of a pair that were heard of again after the score that counts, in words only.

    The number goes on counting, as words never become one; a later range would leave the case
    without a pair, as it is the last of its scores.
    """
    end = moment_of(scores, question.to, question.start)
    spoken = _last(scores, end.placed & ~scores.numeric & (scores.said != NOTHING))
    said_on = of_cases(scores.day, spoken, NOTHING)
    later: Bools = selection.paired & (said_on > of_cases(scores.day, selection.after, 0))
    return later


def pairs_on(scores: Scores, question: Question, scale: int) -> tuple[Places, Places, Bools]:
    """The exact scores of each case before and after on one scale, in steps, and who has both."""
    start = moment_of(scores, question.start, question.start)
    end = moment_of(scores, question.to, question.start)
    before, after = stands_for(scores, start, scale), stands_for(scores, end, scale)
    paired = _have_both(scores, before, after)
    return of_cases(scores.low, before, 0), of_cases(scores.low, after, 0), paired


def _count_pairs(scores: Scores, start: Moment, end: Moment, scale: int) -> int:
    before, after = stands_for(scores, start, scale), stands_for(scores, end, scale)
    return int(_have_both(scores, before, after).sum())


def _have_both(scores: Scores, before: Places, after: Places) -> Bools:
    both: Bools = (of_cases(scores.exact, before, 0) & of_cases(scores.exact, after, 0)) == 1
    return both


def _main_scale(scores: Scores, start: Moment, end: Moment, pairs: tuple[int, ...]) -> int:
    """The scale with the most pairs; of equal ones that with the most scores, then the first."""
    if not pairs:
        return NOTHING
    usable = (start.rows | end.rows) & scores.numeric

    def weight(scale: int) -> tuple[int, int, int, float]:
        known = scores.scales[scale]
        n_scores = int((usable & (scores.scale == scale)).sum())
        return pairs[scale], n_scores, -known.term.rank, -known.top

    return max(range(len(pairs)), key=weight)


def _best(scores: Scores, moment: Moment, scale: Places) -> Places:
    """The row of each case that tells most: on its scale, on another, without a date, in words."""
    rows, placed = moment.rows, moment.placed & scores.numeric
    on_scale = placed & (scores.scale == scale[scores.case])
    first = scores.chosen & moment.by_point
    return _last(
        scores,
        rows & (scores.reason != NOTHING),
        rows & (scores.said != NOTHING),
        rows & scores.numeric,
        placed,
        placed & (scores.scale != NOTHING),
        placed & (scores.scale != NOTHING) & first,
        on_scale,
        on_scale & ~scores.other_pain,
        on_scale & ~scores.other_pain & first,
    )


def _last(scores: Scores, *choices: Bools) -> Places:
    """The last row of each case in the last of ``choices`` that has one."""
    found = np.full(len(scores.cases.ids), NOTHING, np.intp)
    for choice in choices:
        rows = np.flatnonzero(choice)
        # Rows are in the order of time, and of several the last one stays.
        found[scores.case[rows]] = rows
    return found


def _gaps(
    scores: Scores, start: Moment, end: Moment, main: int, before: Places, after: Places
) -> Places:
    said = ~scores.numeric & (scores.said != NOTHING)
    told = scores.numeric | said

    def lacks(fact: Bools, row: Places) -> Bools:
        missing: Bools = of_cases(fact, row, 0) == 0
        return missing

    scale_before, scale_after = (of_cases(scores.scale, row, NOTHING) for row in (before, after))
    holds = {
        Gap.NO_BEFORE: lacks(told, before),
        Gap.BEFORE_WORDS: ~lacks(said, before),
        Gap.BEFORE_UNDATED: lacks(start.placed, before),
        Gap.BEFORE_NO_SCALE: scale_before == NOTHING,
        Gap.BEFORE_RANGE: lacks(scores.exact, before),
        Gap.NO_AFTER: lacks(told, after),
        Gap.AFTER_WORDS: ~lacks(said, after),
        Gap.AFTER_UNDATED: lacks(end.placed, after),
        Gap.AFTER_NO_SCALE: scale_after == NOTHING,
        Gap.OTHER_SCALE_AFTER: scale_before != scale_after,
        Gap.OTHER_PAIN: ~lacks(scores.other_pain, before) | ~lacks(scores.other_pain, after),
        Gap.AFTER_RANGE: lacks(scores.exact, after),
        Gap.OTHER_SCALE: scale_before != main,
    }
    return np.select(list(holds.values()), [gap.rank for gap in holds], NOTHING)


def of_cases(facts: Bools | Ints, row: Places, otherwise: int) -> Places:
    """The fact of each case's row; ``otherwise`` for a case without one."""
    if not len(facts):
        return np.full(len(row), otherwise, np.intp)
    # What has no row takes the fact of the last one, and then what it should.
    found = facts[row].astype(np.intp)
    found[row == NOTHING] = otherwise
    return found
