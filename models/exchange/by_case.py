# SPDX-License-Identifier: MIT
"""Linked tables read side by side, so that all rows of a case are together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from models.exchange.columns import Cell
from models.exchange.linked import PATIENTS, PROCEDURES
from models.exchange.sheet import Cells, Sheet

OfCase = Mapping[str, list[Cells]]
"""The rows of one case by the name of their sheet."""


def by_case(sheets: Sequence[Sheet]) -> Iterator[OfCase]:
    """The rows of each case, without those of patients; only one case is held at a time."""
    following = {
        sheet.name: _Following(sheet)
        for sheet in sheets
        if sheet.name not in (PATIENTS, PROCEDURES)
    }
    procedures = next(sheet for sheet in sheets if sheet.name == PROCEDURES)
    for procedure in procedures.rows():
        below = {name: rows.of(procedure[0]) for name, rows in following.items()}
        yield {PROCEDURES: [procedure], **below}


class _Following:
    """The rows of a sheet in the order of the cases, a case at a time."""

    def __init__(self, sheet: Sheet) -> None:
        self._groups = groupby(sheet.rows(), key=_case_of)
        self._next = next(self._groups, None)

    def of(self, case_id: Cell) -> list[Cells]:
        """The rows of a case, which must not come before one that was asked for."""
        if self._next is None or self._next[0] != case_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _case_of(row: Cells) -> Cell:
    return row[0]
