# SPDX-License-Identifier: MIT
"""The flat export: which rows there are, and that values stand in them as they were entered."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from models.case import Case, bin_case, restore_case, save_case
from models.exchange.flat_columns import ASSESSMENTS, CASE_LISTS, LEVEL_LISTS, flat_columns
from models.exchange.orders import Exported, Order, export
from models.fields import Words
from models.logbook import Logbook
from models.query import parse
from models.schema import Patient, Procedure, Record
from models.vocabulary import Diagnosis, Leakage, Level, MissingReason
from tests.builders import a_case, add_score
from tests.fresh import beside
from tests.models.any_case import cases
from tests.models.exchange.reading import exported, read

VECTORS = [
    "plain",
    "M\u00fcller",
    "\U0001f9b4 \u05e9\u05dc\u05d5\u05dd",
    "comma, and more",
    'he said "no"',
    '"',
    "two\nlines",
    "two\r\nlines",
    "\rreturn",
    " blanks around ",
    "semi;colon\ttab|bar",
    "=1+2",
    '=1+2";=1+2',
    "+49 151 000",
    "-12.5 deg",
    "@note",
    "#hash",
    "'quote",
    "0012",
    "1-2",
    "NULL",
]


def test_each_level_has_a_row_that_repeats_case_and_patient(logbook: Logbook) -> None:
    first = a_case("P-1", Level.T12, Level.L1, on="2026-03-04")
    second = a_case("P-2", Level.L5, on="2026-03-05")
    rows = exported(logbook, first, second)
    assert [(row["patient_code"], row["level"]) for row in rows] == [
        ("P-1", "T12"),
        ("P-1", "L1"),
        ("P-2", "L5"),
    ]
    assert {row["level_count"] for row in rows[:2]} == {"2"}
    assert rows[0]["pain_baseline"] == rows[1]["pain_baseline"] == "8"


def test_trap_9_levels_are_in_anatomical_order(logbook: Logbook) -> None:
    entered = [Level.L1, Level.T10, Level.S1, Level.T9, Level.C2, Level.T13, Level.L6]
    case = a_case("P-1", *entered)
    for level in case.levels:
        level.approach = None
    rows = exported(logbook, case)
    assert [row["level"] for row in rows] == ["C2", "T9", "T10", "T13", "L1", "L6", "S1"]


def test_a_case_without_a_level_has_one_row_with_an_empty_level(logbook: Logbook) -> None:
    case = a_case()
    case.remove_level(case.levels[0])
    (row,) = exported(logbook, case)
    assert (row["level"], row["leak_count"], row["level_count"]) == ("", "", "0")
    assert row["pain_baseline"] == "8"


def test_a_draft_without_anything_is_a_row_too(logbook: Logbook) -> None:
    case = Case.new()
    (row,) = exported(logbook, case)
    entered = {name: value for name, value in row.items() if value not in ("", "0")}
    assert entered == {"case_id": case.id, "patient_id": case.patient.id, "version": "1"}


def test_an_empty_logbook_is_a_heading(logbook: Logbook, tmp_path: Path) -> None:
    done = export(logbook, tmp_path / "out.csv", Order())
    assert done == Exported(0, 0, tmp_path / "out.csv")
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1


def test_rows_are_in_the_order_of_the_date_and_then_of_the_case(logbook: Logbook) -> None:
    days = ["2026-03-04", None, "2025", "2026-03-04", "2025-12", "2024-01-01", None]
    entered = [a_case(f"P-{n}", on=day, after=None) for n, day in enumerate(days)]
    rows = exported(logbook, *reversed(entered))
    keys = [(row["performed_on"], row["case_id"]) for row in rows]
    assert keys == sorted(keys)
    assert [key[0] for key in keys][:3] == ["", "", "2024-01-01"]
    again = [(row["performed_on"], row["case_id"]) for row in exported(logbook)]
    assert again == keys


def test_the_order_is_the_same_for_chosen_cases_and_each_comes_once(
    logbook: Logbook, tmp_path: Path
) -> None:
    entered = [a_case(f"P-{n}", on=f"202{n}-01-01", after=None) for n in range(4)]
    exported(logbook, *entered)
    wanted = [entered[n].id for n in (3, 0, 2, 3)]
    done = export(logbook, tmp_path / "some.csv", Order(case_ids=wanted))
    assert [row["patient_code"] for row in read(done.target)] == ["P-0", "P-2", "P-3"]
    assert (done.rows, done.cases) == (3, 3)


def test_no_case_chosen_is_no_case_exported(logbook: Logbook, tmp_path: Path) -> None:
    save_case(logbook, a_case())
    assert export(logbook, tmp_path / "out.csv", Order(case_ids=[])).cases == 0


def test_the_cases_of_a_filter_are_exported_in_the_same_order(
    logbook: Logbook, tmp_path: Path
) -> None:
    levels = (Level.T12, Level.L1, Level.T12, Level.T12)
    entered = [a_case(f"P-{n}", level, on=f"202{4 - n}-01-01") for n, level in enumerate(levels)]
    exported(logbook, *entered)
    asked = parse("level:T12")
    done = export(logbook, tmp_path / "met.csv", Order(asked=asked))
    assert [row["patient_code"] for row in read(done.target)] == ["P-3", "P-2", "P-0"]
    both = [entered[n].id for n in (0, 1)]
    done = export(logbook, tmp_path / "both.csv", Order(asked=asked, case_ids=both))
    assert [row["patient_code"] for row in read(done.target)] == ["P-0"]
    assert export(logbook, tmp_path / "none.csv", Order(asked=parse("level:C1"))).cases == 0


def test_trap_21_what_is_in_the_bin_is_not_exported(logbook: Logbook, tmp_path: Path) -> None:
    kept, gone = a_case("P-1"), a_case("P-2")
    exported(logbook, kept, gone)
    bin_case(logbook, gone.id, "Entered twice.")
    assert [row["patient_code"] for row in exported(logbook)] == ["P-1"]
    chosen = export(logbook, tmp_path / "some.csv", Order(case_ids=[kept.id, gone.id]))
    assert [row["patient_code"] for row in read(chosen.target)] == ["P-1"]
    restore_case(logbook, gone.id)
    assert len(exported(logbook)) == 2


def test_more_cases_than_are_read_at_once_are_all_there(logbook: Logbook) -> None:
    entered = [a_case(f"P-{n:03}", Level.T12, Level.L1, after=None) for n in range(260)]
    rows = exported(logbook, *entered)
    assert len(rows) == 520
    assert [row["case_id"] for row in rows[::2]] == sorted(case.id for case in entered)


def test_codes_stand_in_the_file_and_never_labels(logbook: Logbook) -> None:
    case = a_case(leakage=Leakage.NOT_ASSESSED)
    case.levels[0].diagnosis = (Diagnosis.FRACTURE_UNSPECIFIED, Diagnosis.HEMANGIOMA)
    (row,) = exported(logbook, case)
    assert row["technique"] == "balloon_kyphoplasty"
    assert row["leakage"] == "not_assessed"
    assert row["diagnosis"] == "hemangioma|fracture_unspecified"


@pytest.mark.parametrize(
    ("amount", "written"), [(6, "6"), (6.0, "6"), (4.5, "4.5"), (0.1, "0.1"), (None, "")]
)
def test_numbers_stand_as_they_were_entered(
    logbook: Logbook, amount: float | None, written: str
) -> None:
    (row,) = exported(logbook, a_case(cement_ml=amount))
    assert row["cement_ml"] == written


@pytest.mark.parametrize("text", VECTORS)
def test_text_comes_back_as_it_was_entered(logbook: Logbook, text: str) -> None:
    (row,) = exported(logbook, a_case(operator=text))
    assert row["operator"] == text


def test_the_file_follows_rfc_4180(logbook: Logbook) -> None:
    exported(logbook, *(a_case(f"P-{n}", operator=text) for n, text in enumerate(VECTORS)))
    content = (beside(logbook) / "out.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.startswith(b"case_id,patient_code,")
    assert content.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(flat_columns())}
    assert b'"he said ""no"""' in content
    assert b'"comma, and more"' in content


