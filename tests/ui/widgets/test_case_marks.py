# SPDX-License-Identifier: MIT
"""What the spine shows of a case and of the cases before it."""

from __future__ import annotations

from models.case import Case
from models.partial_date import PartialDate
from models.patient_course import NewFracture, PatientCourse, SeenLeak, Treatment
from models.vocabulary import (
    Diagnosis,
    EventKind,
    ExtraVertebra,
    Leakage,
    LeakLocation,
    Level,
    Technique,
    YesNo,
)
from tests.builders import a_case
from ui.widgets.case_marks import marks_of
from ui.widgets.spine_legend import Sign, signs_of


def treatment(level: Level, on: str | None = "2024-05-01", **other: object) -> Treatment:
    values: dict[str, object] = {
        "case_id": "earlier",
        "level": level,
        "performed_on": PartialDate(on) if on else None,
        "technique": Technique.VERTEBROPLASTY,
        "cement_ml": 4.0,
        "cemented": True,
        "fractured": False,
        "leakage": Leakage.NONE,
        "leaks": (),
    }
    return Treatment(**{**values, **other})  # type: ignore[arg-type]


def leaking() -> Case:
    case = a_case("P-1", Level.L3, on="2026-03-04")
    row = case.levels[0]
    case.add_leak(row, location=LeakLocation.DISC_SUPERIOR, symptomatic=YesNo.NO)
    case.add_leak(row, location=LeakLocation.EPIDURAL, symptomatic=YesNo.YES)
    return case


def test_a_level_of_today_with_its_leaks_and_volume() -> None:
    case = leaking()
    (mark,) = marks_of(case, chosen=case.levels[0]).values()
    assert mark.treated
    assert mark.selected
    assert mark.leaks == (LeakLocation.DISC_SUPERIOR, LeakLocation.EPIDURAL)
    assert mark.symptomatic == (LeakLocation.EPIDURAL,)
    assert mark.cement_ml == 6
    assert mark.words() == "treated, leak: disc above, leak: spinal canal, symptomatic, 6 mL"


def test_what_earlier_cases_left_is_told_with_date_technique_and_volume() -> None:
    course = PatientCourse(
        treatments=(
            treatment(
                Level.L1,
                fractured=True,
                leaks=(SeenLeak(LeakLocation.FORAMINAL, symptomatic=True),),
            ),
            treatment(Level.L1, on="2025", cement_ml=2.0),
        ),
        fractures=(
            NewFracture("earlier", Level.T12, EventKind.FRACTURE_ADJACENT, PartialDate("2024-08")),
        ),
    )
    marks = marks_of(a_case("P-1", Level.T7), course)
    cemented = marks[Level.L1]
    assert cemented.earlier
    assert cemented.old_fracture
    assert cemented.earlier_ml == 6
    assert cemented.earlier_leaks == (LeakLocation.FORAMINAL,)
    assert cemented.history == (
        "2024-05-01: vertebroplasty, 4 mL, fracture, leak: foramen (symptomatic)",
        "2025: vertebroplasty, 2 mL",
    )
    broken = marks[Level.T12]
    assert broken.old_fracture
    assert not broken.earlier
    assert broken.words() == "2024-08: new fracture, adjacent"


def test_what_came_later_is_not_shown_in_an_older_case() -> None:
    course = PatientCourse(treatments=(treatment(Level.L1, on="2027-01-01"),))
    assert Level.L1 not in marks_of(a_case("P-1", Level.T7, on="2026-03-04"), course)


def test_a_level_treated_again_shows_both() -> None:
    course = PatientCourse(treatments=(treatment(Level.L3, cement_ml=2.0),))
    mark = marks_of(leaking(), course)[Level.L3]
    assert (mark.treated, mark.earlier) == (True, True)
    assert (mark.cement_ml, mark.earlier_ml) == (6, 2.0)


def test_a_new_fracture_of_this_case_is_marked_at_its_level() -> None:
    case = a_case("P-1", Level.L3)
    case.add_adverse_event(kind=EventKind.FRACTURE_REMOTE, level=Level.T7)
    case.add_adverse_event(kind=EventKind.INFECTION, level=Level.T5)
    case.add_adverse_event(kind=EventKind.FRACTURE_ADJACENT)
    marks = marks_of(case)
    assert marks[Level.T7].new_fracture
    assert marks[Level.T7].words() == "new fracture"
    assert Level.T5 not in marks


def test_the_level_left_between_is_marked_with_the_sentence_of_the_finding() -> None:
    course = PatientCourse(treatments=(treatment(Level.L1),))
    mark = marks_of(leaking(), course)[Level.L2]
    assert mark.between
    assert mark.warning == "L2 lies untreated between cemented L1 and L3."


def test_a_variant_that_the_patient_is_said_to_have_lies_between() -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    assert Level.T13 not in marks_of(case)
    case.patient.extra_vertebrae = (ExtraVertebra.T13,)
    assert marks_of(case)[Level.T13].between


def test_only_what_is_there_is_explained() -> None:
    assert signs_of(marks_of(a_case("P-1", Level.T7)).values()) == []
    course = PatientCourse(treatments=(treatment(Level.L1, fractured=True),))
    case = leaking()
    case.levels[0].diagnosis = (Diagnosis.TRAUMATIC_FRACTURE,)
    assert signs_of(marks_of(case, course).values()) == [
        Sign.TODAY,
        Sign.EARLIER,
        Sign.FRACTURE,
        Sign.OLD_FRACTURE,
        Sign.LEAK,
        Sign.SYMPTOMATIC,
        Sign.BETWEEN,
    ]
