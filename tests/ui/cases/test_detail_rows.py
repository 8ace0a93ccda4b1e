# SPDX-License-Identifier: MIT
"""What the detail pane says of a case: all of it honest, nothing made up."""

from __future__ import annotations

import pytest

from models import derived
from models.case import Case
from models.example import example_cases
from models.partial_date import PartialDate
from models.vocabulary import (
    Anesthesia,
    Approach,
    AssessmentMissing,
    CementType,
    Diagnosis,
    DiagnosisBasis,
    Discharge,
    EventKind,
    EventPhase,
    ExtraVertebra,
    Guidance,
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    PainScale,
    PriorTreatmentKind,
    Sex,
    Side,
    TimePoint,
)
from tests.builders import a_case, add_score
from ui.cases.detail_level import Entry
from ui.cases.detail_rows import Detail, describe, open_fields_title


def entries(detail: Detail, level: int = 0) -> dict[str, Entry]:
    return {entry.label: entry for entry in detail.levels[level].entries}


def said(case: Case) -> Detail:
    derived.work_out(case)
    return describe(case)


def test_the_head_names_patient_levels_person_and_date() -> None:
    detail = said(a_case("P-1285", Level.L1, Level.T12, on="2026-11-13", after=None))
    assert detail.heading == "P-1285 · T12, L1"
    assert detail.subtitle == "75-year-old woman · 2026-11-13"


@pytest.mark.parametrize(
    ("age", "sex", "subtitle"),
    [
        (38, Sex.MALE, "38-year-old man · 2026-03-04"),
        (14, Sex.FEMALE, "14-year-old girl · 2026-03-04"),
        (50, Sex.UNKNOWN, "50-year-old patient, unknown · 2026-03-04"),
        (50, None, "50-year-old patient · 2026-03-04"),
        (None, Sex.FEMALE, "Woman, age not recorded · 2026-03-04"),
    ],
)
def test_a_person_is_called_what_is_known(age: int | None, sex: Sex | None, subtitle: str) -> None:
    case = a_case()
    case.procedure.age_at_procedure, case.patient.sex = age, sex
    assert said(case).subtitle == subtitle


def test_an_empty_case_is_said_to_be_empty() -> None:
    detail = said(Case.new())
    assert detail.heading == "No patient code"
    assert detail.subtitle == "Patient, age not recorded · no date"
    assert detail.procedure == "Not recorded"
    assert detail.levels == ()
    assert "No level yet" in detail.open_fields[0].fields


@pytest.mark.parametrize(
    ("anesthesia", "sentence"),
    [
        (Anesthesia.GENERAL, "Balloon kyphoplasty, general anesthesia, fluoroscopy, CT"),
        (
            Anesthesia.LOCAL_SEDATION,
            "Balloon kyphoplasty, local anesthesia with sedation, fluoroscopy, CT",
        ),
        (None, "Balloon kyphoplasty, fluoroscopy, CT"),
    ],
)
def test_the_procedure_in_a_sentence(anesthesia: Anesthesia | None, sentence: str) -> None:
    case = a_case()
    case.procedure.anesthesia = anesthesia
    case.procedure.guidance = (Guidance.FLUOROSCOPY, Guidance.CT)
    case.procedure.minutes, case.procedure.fluoro_time_s = 40, 281
    detail = said(case)
    assert detail.procedure == sentence
    assert detail.small_print == "Dr A. Operator · 40 min · fluoroscopy time 281 s"