@settings(max_examples=40)
@given(case=cases())
def test_every_exported_field_comes_back_as_it_is_stored(shared: Logbook, case: Case) -> None:
    Procedure.delete().execute(shared.database)
    Patient.delete().execute(shared.database)
    shared.database.execute_sql("DELETE FROM case_row")
    rows = exported(shared, case)
    by_level = {str(level.id): level for level in case.levels}
    assert sorted(row["level_id"] for row in rows) == sorted(by_level or [""])
    for row in rows:
        held: list[Record] = [case.patient, case.procedure]
        held += [by_level[row["level_id"]]] if by_level else []
        for record in held:
            for field in record.clinical_fields():
                if "height_gain" not in field.name:
                    stored = field.db_value(getattr(record, field.name))
                    assert row[field.name] == ("" if stored is None else str(stored))


@settings(max_examples=40)
@given(case=cases())
def test_every_list_holds_its_rows_as_they_are_stored(shared: Logbook, case: Case) -> None:
    Procedure.delete().execute(shared.database)
    Patient.delete().execute(shared.database)
    shared.database.execute_sql("DELETE FROM case_row")
    for cells in exported(shared, case):
        for lists in (*LEVEL_LISTS, *CASE_LISTS):
            parent = cells["level_id" if lists.parent == "treated_level" else "case_id"]
            rows = [
                row
                for row in case.case_rows()
                if type(row) is lists.table and row.__data__[lists.parent] == parent
            ]
            if lists is ASSESSMENTS:
                rows.sort(key=lambda row: str(row.__data__.get("assessed_on") or ""))
            for name, field in lists.fields.items():
                held = [field.db_value(getattr(row, field.name)) for row in rows]
                if not any(value is not None for value in held):
                    assert cells[name] == ""
                elif isinstance(field, Words):
                    assert json.loads(cells[name]) == held
                else:
                    texts = ["" if value is None else str(value) for value in held]
                    assert cells[name].split("|") == texts
            missing = [row.missing or None for row in rows]
            told = json.loads(cells[f"{lists.prefix}_missing"] or "null")
            assert (told or [None] * len(rows)) == missing


