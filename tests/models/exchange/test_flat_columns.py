# SPDX-License-Identifier: MIT
"""The names of the columns, and what is never among them."""

from __future__ import annotations

from models.exchange.flat_columns import flat_columns
from models.fields import Words
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import (
    RECORD_TABLES,
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    TreatedLevel,
)
from tests.builders import a_case
from tests.models.exchange.reading import exported

RELIED_ON = [
    "case_id",
    "patient_code",
    "sex",
    "age_at_procedure",
    "performed_on",
    "operator",
    "level",
    "technique",
    "approach",
    "side",
    "cement_ml",
    "leakage",
    "leak_locations",
    "height_gain_mm",
    "diagnosis",
    "pain_scale",
    "pain_baseline",
    "pain_24h",
    "pain_1w",
    "pain_1m",
    "pain_3m",
    "pain_6m",
    "pain_12m",
    "pain_24m",
]
"""The names of the first release; a name that changes or moves breaks scripts."""


def test_the_names_that_scripts_rely_on_come_first_and_in_their_order() -> None:
    assert [column.name for column in flat_columns()][: len(RELIED_ON)] == RELIED_ON


def test_every_column_has_one_name_and_says_what_it_holds() -> None:
    names = [column.name for column in flat_columns()]
    assert len(set(names)) == len(names)
    for column in flat_columns():
        assert column.field is not None or column.meaning.endswith(".")


def test_every_field_that_cannot_name_a_person_has_its_column() -> None:
    names = {column.name for column in flat_columns()}
    tables: tuple[type[Record], ...] = (Patient, Procedure, TreatedLevel)
    for table in tables:
        for field in table.clinical_fields():
            assert (field.name in names) is not field.identifier


def test_every_field_of_the_record_is_exported_unless_it_names_a_person() -> None:
    exported_fields = {column.field for column in flat_columns()}
    for table in RECORD_TABLES:
        if table is not Image:
            for field in table.clinical_fields():
                assert (field in exported_fields) is not field.identifier


def test_nothing_that_names_a_person_is_in_the_file(logbook: Logbook) -> None:
    case = a_case()
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="SECRET", record_number="SECRET"
    )
    case.patient.birth_date = PartialDate("1931-01-01")
    case.assessments[0].explained = {"note": "SECRET"}
    for row in (*case.person_rows(), *case.case_rows()):
        for field in row.clinical_fields():
            if field.identifier and isinstance(field, Words):
                setattr(row, field.name, "SECRET")
    exported(logbook, case)
    content = (logbook.folder.parent / "out.csv").read_text(encoding="utf-8")
    assert "SECRET" not in content
    assert "1931" not in content
