# SPDX-License-Identifier: MIT
"""What any case holds is in the files that are written of it, to the last value."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings

from models.case import LISTS, Case, save_case
from models.exchange.linked import Linked, linked_tables
from models.exchange.profiles import Profile
from models.exchange.said import explanations
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.schema import RECORD_TABLES, Patient, Procedure, Record
from tests.models.any_case import cases
from tests.models.exchange.kit import Rows, files_in, ordered, resources, rows_of, tables_in, typed

FEW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rows_in(case: Case, table: type[Record]) -> list[Record]:
    """The rows of a table that the case has."""
    if table is Patient:
        return [case.patient]
    return [case.procedure] if table is Procedure else list(getattr(case, LISTS[table]))  # type: ignore[index]


def cells(linked: Linked, row: Record) -> dict[str, str]:
    """The cells of a row as they have to be."""
    values: dict[str, object] = {
        field.name: field.db_value(row.__data__.get(field.name)) for field in linked.fields
    }
    if any(link.column == "level_id" for link in linked.links):
        values["level_id"] = row.__data__["treated_level"]
    elif linked.links:
        parent = "patient" if linked.table is Procedure else "procedure"
        values[linked.links[0].column] = row.__data__[parent]
    values[linked.own_id] = row.id
    said = row.explained
    explained = explanations(json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None)
    values["missing"] = "|".join(f"{name}:{why}" for name, why in sorted(row.missing.items()))
    values["explained"] = explained
    return {name: "" if value is None else str(value) for name, value in values.items()}


def assert_holds(case: Case, tables: Mapping[str, Rows]) -> None:
    for linked in linked_tables():
        written = {row[linked.own_id]: row for row in tables[linked.name]}
        wanted = {str(row.id): cells(linked, row) for row in rows_in(case, linked.table)}
        assert written.keys() == wanted.keys()
        for row_id, row in wanted.items():
            assert {name: written[row_id][name] for name in row} == row


@FEW
@given(case=cases())
def test_linked_tables_hold_every_value_of_any_case(shared: Logbook, case: Case) -> None:
    case.patient.patient_code = case.patient.id
    save_case(shared, case)
    archive = ordered(shared, shape=Shape.TABLES, case_ids=[case.id])
    assert_holds(case, tables_in(archive))


@FEW
@given(case=cases())
def test_a_package_gives_back_the_values_that_its_descriptor_promises(
    shared: Logbook, case: Case
) -> None:
    case.patient.patient_code = case.patient.id
    save_case(shared, case)
    files = files_in(ordered(shared, Profile.PACKAGE, Shape.TABLES, case_ids=[case.id]))
    for resource in resources(files):
        schema = resource["schema"]
        assert isinstance(schema, dict)
        fields = {field["name"]: field for field in schema["fields"]}
        for row in rows_of(files[str(resource["path"])]):
            assert list(row) == list(fields)
            for name, cell in row.items():
                typed(fields[name], cell)
    tables = {str(each["name"]): rows_of(files[str(each["path"])]) for each in resources(files)}
    assert_holds(case, tables)


def test_the_tables_have_a_column_for_every_field() -> None:
    told = {column.field for linked in linked_tables() for column in linked.columns()}
    assert {field for table in RECORD_TABLES for field in table.clinical_fields()} <= told
