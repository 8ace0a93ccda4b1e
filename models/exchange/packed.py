# SPDX-License-Identifier: MIT
"""Child rows of the flat export, read with few cells a row: codes are packed into one by SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import cast

import peewee

from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell
from models.exchange.csv_text import texts
from models.exchange.flat_columns import ASSESSMENTS, ListColumns
from models.exchange.segments import is_code

BETWEEN = "\x1e"
"""Stands between the rows of two parents in every column, so that columns are joined whole."""

_APART = "\x1f"
_SAID_OF_FIELDS = ("missing", "explained")

Spans = dict[Cell, tuple[int, int]]
"""Where the rows of each parent begin and end."""


class Packed:
    """Reads rows in the order of their parents; of assessments then of days, then of entry."""

    def __init__(self, database: peewee.Database, columns: ListColumns, at_once: int) -> None:
        fields = [columns.table._meta.fields[name] for name in names_in(columns)]
        self._codes = [place for place, field in enumerate(fields) if is_code(field)]
        self._others = [place for place, field in enumerate(fields) if not is_code(field)]
        codes = [fields[place] for place in self._codes]
        others = [fields[place] for place in self._others]
        keys = _keys(columns)
        self._keys = len(keys)
        marks = _APART.join(["%s"] * len(codes))
        packed = peewee.fn.PRINTF(peewee.SQL(f"'{marks}'"), *codes)

        def query(selected: Sequence[peewee.Node], ids: Sequence[str]) -> peewee.Query:
            parent = columns.table._meta.fields[columns.parent]
            return columns.table.select(*selected).where(parent.in_(ids))

        self._reader = ByIds(database, lambda ids: query([*keys, packed, *others], ids), at_once)
        self._one_by_one = ByIds(
            database, lambda ids: query([*keys, *codes, *others], ids), at_once
        )

    def read(self, parent_ids: Sequence[str]) -> tuple[Spans, Sequence[Sequence[Cell]]]:
        """The spans, and the columns in the order of ``names_in``; of codes "" is no value."""
        rows = self._reader.all(parent_ids)
        if not rows:
            return {}, []
        width = len(self._codes)
        spans, columns = _marked(rows, self._keys, _APART.join([BETWEEN] * width))
        packed, *others = columns
        flat = _APART.join(cast("tuple[str, ...]", packed)).split(_APART)
        if len(flat) == width * len(packed):
            codes: list[Sequence[Cell]] = [flat[place::width] for place in range(width)]
        else:
            # The sign that parts them stands in a code, which no vocabulary has.
            spans, columns = _marked(self._one_by_one.all(parent_ids), self._keys, BETWEEN)
            codes, others = [texts(column) for column in columns[:width]], columns[width:]
        found: dict[int, Sequence[Cell]] = dict(zip(self._codes, codes, strict=True))
        found |= zip(self._others, others, strict=True)
        return spans, [found[place] for place in range(len(found))]


def _marked(rows: list[Stored], keys: int, packed_mark: str) -> tuple[Spans, list[Stored]]:
    # Keys come first and differ, so nothing else is compared. It is quicker here than there.
    rows.sort()
    mark: Stored = (*[None] * keys, packed_mark, *[BETWEEN] * (len(rows[0]) - keys - 1))
    marked: list[Stored] = []
    spans: Spans = {}
    for parent, below in groupby(rows, itemgetter(0)):
        if marked:
            marked.append(mark)
        start = len(marked)
        marked += below
        spans[parent] = start, len(marked)
    return spans, list(zip(*marked, strict=True))[keys:]


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
    fields = [field.name for field in columns.fields.values()]
    return [*fields, *_SAID_OF_FIELDS, *columns.derived]
