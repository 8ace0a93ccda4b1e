# SPDX-License-Identifier: MIT
"""A case as a plain document and back, for drafts, history and undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from models.case import LISTS, Case
from models.document import Change, Document, Fields, document_of
from models.schema import Patient, PatientIdentity, Procedure, Record

R = TypeVar("R", bound=Record)


def snapshot(case: Case) -> Document:
    """Everything that was entered, of the case and of its person; nothing that is worked out."""
    return document_of((*case.person_rows(), *case.case_rows()))


def case_of(document: Document, *, patient_version: int = 0, version: int = 0) -> Case:
    """The case that ``document`` tells of, with the versions it is to be saved over.

    Derived values are not in a document; ``models.derived.work_out`` brings them back.

    Raises:
        KeyError: there is no such field.
        ValueError: the document has not one procedure, or a value is no term of its field.
    """
    (procedure,) = _rows(document, Procedure)
    patient_id = procedure.patient_id
    known = document.get(Patient._meta.table_name, {}).get(patient_id, {})
    patient = row_of(Patient, patient_id, known)
    patient.version, procedure.version = patient_version, version
    case = Case(patient, procedure, next(iter(_rows(document, PatientIdentity)), None))
    for table, name in LISTS.items():
        rows = sorted(_rows(document, table), key=lambda row: (row.position, row.id))
        setattr(case, name, rows)
    return case


def patched(document: Document, changes: Iterable[Change], *, backwards: bool = False) -> Document:
    """The document after ``changes``, or before them.

    Fields that hold nothing are left out, and rows that hold nothing are gone.
    """
    result = {
        table: {row_id: dict(fields) for row_id, fields in rows.items()}
        for table, rows in document.items()
    }
    for change in changes:
        fields = result.setdefault(change.table, {}).setdefault(change.row_id, {})
        value = change.old if backwards else change.new
        if value is None:
            fields.pop(change.field, None)
        else:
            fields[change.field] = value
    kept = {
        table: {row_id: fields for row_id, fields in rows.items() if fields}
        for table, rows in result.items()
    }
    return {table: rows for table, rows in kept.items() if rows}


def row_of(table: type[R], row_id: str, fields: Fields) -> R:
    """One row with the stored values ``fields``, as if it had been loaded."""
    blank = {name: field.python_value(None) for name, field in table._meta.fields.items()}
    values = {name: table._meta.fields[name].python_value(value) for name, value in fields.items()}
    kept = {name: value for name, value in blank.items() if value is not None}
    return table(**{**kept, **values, "id": row_id})


def _rows(document: Document, table: type[R]) -> list[R]:
    stored = document.get(table._meta.table_name, {})
    return [row_of(table, row_id, fields) for row_id, fields in stored.items()]
