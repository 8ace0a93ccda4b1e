# SPDX-License-Identifier: MIT
"""What hangs on cases and levels, gathered to one cell a column of the flat export.

A chunk of a table is gathered column by column, all its cases at once: a loop over cases and
columns would take most of the time of an export.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import peewee

from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell
from models.exchange.csv_text import NumberTexts, quoted, texts
from models.exchange.flat_columns import ASSESSMENTS, ListColumns
from models.exchange.said import explanations
from models.fields import ClinicalField, Number, Words

_BETWEEN = "\x1e"
"""Stands between the rows of two parents while a column is joined."""

_OWN = ("missing", "explained")


T = TypeVar("T")


class Below(dict[Cell, tuple[T, ...]]):
    """What hangs on each case or level, also on those on which nothing does."""

    def __init__(
        self,
        found: Iterable[tuple[Cell, tuple[T, ...]]],
        none: tuple[T, ...],
        unknown: tuple[T, ...],
    ) -> None:
        super().__init__(found)
        self._none = none
        self[None] = unknown

    def __missing__(self, parent: Cell) -> tuple[T, ...]:
        """Of a parent that has no rows."""
        return self._none


class Lists:
    """The rows of a child table below the cases or levels of one chunk."""

    def __init__(self, database: peewee.Database, columns: ListColumns, at_once: int) -> None:
        self._reader = ByIds(database, lambda ids: _children(columns, ids), at_once)
        self._counts = bool(columns.count_name)
        self._keys = len(_keys(columns))
        numbers = NumberTexts()
        self._gather: list[_Gather] = [
            *(_gatherer(field, numbers) for field in columns.fields.values()),
            _in_json(_all_reasons),
            _in_json(_all_explanations),
            *(_Joined(numbers.of) for _ in columns.derived),
        ]
        self.width = len(self._gather) + self._counts
        self._spans: dict[Cell, tuple[int, int]] = {}
        self._columns: list[Stored] = []

    def read(self, parent_ids: Sequence[str]) -> None:
        """Have the rows below these cases or levels at hand."""
        rows = self._reader.all(parent_ids)
        # Keys come first and differ, so no value is compared. Sorting here is quicker than there.
        rows.sort()
        marked: list[Stored] = []
        self._spans = {}
        between: Stored = (_BETWEEN,) * (self._keys + len(self._gather))
        for parent, below in groupby(rows, itemgetter(0)):
            if marked:
                marked.append(between)
            start = len(marked)
            marked += below
            self._spans[parent] = start, len(marked)
        self._columns = list(zip(*marked, strict=True))[self._keys :]

    def stored(self, places: Sequence[int]) -> dict[Cell, list[Stored]]:
        """Some columns of the rows below each case or level that has any, as they are stored."""
        if not self._spans:
            return {}
        rows = list(zip(*(self._columns[place] for place in places), strict=True))
        return {parent: rows[start:end] for parent, (start, end) in self._spans.items()}

    def cells(self) -> Below[Cell]:
        """The count, if it is wanted, and each column as one list, by parent."""
        gathered: list[Sequence[Cell]] = [[text or None for text in each] for each in self._all()]
        if self._counts:
            gathered.insert(0, self._numbers())
        none: Stored = (None,) * len(self._gather)
        found = zip(self._spans, zip(*gathered, strict=True), strict=True)
        return Below(found, (0, *none) if self._counts else none, (None,) * self.width)

    def texts(self) -> Below[str]:
        """The same as cells of CSV."""
        gathered = [quoted(column) for column in self._all()]
        if self._counts:
            gathered.insert(0, list(map(str, self._numbers())))
        none = ("",) * len(self._gather)
        found = zip(self._spans, zip(*gathered, strict=True), strict=True)
        return Below(found, ("0", *none) if self._counts else none, ("",) * self.width)

    def _numbers(self) -> list[int]:
        return [end - start for start, end in self._spans.values()]

    def _all(self) -> list[Sequence[str]]:
        if not self._spans:
            return [[] for _ in self._gather]
        spans = list(self._spans.values())
        empty = [""] * len(spans)
        between = len(spans) - 1
        return [
            empty if column.count(None) == len(column) - between else gather(column, spans)
            for gather, column in zip(self._gather, self._columns, strict=True)
        ]


_Spans = Sequence[tuple[int, int]]
_Gather = Callable[[Stored, _Spans], Sequence[str]]
"""Makes of a column, with marks in it, one text a parent; "" where no row holds anything."""


class _Joined:
    """Joins codes, numbers and dates by "|"."""

    def __init__(self, as_texts: Callable[[Stored], list[str]]) -> None:
        self._as_texts = as_texts

    def __call__(self, column: Stored, spans: _Spans) -> Sequence[str]:
        entries = self._as_texts(column)
        joined = "|".join(entries).split(f"|{_BETWEEN}|")
        if len(joined) != len(spans):
            # The mark stands in what is stored, which no entry allows.
            joined = ["|".join(entries[start:end]) for start, end in spans]
        # What is stored is never empty, nor made of the sign that joins.
        return [text if text.strip("|") else "" for text in joined]


def _in_json(as_json: Callable[[Stored], str]) -> _Gather:
    def gather(column: Stored, spans: _Spans) -> Sequence[str]:
        held = [column[start:end] for start, end in spans]
        return ["" if each.count(None) == len(each) else as_json(each) for each in held]

    return gather


def _gatherer(field: ClinicalField, numbers: NumberTexts) -> _Gather:
    if isinstance(field, Words):
        return _in_json(_words)
    return _Joined(numbers.of if isinstance(field, Number) else texts)


def _children(columns: ListColumns, ids: Sequence[str]) -> peewee.Query:
    table = columns.table
    fields = table._meta.fields
    wanted = [fields[name] for name in names_in(columns)]
    return table.select(*_keys(columns), *wanted).where(fields[columns.parent].in_(ids))


def _keys(columns: ListColumns) -> list[peewee.Node]:
    """What puts rows in order: parent, day of an assessment, order of entry."""
    table = columns.table
    # Nothing is stored as an empty text, which sorts before any date.
    in_time = ["assessed_on"] if columns is ASSESSMENTS else []
    fields = table._meta.fields
    days = [peewee.fn.IFNULL(fields[name], peewee.SQL("''")) for name in in_time]
    return [fields[columns.parent], *days, table.position, table.id]


def names_in(columns: ListColumns) -> list[str]:
    """The fields of the table that are gathered, in their order."""
    return [*(field.name for field in columns.fields.values()), *_OWN, *columns.derived]


def _words(values: Stored) -> str:
    return json.dumps(values, ensure_ascii=False)


def _all_reasons(stored: Stored) -> str:
    return json.dumps([json.loads(str(said)) if said else None for said in stored])


def _all_explanations(stored: Stored) -> str:
    kept = [explanations(said) for said in stored]
    return f"[{', '.join(said or 'null' for said in kept)}]" if any(kept) else ""
