# SPDX-License-Identifier: MIT
"""Finds the cell of the file from which something came that the checks call impossible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.case import Case
from models.findings import Finding
from models.importing.cells import CaseCells, Problem
from models.importing.reading import SourceRow
from models.importing.targets import Target
from models.schema import Assessment, TreatedLevel
from models.vocabulary import TimePoint

Columns = Sequence[tuple[int, str, Target]]


def located(finding: Finding, case: Case, cells: CaseCells, columns: Columns) -> Problem:
    """The finding with row, column and cell; the first row of the case where no cell tells it.

    Args:
        finding: of that case.
        case: as it was built of the cells.
        cells: of all rows of the case.
        columns: those that are read: place in the row, heading, target.
    """
    rows = list(_rows(finding, case, cells))
    point = _point(finding, case)
    for place, heading, target in columns:
        if _is_of(target, finding) and target.point is point:
            for row in rows:
                if cell := row.cells[place].strip():
                    return Problem(row.number, heading, cell, finding.message)
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
    numbers = {row.number for row in cells.rows}
    if finding.table == TreatedLevel._meta.table_name:
        said = [n for n, own in zip(cells.level_rows, cells.of_levels, strict=True) if own]
        if len(said) == len(case.levels):
            of_level = zip(said, case.levels, strict=True)
            numbers = {n for n, level in of_level if str(level.id) == finding.row_id} or numbers
    yield from (row for row in cells.rows if row.number in numbers)
