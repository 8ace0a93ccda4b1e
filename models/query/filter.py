# SPDX-License-Identifier: MIT
"""What a typed query means: conditions that all hold, told as plain data."""

from __future__ import annotations

from enum import StrEnum

from models.errors import LogbookError
from models.quick import dataclass


class Op(StrEnum):
    """How the values of a condition are compared.

    ``EXACTLY`` is for fields of words, which otherwise only contain what was typed.
    """

    IS = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    RANGE = ".."
    EXACTLY = "=="


@dataclass(frozen=True, slots=True)
class Term:
    """One condition on a case.

    Attributes:
        field: name of a ``QueryField``; "" for words that are searched for.
        op: how; always ``IS`` for codes and searched words. ``RANGE`` includes both ends.
        values: what is compared with, by the kind of the field:
            codes, of which any one holds, in the order of their vocabulary (a range of levels is
            told code by code);
            one number as text with a point ("7", "4.5"), two of them for ``RANGE``;
            one date as ISO text of its own length, "today", or a span up to today such as "30d",
            "2w", "3m", "1y"; two dates for ``RANGE``;
            texts of which any one holds; of what is searched for, a single one.
        negated: True where the condition must not hold. What is missing does not hold, so a case
            without a value meets every negated condition.
    """

    field: str
    op: Op
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that a case meets all of; every case meets none at all."""

    terms: tuple[Term, ...] = ()


EVERYTHING = Filter()
"""The filter that every case meets."""


class QueryError(LogbookError):
    """A query that cannot be understood at ``start`` to ``end`` of its text."""

    def __init__(self, message: str, cure: str = "", *, start: int = 0, end: int = 0) -> None:
        super().__init__(message, cure)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Understood:
    """What is understood of a query that may still be typed.

    Attributes:
        filter: every condition that is clear.
        problems: why the others are not, in the order of the text.
        left_out: the words of the text that gave no condition, as they were typed.
        places: where each condition of the filter begins and ends in the text.
    """

    filter: Filter = EVERYTHING
    problems: tuple[QueryError, ...] = ()
    left_out: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()

    @property
    def problem(self) -> QueryError | None:
        """The first of the problems."""
        return next(iter(self.problems), None)
