# SPDX-License-Identifier: MIT
"""Values and changes as people read them: label, unit, term, and why something is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from models.document import Document, Fields, Value, model_of
from models.fields import ClinicalField, Number, Part
from models.history.places import (
    LEVELS,
    NAMES,
    PERSON,
    RowKey,
    level_named,
    patient_of,
    place_of,
    rows_in_order,
)
from models.numbers import Reported, show_reported
from models.schema import Record
from models.speech import both, lowered, say
from models.vocabulary import MissingReason

ADDED, REMOVED = say("Added"), say("Removed")
HIDDEN = say("hidden: names are switched off")
"""Stands for a name or record number in a logbook that has them switched off."""

Spot = tuple[tuple[str, ...], bool]
"""The columns of a field, and whether their explanation is meant."""

_MISSING, _EXPLAINED = "missing", "explained"
_PATIENT, _LEVEL, _BIN, _PLACE = "patient", "treated_level", "deleted_at", "position"
OTHER_LABELS = {
    _PATIENT: both("Patient"),
    _LEVEL: both("Level"),
    _BIN: both("In the bin"),
    _PLACE: both("Place in the list"),
    "content": both("Picture"),
    "synthetic": both("Synthetic"),
    "signed_at": both("Signed off"),
    "signed_by": both("Signed off by"),
}
"""Columns that are no clinical fields, in English and as shown; those that are not named here are
never worth a word."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one row; a range and why it is missing go with it.

    Attributes:
        names: the columns that hold it; () for the whole row.
        is_explanation: what is meant is why an unusual value stands, not the value.
    """

    table: str
    row_id: str
    names: tuple[str, ...] = ()
    is_explanation: bool = False

    @property
    def key(self) -> RowKey:
        """The row."""
        return self.table, self.row_id

    @property
    def is_row(self) -> bool:
        """Whether the whole row is meant."""
        return not self.names

    @property
    def is_person(self) -> bool:
        """Whether it belongs to the person, who may have other cases."""
        return self.table in PERSON

    @property
    def is_name(self) -> bool:
        """Whether it names the person."""
        return self.table == NAMES


@dataclass(frozen=True, slots=True)
class Line:
    """One change. ``before`` and ``after`` are "" where there was or is nothing."""

    place: str
    label: str
    before: str
    after: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row says in one field."""

    label: str
    text: str
    names: tuple[str, ...]
    is_explanation: bool = False


def lines(old: Document, new: Document, *, hides_names: bool = False) -> list[Line]:
    """Everything in which two states of a case differ, in the order in which a case is read.

    A row that came or went is one line. Where the case went over to another patient, that is the
    change; how the two persons differ is none. With ``hides_names`` a line says that a name came,
    went or changed, and no more.
    """
    moved = bool(patient_of(old)) and patient_of(old) != patient_of(new)
    told: list[Line] = []
    for key in rows_in_order(old, new):
        table, row_id = key
        was, now = old.get(table, {}).get(row_id), new.get(table, {}).get(row_id)
        if was == now or (moved and table in PERSON):
            continue
        cell = Cell(table, row_id)
        if was is not None and now is not None:
            told.extend(_row_lines(key, old, new))
        elif now is not None:
            told.append(Line(place_of(key, new), ADDED, "", summary(table, now), cell))
        elif was is not None:
            told.append(Line(place_of(key, old), REMOVED, summary(table, was), "", cell))
    return [_without_names(line) for line in told] if hides_names else told


def label_of(cell: Cell) -> str:
    """The label of the field that the cell is about."""
    name = cell.names[0]
    field = model_of(cell.table)._meta.fields[name]
    if not isinstance(field, ClinicalField):
        return OTHER_LABELS[name][1] if name in OTHER_LABELS else name.replace("_", " ")
    return say("{field}, why unusual", field=field.label) if cell.is_explanation else field.label


def summary(table: str, fields: Fields) -> str:
    """A whole row in one line."""
    return ", ".join(f"{fact.label}: {one_line(fact.text)}" for fact in facts(table, fields))


def text_at(table: str, fields: Fields, names: tuple[str, ...], document: Document) -> str:
    """What a row of ``document`` says in some of its columns; "" for nothing.

    Why it is unusual goes with it. Without ``names`` the whole row is told.
    """
    if not names:
        return summary(table, fields)
    if names not in columns_of(model_of(table)):
        told = [_other(name, fields.get(name), document) for name in names]
        return say(" by ").join(filter(None, told))
    return ", ".join(one_line(fact.text) for fact in facts(table, fields) if fact.names == names)


