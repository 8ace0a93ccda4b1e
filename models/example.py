# SPDX-License-Identifier: MIT
"""The two published cases that Kypholog began with, read from a file of facts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, TypeVar

from models.case import Case, save_case
from models.fields import Number, TermField, TermsField
from models.logbook import Logbook
from models.schema import (
    Assessment,
    Patient,
    PriorTreatment,
    Procedure,
    Record,
    TreatedLevel,
)
from models.vocabulary import MissingReason

SOURCE = Path(__file__).parents[1] / "resources" / "example" / "jones2009.json"
"""The facts of the paper: one key a field, terms by their codes, and remarks on decisions."""

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:kypholog:example")

R = TypeVar("R", bound=Record)
Facts = Mapping[str, object]


class _Told(TypedDict):
    """One case of the file."""

    patient: Facts
    procedure: Facts
    prior_treatments: list[Facts]
    levels: list[Facts]
    assessments: list[Facts]


class _Source(TypedDict):
    """The whole file."""

    reference: str
    cases: list[_Told]


def add_example(logbook: Logbook) -> list[str]:
    """Add the published cases to the logbook, except those that it holds already.

    Returns the ids of both, which are the same in every logbook.

    Raises:
        PatientExists: another patient has the code of one of the two.
        CannotWrite, LogbookBusy: as their names say.
    """
    cases = example_cases()
    with logbook.transaction():
        for case in cases:
            if not _is_known(logbook, case.id):
                save_case(logbook, case, f"Published case: {reference()}")
    return [case.id for case in cases]


def example_cases() -> list[Case]:
    """The published cases as the paper tells them, not saved yet."""
    return [_case(told) for told in _source()["cases"]]


def reference() -> str:
    """The paper, as it is cited."""
    return _source()["reference"]


def _is_known(logbook: Logbook, case_id: str) -> bool:
    return bool(Procedure.select().where(Procedure.id == case_id).exists(logbook.database))


def _source() -> _Source:
    source: _Source = json.loads(SOURCE.read_text(encoding="utf-8"))
    return source


def _case(told: _Told) -> Case:
    name = str(told["patient"]["patient_code"])
    patient = _row(Patient, told["patient"], f"{name}/patient")
    case = Case(patient, _row(Procedure, told["procedure"], name, patient=patient.id))
    case.prior_treatments = _rows(PriorTreatment, told["prior_treatments"], name, case.id)
    case.levels = _rows(TreatedLevel, told["levels"], name, case.id)
    case.assessments = _rows(Assessment, told["assessments"], name, case.id)
    return case


def _rows(table: type[R], told: list[Facts], name: str, case_id: str) -> list[R]:
    return [
        _row(table, facts, f"{name}/{table._meta.table_name}/{n}", procedure=case_id, position=n)
        for n, facts in enumerate(told)
    ]


def _row(table: type[R], facts: Facts, name: str, **links: object) -> R:
    values = {
        field: _value(table, field, said) for field, said in facts.items() if field != "remark"
    }
    row: R = table(id=str(uuid.uuid5(_NAMES, name)), **values, **links)
    return row


def _value(table: type[Record], name: str, said: object) -> object:
    field = table._meta.fields[name]
    if isinstance(field, TermField):
        return field.vocabulary(str(said))
    if isinstance(field, TermsField) and isinstance(said, list):
        return tuple(field.vocabulary(code) for code in said)
    if isinstance(field, Number) and isinstance(said, int):
        return field.python_value(said)
    if isinstance(said, dict):
        return {of: MissingReason(reason) for of, reason in said.items()}
    return said
