# SPDX-License-Identifier: MIT
"""Follow-up as one would explain it with a calendar and a finger: days one by one, no letters.

It shares nothing with the program but the record, the plan and the names of the states.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from models.case import Case
from models.followup.states import CaseState, VisitState
from models.schema import Assessment
from models.timepoints import VisitPlan, Window
from models.vocabulary import AssessmentMissing, TimePoint

ONE_DAY = timedelta(days=1)
OPEN = (VisitState.OVERDUE, VisitState.IN_WINDOW, VisitState.UPCOMING)
ANSWERED = (VisitState.MEASURED, VisitState.ANSWERED)
FOR_GOOD = (AssessmentMissing.MOVED, AssessmentMissing.LOST, AssessmentMissing.DIED)
STILL_OPEN = (None, AssessmentMissing.NOT_YET_DUE, AssessmentMissing.NOT_REACHED)


@cache
def days_from(start: date, end: date) -> int:
    """Turn the leaves of a calendar from one day to the other, and count them."""
    low, high, count = min(start, end), max(start, end), 0
    while low < high:
        low += ONE_DAY
        count += 1
    return count if start <= end else -count


@cache
def day_after(start: date, count: int) -> date:
    """The day that so many leaves later is on top."""
    day = start
    for _ in range(count):
        day += ONE_DAY
    return day


def is_measured(case: Case, row: Assessment) -> bool:
    performed, assessed = case.procedure.performed_on, row.assessed_on
    dated = performed and performed.exact and assessed and assessed.exact
    return row.pain_low is not None and bool(dated)


def is_answered(row: Assessment) -> bool:
    return row.pain_low is not None or bool(row.pain_words) or row.global_outcome is not None


def visit_of(case: Case, row: Assessment, plan: VisitPlan) -> TimePoint | None:
    """The time point of a row, counted out where both days are known."""
    performed, assessed = case.procedure.performed_on, row.assessed_on
    if not (performed and performed.exact and assessed and assessed.exact):
        stated: TimePoint | None = row.time_point
        return stated
    day = days_from(performed.exact, assessed.exact)
    if day < 0 or row.time_point is TimePoint.BASELINE:
        return TimePoint.BASELINE
    first = 0
    for window in plan.windows:
        if first <= day <= window.last_day:
            return window.time_point
        first = window.last_day + 1
    return TimePoint.LATER


def states(case: Case, plan: VisitPlan, today: date) -> dict[TimePoint, VisitState]:
    """How every visit that is asked for stands; {} where the procedure has no day."""
    performed = case.procedure.performed_on
    if not performed or not performed.exact:
        return {}
    return {
        window.time_point: _state(case, plan, window, performed.exact, today)
        for window in plan.windows
        if window.asked
    }


def _state(case: Case, plan: VisitPlan, window: Window, performed: date, today: date) -> VisitState:
    own = [row for row in case.assessments if visit_of(case, row, plan) is window.time_point]
    if any(is_measured(case, row) for row in own):
        return VisitState.MEASURED
    if any(is_answered(row) for row in own):
        return VisitState.ANSWERED
    if any(row.missing_reason not in STILL_OPEN for row in own):
        return VisitState.EXCUSED
    if _gave_up_before(case, plan, window):
        return VisitState.EXCUSED
    died = case.patient.died_on
    if died and died.earliest <= day_after(performed, window.last_day):
        return VisitState.EXCUSED
    day = days_from(performed, today)
    if day < window.target_day - window.tolerance:
        return VisitState.UPCOMING
    if day <= window.target_day + window.tolerance:
        return VisitState.IN_WINDOW
    return VisitState.OVERDUE if day <= window.last_day else VisitState.MISSED


def _gave_up_before(case: Case, plan: VisitPlan, window: Window) -> bool:
    """Whether somebody gave up on the patient earlier, and the patient was not heard of since."""
    order = [one.time_point for one in plan.windows]
    place = order.index(window.time_point)
    points = [(row, visit_of(case, row, plan)) for row in case.assessments]
    answers = [order.index(at) for row, at in points if at in order and is_answered(row)]
    given_up = [
        (row, at) for row, at in points if row.missing_reason in FOR_GOOD and not is_answered(row)
    ]
    planned = (*order, TimePoint.BASELINE)
    if any(at not in planned for _, at in given_up) and place > max(answers, default=-1):
        return True
    quits = [order.index(at) for _, at in given_up if at in order]
    return any(
        quit_at < place
        and quit_at not in answers
        and not any(quit_at < heard <= place for heard in answers)
        for quit_at in quits
    )


def fates(case: Case, plan: VisitPlan, today: date) -> dict[TimePoint, str]:
    """What became of every visit whose window has opened; {} where the procedure has no day.

    "measured", "pending", "died", "words", "undated", "nothing", or the reason. Read like a diary:
    whoever gave up on the patient at one visit did so for those after it, until an answer came.
    """
    performed = case.procedure.performed_on
    if not performed or not performed.exact or today < performed.exact:
        return {}
    order = [window.time_point for window in plan.windows]
    rows: dict[TimePoint | None, list[Assessment]] = {}
    for row in case.assessments:
        rows.setdefault(visit_of(case, row, plan), []).append(row)
    last_heard = max(
        (n for n, at in enumerate(order) if any(map(is_answered, rows.get(at, [])))), default=-1
    )
    elsewhere = [
        row for at, told in rows.items() if at not in (*order, TimePoint.BASELINE) for row in told
    ]
    found: dict[TimePoint, str] = {TimePoint.BASELINE: _told(case, rows, TimePoint.BASELINE)}
    given_up = ""
    for place, window in enumerate(plan.windows):
        if place == last_heard + 1:
            given_up = _worst(row for row in elsewhere if row.missing_reason in FOR_GOOD)
        told = _told(case, rows, window.time_point)
        if told in ("measured", "words", "undated"):
            given_up = ""
        elif told in [reason.value for reason in FOR_GOOD]:
            given_up = told
        elif told in ("nothing", AssessmentMissing.NOT_REACHED.value):
            told = given_up or told
        if window.asked and opens(case, plan, window.time_point) <= today:
            found[window.time_point] = _or_died(case, plan, window, told, today)
    return found


def _or_died(case: Case, plan: VisitPlan, window: Window, told: str, today: date) -> str:
    if told in ("measured", "words", "undated"):
        return told
    died, performed = case.patient.died_on, case.procedure.performed_on.exact
    end = day_after(performed, window.last_day)
    is_open = told in ("nothing", AssessmentMissing.NOT_REACHED.value)
    if died and (
        died.earliest < opens(case, plan, window.time_point) or (is_open and died.earliest <= end)
    ):
        return "died"
    return "pending" if is_open and today <= end else told


def _told(case: Case, rows: dict[TimePoint | None, list[Assessment]], point: TimePoint) -> str:
    own = rows.get(point, [])
    if any(is_measured(case, row) for row in own):
        return "measured"
    if any(row.pain_low is not None for row in own):
        return "undated"
    return "words" if any(is_answered(row) for row in own) else _worst(own) or "nothing"


def _worst(rows: Iterable[Assessment]) -> str:
    """The reason that says most, of rows that speak of the same visit."""
    given = {row.missing_reason for row in rows if not is_answered(row)}
    ranked = ("died", "lost", "moved", "declined", "too_ill", "cognitive", "lapsed")
    for reason in (*ranked, "not_recorded", "not_reached"):
        if reason in {one.value for one in given if one is not None}:
            return reason
    return ""


def case_state(case: Case, plan: VisitPlan, today: date) -> CaseState:
    """How the case stands, but for the ways in which it can end without every answer."""
    found = states(case, plan, today)
    if not found:
        return CaseState.DIED if case.patient.died_on else CaseState.UNDATED
    if not case.patient.died_on:
        for state in found.values():
            if state in OPEN:
                return CaseState(state.value)
    if all(state in ANSWERED for state in found.values()):
        return CaseState.COMPLETE
    return CaseState.DIED if case.patient.died_on else CaseState.ENDED


def next_visit(case: Case, plan: VisitPlan, today: date) -> TimePoint | None:
    """The visit that is asked for first."""
    if case.patient.died_on:
        return None
    found = states(case, plan, today)
    return next((point for point, state in found.items() if state in OPEN), None)


def last_day_on_time(case: Case, plan: VisitPlan, point: TimePoint) -> date:
    """The day after which the visit is overdue."""
    window = next(one for one in plan.windows if one.time_point is point)
    return day_after(case.procedure.performed_on.exact, window.target_day + window.tolerance)


def target(case: Case, plan: VisitPlan, point: TimePoint) -> date:
    """The day that is meant."""
    window = next(one for one in plan.windows if one.time_point is point)
    return day_after(case.procedure.performed_on.exact, window.target_day)


def opens(case: Case, plan: VisitPlan, point: TimePoint) -> date:
    """The first day of the window."""
    place = [one.time_point for one in plan.windows].index(point)
    before = plan.windows[place - 1].last_day + 1 if place else 0
    return day_after(case.procedure.performed_on.exact, before)
