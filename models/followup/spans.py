# SPDX-License-Identifier: MIT
"""Which visits a list is about, and the spans of days within which no answer changes.

Both serve the queries: the database only groups or picks cases by span and letters, and ``states``
decides once for each of the few combinations, so that every list and count follows one rule.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import pairwise

from models.followup.states import VisitState, visit_state
from models.quick import dataclass
from models.timepoints import VisitPlan, Window
from models.visits import Mark

WEEK = 7
MONTH = 30
_FAR = 4_000_000
"""More days than there are between any two dates."""


class Which(StrEnum):
    """Cases by their next visit.

    WEEK and MONTH: its target has come or comes within 7 or 30 days, today among them, and it is
    not overdue. DUE: it is overdue or on time. ALL: there is a next visit.
    """

    OVERDUE = "overdue"
    WEEK = "week"
    MONTH = "month"
    IN_WINDOW = "in_window"
    DUE = "due"
    UPCOMING = "upcoming"
    ALL = "all"

    def holds(self, window: Window, day: int) -> bool:
        """Whether the case is among them whose next visit has this window, on a day of it."""
        state = visit_state(window, Mark.OPEN, day)
        is_overdue = state is VisitState.OVERDUE
        match self:
            case Which.OVERDUE:
                return is_overdue
            case Which.WEEK:
                return not is_overdue and window.target_day - day < WEEK
            case Which.MONTH:
                return not is_overdue and window.target_day - day < MONTH
            case Which.IN_WINDOW | Which.UPCOMING:
                return state.value == self.value
            case Which.DUE:
                return state is not VisitState.UPCOMING
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Span:
    """Days of follow-up, both ends included; ``day`` stands for any of them."""

    first: int
    last: int

    @property
    def day(self) -> int:
        """A day of the span that is a date of some procedure."""
        return self.last if self.first == -_FAR else self.first

    def performed(self, today: date) -> tuple[int, int]:
        """The ordinals of the days of procedures that lie so far back."""
        return today.toordinal() - self.last, today.toordinal() - self.first


def spans_of(plan: VisitPlan) -> list[Span]:
    """The spans that a plan parts all days into, each with the same answer for all its days."""
    begins = {-_FAR, 0}
    for window in plan.windows:
        begins |= {window.first_day, window.ideal_first}
        begins |= {window.ideal_last + 1, window.last_day + 1}
        begins |= {window.target_day - WEEK + 1, window.target_day - MONTH + 1}
    return [Span(first, after - 1) for first, after in pairwise([*sorted(begins), _FAR])]


def spans_for(plan: VisitPlan, which: Which) -> list[Span]:
    """The spans in which some case may have a next visit that is wanted."""
    return [
        span
        for span in spans_of(plan)
        if any(
            which.holds(window, span.day) for window in plan.asked if span.day <= window.last_day
        )
    ]
