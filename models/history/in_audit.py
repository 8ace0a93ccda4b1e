# SPDX-License-Identifier: MIT
"""Fields and values as the audit stores them: English and codes, whoever works in what language."""

from __future__ import annotations

import json

from models.document import Document, Fields, Value, model_of
from models.fields import ClinicalField
from models.history.places import STORED, field_at, place_of
from models.history.wording import OTHER_LABELS, Cell, columns_of, one_line

_NOTHING = "nothing"
_BETWEEN = " to "


def stored_place(cell: Cell, document: Document) -> str:
    """Where the row of the cell is in the case; ``document`` has it."""
    return place_of(cell.key, document, STORED)


def stored_label(cell: Cell) -> str:
    """What the field that the cell is about is called."""
    name = cell.names[0]
    field = model_of(cell.table)._meta.fields[name]
    if not isinstance(field, ClinicalField):
        return OTHER_LABELS[name][0] if name in OTHER_LABELS else name.replace("_", " ")
    return f"{field.english}, why unusual" if cell.is_explanation else field.english


def stored_field(cell: Cell, document: Document) -> str:
    """A field with where it stands, as in "T12, Cement"; a whole row is where it stands."""
    place = stored_place(cell, document)
    return place if cell.is_row else field_at(place, stored_label(cell), STORED)


def stored_value(cell: Cell, document: Document) -> str:
    """What the record holds there, as in "7 mL" and "balloon_kyphoplasty"; "nothing" if empty."""
    row = document.get(cell.table, {}).get(cell.row_id, {})
    if cell.is_row:
        parts = [Cell(*cell.key, names) for names in columns_of(model_of(cell.table))]
        told = [(stored_label(part), stored_value(part, document)) for part in parts]
        return ", ".join(f"{label} {text}" for label, text in told if text != _NOTHING) or _NOTHING
    values = [_written(row[name]) for name in cell.names if _is_told(row.get(name))]
    text = _BETWEEN.join(dict.fromkeys(values)) or _reason(cell, row)
    unit = getattr(model_of(cell.table)._meta.fields[cell.names[0]], "unit", "")
    return f"{text} {unit}".strip() if values else text


def _reason(cell: Cell, row: Fields) -> str:
    """Why it is empty, as the record has it."""
    said: dict[str, str] = json.loads(str(row["missing"])) if row.get("missing") else {}
    return next((said[name] for name in cell.names if name in said), _NOTHING)


def _is_told(value: Value) -> bool:
    return value is not None and value != ""


def _written(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else one_line(str(value))
