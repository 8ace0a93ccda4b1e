# SPDX-License-Identifier: MIT
"""What the case list keeps for follow-up stays right, whatever is done to case and patient."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.case import Case, bin_case, load_case, restore_case, save_case
from models.followup.duelist import due_lines, due_numbers, follow_ups
from models.followup.spans import Which
from models.followup.states import CaseState
from models.followup.tally import tally
from models.logbook import Logbook
from models.merging import merge, preview
from models.partial_date import PartialDate
from models.sample import fill
from models.undo import last_change, undo
from models.unmerging import undo_merge
from models.verify import verify
from models.vocabulary import AssessmentMissing, TimePoint
from tests.builders import a_case, add_score
from tests.fresh import NewLogbook
from tests.models.asked import statements

OPERATED = date(2024, 3, 4)
DAY_50 = OPERATED + timedelta(50)
"""A month's visit is overdue."""


def unfollowed(code: str = "P-1", on: date = OPERATED) -> Case:
    return a_case(code, on=on.isoformat(), before=8, after=None)


def of_same(case: Case, on: date) -> Case:
    """Another case of the same patient."""
    second = unfollowed(on=on)
    second.patient = case.patient
    second.procedure.patient = case.patient
    return second


def stored(logbook: Logbook, *cases: Case) -> Case:
    for case in cases:
        save_case(logbook, case)
    return cases[0]


def overdue(logbook: Logbook, today: date = DAY_50) -> list[str]:
    numbers = due_numbers(logbook, Which.OVERDUE, today)
    assert tally(logbook, today).counts()[Which.OVERDUE] == len(numbers)
    return [line.case.case_id for line in due_lines(logbook, numbers, today)]


def test_a_case_in_the_bin_is_not_due_and_out_of_it_is(logbook: Logbook) -> None:
    case = stored(logbook, unfollowed())
    assert overdue(logbook) == [case.id]
    bin_case(logbook, case.id, "Entered twice.")
    assert overdue(logbook) == []
    assert tally(logbook, DAY_50).counts().total == 0
    restore_case(logbook, case.id)
    assert overdue(logbook) == [case.id]


def test_a_score_ends_it_and_taking_it_back_begins_it_anew(logbook: Logbook) -> None:
    case = stored(logbook, unfollowed())
    again = load_case(logbook, case.id)
    add_score(again, 2, DAY_50.isoformat())
    save_case(logbook, again)
    assert overdue(logbook) == []
    change = last_change(logbook)
    assert change is not None
    undo(logbook, change)
    assert overdue(logbook) == [case.id]
    assert verify(logbook) == []


def test_trap_20_a_death_entered_in_one_case_holds_for_every_case_of_the_patient(
    logbook: Logbook,
) -> None:
    first = unfollowed()
    second = of_same(first, OPERATED + timedelta(5))
    stored(logbook, first, second)
    assert overdue(logbook) == [first.id, second.id]
    again = load_case(logbook, second.id)
    again.patient.died_on = PartialDate.from_date(DAY_50)
    save_case(logbook, again)
    assert overdue(logbook) == []
    assert tally(logbook, DAY_50).counts()[CaseState.DIED] == 2
    change = last_change(logbook)
    assert change is not None
    undo(logbook, change)
    assert overdue(logbook) == [first.id, second.id]
    assert verify(logbook) == []


def test_a_merge_with_a_patient_who_died_ends_it_and_its_undo_begins_it_anew(
    logbook: Logbook,
) -> None:
    living, dead = unfollowed("P-1"), unfollowed("P-2", OPERATED - timedelta(300))
    dead.patient.died_on = PartialDate.from_date(DAY_50)
    stored(logbook, living, dead)
    assert overdue(logbook) == [living.id]
    shown = preview(logbook, str(living.patient.id), str(dead.patient.id))
    done = merge(logbook, shown, {})
    assert overdue(logbook) == []
    undo_merge(logbook, done.number)
    assert overdue(logbook) == [living.id]
    assert verify(logbook) == []


