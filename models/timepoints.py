# SPDX-License-Identifier: MIT
"""Which planned time point a day belongs to, counted from the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.vocabulary import TimePoint


@dataclass(frozen=True, slots=True)
class Window:
    """Days after the procedure that count for a time point; both ends belong to it."""

    time_point: TimePoint
    first_day: int
    last_day: int
    target_day: int


WINDOWS = (
    Window(TimePoint.H24, 0, 2, 1),
    Window(TimePoint.W1, 3, 13, 7),
    Window(TimePoint.M1, 14, 59, 30),
    Window(TimePoint.M3, 60, 134, 91),
    Window(TimePoint.M6, 135, 273, 182),
    Window(TimePoint.M12, 274, 547, 365),
    Window(TimePoint.M24, 548, 912, 730),
)
"""Contiguous windows from the day of the procedure on. No published windows were found; these
are the program's own choice."""

BASELINE_DAYS = 30
"""A score counts as baseline without remark when it is at most this many days old."""

TARGET_DAY = {window.time_point: window.target_day for window in WINDOWS}


def time_point_on(performed: date, assessed: date, stated: TimePoint | None) -> TimePoint:
    """The time point of a day.

    Before the procedure is baseline. On the day itself the user's word decides, because a score
    is taken in the morning as often as in the evening. After the last window it is LATER.
    """
    days = (assessed - performed).days
    if days < 0 or (days == 0 and stated is TimePoint.BASELINE):
        return TimePoint.BASELINE
    for window in WINDOWS:
        if days <= window.last_day:
            return window.time_point
    return TimePoint.LATER
