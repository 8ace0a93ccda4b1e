# SPDX-License-Identifier: MIT
"""What columns are taken for, and the mapping as plain data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.exchange.flat_columns import flat_columns
from models.exchange.manifest import MARK
from models.importing.columns import propose
from models.importing.mapping import (
    ColumnUse,
    Mapping,
    UnreadableMapping,
    mapping_from_json,
    read_mapping,
)
from models.importing.reading import CsvTable
from models.importing.scores import pain_column, time_without_point
from models.importing.targets import DERIVED, flat_targets, targets
from tests.models.importing.conftest import WriteFile


def proposed(file: WriteFile, content: str) -> dict[str, str]:
    return {use.column: use.target for use in propose(CsvTable(file(content))).columns}


def test_every_column_of_the_flat_form_stands_for_something() -> None:
    known = flat_targets()
    assert list(known) == [*(column.name for column in flat_columns()), MARK]
    assert set(known.values()) <= targets().keys()
    assert {name for name, target in known.items() if target == DERIVED} == {
        *("pain_score_count", "pain_other_scale", "assessment_chosen"),
        *("level_count", "complete", "version", "signed_at", "signed_by", MARK),
    }


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Patient code", "patient.patient_code"),
        ("PATIENT ID", "patient.patient_code"),
        ("Patientennr.", "patient.patient_code"),
        ("performed_on", "procedure.performed_on"),
        ("Date of surgery", "procedure.performed_on"),
        ("Gender", "patient.sex"),
        ("Age (years)", "procedure.age_at_procedure"),
        ("cement volume [mL]", "treated_level.cement_ml"),
        ("cement_ml", "treated_level.cement_ml"),
        ("Leak location", "leak.location"),
        ("Surgeon", "procedure.operator"),
        ("Case no", "case"),
        ("Fluoroscopy time", "procedure.fluoro_time_s"),
        ("Anaesthesia", "procedure.anesthesia"),
        ("Höhe", "treated_level.level"),
        ("Wirbelkörper", "treated_level.level"),
        ("Geb.-Datum", "patient.birth_date"),
        ("Zementleckage", "treated_level.leakage"),
        ("Fallnr", "case"),
        ("shoe size", ""),
    ],
)
def test_a_column_is_known_by_name_label_or_synonym(
    file: WriteFile, heading: str, target: str
) -> None:
    assert proposed(file, f"{heading};x\n;\n")[heading] == target


@pytest.mark.parametrize(
    ("heading", "target", "scale"),
    [
        ("VAS pre", "pain.baseline", "vas_0_10"),
        ("VAS 3 mo", "pain.3m", "vas_0_10"),
        ("pain_1m", "pain.1m", ""),
        ("pain_1m_low", "pain.1m.low", ""),
        ("NRS 1 week", "pain.1w", "nrs_0_10"),
        ("NRS 24h", "pain.24h", "nrs_0_10"),
        ("VAS mm 12 months", "pain.12m", "vas_0_100"),
        ("VAS 2y", "pain.24m", "vas_0_10"),
        ("pain_pre_text", "pain.baseline.words", ""),
        ("pain_post_high", "pain.undated.high", ""),
        ("VAS 6 mo date", "pain.6m.on", ""),
        ("pain duration", "", ""),
        ("VAS 5 mo", "", ""),
        ("VAS 11 months", "", ""),
        ("VAS 6 Wochen", "", ""),
        ("VAS prä", "pain.baseline", "vas_0_10"),
        ("VAS prä-OP", "pain.baseline", "vas_0_10"),
        ("NRS nach 3 Monaten", "pain.3m", "nrs_0_10"),
        ("VAS 24 Std.", "pain.24h", "vas_0_10"),
        ("VAS 1 Woche", "pain.1w", "vas_0_10"),
        ("VAS 12 weeks", "pain.3m", "vas_0_10"),
        ("VAS 1 Jahr", "pain.12m", "vas_0_10"),
        ("VAS 6 meses", "pain.6m", "vas_0_10"),
        ("VAS vorher", "pain.baseline", "vas_0_10"),
        ("VAS 1 mese", "pain.1m", "vas_0_10"),
        ("VAS 1 jour", "pain.24h", "vas_0_10"),
        ("vasculopathy", "", ""),
        ("EVA J-1", "pain.baseline", "vas_0_10"),
        ("EVA J1", "pain.24h", "vas_0_10"),
        ("EVA M6", "pain.6m", "vas_0_10"),
        ("VAS Day -1", "pain.baseline", "vas_0_10"),
        ("VAS Day-1", "", ""),
        ("VAS D-30", "", ""),
        ("VAS M1", "", ""),
        ("VAS M3", "pain.3m", "vas_0_10"),
        ("Pre-op VAS", "pain.baseline", "vas_0_10"),
        ("3 month NRS", "pain.3m", "nrs_0_10"),
        ("Schmerz (NRS) präop", "pain.baseline", "nrs_0_10"),
        ("VAS 6/52", "", ""),
        ("VAS術前", "", ""),
    ],
)
def test_wide_pain_columns_name_their_time_point(heading: str, target: str, scale: str) -> None:
    assert pain_column(heading) == (target, scale)


@pytest.mark.parametrize(
    ("heading", "told"),
    [("VAS 6 Wochen", "6 wochen"), ("NRS nach 5 Monaten", "nach 5 monaten")]
    + [("VAS 6/52", "6 52"), ("NRS Entlassung", "entlassung"), ("VAS back pre", "back pre")]
    + [(heading, "") for heading in ("VAS 3 mo", "VAS pre", "pain duration", "Alter 6 Wochen")],
)
def test_a_score_at_no_time_point_of_a_case_is_told_as_one(heading: str, told: str) -> None:
    assert time_without_point(heading) == told


def test_a_score_above_ten_makes_it_the_scale_in_millimeters(file: WriteFile) -> None:
    uses = propose(CsvTable(file("id,VAS pre,VAS 3 mo\nA,80,9\nB,75,5\n"))).columns
    assert [use.scale for use in uses] == ["", "vas_0_100", "vas_0_100"]


def test_scores_of_two_scales_are_told_apart_in_large_tables_too(file: WriteFile) -> None:
    of_ten = [f"T{n},{n},1" for n in range(3, 10)]
    in_mm = [f"M{n},{n},20" for n in range(40, 95)]
    uses = propose(CsvTable(file("\n".join(["id,VAS pre,VAS 3 mo", *of_ten, *in_mm])))).columns
    assert [use.scale for use in uses] == ["", "", ""]


@pytest.mark.parametrize(
    ("lines", "scale"),
    [
        (("VAS pre", "10", "9"), "vas_0_10"),
        (("VAS 3 mo", "30", "5", "4", "3"), "vas_0_100"),
        (("VAS 3 mo", "30", "5", "4", "3", "2"), "vas_0_10"),
        (("VAS pre", *map(str, range(20, 91, 10)), "3", "7"), "vas_0_100"),
        (("VAS pre", *map(str, range(20, 91, 10)), "3", "5", "7"), ""),
    ],
)
def test_the_scale_follows_from_how_many_scores_lie_where(
    file: WriteFile, lines: tuple[str, ...], scale: str
) -> None:
    text = "\n".join(f"{number},{cell}" for number, cell in enumerate(lines))
    (use,) = [use for use in propose(CsvTable(file(text))).columns if "VAS" in use.column]
    assert use.scale == scale


def test_a_score_or_two_above_ten_are_errors_of_typing(file: WriteFile) -> None:
    uses = propose(CsvTable(file("id,VAS pre\nA,8\nB,75\nC,7\nD,5\nE,4\n"))).columns
    assert uses[1].scale == "vas_0_10"


def test_a_column_that_holds_no_term_of_its_name_may_hold_those_of_another_field(
    file: WriteFile,
) -> None:
    assert proposed(file, "Zugang\nbds\nli\nre\n") == {"Zugang": "treated_level.side"}
    assert proposed(file, "Zugang\nbds\ntranspedicular\n") == {"Zugang": "treated_level.approach"}
    both = proposed(file, "side,access\nleft,left\nright,left\n")
    assert both == {"side": "treated_level.side", "access": "treated_level.approach"}


def test_a_column_without_a_known_name_is_known_by_what_it_holds(file: WriteFile) -> None:
    table = CsvTable(file("a,b,c,d\nD12,BKP,f,x\nL1,VP,m,y\nTh 8,kypho,f,z\n"))
    uses = {use.column: (use.target, use.how) for use in propose(table).columns}
    assert uses == {
        "a": ("treated_level.level", "content"),
        "b": ("treated_level.technique", "content"),
        "c": ("patient.sex", "content"),
        "d": ("", ""),
    }


def test_no_two_columns_stand_for_the_same(file: WriteFile) -> None:
    found = proposed(file, "sex,gender\nf,f\n")
    assert found == {"sex": "patient.sex", "gender": ""}


def test_case_ids_of_another_program_only_tell_rows_apart(file: WriteFile) -> None:
    assert proposed(file, "case_id,level\n17,T12\n")["case_id"] == "case"


def test_a_mapping_is_saved_and_read_again(file: WriteFile, tmp_path: Path) -> None:
    mapping = propose(CsvTable(file("id;VAS pre;shoe size\nA;8;40\n")), delimiter=";")
    changed = mapping.having("shoe size", target="procedure.weight_kg", decimal="comma")
    kept = Mapping(
        changed.columns, {"patient.sex": {"Frau": "female"}}, {}, delimiter=changed.delimiter
    )
    target = tmp_path / "ours.json"
    target.write_text(kept.as_json())
    assert read_mapping(target) == kept
    assert json.loads(kept.as_json())["columns"][2] == {
        "column": "shoe size",
        "target": "procedure.weight_kg",
        "decimal": "comma",
    }


def test_a_saved_mapping_fits_a_file_with_other_columns_beside() -> None:
    mapping = Mapping((ColumnUse("A", "patient.patient_code"), ColumnUse("B")))
    fitted = mapping.fitting(("x", "a"))
    assert fitted.columns == (ColumnUse("x"), ColumnUse("a", "patient.patient_code"))
    with pytest.raises(UnreadableMapping, match="does not have: A"):
        mapping.fitting(("x", "B"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "no mapping of this program"),
        ('{"kypholog_mapping": 1}', "no list of columns"),
        ('{"kypholog_mapping": 1, "columns": [], "more": 1}', "more is not known"),
        ('{"kypholog_mapping": 1, "columns": ["a"]}', "column 1: it is no object"),
        ('{"kypholog_mapping": 1, "columns": [{"target": "case"}]}', "names no column"),
        (
            '{"kypholog_mapping": 1, "columns": [{"column": "a", "target": "patient.shoe"}]}',
            "patient.shoe is nothing that a column can stand for",
        ),
        (
            '{"kypholog_mapping": 1, "columns": [{"column": "a", "target": "patient.sex"}, '
            '{"column": "b", "target": "patient.sex"}]}',
            "The columns a and b both stand for Sex",
        ),
        (
            '{"kypholog_mapping": 1, "columns": [{"column": "a", "dates": "dmy"}]}',
            "dmy is none of day_first, month_first",
        ),
        (
            '{"kypholog_mapping": 1, "columns": [], "constants": {"case": "1"}}',
            "cannot be the same in every row",
        ),
    ],
)
def test_a_bad_mapping_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(UnreadableMapping, match=told):
        mapping_from_json(text)
