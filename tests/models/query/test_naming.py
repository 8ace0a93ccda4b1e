# SPDX-License-Identifier: MIT
"""Every field and every term of the record can be asked for, in every spelling it answers to."""

from __future__ import annotations

import re

import pytest

from models.fields import TermField, TermsField
from models.query import (
    FIELDS,
    Kind,
    Op,
    QueryField,
    Term,
    Value,
    field_of,
    find_field,
    parse,
    parse_partial,
)
from models.query.record import PARTS
from models.query.whole import FOLLOW_UP, UNANSWERED
from models.schema import RECORD_TABLES, PatientIdentity, Record, TreatedLevel
from models.vocabulary import Level

WITH_VALUES = [field for field in FIELDS if field.kind is Kind.TERMS]
BY_NAME = pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)


def codes(text: str) -> tuple[str, ...]:
    (term,) = parse(text).terms
    assert term.op is Op.IS
    return term.values


@BY_NAME
def test_a_field_says_what_it_is(field: QueryField) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
    assert field.label
    assert field.help.endswith(".")
    assert all(find_field(name.upper()) is field for name in field.names)


@BY_NAME
def test_the_example_of_a_field_is_understood(field: QueryField) -> None:
    (term,) = parse(field.example).terms
    assert term.field == field.name


@pytest.mark.parametrize("table", [t for t in RECORD_TABLES if t is not PatientIdentity])
def test_every_term_of_the_record_can_be_asked_for(table: type[Record]) -> None:
    asked = {field.source for field in FIELDS} | {TreatedLevel._meta.fields["leakage"]}
    for field in table.clinical_fields():
        if isinstance(field, TermField | TermsField):
            assert field in asked, f"{table.__name__}.{field.name}"


def test_what_names_a_person_cannot_be_asked_for_but_the_lot_can() -> None:
    identifying = [f.name for f in FIELDS if f.source is not None and f.source.identifier]
    assert identifying == ["lot"]
    assert PatientIdentity not in PARTS


@pytest.mark.parametrize("field", WITH_VALUES, ids=lambda field: field.name)
def test_every_spelling_of_a_value_means_it(field: QueryField) -> None:
    for value in field.values:
        for spelling in (value.code, value.label, *value.synonyms):
            for typed in (spelling, spelling.upper(), spelling.lower()):
                quoted = typed.replace('"', '""')
                assert codes(f'{field.name}:"{quoted}"') == (value.code,), typed


@pytest.mark.parametrize("field", WITH_VALUES, ids=lambda field: field.name)
def test_the_beginning_of_a_value_means_it_or_is_told_to_be_several(field: QueryField) -> None:
    for value in field.values:
        for length in range(1, len(value.label)):
            understood = parse_partial(f'{field.name}:"{value.label[:length]}"')
            if understood.problem is None:
                assert len(understood.filter.terms[0].values) == 1
            else:
                assert "could be" in understood.problem.message


def test_the_code_goes_before_the_beginning_of_another() -> None:
    assert codes("level:T1") == ("T1",)
    assert codes("location:epidural") == ("epidural",)


def test_blanks_hyphens_and_underscores_are_the_same_in_a_name() -> None:
    for typed in ("balloon_kyphoplasty", "balloon-kyphoplasty", '"Balloon  kyphoplasty"'):
        assert codes(f"technique:{typed}") == ("balloon_kyphoplasty",)
    assert codes("event:brown-sequard") == codes("event:Brown-Séquard") == ("brown_sequard",)


def test_accents_and_case_do_not_matter() -> None:
    assert codes('event:"BROWN-SEQUARD SYNDROME"') == ("brown_sequard",)


def test_leakage_has_its_states_and_not_answered() -> None:
    assert codes("leak:yes") == ("present",)
    assert codes("leak:no") == codes("leak:none") == ("none",)
    assert codes('leak:"not assessed"') == codes("leak:not_assessed") == ("not_assessed",)
    assert codes("leak:unanswered") == (UNANSWERED,)


@pytest.mark.parametrize("value", FOLLOW_UP, ids=lambda value: value.code)
def test_the_follow_up_can_be_asked_for(value: Value) -> None:
    assert codes(f"followup:{value.code}") == (value.code,)


def test_the_regions_are_those_of_the_levels() -> None:
    regions = [value.code for value in field_of("region").values]
    assert regions == list(dict.fromkeys(level.region for level in Level))


def test_several_values_stand_in_the_order_of_the_record_once_each() -> None:
    assert codes("level:L1,T11,T12,t11") == ("T11", "T12", "L1")


@pytest.mark.parametrize("typed", ["T10-L2", "L2-T10", "t10..l2", "T10–L2", "D10-L2"])
def test_levels_from_one_to_another_follow_the_spine(typed: str) -> None:
    assert codes(f"level:{typed}") == ("T10", "T11", "T12", "T13", "L1", "L2")


def test_grades_are_compared_by_their_order() -> None:
    assert codes("sir:>=3") == ("3", "4", "5")
    assert codes("sir:<2") == ("1",)
    assert codes("genant:1-2") == ("1", "2")
    assert codes("level:>L5") == ("L6", "S1", "S2", "S3", "S4", "S5")


def test_names_of_fields_do_not_change() -> None:
    # A saved filter and a script live by these names; a new field is added, none is renamed.
    assert {
        *("level", "region", "technique", "approach", "diagnosis", "leak", "location", "yeom"),
        *("symptomatic", "detected", "event", "complication", "adjunct", "prior", "anesthesia"),
        *("guidance", "cement_type", "sex", "consent", "discharge", "operator", "supervisor"),
        *("patient", "date", "age", "pain", "latest", "change", "cement", "gain", "levels"),
        *("minutes", "fluoro", "kap", "complete", "synthetic", "images", "lot", "followup"),
        *("has", "missing", "pain_mm", "latest_mm", "change_mm"),
    } <= {field.name for field in FIELDS}


def test_short_names_are_understood() -> None:
    assert parse("op:smith dx:hemangioma fu:due").terms == (
        Term("operator", Op.IS, ("smith",)),
        Term("diagnosis", Op.IS, ("hemangioma",)),
        Term("followup", Op.IS, ("due",)),
    )
