# SPDX-License-Identifier: MIT
"""Every pain score of the logbook, read once into arrays. Judges nothing; pairing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.analysis.again import come_after
from models.analysis.assessed import Assessed, read_assessed
from models.analysis.grouping import CompareBy, FilterGroups
from models.analysis.instruments import Instrument, Scale
from models.analysis.members import NOTHING, Bools, Cases, Ints, read_cases
from models.query import EVERYTHING, Filter
from models.schema import CaseRow
from models.scoretext import Fact, Mark
from models.speech import lowered
from models.vocabulary import GlobalOutcome, PainScale

if TYPE_CHECKING:
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Every assessment, case by case in the order of time, those without a date first.

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
        other_pain: was asked for another pain than the score before on its scale.
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
    other_pain: Bools
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
    read = read_assessed(logbook.database, _FACTS, numbers=cases.listed, texts=CaseRow.score_words)
    found = read.facts
    scored = found[Fact.LOW] != NOTHING
    words, said = _said(read, scored)
    again = come_after(logbook.database, cases, read)
    case = cases.places_of(read.number)
    told = np.flatnonzero(scored | (said != NOTHING) | (found[Fact.REASON] != NOTHING))
    order = told[in_time(case[told], read.day[told], found[Fact.POINT][told], scored[told])]
    case, day, said, scored = case[order], read.day[order], said[order], scored[order]
    found = {fact: column[order] for fact, column in found.items()}
    low, high, marks = (found[fact] for fact in (Fact.LOW, Fact.HIGH, Fact.MARKS))
    scales, scale = _scales(found[Fact.SCALE], found[Fact.TOP], scored)
    return Scores(
        cases,
        scales,
        words,
        *(case, day, found[Fact.POINT], scale, low),
        np.where(high == NOTHING, low, high),
        scored & (marks & Mark.CHOSEN.value != 0),
        scored & again[order],
        said,
        np.where(scored, NOTHING, found[Fact.REASON]),
        scored & (marks & Mark.OTHER_PAIN.value != 0),
    )


_STEPS = Instrument.PAIN.steps
_FACTS = (
    *(Fact.POINT, Fact.SCALE, Fact.TOP, Fact.LOW, Fact.HIGH),
    *(Fact.MARKS, Fact.OUTCOME, Fact.REASON),
)


def in_time(case: Ints, day: Ints, point: Ints, scored: Bools | None = None) -> Places:
    """The places of the rows of each case in the order of time, without those of no case.

    Of one moment, what is not ``scored`` comes last.
    """
    moment = (day.astype(np.int64) * 16 + point + 1) * 2
    if scored is not None:
        moment += ~scored
    order = np.argsort((case.astype(np.int64) << 32) + moment, kind="stable")
    found: Places = order[case[order] != NOTHING]
    return found


def _scales(rank: Ints, top: Ints, scored: Bools) -> tuple[tuple[Scale, ...], Ints]:
    """The scales of the scores, and the place of each among them."""
    found: list[Scale] = []
    place = np.full(len(rank), NOTHING, np.int32)
    for term in PainScale:
        of_term = scored & (rank == term.rank)
        if not of_term.any():
            continue
        if term.maximum is not None:
            place[of_term] = len(found)
            found.append(Scale(term, float(term.maximum)))
            continue
        for stated in np.unique(top[of_term]).tolist():
            if stated != NOTHING:
                place[of_term & (top == stated)] = len(found)
                found.append(Scale(term, stated / _STEPS))
    return tuple(found), place


def _said(read: Assessed, scored: Bools) -> tuple[tuple[str, ...], Ints]:
    """What was said in the place of scores, and the place of each among these words."""
    words = [lowered(outcome.label) for outcome in GlobalOutcome]
    said = np.where(scored, NOTHING, read.facts[Fact.OUTCOME])
    place_of = {text: place for place, text in enumerate(dict.fromkeys(read.texts), len(words))}
    said[read.marked(Mark.HAS_WORDS)] = [place_of[text] for text in read.texts]
    return (*words, *map(str, place_of)), said
