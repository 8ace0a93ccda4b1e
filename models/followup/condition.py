# SPDX-License-Identifier: MIT
"""How a case stands, as a condition on the lines of the case list: for filters of any list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import and_

import peewee
from peewee import fn

from models.followup.states import CaseState
from models.schema import CaseRow
from models.timepoints import VISITS, VisitPlan, Window
from models.visits import Mark

TO_COME = frozenset({CaseState.OVERDUE, CaseState.IN_WINDOW, CaseState.UPCOMING})
"""The states of cases of which a visit is to come."""
_OPEN = tuple(mark.value for mark in Mark if mark.is_open)
_ANSWERED = tuple(mark.value for mark in Mark if mark.is_answered)


def stands(plan: VisitPlan, states: Collection[CaseState], today: date) -> peewee.Expression:
    """Whether a line of the case list is that of a case in one of ``states`` on a day.

    It says of every line what ``states.follow_up`` says of the case.
    """
    is_one = state_of_line(plan, today).in_(sorted(state.value for state in states))
    if not TO_COME.issuperset(states):
        return is_one
    # What is to come lies within the windows, so the others need not be looked at.
    return (CaseRow.performed_day >= today.toordinal() - plan.last_day) & is_one


def state_of_line(plan: VisitPlan, today: date) -> peewee.Case:
    """The state of the case that a line is of, as the text of a ``CaseState``."""
    day = today.toordinal() - CaseRow.performed_day
    lives = CaseRow.days_to_death.is_null()
    is_answered = [_letter(window).in_(_ANSWERED) for window in plan.asked]
    last = _letter(plan.asked[-1])
    return peewee.Case(
        None,
        (
            (CaseRow.performed_day.is_null() & lives, CaseState.UNDATED.value),
            (CaseRow.performed_day.is_null(), CaseState.DIED.value),
            *(_next(window, day, lives) for window in plan.asked),
            (reduce(and_, is_answered), CaseState.COMPLETE.value),
            (~lives, CaseState.DIED.value),
            (last == Mark.DIED.value, CaseState.DIED.value),
            (last == Mark.MOVED.value, CaseState.MOVED.value),
            (last == Mark.LOST.value, CaseState.LOST.value),
        ),
        CaseState.ENDED.value,
    )


def _next(
    window: Window, day: peewee.Expression, lives: peewee.Expression
) -> tuple[peewee.Expression, peewee.Case]:
    """The first visit for which this holds is the next one, and the state of the case is its."""
    is_next = lives & (day <= window.last_day) & _letter(window).in_(_OPEN)
    state = peewee.Case(
        None,
        (
            (day < window.ideal_first, CaseState.UPCOMING.value),
            (day <= window.ideal_last, CaseState.IN_WINDOW.value),
        ),
        CaseState.OVERDUE.value,
    )
    return is_next, state


def _letter(window: Window) -> peewee.Function:
    return fn.substr(CaseRow.visits, VISITS.index(window.time_point) + 1, 1)
