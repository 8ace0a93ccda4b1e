# SPDX-License-Identifier: MIT
"""The FHIR bundle keeps the rules of R4 and says what the record says, no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fhir.resources import R4B
from hypothesis import HealthCheck, given, settings

from models.bulk import save_many
from models.case import Case, save_case
from models.exchange.deidentify import Dates, Kind
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import PatientIdentity
from models.vocabulary import EventKind, Level, MissingReason, PainScale
from tests.builders import a_case, add_score, store_names
from tests.models.any_case import cases, whole_case
from tests.models.exchange.fhir_rules import is_valid_snomed, problems, resources
from tests.models.exchange.kit import ordered

FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def bundle(logbook: Logbook, *saved: Case, **order: Any) -> dict[str, Any]:
    for case in saved:
        save_case(logbook, case)
    text = ordered(logbook, Profile.FHIR, Shape.TABLES, **order).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    assert problems(found) == []
    return found


def scores(found: dict[str, Any]) -> list[dict[str, Any]]:
    observations = resources(found, "Observation")
    return [each for each in observations if each["code"]["text"].startswith("Pain, ")]


@FEW
@given(case=cases())
@pytest.mark.parametrize(
    ("kind", "dates"), [(Kind.NONE, Dates.KEPT), (Kind.SAFE_HARBOR, Dates.DAYS)]
)
def test_any_case_keeps_the_rules(shared: Logbook, kind: Kind, dates: Dates, case: Case) -> None:
    case.patient.patient_code = case.patient.id
    found = bundle(shared, case, kind=kind, dates=dates, case_ids=[case.id])
    assert len(resources(found, "Patient")) == 1
    assert len(resources(found, "Procedure")) == 1 + len(case.levels)
    assert len(resources(found, "AdverseEvent")) == len(case.adverse_events)


def test_a_session_is_a_procedure_and_each_level_a_part_of_it(logbook: Logbook) -> None:
    found = bundle(logbook, a_case("P-1", Level.T12, Level.L1))
    session, *levels = resources(found, "Procedure")
    by_address = {entry["fullUrl"]: entry["resource"] for entry in found["entry"]}
    assert session["performedDateTime"] == "2026-03-04"
    assert [level["bodySite"][0]["text"] for level in levels] == ["T12, right", "L1, right"]
    assert {by_address[level["partOf"][0]["reference"]]["status"] for level in levels} == {
        "completed"
    }
    reasons = [by_address[each["reference"]] for each in session["reasonReference"]]
    assert {code["code"] for each in reasons for code in each["code"]["coding"]} == {
        "D18.09",
        "Diagnosis.hemangioma",
    }


def test_an_identified_bundle_holds_what_is_said_of_the_person(logbook: Logbook) -> None:
    store_names(logbook)
    case = a_case("P-1")
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="Anna \\u0001\x02", record_number="MRN-7"
    )
    case.patient.birth_date = PartialDate("1950-03")
    case.patient.patient_notes = "Deaf"
    case.patient.explained = {"patient_code": "As it came"}
    found = bundle(logbook, case)
    (person,) = resources(found, "Patient")
    assert person["name"] == [{"text": "Anna \\u0001\ufffd"}]
    assert [each["value"] for each in person["identifier"]] == ["P-1", "MRN-7"]
    assert person["birthDate"] == "1950-03"
    (record,) = (
        each
        for each in resources(found, "Observation")
        if each["code"]["text"] == "Record of the patient"
    )
    told = {each["code"]["text"]: each for each in record["component"]}
    assert told["Notes on the patient"]["valueString"] == "Deaf"
    assert record["note"] == [{"text": "patient_code: As it came"}]
    for kind in (Kind.LIMITED, Kind.SAFE_HARBOR):
        text = json.dumps(bundle(logbook, kind=kind))
        assert not [name for name in ("Anna", "MRN-7", "1950", "Deaf", "came") if name in text]


def test_a_score_is_a_number_a_range_or_said_to_be_absent(logbook: Logbook) -> None:
    case = a_case(before=8, after=None)
    add_score(case, (0, 1), "2026-04-04")
    add_score(case, "resolved", "2026-06-04")
    case.assessments[-1].missing = {"pain_low": MissingReason.DECLINED}
    exact, ranged, words = scores(bundle(logbook, case))
    assert exact["valueQuantity"]["value"] == 8
    assert exact["valueQuantity"]["code"] == "{score}"
    assert exact["code"]["coding"][0]["code"] == "72514-3"
    assert (ranged["valueRange"]["low"]["value"], ranged["valueRange"]["high"]["value"]) == (0, 1)
    assert words["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    assert words["note"] == [{"text": "resolved"}]


def test_scales_have_codes_of_their_own(logbook: Logbook) -> None:
    found = bundle(logbook, a_case(scale=PainScale.VAS_100, before=80, after=None))
    codes = [coding["code"] for coding in scores(found)[0]["code"]["coding"]]
    assert codes == ["38214-3", "pain.vas_0_100"]


def test_numbers_carry_units_of_ucum(logbook: Logbook) -> None:
    found = bundle(logbook, a_case(cement_ml=6.5))
    parts = [
        part
        for observation in resources(found, "Observation")
        for part in observation.get("component", [])
        if part["code"]["text"].startswith("Cement")
    ]
    quantities = [part["valueQuantity"] for part in parts if "valueQuantity" in part]
    assert [(each["value"], each["code"]) for each in quantities] == [(6.5, "mL")]


def test_without_persons_there_is_no_code_and_no_date(logbook: Logbook) -> None:
    found = bundle(logbook, a_case("MRN-7"), kind=Kind.SAFE_HARBOR, dates=Dates.DAYS)
    text = json.dumps(found["entry"])
    assert "MRN-7" not in text
    assert "2026-0" not in text
    assert resources(found, "Procedure")[0]["performedDateTime"] == "2026"
    assert scores(found)[1]["note"] == [{"text": "Day 31 from the procedure."}]


def test_a_resource_a_line_is_written_as_json_writes_it(logbook: Logbook) -> None:
    save_many(logbook, [whole_case(number) for number in (0, 4)])
    _, *lines, _ = ordered(logbook, Profile.FHIR, Shape.TABLES).read_text("utf-8").splitlines()
    plain = [line.removesuffix(",") for line in lines]
    assert [json.dumps(json.loads(line), ensure_ascii=False) for line in plain] == plain


def test_a_broken_bundle_is_found(logbook: Logbook) -> None:
    found = bundle(logbook, a_case())
    del resources(found, "Procedure")[0]["status"]
    found["entry"][2]["fullUrl"] = found["entry"][0]["fullUrl"]
    told = problems(found)
    assert "Procedure without status" in told
    assert "an address twice" in told
    assert any("is not there" in problem for problem in told)


@pytest.mark.parametrize("code", ["447766003", "392010000", "429616001"])
def test_the_check_digit_of_snomed(code: str) -> None:
    assert is_valid_snomed(code)
    assert not is_valid_snomed(f"{code[:-1]}{(int(code[-1]) + 5) % 10}")


def test_no_code_of_snomed_is_written(logbook: Logbook) -> None:
    assert "snomed" not in json.dumps(bundle(logbook, a_case())).casefold()


def test_what_happened_and_what_was_used_stand_in_the_session(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.cement_product = "Cement A"
    case.add_adverse_event(kind=EventKind.INFECTION)
    session = resources(bundle(logbook, case), "Procedure")[0]
    assert [each["text"] for each in session["complication"]] == [EventKind.INFECTION.label]
    assert session["usedCode"] == [{"text": "Cement A"}]


@pytest.mark.parametrize(
    ("kind", "dates"), [(Kind.NONE, Dates.KEPT), (Kind.SAFE_HARBOR, Dates.DAYS)]
)
def test_the_models_of_fhir_resources_take_every_field(
    logbook: Logbook, kind: Kind, dates: Dates
) -> None:
    save_many(logbook, [whole_case(number) for number in (0, 4, 8)])
    found = bundle(logbook, kind=kind, dates=dates)
    for entry in found["entry"]:
        resource = entry["resource"]
        R4B.get_fhir_model_class(resource["resourceType"]).model_validate(resource)
