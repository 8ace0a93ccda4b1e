# SPDX-License-Identifier: MIT
"""Levels left untreated between two cemented ones ("sandwich vertebrae")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.schema import TreatedLevel
from models.speech import say
from models.vocabulary import Level, MissingReason

_NO_CEMENT = frozenset({MissingReason.NOT_DONE, MissingReason.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class EarlierSpine:
    """What the patient's spine already held before a case, as far as the checks need it.

    Attributes:
        cemented: levels that hold cement from earlier cases.
        variants: T13 and L6, where this patient is known to have them.
    """

    cemented: frozenset[Level] = frozenset()
    variants: frozenset[Level] = frozenset()


UNKNOWN = EarlierSpine()
"""Nothing is known of earlier cases."""


@dataclass(frozen=True, slots=True)
class Sandwich:
    """An untreated level and its two cemented neighbors."""

    level: Level
    above: Level
    below: Level

    @property
    def sentence(self) -> str:
        """As the user is told."""
        return say(
            "{level} lies untreated between cemented {above} and {below}.",
            level=self.level.label,
            above=self.above.label,
            below=self.below.label,
        )


def sandwiches(cemented: Iterable[Level], variants: Iterable[Level] = ()) -> list[Sandwich]:
    """Every single level without cement between two levels with cement, head to tail.

    Only vertebrae that this patient has count: T13 and L6 where they are cemented themselves or
    named in ``variants``. Two or more untreated levels in a row are none, and neither is a segment
    of the sacrum, which is one bone.
    """
    filled = frozenset(cemented)
    known = filled.union(variants)
    column = [level for level in Level if not level.is_variant or level in known]
    triples = zip(column, column[1:], column[2:], strict=False)
    return [
        Sandwich(level, above, below)
        for above, level, below in triples
        if above in filled and below in filled and level not in filled and level.region != "sacral"
    ]


def is_cemented(row: TreatedLevel) -> bool:
    """Whether a treated level holds cement; only an explicit "not done" says that it does not."""
    return row.missing.get(TreatedLevel.cement_ml.name) not in _NO_CEMENT
