# SPDX-License-Identifier: MIT
"""Heights and angles of a visit become those before, after, or at a follow-up of the level."""

from __future__ import annotations

from collections.abc import Iterator

from models.case import Case
from models.importing.problems import Problem
from models.importing.visits.names import RIGHT_AFTER, named_at
from models.importing.visits.visit import Cell, Visit
from models.schema import TreatedLevel
from models.speech import lowered, say
from models.typed import quoted
from models.vocabulary import TimePoint


def put_heights(case: Case, visit: Visit) -> Iterator[Problem]:
    """Put the heights of a visit where they belong; what has no place is a problem."""
    level = _level(case, visit)
    if level is None:
        cell = visit.cells[next(iter(visit.heights))]
        message = say("Nobody can tell of which level this is. Write the level into the row.")
        yield Problem(cell.row, cell.column, cell.text, message)
        return
    if visit.point is TimePoint.BASELINE:
        yield from _put(level, visit, "before")
    elif _is_right_after(visit) and _is_free(level, visit, "after"):
        yield from _put(level, visit, "after")
    elif visit.day is not None:
        measure = case.add_later_measure(level, measured_on=visit.day)
        for name, value in visit.heights.items():
            setattr(measure, name, value)
    else:
        cell = visit.cells[next(iter(visit.heights))]
        assert visit.point is not None
        message = say(
            "A height at the visit {point} needs its date: the logbook keeps later heights by "
            "their day. Write the date of the visit into the row.",
            point=lowered(visit.point.label),
        )
        yield Problem(cell.row, cell.column, cell.text, message)


def _is_right_after(visit: Visit) -> bool:
    return visit.point in RIGHT_AFTER and not (visit.when is not None and visit.when.is_late)


def _level(case: Case, visit: Visit) -> TreatedLevel | None:
    if visit.level is not None:
        return next((each for each in case.levels if each.level == visit.level), None)
    return case.levels[0] if len(case.levels) == 1 else None


def _is_free(level: TreatedLevel, visit: Visit, when: str) -> bool:
    held = {name: getattr(level, named_at(name, when)) for name in visit.heights}
    return all(held[name] in (None, value) for name, value in visit.heights.items())


def _put(level: TreatedLevel, visit: Visit, when: str) -> Iterator[Problem]:
    for name, value in visit.heights.items():
        own = named_at(name, when)
        if getattr(level, own) in (None, value):
            setattr(level, own, value)
        else:
            yield _otherwise(visit.cells[name])


def _otherwise(cell: Cell) -> Problem:
    message = say("{cell} is not what another column of the case says.", cell=quoted(cell.text))
    return Problem(cell.row, cell.column, cell.text, message)
