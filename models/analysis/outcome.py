# SPDX-License-Identifier: MIT
"""What is found of scores before and after: plain data, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models.analysis.apart import CaseApart, Mark, Said
from models.analysis.instruments import Center, Instrument, Scale
from models.analysis.pairing import Missing
from models.analysis.question import FEWEST_TESTED, Question
from models.analysis.responders import Responders
from models.analysis.statistics import (
    HodgesLehmann,
    Interval,
    Mean,
    PairedT,
    SignedRank,
    Spread,
)
from models.analysis.thresholds import Thresholds
from models.speech import numerals, say, say_n
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.members import Ints
    from models.analysis.statistics import Numbers


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
class PairedNumbers:
    """What some cases show together. Change is after minus before: relief of pain is negative.

    Attributes:
        n_cases: cases; each has a pair or stands once in ``missing``.
        missing: why cases have no pair, with their number; the most frequent first.
        before: scores before, of the pairs.
        after: scores after, of the pairs.
        before_spread: median and quartiles before, of the pairs.
        after_spread: the same after.
        change: Student's paired t.
        spread: median and quartiles of the change.
        test: Wilcoxon's signed-rank test.
        shift: the Hodges-Lehmann estimate of the change.
        n_worse: pairs that are worse after than before.
        responders: who counts as improved.
        course: from before to the last time point with a score.
    """

    n_cases: int
    missing: tuple[tuple[Missing, int], ...]
    before: Mean
    after: Mean
    before_spread: Spread
    after_spread: Spread
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

    @property
    def why_untested(self) -> str:
        """Why enough pairs were not tested, as a sentence; "" where they were, or are too few."""
        if self.n_pairs < FEWEST_TESTED or self.change.sd != 0:
            return ""
        said = (
            say("No pair changed")
            if self.change.mean == 0
            else say("Every pair changed by the same")
        )
        return say("{said}, so that there is nothing to test.", said=said)


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the cases, with what they have in common; ``pairs`` as in ``PairedOutcome``."""

    code: str
    label: str
    numbers: PairedNumbers
    pairs: Ints


@dataclass(frozen=True, slots=True)
class PairedOutcome:
    """The answer to a question about one instrument before and after.

    Attributes:
        instrument: what was asked.
        scale: the scale of all numbers; None where no score has one.
        other_scales: scales that were left out, with the number of pairs on each.
        numbers: of all cases.
        groups: the same by group, where the question asks for groups.
        pairs: before and after of each pair in steps of the instrument above the bottom of its
            scale, as two rows.
        cases: the number of the case of each of ``pairs``.
        marks: scores on the scale without a partner, to be shown beside the pairs.
        said: words that stand in the place of a score.
        apart: cases with something that is shown and not averaged, up to a number.
        n_apart: number of all such cases.
        n_before: cases with a number before, be it exact or a range.
        n_after: cases with a number after, be it exact, a range, or without a date.
        n_ranges: ranges in the place of a score before or after.
        n_words: words in the place of a score before or after.
        n_later_words: pairs whose case was heard of again after the score that counts, in words
            only.
        n_undated: scores after without a date.
        n_flagged: scores after that came after a new fracture or another treatment; they count.
        n_synthetic: synthetic cases among all.
        thresholds: what counted as improved.
        center: what figures draw for the middle of the scores.
    """

    question: Question
    instrument: Instrument
    scale: Scale | None
    other_scales: tuple[tuple[Scale, int], ...]
    numbers: PairedNumbers
    groups: tuple[Group, ...]
    pairs: Ints
    marks: tuple[Mark, ...]
    said: tuple[Said, ...]
    apart: tuple[CaseApart, ...]
    n_apart: int
    n_before: int
    n_after: int
    n_ranges: int
    n_words: int
    n_later_words: int
    n_undated: int
    n_flagged: int
    n_synthetic: int
    cases: Ints
    thresholds: Thresholds = field(default_factory=Thresholds)
    center: Center = Center.MEAN

    @property
    def name(self) -> str:
        """What was asked, to begin a sentence with."""
        return self.instrument.label[:1].upper() + self.instrument.label[1:]

    @property
    def later_words(self) -> str:
        """That a case of a pair was heard of later in words only, as a sentence; "" if none was."""
        if not self.n_later_words:
            return ""
        return say_n(
            "In {n:,} pair a later answer was in words only; the last number before it counts.",
            "In {n:,} pairs a later answer was in words only; the last number before it counts.",
            self.n_later_words,
        )

    def in_points(self, steps: Ints) -> Numbers:
        """Scores of ``pairs`` in points of the scale."""
        return steps / self.instrument.steps + self.instrument.bottom

    def middle(self, mean: Mean, spread: Spread) -> tuple[float | None, Interval | None]:
        """What stands for the middle of some scores, and its 95 % interval."""
        if self.center is Center.NONE:
            return None, None
        if self.center is Center.MEDIAN:
            return spread.median, spread.ci95
        return mean.mean, mean.ci95

    @property
    def message(self) -> str:
        """In one sentence or two: how many pairs there are, and why others are missing."""
        numbers = self.numbers
        if not numbers.n_cases:
            is_narrowed = bool(self.question.filter.terms)
            return say("No case meets the filter.") if is_narrowed else say("There is no case yet.")
        if not numbers.n_pairs:
            return say(
                "No complete pair: {missing_in_words}.",
                missing_in_words=missing_in_words(numbers.missing),
            )
        pairs = say(
            "{share_of_cases} a score before and after", share_of_cases=share_of_cases(numbers)
        )
        on_scale = (
            say("{pairs} on {scale}.", pairs=pairs, scale=self.scale.label)
            if self.scale
            else f"{pairs}."
        )
        if not numbers.n_missing:
            return on_scale
        return say(
            "{on_scale} Without a pair: {missing_in_words}.",
            on_scale=on_scale,
            missing_in_words=missing_in_words(numbers.missing),
        )


def share_of_cases(numbers: PairedNumbers) -> str:
    """How many cases have a pair, as in "7 of 9 cases have" and "1 of 1 case has"."""
    said = say("{k:,} of {n:,} cases have")
    if 1 in (numbers.n_pairs, numbers.n_cases):
        one = numbers.n_cases == 1
        said = say("{k:,} of {n:,} case has") if one else say("{k:,} of {n:,} cases has")
    return numerals(said, k=numbers.n_pairs, n=numbers.n_cases)


def missing_in_words(missing: Sequence[tuple[Missing, int]]) -> str:
    """Reasons with their numbers, as in "5 with no follow-up score, 2 with only words before"."""
    return ", ".join(say("{n:,} with {reason}", n=n, reason=reason.label) for reason, n in missing)
