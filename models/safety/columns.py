# SPDX-License-Identifier: MIT
"""Columns of the record as arrays: ranks of terms, and sets of terms as sums of powers of 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat

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


def places_of(values: Sequence[Cell], place_of: Mapping[Cell, int]) -> Ints:
    """The place of each value; ``NOTHING`` where it has none."""
    return np.fromiter(map(place_of.get, values, repeat(NOTHING)), np.int64, len(values))


def decoded_of(values: Sequence[Cell], meaning: Callable[[Cell], int]) -> Ints:
    """The same where few values come again and again: each is looked at once."""
    means = {value: meaning(value) for value in set(values)}
    return places_of(values, means)


def sets_of(vocabulary: type[Vocabulary], joined: Sequence[Cell]) -> Ints:
    """The set of each text of joined codes; 0 for none."""

    def meaning(text: Cell) -> int:
        return as_set(vocabulary(code) for code in str(text).split(SEPARATOR)) if text else 0

    return decoded_of(joined, meaning)
