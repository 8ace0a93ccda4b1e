# SPDX-License-Identifier: MIT
"""What hangs on cases and levels, gathered to one cell a column of the flat export.

A chunk of a table is gathered column by column, all its cases at once: a loop over cases and
columns would take most of the time of an export.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar, cast

import peewee

from models.exchange.by_ids import Stored
from models.exchange.columns import Cell
from models.exchange.csv_text import NumberTexts, is_plain, quoted
from models.exchange.flat_columns import ListColumns
from models.exchange.packed import BETWEEN, Packed
from models.exchange.said import explanations
from models.exchange.segments import is_code
from models.fields import ClinicalField, Words

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
        self._reader = Packed(database, columns, at_once)
        self._counts = bool(columns.count_name)
        numbers = NumberTexts()
        self._gather: list[_Gather] = [
            *(_gatherer(field, numbers) for field in columns.fields.values()),
            _in_json(_all_reasons),
            _in_json(_all_explanations),
            *(_Joined(numbers.of) for _ in columns.derived),
        ]
        self.width = len(self._gather) + self._counts
        self._spans: dict[Cell, tuple[int, int]] = {}
        self._columns: Sequence[Sequence[Cell]] = []

    def read(self, parent_ids: Sequence[str]) -> None:
        """Have the rows below these cases or levels at hand."""
        self._spans, self._columns = self._reader.read(parent_ids)

    def stored(self, places: Sequence[int]) -> dict[Cell, list[Stored]]:
        """Some columns of the rows below each case or level that has any; of codes "" is none."""
        if not self._spans:
            return {}
        rows = list(zip(*[self._columns[at] for at in places], strict=True))
        return {parent: rows[start:end] for parent, (start, end) in self._spans.items()}

    def cells(self) -> Below[Cell]:
        """The count, if it is wanted, and each column as one list, by parent."""
        gathered: list[Sequence[Cell]] = [
            [text or None for text in each.of] for each in self._all()
        ]
        if self._counts:
            gathered.insert(0, self._numbers())
        none: Stored = (None,) * len(self._gather)
        found = zip(self._spans, zip(*gathered, strict=True), strict=True)
        return Below(found, (0, *none) if self._counts else none, (None,) * self.width)

    def texts(self, apart: int = 0) -> Below[str]:
        """The same as text of CSV: so many cells by themselves, and the rest joined."""
        gathered = [each.of if each.are_plain else quoted(each.of) for each in self._all()]
        if self._counts:
            gathered.insert(0, list(map(str, self._numbers())))
        rest = map(",".join, zip(*gathered[apart:], strict=True))
        found = zip(self._spans, zip(*gathered[:apart], rest, strict=True), strict=True)
        unknown = ("",) * self.width
        none = ("0", *unknown[1:]) if self._counts else unknown
        return Below(
            found,
            (*none[:apart], ",".join(none[apart:])),
            (*unknown[:apart], ",".join(unknown[apart:])),
        )

    def _numbers(self) -> list[int]:
        return [end - start for start, end in self._spans.values()]

    def _all(self) -> list[_Texts]:
        if not self._spans:
            return [_Texts([], are_plain=True) for _ in self._gather]
        spans = list(self._spans.values())
        columns = zip(self._gather, self._columns, strict=True)
        return [gather(column, spans) for gather, column in columns]


_NOTHING = f"|{BETWEEN}"
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class _Texts(NamedTuple):
    """One text a parent, and whether it is known that none of them needs quotes."""

    of: Sequence[str]
    are_plain: bool


_Spans = Sequence[tuple[int, int]]
_Gather = Callable[[Sequence[Cell], _Spans], _Texts]
"""Makes of a column, with marks in it, one text a parent; "" where no row holds anything."""


class _Joined:
    """Joins codes, numbers and dates by "|"."""

    def __init__(self, as_texts: Callable[[Sequence[Cell]], Sequence[str]]) -> None:
        self._as_texts = as_texts

    def __call__(self, column: Sequence[Cell], spans: _Spans) -> _Texts:
        entries = self._as_texts(column)
        whole = "|".join(entries)
        # What is stored is never empty, nor made of the sign that joins.
        if whole.count(BETWEEN) == len(spans) - 1 and not whole.strip(_NOTHING):
            return _Texts([""] * len(spans), are_plain=True)
        joined = whole.split(f"|{BETWEEN}|")
        if len(joined) != len(spans):
            # The mark stands in what is stored, which no entry allows.
            joined = ["|".join(entries[start:end]) for start, end in spans]
        if "" in entries:
            joined = [text if text.strip("|") else "" for text in joined]
        return _Texts(joined, is_plain(whole, 0))


def _in_json(as_json: Callable[[Sequence[Cell]], str]) -> _Gather:
    def gather(column: Sequence[Cell], spans: _Spans) -> _Texts:
        if column.count(None) == len(column) - len(spans) + 1:
            return _Texts([""] * len(spans), are_plain=True)
        held = [column[start:end] for start, end in spans]
        told = ["" if each.count(None) == len(each) else as_json(each) for each in held]
        return _Texts(told, are_plain=False)

    return gather


def _gatherer(field: ClinicalField, numbers: NumberTexts) -> _Gather:
    if isinstance(field, Words):
        return _in_json(_words)
    return _Joined(_as_they_are if is_code(field) else numbers.of)


def _as_they_are(column: Sequence[Cell]) -> Sequence[str]:
    return cast("Sequence[str]", column)


def _words(values: Sequence[Cell]) -> str:
    return _ENCODER.encode(values)


def _all_reasons(stored: Sequence[Cell]) -> str:
    return json.dumps([json.loads(str(said)) if said else None for said in stored])


def _all_explanations(stored: Sequence[Cell]) -> str:
    kept = [explanations(said) for said in stored]
    return f"[{', '.join(said or 'null' for said in kept)}]" if any(kept) else ""
