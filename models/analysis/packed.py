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
from functools import partial
from operator import add
from typing import Any

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
    days_of,
    sum_of,
)
from models.analysis.in_rows import read_rows
from models.engines.engine import Engine
from models.schema import CaseRow
from models.scoretext import NO_DAY

# NULL is written as the character 0, so that -1 is left of it when numbers begin at 1. Numbers
# below 0 would be taken for it, and are looked for; what is too great stays greater than MOST,
# up to the character that stands for whatever has none.
_HALF = 1 << 15
_MOST_KEY = 1_000_000  # of a key that one character stands for
_AT_ONCE = 4_096
_DENSE = 8  # numbers up to so many times their count are found in a table
BY_CASE = CaseRow.case_id
"""Halves what ``rows_of`` finds."""
BY_NUMBER = CaseRow.number
"""Halves what is read of ``CaseRow`` alone."""
_LIST = CaseRow._meta.table_name
_COUNTED = f'SELECT count(*) / 2 FROM "{_LIST}"'
_MIDDLE = {
    # Found in the index alone, and the middle however cases came into the logbook.
    BY_CASE.name: f'(SELECT case_id FROM "{_LIST}" ORDER BY case_id LIMIT 1 OFFSET ({_COUNTED}))',
    BY_NUMBER.name: f'(SELECT max(number) / 2 FROM "{_LIST}")',
}
_CONDITIONS = {getattr(peewee.OP, name) for name in ("EQ", "NE", "GT", "IS", "IS_NOT", "AND", "OR")}


def read_packed(
    database: Engine,
    query: peewee.Select,
    *,
    wide: Sequence[peewee.Node] = (),
    numbers: Sequence[peewee.Node] = (),
    day: peewee.Node | None = None,
    texts: Sequence[peewee.Node] = (),
    joined: Sequence[peewee.Field] = (),
    halved_by: peewee.Field | None = None,
) -> Packed:
    """Read the columns of all rows that ``query`` finds: one statement, or one for each half.

    Args:
        database: where they are.
        query: which rows; its columns do not matter.
        wide: whole numbers from 0 to a thousand million, or NULL.
        numbers: whole numbers from 0 to ``MOST``, or NULL, which becomes ``NOTHING``.
        day: a date that may be known in part.
        texts: made by ``texts_of``.
        joined: columns of text that are read as one text each.
        halved_by: ``BY_CASE`` or ``BY_NUMBER``, by which the rows are found in order anyway; so
            two halves are in the same order as all. None to have them read by one connection.

    Raises:
        ValueError: a code is none of its vocabulary, or a number is outside of these bounds.
    """
    if database.finds_ways:
        return read_rows(
            database, query, wide=wide, numbers=numbers, day=day, texts=texts, joined=joined
        )
    read = partial(_read, database, asked=_Asked(wide, numbers, day, texts, joined))
    second = database.second
    if second is None or second.is_busy or halved_by is None:
        return read(query)
    is_earlier = halved_by <= peewee.SQL(_MIDDLE[halved_by.name])
    later = second.begin(partial(read, query.where(~is_earlier)))
    return _joined(read(query.where(is_earlier)), later.result())


def cases_of(numbers: Ints | None = None) -> peewee.Select:
    """``CaseRow`` alone, of all cases or with ``numbers`` of these."""
    query: peewee.Select = CaseRow.select()
    return query if numbers is None else _of_these(query, numbers)


def rows_of(owner: peewee.Field, numbers: Ints | None = None) -> peewee.Select:
    """The rows that belong to cases by ``owner``, case by case; ``CaseRow`` is joined.

    With ``numbers`` those of these cases alone.
    """
    row = CaseRow
    query: peewee.Select = (
        row.select().join(owner.model, peewee.JOIN.CROSS).where(owner == row.case_id)
    )
    return query if numbers is None else _of_these(query, numbers)


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
    month = day // 100
    # All days are of few months, whose numbers are small enough for an entry each.
    eve = np.zeros(month.max(initial=0) + 1, np.int32)
    for number in np.flatnonzero(np.bincount(month)).tolist():
        eve[number] = _eve_of(number)
    found: Ints = eve[month] + day % 100
    return found


