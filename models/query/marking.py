# SPDX-License-Identifier: MIT
"""Which parts of a query mean what, for those who color it while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from models.query.filter import Understood
from models.query.lexing import Word, cut_into_words
from models.query.parsing import NOT, flag_of, named, without_minus
from models.quick import dataclass


class Role(StrEnum):
    """What a part of the text is."""

    NAME = "name"
    """The name of a field, with its colon."""

    VALUE = "value"
    """What the field is compared with, and the sign of the comparison."""

    NEGATION = "negation"
    """A minus or NOT."""

    PROBLEM = "problem"
    """What is not understood."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the text, from ``start`` to before ``end``."""

    role: Role
    start: int
    end: int


def marks_of(text: str, understood: Understood) -> tuple[Mark, ...]:
    """The parts of a text of which ``understood`` was read. Words that are searched bear no mark.

    Problems come last: they may lie within a value, of which the rest is understood.
    """
    known = (mark for start, end in understood.places for mark in _of_condition(text, start, end))
    problems = (Mark(Role.PROBLEM, one.start, one.end) for one in understood.problems)
    return (*known, *(mark for mark in problems if mark.start < mark.end))


def _of_condition(text: str, start: int, end: int) -> Iterator[Mark]:
    for word in cut_into_words(text[start:end]):
        if word.piece.mask == NOT:
            yield Mark(Role.NEGATION, start + word.start, start + word.end)
        else:
            yield from _of_word(word, start, end)
            return


def _of_word(word: Word, start: int, end: int) -> Iterator[Mark]:
    piece, negated = without_minus(word.piece)
    begins = start + word.start + negated
    if negated:
        yield Mark(Role.NEGATION, begins - 1, begins)
    if asked := named(piece):
        name_ends = asked.name.end + (piece.mask[len(asked.name.text)] == ":")
        yield Mark(Role.NAME, begins, start + name_ends)
        yield Mark(Role.VALUE, start + name_ends, end)
    elif flag_of(piece.mask):
        yield Mark(Role.NAME, begins, end)
