# SPDX-License-Identifier: MIT
"""The rows of the flat export as lines of CSV: what ``FlatRows`` reads, as ``csv.writer`` has it.

A row has more than 300 cells, and most of them are codes, numbers or empty. To read and to write
each by itself takes half of the time of an export. Here SQLite joins codes that stand side by side,
and what is the same in all levels of a case is joined once.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

import peewee

from models.exchange import flat_pain
from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell
from models.exchange.csv_text import LINE_END, NumberTexts
from models.exchange.flat_columns import ASSESSMENTS, CASE_LISTS, LEVEL_LISTS, STATES, rest_of
from models.exchange.flat_lists import Below, Lists
from models.exchange.flat_rows import (
    HEIGHTS,
    LEVEL_ENTERED,
    LEVEL_REST,
    OF_PAIN,
    SAID_OF_FIELDS,
    FlatRows,
    check_all_there,
    fields_of,
    gain_of,
    head_fields,
    of_cases,
    place_of,
)
from models.exchange.segments import NotPlain, Segment, split
from models.schema import Patient, PatientIdentity, Procedure, TreatedLevel


class FlatText:
    """Reads lines of up to ``at_once`` cases with one statement a table."""

    def __init__(self, database: peewee.Database, at_once: int) -> None:
        self._cases = _Cases(database, at_once)
        self._levels = _Levels(database, at_once)
        self._level_lists = [Lists(database, columns, at_once) for columns in LEVEL_LISTS]
        self._case_lists = [Lists(database, columns, at_once) for columns in CASE_LISTS]
        self._cell_by_cell = partial(FlatRows, database, at_once)

    def of(self, case_ids: Sequence[str]) -> list[str]:
        """The lines of these cases in their order, levels from head to tail.

        Raises:
            LogbookDamaged: one of them is in the list of cases only.
        """
        try:
            return self._lines(case_ids)
        except NotPlain:
            # Somebody changed the database by other means; a damaged code has to be seen as well.
            return _written(self._cell_by_cell(), case_ids)

    def _lines(self, case_ids: Sequence[str]) -> list[str]:
        cases = self._cases.read(case_ids)
        check_all_there(case_ids, cases)
        levels = self._levels.read(case_ids)
        level_ids = [level.own_id for of_case in levels.values() for level in of_case]
        # The count and the locations of leaks stand apart.
        leaks, *others = _gathered(self._level_lists, level_ids, 2)
        below = _gathered(self._case_lists, case_ids)
        said = self._case_lists[CASE_LISTS.index(ASSESSMENTS)].stored(OF_PAIN)
        lines: list[str] = []
        for case_id in case_ids:
            day, patient_id, head, rest, states = cases[case_id]
            of_case = levels.get(case_id, ())
            pain = flat_pain.text(said.get(case_id, ()), day)
            lists = ",".join([each[case_id][0] for each in below])
            for _, own_id, _, entered, gained, of_level in of_case or [self._levels.none]:
                key = own_id or None
                count, locations, of_leaks = leaks[key]
                of_lists = ",".join([of_leaks, *[each[key][0] for each in others]])
                lines.append(
                    f"{case_id},{head},{entered},{locations},{gained},{pain},{rest},{of_level},"
                    f"{count},{of_lists},{lists},{len(of_case)},{patient_id},{own_id},{states}"
                    f"{LINE_END}"
                )
        return lines


def _gathered(
    lists: Sequence[Lists], ids: Sequence[str], apart_of_first: int = 0
) -> list[Below[str]]:
    for each in lists:
        each.read(ids)
    return [each.texts(0 if place else apart_of_first) for place, each in enumerate(lists)]


def _written(rows: FlatRows, case_ids: Sequence[str]) -> list[str]:
    return [_line(row) for row in rows.of(case_ids)]


def _line(row: Sequence[Cell]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator=LINE_END).writerow(row)
    return line.getvalue()


class _Case(NamedTuple):
    """Text of a case, and what else is to be known of it."""

    day: Cell
    patient_id: str
    head: str
    rest: str
    states: str


class _Cases:
    """Reads cases with their patients."""

    def __init__(self, database: peewee.Database, at_once: int) -> None:
        tables = (Patient, PatientIdentity, Procedure)
        rest = [fields_of(table, [*rest_of(table), *SAID_OF_FIELDS]) for table in tables]
        states = fields_of(Procedure, STATES)
        self._segments = [Segment(head_fields()), *map(Segment, rest), Segment(states)]
        keys = [Procedure.id, Procedure.performed_on, Procedure.patient]
        columns = [*keys, *chain.from_iterable(part.selected for part in self._segments)]
        self._reader = ByIds(database, lambda ids: of_cases(columns, ids), at_once)

    def read(self, case_ids: Sequence[str]) -> dict[Cell, _Case]:
        """Those of the cases that are there."""
        rows = self._reader.all(case_ids)
        if not rows:
            return {}
        ids, days, patients, *columns = zip(*rows, strict=True)
        head, *rest, states = split(columns, self._segments)
        rests = map(",".join, zip(*rest, strict=True))
        return dict(zip(ids, map(_Case, days, patients, head, rests, states), strict=True))


class _Level(NamedTuple):
    """Text of a level: what was entered of what comes first, what was gained, all else."""

    case_id: str
    own_id: str
    code: Cell
    entered: str
    gained: str
    rest: str


class _Levels:
    """Reads treated levels."""

    def __init__(self, database: peewee.Database, at_once: int) -> None:
        known = TreatedLevel._meta.fields
        *entered, diagnosis = fields_of(TreatedLevel, LEVEL_ENTERED)
        *heights, low, high = fields_of(TreatedLevel, HEIGHTS)
        rest = fields_of(TreatedLevel, LEVEL_REST)
        at = LEVEL_REST.index(HEIGHTS[-2])
        parts = (entered, [diagnosis], rest[:at], rest[at + 2 :])
        self._segments = list(map(Segment, parts))
        self._numbers = NumberTexts()
        keys = [known["procedure"], known["id"], known["level"], *heights, low, high]
        columns = [*keys, *chain.from_iterable(part.selected for part in self._segments)]
        self._keys = len(keys)
        parent = known["procedure"]
        self._reader = ByIds(
            database,
            lambda ids: TreatedLevel.select(*columns).where(parent.in_(ids)),
            at_once,
        )
        self.none = _Level(
            "", "", None, *(_nothing(each) for each in ([*entered], [low, diagnosis], rest))
        )

    def read(self, case_ids: Sequence[str]) -> dict[Cell, list[_Level]]:
        """The levels of each case that has any, from head to tail."""
        found: defaultdict[Cell, list[_Level]] = defaultdict(list)
        rows = self._reader.all(case_ids)
        if not rows:
            return found
        columns = list(zip(*rows, strict=True))
        parents, ids, codes, *heights = columns[: self._keys]
        entered, diagnoses, before, behind = split(columns[self._keys :], self._segments)
        gains, reported = self._gains(heights)
        gained = map(",".join, zip(gains, diagnoses, strict=True))
        rest = map(",".join, zip(before, *reported, behind, strict=True))
        levels = map(_Level, parents, ids, codes, entered, gained, rest)
        for parent, level in zip(parents, levels, strict=True):
            found[parent].append(level)
        for of_case in found.values():
            if len(of_case) > 1:
                of_case.sort(key=place_of)
        return found

    def _gains(self, heights: Sequence[Stored]) -> tuple[list[str], list[list[str]]]:
        """The gain of each level, and low and high ends of what was reported."""
        gains = [""] * len(heights[0])
        low, high = (self._numbers.of(column) for column in heights[-2:])
        for place, known in enumerate(zip(*heights, strict=True)):
            if known.count(None) == len(known):
                continue
            gain, was_reported = gain_of(known)
            gains[place] = self._numbers[gain]
            if was_reported:
                low[place] = high[place] = ""
        return gains, [low, high]


def _nothing(fields: Sequence[peewee.Field]) -> str:
    """No value in any of the fields."""
    return "," * (len(fields) - 1)