def _of_these(query: peewee.Select, numbers: Ints) -> peewee.Select:
    listed = peewee.SQL(
        "(SELECT CAST(value AS INTEGER) FROM json_each(?))", [json.dumps(numbers.tolist())]
    )
    found: peewee.Select = query.where(CaseRow.number.in_(listed))
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """The columns that are asked for, and how the answer is read; keys go into one character."""

    wide: Sequence[peewee.Node]
    numbers: Sequence[peewee.Node]
    day: peewee.Node | None
    texts: Sequence[peewee.Node]
    joined: Sequence[peewee.Field]
    keys_in_one: bool = True

    def of(self, query: peewee.Select) -> peewee.Select:
        """The statement that tells all in one row."""
        signs: list[peewee.Node] = []
        for one in self.wide:
            signs += [one] if self._is_short(one) else [_part(one, "%"), _part(one, "/")]
        signs += self.numbers
        counted = (one if isinstance(one, Rank) else sum_of(FIRST, one) for one in signs)
        dates = None if self.day is None else fn.group_concat(_full(self.day), "")
        found: peewee.Select = query.select(
            fn.group_concat(fn.char(*counted), "").cast("BLOB"),
            dates,
            *(_greatest(one) for one in self.wide if self._is_short(one)),
            *(fn.min(one.column if isinstance(one, Steps) else one) for one in self._unsure),
            *self.texts,
            *(fn.group_concat(one, "") for one in self.joined),
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
        _tops, lows, rest = self._parted(told)
        texts, joined = rest[: len(self.texts)], rest[len(self.texts) :]
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
        if UNKNOWN in greatest and any((column == UNKNOWN).any() for column in bounded):
            raise ValueError("a code is none of its vocabulary")
        bottoms = [one.bottom if isinstance(one, Steps) else 0 for one in self._unsure]
        # A text that is read as a number, such as a year, counts as one that is not below.
        is_below = any(
            isinstance(low, int | float) and low < bottom
            for low, bottom in zip(lows, bottoms, strict=True)
        )
        if is_below or max(greatest, default=NOTHING) > MOST:
            raise ValueError("a number is outside of what can be read")
        days = days_of(told[1] or "")
        lists = [json.loads(one) for one in texts]
        return Packed(wide, columns, days, lists, [one or "" for one in joined])

    @property
    def _unsure(self) -> list[peewee.Node]:
        """Columns that could hold a number below their bottom."""
        return [one for one in (*self.wide, *self.numbers) if not _is_sure(one)]

    def _is_short(self, column: peewee.Node) -> bool:
        return self.keys_in_one and _is_key(column)

    def _parted(self, told: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any], Sequence[Any]]:
        """Greatest keys, least numbers, and all texts."""
        after = 2 + sum(map(self._is_short, self.wide))
        least = after + len(self._unsure)
        return told[2:after], told[after:least], told[least:]


def _read(database: Engine, query: peewee.Select, asked: _Asked) -> Packed:
    told = database.execute(asked.of(query)).fetchone()
    if not asked.has_room_for(told):
        asked = replace(asked, keys_in_one=False)
        told = database.execute(asked.of(query)).fetchone()
    return asked.read(told)


def _joined(one: Packed, other: Packed) -> Packed:
    return Packed(
        [np.concatenate(both) for both in zip(one.wide, other.wide, strict=True)],
        [np.concatenate(both) for both in zip(one.numbers, other.numbers, strict=True)],
        np.concatenate([one.day, other.day]),
        [[*first, *last] for first, last in zip(one.texts, other.texts, strict=True)],
        list(map(add, one.joined, other.joined)),
    )


def _columns_of(told: bytes, n: int) -> list[Ints]:
    """The ``n`` columns of the characters."""
    # Half of a surrogate pair is a number like any other here.
    text = told.decode("utf-8", "surrogatepass")
    rows = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.int32).reshape(-1, n)
    columns = np.empty((n, len(rows)), np.int32)
    # Few rows at a time, which stay in the cache of the processor until all columns are parted.
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        np.subtract(part.T, FIRST, out=columns[:, start : start + _AT_ONCE])
    return list(columns)


def _is_key(column: peewee.Node) -> bool:
    return isinstance(column, RowNumber) or (
        isinstance(column, peewee.Field) and bool(column.primary_key)
    )


def _greatest(key: peewee.Node) -> peewee.Node:
    """The greatest key of the whole table: one look into it, and not one at each row."""
    assert isinstance(key, peewee.Field | RowNumber)
    return peewee.SQL(f'(SELECT max(rowid) FROM "{key.model._meta.table_name}")')


def _part(number: peewee.Node, how: str) -> peewee.Node:
    return peewee.Expression(number, how, peewee.SQL(str(_HALF)))


def _is_sure(column: peewee.Node) -> bool:
    """Whether the column has no number below 0; keys, ranks and conditions never have."""
    if isinstance(column, peewee.Field):
        return column.primary_key or isinstance(column, peewee.BooleanField)
    is_rank = isinstance(column, Rank | RowNumber)
    return is_rank or getattr(column, "op", None) in _CONDITIONS


def _full(day: peewee.Node) -> peewee.Node:
    """The date, always of the same length."""
    is_full = (peewee.SQL(str(len(NO_DAY))), day)
    return Case(fn.length(day), [is_full], peewee.SQL(f"'{NO_DAY}'"))


def _eve_of(month: int) -> int:
    """The ordinal number of the day before a month yyyymm begins; 0 for no month."""
    return date(month // 100, month % 100, 1).toordinal() - 1 if month else 0
