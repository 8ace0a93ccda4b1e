# SPDX-License-Identifier: MIT
"""How a visit and a case stand on a day. Pure: it reads neither the logbook nor the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from models.quick import dataclass
from models.timepoints import VisitPlan, Window
from models.visits import Mark, read_marks
from models.vocabulary import AssessmentMissing, TimePoint


class VisitState(StrEnum):
    """How a visit stands on a day.

    UPCOMING: it is too early. IN_WINDOW: it is on time. OVERDUE: it is late, and still counts.
    MISSED: it was not had, and cannot be any more. MEASURED: there is a number, exact or a range,
    of a known day. ANSWERED: there are only words, or a score whose day is not known. EXCUSED:
    there is a reason for having no score.
    """

    UPCOMING = "upcoming"
    IN_WINDOW = "in_window"
    OVERDUE = "overdue"
    MISSED = "missed"
    MEASURED = "measured"
    ANSWERED = "answered"
    EXCUSED = "excused"

    @property
    def is_open(self) -> bool:
        """Whether the visit can still be had."""
        return self in _OPEN


_OPEN = frozenset({VisitState.UPCOMING, VisitState.IN_WINDOW, VisitState.OVERDUE})


class CaseState(StrEnum):
    """How the follow-up of a case stands on a day: as its most urgent visit does, or at its end.

    COMPLETE: every visit was answered. MOVED, LOST, DIED: not every visit was, and the patient
    cannot be asked. ENDED: not every visit was, and none can be had any more. UNDATED: the
    procedure has no day, so that nothing can be due.
    """

    OVERDUE = "overdue"
    IN_WINDOW = "in_window"
    UPCOMING = "upcoming"
    COMPLETE = "complete"
    ENDED = "ended"
    MOVED = "moved"
    LOST = "lost"
    DIED = "died"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of one case.

    Attributes:
        window: what the plan says of it.
        state: how it stands.
        mark: what the record says of it.
        day: the day of follow-up that it was looked at.
    """

    window: Window
    state: VisitState
    mark: Mark
    day: int

    @property
    def time_point(self) -> TimePoint:
        """The time point of the visit."""
        return self.window.time_point

    @property
    def days(self) -> int:
        """Days overdue, days left to be on time, or days until the target; else 0."""
        match self.state:
            case VisitState.OVERDUE:
                return self.day - self.window.ideal_last
            case VisitState.IN_WINDOW:
                return self.window.ideal_last - self.day
            case VisitState.UPCOMING:
                return self.window.target_day - self.day
            case _:
                return 0

    @property
    def reason(self) -> AssessmentMissing | None:
        """Why there is no score, where that was recorded."""
        return self.mark.reason


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up of one case on a day.

    Attributes:
        state: as the next visit, or how it ended.
        visits: those that the clinic asks for, in order; () where the procedure has no day.
        next: the visit that is asked for first from now on; None when there is none.
    """

    state: CaseState
    visits: tuple[Visit, ...]
    next: Visit | None

    @property
    def next_time_point(self) -> TimePoint | None:
        """The time point of the next visit; None where there is none."""
        return self.next.time_point if self.next is not None else None

    @property
    def answered(self) -> int:
        """How many visits have an answer."""
        return sum(visit.mark.is_answered for visit in self.visits)


def visit_state(window: Window, mark: Mark, day: int) -> VisitState:
    """How a visit stands on a day of follow-up."""
    if not mark.is_open:
        if mark is Mark.MEASURED:
            return VisitState.MEASURED
        return VisitState.ANSWERED if mark.is_answered else VisitState.EXCUSED
    if day < window.ideal_first:
        return VisitState.UPCOMING
    if day <= window.ideal_last:
        return VisitState.IN_WINDOW
    return VisitState.OVERDUE if day <= window.last_day else VisitState.MISSED


def closed_by_death(mark: Mark, window: Window, days_to_death: int | None) -> Mark:
    """The mark, or DIED.

    A death closes every open visit whose window had not ended before it. Before a window that
    opens later nobody can have been lost or have declined, so there it counts before any reason.
    """
    if days_to_death is None or mark.is_answered:
        return mark
    is_before = days_to_death < window.first_day
    is_closed = mark.is_open and days_to_death <= window.last_day
    return Mark.DIED if is_before or is_closed else mark


def follow_up(
    plan: VisitPlan, letters: str, days_to_death: int | None, day: int | None
) -> FollowUp:
    """The follow-up of a case, from what the case list keeps of it; see ``models.visits``.

    Whoever is known to have died is asked for no visit, whatever the clock says.

    Args:
        plan: which visits are asked for, and when.
        letters: one letter a visit.
        days_to_death: from the procedure; None for a patient who is not known to have died.
        day: 0 on the day of the procedure; None where that is not known to the day.
    """
    if day is None:
        dead = days_to_death is not None
        return FollowUp(CaseState.DIED if dead else CaseState.UNDATED, (), None)
    visits = tuple(visits_on(plan, letters, days_to_death, day))
    window = next_window(plan, letters, days_to_death, day)
    if window is None:
        return FollowUp(end_of(plan, letters, days_to_death), visits, None)
    following = next(visit for visit in visits if visit.window is window)
    return FollowUp(CaseState(following.state.value), visits, following)


def next_window(
    plan: VisitPlan, letters: str, days_to_death: int | None, day: int
) -> Window | None:
    """The visit that is asked for first from a day on; None when there is none."""
    if days_to_death is not None:
        return None
    marks = read_marks(letters)
    return next(
        (one for one in plan.asked if day <= one.last_day and marks[one.time_point].is_open), None
    )


def day_of(performed_day: int | None, today: date) -> int | None:
    """The day of follow-up: 0 on that of the procedure, less before it."""
    return None if performed_day is None else today.toordinal() - performed_day


def visits_on(
    plan: VisitPlan, letters: str, days_to_death: int | None, day: int
) -> Iterator[Visit]:
    """The visits that the clinic asks for, in order; where nothing else is said, death is why."""
    marks = read_marks(letters)
    for window in plan.asked:
        mark = closed_by_death(marks[window.time_point], window, days_to_death)
        yield Visit(window, visit_state(window, mark, day), mark, day)


def end_of(plan: VisitPlan, letters: str, days_to_death: int | None) -> CaseState:
    """How the follow-up of a case ended that has no next visit."""
    marks = read_marks(letters)
    if all(marks[window.time_point].is_answered for window in plan.asked):
        return CaseState.COMPLETE
    if days_to_death is not None:
        return CaseState.DIED
    return _ENDS.get(marks[plan.asked[-1].time_point], CaseState.ENDED)


_ENDS = {Mark.MOVED: CaseState.MOVED, Mark.LOST: CaseState.LOST, Mark.DIED: CaseState.DIED}
