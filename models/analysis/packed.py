# SPDX-License-Identifier: MIT
"""Columns of very many rows, written into one text by the database and read by numpy.

A row for each would become a million objects of Python, which takes longer than to find them and
keeps every other thread waiting. The text is written while they go on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import peewee
from peewee import Case, fn

from models.schema import CaseRow

if TYPE_CHECKING:
    from models.vocabulary import Vocabulary

Ints = npt.NDArray[np.int32]

NOTHING = -1
"""In an array: there is none."""

MOST = 50_000
"""The greatest number that one character stands for here; of greater ones it takes two."""

# NULL is written as the character 0, so that -1 is left of it when numbers begin at 1. Numbers
# below 0 would be taken for it, and are looked for; what is too great stays greater than MOST,
# up to the character that stands for whatever has none.
_FIRST = 1
_HALF = 1 << 15
_UNKNOWN = MOST + 1
_CONDITIONS = {getattr(peewee.OP, name) for name in ("EQ", "NE", "GT", "IS", "IS_NOT", "AND", "OR")}
_NO_DAY = "0000-00-00"
_DIGITS = [0, 1, 2, 3, 5, 6, 8, 9]
_WORTH = 10 ** np.arange(len(_DIGITS) - 1, -1, -1, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Packed:
    """Columns of equal length; rows stand in no promised order, but in the same in all.

    Attributes:
        wide: numbers of any size.
        numbers: numbers up to ``MOST``.
        day: dates as the number yyyymmdd; 0 where they are not known to the day.
        texts: as they are stored.
    """

    wide: list[Ints]
    numbers: list[Ints]
    day: Ints
    texts: list[list[str | None]]


def rank_in(vocabulary: type[Vocabulary], column: peewee.Field) -> peewee.Node:
    """The rank of the code in a column; ``NOTHING`` where there is none."""
    ranks = [(term.value, term.rank) for term in vocabulary]
    # What is not told is told apart first: no code has to be looked at.
    return Case(None, [(column.is_null(), None)], Case(column, ranks, _UNKNOWN))


def read_packed(
    database: peewee.Database,
    query: peewee.Select,
    *,
    wide: Sequence[peewee.Node] = (),
    numbers: Sequence[peewee.Node] = (),
    day: peewee.Field | None = None,
    texts: Sequence[peewee.Node] = (),
) -> Packed:
    """Read the columns of all rows that ``query`` finds: one statement, one row of answer.

    Args:
        database: where they are.
        query: which rows; its columns do not matter.
        wide: whole numbers from 0 to a thousand million, or NULL.
        numbers: whole numbers from 0 to ``MOST``, or NULL, which becomes ``NOTHING``.
        day: a date that may be known in part.
        texts: made by ``texts_of``.

    Raises:
        ValueError: a code is none of its vocabulary, or a number is outside of these bounds.
    """
    signs = [_part(one, how) for one in wide for how in ("%", "/")] + list(numbers)
    written = fn.group_concat(fn.char(*(_sum(_FIRST, sign) for sign in signs)), "")
    dates = None if day is None else fn.group_concat(_full(day), "")
    below = fn.max(_any_below([*wide, *numbers]))
    found = query.select(written.cast("BLOB"), below, dates, *texts)
    told, is_below, days, *listed = database.execute(found).fetchone()
    # Half of a surrogate pair is a number like any other here.
    text = (told or b"").decode("utf-8", "surrogatepass")
    signed = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32)
    table = signed.reshape(-1, len(signs)).T
    columns = [column - _FIRST for column in table]
    if any((column == _UNKNOWN).any() for column in columns):
        raise ValueError("a code is none of its vocabulary")
    if is_below or any((column > MOST).any() for column in columns):
        raise ValueError("a number is outside of what can be read")
    pairs = [np.maximum(columns.pop(0) + _HALF * columns.pop(0), NOTHING) for _ in wide]
    texts_read = [json.loads(one) for one in listed]
    return Packed(pairs, columns, _days_of(days or ""), texts_read)


def rows_of(owner: peewee.Field, numbers: Ints | None = None) -> peewee.Select:
    """The rows that belong to cases by ``owner``, case by case; ``CaseRow`` is joined.

    With ``numbers`` those of these cases alone.
    """
    row = CaseRow
    query: peewee.Select = (
        row.select().join(owner.model, peewee.JOIN.CROSS).where(owner == row.case_id)
    )
    if numbers is None:
        return query
    listed = peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(numbers.tolist())])
    return query.where(row.number.in_(listed))


def places_in(numbers: Ints, wanted: Ints) -> Ints:
    """Where the wanted numbers stand among ``numbers``, which ascend; ``NOTHING`` for others."""
    if not len(numbers):
        return np.full(len(wanted), NOTHING, np.int32)
    place = numbers.searchsorted(wanted)
    place[place == len(numbers)] = 0
    found: Ints = np.where(numbers[place] == wanted, place, NOTHING).astype(np.int32)
    return found


def ordinals_of(day: Ints) -> Ints:
    """Days yyyymmdd as numbers that can be subtracted; 0 where unknown."""
    different, place = np.unique(day, return_inverse=True)
    ordinals = np.array([_ordinal(number) for number in different.tolist()], np.int32)
    found: Ints = ordinals[place]
    return found


def row_of(table: type[peewee.Model]) -> peewee.Node:
    """What SQLite counts the rows of a table by."""
    return peewee.Column(table._meta.table, "rowid")


def steps_of(column: peewee.Field, steps: int, bottom: float = 0.0) -> peewee.Node:
    """A measured number in whole steps, as many as ``steps`` to 1, counted from ``bottom``."""
    return _Steps(column, steps, bottom)


def texts_of(column: peewee.Node, where: peewee.Node | None = None) -> peewee.Node:
    """The texts in a column, of those rows only that meet the condition."""
    found = fn.json_group_array(column)
    return found if where is None else found.filter(where)


def _sum(number: float, column: peewee.Node) -> peewee.Node:
    # The field must not convert what is added to its column.
    return peewee.Expression(peewee.SQL(str(number)), peewee.OP.ADD, column)


def _any_below(columns: Sequence[peewee.Node]) -> peewee.Node:
    """Whether any number of the row is below 0; keys, ranks and conditions never are."""
    zero = peewee.SQL("0")
    below = []
    for one in columns:
        if isinstance(one, _Steps):
            below.append(one.is_below)
        elif not _is_sure(one):
            below.append(peewee.Expression(one, peewee.OP.LT, zero))
    return reduce(or_, below) if below else zero


def _is_sure(column: peewee.Node) -> bool:
    if isinstance(column, peewee.Field):
        return column.primary_key or isinstance(column, peewee.BooleanField)
    return isinstance(column, Case) or getattr(column, "op", None) in _CONDITIONS


class _Steps(peewee.Expression):
    """A number in steps; ``is_below`` tells it from the column alone, which is quicker."""

    def __init__(self, column: peewee.Field, steps: int, bottom: float) -> None:
        above = _sum(-bottom, column) if bottom else column
        many = peewee.Expression(above, peewee.OP.MUL, peewee.SQL(str(steps)))
        # Of a number a character takes the whole part.
        super().__init__(peewee.SQL("0.5"), peewee.OP.ADD, many)
        self.is_below = peewee.Expression(column, peewee.OP.LT, peewee.SQL(str(bottom)))


def _part(number: peewee.Node, how: str) -> peewee.Node:
    return peewee.Expression(number, how, peewee.SQL(str(_HALF)))


def _full(day: peewee.Field) -> peewee.Node:
    """The date, always of the same length."""
    is_full = (peewee.SQL(str(len(_NO_DAY))), day)
    return Case(fn.length(day), [is_full], peewee.SQL(f"'{_NO_DAY}'"))


def _days_of(dates: str) -> Ints:
    signs = np.frombuffer(dates.encode("ascii"), np.uint8).reshape(-1, len(_NO_DAY))
    found = np.zeros(len(signs), np.int32)
    for place, worth in zip(_DIGITS, _WORTH.tolist(), strict=True):
        found += worth * (signs[:, place].astype(np.int32) - ord("0"))
    return found


def _ordinal(number: int) -> int:
    return date(number // 10_000, number // 100 % 100, number % 100).toordinal() if number else 0
