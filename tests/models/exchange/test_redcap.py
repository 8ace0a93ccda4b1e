# SPDX-License-Identifier: MIT
"""The REDCap kit is what REDCap takes, and holds what the record holds."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from models.case import Case, save_case
from models.exchange.codebook import described
from models.exchange.deidentify import Dates, Kind
from models.exchange.profiles import Profile
from models.exchange.redcap.variables import Variable, forms_of
from models.exchange.shapes import Shape
from models.fields import TermsField
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import Level
from tests.builders import a_case
from tests.models.any_case import cases
from tests.models.exchange.kit import files_in, ordered, tables_in
from tests.models.exchange.redcap_rules import HEADING, Refused, read_data, read_dictionary

FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ID = {0: "record_id", 1: "patient", 3: "text", 4: "Record"}
SEX = {0: "sex", 1: "patient", 3: "radio", 4: "Sex", 5: "f, Female | m, Male"}
CEMENT = {0: "cement_ml", 1: "level", 3: "text", 4: "Cement", 7: "number", 8: "0", 9: "50"}

BROKEN = {
    1: [SEX],
    2: [ID, SEX | {0: "Sex"}],
    3: [ID, CEMENT, SEX],
    4: [ID, SEX | {3: "sql"}],
    5: [ID, SEX | {5: "f, Female | f, Male"}],
    6: [ID, CEMENT | {7: "decimal"}],
    7: [ID, CEMENT | {7: "", 8: "0"}],
    8: [ID, SEX | {12: "yes"}],
    9: [ID, SEX, CEMENT | {11: "[sex] == 'f'"}],
    10: [ID, SEX | {13: "left"}],
    11: [ID, SEX, {0: "patient_complete", 1: "patient", 3: "text", 4: "Done"}],
}


def dictionary(*rows: dict[int, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADING)
    writer.writerows([row.get(place, "") for place in range(len(HEADING))] for row in rows)
    return text.getvalue().encode()


@pytest.mark.parametrize("rule", BROKEN)
def test_the_reader_refuses_what_breaks_a_rule(rule: int) -> None:
    with pytest.raises(Refused) as refused:
        read_dictionary(dictionary(*BROKEN[rule]))
    assert refused.value.rule == rule


def test_the_reader_refuses_a_mark_and_takes_what_keeps_the_rules() -> None:
    whole = dictionary(ID, SEX, CEMENT | {11: "[sex] = 'f' or [sex] <> 'm'"})
    assert len(read_dictionary(whole)) == 3
    with pytest.raises(Refused, match="rule 12"):
        read_dictionary(b"\xef\xbb\xbf" + whole)


@FEW
@given(case=cases())
def test_any_case_is_taken_and_given_back(shared: Logbook, case: Case) -> None:
    case.patient.patient_code = case.patient.id
    save_case(shared, case)
    kit = ordered(shared, Profile.REDCAP, Shape.TABLES, case_ids=[case.id])
    with zipfile.ZipFile(kit) as archive:
        fields = read_dictionary(archive.read("data_dictionary.csv"))
    records = read_data(files_in(kit)["data.csv"], fields)
    assert {record["record_id"] for record in records} == {case.id}
    tables = tables_in(ordered(shared, shape=Shape.TABLES, case_ids=[case.id]))
    for form in forms_of(described(Shape.TABLES)):
        own = [row for row in records if row["redcap_repeat_instrument"] == form.name]
        own = own if form.repeats else [records[0]]
        for record, row in zip(own, tables[form.sheet.name], strict=True):
            for variable in form.known():
                assert given_back(variable, record) == row[variable.column.name]


def given_back(variable: Variable, record: dict[str, str]) -> str:
    if not variable.is_checkbox:
        return record[variable.name]
    terms = list(variable.column.vocabulary or ())
    columns = zip(terms, variable.data_columns(), strict=True)
    return "|".join(term.value for term, column in columns if record[column] == "1")


@pytest.mark.parametrize("dates", [Dates.YEAR, Dates.DAYS])
def test_a_kit_without_persons_keeps_the_rules_too(logbook: Logbook, dates: Dates) -> None:
    save_case(logbook, a_case("P-1", Level.T12, Level.L1, age=93))
    kit = ordered(logbook, Profile.REDCAP, Shape.TABLES, kind=Kind.SAFE_HARBOR, dates=dates)
    files = files_in(kit)
    fields = read_dictionary(files["data_dictionary.csv"].encode())
    record = read_data(files["data.csv"], fields)[0]
    assert record["age_at_procedure"] == "90+"
    assert record["performed_on_year"] == "2026"


def test_levels_and_visits_repeat_and_leave_other_forms_blank(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T12, Level.L1))
    files = files_in(ordered(logbook, Profile.REDCAP, Shape.TABLES))
    records = list(csv.DictReader(files["data.csv"].splitlines()))
    told = [(r["redcap_repeat_instrument"], r["redcap_repeat_instance"]) for r in records]
    assert told == [("", ""), ("level", "1"), ("level", "2"), ("visit", "1"), ("visit", "2")]
    assert [r["diagnosis___hemangioma"] for r in records] == ["", "1", "1", "", ""]
    assert [r["visit_pain_low"] for r in records] == ["", "", "", "8", "2"]
    repeating = [each["form_name"] for each in json.loads(files["repeating_instruments.json"])]
    assert {"level", "visit"} <= set(repeating)
    assert "NEW project only" in files["README.txt"]


@pytest.mark.parametrize("kind", [Kind.NONE, Kind.SAFE_HARBOR])
def test_every_record_has_its_patient(logbook: Logbook, kind: Kind) -> None:
    saved = [a_case(f"P-{number}", on=f"2020-0{number + 1}-01", after=None) for number in range(3)]
    for number, on in ((0, "2024-01-01"), (1, "2024-01-02"), (0, "2024-01-03"), (1, None)):
        later = Case.new(saved[number].patient)
        later.procedure.performed_on = PartialDate(on) if on else None
        saved.append(later)
    for case in saved:
        save_case(logbook, case)
    files = files_in(ordered(logbook, Profile.REDCAP, Shape.TABLES, kind=kind))
    records = [r for r in csv.DictReader(files["data.csv"].splitlines()) if r["patient_code"]]
    told = {r["patient_id"]: r["patient_code"] for r in records}
    assert len(records) == len(saved)
    assert [r["patient_code"] for r in records] == [told[r["patient_id"]] for r in records]
    assert sorted(Counter(told[r["patient_id"]] for r in records).values()) == [1, 3, 3]


def test_rules_of_data_quality_are_quoted_as_redcap_wants_them(logbook: Logbook) -> None:
    files = files_in(ordered(logbook, Profile.REDCAP, Shape.TABLES))
    text = files["data_quality_rules.csv"]
    assert text.startswith("rule_name,rule_logic,real_time_execution\r\n")
    assert '[fluoro_time_s] <> """" and ([fluoro_time_s] > 1800)' in text
    assert {row["real_time_execution"] for row in csv.DictReader(text.splitlines())} == {"n"}


def test_variables_keep_their_names_when_the_schema_grows() -> None:
    names = [v.name for form in forms_of(described(Shape.TABLES)) for v in form.known()]
    assert {"sex", "performed_on", "level", "cement_ml", "visit_pain_low", "leak_location"} <= set(
        names
    )
    assert max(map(len, names)) <= 26
    assert any(
        isinstance(v.column.field, TermsField) and v.is_checkbox
        for form in forms_of(described(Shape.TABLES))
        for v in form.known()
    )
