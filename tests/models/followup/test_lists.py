# SPDX-License-Identifier: MIT
"""Lists, counts and completeness of a real logbook, against the plain reference case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.bulk import save_many
from models.case import Case
from models.followup.condition import stands
from models.followup.duelist import due_lines, due_numbers, follow_ups
from models.followup.planning import change_plan
from models.followup.spans import Which
from models.followup.states import CaseState, VisitState
from models.followup.tally import Completeness, tally
from models.logbook import Logbook
from models.schema import CaseRow
from models.timepoints import VisitPlan
from models.verify import verify
from models.visits import Mark
from models.vocabulary import TimePoint
from tests.fresh import NewLogbook
from tests.models.followup import reference
from tests.models.followup.any_followed import days_around, followed, plans


@pytest.fixture(scope="module")
def made(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Logbook]:
    """Makes new logbooks that do not wait for the disk."""

    def make() -> Logbook:
        folder = tmp_path_factory.mktemp("followed") / "Clinic.kypholog"
        return lasting_logbook(folder)

    return make


@st.composite
def clinics(draw: st.DrawFn) -> tuple[VisitPlan, list[Case], date]:
    """A plan, some cases, and a day near one of them."""
    plan = draw(plans())
    cases = [draw(followed(plan, f"P-{place}")) for place in range(draw(st.integers(1, 5)))]
    near = draw(st.sampled_from(cases)).procedure.performed_on.earliest
    return plan, cases, draw(days_around(near, plan))


def filled(make: Callable[[], Logbook], plan: VisitPlan, cases: list[Case]) -> Logbook:
    logbook = make()
    change_plan(logbook, plan)
    save_many(logbook, cases)
    return logbook


def belongs(which: Which, case: Case, plan: VisitPlan, today: date) -> bool:
    """Whether the case is in the list, by the days on a calendar."""
    point = reference.next_visit(case, plan, today)
    if point is None:
        return False
    state = reference.states(case, plan, today)[point]
    overdue = today > reference.last_day_on_time(case, plan, point)
    target = reference.target(case, plan, point)
    return {
        Which.OVERDUE: overdue,
        Which.WEEK: not overdue and target < today + timedelta(7),
        Which.MONTH: not overdue and target < today + timedelta(30),
        Which.IN_WINDOW: state is VisitState.IN_WINDOW,
        Which.DUE: state in (VisitState.IN_WINDOW, VisitState.OVERDUE),
        Which.UPCOMING: state is VisitState.UPCOMING,
        Which.ALL: True,
    }[which]


def expected_order(which: Which, cases: list[Case], plan: VisitPlan, today: date) -> list[str]:
    listed = [case for case in cases if belongs(which, case, plan, today)]

    def urgency(case: Case) -> tuple[date, int]:
        point = reference.next_visit(case, plan, today)
        assert point is not None
        return reference.last_day_on_time(case, plan, point), cases.index(case)

    return [case.id for case in sorted(listed, key=urgency)]


@settings(max_examples=40)
@given(clinics())
def test_every_list_holds_whom_the_calendar_names_the_most_urgent_first(
    made: Callable[[], Logbook], clinic: tuple[VisitPlan, list[Case], date]
) -> None:
    plan, cases, today = clinic
    logbook = filled(made, plan, cases)
    counts = tally(logbook, today).counts()
    for which in Which:
        numbers = due_numbers(logbook, which, today)
        listed = due_lines(logbook, numbers, today)
        assert [line.case.case_id for line in listed] == expected_order(which, cases, plan, today)
        assert counts[which] == len(numbers)
    for line in due_lines(logbook, due_numbers(logbook, Which.ALL, today), today):
        case = next(case for case in cases if case.id == line.case.case_id)
        assert line.next is not None
        assert line.next.time_point is reference.next_visit(case, plan, today)
        assert line.performed == case.procedure.performed_on.exact
    assert verify(logbook) == []
    logbook.close()


@settings(max_examples=40)
@given(clinics())
def test_every_count_is_that_of_the_calendar(
    made: Callable[[], Logbook], clinic: tuple[VisitPlan, list[Case], date]
) -> None:
    plan, cases, today = clinic
    logbook = filled(made, plan, cases)
    found = tally(logbook, today)
    expected = Counter(reference.case_state(case, plan, today) for case in cases)
    states = Counter(found.counts().states)
    for lost in (CaseState.MOVED, CaseState.LOST):
        states[CaseState.ENDED] += states.pop(lost, 0)
    gone = states[CaseState.ENDED] + states[CaseState.DIED]
    assert gone == expected[CaseState.ENDED] + expected[CaseState.DIED]
    for state in set(CaseState) - {CaseState.ENDED, CaseState.DIED}:
        assert states[state] == expected[state]
    logbook.close()


@settings(max_examples=80)
@given(clinics())
def test_completeness_is_that_of_a_diary_of_every_case(
    made: Callable[[], Logbook], clinic: tuple[VisitPlan, list[Case], date]
) -> None:
    plan, cases, today = clinic
    logbook = filled(made, plan, cases)
    diaries = [(case, reference.fates(case, plan, today)) for case in cases]
    points = tally(logbook, today).completeness()
    asked = [one.time_point for one in plan.asked]
    assert [told.time_point for told in points] == [TimePoint.BASELINE, *asked]
    for told in points:
        fates = Counter(
            fate for _, diary in diaries if (fate := diary.get(told.time_point)) is not None
        )
        due = [
            diary[told.time_point]
            for case, diary in diaries
            if is_due(case, diary, told, plan, today)
        ]
        assert told.n_died == fates.pop("died", 0)
        assert told.n_eligible == fates.total()
        assert told.n_measured == fates.pop("measured", 0)
        assert told.n_pending == fates.pop("pending", 0)
        assert {NAMES.get(mark, mark.code): n for mark, n in told.missing.items()} == fates
        assert (told.n_due, told.n_due_measured) == (len(due), due.count("measured"))
        assert (told.rate.k, told.rate.n) == (told.n_due_measured, told.n_due)
    logbook.close()


NAMES = {Mark.OPEN: "nothing"}


def is_due(
    case: Case,
    diary: dict[TimePoint, str],
    told: Completeness,
    plan: VisitPlan,
    today: date,
) -> bool:
    """Whether the visit should have been had by now, and could."""
    point = told.time_point
    if diary.get(point) in (None, "died"):
        return False
    is_first = point is TimePoint.BASELINE
    return is_first or today > reference.last_day_on_time(case, plan, point)


@settings(max_examples=15)
@given(clinics())
def test_the_follow_up_of_any_case_is_told_for_any_list(
    made: Callable[[], Logbook], clinic: tuple[VisitPlan, list[Case], date]
) -> None:
    plan, cases, today = clinic
    logbook = filled(made, plan, cases)
    told = follow_ups(logbook, range(1, len(cases) + 1), today)
    for number, case in enumerate(cases, 1):
        visits = {visit.time_point: visit.state for visit in told[number].visits}
        assert visits == reference.states(case, plan, today)
    logbook.close()


@settings(max_examples=40)
@given(clinics())
def test_a_filter_by_state_finds_the_cases_that_stand_so(
    made: Callable[[], Logbook], clinic: tuple[VisitPlan, list[Case], date]
) -> None:
    plan, cases, today = clinic
    logbook = filled(made, plan, cases)
    told = follow_ups(logbook, range(1, len(cases) + 1), today)
    expected = {number: found.state for number, found in told.items()}
    pairs = [{state, CaseState.OVERDUE} for state in CaseState]
    for wanted in (*({state} for state in CaseState), *pairs, set(CaseState)):
        query = CaseRow.select(CaseRow.number).where(stands(plan, wanted, today))
        found = {number for (number,) in query.tuples().execute(logbook.database)}
        assert found == {number for number, state in expected.items() if state in wanted}
    logbook.close()
