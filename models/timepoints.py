# SPDX-License-Identifier: MIT
"""The visit plan: which planned time point a day belongs to, counted from the procedure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Self

from models.quick import dataclass
from models.speech import say
from models.vocabulary import TimePoint

BASELINE_DAYS = 30
"""A score counts as baseline without remark when it is at most this many days old."""

LAST_DAY = 3650
"""No window ends later than ten years after the procedure."""

FOLLOW_UPS = (
    TimePoint.H24,
    TimePoint.W1,
    TimePoint.M1,
    TimePoint.M3,
    TimePoint.M6,
    TimePoint.M12,
    TimePoint.M24,
)
"""The time points that have a window, in order."""

VISITS = (TimePoint.BASELINE, *FOLLOW_UPS)
"""The time points that are planned: the visit before the procedure, and those after it."""

_KEYS = frozenset({"asked", "target", "tolerance", "last"})


@dataclass(frozen=True, slots=True)
class Window:
    """What counts for one time point, in days after the procedure; ends belong to it.

    Attributes:
        first_day, last_day: a score of these days counts for the time point in the analysis.
        target_day: the day that is meant; of two scores the nearer one counts.
        tolerance: days before and after the target within which the visit is on time.
        asked: whether the clinic asks for this visit. Scores count in either case.
    """

    time_point: TimePoint
    first_day: int
    last_day: int
    target_day: int
    tolerance: int
    asked: bool = True

    @property
    def ideal_first(self) -> int:
        """The first day on which the visit is on time."""
        return self.target_day - self.tolerance

    @property
    def ideal_last(self) -> int:
        """The last day on which the visit is on time."""
        return self.target_day + self.tolerance


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """The windows of a clinic, one for each of ``FOLLOW_UPS``.

    They lie side by side from the day of the procedure on, so that every day up to the last one
    belongs to exactly one.

    Attributes:
        windows: in the order of ``FOLLOW_UPS``.
        asked: those of the visits that the clinic asks for.
    """

    windows: tuple[Window, ...]
    asked: tuple[Window, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        asked = tuple(window for window in self.windows if window.asked)
        object.__setattr__(self, "asked", asked)

    @classmethod
    def of(cls, *rows: tuple[TimePoint, int, int, int, bool]) -> Self:
        """A plan of time point, target, tolerance, last day and asked; it is not checked.

        Each window begins on the day after the one before has ended.
        """
        first, windows = 0, []
        for time_point, target, tolerance, last, asked in rows:
            windows.append(Window(time_point, first, last, target, tolerance, asked))
            first = last + 1
        return cls(tuple(windows))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The plan that ``text`` holds as JSON; None where it holds none that can be used."""
        try:
            told = json.loads(text)
            rows = [_row(point, told[point.value]) for point in FOLLOW_UPS]
        except (ValueError, TypeError, KeyError):
            return None
        plan = cls.of(*rows)
        return None if plan.problems() else plan

    def as_text(self) -> str:
        """The plan as JSON: for each time point its target, tolerance, last day and asked."""
        told = {
            window.time_point.value: {
                "asked": window.asked,
                "target": window.target_day,
                "tolerance": window.tolerance,
                "last": window.last_day,
            }
            for window in self.windows
        }
        return json.dumps(told)

    @property
    def last_day(self) -> int:
        """The last day that belongs to a window."""
        return self.windows[-1].last_day

    def window(self, time_point: TimePoint | None) -> Window | None:
        """The window of a time point; None where it has none."""
        return next((one for one in self.windows if one.time_point is time_point), None)

    def time_point_on(self, performed: date, assessed: date, stated: TimePoint | None) -> TimePoint:
        """The time point of a day.

        Before the procedure is baseline. On the day itself the user's word decides, because a
        score is taken in the morning as often as in the evening. After the last window it is
        LATER.
        """
        days = (assessed - performed).days
        if days < 0 or (days == 0 and stated is TimePoint.BASELINE):
            return TimePoint.BASELINE
        for window in self.windows:
            if days <= window.last_day:
                return window.time_point
        return TimePoint.LATER

    def problems(self) -> list[PlanProblem]:
        """What keeps the plan from being used, in sentences; [] when nothing does."""
        found = [said for window in self.windows for said in _problems_of(window)]
        if [window.time_point for window in self.windows] != list(FOLLOW_UPS):
            found.append(
                PlanProblem(None, say("A visit plan has every time point once, in order."))
            )
        if not self.asked:
            found.append(PlanProblem(None, say("No visit is asked for. Choose at least one.")))
        return found


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Why a plan cannot be used; ``time_point`` is None where it is about the plan as a whole."""

    time_point: TimePoint | None
    sentence: str


STANDARD = VisitPlan.of(
    (TimePoint.H24, 1, 1, 2, True),
    (TimePoint.W1, 7, 3, 13, True),
    (TimePoint.M1, 30, 14, 59, True),
    (TimePoint.M3, 91, 21, 134, True),
    (TimePoint.M6, 182, 30, 273, True),
    (TimePoint.M12, 365, 60, 547, True),
    (TimePoint.M24, 730, 90, 912, True),
)
"""The plan of a clinic that has none of its own.

No published windows were found; these are the program's own choice. A visit after 24 hours is on
time from the evening of the procedure to the second day, which is all of its window; one after 24
months within 90 days, which goes on from 14, 21, 30 and 60.
"""


@lru_cache(maxsize=8)
def plan_in(text: str) -> VisitPlan:
    """The plan that a stored text holds: "" and what cannot be used stand for ``STANDARD``."""
    return (VisitPlan.read(text) if text else None) or STANDARD


def _row(point: TimePoint, told: dict[str, object]) -> tuple[TimePoint, int, int, int, bool]:
    if set(told) != _KEYS or type(told["asked"]) is not bool:
        raise ValueError(point)
    target, tolerance, last = (_whole(told[name]) for name in ("target", "tolerance", "last"))
    return point, target, tolerance, last, bool(told["asked"])


def _whole(value: object) -> int:
    # True is an int to Python, and no number of days.
    if type(value) is not int:
        raise ValueError(value)
    return value


def _problems_of(window: Window) -> Iterator[PlanProblem]:
    name, first, last = window.time_point.label, window.first_day, window.last_day
    span = say("days {first} to {last}", first=first, last=last)
    if last < first:
        yield PlanProblem(
            window.time_point,
            say(
                "{name}: its last day ({last}) has to lie after the visit before, which "
                "ends on day {first}.",
                name=name,
                last=last,
                first=first - 1,
            ),
        )
    elif last > LAST_DAY:
        yield PlanProblem(
            window.time_point,
            say(
                "{name}: day {last} is more than ten years after the procedure.",
                name=name,
                last=last,
            ),
        )
    elif not first <= window.target_day <= last:
        yield PlanProblem(
            window.time_point,
            say(
                "{name}: its target (day {target_day}) has to lie within its {span}.",
                name=name,
                target_day=window.target_day,
                span=span,
            ),
        )
    elif window.tolerance < 0:
        yield PlanProblem(
            window.time_point, say("{name}: a tolerance cannot be below 0 days.", name=name)
        )
    elif window.ideal_first < first or window.ideal_last > last:
        yield PlanProblem(
            window.time_point,
            say(
                "{name}: day {target_day} ± {tolerance} reaches beyond its {span}.",
                name=name,
                target_day=window.target_day,
                tolerance=window.tolerance,
                span=span,
            ),
        )
