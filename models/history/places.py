# SPDX-License-Identifier: MIT
"""Where a row of a case belongs, in words: "T12", "Balloon 1 of T12", "1 month".

What people read is in the language of the process, and what the audit stores in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models import case
from models.document import Document, Fields, model_of
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    Image,
    LaterMeasure,
    Leak,
    Patient,
    PatientIdentity,
    PriorTreatment,
    Procedure,
    Record,
    TreatedLevel,
)
from models.speech import both, say, shown_day
from models.vocabulary import Level, TimePoint

_NOUNS: dict[type[Record], tuple[str, str]] = {
    Patient: both("Patient"),
    PatientIdentity: both("Patient"),
    Procedure: both("Procedure"),
    PriorTreatment: both("Prior treatment"),
    Adjunct: both("Adjunct"),
    TreatedLevel: both("Level"),
    Balloon: both("Balloon"),
    Leak: both("Leak"),
    LaterMeasure: both("Heights at follow-up"),
    AdverseEvent: both("Adverse event"),
    Assessment: both("Assessment"),
    Image: both("Image"),
}
NOUNS = {table: shown for table, (_, shown) in _NOUNS.items()}
_NAMELESS = both("Level without a name")


@dataclass(frozen=True, slots=True)
class Naming:
    """In what words places are named.

    Attributes:
        nouns: what a row of each table is.
        nameless: a level of which nothing is told.
        of_level: the noun of a row, its number, and how its level is called.
        point: a time point.
    """

    nouns: Mapping[type[Record], str]
    nameless: str
    of_level: Callable[[str, int, str], str]
    point: Callable[[TimePoint], str]
    day: Callable[[str], str]


SHOWN = Naming(
    NOUNS,
    _NAMELESS[1],
    lambda noun, number, level: say(
        "{noun} {number} of {level_named}", noun=noun, number=number, level_named=level
    ),
    lambda point: point.label,
    shown_day,
)
"""For whoever reads it."""

STORED = Naming(
    {table: english for table, (english, _) in _NOUNS.items()},
    _NAMELESS[0],
    lambda noun, number, level: f"{noun} {number} of {level}",
    lambda point: point.english,
    str,
)
"""For the audit: one logbook reads the same to all who work with it, in whatever language."""

PERSON = frozenset({Patient._meta.table_name, PatientIdentity._meta.table_name})
"""The tables that belong to the person, who may have other cases."""

NAMES = str(PatientIdentity._meta.table_name)
"""The table of what names the person."""

LEVELS = str(TreatedLevel._meta.table_name)
OF_LEVELS = tuple(str(table._meta.table_name) for table in case.OF_LEVELS)
_SCORES = str(Assessment._meta.table_name)

RowKey = tuple[str, str]
"""Table name and row id."""


def rows_in_order(*documents: Document) -> Iterator[RowKey]:
    """Every row of any of the documents, once, as people read a case: a level, then its rows."""
    merged = _merged(documents)
    for table in NOUNS:
        name = str(table._meta.table_name)
        if name in OF_LEVELS:
            continue
        for row_id in _in_position(merged.get(name, {})):
            yield name, row_id
            if name == LEVELS:
                yield from _rows_of_level(merged, row_id)
    known = merged.get(LEVELS, {})
    for name in OF_LEVELS:
        for row_id, fields in merged.get(name, {}).items():
            if fields.get("treated_level") not in known:
                yield name, row_id


def place_of(key: RowKey, document: Document, naming: Naming = SHOWN) -> str:
    """What the row is called in ``document``, which has it."""
    table, row_id = key
    rows = document.get(table, {})
    fields = rows.get(row_id, {})
    noun = naming.nouns[model_of(table)]
    if table == LEVELS:
        return level_named(fields, naming)
    if table == _SCORES:
        return _score_named(fields, rows, naming)
    if table in OF_LEVELS:
        of = fields.get("treated_level")
        same = {key: row for key, row in rows.items() if row.get("treated_level") == of}
        level = document.get(LEVELS, {}).get(str(of), {})
        return naming.of_level(noun, _number(row_id, same), level_named(level, naming))
    if table in PERSON or table == Procedure._meta.table_name:
        return noun
    return f"{noun} {_number(row_id, rows)}"


def field_at(place: str, label: str, naming: Naming = SHOWN) -> str:
    """A field with where it stands, unless that is the whole procedure, or the label says it.

    Args:
        place: as ``place_of`` says it.
        label: of the field.
        naming: by which the place is said.
    """
    is_said = place == naming.nouns[Procedure] or label.startswith(f"{place} ")
    return label if is_said else f"{place}, {label}"


def level_named(fields: Fields, naming: Naming = SHOWN) -> str:
    """How a treated level is called."""
    level = Level.meant_by(str(fields.get("level", "")))
    return level.label if level else naming.nameless


def patient_of(document: Document) -> str:
    """The id of the patient whom the case of the document belongs to; "" without a case."""
    for fields in document.get(str(Procedure._meta.table_name), {}).values():
        return str(fields.get("patient", ""))
    return ""


def _score_named(fields: Fields, rows: dict[str, Fields], naming: Naming) -> str:
    point = TimePoint.meant_by(str(fields.get("time_point", "")))
    name = naming.point(point) if point else naming.nouns[Assessment]
    alike = [row for row in rows.values() if row.get("time_point") == fields.get("time_point")]
    day = fields.get("assessed_on")
    return f"{name}, {naming.day(str(day))}" if day and len(alike) > 1 else name


def _number(row_id: str, rows: dict[str, Fields]) -> int:
    return _in_position(rows).index(row_id) + 1


def _in_position(rows: dict[str, Fields]) -> list[str]:
    def key(row_id: str) -> tuple[int, str]:
        position = rows[row_id].get("position")
        return (position if isinstance(position, int) else 0), row_id

    return sorted(rows, key=key)


def _rows_of_level(document: Document, level_id: str) -> Iterator[RowKey]:
    for name in OF_LEVELS:
        rows = document.get(name, {})
        hanging = {key: row for key, row in rows.items() if row.get("treated_level") == level_id}
        for row_id in _in_position(hanging):
            yield name, row_id


def _merged(documents: tuple[Document, ...]) -> Document:
    merged: Document = {}
    for document in documents:
        for table, rows in document.items():
            merged.setdefault(table, {}).update(rows)
    return merged
