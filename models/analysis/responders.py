# SPDX-License-Identifier: MIT
"""Who counts as improved: what has to be reached, where that comes from, and how many reach it.

Compared in whole steps of the scale, so that 7.0 to 4.9 is 30 % and no rounding decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.analysis.instruments import Instrument, Scale
from models.analysis.statistics import Proportion, wilson
from models.analysis.thresholds import Thresholds
from models.numbers import show_number
from models.speech import say
from models.vocabulary import PainScale, Vocabulary

if TYPE_CHECKING:
    from models.analysis.members import Bools, Ints

__all__ = [
    "Criterion",
    "Responders",
    "Thresholds",
    "count_responders",
    "has_points",
    "needed_points",
    "reaches_points",
    "responders_of",
]

_TOPS = (10, 100)
"""Tops of the pain scales for which thresholds in points are published; verbal ones have none."""


class Criterion(Vocabulary):
    """What a patient has to reach; the label names the source of the threshold."""

    POINTS = "ge2", "Farrar 2001, Ostelo 2008"
    THIRTY = "ge30pct", "Farrar 2001, Ostelo 2008; moderate in IMMPACT, Dworkin 2008"
    FIFTY = "ge50pct", "substantial in IMMPACT, Dworkin 2008"
    ACCEPTABLE = "acceptable", "patient acceptable state, Mannion 2020, Fekete 2013"

    def source_for(self, instrument: Instrument) -> str:
        """Where the standard threshold comes from."""
        if instrument is Instrument.PAIN:
            return self.label
        if self is Criterion.ACCEPTABLE and instrument is Instrument.ODI:
            return say("patient acceptable state in adult deformity, Mannion 2020")
        if self is Criterion.ACCEPTABLE:
            return say("recovered, Kamper 2010")
        return say("Ostelo 2008")


@dataclass(frozen=True, slots=True)
class Responders:
    """How many reach one criterion.

    Attributes:
        label: the criterion in the points of the scale, such as "≥ 2 points".
        result: of all pairs for which the criterion is defined.
        n_undefined: pairs for which it is not: percent of no pain, points of a verbal scale.
        n_unable: pairs whose score before is too low to reach it.
        source: where the threshold comes from.
    """

    criterion: Criterion
    label: str
    result: Proportion
    n_undefined: int = 0
    n_unable: int = 0
    source: str = ""

    @property
    def remark(self) -> str:
        """What has to be known beside the share; "" if nothing."""
        if self.n_unable:
            return say("{n_unable:,} began too low to reach it", n_unable=self.n_unable)
        return (
            say("{n_undefined:,} not defined", n_undefined=self.n_undefined)
            if self.n_undefined
            else ""
        )


def count_responders(
    before: Ints,
    after: Ints,
    scale: Scale | None,
    thresholds: Thresholds,
    instrument: Instrument = Instrument.PAIN,
) -> tuple[Responders, ...]:
    """How many of the pairs reach each criterion; scores in whole steps of the scale.

    Only pain, ODI and RMDQ have criteria: for the others none is established here.
    """
    scale = scale or _USUAL.get(instrument)
    count = _COUNT.get(instrument)
    if count is None:
        return ()
    return tuple(
        replace(found, source=_source(found.criterion, instrument, scale, thresholds))
        for found in count(before, after, scale, thresholds)
    )


def _source(
    criterion: Criterion, instrument: Instrument, scale: Scale | None, thresholds: Thresholds
) -> str:
    name = _NAMES.get((criterion, instrument)) or _NAMES[criterion, Instrument.PAIN]
    if getattr(thresholds, name) != getattr(Thresholds(), name):
        return say("set for this logbook")
    source = criterion.source_for(instrument)
    in_points = criterion in (Criterion.POINTS, Criterion.ACCEPTABLE)
    is_other = scale is not None and scale.term is not PainScale.NRS
    if instrument is Instrument.PAIN and in_points and is_other:
        # Ostelo has 15 of 100 for VAS; a threshold of 10 points is stretched to every scale here.
        return say("{source}, of NRS 0–10", source=source)
    return source


def has_points(scale: Scale | None) -> bool:
    """Whether a threshold in points is defined for the scale."""
    if scale is None:
        return True
    if scale.instrument is Instrument.PAIN:
        return scale.top in _TOPS
    return scale.instrument in (Instrument.ODI, Instrument.RMDQ)


def needed_points(scale: Scale | None, thresholds: Thresholds) -> float:
    """The improvement that the threshold asks for, in points of ``scale``."""
    match scale.instrument if scale else Instrument.PAIN:
        case Instrument.ODI:
            return thresholds.odi_points
        case Instrument.RMDQ:
            return thresholds.rmdq_points
        case _:
            return _of_scale(scale, thresholds.points)


def reaches_points(
    before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds
) -> Bools | None:
    """Which pairs improve by the threshold in points; None where none is defined."""
    if not has_points(scale):
        return None
    found: Bools = before - after >= _steps(scale, needed_points(scale, thresholds))
    return found


def responders_of(found: Sequence[Responders], criterion: Criterion) -> Responders:
    """The one for ``criterion``.

    Raises:
        StopIteration: the scale has no such criterion.
    """
    return next(responders for responders in found if responders.criterion is criterion)


def _of_pain(
    before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds
) -> tuple[Responders, ...]:
    return (
        _points(before, after, scale, thresholds),
        _percent(before, after, Criterion.THIRTY, thresholds.moderate),
        _percent(before, after, Criterion.FIFTY, thresholds.substantial),
        _acceptable(after, scale, _of_scale(scale, thresholds.acceptable)),
    )


def _of_odi(
    before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds
) -> tuple[Responders, ...]:
    return (
        _points(before, after, scale, thresholds),
        _percent(before, after, Criterion.THIRTY, thresholds.moderate),
        _acceptable(after, scale, thresholds.odi_acceptable),
    )


def _of_rmdq(
    before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds
) -> tuple[Responders, ...]:
    return (
        _points(before, after, scale, thresholds),
        _percent(before, after, Criterion.THIRTY, thresholds.moderate),
        _acceptable(after, scale, thresholds.rmdq_acceptable),
    )


_Count = Callable[["Ints", "Ints", "Scale | None", Thresholds], tuple[Responders, ...]]
_COUNT: dict[Instrument, _Count] = {
    Instrument.PAIN: _of_pain,
    Instrument.ODI: _of_odi,
    Instrument.RMDQ: _of_rmdq,
}
_NAMES = {
    (Criterion.POINTS, Instrument.PAIN): "points",
    (Criterion.THIRTY, Instrument.PAIN): "moderate",
    (Criterion.FIFTY, Instrument.PAIN): "substantial",
    (Criterion.ACCEPTABLE, Instrument.PAIN): "acceptable",
    (Criterion.POINTS, Instrument.ODI): "odi_points",
    (Criterion.ACCEPTABLE, Instrument.ODI): "odi_acceptable",
    (Criterion.POINTS, Instrument.RMDQ): "rmdq_points",
    (Criterion.ACCEPTABLE, Instrument.RMDQ): "rmdq_acceptable",
}
"""Which threshold each criterion asks for."""

_USUAL = {
    Instrument.ODI: Scale(Instrument.ODI, 100.0),
    Instrument.RMDQ: Scale(Instrument.RMDQ, 24.0),
}
"""What the criteria are told for where nobody has a score yet."""


def _points(before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds) -> Responders:
    needed = needed_points(scale, thresholds)
    label = say("≥ {needed} points", needed=show_number(needed))
    reached = reaches_points(before, after, scale, thresholds)
    if reached is None:
        return _undefined(Criterion.POINTS, label, len(before))
    result = wilson(int(reached.sum()), len(before))
    n_unable = int((before < _steps(scale, needed)).sum())
    return Responders(Criterion.POINTS, label, result, n_unable=n_unable)


def _percent(before: Ints, after: Ints, criterion: Criterion, percent: int) -> Responders:
    defined = before > 0
    reached = 100 * (before - after) >= percent * before
    result = wilson(int((reached & defined).sum()), int(defined.sum()))
    return Responders(criterion, f"≥ {percent} %", result, len(before) - result.n)


def _acceptable(after: Ints, scale: Scale | None, limit: float) -> Responders:
    label = say("≤ {limit} after", limit=show_number(limit))
    if not has_points(scale):
        return _undefined(Criterion.ACCEPTABLE, label, len(after))
    result = wilson(int((after <= _steps(scale, limit)).sum()), len(after))
    return Responders(Criterion.ACCEPTABLE, label, result)


def _undefined(criterion: Criterion, label: str, n: int) -> Responders:
    return Responders(criterion, label, wilson(0, 0), n_undefined=n)


def _of_scale(scale: Scale | None, points: float) -> float:
    """Points of a scale of 0 to 10 in points of ``scale``."""
    return points if scale is None else points * scale.top / 10


def _steps(scale: Scale | None, points: float) -> int:
    instrument = scale.instrument if scale else Instrument.PAIN
    return round(points * instrument.steps)