def one_line(text: str) -> str:
    """Without line breaks."""
    return " ".join(text.split())


def facts(table: str, fields: Fields) -> Iterator[Fact]:
    """Everything that the row says, in the order of the schema: values, reasons, explanations."""
    model = model_of(table)
    reasons, explained = _said(fields, _MISSING), _said(fields, _EXPLAINED)
    for names in columns_of(model):
        field = model._meta.fields[names[0]]
        text = _shown(model, names, fields)
        why = next((reasons[name] for name in names if name in reasons), "")
        if why and not text:
            text = _reason(why)
        if text:
            yield Fact(field.label, text, names)
        for name in names:
            if name in explained:
                yield Fact(
                    say("{field}, why unusual", field=field.label), explained[name], names, True
                )


def hidden(text: str) -> str:
    """What is shown instead of a name; "" for none."""
    return HIDDEN if text else ""


def _without_names(line: Line) -> Line:
    if not line.cell.is_name:
        return line
    return replace(line, before=hidden(line.before), after=hidden(line.after))


def facts_by_spot(table: str, fields: Fields) -> dict[Spot, Fact]:
    """The facts of a row by their columns and whether they explain another."""
    return {(fact.names, fact.is_explanation): fact for fact in facts(table, fields)}


def _row_lines(key: RowKey, old: Document, new: Document) -> Iterator[Line]:
    table, row_id = key
    was, now = old[table][row_id], new[table][row_id]
    place = place_of(key, new)
    before, after = facts_by_spot(table, was), facts_by_spot(table, now)
    columns = columns_of(model_of(table))
    for spot in sorted({*before, *after}, key=lambda spot: (columns.index(spot[0]), spot[1])):
        texts = [found[spot].text if spot in found else "" for found in (before, after)]
        if texts[0] != texts[1]:
            label = (before.get(spot) or after[spot]).label
            yield Line(place, label, texts[0], texts[1], Cell(table, row_id, *spot))
    for name, (_, label) in OTHER_LABELS.items():
        if was.get(name) != now.get(name) and not (name == _PATIENT and table in PERSON):
            texts = [_other(name, row.get(name), of) for row, of in ((was, old), (now, new))]
            yield Line(place, label, texts[0], texts[1], Cell(table, row_id, (name,)))


def _other(name: str, value: Value, document: Document) -> str:
    """The value of a column that is no clinical field."""
    if name == _PATIENT:
        code = document.get(_PATIENT, {}).get(str(value), {}).get("patient_code")
        return str(code) if code else say("Patient without a code")
    if name == _LEVEL:
        return level_named(document.get(LEVELS, {}).get(str(value), {}))
    if name == "signed_at" and value:
        return say("{value} UTC", value=str(value)[:16].replace("T", " "))
    if name == "signed_by":
        return str(value or "")
    if name in (_BIN, "synthetic"):
        return say("Yes") if value else say("No")
    if name == _PLACE:
        return str(int(value or 0) + 1)
    return str(value or "")[:12]


def _shown(model: type[Record], names: tuple[str, ...], fields: Fields) -> str:
    """The value with its unit; a code that this program does not know stands as it is."""
    columns, values = model._meta.fields, [fields.get(name) for name in names]
    field = columns[names[0]]
    try:
        read = [columns[name].python_value(fields.get(name)) for name in names]
    except (ValueError, TypeError):
        return " ".join(str(value) for value in values if value is not None)
    if len(read) == 2 and isinstance(field, Number):
        text = show_reported(Reported(read[0], read[1]), field.decimals)
    else:
        text = field.show(read[0])
    return f"{text} {field.shown_unit}".strip() if text else ""


def _reason(why: str) -> str:
    reason = MissingReason.meant_by(why)
    return f"({(lowered(reason.label) if reason else why)})"


def _said(fields: Fields, column: str) -> dict[str, str]:
    said: dict[str, str] = json.loads(str(fields[column])) if fields.get(column) else {}
    return said


@cache
def columns_of(model: type[Record]) -> list[tuple[str, ...]]:
    """The columns of every field, in the order of the schema; both ends of a range are one."""
    ends = {field.stem: field.name for field in model.clinical_fields() if field.part is Part.HIGH}
    return [
        (field.name, ends[field.stem]) if field.part is Part.LOW else (field.name,)
        for field in model.clinical_fields()
        if field.part is not Part.HIGH
    ]
