# SPDX-License-Identifier: MIT
"""What a case is found by: its words, its tags, and the texts that can be asked a part of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from models import query
from models.query import Kind, folded
from models.schema import Record
from models.tags.spelling import EVERY
from models.tags.whole import Whole
from models.tags.words import words_in


class FoundBy(NamedTuple):
    """A row of ``CaseFoundBy`` without its number."""

    words: str
    tags: str
    patient: str | None = None
    operator: str | None = None
    supervisor: str | None = None
    product: str | None = None
    lot: str | None = None


TEXTS = FoundBy._fields[2:]
"""The texts that can be asked a part of."""


def found_by(rows: Iterable[Record], whole: Whole, words: str) -> FoundBy:
    """What a case is found by.

    Args:
        rows: every row that can be asked about.
        whole: what it says as a whole.
        words: the text that the search finds it by.
    """
    from models.tags.rows import tags_of_rows

    held = list(rows)
    return put_together(held, words_in(words), {*tags_of_rows(held), *whole.tags()})


def put_together(rows: Iterable[Record], words: Iterable[str], tags: set[str]) -> FoundBy:
    """The same from words and tags; of ``rows`` only patient and procedure need be there."""
    told = _texts(rows)
    return of_parts(words, [*{EVERY, *tags}], map(told.get, TEXTS))


def of_parts(words: Iterable[str], tags: list[str], texts: Iterable[str | None]) -> FoundBy:
    """The same from words and tags of which none comes twice, ``EVERY`` among them."""
    tags.sort()
    return FoundBy(_parted(words), _parted(tags), *texts)


@cache
def place_of_text(table: type[Record], name: str) -> int | None:
    """The place of a field that can be asked a part of among ``TEXTS``, which hold it folded."""
    columns = (told for told, field in _columns().get(table, ()) if field == name)
    return next(map(TEXTS.index, columns), None)


def of_words_only(text: str) -> FoundBy:
    """What a case is found by of which no more than these words can be read."""
    return FoundBy(_parted(words_in(text)), _parted([EVERY]))


def _parted(words: Iterable[str]) -> str:
    """With a blank at each end too, so that every word has one on both sides."""
    return f" {' '.join(words)} "


def _texts(rows: Iterable[Record]) -> dict[str, str]:
    told: dict[str, str] = {}
    columns = _columns()
    for row in rows:
        for name, column in columns.get(type(row), ()):
            if value := row.__data__.get(column):
                told[name] = folded(str(value))
    return told


@cache
def _columns() -> dict[type[Record], list[tuple[str, str]]]:
    """By table the fields that hold such texts, and the columns of these."""
    found: dict[type[Record], list[tuple[str, str]]] = {}
    for field in query.FIELDS:
        if field.kind is Kind.WORDS and field.source is not None:
            found.setdefault(field.source.model, []).append((field.name, field.source.name))
    return found
