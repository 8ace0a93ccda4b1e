# SPDX-License-Identifier: MIT
"""The same columns from a server, which hands out rows: there they are no slower than one text."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np
import peewee
from peewee import Case, fn

from models.analysis.columns import (
    FIRST,
    MOST,
    NOTHING,
    UNKNOWN,
    Ints,
    Packed,
    Rank,
    RowNumber,
    Steps,
    Texts,
    days_of,
)
from models.engines.engine import Engine
from models.scoretext import NO_DAY

Number = int | float | bool | None

_HALF = 0.5
"""What is added to steps, so that their whole part is the nearest."""


def read_rows(
    database: Engine,
    query: peewee.Select,
    *,
    wide: Sequence[peewee.Node],
    numbers: Sequence[peewee.Node],
    day: peewee.Node | None,
    texts: Sequence[peewee.Node],
    joined: Sequence[peewee.Node],
) -> Packed:
    """As ``packed.read_packed``.

    Raises:
        ValueError: as there.
    """
    asked = [one for one in texts if isinstance(one, Texts)]
    selected = [*(_shown(one) for one in (*wide, *numbers)), *([_full(day)] if day else [])]
    for one in asked:
        selected += [one.column, peewee.SQL("TRUE") if one.where is None else one.where]
    selected += joined
    found = list(database.execute(query.select(*selected)))
    columns = list(zip(*found, strict=True)) if found else [()] * len(selected)
    read = [_ints(column, one) for one, column in zip((*wide, *numbers), columns, strict=False)]
    for column in read[len(wide) :]:
        _refuse_odd(column)
    at = len(read) + bool(day)
    end = len(columns) - len(joined)
    said = [_met(*columns[place : place + 2]) for place in range(at, end, 2)]
    whole = ["".join(filter(None, column)) for column in columns[end:]]
    days = days_of("".join(columns[len(read)])) if day else np.zeros(len(found), np.int32)
    return Packed(read[: len(wide)], read[len(wide) :], days, said, whole)


def _shown(column: peewee.Node) -> peewee.Node:
    """What is selected, with no field that would convert it."""
    if isinstance(column, RowNumber):
        return fn.row_place(peewee.Column(column.model._meta.table, "ctid"))
    return peewee.Expression(column, "", peewee.SQL("")) if _converts(column) else column


def _converts(column: peewee.Node) -> bool:
    return isinstance(column, peewee.Field)


def _ints(column: Sequence[Number], asked: peewee.Node) -> Ints:
    """Whole numbers; a code that has no rank keeps one that no code has."""
    if isinstance(asked, Steps) and any(value is not None and value < _HALF for value in column):
        raise ValueError("a number is outside of what can be read")
    start = FIRST if isinstance(asked, Rank) else 0
    return np.array(
        [NOTHING if value is None else floor(value) - start for value in column], np.int32
    )


def _refuse_odd(column: Ints) -> None:
    if (column == UNKNOWN).any():
        raise ValueError("a code is none of its vocabulary")
    if ((column < NOTHING) | (column > MOST)).any():
        raise ValueError("a number is outside of what can be read")


def _met(texts: Sequence[str | None], conditions: Sequence[bool | None]) -> list[str | None]:
    return [text for text, is_met in zip(texts, conditions, strict=True) if is_met]


def _full(day: peewee.Node) -> peewee.Node:
    """The date, always of the same length."""
    return Case(fn.length(day), [(peewee.SQL(str(len(NO_DAY))), day)], peewee.SQL(f"'{NO_DAY}'"))
