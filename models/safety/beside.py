# SPDX-License-Identifier: MIT
"""The rates of the Safety page that published ones can be laid beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.analysis.statistics import Proportion
from models.literature import OwnBeside, RateAsked
from models.safety.columns import members
from models.safety.rates import share
from models.schema import Procedure
from models.vocabulary import CountUnit, EventKind, LeakDetection, LeakLocation, Measure, Technique

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate


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
    parts = numbers.leakage.by_technique
    used = frozenset(Technique(part.code) for part in parts if _is_one(part.code))
    return [*_leakage(numbers, used), *_fractures(numbers, used), *_events(numbers, used)]


def _leakage(numbers: SafetyNumbers, used: frozenset[Technique]) -> Iterator[OwnBeside]:
    found = numbers.leakage
    ways = [numbers.question.sought] if numbers.question.sought is not None else None
    looked = _detections(ways if ways is not None else [way for way, _ in found.ways])
    leaks, symptoms = Measure.LEAKAGE, Measure.LEAKAGE_SYMPTOMATIC
    levels, patients = CountUnit.LEVEL, CountUnit.PATIENT

    def asked(measure: Measure, unit: CountUnit, techniques: frozenset[Technique]) -> RateAsked:
        return RateAsked(measure, unit, techniques, looked)

    yield OwnBeside("Leakage, by level", _plain(found.per_level), asked(leaks, levels, used))
    yield OwnBeside("Leakage, by patient", found.per_patient, asked(leaks, patients, used))
    for part in found.by_technique:
        if not _is_one(part.code):
            continue
        one = frozenset({Technique(part.code)})
        yield OwnBeside(f"{part.label}, by level", _plain(part.levels), asked(leaks, levels, one))
        yield OwnBeside(f"{part.label}, by patient", part.patients, asked(leaks, patients, one))
    yield OwnBeside(
        "Leakage with symptoms, by level",
        _plain(found.symptomatic),
        asked(symptoms, levels, used),
    )
    yield OwnBeside(
        "Leakage with symptoms, by patient",
        found.symptomatic_patients,
        asked(symptoms, patients, used),
    )
    # The group of the canal holds foramina too, which publications count apart.
    for part in found.by_location:
        if part.code == LeakLocation.EPIDURAL.value:
            canal = Measure.LEAKAGE_CANAL
            yield OwnBeside(
                f"{canal.label}, by level", _plain(part.levels), asked(canal, levels, used)
            )
    lungs = RateAsked(Measure.PULMONARY_CEMENT, CountUnit.PROCEDURE, used)
    yield OwnBeside(Procedure.lung_cement.label, found.lungs[0][2], lungs)


def _fractures(numbers: SafetyNumbers, used: frozenset[Technique]) -> Iterator[OwnBeside]:
    """Of patients who were seen so long after: publications count so, and use no Kaplan-Meier."""
    for months, found in numbers.fractures.by_visit:
        asked = RateAsked(Measure.NEW_FRACTURE, CountUnit.PATIENT, used, months=months)
        yield OwnBeside(f"New fracture, of patients seen at {months} months", found, asked)


def _events(numbers: SafetyNumbers, used: frozenset[Technique]) -> Iterator[OwnBeside]:
    """Procedures with an event of a kind, of those that answer whether there was any."""
    any_event = numbers.events.any_event

    def asked(measure: Measure) -> RateAsked:
        return RateAsked(measure, CountUnit.PROCEDURE, used)

    yield OwnBeside("Procedures with an event", any_event, asked(Measure.COMPLICATION))
    cases_of: dict[str, set[int]] = {}
    for event in numbers.record.events:
        cases_of.setdefault(event.kind, set()).add(event.case)
    for measure, kinds in _KINDS.items():
        cases = set[int]().union(*(cases_of.get(kind.value, set()) for kind in kinds))
        result = share(len(cases), any_event.n)
        yield OwnBeside(f"Event: {measure.label.lower()}", result, asked(measure))


def _is_one(code: str) -> bool:
    """Whether it is a technique, and not levels of which none is stated."""
    return code in {term.value for term in Technique}


def _plain(rate: LevelRate) -> Proportion:
    return Proportion(rate.k, rate.n, rate.rate, rate.ci95)


def _detections(ways: list[int]) -> frozenset[LeakDetection]:
    return frozenset(LeakDetection(term) for way in ways for term in members(LeakDetection, way))
