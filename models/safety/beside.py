# SPDX-License-Identifier: MIT
"""The rates of the Safety page that published ones can be laid beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.analysis.statistics import Proportion
from models.literature import OwnBeside, RateAsked
from models.safety.columns import NOTHING, members
from models.safety.events import answered_cases
from models.safety.rates import share
from models.schema import Procedure
from models.speech import lowered, say
from models.vocabulary import (
    CountUnit,
    EventKind,
    Leakage,
    LeakDetection,
    LeakLocation,
    Measure,
    Technique,
)

if TYPE_CHECKING:
    from models.safety.columns import Bools, Ints
    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate
    from models.safety.record import Levels


_KINDS = {
    Measure.ROOT_PAIN: (EventKind.RADICULAR_PAIN,),
    Measure.DEFICIT: (
        EventKind.DEFICIT_TRANSIENT,
        EventKind.DEFICIT_PERMANENT,
        EventKind.BROWN_SEQUARD,
    ),
    Measure.BLEEDING: (EventKind.BLEEDING,),
    Measure.INFECTION: (EventKind.INFECTION,),
    Measure.CIRCULATION: (EventKind.HYPOTENSION, EventKind.CEMENT_REACTION),
    Measure.RIB_FRACTURE: (EventKind.FRACTURE_RIB_PEDICLE,),
    Measure.REFRACTURE: (EventKind.REFRACTURE,),
    Measure.DEATH: (EventKind.DEATH,),
}
"""Which events publications count under one name."""


def rates_beside(numbers: SafetyNumbers) -> list[OwnBeside]:
    """Leakage in all its units and techniques, cement in the lungs, new fractures, and events.

    The interval of a rate of levels allows for several levels in one patient, as on the page.
    """
    return [*_leakage(numbers), *_lungs(numbers), *_fractures(numbers), *_events(numbers)]


def asked_of(levels: Levels, rows: Bools, measure: Measure, unit: CountUnit) -> RateAsked:
    """What is asked of these levels: with their techniques, and how leaks were looked for."""
    used, untold = _techniques(levels.technique[rows])
    ways, unstated = _detections(levels.sought_by[rows])
    return RateAsked(
        measure, unit, used, ways, techniques_unstated=untold, detections_unstated=unstated
    )


def _leakage(numbers: SafetyNumbers) -> Iterator[OwnBeside]:
    found, assessed = numbers.leakage, _assessed(numbers)
    by_level = asked_of(numbers.record.levels, assessed, Measure.LEAKAGE, CountUnit.LEVEL)
    by_patient = replace(by_level, unit=CountUnit.PATIENT)
    yield OwnBeside(say("Leakage, by level"), _plain(found.per_level), by_level)
    yield OwnBeside(say("Leakage, by patient"), found.per_patient, by_patient)
    for part in found.by_technique:
        if not _is_one(part.code):
            continue
        rows = assessed & (numbers.record.levels.technique == Technique(part.code).rank)
        level = asked_of(numbers.record.levels, rows, Measure.LEAKAGE, CountUnit.LEVEL)
        patient = replace(level, unit=CountUnit.PATIENT)
        yield OwnBeside(say("{part}, by level", part=part.label), _plain(part.levels), level)
        yield OwnBeside(say("{part}, by patient", part=part.label), part.patients, patient)
    hurt = replace(by_level, measure=Measure.LEAKAGE_SYMPTOMATIC)
    who_hurt = replace(hurt, unit=CountUnit.PATIENT)
    yield OwnBeside(say("Leakage with symptoms, by level"), _plain(found.symptomatic), hurt)
    yield OwnBeside(say("Leakage with symptoms, by patient"), found.symptomatic_patients, who_hurt)
    # The group of the canal holds foramina too, which publications count apart.
    for part in found.by_location:
        if part.code == LeakLocation.EPIDURAL.value:
            canal = replace(by_level, measure=Measure.LEAKAGE_CANAL)
            label = say("{measure}, by level", measure=canal.measure.label)
            yield OwnBeside(label, _plain(part.levels), canal)


def _lungs(numbers: SafetyNumbers) -> Iterator[OwnBeside]:
    """Procedures with cement in the lungs, of those in which it was looked for."""
    sessions = numbers.record.sessions
    looked = np.isin(sessions.lung, (Leakage.PRESENT.rank, Leakage.NONE.rank))
    ways, unstated = _detections(sessions.lung_by[looked])
    asked = _of_cases(numbers, looked, Measure.PULMONARY_CEMENT, CountUnit.PROCEDURE)
    asked = replace(asked, detections=ways, detections_unstated=unstated)
    yield OwnBeside(Procedure.lung_cement.label, numbers.leakage.lungs[0][2], asked)


def _fractures(numbers: SafetyNumbers) -> Iterator[OwnBeside]:
    """Of patients who were seen so long after: publications count so, and use no Kaplan-Meier.

    How fractures were looked for is not recorded.
    """
    patient = numbers.record.cases.patient
    for (months, found), seen in zip(
        numbers.fractures.by_visit, numbers.fractures.seen_at_visit, strict=True
    ):
        asked = _of_cases(numbers, seen[patient], Measure.NEW_FRACTURE, CountUnit.PATIENT)
        at = replace(asked, months=months, detections_unstated=True)
        yield OwnBeside(
            say("New fracture, of patients seen at {months} months", months=months), found, at
        )


def _events(numbers: SafetyNumbers) -> Iterator[OwnBeside]:
    """Procedures with an event of a kind, of those that answer whether there was any."""
    any_event = numbers.events.any_event
    answered = answered_cases(numbers.record)
    procedures = _of_cases(numbers, answered, Measure.COMPLICATION, CountUnit.PROCEDURE)

    def asked(measure: Measure) -> RateAsked:
        return replace(procedures, measure=measure)

    yield OwnBeside(say("Procedures with an event"), any_event, asked(Measure.COMPLICATION))
    cases_of: dict[str, set[int]] = {}
    for event in numbers.record.events:
        cases_of.setdefault(event.kind, set()).add(event.case)
    for measure, kinds in _KINDS.items():
        cases = set[int]().union(*(cases_of.get(kind.value, set()) for kind in kinds))
        result = share(len(cases), any_event.n)
        yield OwnBeside(
            say("Event: {measure}", measure=lowered(measure.label)), result, asked(measure)
        )


def _is_one(code: str) -> bool:
    """Whether it is a technique, and not levels of which none is stated."""
    return code in {term.value for term in Technique}


def _plain(rate: LevelRate) -> Proportion:
    return Proportion(rate.k, rate.n, rate.rate, rate.ci95)


def _assessed(numbers: SafetyNumbers) -> Bools:
    """The levels whose leakage counts."""
    levels, sought = numbers.record.levels, numbers.question.sought
    return levels.assessed if sought is None else levels.assessed & (levels.sought_by == sought)


def _of_cases(
    numbers: SafetyNumbers, counted: Bools, measure: Measure, unit: CountUnit
) -> RateAsked:
    """What is asked of the cases that count, whose techniques are those of all their levels."""
    levels = numbers.record.levels
    used, untold = _techniques(levels.technique[counted[levels.case]])
    return RateAsked(measure, unit, used, techniques_unstated=untold)


def _techniques(ranks: Ints) -> tuple[frozenset[Technique], bool]:
    """The techniques of some levels, and whether it is not stated of others."""
    terms = tuple(Technique)
    n_of = np.bincount(ranks[ranks != NOTHING], minlength=len(terms))
    return frozenset(terms[rank] for rank in np.flatnonzero(n_of)), bool((ranks == NOTHING).any())


def _detections(ways: Ints) -> tuple[frozenset[LeakDetection], bool]:
    """The ways of looking in some sets of them, and whether others state none."""
    found = np.flatnonzero(np.bincount(ways)).tolist()
    terms = frozenset(LeakDetection(term) for way in found for term in members(LeakDetection, way))
    return terms, 0 in found
