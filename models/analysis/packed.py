# SPDX-License-Identifier: MIT
"""Columns of very many rows, written into one text by the database and read by numpy.

A row for each would become a million objects of Python, which takes longer than to find them and
keeps every other thread waiting. The text is written while they go on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

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
_MOST_KEY = 1_000_000  # of a key that one character stands for
_UNKNOWN = MOST + 1
_AT_ONCE = 4_096
_FEW_CODES = 5  # are compared one after the other
_DENSE = 8  # numbers up to so many times their count are found in a table
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
    return _Rank(vocabulary, column)


def read_packed(
    database: peewee.Database,
    query: peewee.Select,
    *,
    wide: Sequence[peewee.Node] = (),
    numbers: Sequence[peewee.Node] = (),
    day: peewee.Node | None = None,
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
    asked = _Asked(wide, numbers, day, texts)
    told = database.execute(asked.of(query)).fetchone()
    if not asked.has_room_for(told):
        asked = replace(asked, keys_in_one=False)
        told = database.execute(asked.of(query)).fetchone()
    return asked.read(told)


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
    top = int(numbers[-1])
    if numbers[0] < 0 or top > _DENSE * (len(numbers) + len(wanted)):
        place = numbers.searchsorted(wanted)
        place[place == len(numbers)] = 0
        found: Ints = np.where(numbers[place] == wanted, place, NOTHING).astype(np.int32)
        return found
    # One entry for each number that there could be is looked up much faster than searched for.
    table = np.full(top + 2, NOTHING, np.int32)
    table[numbers] = np.arange(len(numbers), dtype=np.int32)
    # The last entry, which belongs to no number, stands for all that are too great or too small.
    known = np.where((wanted < 0) | (wanted > top), top + 1, wanted)
    looked_up: Ints = table[known]
    return looked_up


def ordinals_of(day: Ints) -> Ints:
    """Days yyyymmdd as numbers that can be subtracted; 0 where unknown."""
    different, place = np.unique(day, return_inverse=True)
    ordinals = np.array([_ordinal(number) for number in different.tolist()], np.int32)
    found: Ints = ordinals[place]
    return found


def row_of(table: type[peewee.Model]) -> peewee.Node:
    """What SQLite counts the rows of a table by."""
    return _RowNumber(table)


def steps_of(column: peewee.Field, steps: int, bottom: float = 0.0) -> peewee.Node:
    """A measured number in whole steps, as many as ``steps`` to 1, counted from ``bottom``."""
    return _Steps(column, steps, bottom)


def texts_of(column: peewee.Node, where: peewee.Node | None = None) -> peewee.Node:
    """The texts in a column, of those rows only that meet the condition."""
    found = fn.json_group_array(column)
    return found if where is None else found.filter(where)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The columns that are asked for, and how the answer is read; keys go into one character."""

    wide: Sequence[peewee.Node]
    numbers: Sequence[peewee.Node]
    day: peewee.Node | None
    texts: Sequence[peewee.Node]
    keys_in_one: bool = True

    def of(self, query: peewee.Select) -> peewee.Select:
        """The statement that tells all in one row."""
        signs: list[peewee.Node] = []
        for one in self.wide:
            signs += [one] if self._is_short(one) else [_part(one, "%"), _part(one, "/")]
        signs += self.numbers
        counted = (one if isinstance(one, _Rank) else _sum(_FIRST, one) for one in signs)
        dates = None if self.day is None else fn.group_concat(_full(self.day), "")
        found: peewee.Select = query.select(
            fn.group_concat(fn.char(*counted), "").cast("BLOB"),
            dates,
            *(_greatest(one) for one in self.wide if self._is_short(one)),
            *(fn.min(one.column if isinstance(one, _Steps) else one) for one in self._unsure),
            *self.texts,
        )
        return found

    def has_room_for(self, told: Sequence[Any]) -> bool:
        """Whether no key was too great for its character."""
        return all(top is None or top <= _MOST_KEY for top in self._parted(told)[0])

    def read(self, told: Sequence[Any]) -> Packed:
        """The columns of the answer.

        Raises:
            ValueError: as ``read_packed`` does.
        """
        _tops, lows, texts = self._parted(told)
        short = [self._is_short(one) for one in self.wide]
        n_of_wide = [1 if is_short else 2 for is_short in short]
        columns = _columns_of(told[0] or b"", sum(n_of_wide) + len(self.numbers))
        wide: list[Ints] = []
        bounded: list[Ints] = columns[sum(n_of_wide) :]
        for is_short in short:
            if is_short:
                wide.append(columns.pop(0))
                continue
            low, high = columns.pop(0), columns.pop(0)
            bounded += [low, high]
            wide.append(np.maximum(low + _HALF * high, NOTHING))
        greatest = [column.max(initial=NOTHING) for column in bounded]
        if _UNKNOWN in greatest and any((column == _UNKNOWN).any() for column in bounded):
            raise ValueError("a code is none of its vocabulary")
        bottoms = [one.bottom if isinstance(one, _Steps) else 0 for one in self._unsure]
        # A text that is read as a number, such as a year, counts as one that is not below.
        is_below = any(
            isinstance(low, int | float) and low < bottom
            for low, bottom in zip(lows, bottoms, strict=True)
        )
        if is_below or max(greatest, default=NOTHING) > MOST:
            raise ValueError("a number is outside of what can be read")
        return Packed(wide, columns, _days_of(told[1] or ""), [json.loads(one) for one in texts])

    @property
    def _unsure(self) -> list[peewee.Node]:
        """Columns that could hold a number below their bottom."""
        return [one for one in (*self.wide, *self.numbers) if not _is_sure(one)]

    def _is_short(self, column: peewee.Node) -> bool:
        return self.keys_in_one and _is_key(column)

    def _parted(self, told: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
        """Greatest keys, least numbers, and texts."""
        after = 2 + sum(map(self._is_short, self.wide))
        least = after + len(self._unsure)
        return told[2:after], told[after:least], told[least:]


def _columns_of(told: bytes, n: int) -> list[Ints]:
    """The ``n`` columns of the characters."""
    # Half of a surrogate pair is a number like any other here.
    text = told.decode("utf-8", "surrogatepass")
    rows = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32).reshape(-1, n)
    columns = np.empty((n, len(rows)), np.int32)
    # Few rows at a time, which stay in the cache of the processor until all columns are parted.
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        np.subtract(part.T, _FIRST, out=columns[:, start : start + _AT_ONCE])
    return list(columns)


