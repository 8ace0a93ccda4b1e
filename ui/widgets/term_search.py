# SPDX-License-Identifier: MIT
"""Which terms somebody means who has typed a part of a label, code or synonym. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from models.vocabulary import Vocabulary

_WORDS = re.compile(r"\w+")


def matching(
    terms: Iterable[Vocabulary], text: str, used: Sequence[Vocabulary] = ()
) -> list[Vocabulary]:
    """The terms that ``text`` can mean, the likeliest first; all of them for no text.

    A full code, label or synonym comes before the beginning of a label, that before the beginning
    of a synonym, then of a word, and last a part of anything. Of equally likely terms those that
    were ``used`` come first, in that order, and the others as they stand in their list.
    """
    wanted = text.strip().casefold()
    places = {term: place for place, term in enumerate(used)}
    found = [
        (rank, places.get(term, len(used)), term.rank, term)
        for term in terms
        if (rank := _distance(term, wanted) if wanted else 0) is not None
    ]
    return [term for *_, term in sorted(found)]


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
