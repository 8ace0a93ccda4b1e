# SPDX-License-Identifier: MIT
"""How many cases stand how on a day: everything that there is to count, in two statements."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from models.followup.spans import Which, spans_of
from models.followup.states import (
    CaseState,
    closed_by_death,
    end_of,
    next_window,
    visit_state,
)
from models.logbook import Logbook
from models.settings import visit_plan_in
from models.timepoints import VISITS, VisitPlan, Window
from models.visits import Mark, mark_for
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.statistics import Proportion

_COUNT = """
WITH span(day, low, high) AS (VALUES {values})
SELECT span.day, r.visits, {death}, COUNT(*)
FROM span CROSS JOIN case_row r
WHERE r.deleted = 0 AND r.performed_day BETWEEN span.low AND span.high{among}
GROUP BY 1, 2, 3
UNION ALL
SELECT NULL, '', {death}, COUNT(*)
FROM case_row r WHERE r.deleted = 0 AND r.performed_day IS NULL{among} GROUP BY 3
"""
"""``death`` stands for the day of the death by the last day of the window that it fell into."""


class Group(NamedTuple):
    """Cases that stand alike: how many, on which day of follow-up, with which letters."""

    day: int | None
    letters: str
    days_to_death: int | None
    n: int


_Said = tuple[int, str, int | None]
"""The day of follow-up, the letter of a visit, and the day of the death as in a ``Group``."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete one time point is.

    ``n_eligible`` is the sum of ``n_measured``, ``n_pending`` and all of ``missing``.

    Attributes:
        n_eligible: cases whose window has opened, and whose patient did not die before it ended
            without an answer.
        n_measured: those with a number, exact or a range, of a known day.
        n_pending: those that have neither answer nor reason, and whose window is open.
        missing: the others, by why there is no score that counts; most frequent first.
        n_died: cases that death closed; they are not eligible.
        n_due: eligible cases whose visit should have been had, because its ideal window is over.
            Whether somebody belongs here does not depend on the answer, so the rate is fair.
        n_due_measured: those of ``n_due`` with a score.
    """

    time_point: TimePoint
    n_eligible: int
    n_measured: int
    n_pending: int
    missing: Mapping[Mark, int]
    n_died: int
    n_due: int
    n_due_measured: int

    @property
    def rate(self) -> Proportion:
        """Measured of due, with the 95 % interval of Wilson."""
        from models.analysis.statistics import wilson

        return wilson(self.n_due_measured, self.n_due)


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases outside the bin by the state of their follow-up, and by the lists they are in."""

    states: Mapping[CaseState, int]
    lists: Mapping[Which, int]

    def __getitem__(self, which: Which | CaseState) -> int:
        if isinstance(which, Which):
            return self.lists.get(which, 0)
        return self.states.get(which, 0)

    @property
    def total(self) -> int:
        """All cases."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """The cases of a logbook on a day, grouped by what decides on their follow-up."""

    plan: VisitPlan
    today: date
    groups: tuple[Group, ...] = field(repr=False)

    def counts(self) -> Counts:
        """How many cases are in which state and in which list."""
        states: Counter[CaseState] = Counter()
        nexts: Counter[tuple[Window, int]] = Counter()
        for day, letters, days_to_death, n in self.groups:
            if day is None:
                states[CaseState.UNDATED if days_to_death is None else CaseState.DIED] += n
            elif window := next_window(self.plan, letters, days_to_death, day):
                nexts[window, day] += n
            else:
                states[end_of(self.plan, letters, days_to_death)] += n
        lists: Counter[Which] = Counter()
        for (window, day), n in nexts.items():
            states[CaseState(visit_state(window, Mark.OPEN, day).value)] += n
            for which in Which:
                lists[which] += n if which.holds(window, day) else 0
        return Counts(states, lists)

    def completeness(self) -> list[Completeness]:
        """The score before, and every visit that the clinic asks for, in order.

        Cases whose procedure is not dated to the day are in none of it; ``counts`` tells them.
        """
        told = self._by_visit()
        before = _Point(TimePoint.BASELINE)
        for (_, letter, _), n in told[TimePoint.BASELINE].items():
            before.add(mark_for(letter), n, is_due=True)
        return [before.done(), *(_complete(one, told[one.time_point]) for one in self.plan.asked)]

    def _by_visit(self) -> dict[TimePoint, Counter[_Said]]:
        """For each visit, the cases that agree in what its rate asks for.

        There are far fewer such than groups, and a large logbook has ten thousand of these.
        """
        told: dict[TimePoint, Counter[_Said]] = {point: Counter() for point in VISITS}
        counters = list(told.values())
        for day, letters, days_to_death, n in self.groups:
            if day is not None and day >= 0:
                letters = letters.ljust(len(VISITS), Mark.OPEN.value)
                for counter, letter in zip(counters, letters, strict=False):
                    counter[day, letter, days_to_death] += n
        return told


def was_due(window: Window, day: int, letters: str, days_to_death: int | None) -> bool:
    """Whether a case is among the ``n_due`` of a visit.

    ``day`` is that of follow-up, ``letters`` are all that the list of cases keeps of its visits.
    """
    letter = letters.ljust(len(VISITS), Mark.OPEN.value)[VISITS.index(window.time_point)]
    return bool(_complete(window, {(day, letter, days_to_death): 1}).n_due) and day >= 0


def _complete(window: Window, told: Mapping[_Said, int]) -> Completeness:
    point = _Point(window.time_point)
    for (day, letter, days_to_death), n in told.items():
        if day < window.first_day:
            continue
        mark = closed_by_death(mark_for(letter), window, days_to_death)
        is_pending = mark.is_open and day <= window.last_day
        point.add(mark, n, is_due=day > window.ideal_last, is_pending=is_pending)
    return point.done()


def tally(
    logbook: Logbook,
    today: date,
    performed: tuple[date, date] | None = None,
    among: Collection[str] | None = None,
) -> Tally:
    """Group the cases of the logbook as they stand on a day.

    Args:
        logbook: whose cases.
        today: the day.
        performed: only cases whose procedure was between these days, both among them; a case
            without a day is none of those. None for all.
        among: only the cases with these ids; None for all.
    """
    with logbook.session():
        plan = visit_plan_in(logbook.database)
        return Tally(plan, today, tuple(_groups(logbook, plan, today, performed, among)))


def _groups(
    logbook: Logbook,
    plan: VisitPlan,
    today: date,
    performed: tuple[date, date] | None,
    among: Collection[str] | None,
) -> Iterator[Group]:
    spans = spans_of(plan)
    first, last = map(date.toordinal, performed or (date.min, date.max))
    values = [
        value
        for span in spans
        for low, high in (span.performed(today),)
        for value in (span.day, max(low, first), min(high, last))
    ]
    ends = [window.last_day for window in plan.windows]
    ends = [*ends, ends[-1] + 1]
    cases = " ".join(f"WHEN r.days_to_death <= {end} THEN {end}" for end in ends[:-1])
    death = f"CASE WHEN r.days_to_death IS NOT NULL THEN CASE {cases} ELSE {ends[-1]} END END"
    condition, listed = "", []
    if among is not None:
        condition = " AND r.case_id IN (SELECT value FROM json_each(?))"
        listed = [json.dumps(sorted(among))]
    sql = _COUNT.format(values=", ".join(["(?, ?, ?)"] * len(spans)), death=death, among=condition)
    found = map(Group._make, logbook.database.execute_sql(sql, [*values, *listed, *listed]))
    yield from (group for group in found if group.day is not None or performed is None)


class _Point:
    """Counts one time point."""

    def __init__(self, time_point: TimePoint) -> None:
        self._time_point = time_point
        self._eligible = self._measured = self._pending = self._died = 0
        self._due = self._due_measured = 0
        self._missing: Counter[Mark] = Counter()

    def add(self, mark: Mark, n: int, *, is_due: bool, is_pending: bool = False) -> None:
        """Cases whose window has opened, by what is said of the visit."""
        if mark is Mark.DIED:
            self._died += n
            return
        self._eligible += n
        self._due += n if is_due else 0
        if mark is Mark.MEASURED:
            self._measured += n
            self._due_measured += n if is_due else 0
        elif is_pending:
            self._pending += n
        else:
            self._missing[mark] += n

    def _missing_in_order(self) -> dict[Mark, int]:
        """Most frequent first; of equal ones that which the vocabulary has first."""
        order = list(Mark)
        found = sorted(self._missing.items(), key=lambda one: (-one[1], order.index(one[0])))
        return dict(found)

    def done(self) -> Completeness:
        """What was counted."""
        return Completeness(
            self._time_point,
            self._eligible,
            self._measured,
            self._pending,
            self._missing_in_order(),
            self._died,
            self._due,
            self._due_measured,
        )
