# SPDX-License-Identifier: MIT
"""Pieces of statements with their values, put together in a way that no database finds too deep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Value = str | int | float | None


class Sql(NamedTuple):
    """A piece of a statement, and the values of its marks."""

    text: str
    values: tuple[Value, ...] = ()


TRUE, FALSE = Sql("1 = 1"), Sql("1 = 0")


def every(pieces: Sequence[Sql]) -> Sql:
    """That all of the pieces hold."""
    return _joined("AND", pieces) if pieces else TRUE


def any_of(pieces: Sequence[Sql]) -> Sql:
    """That one of the pieces holds."""
    return _joined("OR", pieces) if pieces else FALSE


def negation(piece: Sql) -> Sql:
    """That the piece does not hold. It must be one that is never unknown."""
    return Sql(f"NOT {piece.text}", piece.values)


def _joined(word: str, pieces: Sequence[Sql]) -> Sql:
    """Halves of halves, because a chain of hundreds is nested as deep as it is long."""
    if len(pieces) == 1:
        return pieces[0]
    half = len(pieces) // 2
    left, right = _joined(word, pieces[:half]), _joined(word, pieces[half:])
    return Sql(f"({left.text} {word} {right.text})", left.values + right.values)
