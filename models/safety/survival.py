# SPDX-License-Identifier: MIT
"""Kaplan and Meier 1958: how many are free of an event over time, by scipy. Pure numbers.

The interval is that of log(-log S) with the variance of Greenwood 1926 (Kalbfleisch and Prentice
1980), which stays within 0 and 1.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.statistics import CONFIDENCE, Interval
from models.speech import say

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Days = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

METHOD = say("Kaplan-Meier, log-log interval (Greenwood)")


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from ``day`` on.

    Attributes:
        free: share without an event, 0 to 1.
        ci95: None where it is not defined: before the first event, and at 0.
        at_risk: followed to this day without an event before it.
        events: events on this day.
    """

    day: float
    free: float
    ci95: Interval | None
    at_risk: int
    events: int


@dataclass(frozen=True, slots=True)
class Curve:
    """One Kaplan-Meier estimate of ``n`` patients with ``n_events`` events.

    Attributes:
        steps: one for each day with an event.
        last_day: the longest follow-up, up to which the curve is drawn.
        followed: days of follow-up of each patient, in order.
    """

    n: int
    n_events: int
    steps: tuple[Step, ...]
    last_day: float
    followed: Days

    def at(self, day: float) -> Step | None:
        """The curve at a day; None where nobody is followed that long."""
        if not self.n or day > self.last_day:
            return None
        at_risk = self.at_risk(day)
        last = next((step for step in reversed(self.steps) if step.day <= day), None)
        if last is None:
            return Step(day, 1.0, None, at_risk, 0)
        return Step(day, last.free, last.ci95, at_risk, last.events if last.day == day else 0)

    def at_risk(self, day: float) -> int:
        """Patients who are followed to this day, and had no event before it."""
        return self.n - int(self.followed.searchsorted(day, side="left"))


def kaplan_meier(days: Days, happened: Bools) -> Curve:
    """The estimate from the days to the event, or to the last contact where none happened."""
    import numpy as np

    if not len(days):
        return Curve(0, 0, (), 0.0, np.zeros(0))
    from scipy.stats import CensoredData, ecdf

    followed = np.sort(days)
    n_events = int(happened.sum())
    if not n_events:
        return Curve(len(days), 0, (), float(followed[-1]), followed)
    free = ecdf(CensoredData(uncensored=days[happened], right=days[~happened])).sf
    # At 0 and 1 the interval is not defined, which scipy warns of. ``ci95`` is None there.
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = free.confidence_interval(CONFIDENCE, method="log-log")
    event_days, events = np.unique(days[happened], return_counts=True)
    places = free.quantiles.searchsorted(event_days)
    at_risk = len(days) - followed.searchsorted(event_days, side="left")
    low, high = (side.probabilities[places] for side in (limits.low, limits.high))
    steps = tuple(
        Step(float(day), float(left), _interval(float(least), float(most)), int(risk), int(count))
        for day, left, least, most, risk, count in zip(
            event_days, free.probabilities[places], low, high, at_risk, events, strict=True
        )
    )
    return Curve(len(days), n_events, steps, float(followed[-1]), followed)


def _interval(low: float, high: float) -> Interval | None:
    return Interval(low, high) if low == low and high == high else None  # NaN equals nothing
