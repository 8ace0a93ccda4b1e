# SPDX-License-Identifier: MIT
"""Brings the rows of a case to what a document says, keeping the rows that boxes show. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from models.case import LISTS, Case
from models.document import DERIVED, Document, Fields, model_of
from models.schema import Patient, PatientIdentity, Procedure, Record, Row
from models.snapshot import row_of

RowKey = tuple[str, str]
"""Name of the table and id of the row."""


def rows_of(case: Case) -> Iterator[Record]:
    """Every row of the case and of its person."""
    yield from case.person_rows()
    yield from case.case_rows()


def bring(
    case: Case, target: Document, touched: Iterable[RowKey], known: Mapping[str, Record]
) -> list[Record]:
    """Make the rows named in ``touched`` what ``target`` says, and the lists those of ``target``.

    ``known`` holds the rows, by id, that were in the case once. They come back as the same
    objects, so that boxes that show them need not be bound anew.

    Returns:
        The touched rows. One that is no longer in the case is among them, emptied: it can stand
        in the form as a line to type into.
    """
    changed = [_set(table, row_id, target, known) for table, row_id in touched]
    mine = {str(row.id): row for row in (*known.values(), *rows_of(case), *changed)}
    patient = mine[_patient_id(case, target)]
    assert isinstance(patient, Patient)
    case.patient = patient
    identities = target.get(PatientIdentity._meta.table_name, {})
    found = next((mine[row_id] for row_id in identities), None)
    case.identity = found if isinstance(found, PatientIdentity) else None
    for table, name in LISTS.items():
        ids = target.get(table._meta.table_name, {})
        rows = [row for row in (mine[row_id] for row_id in ids) if isinstance(row, Row)]
        setattr(case, name, sorted(rows, key=lambda row: (row.position, row.id)))
    return changed


def _patient_id(case: Case, target: Document) -> str:
    fields = target.get(Procedure._meta.table_name, {}).get(case.id, {})
    return str(fields.get("patient", case.patient.id))


def _set(table: str, row_id: str, target: Document, known: Mapping[str, Record]) -> Record:
    model, fields = model_of(table), target.get(table, {}).get(row_id)
    row = known.get(row_id)
    if row is None:
        return row_of(model, row_id, fields or {})
    if fields is None and model is not Patient:
        _empty(row)
    else:
        _fill(row, fields or {})
    return row


def _fill(row: Record, fields: Fields) -> None:
    left_out = {"id", *DERIVED.get(type(row), ())}
    for name, field in type(row)._meta.fields.items():
        if name not in left_out:
            setattr(row, name, field.python_value(fields.get(name)))


def _empty(row: Record) -> None:
    """Take out what was entered. What the row hangs on, and a time point, are left."""
    for field in type(row).clinical_fields():
        if field.name != "time_point":
            setattr(row, field.name, field.python_value(None))
    row.missing, row.explained = {}, {}
