# SPDX-License-Identifier: MIT
"""Who counts as improved: the thresholds, where they come from, and how many reach them.

Compared in whole tenths of a point, so that 7.0 to 4.9 is 30 % and no rounding decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.statistics import Proportion, wilson
from models.numbers import show_number
from models.vocabulary import Vocabulary

if TYPE_CHECKING:
    from models.analysis.scores import Ints, Scale

_TOPS = (10, 100)
"""Tops of the scales for which thresholds in points are published; verbal scales have none."""


class Criterion(Vocabulary):
    """What a patient has to reach; the label names the source of the threshold."""

    POINTS = "ge2", "Farrar 2001, Ostelo 2008"
    THIRTY = "ge30pct", "Farrar 2001, Ostelo 2008; moderate in IMMPACT 2008"
    FIFTY = "ge50pct", "substantial in IMMPACT 2008"
    ACCEPTABLE = "acceptable", "patient acceptable state, Mannion 2020, Fekete 2013"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What counts as improved.

    Attributes:
        points: relief in points of a scale of 0 to 10; ten times as many on one of 0 to 100.
        moderate: relief in percent of the score before.
        substantial: the same, for the stricter criterion.
        acceptable: highest acceptable score after, on a scale of 0 to 10.
    """

    points: float = 2.0
    moderate: int = 30
    substantial: int = 50
    acceptable: float = 3.0


@dataclass(frozen=True, slots=True)
class Responders:
    """How many reach one criterion.

    Attributes:
        label: the criterion in the points of the scale, such as "≥ 2 points".
        result: of all pairs for which the criterion is defined.
        n_undefined: pairs for which it is not: percent of no pain, points of a verbal scale.
        n_unable: pairs whose score before is too low to reach it.
    """

    criterion: Criterion
    label: str
    result: Proportion
    n_undefined: int = 0
    n_unable: int = 0

    @property
    def remark(self) -> str:
        """What has to be known beside the share; "" if nothing."""
        if self.n_unable:
            return f"{self.n_unable:,} began too low to reach it"
        return f"{self.n_undefined:,} not defined" if self.n_undefined else ""


def count_responders(
    before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds
) -> tuple[Responders, ...]:
    """How many of the pairs reach each criterion; scores in tenths of a point."""
    return (
        _points(before, after, scale, thresholds),
        _percent(before, after, Criterion.THIRTY, thresholds.moderate),
        _percent(before, after, Criterion.FIFTY, thresholds.substantial),
        _acceptable(after, scale, thresholds),
    )


def has_points(scale: Scale | None) -> bool:
    """Whether thresholds in points are defined for the scale."""
    return scale is None or scale.top in _TOPS


def points_on(scale: Scale | None, points: float) -> float:
    """Points of a scale of 0 to 10 in points of ``scale``."""
    return points if scale is None else points * scale.top / 10


def responders_of(found: Sequence[Responders], criterion: Criterion) -> Responders:
    """The one for ``criterion``."""
    return next(responders for responders in found if responders.criterion is criterion)


def _points(before: Ints, after: Ints, scale: Scale | None, thresholds: Thresholds) -> Responders:
    needed = points_on(scale, thresholds.points)
    label = f"≥ {show_number(needed)} points"
    if not has_points(scale):
        return _undefined(Criterion.POINTS, label, len(before))
    tenths = round(needed * 10)
    result = wilson(int((before - after >= tenths).sum()), len(before))
    n_unable = int((before < tenths).sum())
    return Responders(Criterion.POINTS, label, result, n_unable=n_unable)


def _percent(before: Ints, after: Ints, criterion: Criterion, percent: int) -> Responders:
    defined = before > 0
    reached = 100 * (before - after) >= percent * before
    result = wilson(int((reached & defined).sum()), int(defined.sum()))
    return Responders(criterion, f"≥ {percent} %", result, len(before) - result.n)


def _acceptable(after: Ints, scale: Scale | None, thresholds: Thresholds) -> Responders:
    limit = points_on(scale, thresholds.acceptable)
    label = f"≤ {show_number(limit)} after"
    if not has_points(scale):
        return _undefined(Criterion.ACCEPTABLE, label, len(after))
    result = wilson(int((after <= round(limit * 10)).sum()), len(after))
    return Responders(Criterion.ACCEPTABLE, label, result)


def _undefined(criterion: Criterion, label: str, n: int) -> Responders:
    return Responders(criterion, label, wilson(0, 0), n_undefined=n)
