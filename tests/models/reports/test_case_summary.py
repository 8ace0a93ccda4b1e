# SPDX-License-Identifier: MIT
"""The summary of one case: what stands on it, and whose name never does unasked."""

from __future__ import annotations

import pytest

from models.case import Case, save_case
from models.errors import LogbookError
from models.example import add_example
from models.images import store
from models.images.reading import read
from models.logbook import Logbook
from models.reports.case_summary import case_summary, find_case
from models.reports.content import Beside, CurveFigure, Figure, Gallery, SpineFigure
from models.schema import PatientIdentity
from models.vocabulary import (
    EventKind,
    EventOutcome,
    EventPhase,
    ImagePhase,
    Level,
    PainScale,
    Sir,
    YesNo,
)
from tests.builders import a_case, add_score, store_names
from tests.models.reports.reading_aloud import AROUND, all_of, tables
from tests.radiographs import as_dicom, lateral


def named(case: Case) -> Case:
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="Erika Musterfrau", record_number="4711-08"
    )
    return case


def test_the_second_published_case_is_told_as_it_was(logbook: Logbook) -> None:
    case_id = add_example(logbook)[1]
    report = case_summary(logbook, case_id, AROUND)
    levels, assessments = tables(report.blocks)
    assert report.subtitle[0] == "Jones2009-II · T12 · 75 years, female"
    assert levels.rows == (
        (
            "T12",
            "Vertebral hemangioma, compression fracture, cause not stated (MRI)",
            "Balloon kyphoplasty",
            "right transpedicular",
            "6",
            "none (way of looking not recorded)",
            "3–5 (reported)",
        ),
    )
    assert [row[2] for row in assessments.rows] == ["10 (VAS 0–10)", "“totally resolved”"]
    assert "Adverse events\nNone." in all_of(report)


def test_spine_curve_and_images_are_asked_for(logbook: Logbook) -> None:
    case = a_case()
    for number in range(8):
        name = store.put(logbook, read(f"{number}.dcm", as_dicom(lateral(160, 200, seed=number))))
        case.add_image(name, phase=ImagePhase.BEFORE, level=Level.T12)
    save_case(logbook, case)
    report = case_summary(logbook, case.id, AROUND)
    (beside,) = [block for block in report.blocks if isinstance(block, Beside)]
    (spine,) = beside.right
    assert isinstance(spine, Figure)
    assert isinstance(spine.subject, SpineFigure)
    (curve,) = [block for block in report.blocks if isinstance(block, Figure)]
    assert isinstance(curve.subject, CurveFigure)
    (gallery,) = [block for block in report.blocks if isinstance(block, Gallery)]
    assert [figure.caption for figure in gallery.figures] == ["Before, T12"] * 6
    assert "The first 6 of 8 images." in all_of(report)
    assert report.on_one_page


def test_a_name_is_on_it_only_where_it_is_asked_for(logbook: Logbook) -> None:
    store_names(logbook)
    case = named(a_case())
    save_case(logbook, case)
    plain = case_summary(logbook, case.id, AROUND)
    assert "Erika" not in all_of(plain)
    assert not plain.names_person
    asked = case_summary(logbook, case.id, AROUND, with_name=True)
    assert "Erika Musterfrau" in all_of(asked)
    assert "4711-08" in all_of(asked)
    assert "with a name" in asked.footer
    assert asked.names_person
    assert "Erika" not in asked.file_stem


def test_where_no_names_are_stored_none_can_be_asked_for(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    with pytest.raises(LogbookError, match="not stored"):
        case_summary(logbook, case.id, AROUND, with_name=True)


def test_notes_and_birth_dates_stay_out(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.notes = "Rings her daughter"
    case.procedure.cement_lot = "LOT-77"
    case.assessments[0].note = "Cried"
    save_case(logbook, case)
    said = all_of(case_summary(logbook, case.id, AROUND))
    assert not {"daughter", "LOT-77", "Cried"} & set(said.replace(",", " ").split())


def test_an_adverse_event_is_told_with_grade_and_outcome(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.any_complication = YesNo.YES
    case.add_adverse_event(
        kind=EventKind.RADICULAR_PAIN,
        phase=EventPhase.WITHIN_24H,
        sir_2017=Sir.MODERATE,
        treatment="Nerve root block",
        outcome=EventOutcome.RESOLVED,
    )
    save_case(logbook, case)
    said = all_of(case_summary(logbook, case.id, AROUND))
    assert (
        "Radicular or nerve root pain, within 24 hours, SIR 2017 2 moderate, "
        "treatment: Nerve root block, outcome: resolved." in said
    )


def test_scores_keep_their_scales_and_words(logbook: Logbook) -> None:
    case = a_case(before=8, after="much better", after_on=None)
    add_score(case, (20, 25), "2026-05-04", scale=PainScale.VAS_100)
    save_case(logbook, case)
    _levels, assessments = tables(case_summary(logbook, case.id, AROUND).blocks)
    assert [row[2] for row in assessments.rows] == [
        "8 (NRS 0–10)",
        "20–25 (VAS 0–100 mm)",
        "“much better”",
    ]


def test_a_case_without_anything_is_told_so(logbook: Logbook) -> None:
    case = Case.new()
    case.patient.patient_code = "P-1"
    save_case(logbook, case)
    said = all_of(case_summary(logbook, case.id, AROUND))
    assert "No treated level is recorded." in said
    assert "No assessment is recorded." in said
    assert "Whether there was any is not recorded." in said


def test_a_case_is_found_by_patient_or_by_its_id(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    assert find_case(logbook, "P-1") == first.id == find_case(logbook, first.id)
    second = a_case("")
    second.patient = first.patient
    second.procedure.patient = first.patient
    save_case(logbook, second)
    with pytest.raises(LogbookError, match="P-1 has 2 cases") as told:
        find_case(logbook, "P-1")
    assert first.id in told.value.cure
    with pytest.raises(LogbookError, match="no case of a patient P-2"):
        find_case(logbook, "P-2")