def test_a_level_with_everything() -> None:
    case = a_case(leakage=Leakage.PRESENT)
    level = case.levels[0]
    level.cement_left_ml, level.cement_right_ml = 2.5, 3.5
    level.cement_type = CementType.PMMA_LOW
    level.leak_assessed_by = (LeakDetection.FLUOROSCOPY, LeakDetection.CT)
    level.anterior_before_mm, level.anterior_after_mm = 15.8, 17.5
    level.middle_before_mm, level.middle_after_mm = 15.0, 15.5
    level.kyphosis_before_deg, level.kyphosis_after_deg = 12, 8
    level.diagnosis = (Diagnosis.HEMANGIOMA, Diagnosis.FRACTURE_UNSPECIFIED)
    level.diagnosis_basis = (DiagnosisBasis.MRI,)
    level.balloon_count = 2
    case.add_leak(level, location=LeakLocation.EPIDURAL)
    detail = said(case)
    facts = entries(detail)
    assert facts["Approach"].value == "Right transpedicular"
    assert facts["Balloons"].value == "2"
    assert facts["Cement"] == Entry(
        "Cement", "6 mL", "2.5 mL left, 3.5 mL right, PMMA, low viscosity"
    )
    assert facts["Leakage"] == Entry(
        "Leakage", "Spinal canal", "Looked for by fluoroscopy, CT", "warning"
    )
    assert facts["Height"].value == "+1.7 mm"
    assert facts["Height"].note == "Anterior 15.8 → 17.5\nMiddle 15 → 15.5"
    assert facts["Kyphotic angle"].value == "12 → 8°"
    assert (
        facts["Diagnosis"].value == "Vertebral hemangioma, compression fracture, cause not stated"
    )
    assert facts["Diagnosis"].note == "Proof: MRI"
    mark = detail.marks[Level.T12]
    assert (mark.treated, mark.fracture, mark.leaks) == (True, True, (LeakLocation.EPIDURAL,))


def test_a_level_with_nothing_says_so_and_does_not_say_no() -> None:
    case = Case.new()
    case.add_level(diagnosis=())
    facts = entries(said(case))
    assert facts["Level"].value == "No level yet"
    assert facts["Leakage"] == Entry("Leakage", "Not answered", "", "open")
    for label in ("Approach", "Cement", "Height", "Diagnosis"):
        assert (facts[label].value, facts[label].state) == ("Not recorded", "open")


def test_no_leak_is_told_with_how_it_was_looked_for() -> None:
    case = a_case()
    assert entries(said(case))["Leakage"].note == "How it was looked for is not recorded"
    case.levels[0].leak_assessed_by = (LeakDetection.FLUOROSCOPY,)
    assert entries(said(case))["Leakage"].note == "Looked for by fluoroscopy"
    case.levels[0].leakage = Leakage.NOT_ASSESSED
    case.levels[0].leak_assessed_by = ()
    assert entries(said(case))["Leakage"] == Entry("Leakage", "Not assessed")


@pytest.mark.parametrize(
    ("side", "approach", "value", "note"),
    [
        (Side.LEFT, Approach.TRANSPEDICULAR, "Left transpedicular", ""),
        (None, Approach.NOT_STATED, "Not stated", ""),
        (Side.BILATERAL, Approach.NOT_STATED, "Bilateral", "The way of the needle is not stated"),
        (Side.BILATERAL, None, "Bilateral", "The way of the needle is not stated"),
        (None, Approach.TRANSPEDICULAR, "Transpedicular", ""),
    ],
)
def test_side_and_approach(
    side: Side | None, approach: Approach | None, value: str, note: str
) -> None:
    case = a_case()
    case.levels[0].side, case.levels[0].approach = side, approach
    assert entries(said(case))["Approach"] == Entry("Approach", value, note)


def test_the_second_published_case_as_the_paper_tells_it() -> None:
    detail = said(example_cases()[1])
    assert detail.heading == "Jones2009-II · T12"
    assert detail.subtitle == "75-year-old woman · no date"
    assert detail.procedure == "Balloon kyphoplasty, general anesthesia, fluoroscopy"
    facts = entries(detail)
    assert facts["Height"].value == "+3–5 mm"
    assert facts["Height"].note.startswith("“An approximate 3 to 5 mm reduction")
    (curve,) = detail.curves
    assert (curve.title, curve.maximum) == ("Pain, VAS 0–10", 10)
    before, after = curve.points
    assert (before.low, before.before, before.dated) == (10, True, True)
    assert (after.low, after.words, after.dated) == (None, "totally resolved", False)


def test_the_first_published_case_has_no_score_before_and_a_range_after() -> None:
    (curve,) = said(example_cases()[0]).curves
    before, after = curve.points
    assert (before.low, before.words, before.before) == (None, "", True)
    assert (after.low, after.high, after.dated) == (0, 1, False)


def test_each_scale_has_a_curve_of_its_own() -> None:
    case = a_case(before=8, after=2)
    add_score(case, 45, "2026-06-04", scale=PainScale.VAS_100)
    first, second = said(case).curves
    assert (first.title, first.maximum) == ("Pain, NRS 0–10", 10)
    assert [point.label for point in first.points] == ["pre", "1 mo"]
    assert (second.title, second.maximum) == ("Pain, VAS 0–100 mm", 100)
    assert [point.low for point in second.points] == [45]


