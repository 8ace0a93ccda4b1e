# SPDX-License-Identifier: MIT
"""What a mixed model makes of scores that are missing at random: plain data and its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from models.analysis.statistics import Interval, Mean, PairedT
from models.speech import lowered, numerals, say, say_n

if TYPE_CHECKING:
    from models.analysis.instruments import Scale
    from models.analysis.question import Question
    from models.vocabulary import TimePoint

FEWEST_PAIRS = 30
"""Cases with both scores that the model needs.

In simulations of two, four and eight time points, where a third to four fifths of the last scores
were lost by how the one before was, its 95 % intervals held 94 to 96 % from here on for scores of
0 to 10 with many at the end of the scale, and 91 to 95 % for strongly skewed ones; those of
complete cases held 56 to 96 %.
"""

FEWEST_SCORES = 20
"""Scores at a time point that enters. One with fewer adds more parameters than it tells."""

FEWEST_TOGETHER = 10
"""Cases with scores at both of any two time points that enter: of fewer their covariance would
rest on the others alone."""


class WhyNot(StrEnum):
    """Why the model is not shown, in names that scripts rely on."""

    NO_SCALE = "no_scale"
    FEW_PAIRS = "few_pairs"
    ALL_EQUAL = "all_equal"
    SINGULAR = "singular"
    NOT_REACHED = "not_reached"
    OFF_SCALE = "off_scale"


class WhyOut(StrEnum):
    """Why a time point does not enter."""

    FEW_SCORES = "few_scores"
    ALL_EQUAL = "all_equal"
    SELDOM_TOGETHER = "seldom_together"


@dataclass(frozen=True, slots=True)
class Modeled:
    """An estimate of the model, in points.

    ``ci95`` is by Student's t with ``df``, from the robust standard error ``se``. Of two time
    points where no score is missing both are those of the paired t.
    """

    mean: float
    se: float
    df: int
    ci95: Interval


@dataclass(frozen=True, slots=True)
class PointModeled:
    """A time point of the model.

    Attributes:
        scores: the exact scores that are there.
        modeled: mean had all cases been scored.
    """

    point: TimePoint
    scores: Mean
    modeled: Modeled


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A time point with ``n`` scores that did not enter."""

    point: TimePoint
    n: int
    why: WhyOut


@dataclass(frozen=True, slots=True)
class Unused:
    """Rows of the record that enter no mean.

    Attributes:
        ranges: ranges that stand for a time point.
        words: words in the place of a score.
        undated: numbers after without a date.
        other_scales: numbers on another scale, or on none.
    """

    ranges: int
    words: int
    undated: int
    other_scales: int


