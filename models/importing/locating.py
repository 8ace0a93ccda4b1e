# SPDX-License-Identifier: MIT
"""Finds the cell of the file from which something came that the checks call impossible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from models.case import Case
from models.findings import Finding
from models.importing.cells import CaseCells
from models.importing.problems import Problem
from models.importing.reading import SourceRow
from models.importing.targets import Target
from models.importing.visits.visit import Visit
from models.schema import Assessment, TreatedLevel
from models.vocabulary import TimePoint

Columns = Sequence[tuple[int, str, Target]]
Headings = Mapping[tuple[int, str], str]


def located(
    finding: Finding, case: Case, cells: CaseCells, columns: Columns, headings: Headings
) -> Problem:
    """The finding with row, column and cell; the first row of the case where no cell tells it.

    Args:
        finding: of that case.
        case: as it was built of the cells.
        cells: of all rows of the case.
        columns: those that are read: place in the row, heading, target.
        headings: of levels side by side, by number and heading, as they stand in the file.
    """
    if (visit := cells.visit_of.get(finding.row_id)) is not None:
        return _at_visit(finding, visit)
    rows = list(_rows(finding, case, cells))
    point = _point(finding, case)
    for place, heading, target in columns:
        if _is_of(target, finding) and target.point is point:
            for row in rows:
                if cell := row.cells[place].strip():
                    own = headings.get((row.nth, heading), heading)
                    return Problem(row.number, own, cell, finding.message)
    return Problem(rows[0].number, "", "", finding.message)


def _is_of(target: Target, finding: Finding) -> bool:
    table, field = target.table, target.field
    if table is None or field is None:
        return False
    return (table._meta.table_name, field.name) == (finding.table, finding.field)


def _point(finding: Finding, case: Case) -> TimePoint | None:
    if finding.table != Assessment._meta.table_name:
        return None
    own = (row.time_point for row in case.assessments if str(row.id) == finding.row_id)
    return next(own, None)


def _rows(finding: Finding, case: Case, cells: CaseCells) -> Iterator[SourceRow]:
    """The row of the level, where it is of one; else all."""
    places = {(row.number, row.nth) for row in cells.rows}
    if finding.table == TreatedLevel._meta.table_name:
        said = [n for n, own in zip(cells.level_places, cells.of_levels, strict=True) if own]
        if len(said) == len(case.levels):
            of_level = zip(said, case.levels, strict=True)
            places = {n for n, level in of_level if str(level.id) == finding.row_id} or places
    yield from (row for row in cells.rows if (row.number, row.nth) in places)


def _at_visit(finding: Finding, visit: Visit) -> Problem:
    """The finding at the cell of a visit."""
    own = "pain" if finding.field.startswith("pain_") else finding.field
    named = {"assessed_on": "day", "time_point": "when"}.get(own, own)
    cell = visit.cells.get(finding.field) or visit.cells.get(named)
    if cell is None:
        return Problem(visit.row, "", "", finding.message)
    return Problem(cell.row, cell.column, cell.text, finding.message)