def test_a_score_on_no_stated_scale_fits_its_curve() -> None:
    case = a_case(before=None, after=None)
    case.add_assessment(time_point=TimePoint.BASELINE, pain_low=64, pain_high=64)
    (curve,) = said(case).curves
    assert (curve.title, curve.maximum) == ("Pain, scale not stated", 64)


def test_a_missing_follow_up_keeps_its_place() -> None:
    case = a_case(after=None)
    case.add_assessment(
        time_point=TimePoint.M3,
        assessed_on=PartialDate("2026-06-04"),
        missing_reason=AssessmentMissing.DECLINED,
    )
    (curve,) = said(case).curves
    assert [(point.label, point.said) for point in curve.points] == [
        ("pre", "8"),
        ("3 mo", "no score"),
    ]


def test_texts_are_there_only_where_something_was_written() -> None:
    case = a_case()
    assert said(case).texts == ()
    case.add_adverse_event(kind=EventKind.BLEEDING, phase=EventPhase.WITHIN_24H)
    case.add_prior_treatment(kind=PriorTreatmentKind.RADIOTHERAPY, dose_gy=30, detail="no relief")
    case.procedure.notes = "Difficult access."
    parts = {part.title: part for part in said(case).texts}
    assert list(parts) == ["Adverse events", "Treated before", "Notes"]
    assert parts["Adverse events"].paragraphs == ("Bleeding or hematoma, within 24 hours",)
    assert parts["Treated before"].paragraphs == ("Radiotherapy, 30 Gy: no relief",)


def test_open_fields_name_their_level_only_where_there_are_several() -> None:
    (only,) = said(a_case()).open_fields
    assert (only.where, "Cement type" in only.fields) == ("", True)
    whole, upper, lower = said(a_case("P-1", Level.L1, Level.T12)).open_fields
    assert "Cement type" not in whole.fields
    assert (upper.where, lower.where) == ("T12", "L1"), "from head to tail"
    assert lower.said.startswith("L1: ")
    assert "Cement type" in lower.fields
    assert open_fields_title(1) == "1 core field open"
    assert open_fields_title(4) == "4 core fields open"


def test_what_was_measured_later_is_told_with_what_was_lost_by_then() -> None:
    case = a_case()
    level = case.levels[0]
    level.anterior_after_mm = 20.0
    for on, anterior in (("2026-09-01", 18.0), ("2026-06-01", 19.5)):
        case.add_later_measure(level, measured_on=PartialDate(on), anterior_mm=anterior)
    entry = entries(said(case))["At follow-up"]
    assert entry.value == "anterior −2 mm since the procedure"
    assert entry.note == ("2026-06-01: anterior height 19.5 mm\n2026-09-01: anterior height 18 mm")


def test_heights_without_those_of_the_procedure_tell_no_loss() -> None:
    case = a_case()
    case.add_later_measure(case.levels[0], kyphosis_deg=12.0)
    entry = entries(said(case))["At follow-up"]
    assert (entry.value, entry.note) == ("Measured", "no date: kyphotic angle 12°")


def test_cement_in_the_lungs_is_told_where_it_was_asked_for() -> None:
    case = a_case()
    assert "Cement in the lungs" not in [part.title for part in said(case).texts]
    case.procedure.lung_cement = Leakage.NONE
    case.procedure.lung_cement_assessed_by = (LeakDetection.CHEST_CT,)
    (part,) = (part for part in said(case).texts if part.title == "Cement in the lungs")
    assert part.paragraphs == ("None, looked for by chest CT",)


def test_the_discharge_is_told_with_its_time() -> None:
    case = a_case()
    case.procedure.discharge = Discharge.ADMITTED
    case.procedure.discharged_on = PartialDate("2026-03-06")
    case.procedure.discharged_at = "14:30"
    assert said(case).small_print.endswith("discharge: admitted, 2026-03-06 14:30")


def test_the_spine_has_the_extra_vertebrae_of_the_patient() -> None:
    case = a_case()
    case.patient.extra_vertebrae = (ExtraVertebra.L6,)
    assert said(case).variants == {Level.L6}
