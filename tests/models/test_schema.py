# SPDX-License-Identifier: MIT
"""The record is declared once, completely, and its declarations fit each other."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.document import DERIVED
from models.fields import ClinicalField, Number, Part, TermField, TermsField
from models.schema import (
    ALL_TABLES,
    RECORD_TABLES,
    Assessment,
    Balloon,
    Patient,
    Procedure,
    Record,
    TreatedLevel,
    new_id,
)

ROOT = Path(__file__).parents[2]
MOST_CORE = 32
LONG_LABEL = 14

FIELDS = [(table, field) for table in RECORD_TABLES for field in table.clinical_fields()]
NUMBERS = [(table, field) for table, field in FIELDS if isinstance(field, Number)]


def name_of(value: object) -> str:
    if isinstance(value, ClinicalField):
        return str(value.name)
    assert isinstance(value, type)
    assert issubclass(value, Record)
    return str(value._meta.table_name)


EACH_FIELD = pytest.mark.parametrize(("table", "field"), FIELDS, ids=name_of)


@EACH_FIELD
def test_every_field_has_a_label_that_can_stand_beside_a_box(
    table: type[Record], field: ClinicalField
) -> None:
    assert re.fullmatch(r"\S.{0,38}\S", field.label)
    assert not field.label.endswith((".", ":"))


@EACH_FIELD
def test_a_field_applies_by_terms_that_its_neighbor_knows(
    table: type[Record], field: ClinicalField
) -> None:
    if field.applies is None:
        return
    neighbor = table._meta.fields[field.applies.field]
    assert isinstance(neighbor, TermField | TermsField)
    assert field.applies.terms
    assert set(field.applies.terms) <= set(neighbor.vocabulary)


@pytest.mark.parametrize(("table", "field"), NUMBERS, ids=name_of)
def test_every_number_has_hard_limits_and_usual_ones_lie_inside(
    table: type[Record], field: Number
) -> None:
    low, high = field.hard
    assert low is not None
    assert high is not None
    assert low < high
    for usual in (field.usual, *field.usual_by_region.values()):
        for end in usual:
            assert end is None or end in field.hard


@pytest.mark.parametrize("table", RECORD_TABLES, ids=name_of)
def test_no_two_fields_of_a_table_have_one_label(table: type[Record]) -> None:
    labels = Counter(field.label for field in table.clinical_fields())
    assert max(labels.values()) == 1


@pytest.mark.parametrize("table", RECORD_TABLES, ids=name_of)
def test_a_reported_number_has_all_three_parts(table: type[Record]) -> None:
    stems: dict[str, list[Part | None]] = {}
    for field in table.clinical_fields():
        if field.stem:
            stems.setdefault(field.stem, []).append(field.part)
            assert field.name.startswith(f"{field.stem}_{field.part}")
    assert all(parts == [Part.LOW, Part.HIGH, Part.WORDS] for parts in stems.values())


@pytest.mark.parametrize("table", RECORD_TABLES, ids=name_of)
def test_the_parts_of_a_reported_number_are_named_after_it(table: type[Record]) -> None:
    labels = {(field.stem, field.part): field.label for field in table.clinical_fields()}
    for (stem, part), label in labels.items():
        if part is Part.LOW:
            assert "," not in label
            assert labels[stem, Part.HIGH] == f"{label}, upper end"
            assert labels[stem, Part.WORDS] == f"{label} in words"


def test_entry_of_a_one_level_case_asks_no_more_than_one_screen_holds() -> None:
    asked = [
        field.name
        for table in (Patient, Procedure, TreatedLevel, Assessment)
        for field in table.clinical_fields()
        if field.core and field.applies is None and field.part is not Part.HIGH
    ]
    assert len(asked) <= MOST_CORE, asked


def test_what_can_name_a_person_is_marked() -> None:
    marked = {field.name for _, field in FIELDS if field.identifier}
    assert marked == {
        "full_name",
        "record_number",
        "birth_date",
        "patient_notes",
        "notes",
        "note",
        "cement_lot",
        "cement_udi",
    }


def test_trap_14_the_dose_says_its_unit_and_the_other_one_that_consoles_show() -> None:
    dose = Procedure._meta.fields["kap_gycm2"]
    assert dose.unit == "Gy.cm2"
    assert "mGy.cm2" in dose.help
    assert dose.refusal(13_639.0)
    assert dose.surprise(1_364.0)


def test_an_air_kerma_is_unusual_from_three_gray_on() -> None:
    dose = Procedure._meta.fields["air_kerma_mgy"]
    assert not dose.surprise(2999.5)
    assert dose.surprise(3000.0)


@pytest.mark.parametrize(
    ("table", "name", "hard", "usual"),
    [
        (Procedure, "age_at_procedure", (0, 120), (18, 100)),
        (Procedure, "height_cm", (50, 250), (120, 220)),
        (Procedure, "weight_kg", (2, 400), (30, 200)),
        (Procedure, "t_score", (-8, 6), (None, None)),
        (Procedure, "conservative_weeks", (0, 1000), (None, None)),
        (Procedure, "opioid_mg_day", (0, 2000), (None, 90)),
        (Procedure, "minutes", (1, 600), (None, 150)),
        (Procedure, "blood_loss_ml", (0, 20000), (None, 200)),
        (Procedure, "fluoro_time_s", (0, 14400), (None, 1800)),
        (Procedure, "kap_gycm2", (0, 5000), (None, 300)),
        (Procedure, "air_kerma_mgy", (0, 20000), (None, 2999.9)),
        (TreatedLevel, "lesion_size_mm", (0, 150), (None, None)),
        (TreatedLevel, "body_involvement_pct", (0, 100), (None, None)),
        (TreatedLevel, "fracture_age_days", (0, 3650), (None, 120)),
        (TreatedLevel, "needle_count", (1, 4), (None, None)),
        (TreatedLevel, "balloon_count", (0, 4), (None, None)),
        (TreatedLevel, "cement_ml", (0.1, 30), (None, None)),
        (TreatedLevel, "cranial_middle_mm", (3, 60), (10, 45)),
        (TreatedLevel, "anterior_before_mm", (1, 60), (5, 45)),
        (TreatedLevel, "wedge_after_deg", (-90, 90), (-45, 45)),
        (TreatedLevel, "kyphosis_before_deg", (-90, 90), (-45, 45)),
        (Balloon, "volume_ml", (0, 10), (None, 6)),
        (Balloon, "pressure", (0, 1000), (None, 400)),
        (Assessment, "odi_pct", (0, 100), (None, None)),
        (Assessment, "rmdq", (0, 24), (None, None)),
        (Assessment, "eq5d_index", (-1, 1), (None, None)),
        (Assessment, "eq5d_vas", (0, 100), (None, None)),
    ],
)
def test_limits_are_those_of_the_data_dictionary(
    table: type[Record], name: str, hard: tuple[float, float], usual: tuple[float, float]
) -> None:
    field = table._meta.fields[name]
    assert (tuple(field.hard), tuple(field.usual)) == (hard, usual)


def test_derived_columns_exist() -> None:
    for table, names in DERIVED.items():
        assert names <= set(table._meta.fields)


def test_tables_are_named_as_the_record_is_spoken_of() -> None:
    names = {table._meta.table_name for table in ALL_TABLES}
    assert {
        "patient",
        "procedure",
        "treated_level",
        "balloon",
        "leak",
        "adjunct",
        "prior_treatment",
        "adverse_event",
        "assessment",
        "image",
        "audit_entry",
        "draft",
        "user",
        "saved_filter",
        "setting",
    } <= names


def test_every_row_of_the_record_has_a_lasting_id_and_reasons() -> None:
    for table in RECORD_TABLES:
        row = table()
        assert re.fullmatch(
            r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", row.id
        )
        assert row.missing == {}
        assert row.missing is not table().missing


def test_ids_never_meet_and_sort_by_the_time_of_their_making() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert [name[:13] for name in ids] == sorted(name[:13] for name in ids)


def test_no_label_is_repeated_elsewhere() -> None:
    labels = {field.label for _, field in FIELDS}
    labels |= {
        term.label
        for _, field in FIELDS
        if isinstance(field, TermField | TermsField)
        for term in field.vocabulary
    }
    long_ones = {label for label in labels if len(label) >= LONG_LABEL}
    repeated = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path, line, text in _texts_outside_the_schema()
        if text in long_ones
    ]
    assert repeated == []


def _texts_outside_the_schema() -> Iterator[tuple[Path, int, str]]:
    homes = {ROOT / "models" / "schema", ROOT / "models" / "vocabulary"}
    for room in ("models", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if homes & set(path.parents):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield path, node.lineno, node.value.strip().rstrip(":.")
