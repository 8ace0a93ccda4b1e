# SPDX-License-Identifier: MIT
"""Cement volume against relief of pain: one point a case, the levels of a case summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.analysis import pairing
from models.analysis.association import Spearman, spearman
from models.analysis.columns import steps_of
from models.analysis.instruments import Instrument, Scale
from models.analysis.members import NOTHING, Cases, Ints
from models.analysis.packed import read_packed
from models.analysis.paired import count_missing, read_instrument
from models.analysis.pairing import Missing, of_cases
from models.analysis.question import Question
from models.analysis.statistics import Spread, spread_of
from models.schema import CaseRow, TreatedLevel

if TYPE_CHECKING:
    from models.logbook import Logbook

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class CementRelief:
    """How relief goes with the volume of cement.

    Attributes:
        scale: the scale of pain; None where no score has one.
        ml: total volume of each case that counts, in mL.
        relief: before minus after of the same cases, in points of the scale; more is better.
        n_cases: cases of the question.
        missing: why cases have no pair of scores, with their number.
        n_no_volume: cases with a pair whose volume is not known at every level.
        volume: median and quartiles of ``ml``.
        correlation: Spearman's.
        n_multilevel: cases that count with more than one treated level.
        n_synthetic: synthetic cases among all.
    """

    question: Question
    scale: Scale | None
    ml: tuple[float, ...]
    relief: tuple[float, ...]
    n_cases: int
    missing: tuple[tuple[Missing, int], ...]
    n_no_volume: int
    volume: Spread
    correlation: Spearman
    n_multilevel: int
    n_synthetic: int

    @property
    def n(self) -> int:
        """Cases with volume and relief."""
        return len(self.ml)


def cement_relief(logbook: Logbook, question: Question | None = None) -> CementRelief:
    """Work it out over the cases of the question. Call it inside ``logbook.session()``."""
    question = question or Question()
    with logbook.database.view():
        scores = read_instrument(logbook, Instrument.PAIN, question)
        volume, levels = _volumes(logbook, scores.cases)
    selection = pairing.select(scores, question)
    before, after = (
        of_cases(scores.low, rows, NOTHING) for rows in (selection.before, selection.after)
    )
    counts = selection.paired & (volume != NOTHING)
    ml, relief = volume[counts] / _TENTHS, (before - after)[counts] / Instrument.PAIN.steps
    everybody = np.ones(len(scores.cases.ids), dtype=bool)
    return CementRelief(
        question=question,
        scale=None if selection.scale == NOTHING else scores.scales[selection.scale],
        ml=tuple(ml.tolist()),
        relief=tuple(relief.tolist()),
        n_cases=len(scores.cases.ids),
        missing=count_missing(selection, everybody),
        n_no_volume=int((selection.paired & (volume == NOTHING)).sum()),
        volume=spread_of(ml),
        correlation=spearman(ml, relief),
        n_multilevel=int((levels[counts] > 1).sum()),
        n_synthetic=scores.cases.n_synthetic,
    )


def _volumes(logbook: Logbook, cases: Cases) -> tuple[Ints, Ints]:
    """Tenths of mL of each case, ``NOTHING`` unless known at every level; and its levels."""
    row = TreatedLevel
    read = read_packed(
        logbook.database,
        cases.rows_of(row.procedure),
        wide=[CaseRow.number],
        numbers=[steps_of(row.cement_ml, _TENTHS)],
        halved_by=cases.halved_by,
    )
    case, tenths = cases.places_of(read.wide[0]), read.numbers[0]
    case, tenths = case[case != NOTHING], tenths[case != NOTHING]
    n = len(cases.ids)
    levels = np.bincount(case, minlength=n).astype(np.int32)
    volume = np.bincount(case, tenths, minlength=n).astype(np.int32)
    volume[case[tenths == NOTHING]] = NOTHING
    volume[levels == 0] = NOTHING
    return volume, levels
