# SPDX-License-Identifier: MIT
"""What is shown and not averaged: ranges, words, scores without a date or without a partner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.members import NOTHING, Bools, read_names
from models.analysis.pairing import (
    Gap,
    Missing,
    Places,
    Selection,
    moment_of,
    of_cases,
    with_later_words,
)
from models.analysis.question import Question
from models.analysis.scores import Scores
from models.numbers import Reported
from models.vocabulary import AssessmentMissing, TimePoint

if TYPE_CHECKING:
    from models.logbook import Logbook

MOST_LISTED = 500
"""Cases that are listed one by one; of more only the number is told."""

_SCALE_GAPS = (
    Gap.BEFORE_NO_SCALE,
    Gap.AFTER_NO_SCALE,
    Gap.OTHER_SCALE_AFTER,
    Gap.OTHER_PAIN,
)
"""Scores that no analysis takes, on whatever scale; a pair on another scale is no such thing."""

_MOST_WORDS = 50
_POINTS = tuple(TimePoint)
_GAPS = tuple(Gap)
_REASONS = tuple(AssessmentMissing)


@dataclass(frozen=True, slots=True)
class Mark:
    """Scores without a partner that are the same, on the scale of the analysis.

    Attributes:
        after: given after the procedure.
        low: the score, or the lower end of the range, in points.
        high: the same, or the upper end.
        dated: its time is known, as that of a score before always is.
        n: how many of them.
    """

    after: bool
    low: float
    high: float
    dated: bool
    n: int

    @property
    def is_range(self) -> bool:
        """Two different ends."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Said:
    """Words in the place of a score, and how many said them."""

    after: bool
    words: str
    n: int


@dataclass(frozen=True, slots=True)
class CaseApart:
    """One case without a pair, as it is shown.

    Attributes:
        levels: labels of the treated levels, from head to tail.
        before: the score before as it was reported.
        after: the score after as it was reported.
        before_scale: label of its scale; "" for words or where it is not stated.
        after_scale: the same of the score after.
        after_point: label of when the score after was given; "" where there is none.
        dated: whether the score after has its date.
        missing: why there is no pair.
    """

    case_id: str
    patient_code: str
    levels: tuple[str, ...]
    before: Reported
    after: Reported
    before_scale: str
    after_scale: str
    after_point: str
    dated: bool
    missing: Missing


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is shown and not averaged; fields as in ``PairedOutcome``."""

    cases: int
    before: int
    after: int
    ranges: int
    words: int
    later_words: int
    undated: int
    flagged: int


class _Sides:
    """Facts about the selected score of each case, before and after."""

    def __init__(self, scores: Scores, selection: Selection, question: Question) -> None:
        start = moment_of(scores, question.start, question.start)
        end = moment_of(scores, question.to, question.start)
        both = (selection.before, selection.after)
        said = ~scores.numeric & (scores.said != NOTHING)
        here = scores.numeric & (scores.scale == selection.scale) & (selection.scale != NOTHING)
        self.placed = [_is(m.placed, row) for m, row in zip((start, end), both, strict=True)]
        self.numeric = [_is(scores.numeric, row) for row in both]
        self.ranged = [_is(scores.numeric & ~scores.exact, row) for row in both]
        self.said = [_is(said, row) for row in both]
        self.on_scale = [_is(here, row) for row in both]
        self.undated = self.numeric[1] & ~self.placed[1]
        lonely = np.isin(selection.gap, [gap.rank for gap in _SCALE_GAPS])
        odd = np.any([*self.ranged, *self.said, self.undated, lonely], axis=0)
        self.shown = ~selection.paired & odd


def count_apart(scores: Scores, selection: Selection, question: Question) -> Counts:
    """How much is shown and not averaged."""
    sides = _Sides(scores, selection, question)
    alone = ~selection.paired
    return Counts(
        cases=int(sides.shown.sum()),
        before=int(sides.numeric[0].sum()),
        after=int(sides.numeric[1].sum()),
        ranges=int(sum((ranged & alone).sum() for ranged in sides.ranged)),
        words=int(sum((said & alone).sum() for said in sides.said)),
        later_words=int(with_later_words(scores, selection, question).sum()),
        undated=int(sides.undated.sum()),
        flagged=int((_is(scores.flagged, selection.after) & selection.paired).sum()),
    )


def marks_of(scores: Scores, selection: Selection, question: Question) -> tuple[Mark, ...]:
    """Scores of the analysis' scale that have no partner, equal ones together."""
    sides = _Sides(scores, selection, question)
    marks: list[Mark] = []
    for after, rows in enumerate((selection.before, selection.after)):
        alone = ~selection.paired & sides.on_scale[after]
        low, high = scores.low[rows[alone]], scores.high[rows[alone]]
        facts = np.stack([low, high, sides.placed[after][alone]])
        different, counts = np.unique(facts, axis=1, return_counts=True)
        told = [*scores.in_points(different[:2]).tolist(), different[2].tolist()]
        marks += [
            Mark(bool(after), low, high, bool(is_dated), n)
            for low, high, is_dated, n in zip(*told, counts.tolist(), strict=True)
        ]
    return tuple(marks)


def said_of(scores: Scores, selection: Selection) -> tuple[Said, ...]:
    """Words in the place of a score, the most frequent first."""
    said: list[Said] = []
    for after, rows in enumerate((selection.before, selection.after)):
        places = of_cases(scores.said, rows, NOTHING)[~selection.paired]
        counted = Counter(scores.words[place] for place in places[places != NOTHING])
        said += [Said(bool(after), words, n) for words, n in counted.most_common(_MOST_WORDS)]
    return tuple(said)


def cases_apart(
    logbook: Logbook, scores: Scores, selection: Selection, question: Question
) -> tuple[CaseApart, ...]:
    """The cases with something that is shown and not averaged; ``MOST_LISTED`` of them at most."""
    sides = _Sides(scores, selection, question)
    places = np.flatnonzero(sides.shown)[:MOST_LISTED].tolist()
    names = read_names(logbook, [scores.cases.ids[place] for place in places])
    listed = []
    for place in places:
        case_id = scores.cases.ids[place]
        before, after = int(selection.before[place]), int(selection.after[place])
        reason = int(selection.recorded[place])
        missing = Missing(
            _GAPS[selection.gap[place]], None if reason == NOTHING else _REASONS[reason]
        )
        point = NOTHING if after == NOTHING else int(scores.point[after])
        listed.append(
            CaseApart(
                case_id,
                names[case_id].patient_code,
                tuple(level.label for level in names[case_id].levels),
                _reported(scores, before),
                _reported(scores, after),
                _scale(scores, before),
                _scale(scores, after),
                "" if point == NOTHING else _POINTS[point].label,
                dated=bool(sides.placed[1][place]),
                missing=missing,
            )
        )
    return tuple(listed)


def _is(fact: Bools, rows: Places) -> Bools:
    return of_cases(fact, rows, 0).astype(bool)


def _reported(scores: Scores, row: int) -> Reported:
    if row == NOTHING:
        return Reported()
    if scores.low[row] != NOTHING:
        low, high = (float(scores.in_points(end[row])) for end in (scores.low, scores.high))
        return Reported(low, high)
    said = int(scores.said[row])
    return Reported(words="" if said == NOTHING else scores.words[said])


def _scale(scores: Scores, row: int) -> str:
    if row == NOTHING or scores.scale[row] == NOTHING:
        return ""
    label: str = scores.scales[int(scores.scale[row])].label
    return label
