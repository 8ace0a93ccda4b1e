# SPDX-License-Identifier: MIT
"""The names of the columns, and that none is missing."""

from __future__ import annotations

from models.exchange.flat_columns import flat_columns
from models.schema import (
    RECORD_TABLES,
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    TreatedLevel,
)

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


def test_every_field_of_patient_case_and_level_has_a_column_of_its_name() -> None:
    names = {column.name for column in flat_columns()}
    tables: tuple[type[Record], ...] = (Patient, PatientIdentity, Procedure, TreatedLevel)
    assert {field.name for table in tables for field in table.clinical_fields()} <= names


def test_every_field_of_the_record_but_those_of_images_is_exported() -> None:
    told = {column.field for column in flat_columns()}
    tables = [table for table in RECORD_TABLES if table is not Image]
    assert {field for table in tables for field in table.clinical_fields()} <= told
