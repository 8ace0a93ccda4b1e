# SPDX-License-Identifier: MIT
"""What the record says of safety, as columns. ``reading`` fills them; nothing here judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import peewee

from models.analysis.columns import Ints as Counted
from models.analysis.packed import BY_CASE, places_in, rows_of
from models.safety.columns import NOTHING, Bools, Cell, Ints, Numbers
from models.vocabulary import Leakage

_FEW = 10_000
"""The rows of so many cases are quicker looked up than found among those of all."""


@dataclass(frozen=True)
class Cases:
    """The cases that are asked about, in the order of their dates; a case is its place in these.

    Attributes:
        ids: of each case.
        patient: place among the patients, of each case.
        day: of the procedure, as its ordinal number; ``NOTHING`` where it is not known to the day.
        patients: the place of each patient, by id.
        operators: everybody who operated in the logbook, by name; once, however that was written.
        operator: place in ``operators``; ``NOTHING`` where none is named.
        synthetic: whether the case was made up.
        numbers: of each case, as it is counted in the logbook.
    """

    ids: tuple[str, ...]
    patient: Ints
    day: Ints
    operators: tuple[str, ...]
    operator: Ints
    synthetic: Bools
    patients: Mapping[Cell, int]
    numbers: Counted

    @property
    def n(self) -> int:
        """How many cases."""
        return len(self.ids)

    @property
    def n_patients(self) -> int:
        """How many patients they are of."""
        return len(self.patients)

    def places_of(self, numbers: Counted) -> Ints:
        """The places of the cases with these numbers; ``NOTHING`` for others."""
        ascending, place = self._by_number
        found = places_in(ascending, numbers)
        if not len(place):
            return found.astype(np.int64)
        return np.where(found == NOTHING, NOTHING, place[found])

    def rows_of(self, owner: peewee.Field) -> peewee.Select:
        """The rows that belong to the cases by ``owner``; where they are many, also of others."""
        return rows_of(owner, self.listed)

    @property
    def halved_by(self) -> peewee.Field | None:
        """How what ``rows_of`` finds is halved; the rows of few cases are not worth it."""
        return None if self.n <= _FEW else BY_CASE

    @property
    def listed(self) -> Counted | None:
        """Their numbers where they are few; None where it is quicker to read all cases."""
        return self.numbers if self.n <= _FEW else None

    @cached_property
    def _by_number(self) -> tuple[Counted, Ints]:
        place = np.argsort(self.numbers)
        return self.numbers[place], place


@dataclass(frozen=True, slots=True)
class Levels:
    """The treated levels of the cases. Sets of terms are sums of 2 to the power of their ranks.

    Attributes:
        case: place of the case.
        level: rank of the level.
        technique: rank of the technique.
        leakage: rank of the answer about leakage.
        sought_by: set of ``LeakDetection`` by which leaks were looked for; 0 where not stated.
        locations: set of ``LeakLocation`` with a leak.
        yeoms: set of ``Yeom`` types of the leaks.
        seen_by: set of ``LeakDetection`` on which a leak was seen.
        unlocated: a leak has no location, or leakage is present and no leak is listed.
        untyped: the same of the Yeom type.
        unseen: the same of what it was seen on.
        symptomatic: a leak has symptoms.
        unasked: no leak has symptoms, but of one, or of all, that was not answered.
    """

    case: Ints
    level: Ints
    technique: Ints
    leakage: Ints
    sought_by: Ints
    locations: Ints
    yeoms: Ints
    seen_by: Ints
    unlocated: Bools
    untyped: Bools
    unseen: Bools
    symptomatic: Bools
    unasked: Bools

    @property
    def leaked(self) -> Bools:
        """Cement left the vertebra."""
        found: Bools = self.leakage == Leakage.PRESENT.rank
        return found

    @property
    def assessed(self) -> Bools:
        """It was looked for, and the answer is known."""
        found: Bools = self.leaked | (self.leakage == Leakage.NONE.rank)
        return found


@dataclass(frozen=True, slots=True)
class Sessions:
    """Of each case, what was noted of the session. Numbers are NaN where there is none.

    Attributes:
        fluoro_s: fluoroscopy time in s.
        kap_gycm2: kerma-area product in Gy.cm2.
        air_kerma_mgy: air kerma in mGy.
        why_not: of each of these by its name, why it is missing: codes of ``MissingReason``.
        complication: rank of the answer to whether there was any complication.
        success: rank of the answer about technical success.
        lung: rank of the answer about cement in the lungs.
        lung_by: set of ``LeakDetection`` by which the lungs were looked at.
    """

    fluoro_s: Numbers
    kap_gycm2: Numbers
    air_kerma_mgy: Numbers
    why_not: dict[str, dict[int, str]]
    complication: Ints
    success: Ints
    lung: Ints
    lung_by: Ints


class EventRow(NamedTuple):
    """An adverse event as it is stored; codes, "" where nothing is stated."""

    case: int
    kind: str
    level: str
    onset_on: str
    sir_2017: str
    cirse: str
    cirse_version: str
    clavien_dindo: str
    outcome: str


@dataclass(frozen=True, slots=True)
class SafetyRecord:
    """Everything that the numbers about safety rest on, but for follow-up."""

    cases: Cases
    levels: Levels
    sessions: Sessions
    events: tuple[EventRow, ...]
