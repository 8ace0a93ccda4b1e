# SPDX-License-Identifier: MIT
"""Finds the time point of each visit: by its day and the visit plan, else by what the file says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from models.importing.cells import CaseCells
from models.importing.problems import Problem
from models.importing.targets import PERFORMED_ON
from models.importing.visits.visit import Cell, Visit
from models.partial_date import PartialDate
from models.speech import lowered, say, shown_day
from models.timepoints import VisitPlan
from models.typed import quoted
from models.vocabulary import TimePoint

_ANY_DAY = date(2000, 1, 1)


def placed(visits: Sequence[Visit], found: CaseCells, plan: VisitPlan) -> list[Visit]:
    """The visits of a case in the order of time, each once; what cannot be placed is a problem."""
    performed = found.of_case.get(PERFORMED_ON)
    first = performed.exact if isinstance(performed, PartialDate) else None
    kept: list[Visit] = []
    for visit in visits:
        if not _place(visit, first, found, plan):
            continue
        same = next((one for one in kept if _is_same(one, visit)), None)
        if same is None:
            kept.append(visit)
        else:
            _merge(same, visit, found)
    return sorted(kept, key=_in_time)


def _in_time(visit: Visit) -> tuple[int, str]:
    return (visit.point.rank if visit.point else 0), str(visit.day or "")


def _place(visit: Visit, first: date | None, found: CaseCells, plan: VisitPlan) -> bool:
    """Find the time point; whether there is anything to keep."""
    if visit.when is None and visit.day is None:
        if visit.has_values and "unread" not in visit.cells:
            cell = _first_value(visit)
            message = say(
                "The row does not tell when this was. Write the visit or its day into it."
            )
            found.problems.append(Problem(cell.row, cell.column, cell.text, message))
        return False
    if not (visit.has_values or visit.day):
        cell = visit.cells["when"]
        message = say("The visit has no value: nothing is entered for it.")
        found.remarks.append(Problem(cell.row, cell.column, cell.text, message))
        return False
    day = visit.day.exact if visit.day else None
    if day is not None and first is not None:
        found.problems += _contradicting(visit, (day - first).days)
        visit.point = plan.time_point_on(first, day, visit.when.point if visit.when else None)
        found.remarks += _told_otherwise(visit, (day - first).days)
    else:
        _place_by_words(visit, found, plan)
    if visit.when is not None and not visit.when.is_plain:
        cell = visit.cells["when"]
        visit.note = f"{cell.column}: {cell.text.strip()}"
    return visit.point is not None


def _place_by_words(visit: Visit, found: CaseCells, plan: VisitPlan) -> None:
    when = visit.when
    if when is None:
        cell = visit.cells["day"]
        message = say(
            "The day of the procedure or of the visit is not known to the day, so nobody can tell "
            "which visit this is. Write the days, or the visit, into the row."
        )
        found.problems.append(Problem(cell.row, cell.column, cell.text, message))
        return
    visit.point = when.point
    if visit.point is None and when.days is not None:
        visit.point = plan.time_point_on(_ANY_DAY, _ANY_DAY + timedelta(when.days), None)
        cell = visit.cells["when"]
        message = say(
            "{words} is no time point of its own: by the visit plan, day {day} counts for {point}. "
            "The words are kept in the note of the assessment.",
            words=quoted(when.words),
            day=when.days,
            point=lowered(visit.point.label),
        )
        found.remarks.append(Problem(cell.row, cell.column, cell.text, message))


def _contradicting(visit: Visit, days: int) -> Iterator[Problem]:
    """That the file says "pre" of a day after the procedure, or "3 mo" of one before it."""
    when = visit.when
    if when is None:
        return
    is_before = when.point is TimePoint.BASELINE
    cell = visit.cells["day"]
    if is_before and days > 0:
        message = say(
            "{words} has the date {day}, which lies after the procedure. Mend one of them.",
            words=quoted(when.words),
            day=shown_day(visit.day or ""),
        )
    elif not is_before and days < 0:
        message = say(
            "{words} has the date {day}, which lies before the procedure. Mend one of them.",
            words=quoted(when.words),
            day=shown_day(visit.day or ""),
        )
    else:
        return
    yield Problem(cell.row, cell.column, cell.text, message)


def _told_otherwise(visit: Visit, days: int) -> Iterator[Problem]:
    """That the day decides, where the words name another time point."""
    when = visit.when
    if when is None or not when.is_plain or visit.point in (when.point, None):
        return
    cell = visit.cells["when"]
    message = say(
        "By its date, day {day}, it counts for {point}.",
        day=days,
        point=lowered(visit.point.label if visit.point else ""),
    )
    yield Problem(cell.row, cell.column, cell.text, message)


def _is_same(one: Visit, other: Visit) -> bool:
    """Whether two rows tell of the same visit."""
    if one.point is not other.point or one.note != other.note:
        return False
    if one.heights and other.heights and one.level != other.level:
        return False
    return one.day == other.day or None in (one.day, other.day)


def _merge(one: Visit, other: Visit, found: CaseCells) -> None:
    """Bring what a further row says of a visit into it."""
    for mine, more in ((one.said, other.said), (one.heights, other.heights)):
        for name, value in more.items():
            if mine.setdefault(name, value) != value:
                found.problems.append(_otherwise(other.cells[name], one.cells[name]))
            one.cells.setdefault(name, other.cells[name])
    for heading, text in other.noted.items():
        before = one.noted.setdefault(heading, text)
        if text not in before.split("; "):
            one.noted[heading] = f"{before}; {text}"
    one.day = one.day or other.day
    one.level = one.level or other.level


def _otherwise(cell: Cell, before: Cell) -> Problem:
    message = say(
        "{cell} is not what row {before} of {kind} says.",
        cell=quoted(cell.text),
        before=before.row,
        kind=say("the same visit"),
    )
    return Problem(cell.row, cell.column, cell.text, message)


def _first_value(visit: Visit) -> Cell:
    cells = (visit.cells[name] for name in (*visit.said, *visit.heights))
    noted = (Cell(visit.row, heading, text) for heading, text in visit.noted.items())
    return next(chain(cells, noted))
