# SPDX-License-Identifier: MIT
"""What other cases of a patient say about each level, and how few statements that takes."""

from __future__ import annotations

import pytest

from models.case import Case, bin_case, save_case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.patient_course import (
    NOTHING_KNOWN,
    NewFracture,
    PatientCourse,
    SeenLeak,
    patient_course,
    spine_before,
)
from models.schema import Patient
from models.vocabulary import (
    Diagnosis,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    MissingReason,
    Technique,
    YesNo,
)
from tests.builders import a_case
from tests.models.asked import statements


def again(patient: Patient, *levels: Level, on: str | None) -> Case:
    """Another case of the same patient."""
    case = a_case("P-1", *levels, on=on, after=None)
    case.patient = patient
    case.procedure.patient = patient
    return case


def test_a_patient_without_another_case_has_no_course(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L1)
    save_case(logbook, case)
    assert patient_course(logbook, str(case.patient.id), without=case.id) == NOTHING_KNOWN
    assert patient_course(logbook, "nobody") == NOTHING_KNOWN


def test_each_level_of_the_other_cases_with_what_was_done(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1, on="2024-05-01", technique=Technique.VERTEBROPLASTY)
    first.levels[0].leakage = Leakage.PRESENT
    first.levels[0].diagnosis = (Diagnosis.OSTEOPOROTIC_FRACTURE,)
    first.add_leak(first.levels[0], location=LeakLocation.DISC_SUPERIOR, symptomatic=YesNo.NO)
    first.add_leak(first.levels[0], location=LeakLocation.EPIDURAL, symptomatic=YesNo.YES)
    save_case(logbook, first)
    now = again(first.patient, Level.L3, on="2026-03-04")
    save_case(logbook, now)
    save_case(logbook, a_case("P-2", Level.T7))

    course = patient_course(logbook, str(first.patient.id), without=now.id)
    (treatment,) = course.treatments
    assert treatment.level is Level.L1
    assert treatment.performed_on == "2024-05-01"
    assert treatment.technique is Technique.VERTEBROPLASTY
    assert treatment.cement_ml == 6
    assert treatment.cemented
    assert treatment.fractured
    assert treatment.leaks == (
        SeenLeak(LeakLocation.DISC_SUPERIOR, symptomatic=False),
        SeenLeak(LeakLocation.EPIDURAL, symptomatic=True),
    )
    assert spine_before(now, course).cemented == {Level.L1}


def test_new_fractures_come_with_their_level_and_date(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1, on="2024-05-01")
    first.add_adverse_event(
        kind=EventKind.FRACTURE_ADJACENT, level=Level.T12, onset_on=PartialDate("2024-08")
    )
    first.add_adverse_event(kind=EventKind.REFRACTURE, level=Level.L1)
    first.add_adverse_event(kind=EventKind.INFECTION)
    save_case(logbook, first)
    course = patient_course(logbook, str(first.patient.id))
    assert course.fractures == (
        NewFracture(first.id, Level.L1, EventKind.REFRACTURE, PartialDate("2024-05-01")),
        NewFracture(first.id, Level.T12, EventKind.FRACTURE_ADJACENT, PartialDate("2024-08")),
    )
    assert course.before(PartialDate("2024-06-01")).fractures == course.fractures[:1]


def test_a_binned_case_says_nothing(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1)
    save_case(logbook, first)
    bin_case(logbook, first.id, "entered twice")
    assert patient_course(logbook, str(first.patient.id)) == NOTHING_KNOWN


def test_only_what_may_lie_before_counts_as_earlier(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1, on="2024")
    save_case(logbook, first)
    for level, day in ((Level.L2, "2025-02-01"), (Level.L4, None), (Level.T7, "2026")):
        save_case(logbook, again(first.patient, level, on=day))
    course = patient_course(logbook, str(first.patient.id))

    def levels(day: str | None) -> set[Level]:
        return set(course.before(PartialDate(day) if day else None).levels())

    assert levels("2024-03-01") == {Level.L1, Level.L4}
    assert levels("2025") == {Level.L1, Level.L2, Level.L4}
    assert levels("2026-07-01") == levels(None) == {Level.L1, Level.L2, Level.L4, Level.T7}


def test_a_level_without_cement_is_known_but_not_cemented(logbook: Logbook) -> None:
    first = a_case("P-1", Level.T13, cement_ml=None)
    first.levels[0].missing = {"cement_ml": MissingReason.NOT_DONE}
    first.levels[0].level_counting = "from C2"
    save_case(logbook, first)
    spine = patient_course(logbook, str(first.patient.id)).spine()
    assert not spine.cemented
    assert spine.variants == {Level.T13}


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
def test_four_statements_on_indexes_however_many_cases(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1)
    save_case(logbook, first)

    def asked() -> list[str]:
        with statements(logbook) as found:
            patient_course(logbook, str(first.patient.id))
        return found

    few = asked()
    for number in range(6):
        save_case(logbook, again(first.patient, Level.T5, Level.T9, on=f"2025-0{number + 1}-01"))
    many = asked()
    assert len(few) == len(many) == 4
    for statement in many:
        plan = logbook.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")
        steps = [str(row[3]) for row in plan]
        assert not any(step.startswith("SCAN") for step in steps), steps


def test_an_empty_course_is_before_anything() -> None:
    assert PatientCourse().before(PartialDate("2026")) == NOTHING_KNOWN
