# SPDX-License-Identifier: MIT
"""Which terms somebody means who has typed a part of a label, code or synonym. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.vocabulary import Vocabulary

_WORDS = re.compile(r"\w+")


def matching(terms: Iterable[Vocabulary], text: str) -> list[Vocabulary]:
    """The terms that ``text`` can mean, the likeliest first; all in their order for no text.

    A full code, label or synonym comes before the beginning of a label, that before the beginning
    of a synonym, then of a word, and last a part of anything.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return list(terms)
    found = [(rank, term) for term in terms if (rank := _distance(term, wanted)) is not None]
    return [term for _, term in sorted(found, key=lambda pair: (pair[0], pair[1].rank))]


def _distance(term: Vocabulary, wanted: str) -> int | None:
    label = term.label.casefold()
    others = [name.casefold() for name in (*term.synonyms, term.value)]
    if wanted == label or wanted in others:
        return 0
    if label.startswith(wanted):
        return 1
    if any(name.startswith(wanted) for name in others):
        return 2
    if any(word.startswith(wanted) for word in _WORDS.findall(label)):
        return 3
    return 4 if any(wanted in name for name in (label, *others)) else None
