# SPDX-License-Identifier: MIT
"""The rows of the flat export, read for many cases at once, as stored and without model objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import chain, groupby
from typing import cast

import peewee

from models.errors import LogbookDamaged
from models.exchange import flat_pain
from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell
from models.exchange.flat_columns import (
    ASSESSMENTS,
    BALLOONS,
    CASE_HEAD,
    CASE_LISTS,
    LATER_MEASURES,
    LEAKS,
    LEVEL_HEAD,
    ListColumns,
    rest_of,
)
from models.exchange.said import explanations, reasons
from models.fields import Words
from models.heights import height_gain
from models.schema import Assessment, Patient, PatientIdentity, Procedure, Record, TreatedLevel
from models.vocabulary import Level

Cells = list[Cell]

_RANK: dict[Cell, int] = {level.value: level.rank for level in Level} | {None: len(Level)}

_CASE_KEPT = ("patient", "synthetic", "complete", "version")
_PERFORMED_ON = CASE_HEAD.index("performed_on")
_SAID_OF_FIELDS = ["missing", "explained"]
_SAID_OF_PATIENT = len(rest_of(Patient))
_SAID_OF_NAMES = _SAID_OF_PATIENT + len([*_SAID_OF_FIELDS, *rest_of(PatientIdentity)])
_MISSING = (_SAID_OF_PATIENT, _SAID_OF_NAMES, -2)
_EXPLAINED = (_SAID_OF_PATIENT + 1, _SAID_OF_NAMES + 1, -1)

_LEVEL_ENTERED = [name for name in LEVEL_HEAD if name not in ("leak_locations", "height_gain_mm")]
_LEVEL_REST = [*rest_of(TreatedLevel), *_SAID_OF_FIELDS]
_REST_AT = 2 + len(_LEVEL_ENTERED)
_HEIGHTS = [
    _LEVEL_REST.index(name)
    for name in (
        "anterior_before_mm",
        "anterior_after_mm",
        "middle_before_mm",
        "middle_after_mm",
        "height_gain_low_mm",
        "height_gain_high_mm",
    )
]
_NO_LEVEL: Stored = (None,) * (_REST_AT + len(_LEVEL_REST))


class FlatRows:
    """Reads rows of up to ``at_once`` cases with one statement a table."""

    def __init__(self, database: peewee.Database, at_once: int) -> None:
        self._cases = ByIds(database, _cases, at_once)
        self._levels = ByIds(database, _levels, at_once)
        self._leaks = _Lists(database, LEAKS, at_once)
        self._balloons = _Lists(database, BALLOONS, at_once)
        self._later = _Lists(database, LATER_MEASURES, at_once)
        self._case_lists = [_Lists(database, columns, at_once) for columns in CASE_LISTS]
        self._assessments = self._case_lists[CASE_LISTS.index(ASSESSMENTS)]

    def of(self, case_ids: Sequence[str]) -> list[Cells]:
        """The rows of these cases in their order, levels from head to tail.

        Raises:
            LogbookDamaged: one of them is in the list of cases only.
        """
        cases = self._cases.by_first(case_ids)
        if lost := [case_id for case_id in case_ids if case_id not in cases]:
            raise LogbookDamaged(f"Case {lost[0]} is listed, but not in the record.", "Run verify.")
        levels = self._levels.by_first(case_ids)
        level_ids = [str(level[1]) for of_one_case in levels.values() for level in of_one_case]
        for lists in (self._leaks, self._balloons, self._later):
            lists.read(level_ids)
        for lists in self._case_lists:
            lists.read(case_ids)
        return [
            row for case_id in case_ids for row in self._rows_of(cases[case_id][0], levels[case_id])
        ]

    def _rows_of(self, case: Stored, levels: list[Stored]) -> list[Cells]:
        head, rest = case[: len(CASE_HEAD)], list(case[len(CASE_HEAD) : -len(_CASE_KEPT)])
        patient_id, *states = case[-len(_CASE_KEPT) :]
        for place in _MISSING:
            rest[place] = reasons(rest[place])
        for place in _EXPLAINED:
            rest[place] = explanations(rest[place])
        said = self._assessments.rows(case[0], _OF_PAIN)
        pain = flat_pain.cells(said, case[_PERFORMED_ON])
        lists = list(chain.from_iterable([each.cells(case[0]) for each in self._case_lists]))
        rows: list[Cells] = []
        for level in sorted(levels, key=_place) or [_NO_LEVEL]:
            level_head, level_rest = self._cells_of_level(level)
            ids = (len(levels), patient_id, level[1], *states)
            rows.append([*head, *level_head, *pain, *rest, *level_rest, *lists, *ids])
        return rows

    def _cells_of_level(self, level: Stored) -> tuple[Cells, Cells]:
        _, level_id, *entered, diagnosis = level[:_REST_AT]
        rest = list(level[_REST_AT:])
        rest[-2:] = reasons(rest[-2]), explanations(rest[-1])
        gain = _take_gain(rest)
        count, locations, *leaks = self._leaks.cells(level_id)
        head = [*entered, locations, gain, diagnosis]
        lists = (*leaks, *self._balloons.cells(level_id), *self._later.cells(level_id))
        return head, [*rest, count, *lists]


class _Lists:
    """The rows of a child table, gathered to one cell a column, column by column for speed."""

    def __init__(self, database: peewee.Database, columns: ListColumns, at_once: int) -> None:
        self._reader = ByIds(database, lambda ids: _children(columns, ids), at_once)
        self._counts = bool(columns.count_name)
        self._gather: list[Callable[[Stored], Cell] | None] = [
            *(_words if isinstance(field, Words) else None for field in columns.fields.values()),
            _all_reasons,
            _all_explanations,
            *(None for _ in columns.derived),
        ]
        empty: Cells = [None] * len(self._gather)
        self._none = [0, *empty] if self._counts else empty
        self._unknown = [None, *empty] if self._counts else empty
        self._spans: dict[Cell, tuple[int, int]] = {}
        self._cells: dict[Cell, Stored] = {}
        self._columns: list[Stored] = []

    def read(self, parent_ids: Sequence[str]) -> None:
        """Have the rows below these cases or levels at hand."""
        rows = self._reader.all(parent_ids)
        self._columns = list(zip(*rows, strict=True))
        self._spans = _spans(self._columns[0]) if rows else {}
        self._cells = {}
        if not rows:
            return
        spans = list(self._spans.values())
        gathered: list[Sequence[Cell]] = [[end - start for start, end in spans]]
        for gather, column in zip(self._gather, self._columns[1:], strict=True):
            gathered.append(_gathered(gather, column, spans))
        kept = gathered if self._counts else gathered[1:]
        self._cells = dict(zip(self._spans, zip(*kept, strict=True), strict=True))

    def rows(self, parent_id: Cell, places: Sequence[int]) -> list[Stored]:
        """Some columns of the rows below one case or level, as they are stored."""
        start, end = self._spans.get(parent_id, (0, 0))
        if start == end:
            return []
        return list(zip(*(self._columns[place][start:end] for place in places), strict=True))

    def cells(self, parent_id: Cell) -> Sequence[Cell]:
        """The count, if it is wanted, and each column as one list."""
        found = self._cells.get(parent_id)
        if found is not None:
            return found
        return self._none if parent_id is not None else self._unknown


def _spans(parents: Sequence[Cell]) -> dict[Cell, tuple[int, int]]:
    """Where the rows of each parent begin and end."""
    spans: dict[Cell, tuple[int, int]] = {}
    start = 0
    for parent, rows in groupby(parents):
        end = start + len(list(rows))
        spans[parent] = start, end
        start = end
    return spans


def _gathered(
    gather: Callable[[Stored], Cell] | None, column: Stored, spans: Sequence[tuple[int, int]]
) -> Sequence[Cell]:
    """The cells of one column, one a parent; None where no row of it holds anything."""
    if column.count(None) == len(column):
        return [None] * len(spans)
    if gather is None:
        texts = ["" if value is None else str(value) for value in column]
        joined = ["|".join(texts[start:end]) for start, end in spans]
        # What is stored is never empty, nor made of the sign that joins.
        return [text if text.strip("|") else None for text in joined]
    held = [column[start:end] for start, end in spans]
    return [None if each.count(None) == len(each) else gather(each) for each in held]


def _cases(ids: Sequence[str]) -> peewee.Query:
    head = [
        Patient._meta.fields.get(name) or Procedure._meta.fields[name] for name in CASE_HEAD[1:]
    ]
    columns = [
        Procedure.id,
        *head,
        *_fields(Patient, [*rest_of(Patient), *_SAID_OF_FIELDS]),
        *_fields(PatientIdentity, [*rest_of(PatientIdentity), *_SAID_OF_FIELDS]),
        *_fields(Procedure, [*rest_of(Procedure), *_SAID_OF_FIELDS, *_CASE_KEPT]),
    ]
    named = Procedure.select(*columns).join(Patient).join(PatientIdentity, peewee.JOIN.LEFT_OUTER)
    return named.where(Procedure.id.in_(ids))


def _levels(ids: Sequence[str]) -> peewee.Query:
    columns = _fields(TreatedLevel, ["procedure", "id", *_LEVEL_ENTERED, *_LEVEL_REST])
    parent = TreatedLevel._meta.fields["procedure"]
    return TreatedLevel.select(*columns).where(parent.in_(ids))


def _children(columns: ListColumns, ids: Sequence[str]) -> peewee.Query:
    table = columns.table
    parent = table._meta.fields[columns.parent]
    wanted = table.select(*_fields(table, _names_in(columns))).where(parent.in_(ids))
    in_time = [Assessment.assessed_on.asc(nulls="first")] if columns is ASSESSMENTS else []
    return wanted.order_by(parent, *in_time, table.position, table.id)


def _names_in(columns: ListColumns) -> list[str]:
    fields = [field.name for field in columns.fields.values()]
    return [columns.parent, *fields, *_SAID_OF_FIELDS, *columns.derived]


def _fields(table: type[Record], names: Sequence[str]) -> list[peewee.Field]:
    return [table._meta.fields[name] for name in names]


_OF_PAIN = [_names_in(ASSESSMENTS).index(name) for name in flat_pain.STORED]


def _place(level: Stored) -> tuple[int, Cell]:
    """Head to tail; one that names no level comes last."""
    return _RANK[level[2]], level[1]


def _take_gain(rest: Cells) -> Cell:
    """The gain as one number; what was reported as one number then leaves low and high."""
    known = cast("list[float | None]", [rest[place] for place in _HEIGHTS])
    gain = height_gain((known[0], known[1]), (known[2], known[3]), (known[4], known[5]))
    if gain is None or gain.low != gain.high:
        return None
    if not gain.measured:
        for place in _HEIGHTS[4:]:
            rest[place] = None
    return int(gain.low) if float(gain.low).is_integer() else gain.low


def _words(values: Stored) -> str:
    return json.dumps(values, ensure_ascii=False)


def _all_reasons(stored: Stored) -> str:
    return json.dumps([json.loads(str(said)) if said else None for said in stored])


def _all_explanations(stored: Stored) -> str | None:
    kept = [explanations(said) for said in stored]
    return f"[{', '.join(said or 'null' for said in kept)}]" if any(kept) else None
