# SPDX-License-Identifier: MIT
"""Analgesics and mobility before and after: who moved from which level to which. Never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.apart import count_apart
from models.analysis.instruments import Instrument
from models.analysis.members import NOTHING, Bools
from models.analysis.paired import count_missing
from models.analysis.pairing import Missing, Selection, of_cases
from models.analysis.question import Question
from models.analysis.statistics import Proportion, wilson
from models.analysis.values import read_ladders, read_values
from models.vocabulary import AnalgesicLevel, Mobility, Vocabulary

if TYPE_CHECKING:
    from models.analysis.members import Ints
    from models.analysis.scores import Scores
    from models.logbook import Logbook

TERMS: dict[Instrument, type[Vocabulary]] = {
    Instrument.ANALGESICS: AnalgesicLevel,
    Instrument.MOBILITY: Mobility,
}
"""The levels of each ladder, the best first."""


@dataclass(frozen=True, slots=True)
class ShiftNumbers:
    """How some cases moved; ``better``, ``same`` and ``worse`` share out the pairs."""

    n_cases: int
    missing: tuple[tuple[Missing, int], ...]
    better: Proportion
    same: Proportion
    worse: Proportion

    @property
    def n_pairs(self) -> int:
        """Cases with a level before and after."""
        return self.better.n


@dataclass(frozen=True, slots=True)
class Shift:
    """The answer to a question about one ladder.

    Attributes:
        table: pairs by level before (rows) and after (columns), the best level first.
        numbers: of all cases.
        groups: label of each group and its numbers, where the question asks for groups.
        n_undated: levels after without a date; they are counted and enter nothing.
        n_synthetic: synthetic cases among all.
        cases: numbers of the cases that have a pair.
    """

    question: Question
    instrument: Instrument
    table: tuple[tuple[int, ...], ...]
    numbers: ShiftNumbers
    groups: tuple[tuple[str, ShiftNumbers], ...]
    n_undated: int
    n_synthetic: int
    cases: Ints

    @property
    def terms(self) -> tuple[Vocabulary, ...]:
        """The levels, the best first."""
        return tuple(TERMS[self.instrument])


def shift_of(
    logbook: Logbook,
    instrument: Instrument,
    question: Question | None = None,
) -> Shift:
    """Work out a ladder over the cases of the question that are not in the bin.

    The level before is that of the procedure; where it tells none, that of an assessment before.
    Call it inside ``logbook.session()``.

    Raises:
        KeyError: the instrument is no ladder.
    """
    question = question or Question()
    with logbook.database.view():
        scores = read_values(logbook, instrument, question)
    return _shift(scores, question)


def _shift(scores: Scores, question: Question) -> Shift:
    instrument = scores.instrument
    selection = pairing.select(scores, question)
    before, after = (
        of_cases(scores.low, rows, NOTHING) // instrument.steps
        for rows in (selection.before, selection.after)
    )
    everybody = np.ones(len(scores.cases.ids), dtype=bool)
    n = len(TERMS[instrument])
    table = np.zeros((n, n), np.int64)
    paired = selection.paired
    np.add.at(table, (before[paired], after[paired]), 1)
    return Shift(
        question=question,
        instrument=instrument,
        table=tuple(tuple(row) for row in table.tolist()),
        numbers=_numbers(selection, before - after, everybody),
        groups=_groups(scores, selection, before - after, question),
        n_undated=count_apart(scores, selection, question).undated,
        n_synthetic=scores.cases.n_synthetic,
        cases=scores.cases.numbers[paired],
    )


def _groups(
    scores: Scores, selection: Selection, gained: Ints, question: Question
) -> tuple[tuple[str, ShiftNumbers], ...]:
    if question.by is None:
        return ()
    return tuple(
        (question.by.label_of(code), _numbers(selection, gained, scores.cases.group == place))
        for place, code in enumerate(scores.cases.groups)
    )


def _numbers(selection: Selection, gained: Ints, members: Bools) -> ShiftNumbers:
    found = gained[selection.paired & members]
    n = len(found)
    return ShiftNumbers(
        n_cases=int(members.sum()),
        missing=count_missing(selection, members),
        better=wilson(int((found > 0).sum()), n),
        same=wilson(int((found == 0).sum()), n),
        worse=wilson(int((found < 0).sum()), n),
    )


@dataclass(frozen=True, slots=True)
class Medication:
    """Both ladders."""

    analgesics: Shift
    mobility: Shift


def medication_of(logbook: Logbook, question: Question | None = None) -> Medication:
    """Both ladders over the cases of the question. Call it inside ``logbook.session()``."""
    question = question or Question()
    # One view of the logbook for both.
    with logbook.database.view():
        analgesics, mobility = read_ladders(logbook, question)
    return Medication(_shift(analgesics, question), _shift(mobility, question))
