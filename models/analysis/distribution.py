# SPDX-License-Identifier: MIT
"""How the change is spread over the pairs: how many changed by how much, and who reaches what.

No change has a bar of its own, however wide the others are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.instruments import Instrument, Scale
from models.analysis.responders import has_points, needed_points, reaches_points

if TYPE_CHECKING:
    from models.analysis.members import Bools, Ints
    from models.analysis.outcome import PairedOutcome

_PERCENT_STEP = 10
_LEAST_PERCENT = -100
"""Who got worse by more than this percentage of the score before stands in one bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Pairs whose change lies from ``low`` to ``high``.

    Where both are the same the bar is of one value. Otherwise the end nearer to no change belongs
    to it and the other one does not.

    Attributes:
        n: pairs.
        n_reached: those of them that reach the threshold; 0 where none is defined.
    """

    low: float
    high: float
    n: int
    n_reached: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where a threshold lies on the axis, and what is written beside it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """The change of all pairs, or their relief in percent.

    Attributes:
        bars: in the order of the axis, without those of nobody.
        width: of a bar, in the unit of the axis.
        is_whole: every change is a multiple of ``width``, so that each bar is of one value.
        n: pairs.
        n_zero: pairs without a change.
        n_worse: pairs that got worse.
        n_undefined: pairs that have no percentage, because they began at 0.
        n_beyond: pairs in a bar that stands for everything beyond its place.
        thresholds: where they lie.
        mean: of the values of all pairs that have one; of percentages, the mean of each patient's
            own and not the percentage of the means.
    """

    bars: tuple[Bar, ...]
    width: float
    is_whole: bool
    n: int
    n_zero: int
    n_worse: int
    n_undefined: int
    n_beyond: int
    thresholds: tuple[Threshold, ...]
    mean: float | None


def change_distribution(outcome: PairedOutcome) -> Distribution:
    """The change of each pair, after minus before, in points of the scale."""
    before, after = outcome.pairs
    scale, steps = outcome.scale, outcome.instrument.steps
    change = after - before
    reached = reaches_points(before, after, scale, outcome.thresholds)
    step = round(_width(scale) * steps)
    bars, is_whole = _bars(change, step, reached)
    thresholds: tuple[Threshold, ...] = ()
    if has_points(scale) and outcome.numbers.responders:
        needed = needed_points(scale, outcome.thresholds)
        thresholds = (Threshold(-needed, outcome.numbers.responders[0].label),)
    worse = change < 0 if outcome.instrument.more_is_better else change > 0
    return Distribution(
        bars=tuple(Bar(bar.low / steps, bar.high / steps, bar.n, bar.n_reached) for bar in bars),
        width=step / steps,
        is_whole=is_whole,
        n=len(change),
        n_zero=int((change == 0).sum()),
        n_worse=int(worse.sum()),
        n_undefined=0,
        n_beyond=0,
        thresholds=thresholds,
        mean=outcome.numbers.change.mean,
    )


def percent_distribution(outcome: PairedOutcome) -> Distribution | None:
    """Relief of each pair in percent of its score before; None where percent means nothing.

    More than 100 % worse stands in the bar at the end; a relief of 100 % has a bar of its own.
    """
    if outcome.instrument not in (Instrument.PAIN, Instrument.ODI, Instrument.RMDQ):
        return None
    before, after = outcome.pairs
    defined = before > 0
    before, after = before[defined], after[defined]
    relief, moderate = before - after, outcome.thresholds.moderate
    reached = 100 * relief >= moderate * before
    # Hundredths of a percent, rounded towards no change, so that 30 % is never counted as more.
    share = np.sign(relief) * (10_000 * abs(relief.astype(np.int64)) // before)
    share = np.where((share == 0) & (relief != 0), np.sign(relief), share)
    beyond = share < 100 * _LEAST_PERCENT
    share = np.maximum(share, 100 * _LEAST_PERCENT - 1)
    bars, _ = _bars(share, 100 * _PERCENT_STEP, reached, whole=False)
    substantial = outcome.thresholds.substantial
    marks = [Threshold(moderate, f"≥ {moderate} %")]
    if outcome.instrument is Instrument.PAIN:
        marks.append(Threshold(substantial, f"≥ {substantial} %"))
    return Distribution(
        bars=tuple(
            Bar(bar.low / 100, min(bar.high / 100, 100.0), bar.n, bar.n_reached) for bar in bars
        ),
        width=_PERCENT_STEP,
        is_whole=False,
        n=len(relief),
        n_zero=int((relief == 0).sum()),
        n_worse=int((relief < 0).sum()),
        n_undefined=int((~defined).sum()),
        n_beyond=int(beyond.sum()),
        thresholds=tuple(marks),
        mean=float((100 * relief / before).mean()) if len(relief) else None,
    )


def _width(scale: Scale | None) -> float:
    if scale is None:
        return 1.0
    if scale.instrument is Instrument.EQ5D:
        return 0.1
    return 5.0 if scale.top >= 100 else 1.0


def _bars(
    change: Ints, step: int, reached: Bools | None, *, whole: bool = True
) -> tuple[list[Bar], bool]:
    """Bars in whole numbers, and whether each is of one value."""
    is_whole = whole and bool((change % step == 0).all())
    # Away from no change, so that 0 stands alone and 1 to ``step`` - 1 makes the first bar.
    place = np.sign(change) * (abs(change) // step + (0 if is_whole else change != 0))
    if reached is None:
        reached = np.zeros(len(change), dtype=bool)
    bars = []
    for one in np.unique(place).tolist():
        members = place == one
        low, high = _ends(one, step, is_whole=is_whole)
        bars.append(Bar(low, high, int(members.sum()), int((members & reached).sum())))
    return bars, is_whole


def _ends(place: int, step: int, *, is_whole: bool) -> tuple[int, int]:
    if is_whole or place == 0:
        return place * step, place * step
    return ((place - 1) * step, place * step) if place > 0 else (place * step, (place + 1) * step)
