# SPDX-License-Identifier: MIT
"""How visits and cases stand on a day: the rules one by one, then against the plain reference."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import Case
from models.derived import work_out
from models.followup.states import CaseState, FollowUp, VisitState, day_of, follow_up
from models.partial_date import PartialDate
from models.timepoints import STANDARD, VisitPlan
from models.visits import days_to_death, marks_of, performed_day
from models.vocabulary import AssessmentMissing, TimePoint
from tests.builders import a_case, add_score
from tests.models.followup import reference
from tests.models.followup.any_followed import days_around, followed, plans

OPERATED = date(2024, 2, 29)


def looked_at(case: Case, today: date, plan: VisitPlan = STANDARD) -> FollowUp:
    day = day_of(performed_day(case), today)
    return follow_up(plan, marks_of(case), days_to_death(case), day)


def states(case: Case, today: date, plan: VisitPlan = STANDARD) -> dict[TimePoint, VisitState]:
    return {visit.time_point: visit.state for visit in looked_at(case, today, plan).visits}


def unfollowed(on: str = OPERATED.isoformat()) -> Case:
    return a_case(on=on, before=8, after=None)


def after(days: int) -> date:
    return OPERATED + timedelta(days)


def with_reason(reason: AssessmentMissing, point: TimePoint = TimePoint.M1) -> Case:
    case = unfollowed()
    case.add_assessment(time_point=point, missing_reason=reason)
    work_out(case)
    return case


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        (14, VisitState.UPCOMING, 16),
        (15, VisitState.UPCOMING, 15),
        (16, VisitState.IN_WINDOW, 28),
        (30, VisitState.IN_WINDOW, 14),
        (44, VisitState.IN_WINDOW, 0),
        (45, VisitState.OVERDUE, 1),
        (59, VisitState.OVERDUE, 15),
    ],
)
def test_a_visit_is_too_early_on_time_then_overdue(day: int, state: VisitState, days: int) -> None:
    found = looked_at(unfollowed(), after(day))
    assert found.next is not None
    assert (found.next.time_point, found.next.state, found.next.days) == (TimePoint.M1, state, days)
    assert found.state.value == state.value


def test_on_the_day_after_its_window_a_visit_is_missed_and_the_following_is_next() -> None:
    found = looked_at(unfollowed(), after(60))
    assert found.visits[2].state is VisitState.MISSED
    assert found.next is not None
    assert found.next.time_point is TimePoint.M3


def test_a_case_of_today_is_on_time_for_its_first_visit() -> None:
    found = looked_at(unfollowed(), OPERATED)
    assert found.state is CaseState.IN_WINDOW
    assert found.next is not None
    assert (found.next.time_point, found.next.days) == (TimePoint.H24, 2)


def test_with_the_clock_set_back_before_the_procedure_everything_is_still_to_come() -> None:
    found = looked_at(unfollowed(), after(-400))
    assert {visit.state for visit in found.visits} == {VisitState.UPCOMING}
    assert found.next is not None
    assert (found.next.time_point, found.next.days) == (TimePoint.H24, 401)


def test_a_year_after_a_procedure_on_29_february_is_day_365() -> None:
    (visit,) = (v for v in looked_at(unfollowed(), date(2025, 2, 28)).visits if v.days == 60)
    assert (visit.time_point, visit.day) == (TimePoint.M12, 365)


@pytest.mark.parametrize("on", ["2024", "2024-02"])
def test_nothing_is_due_where_the_procedure_has_no_day(on: str) -> None:
    found = looked_at(unfollowed(on), date(2024, 4, 1))
    assert (found.state, found.visits, found.next) == (CaseState.UNDATED, (), None)


def test_a_range_is_measured_and_words_are_only_answered() -> None:
    case = unfollowed()
    add_score(case, (0, 1), after(30).isoformat())
    add_score(case, "resolved", after(91).isoformat())
    work_out(case)
    found = states(case, after(100))
    assert found[TimePoint.M1] is VisitState.MEASURED
    assert found[TimePoint.M3] is VisitState.ANSWERED


@pytest.mark.parametrize("on", [None, "2024-03", "2024"])
def test_a_score_without_a_day_is_answered_and_not_asked_for_again(on: str | None) -> None:
    case = unfollowed()
    add_score(case, 3, on, TimePoint.M1)
    work_out(case)
    found = looked_at(case, after(40))
    assert found.visits[2].state is VisitState.ANSWERED
    assert found.next is not None
    assert found.next.time_point is TimePoint.M3


def test_a_follow_up_of_no_time_point_answers_no_visit() -> None:
    case = unfollowed()
    add_score(case, 3, None, TimePoint.UNDATED)
    work_out(case)
    assert VisitState.ANSWERED not in states(case, after(40)).values()


def test_trap_7_a_score_before_the_procedure_answers_no_visit() -> None:
    case = unfollowed()
    add_score(case, 3, after(-1).isoformat(), TimePoint.M1)
    work_out(case)
    assert states(case, after(40))[TimePoint.M1] is VisitState.IN_WINDOW


@pytest.mark.parametrize("reason", [AssessmentMissing.DECLINED, AssessmentMissing.TOO_ILL])
def test_who_declined_or_was_too_ill_is_asked_again_at_the_next_visit(
    reason: AssessmentMissing,
) -> None:
    found = looked_at(with_reason(reason), after(40))
    assert (found.visits[2].state, found.visits[2].reason) == (VisitState.EXCUSED, reason)
    assert found.next is not None
    assert found.next.time_point is TimePoint.M3


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (AssessmentMissing.MOVED, CaseState.MOVED),
        (AssessmentMissing.LOST, CaseState.LOST),
        (AssessmentMissing.DIED, CaseState.DIED),
    ],
)
def test_who_is_gone_for_good_is_asked_no_more(reason: AssessmentMissing, state: CaseState) -> None:
    found = looked_at(with_reason(reason), after(40))
    assert found.state is state
    assert [visit.reason for visit in found.visits] == [None, None, *[reason] * 5]


def test_who_was_lost_and_found_again_is_asked_again() -> None:
    case = with_reason(AssessmentMissing.LOST)
    add_score(case, 3, after(91).isoformat())
    work_out(case)
    found = looked_at(case, after(190))
    assert found.next is not None
    assert found.next.time_point is TimePoint.M6


@pytest.mark.parametrize("reason", [AssessmentMissing.NOT_YET_DUE, AssessmentMissing.NOT_REACHED])
def test_who_was_not_reached_is_still_to_be_asked(reason: AssessmentMissing) -> None:
    assert looked_at(with_reason(reason), after(50)).state is CaseState.OVERDUE


@pytest.mark.parametrize("reason", AssessmentMissing)
def test_a_reason_ends_a_visit_where_it_is_final(reason: AssessmentMissing) -> None:
    found = looked_at(with_reason(reason), after(40)).visits[2]
    assert (found.state is VisitState.EXCUSED) is reason.is_final
    assert found.reason is (None if reason is AssessmentMissing.NOT_YET_DUE else reason)


def test_a_score_counts_before_the_reason_of_an_earlier_call() -> None:
    case = with_reason(AssessmentMissing.DECLINED)
    add_score(case, 3, after(35).isoformat())
    work_out(case)
    assert states(case, after(40))[TimePoint.M1] is VisitState.MEASURED


def test_trap_20_who_died_is_never_overdue() -> None:
    case = unfollowed()
    case.patient.died_on = PartialDate.from_date(after(50))
    work_out(case)
    found = looked_at(case, after(55))
    assert found.state is CaseState.DIED
    assert found.next is None


@pytest.mark.parametrize(("died", "week"), [(13, VisitState.EXCUSED), (14, VisitState.MISSED)])
def test_a_death_closes_the_visits_whose_window_had_not_ended(died: int, week: VisitState) -> None:
    case = unfollowed()
    case.patient.died_on = PartialDate.from_date(after(died))
    work_out(case)
    found = states(case, after(20))
    assert found[TimePoint.W1] is week
    assert found[TimePoint.M1] is VisitState.EXCUSED


@pytest.mark.parametrize(
    ("died", "reason"), [(13, AssessmentMissing.DIED), (14, AssessmentMissing.LOST)]
)
def test_before_a_window_that_opens_after_a_death_nobody_was_lost(
    died: int, reason: AssessmentMissing
) -> None:
    case = with_reason(AssessmentMissing.LOST, TimePoint.W1)
    case.patient.died_on = PartialDate.from_date(after(died))
    work_out(case)
    week, month = looked_at(case, after(20)).visits[1:3]
    assert week.reason is AssessmentMissing.LOST
    assert month.reason is reason


def test_of_a_death_that_is_known_to_the_month_the_first_day_counts() -> None:
    case = unfollowed("2024-01-10")
    case.patient.died_on = PartialDate("2024-03")
    work_out(case)
    found = states(case, date(2024, 5, 1))
    assert found[TimePoint.W1] is VisitState.MISSED
    assert found[TimePoint.M1] is VisitState.EXCUSED


def test_a_patient_who_died_is_not_asked_though_the_clock_was_set_back() -> None:
    case = unfollowed()
    case.patient.died_on = PartialDate.from_date(after(400))
    work_out(case)
    assert looked_at(case, after(40)).next is None


def test_all_answered_is_complete_even_after_a_death() -> None:
    case = unfollowed()
    for window in STANDARD.windows:
        add_score(case, 2, after(window.target_day).isoformat())
    case.patient.died_on = PartialDate.from_date(after(800))
    work_out(case)
    assert looked_at(case, after(1000)).state is CaseState.COMPLETE


def test_a_visit_that_the_clinic_does_not_ask_for_is_never_due() -> None:
    plan = VisitPlan.of(
        *(
            (w.time_point, w.target_day, w.tolerance, w.last_day, w.time_point is TimePoint.M12)
            for w in STANDARD.windows
        )
    )
    found = looked_at(unfollowed(), after(40), plan)
    assert [visit.time_point for visit in found.visits] == [TimePoint.M12]
    assert found.state is CaseState.UPCOMING


@given(st.data())
def test_every_visit_stands_as_the_calendar_says(data: st.DataObject) -> None:
    plan = data.draw(plans())
    case = data.draw(followed(plan))
    performed = case.procedure.performed_on.earliest
    today = data.draw(days_around(performed, plan))
    assert states(case, today, plan) == reference.states(case, plan, today)


@given(st.data())
def test_every_case_stands_as_the_calendar_says(data: st.DataObject) -> None:
    plan = data.draw(plans())
    case = data.draw(followed(plan))
    today = data.draw(days_around(case.procedure.performed_on.earliest, plan))
    found, expected = looked_at(case, today, plan), reference.case_state(case, plan, today)
    if found.state in (CaseState.MOVED, CaseState.LOST, CaseState.DIED):
        assert expected in (CaseState.ENDED, CaseState.DIED)
    else:
        assert found.state is expected
    point = found.next.time_point if found.next is not None else None
    assert point is reference.next_visit(case, plan, today)


@given(st.data())
def test_a_day_later_a_visit_is_never_further_away(data: st.DataObject) -> None:
    order = [VisitState.UPCOMING, VisitState.IN_WINDOW, VisitState.OVERDUE, VisitState.MISSED]
    plan = data.draw(plans())
    case = data.draw(followed(plan))
    today = data.draw(days_around(case.procedure.performed_on.earliest, plan))
    before, later = states(case, today, plan), states(case, today + timedelta(1), plan)
    for point, state in before.items():
        if state in order:
            assert order.index(later[point]) - order.index(state) in (0, 1, 2, 3)
        else:
            assert later[point] is state
