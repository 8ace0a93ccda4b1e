# SPDX-License-Identifier: MIT
"""Height gain over many levels: three heights by four formulas, and the change of the angles.

The formulas are those of McKiernan 2003 (Spine 28:2517).

Measured gains, gains that were only reported, and angles measured in another way stand apart. The
interval of every mean allows for levels of one patient being alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from models.analysis.association import ClusteredMean, clustered_mean
from models.analysis.level_heights import LevelHeights, read_heights, read_people
from models.analysis.members import Cases, read_cases
from models.analysis.question import Question
from models.analysis.statistics import Spread, spread_of
from models.heights import Formula, Undefined, Wall
from models.schema import LaterMeasure
from models.speech import say

if TYPE_CHECKING:
    from models.analysis.members import Bools, Ints
    from models.analysis.statistics import Numbers
    from models.logbook import Logbook

GAINS = (Formula.GAIN, Formula.OF_INITIAL, Formula.OF_LOST, Formula.OF_REFERENT)
"""The formulas, in the order in which they are shown."""

ReasonsOf = npt.NDArray[np.int8]

_REASONS = tuple(Undefined)
_DEFINED = -1


@dataclass(frozen=True, slots=True)
class Gain:
    """One height by one formula.

    Attributes:
        values: of the levels for which it is defined, with their patients as clusters.
        spread: median and quartiles of the same.
        undefined: of the measured levels, why others have none, with their number.
        n_below_zero: levels that lost height.
        n_above_100: levels above 100 %; 0 for mm.
    """

    wall: Wall
    formula: Formula
    values: ClusteredMean
    spread: Spread
    undefined: tuple[tuple[Undefined, int], ...]
    n_below_zero: int
    n_above_100: int


@dataclass(frozen=True, slots=True)
class Angle:
    """Change of an angle, after minus before; less kyphosis is negative.

    ``method`` is how a kyphotic angle was measured; "" for the wedge angle.
    """

    label: str
    method: str
    values: ClusteredMean
    spread: Spread


@dataclass(frozen=True, slots=True)
class ReportedGains:
    """Gains that were reported in place of heights; ``exact`` are in mm.

    Attributes:
        exact: of the levels for which one number was reported.
        n_range: levels for which a range was reported, such as 3 to 5 mm.
        lowest: the lowest end of the ranges; None without any.
        highest: the highest end.
        n_words: levels of which only words tell.
    """

    exact: ClusteredMean
    n_range: int
    lowest: float | None
    highest: float | None
    n_words: int


@dataclass(frozen=True, slots=True)
class HeightGains:
    """The answer for some cases.

    Attributes:
        n_cases: cases of the question.
        n_levels: their treated levels.
        n_measured: levels with a height before or after at any wall.
        n_measured_cases: cases with such a level.
        gains: every height by every formula, heights in order and formulas in ``GAINS``.
        angles: of the wedge angle, then of the kyphotic angle by method.
        reported: of levels without measured heights.
        n_reported_too: levels with both; the measured heights count.
        measured_on: how they were measured, with the number of levels; "" where not stated.
        n_synthetic: synthetic cases among all.
        group: the code of the group that it is of; "" for all cases.
    """

    question: Question
    n_cases: int
    n_levels: int
    n_measured: int
    n_measured_cases: int
    gains: tuple[Gain, ...]
    angles: tuple[Angle, ...]
    reported: ReportedGains
    n_reported_too: int
    measured_on: tuple[tuple[str, int], ...]
    n_synthetic: int
    group: str = ""

    def gain(self, wall: Wall, formula: Formula) -> Gain:
        """One of ``gains``."""
        return next(one for one in self.gains if (one.wall, one.formula) == (wall, formula))


def height_gains(
    logbook: Logbook, question: Question | None = None
) -> tuple[HeightGains, tuple[tuple[str, HeightGains], ...]]:
    """Work it out over the cases of the question: for all, and by group where it asks for groups.

    Call it inside ``logbook.session()``.
    """
    question = question or Question()
    with logbook.database.view():
        read = read_levels(logbook, question)
    return gains_of(read, question)


@dataclass(frozen=True, slots=True)
class ReadLevels:
    """What the gains rest on: the cases, what is told of their levels, and how many each has."""

    cases: Cases
    heights: LevelHeights
    levels: Ints


def read_levels(logbook: Logbook, question: Question) -> ReadLevels:
    """Read them. Call it inside ``logbook.session()``."""
    cases = read_cases(logbook, question.by, question.filter)
    patients, levels = read_people(logbook, cases)
    return ReadLevels(cases, read_heights(logbook, cases, patients), levels)


def gains_of(
    read: ReadLevels, question: Question
) -> tuple[HeightGains, tuple[tuple[str, HeightGains], ...]]:
    """The same as ``height_gains``, of what was read."""
    cases, heights, levels = read.cases, read.heights, read.levels
    everybody = np.ones(len(heights.case), dtype=bool)
    n_cases, n_levels = len(cases.ids), int(levels.sum())
    whole = _of_levels(heights, question, everybody, n_cases, n_levels, cases.n_synthetic)
    if question.by is None:
        return whole, ()
    group = cases.group[heights.case]
    parts = []
    for place, code in enumerate(cases.groups):
        inside = cases.group == place
        n_cases, n_levels = int(inside.sum()), int(levels[inside].sum())
        part = _of_levels(heights, question, group == place, n_cases, n_levels, 0)
        parts.append((question.by.label_of(code), replace(part, group=code)))
    return whole, tuple(parts)


def work_out(heights: LevelHeights, formula: Formula, wall: int) -> tuple[Numbers, ReasonsOf]:
    """The result of a formula for every level at one wall, NaN where undefined; and why.

    The second array holds the rank of an ``Undefined``, or -1.
    """
    before, after = heights.before[:, wall], heights.after[:, wall]
    reference = heights.reference[:, wall]
    gain = np.round(after - before, 9)
    reasons = np.full(len(gain), _DEFINED, np.int8)
    base: Numbers = {
        Formula.GAIN: np.ones(len(gain)),
        Formula.OF_INITIAL: before / 100,
        Formula.OF_LOST: np.round(reference - before, 9) / 100,
        Formula.OF_REFERENT: reference / 100,
    }[formula]
    if formula is Formula.OF_LOST:
        reasons[~(base > 0)] = _REASONS.index(Undefined.NO_LOSS)
    if formula in (Formula.OF_LOST, Formula.OF_REFERENT):
        reasons[np.isnan(reference)] = _REASONS.index(Undefined.NO_REFERENCE)
    reasons[np.isnan(after)] = _REASONS.index(Undefined.NO_AFTER)
    reasons[np.isnan(before)] = _REASONS.index(Undefined.NO_BEFORE)
    values = np.full(len(gain), np.nan)
    defined = reasons == _DEFINED
    values[defined] = np.round(gain[defined] / base[defined], 9)
    return values, reasons


def _of_levels(
    heights: LevelHeights,
    question: Question,
    members: Bools,
    n_cases: int,
    n_levels: int,
    n_synthetic: int,
) -> HeightGains:
    part = heights.of(members)
    measured = part.is_measured
    known = part.of(measured)
    return HeightGains(
        question=question,
        n_cases=n_cases,
        n_levels=n_levels,
        n_measured=int(measured.sum()),
        n_measured_cases=len(np.unique(known.case)),
        gains=tuple(_gain(known, wall, formula) for wall in Wall for formula in GAINS),
        angles=_angles(part),
        reported=_reported(part.of(~measured)),
        n_reported_too=int((measured & part.is_reported).sum()),
        measured_on=known.modalities(),
        n_synthetic=n_synthetic,
    )


def _gain(heights: LevelHeights, wall: Wall, formula: Formula) -> Gain:
    values, reasons = work_out(heights, formula, tuple(Wall).index(wall))
    defined = reasons == _DEFINED
    known = values[defined]
    counts = [(why, int((reasons == place).sum())) for place, why in enumerate(_REASONS)]
    return Gain(
        wall,
        formula,
        clustered_mean(known, heights.patient[defined]),
        spread_of(known),
        tuple((why, n) for why, n in counts if n),
        int((known < 0).sum()),
        int((known > 100).sum()) if formula is not Formula.GAIN else 0,
    )


def _angles(heights: LevelHeights) -> tuple[Angle, ...]:
    wedge = np.round(heights.wedge[:, 1] - heights.wedge[:, 0], 9)
    found = [_angle(say("Wedge angle"), "", wedge, heights)]
    kyphosis = np.round(heights.kyphosis[:, 1] - heights.kyphosis[:, 0], 9)
    for place, method in enumerate(heights.methods):
        part = np.where(heights.method == place, kyphosis, np.nan)
        if not np.isnan(part).all():
            found.append(_angle(LaterMeasure.kyphosis_deg.label, method, part, heights))
    return tuple(found)


def _angle(label: str, method: str, change: Numbers, heights: LevelHeights) -> Angle:
    known = ~np.isnan(change)
    values = clustered_mean(change[known], heights.patient[known])
    return Angle(label, method, values, spread_of(change[known]))


def _reported(heights: LevelHeights) -> ReportedGains:
    low, high = heights.reported.T
    exact, is_range = low == high, low < high
    return ReportedGains(
        clustered_mean(low[exact], heights.patient[exact]),
        int(is_range.sum()),
        float(low[is_range].min()) if is_range.any() else None,
        float(high[is_range].max()) if is_range.any() else None,
        int((heights.has_words & np.isnan(low)).sum()),
    )