@dataclass(frozen=True, slots=True)
class AtRandom:
    """The answer; a case counts, as it does for pairs.

    Attributes:
        scale: scale of all numbers; None where no score has one.
        to: the time point that the change goes to. Where the latest follow-up is asked for it is
            the last one with enough pairs, as "the latest" is another time in each case; None
            where no case has a pair.
        n_all: cases of the question.
        n_cases: cases with a score at any of the time points that enter.
        n_scores: these scores.
        pairs: mean change of the complete cases between the same two time points.
        change: the same by the model; None where it is not shown.
        points: the time points that enter, in order; () where the model is not shown.
        left_out: time points with a score that do not enter.
        why_not: why the model is not shown.
        equal_at: where all scores are equal, if that is why.
        n_flagged: scores that came after a new fracture or another treatment; they count.
    """

    question: Question
    scale: Scale | None
    to: TimePoint | None
    n_all: int
    n_cases: int
    n_scores: int
    pairs: PairedT
    change: Modeled | None
    points: tuple[PointModeled, ...]
    left_out: tuple[LeftOut, ...]
    why_not: WhyNot | None
    equal_at: TimePoint | None
    n_flagged: int
    unused: Unused

    @property
    def is_of_latest(self) -> bool:
        """Whether the time point was chosen here, as none was asked for."""
        return self.question.to is None

    @property
    def refusal(self) -> str:
        """Why the model is not shown, as a sentence with n; "" where it is."""
        match self.why_not:
            case None:
                return ""
            case WhyNot.NO_SCALE:
                return say("No mixed model: no score is a number on a known scale.")
            case WhyNot.FEW_PAIRS:
                return self._too_few()
            case WhyNot.ALL_EQUAL:
                return say(
                    "No mixed model: all scores at the time point “{point}” are the same.",
                    point=self.equal_at.label if self.equal_at else "",
                )
            case WhyNot.SINGULAR:
                return say(
                    "No mixed model: the scores at one time point follow from those at others, "
                    "so that their covariance cannot be estimated ({n_cases:,} cases, {n_scores:,} "
                    "scores).",
                    **self._counts,
                )
            case WhyNot.NOT_REACHED:
                return say(
                    "No mixed model: the estimate did not converge ({n_cases:,} cases, "
                    "{n_scores:,} scores).",
                    **self._counts,
                )
            case WhyNot.OFF_SCALE:
                return say(
                    "No mixed model: it would put a mean beyond the ends of the scale "
                    "({n_cases:,} cases, {n_scores:,} scores).",
                    **self._counts,
                )

    def _too_few(self) -> str:
        n = self.pairs.n
        if self.to is None:
            return say(
                "No mixed model: no case has a score both before and after, and it needs {fewest}.",
                fewest=FEWEST_PAIRS,
            )
        return say_n(
            "No mixed model: {n:,} case has both scores ({start}, {to}), and it needs {fewest}.",
            "No mixed model: {n:,} cases have both scores ({start}, {to}), and it needs {fewest}.",
            n,
            start=lowered(self.question.start.label),
            to=lowered(self.to.label),
            fewest=FEWEST_PAIRS,
        )

    @property
    def _counts(self) -> dict[str, int]:
        return {"n_cases": self.n_cases, "n_scores": self.n_scores}

    @property
    def methods(self) -> str:
        """How it was worked out, as one sentence for a paper; "" where it is not shown."""
        if self.change is None:
            return ""
        return say(
            "The change, had no score been missing, was estimated by a mixed model for repeated "
            "measures (time points {points} as categories, unstructured covariance, maximum "
            "likelihood by EM, Dempster, Laird and Rubin 1977) from all {n_cases:,} cases with a "
            "score ({n_scores:,} scores), taking scores as missing at random; its 95 % confidence "
            "interval is by a robust standard error (Yuan and Bentler 2000) and Student's t with "
            "{df:,} degrees of freedom, and no value was carried forward.",
            points=", ".join(lowered(one.point.label) for one in self.points),
            df=self.change.df,
            **self._counts,
        )

    @property
    def assumed_in_words(self) -> str:
        """What the model takes for granted, as sentences; "" where it is not shown."""
        if self.change is None:
            return ""
        return say(
            "Assumed: whether a score is missing depends on the scores that are there, not on "
            "the missing one. Those who died or are not due count as if they had answered."
        )

    @property
    def methods_in_words(self) -> tuple[str, ...]:
        """Sentences for the methods of a paper, "" for what does not apply."""
        return self.methods, self.assumed_in_words, self.chosen_in_words

    @property
    def left_out_in_words(self) -> str:
        """Which time points did not enter, and why, as a sentence; "" where all did."""
        if self.change is None or not self.left_out:
            return ""
        why = {
            WhyOut.FEW_SCORES: say("fewer than {fewest} scores", fewest=FEWEST_SCORES),
            WhyOut.ALL_EQUAL: say("all scores the same"),
            WhyOut.SELDOM_TOGETHER: say(
                "fewer than {fewest} cases with a score at another time point too",
                fewest=FEWEST_TOGETHER,
            ),
        }
        told = "; ".join(
            say(
                "{point} (n {n:,}, {why})",
                point=lowered(one.point.label),
                n=one.n,
                why=why[one.why],
            )
            for one in self.left_out
        )
        return say("Not in the model: {told}.", told=told)

    @property
    def unused_in_words(self) -> str:
        """What enters no mean, as a sentence; "" where there is no such thing."""
        counted = (
            (self.unused.ranges, say("as a range")),
            (self.unused.words, say("in words")),
            (self.unused.undated, say("without a date")),
            (self.unused.other_scales, say("on another scale")),
        )
        told = ", ".join(numerals("{n:,} {how}", n=n, how=how) for n, how in counted if n)
        return say("Scores that enter neither: {told}.", told=told) if told else ""

    @property
    def flagged_in_words(self) -> str:
        """That something happened before a score, as a sentence; "" where it did not."""
        if not self.n_flagged or self.change is None:
            return ""
        return say(
            "{n_flagged} after came after a new fracture or another treatment, and counted.",
            n_flagged=say_n("{n:,} score", "{n:,} scores", self.n_flagged),
        )

    @property
    def chosen_in_words(self) -> str:
        """Which time point stands for the latest follow-up, and why; "" where one was asked for."""
        if not self.is_of_latest or self.change is None or self.to is None:
            return ""
        return say(
            "The latest follow-up is another time in each case; the model goes to {to}, the last "
            "time point with at least {fewest} pairs.",
            to=lowered(self.to.label),
            fewest=FEWEST_PAIRS,
        )
