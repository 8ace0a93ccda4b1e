# SPDX-License-Identifier: MIT
"""The list of whom to ask: which cases, the most urgent first, and page by page what to know.

As with the list of cases, the keys of the whole list come first, read off one index; the lines of
a page follow in a fixed number of statements. Nothing that is due is kept anywhere.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.caselist import CaseLine, lines
from models.followup.flags import Flag, flags_of
from models.followup.spans import Which, spans_for
from models.followup.states import FollowUp, Visit, day_of, follow_up, next_window
from models.logbook import Logbook
from models.schema import Assessment
from models.settings import visit_plan_in
from models.timepoints import VisitPlan, Window
from models.vocabulary import AssessmentMissing, PainScale, TimePoint

_PAGE = 250
"""Lines that are read together where all of them are wanted."""

_LIST = """
WITH span(day, low, high) AS (VALUES {values})
SELECT span.day, r.visits, r.performed_day, r.number FROM span CROSS JOIN case_row r
WHERE r.deleted = 0 AND r.performed_day BETWEEN span.low AND span.high
AND r.days_to_death IS NULL
"""

_KEPT = """
SELECT r.number, r.patient_id, r.case_id, r.performed_day, r.visits, r.days_to_death
FROM json_each(?) wanted CROSS JOIN case_row r ON r.number = CAST(wanted.value AS INTEGER)
WHERE r.deleted = 0
"""


@dataclass(frozen=True, slots=True)
class Dates:
    """A visit on the calendar; ends of the spans belong to them."""

    target: date
    ideal_first: date
    ideal_last: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DueLine:
    """What to know before a patient is asked.

    Attributes:
        case: what the list of cases shows of the case: patient, levels, scores so far.
        patient_id: whose case it is; two cases of one patient have visits of their own.
        performed: the day of the procedure; None where it is not known to the day.
        follow_up: how every visit stands.
        calls: how often nobody was reached for the next visit.
        scale, scale_max: what the last score was asked on; None where there is none.
        flags: what happened to the patient since, before the window of the next visit ends.
    """

    case: CaseLine
    patient_id: str
    performed: date | None
    follow_up: FollowUp
    calls: int
    scale: PainScale | None
    scale_max: float | None
    flags: tuple[Flag, ...]

    @property
    def next(self) -> Visit | None:
        """The visit that is asked for."""
        return self.follow_up.next

    @property
    def dates(self) -> Dates | None:
        """The days of that visit."""
        if self.next is None or self.performed is None:
            return None
        return dates_of(self.next.window, self.performed)


def dates_of(window: Window, performed: date) -> Dates:
    """The days of a visit."""
    return Dates(
        performed + timedelta(window.target_day),
        performed + timedelta(window.ideal_first),
        performed + timedelta(window.ideal_last),
        performed + timedelta(window.first_day),
        performed + timedelta(window.last_day),
    )


def due_numbers(logbook: Logbook, which: Which, today: date) -> array[int]:
    """The keys of the cases, by the last day on which the next visit is on time.

    So those that are overdue for longest come first. Two statements, one of them the plan.
    """
    with logbook.session():
        plan = visit_plan_in(logbook.database)
        spans = spans_for(plan, which)
        if not spans:
            return array("q")
        values = [value for span in spans for value in (span.day, *span.performed(today))]
        sql = _LIST.format(values=", ".join(["(?, ?, ?)"] * len(spans)))
        cursor = logbook.database.execute_sql(sql, values)
        found = sorted(_urgent(plan, which, cursor))
    return array("q", (number for _, number in found))


def due_lines(logbook: Logbook, wanted: Sequence[int], today: date) -> list[DueLine]:
    """The lines with these keys, in their order; one that was binned meanwhile is left out.

    However many are wanted, it takes a fixed number of statements.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        plan = visit_plan_in(logbook.database)
        kept = {row.number: row for row in _kept(logbook, wanted)}
        shown = {line.number: line for line in lines(logbook, wanted, today)}
        asked = _asked(logbook, [row.case_id for row in kept.values()])
        flags = flags_of(logbook, [row.case_id for row in kept.values()])
    made: list[DueLine] = []
    for number in wanted:
        if number in kept and number in shown:
            row, line = kept[number], shown[number]
            told = asked.get(row.case_id) or _Asked()
            made.append(_line(plan, row, line, told, flags.get(row.case_id, ()), today))
    return made