def test_trap_19_two_sessions_of_one_patient_have_visits_of_their_own(logbook: Logbook) -> None:
    first = unfollowed()
    second = of_same(first, OPERATED + timedelta(200))
    stored(logbook, first, second)
    today = OPERATED + timedelta(230)
    lines = due_lines(logbook, due_numbers(logbook, Which.ALL, today), today)
    told = [(line.case.case_id, line.next.time_point) for line in lines if line.next]
    assert sorted(told) == sorted([(first.id, TimePoint.M6), (second.id, TimePoint.M1)])
    assert {line.patient_id for line in lines} == {str(first.patient.id)}


def test_a_date_that_is_completed_makes_the_case_due(logbook: Logbook) -> None:
    case = unfollowed()
    case.procedure.performed_on = PartialDate("2024-03")
    stored(logbook, case)
    assert overdue(logbook) == []
    assert tally(logbook, DAY_50).counts()[CaseState.UNDATED] == 1
    again = load_case(logbook, case.id)
    again.procedure.performed_on = PartialDate.from_date(OPERATED)
    save_case(logbook, again)
    assert overdue(logbook) == [case.id]


@pytest.mark.sqlite_only("the file is compared")
def test_nothing_is_written_when_a_day_goes_by(logbook: Logbook) -> None:
    stored(logbook, unfollowed())
    before = logbook.file.read_bytes()
    seen = {day: bool(overdue(logbook, OPERATED + timedelta(day))) for day in range(40, 62)}
    assert [day for day, is_overdue in seen.items() if is_overdue] == list(range(45, 60))
    assert logbook.file.read_bytes() == before


@pytest.mark.parametrize(
    ("day", "lists"),
    [
        (60, {Which.UPCOMING, Which.ALL}),
        (61, {Which.UPCOMING, Which.ALL}),
        (62, {Which.MONTH, Which.UPCOMING, Which.ALL}),
        (69, {Which.MONTH, Which.UPCOMING, Which.ALL}),
        (70, {Which.MONTH, Which.IN_WINDOW, Which.DUE, Which.ALL}),
        (84, {Which.MONTH, Which.IN_WINDOW, Which.DUE, Which.ALL}),
        (85, {Which.WEEK, Which.MONTH, Which.IN_WINDOW, Which.DUE, Which.ALL}),
        (112, {Which.WEEK, Which.MONTH, Which.IN_WINDOW, Which.DUE, Which.ALL}),
        (113, {Which.OVERDUE, Which.DUE, Which.ALL}),
        (134, {Which.OVERDUE, Which.DUE, Which.ALL}),
    ],
)
def test_a_visit_of_three_months_goes_from_list_to_list(
    logbook: Logbook, day: int, lists: set[Which]
) -> None:
    stored(logbook, unfollowed())
    today = OPERATED + timedelta(day)
    assert {which for which in Which if due_numbers(logbook, which, today)} == lists


def test_the_visit_that_is_on_time_for_the_fewest_days_comes_first(logbook: Logbook) -> None:
    today = OPERATED + timedelta(600)
    soon_of_a_year = unfollowed("P-1", today - timedelta(424))
    later_of_a_month = unfollowed("P-2", today - timedelta(40))
    overdue_since_long = unfollowed("P-3", today - timedelta(470))
    overdue_of_late = unfollowed("P-4", today - timedelta(58))
    stored(logbook, later_of_a_month, overdue_of_late, soon_of_a_year, overdue_since_long)
    lines = due_lines(logbook, due_numbers(logbook, Which.DUE, today), today)
    assert [(line.case.patient_code, line.next.days) for line in lines if line.next] == [
        ("P-3", 45),
        ("P-4", 14),
        ("P-1", 1),
        ("P-2", 4),
    ]


@pytest.mark.parametrize(("died", "n_died", "n_eligible"), [(13, 1, 0), (14, 0, 1)])
def test_who_died_before_a_window_ended_is_not_counted_as_missing(
    logbook: Logbook, died: int, n_died: int, n_eligible: int
) -> None:
    case = unfollowed()
    case.patient.died_on = PartialDate.from_date(OPERATED + timedelta(died))
    stored(logbook, case)
    week = next(
        point for point in tally(logbook, DAY_50).completeness() if point.time_point is TimePoint.W1
    )
    assert (week.n_died, week.n_eligible, sum(week.missing.values())) == (
        n_died,
        n_eligible,
        n_eligible,
    )


