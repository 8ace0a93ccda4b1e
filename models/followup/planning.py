# SPDX-License-Identifier: MIT
"""Giving the logbook another visit plan, and bringing its cases to it.

The time point of a dated assessment is a part of the record. With other windows some belong to
another one; those cases are saved anew, each whole, with an entry in the audit. The plan counts
from the first moment on: what is saved meanwhile follows it, and so do the lists of what is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import peewee

from models import derived
from models.access import Right
from models.audit import Action
from models.case import load_case, store_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.own_notes import drop_note, keep_note, read_note
from models.settings import VISIT_PLAN, change_setting, is_plan_usable, visit_plan_in
from models.speech import say
from models.timepoints import STANDARD, VISITS, VisitPlan

CHUNK = 50
"""Cases that are brought to the plan in one transaction."""

REASON = "The visit plan was changed."
"""What the audit says where no other reason is given."""

Progress = Callable[[int, int], None]
"""Told how many cases of how many are done."""

_WAITS = "followup.plan_waits"

_MOVED = """
FROM (
    SELECT a.procedure_id, a.time_point, julianday(a.assessed_on) - julianday(p.performed_on) AS day
    FROM assessment a JOIN procedure p ON p.id = a.procedure_id
    WHERE length(a.assessed_on) = 10 AND length(p.performed_on) = 10
)
WHERE CASE
    WHEN day < 0 OR time_point = 'baseline' THEN 'baseline'
    {cases}
    ELSE 'later'
END <> COALESCE(time_point, '')
"""
"""Dated assessments whose time point is not that of the plan. One that is called baseline stays
it on the day of the procedure; later it cannot be, and the checks say so."""

_RIVALS = """
SELECT procedure_id FROM assessment WHERE pain_low IS NOT NULL AND time_point IN ({points})
GROUP BY procedure_id, time_point HAVING COUNT(*) > 1
"""


class PlanRefused(LogbookError):
    """A visit plan that cannot be used; each problem is a sentence of its own."""

    def __init__(self, plan: VisitPlan) -> None:
        self.problems = tuple(plan.problems())
        super().__init__(" ".join(problem.sentence for problem in self.problems))


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """What another plan moves: so many assessments, of so many cases, to another time point."""

    assessments: int
    cases: int


@dataclass(frozen=True, slots=True)
class PlanDone:
    """How far it got: cases that follow the plan now, and those that still have to."""

    done: int
    waiting: int


def effect_of(logbook: Logbook, plan: VisitPlan) -> PlanEffect:
    """What the plan would move, in the bin too: one statement, nothing is changed.

    Raises:
        PlanRefused: the plan cannot be used.
    """
    _refuse_unusable(plan)
    sql, values = _moved(plan)
    with logbook.session():
        row = logbook.database.execute_sql(
            f"SELECT COUNT(*), COUNT(DISTINCT procedure_id) {sql}", values
        ).fetchone()
    return PlanEffect(*row)


def change_plan(
    logbook: Logbook,
    plan: VisitPlan,
    reason: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanDone:
    """Store the plan, then save every case anew that it moves.

    Every ``CHUNK`` cases are one durable transaction. After a stop, be it by ``cancelled`` or by a
    power cut, the plan counts and ``go_on`` does the rest; ``is_waiting`` tells that there is one.

    Raises:
        PlanRefused: the plan cannot be used. Nothing is changed.
        LogbookError: somebody else changed the plan while the cases were brought to it.
        CannotWrite, LogbookBusy: as their names say. What was done so far stays.
    """
    _refuse_unusable(plan)
    with logbook.transaction(Right.ADMINISTER):
        text = "" if plan == STANDARD else plan.as_text()
        change_setting(logbook, VISIT_PLAN, text, reason)
        keep_note(logbook.database, _WAITS, "")
    return go_on(logbook, reason, progress, cancelled)


def go_on(
    logbook: Logbook,
    reason: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanDone:
    """Bring the cases to the plan that are still to follow it; see ``change_plan``."""
    with logbook.session():
        plan = visit_plan_in(logbook.database)
        case_ids = _case_ids(logbook.database, plan)
        total = len(case_ids)
        for start in range(0, total, CHUNK):
            if cancelled is not None and cancelled():
                return PlanDone(start, total - start)
            chunk = case_ids[start : start + CHUNK]
            with logbook.transaction():
                _refuse_other_plan(logbook, plan)
                _bring(logbook, plan, chunk, reason or REASON)
            if progress is not None:
                progress(start + len(chunk), total)
        with logbook.transaction():
            _refuse_other_plan(logbook, plan)
            drop_note(logbook.database, _WAITS)
    return PlanDone(total, 0)


def is_waiting(logbook: Logbook) -> bool:
    """Whether the plan was changed and cases may still have to follow it."""
    with logbook.session():
        return waits(logbook.database)


def waits(database: peewee.Database) -> bool:
    """The same, asked inside a session that is open already."""
    return read_note(database, _WAITS) is not None


def problems(database: peewee.Database) -> Iterator[str]:
    """What is not as it should be with the plan, in sentences."""
    if waits(database):
        yield (
            say(
                "The visit plan was changed, and not every case follows it yet. Open the "
                "visit plan and go on with the change."
            )
        )
    if not is_plan_usable(database):
        yield say("The visit plan that is stored cannot be read; the standard plan counts.")


def _refuse_unusable(plan: VisitPlan) -> None:
    if plan.problems():
        raise PlanRefused(plan)


def _refuse_other_plan(logbook: Logbook, plan: VisitPlan) -> None:
    if visit_plan_in(logbook.database) != plan:
        raise LogbookError(
            say("The visit plan was changed once more meanwhile."),
            say("Open it again and go on from there."),
        )


def _case_ids(database: peewee.Database, plan: VisitPlan) -> list[str]:
    """Cases whose assessments move, and those in which another score may stand for the visit."""
    sql, values = _moved(plan)
    found = database.execute_sql(f"SELECT DISTINCT procedure_id {sql}", values).fetchall()
    marks = ", ".join("?" * len(VISITS))
    rivals = database.execute_sql(_RIVALS.format(points=marks), [str(point) for point in VISITS])
    return sorted({str(case_id) for (case_id,) in (*found, *rivals.fetchall())})


def _moved(plan: VisitPlan) -> tuple[str, list[str | int]]:
    """The assessments whose stored time point is not that of the plan, as SQL."""
    values: list[str | int] = []
    for window in plan.windows:
        values += [window.last_day, window.time_point.value]
    return _MOVED.format(cases="WHEN day <= ? THEN ? " * len(plan.windows)), values


def _bring(logbook: Logbook, plan: VisitPlan, case_ids: Sequence[str], reason: str) -> None:
    for case_id in case_ids:
        case = load_case(logbook, case_id)
        derived.work_out(case, plan)
        store_case(logbook, case, reason, Action.PLAN)
