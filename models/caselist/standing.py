# SPDX-License-Identifier: MIT
"""Conditions on how the follow-up of a case stands, which changes from day to day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import peewee

from models.caselist.members import Members
from models.caselist.sql import Sql
from models.followup.condition import TO_COME, stands
from models.followup.states import CaseState
from models.query import Term
from models.query.field import DUE
from models.quick import dataclass
from models.schema import CaseRow
from models.timepoints import VisitPlan

FOLLOW_UP_FIELD = "followup"


@dataclass(frozen=True, slots=True)
class Stands:
    """The follow-up of the case is in one of the states, which changes from day to day."""

    states: frozenset[CaseState]
    plan: VisitPlan
    today: date
    negated: bool

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f, without the negation."""
        stand = _standing(self.plan, self.states, self.today)
        return Sql(f'EXISTS ({stand.text} AND "t1".number = f.number)', stand.values)

    def members(self) -> Members:
        """The rows of which it holds."""
        stand = _standing(self.plan, self.states, self.today)
        rows = Sql(f'{stand.text} AND "t1".deleted = 0', stand.values)
        return Members(rows, self.test(), self.negated)


@lru_cache(maxsize=100)
def _standing(plan: VisitPlan, states: frozenset[CaseState], today: date) -> Sql:
    """The cases in these states, of which more can be asked; it takes long to compose."""
    query = CaseRow.select(CaseRow.number).where(stands(plan, states, today))
    text, values = peewee.Context(param="?", quote='""').sql(query).query()
    return Sql(text, tuple(values))


def states_of(term: Term) -> frozenset[CaseState]:
    """The states that a condition on the follow-up names."""
    return frozenset(state for code in term.values for state in _states(code))


def followed_since(terms: Iterable[Term], plan: VisitPlan, today: date) -> date | None:
    """The first day of procedures that can meet the conditions; None if they ask for no visit.

    A visit that is to come lies within the windows of the plan, and its procedure has a day.
    """
    for term in terms:
        if term.field == FOLLOW_UP_FIELD and not term.negated and states_of(term) <= TO_COME:
            return today - timedelta(days=plan.last_day)
    return None


def _states(code: str) -> tuple[CaseState, ...]:
    return (CaseState.OVERDUE, CaseState.IN_WINDOW) if code == DUE else (CaseState(code),)