def test_completeness_tells_measured_missing_and_pending_with_its_rate(logbook: Logbook) -> None:
    """At one month there are a score, words, a reason, nothing at all, and no open window yet."""
    measured, worded, declined, silent = (unfollowed(f"P-{n}") for n in range(1, 5))
    day_30 = (OPERATED + timedelta(30)).isoformat()
    add_score(measured, 2, day_30)
    add_score(worded, "better", day_30)
    declined.add_assessment(time_point=TimePoint.M1, missing_reason=AssessmentMissing.DECLINED)
    later = unfollowed("P-5", OPERATED + timedelta(45))
    stored(logbook, measured, worded, declined, silent, later)

    def month(day: int) -> tuple[int, ...]:
        told = {
            point.time_point: point
            for point in tally(logbook, OPERATED + timedelta(day)).completeness()
        }[TimePoint.M1]
        counted = (told.n_eligible, told.n_measured, told.n_pending, sum(told.missing.values()))
        return (*counted, told.rate.k, told.rate.n)

    assert month(13) == (0, 0, 0, 0, 0, 0)
    assert month(44) == (4, 1, 1, 2, 0, 0)
    assert month(45) == (4, 1, 1, 2, 1, 4)
    assert month(60) == (5, 1, 1, 3, 1, 4)


def test_calls_are_counted_for_the_visit_that_is_next(logbook: Logbook) -> None:
    case = unfollowed()
    not_reached = AssessmentMissing.NOT_REACHED
    case.add_assessment(time_point=TimePoint.W1, missing_reason=not_reached, call_attempts=4)
    case.add_assessment(time_point=TimePoint.M1, missing_reason=not_reached, call_attempts=2)
    stored(logbook, case)
    (line,) = due_lines(logbook, due_numbers(logbook, Which.ALL, DAY_50), DAY_50)
    assert line.calls == 2


def test_the_follow_up_of_cases_is_told_by_their_keys(logbook: Logbook) -> None:
    stored(logbook, unfollowed("P-1"), unfollowed("P-2", OPERATED - timedelta(2000)))
    told = follow_ups(logbook, [1, 2, 99], DAY_50)
    assert [told[number].state for number in (1, 2)] == [CaseState.OVERDUE, CaseState.ENDED]
    assert set(told) == {1, 2}


@pytest.fixture(scope="module")
def large(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    made = lasting_logbook(tmp_path_factory.mktemp("large") / "Sample.kypholog")
    fill(made, 400, 2)
    yield made
    made.close()


TODAY = date(2025, 12, 31)


@pytest.mark.parametrize("size", [1, 30, 120])
def test_a_page_takes_as_many_statements_whatever_its_size(large: Logbook, size: int) -> None:
    numbers = due_numbers(large, Which.ALL, TODAY)[:size]
    with statements(large) as asked:
        assert len(due_lines(large, numbers, TODAY)) == size
    read = [one for one in asked if one.startswith(("SELECT", "\n", "WITH"))]
    # To a server the first one goes in the same message as BEGIN, which is not listened to.
    assert len(read) == (8 if large.has_files else 7)


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
def test_lists_and_counts_are_read_off_one_index(large: Logbook) -> None:
    with statements(large) as asked:
        due_numbers(large, Which.ALL, TODAY)
        tally(large, TODAY)
    of_cases = [one for one in asked if "case_row" in one]
    assert len(of_cases) == 2
    assert len(asked) == 4
    for statement in of_cases:
        rows = large.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")
        steps = [str(row[3]) for row in rows if " r " in str(row[3])]
        assert steps
        assert all("COVERING INDEX" in step for step in steps), steps


def test_a_hand_made_change_of_what_is_kept_is_found(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    stored(logbook, unfollowed())
    for column, value in (("visits", "'mmmmmmmm'"), ("performed_day", "1"), ("days_to_death", "3")):
        logbook.database.execute_sql(f"UPDATE case_row SET {column} = {value}")
    (found,) = verify(logbook)
    assert found.endswith("days to death, performed day, visits.")
    logbook.close()
