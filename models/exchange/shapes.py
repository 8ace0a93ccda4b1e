# SPDX-License-Identifier: MIT
"""The ways in which cases become rows: one a treated level, one a case, or linked tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

import peewee

from models.exchange.columns import Cell, Column
from models.exchange.flat_columns import (
    LEVEL_HEAD,
    LEVEL_LISTS,
    flat_columns,
    rest_of,
)
from models.exchange.flat_rows import FlatRows
from models.exchange.flat_text import FlatText
from models.exchange.linked import linked_sheets
from models.exchange.sheet import Cells, Sheet
from models.exchange.steps import Steps
from models.schema import TreatedLevel
from models.speech import say


class Shape(StrEnum):
    """What a row is."""

    FLAT = "flat"
    CASE = "case"
    TABLES = "tables"

    @property
    def row(self) -> str:
        """What a row is, in words."""
        return _ROWS[self]


_ROWS = {
    Shape.FLAT: say("one row a treated level"),
    Shape.CASE: say("one row a case, its levels numbered"),
    Shape.TABLES: say("linked tables, one row an entry"),
}


def sheets_of(
    shape: Shape, database: peewee.Database, case_ids: Sequence[str], steps: Steps
) -> tuple[Sheet, ...]:
    """The sheets of these cases, which are read when their rows are.

    Raises:
        LogbookError: while rows are read, the export was stopped.
    """
    match shape:
        case Shape.FLAT:
            return (flat_sheet(database, case_ids, steps),)
        case Shape.CASE:
            return (case_sheet(database, case_ids, steps),)
        case Shape.TABLES:
            return linked_sheets(database, case_ids, steps)


def flat_sheet(database: peewee.Database, case_ids: Sequence[str], steps: Steps) -> Sheet:
    """One row a treated level; a case without a level has one row all the same."""
    source = _Flat(database, case_ids, steps)
    return Sheet("levels", say("Treated level with its case"), flat_columns(), source)


class _Flat:
    """The rows of the flat export, as cells or as lines."""

    def __init__(self, database: peewee.Database, case_ids: Sequence[str], steps: Steps) -> None:
        self._database = database
        self._case_ids = case_ids
        self._steps = steps
        self._at_once = max(1, min(len(case_ids), steps.at_once))

    def __call__(self) -> Iterator[Cells]:
        source = FlatRows(self._database, self._at_once)
        for chunk in self._steps.through(self._case_ids):
            yield from source.of(chunk)

    def lines(self) -> Iterator[str]:
        source = FlatText(self._database, self._at_once)
        for chunk in self._steps.through(self._case_ids):
            yield from source.of(chunk)


def case_sheet(database: peewee.Database, case_ids: Sequence[str], steps: Steps) -> Sheet:
    """One row a case, with columns for as many levels as any of the cases has."""
    flat = flat_sheet(database, case_ids, steps)
    of_level = _level_columns()
    at_level = [place for place, name in enumerate(flat.names) if name in of_level]
    at_case = [place for place, name in enumerate(flat.names) if name not in of_level]
    most = _most_levels(database, case_ids, steps)

    def rows() -> Iterator[Cells]:
        for _, levels in groupby(flat.rows(), key=_first):
            of_case = list(levels)
            row: list[Cell] = [of_case[0][place] for place in at_case]
            for level in of_case:
                row += [level[place] for place in at_level]
            width = len(at_case) + most * len(at_level)
            yield [*row[:width], *[None] * (width - len(row))]

    columns = tuple(flat.columns[place] for place in at_case)
    numbered = (
        _numbered(flat.columns[place], number)
        for number in range(1, most + 1)
        for place in at_level
    )
    return Sheet("cases", say("Case with its levels"), (*columns, *numbered), rows, ("case_id",))


def _level_columns() -> set[str]:
    lists = {column.name for each in LEVEL_LISTS for column in each.columns()}
    own = {*rest_of(TreatedLevel), "level_missing", "level_explained", "level_id"}
    return {*LEVEL_HEAD, *own, *lists}


def _numbered(column: Column, number: int) -> Column:
    """The column of one level; "level_counting" of the first is "level1_counting"."""
    name = f"level{number}_{column.name.removeprefix('level_')}"
    return Column(
        name,
        column.field,
        say(
            "Level {number}, from head to tail. {column}", number=number, column=column.told
        ).strip(),
        column.is_list,
        column.like,
        column.made_of,
    )


def _most_levels(database: peewee.Database, case_ids: Sequence[str], steps: Steps) -> int:
    most = 1
    case = TreatedLevel._meta.fields["procedure"]
    for start in range(0, len(case_ids), steps.at_once):
        steps.stop_if_cancelled()
        chunk = case_ids[start : start + steps.at_once]
        count = peewee.fn.COUNT(TreatedLevel.id).alias("n")
        counted = TreatedLevel.select(count).where(case.in_(chunk)).group_by(case)
        found = (counted.order_by(count.desc()).limit(1)).tuples().execute(database)
        most = max(most, *(int(n) for (n,) in found), 0)
    return most


def _first(row: Cells) -> Cell:
    return row[0]
