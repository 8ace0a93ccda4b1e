# SPDX-License-Identifier: MIT
"""What is asked of a case as a whole and stands in no single row; it is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import lru_cache

from models.quick import dataclass
from models.tags.spelling import Numbers, presence_tag, term_tag

Span = tuple[float, float]
"""The least and the greatest number that a value can be; the same number where it is exact."""

_MOST = 1_000.0
_MOST_CEMENT = 99_999.0

_LIMITS = {
    "levels": (0, _MOST),
    "cement": (0, _MOST_CEMENT),
    "gain": (-_MOST, _MOST),
    "pain": (0, _MOST),
    "pain_mm": (0, _MOST),
    "latest": (0, _MOST),
    "latest_mm": (0, _MOST),
    "change": (-_MOST, _MOST),
    "change_mm": (-_MOST, _MOST),
}

LOW = {name: Numbers(f"{name}.low", *limits) for name, limits in _LIMITS.items()}
"""The numbers of a case as a whole by the name of their field: the least that each can be."""

HIGH = {name: Numbers(f"{name}.high", *limits) for name, limits in _LIMITS.items()}
"""The same for the greatest that each can be."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The answers of a case as a whole, by the name of their field.

    Attributes:
        codes: of fields of terms.
        spans: of fields of numbers.
        present: fields that hold something; those of ``codes`` and ``spans`` need not be told.
    """

    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    present: tuple[str, ...] = ()

    def tags(self) -> Iterator[str]:
        """All of it as tags."""
        for name, codes in self.codes.items():
            yield from (term_tag(name, code) for code in codes)
        for name, (low, high) in self.spans.items():
            yield _tag(LOW[name], low)
            yield _tag(HIGH[name], high)
        yield from map(presence_tag, dict.fromkeys((*self.spans, *self.present)))


@lru_cache(1 << 14)
def _tag(numbers: Numbers, value: float) -> str:
    """The tag of a number; scores and volumes are of few sizes."""
    return numbers.tag(value)


def joined(parts: Iterable[Whole]) -> Whole:
    """Parts of a case as one; no two of them speak of the same field."""
    whole = Whole()
    present: tuple[str, ...] = ()
    for part in parts:
        whole.codes.update(part.codes)
        whole.spans.update(part.spans)
        present += part.present
    return Whole(whole.codes, whole.spans, present)
