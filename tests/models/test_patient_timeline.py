# SPDX-License-Identifier: MIT
"""The whole course of a patient: what belongs to which procedure, and when it may have been."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Case, bin_case, save_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.patient_timeline import DaySpan, PatientTimeline, patient_timeline
from models.vocabulary import (
    AssessmentMissing,
    EventKind,
    EventPhase,
    Level,
    PainScale,
    Technique,
    TimePoint,
    YesNo,
)
from tests.builders import a_case, add_score
from tests.models.asked import statements
from tests.models.test_patient_course import again


def stored(logbook: Logbook, *cases: Case) -> PatientTimeline:
    for case in cases:
        save_case(logbook, case)
    return patient_timeline(logbook, cases[0].id)


def days(first: str, last: str) -> DaySpan:
    return DaySpan(date.fromisoformat(first), date.fromisoformat(last))


def test_each_procedure_has_a_baseline_of_its_own(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1, on="2024-05-02", before=9, after=3, after_on="2024-06-03")
    second = again(first.patient, Level.T12, on="2026-03-04")
    second.assessments.clear()
    add_score(second, 2, "2026-04-04")
    course = stored(logbook, second, first)
    one, two = course.sessions
    assert [session.case_id for session in course.sessions] == [first.id, second.id]
    assert one.before is not None
    assert one.latest is not None
    assert (one.before.reported.exact, one.latest.reported.exact) == (9, 3)
    assert two.before is None, "the pain before the first procedure is none before the second"
    assert two.latest is not None
    assert two.latest.reported.exact == 2
    assert {score.case_id for score in course.scores_of(second.id)} == {second.id}


def test_levels_stand_in_anatomical_order_with_their_technique(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L1, Level.T10, technique=Technique.VERTEBROPLASTY)
    case.levels[0].technique = None
    case.add_level(technique=Technique.SACROPLASTY)
    (session,) = stored(logbook, case).sessions
    assert session.levels == ((Level.T10, Technique.VERTEBROPLASTY), (Level.L1, None))
    assert session.unnamed_levels == 1


def test_a_date_known_to_the_year_may_be_any_of_its_days(logbook: Logbook) -> None:
    case = a_case("P-1", on="2011", before=None, after=None)
    add_score(case, (0, 1), "2012-02")
    course = stored(logbook, case)
    assert course.sessions[0].on == days("2011-01-01", "2011-12-31")
    (score,) = course.scores
    assert score.on == days("2012-02-01", "2012-02-29")
    assert (score.reported.low, score.reported.high) == (0, 1)
    assert not score.on.is_exact


def test_words_stay_words_and_a_missing_score_keeps_its_reason(logbook: Logbook) -> None:
    case = a_case("P-1", after=None)
    add_score(case, "resolved")
    case.add_assessment(
        time_point=TimePoint.M3, missing_reason=AssessmentMissing.DECLINED, pain_scale=None
    )
    course = stored(logbook, case)
    told = {score.time_point: score for score in course.scores}
    assert told[TimePoint.UNDATED].reported.words == "resolved"
    assert not told[TimePoint.UNDATED].has_number
    assert told[TimePoint.UNDATED].on is None
    assert told[TimePoint.M3].missing is AssessmentMissing.DECLINED
    assert not told[TimePoint.M3].is_said


def test_a_verbal_scale_has_the_top_that_was_stated(logbook: Logbook) -> None:
    case = a_case("P-1", before=None, after=None)
    case.add_assessment(
        time_point=TimePoint.BASELINE,
        pain_scale=PainScale.VERBAL,
        pain_scale_max=4,
        pain_low=3,
        pain_high=3,
    )
    add_score(case, 55, "2026-04-04", scale=PainScale.VAS_100)
    tops = {score.scale: score.maximum for score in stored(logbook, case).scores}
    assert tops == {PainScale.VERBAL: 4, PainScale.VAS_100: 100}


def test_an_event_without_a_date_was_within_its_phase(logbook: Logbook) -> None:
    case = a_case("P-1", on="2026-03-04", before=None, after=None)
    case.add_adverse_event(kind=EventKind.HYPOTENSION, phase=EventPhase.INTRA)
    case.add_adverse_event(kind=EventKind.INFECTION, phase=EventPhase.WITHIN_30D)
    case.add_adverse_event(kind=EventKind.PAIN_FLARE, phase=EventPhase.AFTER_30D)
    case.add_adverse_event(
        kind=EventKind.REFRACTURE, level=Level.T12, onset_on=PartialDate("2026-05")
    )
    found = {one.kind: one for one in stored(logbook, case).happenings}
    assert found[EventKind.HYPOTENSION].on == days("2026-03-04", "2026-03-04")
    assert found[EventKind.INFECTION].on == days("2026-03-04", "2026-04-03")
    assert found[EventKind.PAIN_FLARE].on is None
    assert found[EventKind.REFRACTURE].on == days("2026-05-01", "2026-05-31")
    assert [one.kind for one in found.values() if one.is_fracture] == [EventKind.REFRACTURE]


def test_a_fracture_that_was_told_at_follow_up_is_one(logbook: Logbook) -> None:
    case = a_case("P-1")
    case.assessments[-1].new_fracture = YesNo.YES
    (told,) = stored(logbook, case).happenings
    assert told.is_fracture
    assert told.level is None
    assert told.on == days("2026-04-04", "2026-04-04")


def test_death_is_taken_from_the_patient_or_else_from_an_event(logbook: Logbook) -> None:
    alive = stored(logbook, a_case("P-1"))
    assert (alive.died, alive.is_dead) == (None, False)

    known = a_case("P-2")
    known.patient.died_on = PartialDate("2026-09")
    assert stored(logbook, known).died == days("2026-09-01", "2026-09-30")

    told = a_case("P-3")
    told.add_adverse_event(kind=EventKind.DEATH, onset_on=PartialDate("2026-03-06"))
    course = stored(logbook, told)
    assert course.died == days("2026-03-06", "2026-03-06")
    assert not course.happenings, "death ends the axis and is no event on it"

    undated = a_case("P-4")
    undated.add_assessment(time_point=TimePoint.M6, missing_reason=AssessmentMissing.DIED)
    course = stored(logbook, undated)
    assert (course.died, course.is_dead) == (None, True)


def test_the_bin_and_other_patients_are_left_out(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1)
    save_case(logbook, first)
    binned = again(first.patient, Level.T7, on="2020")
    save_case(logbook, binned)
    bin_case(logbook, binned.id, "entered twice")
    save_case(logbook, a_case("P-2"))
    course = patient_timeline(logbook, first.id)
    assert [session.case_id for session in course.sessions] == [first.id]
    assert {score.case_id for score in course.scores} == {first.id}


def test_a_procedure_without_a_date_stands_last(logbook: Logbook) -> None:
    first = a_case("P-1", on=None)
    second = again(first.patient, Level.T7, on="2020")
    course = stored(logbook, first, second)
    assert [session.on is None for session in course.sessions] == [False, True]


def test_a_case_that_is_not_there_is_told(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="no case"):
        patient_timeline(logbook, "nothing")


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
def test_five_statements_on_indexes_however_many_cases(logbook: Logbook) -> None:
    first = a_case("P-1", Level.L1)
    save_case(logbook, first)

    def asked() -> list[str]:
        with statements(logbook) as found:
            patient_timeline(logbook, first.id)
        return found

    few = asked()
    for number in range(6):
        save_case(logbook, again(first.patient, Level.T5, Level.T9, on=f"2025-0{number + 1}-01"))
    many = asked()
    assert len(few) == len(many) == 5
    for statement in many:
        plan = logbook.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")
        steps = [str(row[3]) for row in plan]
        assert not any(step.startswith("SCAN") for step in steps), steps


@given(st.dates(date(1850, 1, 1), date(2200, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_span_holds_every_day_that_the_date_can_mean(day: date, length: int) -> None:
    span = DaySpan.of(PartialDate(day.isoformat()[:length]))
    assert span is not None
    assert span.earliest <= day <= span.latest
    assert span.is_exact is (length == 10)