def _sum(number: float, column: peewee.Node) -> peewee.Node:
    # The field must not convert what is added to its column.
    return peewee.Expression(peewee.SQL(str(number)), peewee.OP.ADD, column)


def _is_sure(column: peewee.Node) -> bool:
    """Whether the column has no number below 0; keys, ranks and conditions never have."""
    if isinstance(column, peewee.Field):
        return column.primary_key or isinstance(column, peewee.BooleanField)
    is_rank = isinstance(column, _Rank | _RowNumber)
    return is_rank or getattr(column, "op", None) in _CONDITIONS


def _is_key(column: peewee.Node) -> bool:
    return isinstance(column, _RowNumber) or (
        isinstance(column, peewee.Field) and bool(column.primary_key)
    )


def _greatest(key: peewee.Node) -> peewee.Node:
    """The greatest key of the whole table: one look into it, and not one at each row."""
    assert isinstance(key, peewee.Field | _RowNumber)
    return peewee.SQL(f'(SELECT max(rowid) FROM "{key.model._meta.table_name}")')


class _Rank(Case):
    """The rank of a code, already counted from ``_FIRST``."""

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
    told = [(code, peewee.SQL(str(rank + _FIRST))) for code, rank in ranks]
    return Case(column, told, peewee.SQL(str(_UNKNOWN + _FIRST)))


class _RowNumber(peewee.Column):
    """What SQLite counts the rows of a table by."""

    def __init__(self, model: type[peewee.Model]) -> None:
        super().__init__(model._meta.table, "rowid")
        self.model = model


class _Steps(peewee.Expression):
    """A measured number, above ``bottom``, in steps."""

    def __init__(self, column: peewee.Field, steps: int, bottom: float) -> None:
        above = _sum(-bottom, column) if bottom else column
        many = peewee.Expression(above, peewee.OP.MUL, peewee.SQL(str(steps)))
        # Of a number a character takes the whole part.
        super().__init__(peewee.SQL("0.5"), peewee.OP.ADD, many)
        self.column, self.bottom = column, bottom


def _part(number: peewee.Node, how: str) -> peewee.Node:
    return peewee.Expression(number, how, peewee.SQL(str(_HALF)))


def _full(day: peewee.Node) -> peewee.Node:
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
