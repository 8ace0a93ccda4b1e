# SPDX-License-Identifier: MIT
"""Which of the own cases a rate counts, in words for people and as a filter for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.query import Filter, text_of


@dataclass(frozen=True, slots=True)
class OwnCases:
    """The cases that count.

    Attributes:
        words: which they are where not all count, and how many are synthetic, in sentences.
        asked: the same as it is typed; "" where all count.
        n_synthetic: how many of them are synthetic.
    """

    words: str = ""
    asked: str = ""
    n_synthetic: int = 0


def own_cases(asked: Filter, words: Iterable[str], n_synthetic: int) -> OwnCases:
    """Those that meet the filter.

    Words that were searched for can be the name of a patient, so they are not repeated.
    """
    named = Filter(tuple(term for term in asked.terms if term.field))
    return OwnCases(" ".join(words), text_of(named), n_synthetic)
