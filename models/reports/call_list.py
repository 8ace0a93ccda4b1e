# SPDX-License-Identifier: MIT
"""The call list: whom to ask, since when, and what to know before, to be printed and filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.caselist import Score
from models.followup.duelist import Dates, DueLine, all_due_lines, due_numbers
from models.followup.flags import Flag
from models.followup.spans import Which
from models.followup.states import VisitState
from models.identity import Named, names_of
from models.logbook import Logbook
from models.numbers import show_reported
from models.vocabulary import Level, PainScale, Technique, TimePoint


@dataclass(frozen=True, slots=True)
class SoFar:
    """A score that was given before.

    Attributes:
        time_point: when; None where nobody said.
        told: the number, the range or the words.
        scale: the scale of a number; None where it is not stated.
    """

    time_point: TimePoint | None
    told: str
    scale: PainScale | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """One visit of one patient.

    Attributes:
        named: name and record number, where the list has them.
        state, days: as of the visit: so many days overdue, left, or until the target.
        scores: what was answered so far, in the order of time.
        calls: how often nobody was reached.
        scale: the scale of the last score, on which to ask again.
        is_synthetic: the patient is made up.
    """

    case_id: str
    patient_code: str
    named: Named | None
    performed: date
    levels: tuple[Level, ...]
    techniques: tuple[Technique, ...]
    visit: TimePoint
    state: VisitState
    days: int
    dates: Dates
    scores: tuple[SoFar, ...]
    calls: int
    scale: PainScale | None
    flags: tuple[Flag, ...]
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class CallList:
    """The list as it stood on a day; ``has_names`` where it names persons."""

    logbook: str
    today: date
    rows: tuple[CallRow, ...]
    has_names: bool


def call_list(
    logbook: Logbook, wanted: Sequence[int] | Which, today: date, *, names: bool = False
) -> CallList:
    """The rows of a list, or of the cases with these keys; cases without a next visit have none.

    A list with names is in the audit as soon as it is made, because nobody can tell what becomes of
    it afterwards.

    Raises:
        LogbookError: names are wanted and the clinic stores none.
    """
    numbers = due_numbers(logbook, wanted, today) if isinstance(wanted, Which) else wanted
    lines = list(all_due_lines(logbook, numbers, today))
    named = names_of(logbook, [line.patient_id for line in lines]) if names else {}
    rows = [row for line in lines if (row := row_of(line, named.get(line.patient_id)))]
    if names:
        _note(logbook, len(rows))
    return CallList(logbook.name, today, tuple(rows), names)


def row_of(line: DueLine, named: Named | None = None) -> CallRow | None:
    """What the list says of a case; None where no visit is to come."""
    visit, dates, case = line.next, line.dates, line.case
    if visit is None or dates is None or line.performed is None:
        return None
    return CallRow(
        case.case_id,
        case.patient_code,
        named,
        line.performed,
        case.levels,
        case.techniques,
        visit.time_point,
        visit.state,
        visit.days,
        dates,
        tuple(
            _so_far(score)
            for score in case.course
            if score.reported.low is not None or score.reported.words
        ),
        line.calls,
        line.scale,
        line.flags,
        case.synthetic,
    )


def _so_far(score: Score) -> SoFar:
    is_number = score.reported.low is not None
    return SoFar(
        score.time_point, show_reported(score.reported), score.scale if is_number else None
    )


def _note(logbook: Logbook, rows: int) -> None:
    said = f"Call list with names. Rows: {rows}."
    event = Event(logbook.user, Action.PRINT, Subject.LOGBOOK, reason=said)
    with logbook.transaction(Right.LOOK):
        audit.append(logbook.database, [event])
