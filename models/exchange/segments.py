# SPDX-License-Identifier: MIT
"""Columns of CSV that stand side by side in one table, and how they become text in few steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import cast

import peewee

from models.exchange.by_ids import Stored
from models.exchange.csv_text import NumberTexts, is_plain, quoted, texts
from models.exchange.said import explanations, reasons
from models.fields import Count, Number, Words
from models.schema.base import ByFieldColumn, ReasonsColumn
from models.signoff import SIGNED

_MOST_JOINED = 90
"""SQLite can be built with functions of no more than 100 arguments."""

_Texts = Callable[[Stored], Sequence[str]]


class NotPlain(Exception):
    """What a vocabulary, a date or a count allows holds no sign that a cell is quoted for."""


class Segment:
    """Some fields of a table, in their order.

    SQLite joins codes, dates and counts that stand side by side. Numbers with a fraction it would
    write in its own way, and text may need quotes; both are read as they are.

    Attributes:
        selected: what is to be read, fewer columns than there are fields.
    """

    def __init__(self, fields: Sequence[peewee.Field]) -> None:
        self.selected: list[peewee.Node] = []
        self._texts: list[_Texts] = []
        for plain, group in groupby(fields, is_code):
            together = list(group)
            if plain:
                for start in range(0, len(together), _MOST_JOINED):
                    self._join(together[start : start + _MOST_JOINED])
            else:
                self.selected += together
                self._texts += map(_as_texts, together)

    def texts(self, columns: Sequence[Stored]) -> list[str]:
        """The text of each row, of the columns ``selected``."""
        made = [told(column) for told, column in zip(self._texts, columns, strict=True)]
        return list(map(",".join, zip(*made, strict=True)))

    def _join(self, fields: Sequence[peewee.Field]) -> None:
        marks = ",".join(["%s"] * len(fields))
        self.selected.append(peewee.fn.PRINTF(peewee.SQL(f"'{marks}'"), *fields))
        commas = len(fields) - 1

        def checked(column: Stored) -> Sequence[str]:
            joined = cast("tuple[str, ...]", column)
            if not is_plain("".join(joined), commas * len(joined)):
                raise NotPlain
            return joined

        self._texts.append(checked)


def is_code(field: peewee.Field) -> bool:
    """Whether SQLite writes what is stored as Python does: codes, dates, whole numbers."""
    if isinstance(field, Number):
        return isinstance(field, Count)
    if isinstance(field, Words | ByFieldColumn | peewee.BooleanField):
        return False
    # Who signed it off is a name of any letters.
    return field.name not in SIGNED


def _as_texts(field: peewee.Field) -> _Texts:
    if isinstance(field, Number | peewee.BooleanField):
        return NumberTexts().of
    if isinstance(field, Words) or field.name in SIGNED:
        return _words
    return _reasons if isinstance(field, ReasonsColumn) else _explanations


def _words(column: Stored) -> Sequence[str]:
    return quoted(texts(column))


def _reasons(column: Stored) -> Sequence[str]:
    return quoted([reasons(said) or "" for said in column])


def _explanations(column: Stored) -> Sequence[str]:
    return quoted([explanations(said) or "" for said in column])


def split(columns: Sequence[Stored], segments: Sequence[Segment]) -> list[list[str]]:
    """The texts of segments whose columns were read one behind the other."""
    told: list[list[str]] = []
    start = 0
    for segment in segments:
        end = start + len(segment.selected)
        told.append(segment.texts(columns[start:end]))
        start = end
    return told
