# SPDX-License-Identifier: MIT
"""With which techniques cases were treated, for rates that are laid beside published ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.columns import texts_of
from models.analysis.members import NOTHING, Bools, Ints, not_in_bin
from models.analysis.packed import BY_NUMBER, places_in, read_packed
from models.schema import CaseRow, TreatedLevel
from models.vocabulary import Technique

if TYPE_CHECKING:
    from models.analysis.beside import Counted
    from models.literature import OwnBeside
    from models.logbook import Logbook

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Treated:
    """The techniques of every case that is not in the bin; arrays of equal length.

    Attributes:
        numbers: of the cases, ascending.
        stated: of each case, the place of its techniques in ``kinds``.
        untold: whether a case has a level whose technique is not stated, or no level at all.
        kinds: all sets of techniques that cases have.
    """

    numbers: Ints
    stated: Ints
    untold: Bools
    kinds: tuple[frozenset[Technique], ...]

    def among(self, counted: Iterable[Counted]) -> list[OwnBeside]:
        """Own rates, which from now on are compared by technique too: of the cases they count."""
        return [self._of(one) for one in counted]

    def _of(self, counted: Counted) -> OwnBeside:
        place = places_in(self.numbers, counted.cases)
        known = place[place != NOTHING]
        kinds = (self.kinds[kind] for kind in np.unique(self.stated[known]).tolist())
        own = counted.own
        asked = replace(
            own.asked,
            techniques=frozenset[Technique]().union(*kinds),
            techniques_unstated=bool(self.untold[known].any()),
        )
        return replace(own, asked=asked)


def treated_with(logbook: Logbook) -> Treated:
    """The techniques of all cases: two statements. Call it inside ``logbook.session()``."""
    row, level = CaseRow, TreatedLevel
    with logbook.database.view():
        read = read_packed(
            logbook.database,
            row.select().where(not_in_bin()),
            wide=[row.number],
            texts=[texts_of(row.techniques)],
            halved_by=BY_NUMBER,
        )
        silent = read_packed(
            logbook.database,
            level.select()
            .join(row, on=(row.case_id == level.procedure))
            .where(level.technique.is_null()),
            wide=[row.number],
        )
    (numbers,), (texts,) = read.wide, read.texts
    different = sorted({text or "" for text in texts})
    place_of = {text: place for place, text in enumerate(different)}
    stated = np.fromiter((place_of[text or ""] for text in texts), np.int32, len(texts))
    order = np.argsort(numbers, kind="stable")
    numbers, stated = numbers[order], stated[order]
    kinds = tuple(
        frozenset(Technique(term) for term in text.split(_SEPARATOR) if term) for text in different
    )
    is_empty = np.array([not kind for kind in kinds], dtype=bool)
    untold = is_empty[stated] | np.isin(numbers, silent.wide[0])
    return Treated(numbers, stated, untold, kinds)
