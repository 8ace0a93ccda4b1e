# SPDX-License-Identifier: MIT
"""Cement leakage: how often, where, by which way it was looked for. Levels and patients apart.

A level counts where leakage was looked for and answered. What was not assessed is no "none". Levels
that were looked at in different ways are not alike: CT finds one and a half times as many leaks as
films (Yeom 2003), so every rate tells by which ways it came about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.safety.columns import NOTHING, Bools, Ints, in_set, members
from models.safety.rates import LevelRate, PerPatient, fisher, rate_among, share
from models.speech import begun, lowered, numerals, say
from models.vocabulary import (
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    Technique,
    Vocabulary,
    Yeom,
)

if TYPE_CHECKING:
    from models.analysis.statistics import Proportion
    from models.safety.record import SafetyRecord

NOT_STATED = "not_stated"
"""Code of levels of which the term is not stated."""

GROUPS = ("disc", "canal", "venous", "cortical")
"""How locations are counted together, see ``LeakLocation.group``."""

_JOINED = "|"


@dataclass(frozen=True, slots=True)
class Part:
    """A rate of some levels, or of some leaks at all levels.

    Attributes:
        code: for scripts; terms that stand together are joined by "|".
        label: as people read it.
        query: finds the cases behind it in the list of cases; "" where none can.
    """

    code: str
    label: str
    levels: LevelRate
    patients: Proportion
    query: str = ""


@dataclass(frozen=True, slots=True)
class LevelMark:
    """How a level of the spine fared: ``k`` of ``n`` with a leak, more were not assessed."""

    level: Level
    k: int
    n: int
    n_not_assessed: int


@dataclass(frozen=True, slots=True)
class TechniqueTest:
    """Two techniques compared by patients.

    Attributes:
        labels: of the two techniques.
        shares: patients with a leak, of those treated by one of the two techniques alone.
        n_both: patients treated by both, who are left out.
        p: of Fisher's exact test; None where it is not done.
        why_not: why not.
    """

    labels: tuple[str, str]
    shares: tuple[Proportion, Proportion]
    n_both: int
    p: float | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class LeakageNumbers:
    """Leakage of the cases that are asked about.

    Attributes:
        sought: only levels that were looked at in this way count, as a set of ``LeakDetection``;
            None for all.
        ways: how assessed levels were looked at, whatever ``sought`` says, as ``ways_of`` tells.
        per_level: levels with a leak, of those assessed.
        per_patient: patients with a leak at any assessed level, of those with one.
        symptomatic: levels with a leak that has symptoms.
        symptomatic_patients: the same of patients.
        n_symptoms_unknown: levels with a leak of which symptoms are not answered; they are left
            out of both.
        n_not_assessed: levels that say so.
        n_not_answered: levels that say nothing of leakage.
        n_partly: patients with an assessed level and one that is not.
        by_location: levels with a leak at each place; a level can stand in several.
        by_group: the same by groups of places.
        by_yeom: the same by Yeom type.
        by_detection: levels by how leaks were looked for; each stands in one.
        by_technique: levels by technique.
        spine: levels from head to tail.
        lungs: procedures with cement in the lungs, by how it was looked for; the first is all.
        n_lungs_not_assessed: procedures that say that nobody looked.
        n_lungs_not_answered: procedures that say nothing of it.
        test: the two most frequent techniques against each other.
    """

    sought: int | None
    ways: tuple[tuple[int, int], ...]
    per_level: LevelRate
    per_patient: Proportion
    symptomatic: LevelRate
    symptomatic_patients: Proportion
    n_symptoms_unknown: int
    n_levels: int
    n_not_assessed: int
    n_not_answered: int
    n_partly: int
    by_location: tuple[Part, ...]
    by_group: tuple[Part, ...]
    by_yeom: tuple[Part, ...]
    by_detection: tuple[Part, ...]
    by_technique: tuple[Part, ...]
    spine: tuple[LevelMark, ...]
    lungs: tuple[tuple[str, str, Proportion], ...]
    n_lungs_not_assessed: int
    n_lungs_not_answered: int
    test: TechniqueTest | None

    @property
    def is_mixed(self) -> bool:
        """Whether levels were looked at in more than one way."""
        return len(self.by_detection) > 1

    @property
    def remark(self) -> str:
        """What has to be known beside the rates; "" if nothing."""
        if not self.is_mixed:
            return ""
        ways = ", ".join(
            numerals("{part} {n:,}", part=lowered(part.label), n=part.levels.n)
            for part in self.by_detection
        )
        return say(
            "Levels were looked at in different ways ({ways}); CT finds more leaks "
            "than films do. Compare rates within one way only.",
            ways=ways,
        )


def leakage_numbers(record: SafetyRecord, sought: int | None = None) -> LeakageNumbers:
    """Count leakage. ``sought`` leaves levels only that were looked at in exactly this way."""
    return _Counting(record, sought).numbers()


def ways_of(record: SafetyRecord) -> list[tuple[int, int]]:
    """The ways in which assessed levels were looked at, with their number, the most frequent first.

    Each is a set of ``LeakDetection``; 0 where it is not stated.
    """
    counted = Counter(record.levels.sought_by[record.levels.assessed].tolist())
    return sorted(counted.items(), key=lambda way: (way[0] == 0, -way[1], way[0]))


def way_label(way: int) -> str:
    """A way of looking as people read it."""
    return " + ".join(term.label for term in members(LeakDetection, way)) or say("Not stated")


def way_code(way: int) -> str:
    """The same for scripts."""
    return _JOINED.join(term.value for term in members(LeakDetection, way)) or NOT_STATED


@dataclass(frozen=True, slots=True)
class _Among:
    """The levels of which some have an event, and their number at each patient."""

    rows: Bools
    levels: PerPatient


class _Counting:
    """Rates of any set of levels, over all patients."""

    def __init__(self, record: SafetyRecord, sought: int | None) -> None:
        self._record, self._sought = record, sought
        self._ways = ways_of(record)
        levels = record.levels
        self._patient = record.cases.patient[levels.case]
        self._in_question = np.ones(len(levels.case), dtype=bool)
        if sought is not None:
            self._in_question = levels.sought_by == sought
        self._assessed = levels.assessed & self._in_question
        self._leaked = levels.leaked & self._in_question
        self._everywhere = self._among(self._assessed)

    def numbers(self) -> LeakageNumbers:
        levels = self._record.levels
        known = self._assessed & ~(self._leaked & levels.unasked)
        hurt = levels.symptomatic & self._leaked
        untold = ~levels.assessed
        lungs, not_assessed, not_answered = self._lungs()
        by_technique = self._by_technique()
        per_level, per_patient = self._rates(self._leaked, self._everywhere)
        symptomatic, symptomatic_patients = self._rates(hurt, self._among(known))
        return LeakageNumbers(
            sought=self._sought,
            ways=tuple(self._ways),
            per_level=per_level,
            per_patient=per_patient,
            symptomatic=symptomatic,
            symptomatic_patients=symptomatic_patients,
            n_symptoms_unknown=int((self._leaked & levels.unasked).sum()),
            n_levels=len(levels.case),
            n_not_assessed=int((levels.leakage == Leakage.NOT_ASSESSED.rank).sum()),
            n_not_answered=int((levels.leakage == NOTHING).sum()),
            n_partly=int((self._everywhere.levels.n_of * self._per_patient(untold) > 0).sum()),
            by_location=self._by_location(),
            by_group=self._by_group(),
            by_yeom=self._by_yeom(),
            by_detection=self._by_detection(),
            by_technique=by_technique,
            spine=self._spine(),
            lungs=lungs,
            n_lungs_not_assessed=not_assessed,
            n_lungs_not_answered=not_answered,
            test=self._test(by_technique),
        )

    def _among(self, rows: Bools) -> _Among:
        return _Among(rows, PerPatient.of(self._per_patient(rows)))

    def _rates(self, events: Bools, among: _Among) -> tuple[LevelRate, Proportion]:
        """Levels with the events, and patients with any, of those with any of the levels."""
        hit, k_of = np.unique(self._patient[events & among.rows], return_counts=True)
        patients = share(len(hit), among.levels.patients)
        return rate_among(among.levels, hit, k_of), patients

    def _per_patient(self, rows: Bools) -> Ints:
        return np.bincount(self._patient[rows], minlength=self._record.cases.n_patients)

    def _part(
        self, code: str, label: str, events: Bools, among: Bools | None = None, query: str = ""
    ) -> Part:
        of = self._everywhere if among is None else self._among(among & self._assessed)
        return Part(code, label, *self._rates(events, of), query)

    def _by_location(self) -> tuple[Part, ...]:
        levels = self._record.levels
        return self._by_term(LeakLocation, levels.locations, "location", levels.unlocated)

    def _by_yeom(self) -> tuple[Part, ...]:
        levels = self._record.levels
        return self._by_term(Yeom, levels.yeoms, "yeom", levels.untyped)

    def _by_term(
        self, vocabulary: type[Vocabulary], stated: Ints, asked: str, unstated: Bools
    ) -> tuple[Part, ...]:
        """Levels with a leak by each term of the sets ``stated``; ``asked`` is its query field."""
        found = [
            self._part(
                term.value,
                term.label,
                self._leaked & in_set(stated, term),
                query=f"{asked}:{term.value}",
            )
            for term in vocabulary
        ]
        return self._found(found, unstated)

    def _by_group(self) -> tuple[Part, ...]:
        levels = self._record.levels
        found = []
        for group in GROUPS:
            of_group = [location for location in LeakLocation if location.group == group]
            events = np.zeros(len(levels.case), dtype=bool)
            for location in of_group:
                events |= in_set(levels.locations, location)
            query = "location:" + ",".join(location.value for location in of_group)
            label = begun(group)
            found.append(self._part(group, label, self._leaked & events, query=query))
        return self._found(found, levels.unlocated)

    def _found(self, parts: list[Part], unstated: Bools) -> tuple[Part, ...]:
        """Those with a leak, and a last one for what was not stated."""
        found = [part for part in parts if part.levels.k]
        rest = self._part(NOT_STATED, say("Not stated"), self._leaked & unstated)
        return (*found, rest) if rest.levels.k else tuple(found)

    def _by_detection(self) -> tuple[Part, ...]:
        levels = self._record.levels
        return tuple(
            self._part(way_code(way), way_label(way), self._leaked, levels.sought_by == way)
            for way, _ in self._ways
            if self._sought is None or way == self._sought
        )

    def _by_technique(self) -> tuple[Part, ...]:
        levels = self._record.levels
        found = [
            self._part(
                technique.value,
                technique.label,
                self._leaked,
                levels.technique == technique.rank,
                f"technique:{technique.value} leak:yes",
            )
            for technique in Technique
        ]
        rest = self._part(NOT_STATED, say("Not stated"), self._leaked, levels.technique == NOTHING)
        return tuple(part for part in (*found, rest) if part.levels.n)

    def _test(self, techniques: tuple[Part, ...]) -> TechniqueTest | None:
        stated = [part for part in techniques if part.code != NOT_STATED]
        if len(stated) < 2:
            return None
        pair = sorted(stated, key=lambda part: -part.patients.n)[:2]
        first, second = (self._treated_by(part.code) for part in pair)
        both = self._per_patient(first) * self._per_patient(second) > 0
        alone = ~both[self._patient]
        one, other = (
            self._rates(self._leaked, self._among(rows & alone))[1] for rows in (first, second)
        )
        labels, n_both = (pair[0].label, pair[1].label), int(both.sum())
        ways = [set(self._record.levels.sought_by[rows].tolist()) for rows in (first, second)]
        if ways[0] != ways[1] or len(ways[0]) > 1:
            why = say("Not looked for in one and the same way, so they are not tested.")
            return TechniqueTest(labels, (one, other), n_both, None, why)
        p = fisher(one, other)
        why = "" if p is not None else say("Too few patients for a test.")
        return TechniqueTest(labels, (one, other), n_both, p, why)

    def _treated_by(self, technique: str) -> Bools:
        rows: Bools = self._record.levels.technique == Technique(technique).rank
        return rows & self._assessed

    def _spine(self) -> tuple[LevelMark, ...]:
        levels = self._record.levels
        n_of = len(Level)

        def count(rows: Bools) -> Ints:
            return np.bincount(levels.level[rows & (levels.level != NOTHING)], minlength=n_of)

        k, n = count(self._leaked), count(self._assessed)
        rest = count(self._in_question & ~levels.assessed)
        return tuple(
            LevelMark(level, int(k[level.rank]), int(n[level.rank]), int(rest[level.rank]))
            for level in Level
            if n[level.rank] or rest[level.rank]
        )

    def _lungs(self) -> tuple[tuple[tuple[str, str, Proportion], ...], int, int]:
        sessions = self._record.sessions
        found, sought = sessions.lung == Leakage.PRESENT.rank, sessions.lung_by
        looked = found | (sessions.lung == Leakage.NONE.rank)
        rates = [("all", say("All"), share(int(found.sum()), int(looked.sum())))]
        ways = Counter(sought[looked].tolist())
        for way, n in sorted(ways.items(), key=lambda way: (way[0] == 0, -way[1])):
            k = int((found & (sought == way)).sum())
            rates.append((way_code(way), way_label(way), share(k, n)))
        not_assessed = int((sessions.lung == Leakage.NOT_ASSESSED.rank).sum())
        return tuple(rates), not_assessed, int((sessions.lung == NOTHING).sum())
