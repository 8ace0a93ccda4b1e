# SPDX-License-Identifier: MIT
"""The rates of the Safety page that published ones can be laid beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.analysis.statistics import Proportion
from models.literature import OwnBeside, RateAsked
from models.safety.columns import members
from models.schema import Procedure
from models.vocabulary import CountUnit, LeakDetection, Measure, Technique

if TYPE_CHECKING:
    from models.safety.numbers import SafetyNumbers
    from models.safety.rates import LevelRate


def rates_beside(numbers: SafetyNumbers) -> list[OwnBeside]:
    """Leakage in all its units and techniques, cement in the lungs, and complications.

    The interval of a rate of levels allows for several levels in one patient, as on the page.
    """
    return list(_rates(numbers))


def _rates(numbers: SafetyNumbers) -> Iterator[OwnBeside]:
    found = numbers.leakage
    ways = [numbers.question.sought] if numbers.question.sought is not None else None
    looked = _detections(ways if ways is not None else [way for way, _ in found.ways])
    used = frozenset(Technique(part.code) for part in found.by_technique if _is_one(part.code))
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
    for part in found.by_group:
        if part.code == "canal":
            canal = Measure.LEAKAGE_CANAL
            yield OwnBeside(
                f"{part.label}, by level", _plain(part.levels), asked(canal, levels, used)
            )
    lungs = RateAsked(Measure.PULMONARY_CEMENT, CountUnit.PROCEDURE, used)
    yield OwnBeside(Procedure.lung_cement.label, found.lungs[0][2], lungs)
    events = RateAsked(Measure.COMPLICATION, CountUnit.PROCEDURE, used)
    yield OwnBeside("Procedures with an event", numbers.events.any_event, events)


def _is_one(code: str) -> bool:
    """Whether it is a technique, and not levels of which none is stated."""
    return code in {term.value for term in Technique}


def _plain(rate: LevelRate) -> Proportion:
    return Proportion(rate.k, rate.n, rate.rate, rate.ci95)


def _detections(ways: list[int]) -> frozenset[LeakDetection]:
    return frozenset(LeakDetection(term) for way in ways for term in members(LeakDetection, way))
