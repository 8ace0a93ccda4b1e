# SPDX-License-Identifier: MIT
"""Reads the rows of a case in a table of visits: case and levels once, and each visit."""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import InvalidValue
from models.importing.cells import CaseCells, CellReader, Column, Values, contradiction
from models.importing.problems import Problem
from models.importing.reading import SourceRow
from models.importing.survey import Survey
from models.importing.targets import LEVEL, PERFORMED_ON, VISIT_DAY, VISIT_NOTED, Kind, is_time
from models.importing.values import UnknownTerm
from models.importing.visits.placing import placed
from models.importing.visits.times import When, when_told
from models.importing.visits.visit import Cell, Visit
from models.partial_date import PartialDate
from models.schema import LaterMeasure
from models.speech import say
from models.timepoints import VisitPlan
from models.typed import quoted
from models.vocabulary import Level


class VisitReader:
    """Reads the rows of cases, each of which is a visit.

    Args:
        reader: reads what holds for the case and its levels.
        seen: what was seen of the table.
        plan: tells which visit a day belongs to.
    """

    def __init__(self, reader: CellReader, seen: Survey, plan: VisitPlan) -> None:
        self._reader, self._seen, self._plan = reader, seen, plan
        self._columns = [each for each in reader.columns if each.target.kind is Kind.VISIT]
        self._others = {each.place for each in reader.columns} - {
            each.place for each in self._columns
        }
        days = (each.name for each in reader.columns if each.target_name == PERFORMED_ON)
        self._day_name = next(days, "")

    def read(self, rows: Sequence[SourceRow]) -> CaseCells:
        """What the rows of one case say, with all that cannot be read or placed of them."""
        found = CaseCells(rows)
        told: list[tuple[SourceRow, Visit]] = []
        for row in self._reader.rows_to_read(found):
            self._refuse_undecided(row, found)
            told.append((row, self._visit(row, found)))
        self._reader.read_into(found, [self._without_visit(row) for row, _ in told])
        _once(found.remarks)
        levels = _levels_by_row(found)
        self._merge_levels(found, told)
        for row, visit in told:
            own = levels.get(row.number, [])
            visit.level = own[0] if len(own) == 1 else None
        found.visits = placed([visit for _, visit in told], found, self._plan)
        return found

    def _visit(self, row: SourceRow, found: CaseCells) -> Visit:
        visit = Visit(row.number)
        for column in self._columns:
            cell = row.cells[column.place]
            if not cell:
                continue
            try:
                value = column.read(cell)
            except (InvalidValue, UnknownTerm) as error:
                self._reader.note(column, row, cell, found, error)
                # A row whose time cannot be read tells a time.
                if is_time(column.target) or column.target_name == VISIT_DAY:
                    visit.cells.setdefault("unread", Cell(row.number, column.name, cell))
                continue
            if value is not None:
                self._put(visit, column, row, value, found)
        return visit

    def _put(
        self, visit: Visit, column: Column, row: SourceRow, value: object, found: CaseCells
    ) -> None:
        cell = Cell(row.number, column.name, row.cells[column.place])
        name = column.target_name.partition(".")[2]
        if is_time(column.target):
            # Where cells are read as our own, they hold the time point itself.
            value = value if isinstance(value, When) else when_told(str(value))
            if value is None:
                return
            before = visit.when
            if before is not None and before.point is not value.point:
                found.problems.append(_two_times(cell, visit.cells["when"]))
                return
            visit.when, name = before or value, "when"
        elif column.target_name == VISIT_DAY:
            assert isinstance(value, PartialDate)
            visit.day, name = value, "day"
        elif column.target.table is LaterMeasure:
            visit.heights[name] = value
        elif column.target_name == VISIT_NOTED:
            visit.noted[column.name] = str(value)
            return
        else:
            visit.said[name] = value
        visit.cells.setdefault(name, cell)

    def _refuse_undecided(self, row: SourceRow, found: CaseCells) -> None:
        if row.number not in self._seen.undecided:
            return
        message = say(
            "The row names no day of the procedure, and its patient has several in this file. "
            "Write the day of its procedure into it."
        )
        found.problems.append(Problem(row.number, self._day_name, "", message))

    def _without_visit(self, row: SourceRow) -> SourceRow:
        cells = [cell if at in self._others else "" for at, cell in enumerate(row.cells)]
        return row._replace(cells=tuple(cells))

    # levels, which stand in the row of every visit

    def _merge_levels(self, found: CaseCells, told: Sequence[tuple[SourceRow, Visit]]) -> None:
        """Let the rows of a level be one level; what they say of it has to agree."""
        named = [said[LEVEL] for said in found.of_levels if LEVEL in said]
        only = named[0] if len(set(map(str, named))) == 1 else None
        rows = {(row.number, row.nth): row for row, _ in told}
        merged: dict[object, Values] = {}
        first: dict[tuple[object, str], int] = {}
        numbers: dict[object, tuple[int, int]] = {}
        for at, said in zip(found.level_places, found.of_levels, strict=True):
            if not said:
                continue
            level = said.get(LEVEL, only)
            own = merged.setdefault(level, {})
            numbers.setdefault(level, at)
            for name, value in said.items():
                if own.setdefault(name, value) != value:
                    self._contradict(found, rows[at], name, first[level, name])
                first.setdefault((level, name), at[0])
        self._refuse_levels_of_other_visits(found, told)
        found.of_levels = [*merged.values()]
        found.level_rows = [number for number, _ in numbers.values()]
        found.level_nths = [nth for _, nth in numbers.values()]

    def _contradict(self, found: CaseCells, row: SourceRow, name: str, before: int) -> None:
        column = next(each for each in self._reader.columns if each.target_name == name)
        cell = row.cells[column.place]
        found.problems.append(contradiction(column, row.number, cell, before))

    def _refuse_levels_of_other_visits(
        self, found: CaseCells, told: Sequence[tuple[SourceRow, Visit]]
    ) -> None:
        """Refuse a level that stands where the visits before name another one.

        Of several levels of a case each stands with the same visits, or once without any.
        """
        visits = {(row.number, row.nth): _moment(visit) for row, visit in told}
        of_level: dict[object, set[object]] = {}
        first: dict[object, tuple[int, int]] = {}
        for at, said in zip(found.level_places, found.of_levels, strict=True):
            if (level := said.get(LEVEL)) is not None:
                of_level.setdefault(level, set()).add(visits.get(at))
                first.setdefault(level, at)
        if len(of_level) < 2:
            return
        leading = next(iter(of_level))
        column = next(each for each in self._reader.columns if each.target_name == LEVEL)
        rows = {(row.number, row.nth): row for row, _ in told}
        for level, moments in of_level.items():
            if level == leading or None in moments | of_level[leading]:
                continue
            if moments.isdisjoint(of_level[leading]):
                cell = rows[first[level]].cells[column.place]
                problem = contradiction(column, first[level][0], cell, first[leading][0])
                found.problems.append(problem)


def _moment(visit: Visit) -> object:
    """What tells two visits of a case apart; None for a row without one."""
    if visit.when is None and visit.day is None:
        return None
    return (visit.when.point or visit.when.days) if visit.when else None, visit.day


def _levels_by_row(found: CaseCells) -> dict[int, list[Level]]:
    levels: dict[int, list[Level]] = {}
    for (number, _), said in zip(found.level_places, found.of_levels, strict=True):
        if isinstance(level := said.get(LEVEL), Level):
            levels.setdefault(number, []).append(level)
    return levels


def _once(remarks: list[Problem]) -> None:
    """Tell what is told of every row of a case only once."""
    met: set[tuple[str, str, str]] = set()
    kept = []
    for one in remarks:
        if (key := (one.column, one.cell, one.message)) not in met:
            met.add(key)
            kept.append(one)
    remarks[:] = kept


def _two_times(cell: Cell, other: Cell) -> Problem:
    message = say(
        "{cell} is another time than {other} in the column {column}. Change one of them.",
        cell=quoted(cell.text),
        other=quoted(other.text),
        column=other.column,
    )
    return Problem(cell.row, cell.column, cell.text, message)