def test_words_in_a_list_keep_whatever_character_they_hold(logbook: Logbook) -> None:
    case = a_case()
    case.add_adverse_event(detail='Drain, "small" | removed')
    case.add_adverse_event(treatment="Rest").explained = {"sir_2017": "Agreed | signed"}
    (row,) = exported(logbook, case)
    assert json.loads(row["adverse_event_detail"]) == ['Drain, "small" | removed', None]
    assert json.loads(row["adverse_event_explained"]) == [None, {"sir_2017": "Agreed | signed"}]


def test_the_list_of_assessments_tells_which_scores_stand_for_their_time_point(
    logbook: Logbook,
) -> None:
    case = a_case(before=8, after=3, after_on="2026-04-01")
    add_score(case, 2, "2026-04-04")
    case.assessments[-1].odi_pct = 22.5
    (row,) = exported(logbook, case)
    assert row["assessment_pain_low"] == "8|3|2"
    assert row["assessment_chosen"] == "1|0|1"
    assert row["assessment_odi_pct"] == "||22.5"


def test_why_something_is_missing_stands_in_a_column_of_its_own(logbook: Logbook) -> None:
    case = a_case()
    case.levels[0].missing = {
        "marrow_edema": MissingReason.UNKNOWN,
        "enneking": MissingReason.NOT_DONE,
    }
    (row,) = exported(logbook, case)
    assert row["level_missing"] == "enneking:not_done|marrow_edema:unknown"
    assert row["patient_missing"] == row["procedure_missing"] == ""


def test_why_something_unusual_stands_is_exported(logbook: Logbook) -> None:
    case = a_case(cement_ml=18)
    case.levels[0].explained = {"cement_ml": 'Large lesion, "as planned" | agreed'}
    case.patient.explained = {"birth_date": "Ada Example said so", "consented_on": "By phone"}
    save_case(logbook, case)
    (row,) = exported(logbook, case)
    assert json.loads(row["level_explained"]) == case.levels[0].explained
    assert json.loads(row["patient_explained"]) == case.patient.explained
    assert row["procedure_explained"] == ""


def test_trap_12_an_unanswered_question_is_an_empty_cell(logbook: Logbook) -> None:
    answers: list[Leakage | None] = [None, *Leakage]
    entered = [
        a_case(f"P-{n}", on=f"202{n}-01-01", after=None, leakage=answer)
        for n, answer in enumerate(answers)
    ]
    rows = exported(logbook, *entered)
    assert [row["leakage"] for row in rows] == ["", "none", "present", "not_assessed"]


def test_trap_17_three_levels_of_a_patient_are_one_patient_and_one_case(logbook: Logbook) -> None:
    rows = exported(logbook, a_case("P-1", Level.T12, Level.L1, Level.L2))
    assert len(rows) == 3
    for name in ("case_id", "patient_id", "patient_code", "pain_baseline", "level_count"):
        assert len({row[name] for row in rows}) == 1
    assert len({row["level_id"] for row in rows}) == 3
