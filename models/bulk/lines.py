# SPDX-License-Identifier: MIT
"""Lines of the case list as saving in bulk writes them: cells in an order of its own.

First come the columns that follow from patient and procedure, then those that follow from the
levels, then those of the assessments, so that a line is put together from three parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models import caserow
from models.bulk.table import Cell
from models.case import Case
from models.casescores import Scores
from models.schema import Patient, Procedure

NULL = "\0"
"""Stands for NULL on the way to the database, as in ``models.bulk.table``; a line of the case list
may hold an empty text."""

_BLANK = Case(Patient.made(), Procedure.made())

CEMENT_COLUMN = "cement_ml"
GAIN_COLUMNS = ("gain_low_mm", "gain_high_mm")
MEASURED_COLUMNS = (CEMENT_COLUMN, *GAIN_COLUMNS)
"""The columns of the levels that stand with those of patient and procedure: as these they differ
from case to case, and all others are alike wherever the levels are."""

_OF_LEVELS = caserow.line_of_levels(caserow.Levels.of(_BLANK))

HEAD_COLUMNS = (*caserow.line_of_head(_BLANK.patient, _BLANK.procedure), *MEASURED_COLUMNS)
LEVEL_COLUMNS = tuple([column for column in _OF_LEVELS if column not in MEASURED_COLUMNS])
SCORE_COLUMNS = tuple(caserow.line_of_scores(Scores.of(_BLANK)))

LINE = (*HEAD_COLUMNS, *LEVEL_COLUMNS, *SCORE_COLUMNS)
"""The columns of a line, without its number."""


def line_cells(line: Mapping[str, Cell], columns: Iterable[str] = LINE) -> tuple[Cell, ...]:
    """These columns of a line, in their order."""
    cells = [line[column] for column in columns]
    # Most of them are texts.
    return tuple([cell if type(cell) is str else cell_of(cell) for cell in cells])


def cell_of(cell: Cell) -> Cell:
    """The same as ``write_lines`` takes it: the driver takes long over truth and over None."""
    return NULL if cell is None else int(cell) if isinstance(cell, bool) else cell
