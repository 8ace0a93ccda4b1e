# SPDX-License-Identifier: MIT
"""The two cases of Jones, Bruel and Vattam 2009, from a table as an author would keep it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from models.case import Case, load_case
from models.importing.columns import propose
from models.importing.judging import Verdict
from models.importing.mapping import Mapping, read_mapping
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow
from models.vocabulary import (
    Anesthesia,
    Approach,
    Diagnosis,
    DiagnosisBasis,
    DurationUnit,
    Leakage,
    Level,
    PainScale,
    Sex,
    Side,
    Technique,
    TimePoint,
    YesNo,
)

FACTS = [
    {
        "case_id": "I",
        "age": "38",
        "sex": "M",
        "level": "L5",
        "diagnosis": "hemangioma",
        "diagnosis_basis": "biopsy",
        "lesion_size_mm": "7",
        "marrow_edema": "attributed to the biopsy",
        "neurologic_deficit": "none",
        "pain_duration": "3 years",
        "pain_scale": "VAS 0-10",
        "pain_pre_text": "not stated as a number",
        "pain_post_low": "0",
        "pain_post_high": "1",
        "pain_post_text": "0-1/10 at follow-up",
        "procedure": "balloon kyphoplasty",
        "anaesthesia": "sedation + local",
        "guidance": "live fluoroscopy",
        "cement_ml": "4",
        "leak_anterior": "no",
        "leak_posterior": "no",
        "complications": "none reported",
    },
    {
        "case_id": "II",
        "age": "75",
        "sex": "F",
        "level": "T12",
        "diagnosis": "hemangioma + superior-endplate compression fracture",
        "diagnosis_basis": "MRI",
        "marrow_edema": "no",
        "neurologic_deficit": "none",
        "pain_duration": "1 month",
        "pain_scale": "VAS 0-10",
        "pain_pre_low": "10",
        "pain_pre_high": "10",
        "pain_pre_text": "10/10",
        "pain_post_text": '"totally resolved" (no number)',
        "procedure": "balloon kyphoplasty",
        "approach": "right transpedicular",
        "anaesthesia": "general",
        "guidance": "fluoroscopy",
        "cement_ml": "6",
        "leak_anterior": "no",
        "leak_posterior": "no",
        "height_change_mm_low": "3",
        "height_change_mm_high": "5",
        "complications": "none reported",
    },
]
TERMS = {
    "treated_level.diagnosis": {
        "hemangioma + superior-endplate compression fracture": "hemangioma|fracture_unspecified"
    },
    "treated_level.approach": {"right transpedicular": "transpedicular"},
    "treated_level.side": {"right transpedicular": "right"},
    "treated_level.marrow_edema": {"attributed to the biopsy": "yes"},
    "procedure.anesthesia": {"sedation + local": "local_sedation"},
    "procedure.guidance": {"live fluoroscopy": "fluoroscopy"},
    "procedure.any_complication": {"none reported": "no"},
}


@pytest.fixture
def table(tmp_path: Path) -> CsvTable:
    names = list(dict.fromkeys(name for case in reversed(FACTS) for name in case))
    target = tmp_path / "jones.csv"
    with target.open("w", newline="") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(FACTS)
    return CsvTable(target)


def mapped(table: CsvTable, tmp_path: Path) -> Mapping:
    """As a person completes what is proposed, saves it and opens it again."""
    chosen = propose(table).having("case_id", target="patient.patient_code")
    chosen = chosen.having("leak_anterior", target="treated_level.leakage")
    kept = tmp_path / "jones.json"
    kept.write_text(replace(chosen, terms=TERMS).as_json())
    return read_mapping(kept).fitting(table.columns)


def both(logbook: Logbook) -> dict[str, Case]:
    query = CaseRow.select(CaseRow.patient_code, CaseRow.case_id).tuples()
    return {code: load_case(logbook, case_id) for code, case_id in query.execute(logbook.database)}


def test_both_cases_are_taken_without_loss(
    logbook: Logbook, table: CsvTable, tmp_path: Path
) -> None:
    shown = preview(logbook, table, mapped(table, tmp_path))
    assert [str(problem) for line in shown.lines for problem in line.problems] == []
    assert (shown.counts[Verdict.NEW], shown.unmatched) == (2, [])
    assert shown.mapping.unused == ["leak_posterior"]
    write(logbook, shown)
    cases = both(logbook)
    first, second = cases["I"], cases["II"]

    level = first.levels[0]
    assert (first.patient.sex, first.procedure.age_at_procedure) == (Sex.MALE, 38)
    assert (level.level, level.diagnosis, level.lesion_size_mm) == (
        Level.L5,
        (Diagnosis.HEMANGIOMA,),
        7,
    )
    assert level.diagnosis_basis == (DiagnosisBasis.BIOPSY,)
    assert (first.procedure.pain_duration, first.procedure.pain_duration_unit) == (
        3,
        DurationUnit.YEARS,
    )
    assert first.procedure.anesthesia is Anesthesia.LOCAL_SEDATION
    assert (level.technique, level.approach, level.cement_ml, level.leakage) == (
        Technique.BALLOON_KYPHOPLASTY,
        None,
        4,
        Leakage.NONE,
    )
    scores = {row.time_point: row for row in first.assessments}
    assert scores[TimePoint.BASELINE].pain_low is None
    assert scores[TimePoint.BASELINE].pain_words == "not stated as a number"
    after = scores[TimePoint.UNDATED]
    assert (after.pain_low, after.pain_high, after.pain_scale) == (0, 1, PainScale.VAS_10)

    level = second.levels[0]
    assert level.diagnosis == (Diagnosis.HEMANGIOMA, Diagnosis.FRACTURE_UNSPECIFIED)
    assert (level.approach, level.marrow_edema) == (Approach.TRANSPEDICULAR, YesNo.NO)
    assert (level.height_gain_low_mm, level.height_gain_high_mm) == (3, 5)
    assert second.procedure.any_complication is YesNo.NO
    scores = {row.time_point: row for row in second.assessments}
    assert scores[TimePoint.BASELINE].pain_low == 10
    # Words never become a number.
    assert scores[TimePoint.UNDATED].pain_low is None
    assert scores[TimePoint.UNDATED].pain_words == '"totally resolved" (no number)'


def test_taken_again_they_are_the_same(logbook: Logbook, table: CsvTable, tmp_path: Path) -> None:
    mapping = mapped(table, tmp_path)
    write(logbook, preview(logbook, table, mapping))
    again = preview(logbook, table, mapping)
    assert again.counts[Verdict.SAME] == 2


def test_one_column_can_only_stand_for_one_thing(table: CsvTable) -> None:
    # "right transpedicular" says the way and the side; the side has to be a column of its own.
    assert propose(table).used["treated_level.approach"].column == "approach"
    assert "treated_level.side" not in propose(table).used
    assert Side.meant_by("right transpedicular") is None
