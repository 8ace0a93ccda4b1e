# SPDX-License-Identifier: MIT
"""Which terms somebody means who has typed a part of a label, code or synonym. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

_WORDS = re.compile(r"[^\W_]+")

_SHORTEST_PART = 3
"""Two letters are in the middle of half of all terms: whoever types RT means no orthosis."""


class Named(Protocol):
    """What can be looked for: a term of a vocabulary, or whatever else has these."""

    @property
    def value(self) -> str:
        """Its code."""

    @property
    def label(self) -> str:
        """As it is shown."""

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Other words for it."""

    @property
    def rank(self) -> int:
        """Its place in its list."""


T = TypeVar("T", bound=Named)


def matching(terms: Iterable[T], text: str, used: Sequence[T] = ()) -> list[T]:
    """The terms that ``text`` can mean, the likeliest first; all of them for no text.

    First comes a full code, label or synonym, then one that has all the words that were typed, in
    any order, then the beginning of a name of one word, of a label, of a synonym, and of words;
    last, from three letters on, a part of anything. Of equally likely terms those that were
    ``used`` come first, in that order, and the others as they stand in their list.
    """
    wanted = text.strip().casefold()
    places = {term: place for place, term in enumerate(used)}
    found = [
        (rank, places.get(term, len(used)), term.rank, term)
        for term in terms
        if (rank := _distance(term, wanted) if wanted else 0) is not None
    ]
    return [term for *_, term in sorted(found, key=lambda one: one[:3])]


def _distance(term: Named, wanted: str) -> int | None:
    label, *others = (name.casefold() for name in (term.label, *term.synonyms, term.value))
    names = (label, *others)
    typed, words = _WORDS.findall(wanted), [_WORDS.findall(name) for name in names]
    tests = (
        wanted in names,
        bool(typed) and any(set(typed) <= set(own) for own in words),
        any(
            name.startswith(wanted) and len(own) == 1
            for name, own in zip(names, words, strict=True)
        ),
        label.startswith(wanted),
        any(name.startswith(wanted) or _squeezed(name, wanted) for name in others),
        _begin(words[0], typed),
        any(_begin(own, typed) for own in words),
        len(wanted) >= _SHORTEST_PART and any(wanted in name for name in names),
    )
    return next((rank for rank, holds in enumerate(tests) if holds), None)


def _begin(words: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether everything that was typed begins one of the words."""
    return bool(typed) and all(any(word.startswith(part) for word in words) for part in typed)


def _squeezed(name: str, wanted: str) -> bool:
    """Whether the name begins so where nothing parts its words, as xray does x-ray."""
    alone = "".join(_WORDS.findall(wanted))
    return len(alone) >= _SHORTEST_PART and "".join(_WORDS.findall(name)).startswith(alone)
