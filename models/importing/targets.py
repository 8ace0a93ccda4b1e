# SPDX-License-Identifier: MIT
"""What a column of a foreign table can stand for. All of it follows from the fields of the schema.

A target is named as mappings name it: "patient.sex", "treated_level.cement_ml", "leak.location",
"pain.3m", "pain.3m.low", "outcome.3m", "assessed.3m.odi_pct", or "case" for whatever tells the
cases of a file apart. What belongs to the visit that a row tells of is "visit.time_point",
"visit.months", "visit.pain".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS, flat_columns
from models.exchange.manifest import MARK
from models.fields import ClinicalField, Part, TermField
from models.schema import (
    Assessment,
    LaterMeasure,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    TreatedLevel,
    rows_named,
)
from models.speech import say
from models.vocabulary import TimePoint


class Kind(StrEnum):
    """How the cells of a target are read.

    KEY tells cases of the file apart and is not kept; ID is an id of this program. FIELD is the
    value of one field, REPORTED a number or range with its words. LIST holds one entry a row of a
    list, COUNT how many rows there are. REASONS and EXPLANATIONS are what is said of fields, the
    ones in LISTS for each row of a list. PAIN is a part of the score at one time point, ASSESSED
    another field of the assessment of that point: see ``ClinicalField.followed``. VISIT is
    what a row says of its own visit, in a table with a row for each. NOTED has no place of its own
    and is kept in the notes, under the heading of its column. DERIVED is worked out by the program
    and not read.
    """

    KEY = "key"
    ID = "id"
    FIELD = "field"
    REPORTED = "reported"
    LIST = "list"
    COUNT = "count"
    REASONS = "reasons"
    EXPLANATIONS = "explanations"
    LIST_REASONS = "list_reasons"
    LIST_EXPLANATIONS = "list_explanations"
    PAIN = "pain"
    ASSESSED = "assessed"
    VISIT = "visit"
    FLAG = "flag"
    NOTED = "noted"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Target:
    """What a column can stand for.

    Attributes:
        name: as mappings name it.
        label: for people.
        table: the table of the record that it belongs to; None for a key or what is derived.
        field: the field that reads a cell, where one does.
        point: the time point, of PAIN and ASSESSED.
        part: "score", "low", "high", "words", "on", "missing", "outcome", "scale" or "scale_max",
            of PAIN; the name of the field, of ASSESSED; "score", or what a column counts from the
            procedure on, of VISIT.
        is_of_level: it may differ from row to row of a case, because it belongs to the level.
    """

    name: str
    label: str
    kind: Kind
    table: type[Record] | None = None
    field: ClinicalField | None = None
    point: TimePoint | None = None
    part: str = ""
    is_of_level: bool = False

    def __reduce__(self) -> tuple[Callable[[str], Target], tuple[str]]:
        """In another process it is the one of there."""
        return _target_there, (self.name,)


def _target_there(name: str) -> Target:
    return targets()[name]


CASE, CASE_ID, PATIENT_ID, LEVEL_ID = "case", "case.id", "patient.id", "treated_level.id"
SYNTHETIC, DERIVED = "case.synthetic", "derived"
NOTES, IN_NOTES = "procedure.notes", "noted"
VISIT_POINT, VISIT_DAY, VISIT_PAIN = "visit.time_point", "visit.assessed_on", "visit.pain"
VISIT_OTHER, VISIT_NOTED = "visit.other_score", "visit.noted"
SHARED = frozenset({DERIVED, IN_NOTES, VISIT_NOTED})
"""Targets that any number of columns can have."""

BIRTH_DATE = "patient.birth_date"
PATIENT_CODE, PERFORMED_ON = "patient.patient_code", "procedure.performed_on"
RECORD_NUMBER = "patient_identity.record_number"
FULL_NAME = "patient_identity.full_name"
LEVEL = "treated_level.level"
PAIN_SCALE, PAIN_SCALE_MAX = "pain.scale", "pain.scale_max"
TECHNIQUE = "treated_level.technique"
FLUORO_TIME = "procedure.fluoro_time_s"
APPROACH = "treated_level.approach"
LEAKAGE, LEAK_LOCATION = "treated_level.leakage", "leak.location"
HEIGHT_GAIN = "treated_level.height_gain"

ASKED_FIRST = {
    "prior_treatment.kind": "procedure.any_prior_treatment",
    "adjunct.kind": "procedure.any_adjunct",
    "adverse_event.kind": "procedure.any_complication",
}
"""The lists of which another field says whether there is anything to list."""

_SINGLE: tuple[type[Record], ...] = (Patient, PatientIdentity, Procedure, TreatedLevel)
_FIELD_OF_PART = {
    "score": "pain_low",
    "low": "pain_low",
    "high": "pain_high",
    "words": "pain_words",
    "on": "assessed_on",
    "missing": "missing_reason",
    "outcome": "global_outcome",
    "scale": "pain_scale",
    "scale_max": "pain_scale_max",
}

_COUNTED = {
    "days": say("Days after the procedure"),
    "weeks": say("Weeks after the procedure"),
    "months": say("Months after the procedure"),
    "years": say("Years after the procedure"),
}
_NOT_OF_VISIT = frozenset(
    ("pain_low", "pain_high", "measured_on", "kyphosis_method", "measure_modality")
)
"""Scores are read whole, images are of the day of the visit, how they were made is of a level."""


def is_time(target: Target) -> bool:
    """Whether a column of the target tells when the visit of its row was, and not by its day."""
    return target.name == VISIT_POINT or (target.kind is Kind.VISIT and target.part in _COUNTED)


@cache
def targets() -> dict[str, Target]:
    """Every target by its name."""
    found = (
        *_keys(),
        *_of_records(),
        *_of_lists(),
        *_of_pain(),
        *_of_assessments(),
        *_of_visits(),
    )
    return {target.name: target for target in found}


@cache
def flat_targets() -> dict[str, str]:
    """For each column of the flat export the name of its target; only a few are "derived".

    The mark of an export with persons taken out is one of these.
    """
    known = {
        "case_id": CASE_ID,
        "patient_id": PATIENT_ID,
        "level_id": LEVEL_ID,
        "synthetic": SYNTHETIC,
        "height_gain_mm": HEIGHT_GAIN,
        "patient_missing": "patient.missing",
        "patient_explained": "patient.explained",
        "identity_missing": "patient_identity.missing",
        "identity_explained": "patient_identity.explained",
        "level_missing": "treated_level.missing",
        "level_explained": "treated_level.explained",
        "procedure_missing": "procedure.missing",
        "procedure_explained": "procedure.explained",
        "pain_scale": PAIN_SCALE,
        "pain_scale_max": PAIN_SCALE_MAX,
    }
    for lists in (*LEVEL_LISTS, *CASE_LISTS):
        table = str(lists.table._meta.table_name)
        known |= {column: f"{table}.{field.name}" for column, field in lists.fields.items()}
        known[f"{lists.prefix}_missing"] = f"{table}.missing"
        known[f"{lists.prefix}_explained"] = f"{table}.explained"
        if lists.count_name:
            known[lists.count_name] = f"{table}.count"
    for point in TimePoint:
        known[f"pain_{point}"] = f"pain.{point}"
        known[f"outcome_{point}"] = f"outcome.{point}"
        for part in ("low", "high", "words", "on", "missing"):
            known[f"pain_{point}_{part}"] = f"pain.{point}.{part}"
    names: dict[str, str] = {}
    for column in flat_columns():
        own = [f"{table._meta.table_name}.{column.name}" for table in _SINGLE]
        found = next((name for name in own if name in targets()), DERIVED)
        names[column.name] = known.get(column.name, found)
    names[MARK] = DERIVED
    return names


def _keys() -> Iterator[Target]:
    yield Target(CASE, say("Case, as the file tells them apart"), Kind.KEY)
    yield Target(CASE_ID, say("Case id of this program"), Kind.ID, Procedure)
    yield Target(PATIENT_ID, say("Patient id of this program"), Kind.ID, Patient)
    yield Target(LEVEL_ID, say("Level id of this program"), Kind.ID, TreatedLevel, is_of_level=True)
    yield Target(SYNTHETIC, say("Generated case"), Kind.FLAG, Procedure)
    yield Target(DERIVED, say("Worked out by the program"), Kind.DERIVED)
    notes = Procedure._meta.fields["notes"]
    yield Target(
        IN_NOTES, say("Notes, under the heading of the column"), Kind.NOTED, Procedure, notes
    )


def _of_records() -> Iterator[Target]:
    for table in _SINGLE:
        name, of_level = str(table._meta.table_name), table is TreatedLevel
        for field in table.clinical_fields():
            own = f"{name}.{field.name}"
            yield Target(own, field.label, Kind.FIELD, table, field, is_of_level=of_level)
            if field.part is Part.LOW:
                stem = f"{name}.{field.stem}"
                yield Target(stem, field.label, Kind.REPORTED, table, field, is_of_level=of_level)
        said = (("missing", Kind.REASONS), ("explained", Kind.EXPLANATIONS))
        for column, kind in said:
            label = say("What is said of fields: {column}", column=column)
            yield Target(f"{name}.{column}", label, kind, table, is_of_level=of_level)


def _of_lists() -> Iterator[Target]:
    for lists in (*LEVEL_LISTS, *CASE_LISTS):
        table, of_level = lists.table, lists in LEVEL_LISTS
        name = str(table._meta.table_name)
        rows = rows_named(name)
        for field in table.clinical_fields():
            label = f"{rows}: {field.label}"
            own = f"{name}.{field.name}"
            yield Target(own, label, Kind.LIST, table, field, is_of_level=of_level)
        for column, kind in (
            ("count", Kind.COUNT),
            ("missing", Kind.LIST_REASONS),
            ("explained", Kind.LIST_EXPLANATIONS),
        ):
            label = f"{rows}: {column}"
            yield Target(f"{name}.{column}", label, kind, table, is_of_level=of_level)


def _of_pain() -> Iterator[Target]:
    for point in TimePoint:
        yield _pain(f"pain.{point}", say("Pain, {point}", point=point.label), point, "score")
        for part in ("low", "high", "words", "on", "missing"):
            yield _pain(
                f"pain.{point}.{part}",
                say("Pain, {point}: {part}", point=point.label, part=part),
                point,
                part,
            )
        yield _pain(
            f"outcome.{point}", say("Outcome, {point}", point=point.label), point, "outcome"
        )
    yield _pain(PAIN_SCALE, say("Pain scale"), None, "scale")
    yield _pain(PAIN_SCALE_MAX, say("Top of the pain scale"), None, "scale_max")


def _pain(name: str, label: str, point: TimePoint | None, part: str) -> Target:
    field = Assessment._meta.fields[_FIELD_OF_PART[part]]
    return Target(name, label, Kind.PAIN, Assessment, field, point, part)


def _of_assessments() -> Iterator[Target]:
    for field in Assessment.clinical_fields():
        if not field.followed:
            continue
        for point in TimePoint:
            if point is TimePoint.BASELINE and state_before(field):
                continue
            name = assessed_at(point, field.name)
            label = f"{field.label}, {point.label}"
            yield Target(name, label, Kind.ASSESSED, Assessment, field, point, field.name)


def assessed_at(point: TimePoint, field: str) -> str:
    """The target of a field of the assessment at a time point."""
    return f"assessed.{point}.{field}"


@cache
def state_before(field: ClinicalField) -> str:
    """The target that holds what the field tells before the procedure; "" where it does itself.

    Analgesics and mobility of then are of the procedure.
    """
    if not isinstance(field, TermField):
        return ""
    before = (
        own.name
        for own in Procedure.clinical_fields()
        if isinstance(own, TermField) and own.name.endswith("_before")
        if own.vocabulary is field.vocabulary
    )
    return next((f"procedure.{name}" for name in before), "")


def _of_visits() -> Iterator[Target]:
    fields = {field.name: field for field in Assessment.clinical_fields()}
    when = fields["time_point"]
    for unit, label in _COUNTED.items():
        yield Target(f"visit.{unit}", label, Kind.VISIT, Assessment, when, part=unit)
    score = fields["pain_low"]
    yield Target(VISIT_PAIN, score.label, Kind.VISIT, Assessment, score, part="score")
    noted = say("Note of the assessment, under the heading of the column")
    beside = say("Another score beside that of pain")
    yield Target(VISIT_NOTED, noted, Kind.VISIT, Assessment, fields["note"])
    for table in (Assessment, LaterMeasure):
        for field in table.clinical_fields():
            if field.name not in _NOT_OF_VISIT:
                name = f"visit.{field.name}"
                label = beside if name == VISIT_OTHER else field.label
                yield Target(name, label, Kind.VISIT, table, field)