def all_due_lines(logbook: Logbook, wanted: Sequence[int], today: date) -> Iterator[DueLine]:
    """The same for a whole list, page by page."""
    for start in range(0, len(wanted), _PAGE):
        yield from due_lines(logbook, wanted[start : start + _PAGE], today)


def follow_ups(logbook: Logbook, wanted: Sequence[int], today: date) -> dict[int, FollowUp]:
    """How the follow-up of these cases stands, by their keys: for any list that shows it."""
    with logbook.session():
        plan = visit_plan_in(logbook.database)
        return {row.number: row.follow_up(plan, today) for row in _kept(logbook, wanted)}


class _Kept(NamedTuple):
    """What the case list keeps of a case for its follow-up."""

    number: int
    patient_id: str
    case_id: str
    performed_day: int | None
    letters: str
    days_to_death: int | None

    def follow_up(self, plan: VisitPlan, today: date) -> FollowUp:
        return follow_up(plan, self.letters, self.days_to_death, day_of(self.performed_day, today))


def _kept(logbook: Logbook, wanted: Sequence[int]) -> list[_Kept]:
    cursor = logbook.database.execute_sql(_KEPT, (json.dumps(list(wanted)),))
    return [_Kept(*row) for row in cursor]


def _urgent(
    plan: VisitPlan, which: Which, rows: Iterable[tuple[int, str, int, int]]
) -> Iterator[tuple[int, int]]:
    """When the next visit of each case is no longer on time, with the key of the case."""
    # Many cases agree in this, and of each kind the answer is found once.
    last_days: dict[tuple[int, str], int | None] = {}
    for day, letters, performed_day, number in rows:
        if (day, letters) not in last_days:
            window = next_window(plan, letters, None, day)
            is_wanted = window is not None and which.holds(window, day)
            last_days[day, letters] = window.ideal_last if window and is_wanted else None
        last_day = last_days[day, letters]
        if last_day is not None:
            yield performed_day + last_day, number


def _asked(logbook: Logbook, case_ids: Sequence[str]) -> dict[str, _Asked]:
    """How the patients were asked so far, by case."""
    row = Assessment
    fields = (row.time_point, row.missing_reason, row.call_attempts)
    scale = (row.pain_low.is_null(False), row.pain_scale, row.pain_scale_max)
    query = (
        row.select(row.procedure, *fields, *scale)
        .where(row.procedure.in_(list(case_ids)))
        .order_by(row.procedure, row.assessed_on, row.position)
    )
    found: dict[str, _Asked] = {}
    for case_id, *told in query.tuples().execute(logbook.database):
        found.setdefault(str(case_id), _Asked()).take(*told)
    return found


class _Asked:
    """What earlier calls and scores of a case tell about asking again."""

    def __init__(self) -> None:
        self.calls: dict[TimePoint | None, int] = {}
        self.scale: PainScale | None = None
        self.scale_max: float | None = None

    def take(
        self,
        time_point: TimePoint | None,
        reason: AssessmentMissing | None,
        attempts: int | None,
        has_score: bool,
        scale: PainScale | None,
        scale_max: float | None,
    ) -> None:
        """One more assessment, in the order of time."""
        if reason is AssessmentMissing.NOT_REACHED:
            self.calls[time_point] = self.calls.get(time_point, 0) + (attempts or 1)
        if has_score and scale is not None:
            self.scale, self.scale_max = scale, scale_max


def _line(
    plan: VisitPlan,
    kept: _Kept,
    shown: CaseLine,
    asked: _Asked,
    flags: Sequence[Flag],
    today: date,
) -> DueLine:
    state = kept.follow_up(plan, today)
    visit, day = state.next, kept.performed_day
    performed = date.fromordinal(day) if day is not None else None
    flagged: tuple[Flag, ...] = ()
    if visit is not None and performed is not None:
        last = dates_of(visit.window, performed).last
        flagged = tuple(flag for flag in flags if flag.began_by(last))
    return DueLine(
        shown,
        kept.patient_id,
        performed,
        state,
        asked.calls.get(visit.time_point, 0) if visit is not None else 0,
        asked.scale,
        asked.scale_max,
        flagged,
    )
