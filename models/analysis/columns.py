# SPDX-License-Identifier: MIT
"""Columns of numbers and texts that an analysis reads of very many rows, as it names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
import peewee
from peewee import Case

from models.scoretext import NO_DAY

if TYPE_CHECKING:
    from models.vocabulary import Vocabulary

Ints = npt.NDArray[np.int32]

NOTHING = -1
"""In an array: there is none."""

MOST = 50_000
"""The greatest number that one character stands for; of greater ones it takes two."""

FIRST = 1
"""What 0 is written as: 0 itself stands for nothing."""

UNKNOWN = MOST + 1
"""The rank of a code that is none of its vocabulary."""

_FEW_CODES = 5  # are compared one after the other
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
        joined: the texts of whole columns, one behind the other.
    """

    wide: list[Ints]
    numbers: list[Ints]
    day: Ints
    texts: list[list[str | None]]
    joined: list[str]


def rank_in(vocabulary: type[Vocabulary], column: peewee.Field) -> peewee.Node:
    """The rank of the code in a column; ``NOTHING`` where there is none."""
    return Rank(vocabulary, column)


def row_of(table: type[peewee.Model]) -> peewee.Node:
    """A number of a row that stays within a transaction, of tables without such a key too."""
    return RowNumber(table)


def steps_of(column: peewee.Field, steps: int, bottom: float = 0.0) -> peewee.Node:
    """A measured number in whole steps, as many as ``steps`` to 1, counted from ``bottom``."""
    return Steps(column, steps, bottom)


def texts_of(column: peewee.Node, where: peewee.Node | None = None) -> peewee.Node:
    """The texts in a column, of those rows only that meet the condition."""
    return Texts(column).of_rows(where)


class Rank(Case):
    """The rank of a code, already counted from ``FIRST``."""

    def __init__(self, vocabulary: type[Vocabulary], column: peewee.Field) -> None:
        ranks = sorted((term.value, term.rank) for term in vocabulary)
        # What is not told is told apart first: no code has to be looked at.
        super().__init__(None, [(column.is_null(), peewee.SQL("0"))], _found_in(ranks, column))


def _found_in(ranks: Sequence[tuple[str, int]], column: peewee.Field) -> peewee.Node:
    """The rank of a code among these, which are in order: of many, half are left out at once."""
    if len(ranks) > _FEW_CODES:
        half = len(ranks) // 2
        lower, upper = (_found_in(part, column) for part in (ranks[:half], ranks[half:]))
        return Case(None, [(column < ranks[half][0], lower)], upper)
    told = [(code, peewee.SQL(str(rank + FIRST))) for code, rank in ranks]
    return Case(column, told, peewee.SQL(str(UNKNOWN + FIRST)))


class RowNumber(peewee.Column):
    """What the database counts the rows of a table by."""

    def __init__(self, model: type[peewee.Model]) -> None:
        super().__init__(model._meta.table, "rowid")
        self.model = model


class Steps(peewee.Expression):
    """A measured number, above ``bottom``, in steps."""

    def __init__(self, column: peewee.Field, steps: int, bottom: float) -> None:
        above = sum_of(-bottom, column) if bottom else column
        many = peewee.Expression(above, peewee.OP.MUL, peewee.SQL(str(steps)))
        # Of a number a character takes the whole part.
        super().__init__(peewee.SQL("0.5"), peewee.OP.ADD, many)
        self.column, self.bottom = column, bottom


class Texts(peewee.Function):
    """The texts of a column as one JSON list.

    Attributes:
        column: which.
        where: of which rows; None for all.
    """

    def __init__(self, column: peewee.Node) -> None:
        super().__init__("json_group_array", (column,))
        self.column = column
        self.where: peewee.Node | None = None

    def of_rows(self, where: peewee.Node | None) -> Self:
        """The same, of the rows that meet the condition."""
        if where is None:
            return self
        found: Self = self.filter(where)
        found.where = where
        return found


def sum_of(number: float, column: peewee.Node) -> peewee.Node:
    """A column with a number added to it."""
    # The field must not convert what is added to its column.
    return peewee.Expression(peewee.SQL(str(number)), peewee.OP.ADD, column)


def days_of(dates: str) -> Ints:
    """Dates written one behind the other as numbers yyyymmdd; 0 for ``NO_DAY``."""
    signs = np.frombuffer(dates.encode("ascii"), np.uint8).reshape(-1, len(NO_DAY))
    found = np.zeros(len(signs), np.int32)
    for place, worth in zip(_DIGITS, _WORTH.tolist(), strict=True):
        found += worth * (signs[:, place].astype(np.int32) - ord("0"))
    return found
