# SPDX-License-Identifier: MIT
"""The resources of a patient and of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from models.exchange.fhir import codes
from models.exchange.fhir.codes import Json
from models.exchange.fhir.rows import FhirRow, urn
from models.vocabulary import (
    Diagnosis,
    EventKind,
    EventOutcome,
    Level,
    PainScale,
    Sex,
    Side,
    Technique,
)

Rows = Mapping[str, Sequence[FhirRow]]


class Resource(NamedTuple):
    """A resource by its address.

    Attributes:
        told: what it says.
        components: what it has besides, each as JSON.
    """

    address: str
    told: Json
    components: Sequence[str] = ()


_DIAGNOSES = {term.value: term for term in Diagnosis}
_KINDS = {term.value: term for term in EventKind}
_LEVELS = {term.value: term for term in Level}
_OUTCOMES = {term.value: term for term in EventOutcome}
_SCALES = {term.value: term for term in PainScale}
_SIDES = {term.value: term for term in Side}
_TECHNIQUES = {term.value: term for term in Technique}

_GENDERS = {"female": "female", "male": "male", "unknown": "unknown"}
_OTHER = "other"
_RECORD_NUMBER: Json = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]
}
_AUGMENTATION = codes.own("procedure", "Vertebral augmentation")
_OUTCOMES_OF_EVENTS = {
    "resolved": "resolved",
    "ongoing": "ongoing",
    "sequelae": "resolvedWithSequelae",
    "fatal": "fatal",
}


def of_patient(row: FhirRow) -> Iterator[Resource]:
    """The person by address, and every field of the record."""
    address = urn(row.id)
    yield Resource(address, _patient(row))
    yield from _record(row, "Record of the patient", _reference(address), "", "")


def _patient(row: FhirRow) -> Json:
    """Codes, name, gender, birth and death, as far as they were not taken out."""
    resource: Json = {"resourceType": "Patient"}
    identifiers: list[Json] = []
    if code := row.text("patient_code"):
        identifiers.append({"system": "urn:kypholog:patient-code", "value": code})
    if number := row.text("record_number"):
        identifiers.append({"type": _RECORD_NUMBER, "value": number})
    if identifiers:
        resource["identifier"] = identifiers
    if name := row.text("full_name"):
        resource["name"] = [{"text": name}]
    if born := row.text("birth_date"):
        resource["birthDate"] = born
    sex = row.get("sex")
    if sex in list(Sex):
        resource["gender"] = _GENDERS.get(str(sex), _OTHER)
    if died := row.date("died_on"):
        resource["deceasedDateTime"] = died
    return resource


def of_case(case: Rows) -> Iterator[Resource]:
    """The resources of a case by their addresses, those that others point to first."""
    procedure = case["procedures"][0]
    subject = _reference(urn(procedure.text("patient_id")))
    session = urn(procedure.id)
    performed = procedure.date("performed_on")
    levels = [_Level(row) for row in case.get("levels", ())]
    for level in levels:
        for address, code in level.conditions:
            condition: Json = {"resourceType": "Condition", "code": code, "subject": subject}
            yield Resource(address, condition | level.body_site)
    events = case.get("adverse_events", ())
    yield Resource(session, _session(procedure, levels, events, subject, performed))
    yield from _record(procedure, "Record of the procedure", subject, session, performed)
    for level in levels:
        at = urn(level.row.id)
        yield Resource(at, _at_level(level, subject, session, performed))
        yield from _record(level.row, "Record of the treated level", subject, at, performed)
    for assessment in case.get("assessments", ()):
        yield from _assessment(assessment, subject, session)
    for event in events:
        yield Resource(urn(event.id), _event(event, subject, session))
        yield from _record(event, "Record of the event", subject, session, event.date("onset_on"))
    for name, rows in case.items():
        if name in _OWN_RESOURCES:
            continue
        for row in rows:
            above = urn(row.text("level_id")) if row.text("level_id") else session
            told = f"Record: {row.sheet.title.lower()}"
            yield from _record(row, told, subject, above, row.date("measured_on"))


_OWN_RESOURCES = ("procedures", "levels", "assessments", "adverse_events")


class _Level:
    """A treated level.

    Attributes:
        row: what is recorded of it.
        conditions: why it was treated, by address.
        sites: where it is, or none where it names no level.
    """

    def __init__(self, row: FhirRow) -> None:
        self.row = row
        self.conditions = [
            (urn(row.id, code), codes.diagnosis(_DIAGNOSES[code]))
            for code in row.codes("diagnosis")
        ]
        self.sites = _sites(row)

    @property
    def reasons(self) -> list[Json]:
        """The conditions, as what refers to them."""
        return [_reference(address) for address, _ in self.conditions]

    @property
    def body_site(self) -> Json:
        """Where it is, as what has it."""
        return {"bodySite": self.sites} if self.sites else {}


def _session(
    procedure: FhirRow,
    levels: Sequence[_Level],
    events: Sequence[FhirRow],
    subject: Json,
    performed: str,
) -> Json:
    resource: Json = {
        "resourceType": "Procedure",
        "status": "completed",
        "code": _AUGMENTATION,
        "subject": subject,
    }
    product = procedure.text("cement_product")
    told = {
        "performedDateTime": performed,
        "bodySite": [site for level in levels for site in level.sites],
        "reasonReference": [reason for level in levels for reason in level.reasons],
        "complication": [codes.term(_KINDS[code]) for code in map(_kind, events) if code in _KINDS],
        "usedCode": [{"text": product}] if product.strip() else [],
    }
    return resource | {name: value for name, value in told.items() if value}


def _at_level(level: _Level, subject: Json, session: str, performed: str) -> Json:
    technique = level.row.text("technique")
    resource: Json = {
        "resourceType": "Procedure",
        "partOf": [_reference(session)],
        "status": "completed",
        "code": codes.term(_TECHNIQUES[technique]) if technique in _TECHNIQUES else _AUGMENTATION,
        "subject": subject,
    }
    told = {"performedDateTime": performed, "reasonReference": level.reasons}
    return resource | {name: value for name, value in told.items() if value} | level.body_site


def _assessment(row: FhirRow, subject: Json, session: str) -> Iterator[Resource]:
    when = row.date("assessed_on")
    low, high = row.number("pain_low"), row.number("pain_high")
    resource: Json = {
        **_observation(codes.pain(_SCALES.get(row.text("pain_scale"))), subject, when),
        "partOf": [_reference(session)],
    }
    if low is not None and high is not None and low != high:
        resource["valueRange"] = {"low": codes.score(low), "high": codes.score(high)}
    elif low is not None:
        resource["valueQuantity"] = codes.score(low)
    else:
        resource["dataAbsentReason"] = codes.absent(row.reasons.get("pain_low"))
    if said := _said(row):
        resource["note"] = [{"text": said}]
    yield Resource(urn(row.id), resource)
    yield from _record(row, "Record of the assessment", subject, session, when)


def _said(row: FhirRow) -> str:
    """What was reported in words, and the days from the procedure where no date is told."""
    day = row.get("assessed_on_day")
    days = f"Day {day} from the procedure." if day is not None else ""
    return f"{row.text('pain_words')} {days}".strip()


def _kind(event: FhirRow) -> str:
    return event.text("kind")


def _event(row: FhirRow, subject: Json, session: str) -> Json:
    resource: Json = {
        "resourceType": "AdverseEvent",
        "actuality": "actual",
        "subject": subject,
        "suspectEntity": [{"instance": _reference(session)}],
    }
    if _kind(row) in _KINDS:
        resource["event"] = codes.term(_KINDS[_kind(row)])
    if onset := row.date("onset_on"):
        resource["date"] = onset
    outcome = row.text("outcome")
    if outcome in _OUTCOMES:
        told = codes.term(_OUTCOMES[outcome])
        if outcome in _OUTCOMES_OF_EVENTS:
            system = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome"
            told = {
                "coding": [{"system": system, "code": _OUTCOMES_OF_EVENTS[outcome]}],
                "text": _OUTCOMES[outcome].label,
            }
        resource["outcome"] = told
    return resource


def _record(row: FhirRow, told: str, subject: Json, above: str, when: str) -> Iterator[Resource]:
    """Every field of the row, for what has no resource of its own, and why values stand."""
    if components := row.components():
        observation = _observation(codes.own(row.sheet.name, told), subject, when)
        if above:
            observation["partOf"] = [_reference(above)]
        if said := row.explained:
            observation["note"] = [{"text": f"{name}: {words}"} for name, words in said]
        yield Resource(urn(row.id, "record"), observation, components)


def _observation(code: Json, subject: Json, when: str) -> Json:
    resource: Json = {
        "resourceType": "Observation",
        "status": "final",
        "code": code,
        "subject": subject,
    }
    return resource | ({"effectiveDateTime": when} if when else {})


def _sites(level: FhirRow) -> list[Json]:
    if level.text("level") not in _LEVELS:
        return []
    site = codes.term(_LEVELS[level.text("level")])
    side = _SIDES.get(level.text("side"))
    return [site | {"text": f"{site['text']}, {side.label.lower()}"}] if side else [site]


def _reference(address: str) -> Json:
    return {"reference": address}
