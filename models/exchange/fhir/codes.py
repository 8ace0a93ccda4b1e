# SPDX-License-Identifier: MIT
"""Codes and units in FHIR: the logbook's own, and those of others that were checked.

LOINC 72514-3 and 38214-3 are in value sets of HL7 and of electronic quality measures; D18.09 and
M80.08XA are in the ICD-10-CM tables. LOINC is copyright Regenstrief Institute, used under its
license; nothing of SNOMED CT is used.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.vocabulary import Diagnosis, MissingReason, PainScale
from models.vocabulary.base import Vocabulary

Json = dict[str, object]

OWN = "urn:kypholog:codes"
_LOINC = "http://loinc.org"
_ICD = "http://hl7.org/fhir/sid/icd-10-cm"
_UCUM = "http://unitsofmeasure.org"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

_PAIN: Mapping[PainScale, tuple[str, str]] = {
    PainScale.NRS: ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),
    PainScale.VAS_10: ("38214-3", "Pain severity [Score] Visual analog score"),
    PainScale.VAS_100: ("38214-3", "Pain severity [Score] Visual analog score"),
}
_DIAGNOSES: Mapping[Diagnosis, tuple[str, str]] = {
    Diagnosis.HEMANGIOMA: ("D18.09", "Hemangioma of other sites"),
    Diagnosis.OSTEOPOROTIC_FRACTURE: (
        "M80.08XA",
        "Age-related osteoporosis with current pathological fracture, vertebra(e), initial "
        "encounter for fracture",
    ),
}
_REASONS: Mapping[MissingReason, str] = {
    MissingReason.NOT_RECORDED: "unknown",
    MissingReason.NOT_DONE: "not-performed",
    MissingReason.UNKNOWN: "asked-unknown",
    MissingReason.DECLINED: "asked-declined",
    MissingReason.NOT_APPLICABLE: "not-applicable",
}
_UNITS = {
    "%": "%",
    "°": "deg",
    "Gy.cm2": "Gy.cm2",
    "cm": "cm",
    "days": "d",
    "kg": "kg",
    "mGy": "mGy",
    "mL": "mL",
    "mg/d": "mg/d",
    "min": "min",
    "mm": "mm",
    "s": "s",
    "weeks": "wk",
    "years": "a",
    "Gy": "Gy",
}
"""Our units in UCUM; a unit that is not here is told in words alone."""


def own(code: str, text: str) -> Json:
    """A concept by the logbook's own code."""
    return {"coding": [{"system": OWN, "code": code, "display": text}], "text": text}


def term(value: Vocabulary) -> Json:
    """A term of a vocabulary."""
    return own(f"{type(value).__name__}.{value.value}", value.label)


def pain(scale: PainScale | None) -> Json:
    """What was measured: pain, on the scale that was used."""
    text = f"Pain, {scale.label}" if scale is not None else "Pain, scale not stated"
    concept = own(f"pain.{scale.value if scale is not None else 'unstated'}", text)
    if scale is not None and scale in _PAIN:
        code, display = _PAIN[scale]
        own_codes = concept["coding"]
        loinc = {"system": _LOINC, "code": code, "display": display}
        concept["coding"] = [loinc, *(own_codes if isinstance(own_codes, list) else [])]
    return concept


def diagnosis(value: Diagnosis) -> Json:
    """A diagnosis, with the code of ICD-10-CM where one was checked."""
    concept = term(value)
    if value in _DIAGNOSES:
        code, display = _DIAGNOSES[value]
        own_codes = concept["coding"]
        icd = {"system": _ICD, "code": code, "display": display}
        concept["coding"] = [icd, *(own_codes if isinstance(own_codes, list) else [])]
    return concept


def quantity(value: float, unit: str) -> Json:
    """A number with its unit; by UCUM where that knows it. Scores are of the unit {score}."""
    told: Json = {"value": value}
    code = _UNITS.get(unit)
    if unit:
        told["unit"] = unit
    if code is not None:
        told |= {"system": _UCUM, "code": code}
    return told


def score(value: float) -> Json:
    """A score of a questionnaire or scale."""
    return {"value": value, "unit": "{score}", "system": _UCUM, "code": "{score}"}


def absent(reason: str | None) -> Json:
    """Why there is no value, by a MissingReason, or not known why."""
    known = {kept.value: kept for kept in MissingReason}
    code = _REASONS[known[reason]] if reason in known else "unknown"
    return {"coding": [{"system": _ABSENT, "code": code}]}
