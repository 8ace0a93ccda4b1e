# SPDX-License-Identifier: MIT
"""Adverse events: their days, their grades and their ends tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said, days_between, is_before
from models.schema import AdverseEvent
from models.speech import say
from models.vocabulary import (
    Cirse,
    CirseVersion,
    ClavienDindo,
    EventCause,
    EventKind,
    EventOutcome,
    EventPhase,
    Level,
    Sir,
    YesNo,
)

if TYPE_CHECKING:
    from models.case import Case

_PHASE_DAYS = {
    EventPhase.INTRA: (0, 0),
    EventPhase.WITHIN_24H: (0, 1),
    EventPhase.WITHIN_30D: (0, 30),
    EventPhase.AFTER_30D: (31, None),
}
"""The first and the last day after the procedure that a phase can mean."""

_ONLY_2026 = frozenset({Cirse.G1A, Cirse.G1B, Cirse.G3A, Cirse.G3B})
_SPLIT_IN_2026 = frozenset({Cirse.G1, Cirse.G3})
_FATAL = {"sir_2017": Sir.DEATH, "cirse": Cirse.G6, "clavien_dindo": ClavienDindo.V}


def editions(case: Case) -> Iterator[Said]:
    """The edition of 2017 has no halves of a grade."""
    for event in case.adverse_events:
        if event.cirse in _ONLY_2026 and event.cirse_version is CirseVersion.V2017:
            message = say(
                "CIRSE {cirse} is a grade of the 2026 edition, not of 2017.", cirse=event.cirse
            )
            yield Said(event, "cirse", message)


def grades(case: Case) -> Iterator[Said]:
    """A grade names its edition, and a suffix has its grade."""
    for event in case.adverse_events:
        if event.cirse and event.cirse_version is None:
            yield Said(event, "cirse_version", say("Say which edition of CIRSE the grade is from."))
        if event.cirse in _SPLIT_IN_2026 and event.cirse_version is CirseVersion.V2026:
            halves = say("{cirse}a and {cirse}b", cirse=event.cirse)
            yield Said(
                event,
                "cirse",
                say(
                    "The 2026 edition splits grade {cirse} into {halves}.",
                    cirse=event.cirse,
                    halves=halves,
                ),
            )
        if event.clavien_disability is YesNo.YES and event.clavien_dindo in (None, ClavienDindo.V):
            message = say("The suffix d goes with a Clavien-Dindo grade below V.")
            yield Said(event, "clavien_disability", message)
        if event.sir_multiple is YesNo.YES and len(case.adverse_events) == 1:
            message = say("The modifier M means several events, and one is listed.")
            yield Said(event, "sir_multiple", message)


def deaths(case: Case) -> Iterator[Said]:
    """Who died of an event has a day of death, and every scale says so."""
    died = case.patient.died_on
    for event in case.adverse_events:
        is_death = event.kind is EventKind.DEATH
        fatal = event.outcome is EventOutcome.FATAL
        if is_death and event.outcome is not None and not fatal:
            yield Said(event, "outcome", say("Death has the outcome fatal."))
        for name, grade in _FATAL.items():
            given = getattr(event, name)
            if given is None:
                continue
            if given is grade and event.outcome is not None and not fatal:
                message = say(
                    "{given} means death, and the outcome is not fatal.", given=given.label
                )
                yield Said(event, name, message)
            elif given is not grade and (fatal or is_death):
                message = say(
                    "A fatal event is {grade}, not {given}.", grade=grade.label, given=given.label
                )
                yield Said(event, name, message)
        if (fatal or is_death) and not died:
            yield Said(event, "outcome", say("The event was fatal. Enter Died on for the patient."))
        elif is_death and died and event.onset_on and not _meet(event, case):
            message = say(
                "The day of death is {died}, not {onset_on}.", died=died, onset_on=event.onset_on
            )
            yield Said(event, "onset_on", message)


def phases(case: Case) -> Iterator[Said]:
    """The phase fits the day of onset."""
    performed = case.procedure.performed_on
    for event in case.adverse_events:
        onset = event.onset_on
        if not (performed and onset and event.phase) or event.cause is EventCause.PRIOR_TREATMENT:
            continue
        fewest, most = days_between(performed, onset)
        first, last = _PHASE_DAYS[event.phase]
        if most < first or (last is not None and fewest > last):
            message = say(
                "{phase} does not fit the onset ({onset}).", phase=event.phase.label, onset=onset
            )
            yield Said(event, "phase", message)


def fractures(case: Case) -> Iterator[Said]:
    """A new fracture is adjacent to the cement, remote from it, or of the treated level."""
    treated = [row.level for row in case.levels if row.level]
    for event in case.adverse_events:
        if event.level and treated and (message := _distance_problem(event, treated)):
            yield Said(event, "level", message)


def _distance_problem(event: AdverseEvent, treated: list[Level]) -> str:
    level = event.level
    is_next = any(_are_neighbors(level, other) for other in treated)
    if event.kind is EventKind.REFRACTURE:
        return "" if level in treated else say("{level} was not treated here.", level=level.label)
    if level in treated:
        return say("{level} was treated here: that is a refracture.", level=level.label)
    if event.kind is EventKind.FRACTURE_ADJACENT and not is_next:
        return say("{level} is no neighbor of a treated level.", level=level.label)
    if event.kind is EventKind.FRACTURE_REMOTE and is_next:
        return say("{level} is the neighbor of a treated level.", level=level.label)
    return ""


def _are_neighbors(one: Level, other: Level) -> bool:
    """Next to each other, with or without a variant between them."""
    low, high = sorted((one.rank, other.rank))
    between = list(Level)[low + 1 : high]
    return low != high and all(level.is_variant for level in between)


def _meet(event: AdverseEvent, case: Case) -> bool:
    died = case.patient.died_on
    return not is_before(event.onset_on, died) and not is_before(died, event.onset_on)
