# SPDX-License-Identifier: MIT
"""Columns of the record as arrays: ranks of terms, and sets of terms as sums of powers of 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from models.vocabulary import Vocabulary

Cell = str | int | float | None

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NOTHING = -1
"""In an array: there is none, or it was not answered."""

SEPARATOR = "|"


def in_set(terms: Ints, term: Vocabulary) -> Bools:
    """Whether each set of terms holds the term."""
    found: Bools = (terms >> term.rank) & 1 == 1
    return found


def members(vocabulary: type[Vocabulary], terms: int) -> list[Vocabulary]:
    """The terms of a set, in the order of their vocabulary."""
    return [term for term in vocabulary if terms >> term.rank & 1]


def as_set(terms: Iterable[Vocabulary]) -> int:
    """The set of the terms, as columns hold it."""
    return sum(1 << term.rank for term in set(terms))


def columns_of(found: Sequence[tuple[Cell, ...]], n: int) -> list[Sequence[Cell]]:
    """The ``n`` columns of the rows."""
    return list(zip(*found, strict=True)) if found else [()] * n


def ints_of(values: Sequence[Cell], meaning: Callable[[Cell], int]) -> Ints:
    """What each value means."""
    return np.fromiter(map(meaning, values), np.int64, len(values))


def _decoded(values: Sequence[Cell], meaning: Callable[[Cell], int]) -> Ints:
    means = {value: meaning(value) for value in set(values)}
    return ints_of(values, means.__getitem__)


def ranks_of(vocabulary: type[Vocabulary], codes: Sequence[Cell]) -> Ints:
    """The rank of each code; ``NOTHING`` for none."""
    return _decoded(codes, lambda code: NOTHING if code is None else vocabulary(str(code)).rank)


def sets_of(vocabulary: type[Vocabulary], joined: Sequence[Cell]) -> Ints:
    """The set of each text of joined codes; 0 for none."""

    def meaning(text: Cell) -> int:
        return as_set(vocabulary(code) for code in str(text).split(SEPARATOR)) if text else 0

    return _decoded(joined, meaning)
