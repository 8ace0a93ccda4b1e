# SPDX-License-Identifier: MIT
"""Leaks fit the answer about leakage, how it was looked for, their type and their level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.checks.rule import Said
from models.speech import lowered, say
from models.vocabulary import REGIONS, EventKind, Leakage, LeakLocation, Yeom, YesNo

if TYPE_CHECKING:
    from models.case import Case

_AT = LeakLocation
_CANAL = {_AT.EPIDURAL, _AT.FORAMINAL}
_FAR = {_AT.GREAT_VESSEL, _AT.PULMONARY}
_VEINS = {_AT.BASIVERTEBRAL_VEIN, _AT.PARAVERTEBRAL_VEIN, *_FAR}
_DISCS = {_AT.DISC_SUPERIOR, _AT.DISC_INFERIOR}

POSSIBLE_LOCATIONS = {
    Yeom.B: frozenset({_AT.BASIVERTEBRAL_VEIN, *_CANAL, *_FAR}),
    Yeom.S: frozenset({_AT.PARAVERTEBRAL_VEIN, _AT.PARAVERTEBRAL_TISSUE, *_CANAL, *_FAR}),
    Yeom.C: frozenset(set(_AT) - _VEINS),
    Yeom.D: frozenset(_DISCS),
}
"""Where each type leads. C may lead into the disc, because Yeom 2003 knows no D."""

_ONLY_IN = {_AT.PREVERTEBRAL: "cervical", _AT.SACRAL: "sacral"}


def leakage(case: Case) -> Iterator[Said]:
    """Present has its leaks, none and not assessed have none."""
    for row in case.levels:
        leaks = case.leaks_of(row)
        if row.leakage is Leakage.PRESENT and not leaks:
            yield Said(row, "leakage", say("Say where the cement went."))
        if row.leakage in (Leakage.NONE, Leakage.NOT_ASSESSED) and leaks:
            message = say(
                "Leaks are listed, but leakage says {leakage}.", leakage=lowered(row.leakage.label)
            )
            yield Said(row, "leakage", message)


def detection(case: Case) -> Iterator[Said]:
    """A leak was seen where it was looked for."""
    for row in case.levels:
        looked = row.leak_assessed_by or ()
        for leak in case.leaks_of(row):
            if looked and leak.detected_by and leak.detected_by not in looked:
                message = say(
                    "Seen on {detected_by}, but Looked for by does not name it.",
                    detected_by=leak.detected_by.label,
                )
                yield Said(leak, "detected_by", message)


def places(case: Case) -> Iterator[Said]:
    """Type and location of a leak, and its level, go together."""
    for row in case.levels:
        for leak in case.leaks_of(row):
            where = leak.location
            if where is None:
                continue
            if leak.yeom_type and where not in POSSIBLE_LOCATIONS[leak.yeom_type]:
                message = say(
                    "Type {yeom_type} does not go with {where}.",
                    yeom_type=leak.yeom_type,
                    where=where.label,
                )
                yield Said(leak, "yeom_type", message)
            if row.level and _ONLY_IN.get(where, row.level.region) != row.level.region:
                message = say(
                    "{where} is unusual in the {region} spine.",
                    where=where.label,
                    region=REGIONS[row.level.region],
                )
                yield Said(leak, "location", message)


def symptoms(case: Case) -> Iterator[Said]:
    """A leak with symptoms is an adverse event too, and so is cement in the lung."""
    kinds = {event.kind for event in case.adverse_events}
    for leak in case.leaks:
        if leak.symptomatic is YesNo.YES and not kinds:
            message = say(
                "A leak with symptoms is a complication. List it under Adverse events too."
            )
            yield Said(leak, "symptomatic", message)
        elif (
            leak.symptomatic is YesNo.YES
            and leak.location is _AT.PULMONARY
            and EventKind.EMBOLISM_CEMENT not in kinds
        ):
            message = say(
                "Cement in the lung with symptoms is a pulmonary cement embolism. List it."
            )
            yield Said(leak, "location", message)
    is_told = case.procedure.lung_cement is Leakage.PRESENT
    if not is_told and not any(leak.location is _AT.PULMONARY for leak in case.leaks):
        for event in case.adverse_events:
            if event.kind is EventKind.EMBOLISM_CEMENT:
                message = say("Cement embolism, but no leak says that cement went to the lung.")
                yield Said(event, "kind", message)


def lungs(case: Case) -> Iterator[Said]:
    """What is said of cement in the lungs fits the leaks and the events."""
    procedure, answer = case.procedure, case.procedure.lung_cement
    has_leak = any(leak.location is _AT.PULMONARY for leak in case.leaks)
    has_event = any(event.kind is EventKind.EMBOLISM_CEMENT for event in case.adverse_events)
    if answer in (Leakage.NONE, Leakage.NOT_ASSESSED) and (has_leak or has_event):
        listed = say("a leak into the lung") if has_leak else say("a pulmonary cement embolism")
        message = say(
            "The answer is {answer}, but {listed} is listed.",
            answer=lowered(answer.label),
            listed=listed,
        )
        yield Said(procedure, "lung_cement", message)
    # Where leakage of some level is not answered, the cement may have come from there.
    told = [level.leakage for level in case.levels]
    if answer is Leakage.PRESENT and not has_leak and told and set(told) <= _SOUGHT:
        message = say("Cement is in the lungs, but no leak leads there. List it at its level.")
        yield Said(procedure, "lung_cement", message)


_SOUGHT = {Leakage.NONE, Leakage.PRESENT}
