# SPDX-License-Identifier: MIT
"""Radiation of the procedures: fluoroscopy time, kerma-area product, air kerma."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.statistics import spread_of
from models.safety.columns import NOTHING, Bools, Numbers
from models.schema import Procedure
from models.speech import say
from models.vocabulary import MissingReason, Technique

if TYPE_CHECKING:
    from models.analysis.statistics import Spread
    from models.safety.record import SafetyRecord

MOST_LEVELS = 4
"""Procedures with so many levels or more stand together."""


@dataclass(frozen=True, slots=True)
class DoseGroup:
    """Some procedures, and the dose of those that tell it; n stands in ``spread``."""

    code: str
    label: str
    n_procedures: int
    spread: Spread

    @property
    def n_missing(self) -> int:
        """Procedures that do not tell it."""
        return self.n_procedures - self.spread.n


@dataclass(frozen=True, slots=True)
class Dose:
    """One way to tell the dose.

    Attributes:
        name: of the field of ``Procedure``.
        label: as people call it.
        unit: of every number.
        all: all procedures.
        missing: why it is not told, the most frequent first; no reason is "".
        usual_most: greatest usual value, None where there is none.
        n_unusual: procedures above it.
        by_technique: procedures by the one technique that they used, and those with several.
        by_levels: procedures by the number of treated levels.
    """

    name: str
    label: str
    unit: str
    all: DoseGroup
    missing: tuple[tuple[str, int], ...]
    usual_most: float | None
    n_unusual: int
    by_technique: tuple[DoseGroup, ...]
    by_levels: tuple[DoseGroup, ...]


def radiation(record: SafetyRecord) -> tuple[Dose, ...]:
    """The three doses. None is worked out of another."""
    groups = _Groups(record)
    sessions = record.sessions
    told = {
        "fluoro_time_s": sessions.fluoro_s,
        "kap_gycm2": sessions.kap_gycm2,
        "air_kerma_mgy": sessions.air_kerma_mgy,
    }
    return tuple(
        _dose(name, values, sessions.why_not[name], groups) for name, values in told.items()
    )


def _dose(name: str, values: Numbers, why_not: dict[int, str], groups: _Groups) -> Dose:
    field = Procedure._meta.fields[name]
    lacking = np.flatnonzero(np.isnan(values)).tolist()
    reasons = Counter(map(why_not.get, lacking, repeat("")))
    labels = [(MissingReason(why).label if why else "", n) for why, n in reasons.most_common()]
    most = field.usual[1]
    return Dose(
        name=name,
        label=field.label,
        unit=field.unit,
        all=_group("all", say("All"), np.ones(len(values), dtype=bool), values),
        missing=tuple(labels),
        usual_most=most,
        n_unusual=0 if most is None else int((values > most).sum()),
        by_technique=groups.by_technique(values),
        by_levels=groups.by_levels(values),
    )


class _Groups:
    """Which procedures stand together."""

    def __init__(self, record: SafetyRecord) -> None:
        n, levels = record.cases.n, record.levels
        self._count = np.bincount(levels.case, minlength=n)
        self._technique = np.full(n, NOTHING)
        self._technique[levels.case] = levels.technique
        # Several techniques: a level of the procedure has another than the last one.
        self._several = np.zeros(n, dtype=bool)
        self._several[levels.case[levels.technique != self._technique[levels.case]]] = True

    def by_technique(self, values: Numbers) -> tuple[DoseGroup, ...]:
        single = ~self._several
        found = [
            _group(term.value, term.label, single & (self._technique == term.rank), values)
            for term in Technique
        ]
        found.append(_group("several", say("Several techniques"), self._several, values))
        unstated = single & (self._technique == NOTHING)
        found.append(_group("not_stated", say("Not stated"), unstated, values))
        return tuple(group for group in found if group.n_procedures)

    def by_levels(self, values: Numbers) -> tuple[DoseGroup, ...]:
        found = []
        for n in range(MOST_LEVELS + 1):
            last = n == MOST_LEVELS
            rows = self._count >= n if last else self._count == n
            label = say("{n} level", n=n) if n == 1 else say("{n} levels", n=n)
            found.append(
                _group(str(n), say("{label} or more", label=label) if last else label, rows, values)
            )
        return tuple(group for group in found if group.n_procedures)


def _group(code: str, label: str, rows: Bools, values: Numbers) -> DoseGroup:
    told = values[rows]
    return DoseGroup(code, label, int(rows.sum()), spread_of(told[~np.isnan(told)]))
