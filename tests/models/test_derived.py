# SPDX-License-Identifier: MIT
"""What follows from the entered values: age, time points, chosen scores, height gained."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from models import checks
from models.case import Case
from models.caserow import line_of
from models.derived import age_on, work_out
from models.partial_date import PartialDate
from models.schema import Record
from models.timepoints import STANDARD
from models.vocabulary import PainContext, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.models.any_case import values_of

OPERATED = date(2024, 3, 4)


def days_after(days: int) -> str:
    return (OPERATED + timedelta(days=days)).isoformat()


def followed(*days: int, **built: object) -> Case:
    """A case with a score on each of these days; the score is the place in the list."""
    case = a_case(on=OPERATED.isoformat(), before=None, after=None, **built)  # type: ignore[arg-type]
    for place, day in enumerate(days):
        add_score(case, place, days_after(day))
    work_out(case)
    return case


def chosen(case: Case) -> dict[TimePoint, float]:
    return {row.time_point: row.pain_low for row in case.assessments if row.chosen}


def everything(case: Case) -> list[Record]:
    return [*case.person_rows(), *case.case_rows()]


@pytest.mark.parametrize(
    ("born", "operated", "age"),
    [
        ("1950-03-04", "2024-03-04", 74),
        ("1950-03-05", "2024-03-04", 73),
        ("1948-02-29", "2023-02-28", 74),
        ("1948-02-29", "2023-03-01", 75),
        ("1950-02", "2024-03-04", 74),
        ("1950", "2024", None),
        ("1950-03", "2024-03-04", None),
        ("1950", "2024-12-31", 74),
        ("2024-03-04", "2024-03-04", 0),
        ("2025", "2024-03-04", None),
        (None, "2024-03-04", None),
        ("1950", None, None),
    ],
)
def test_the_age_is_worked_out_only_where_the_dates_settle_it(
    born: str | None, operated: str | None, age: int | None
) -> None:
    birth, day = (PartialDate(text) if text else None for text in (born, operated))
    assert age_on(birth, day) == age


@given(st.dates(date(1900, 1, 1), date(2024, 1, 1)), st.dates(date(1950, 1, 1), date(2024, 1, 1)))
def test_the_age_of_whoever_is_born_is_full_years(birth: date, day: date) -> None:
    age = age_on(PartialDate.from_date(birth), PartialDate.from_date(day))
    if day < birth:
        assert age is None
    else:
        assert age is not None
        assert birth.year + age == day.year - ((day.month, day.day) < (birth.month, birth.day))


def test_a_known_birth_date_decides_and_an_entered_age_stays_without_one() -> None:
    case = a_case(on="2024-03-04", age=50)
    work_out(case)
    assert case.procedure.age_at_procedure == 50
    case.patient.birth_date = PartialDate("1950-01-01")
    work_out(case)
    assert case.procedure.age_at_procedure == 74


def test_trap_18_ages_of_89_and_90_are_told_apart_by_the_birthday() -> None:
    birth = PartialDate("1934-03-05")
    assert age_on(birth, PartialDate("2024-03-04")) == 89
    assert age_on(birth, PartialDate("2024-03-05")) == 90


@given(st.integers(-400, 1200))
def test_every_day_belongs_to_one_time_point(day: int) -> None:
    point = STANDARD.time_point_on(OPERATED, OPERATED + timedelta(days=day), None)
    holding = [
        window.time_point
        for window in STANDARD.windows
        if window.first_day <= day <= window.last_day
    ]
    expected = holding or [TimePoint.BASELINE if day < 0 else TimePoint.LATER]
    assert [point] == expected


def test_windows_lie_side_by_side_around_their_targets() -> None:
    for before, after in pairwise(STANDARD.windows):
        assert before.last_day + 1 == after.first_day
        assert before.time_point.rank < after.time_point.rank
    assert all(
        window.first_day <= window.target_day <= window.last_day for window in STANDARD.windows
    )


def test_on_the_day_itself_the_word_of_the_user_decides() -> None:
    assert STANDARD.time_point_on(OPERATED, OPERATED, TimePoint.BASELINE) is TimePoint.BASELINE
    assert STANDARD.time_point_on(OPERATED, OPERATED, None) is TimePoint.H24


def test_of_two_scores_in_a_window_the_nearer_to_the_target_counts() -> None:
    assert chosen(followed(20, 31, 50)) == {TimePoint.M1: 1}


def test_of_two_equally_near_scores_the_later_counts() -> None:
    assert chosen(followed(29, 31)) == {TimePoint.M1: 1}
    assert chosen(followed(31, 29)) == {TimePoint.M1: 0}


def test_of_two_pains_the_one_that_was_asked_for_before_counts_though_farther_off() -> None:
    case = followed(-1, 30, 40)
    for row, pain in zip(case.assessments, ("rest", "activity", "rest"), strict=True):
        row.pain_context = PainContext(pain)
    work_out(case)
    assert chosen(case) == {TimePoint.BASELINE: 0, TimePoint.M1: 2}


def test_of_scores_before_without_a_date_the_last_one_counts() -> None:
    case = a_case(on=OPERATED.isoformat(), before=None, after=None)
    for score in (9, 6):
        add_score(case, score, None, TimePoint.BASELINE)
    work_out(case)
    assert chosen(case) == {TimePoint.BASELINE: 6}


def test_trap_8_a_score_on_another_scale_takes_nobodys_place() -> None:
    case = followed(31, 50)
    add_score(case, 20, days_after(30), scale=PainScale.VAS_100)
    case.add_assessment(assessed_on=PartialDate(days_after(29)), pain_low=4, pain_high=4)
    work_out(case)
    assert [row.chosen for row in case.assessments] == [True, False, True, True]


def test_of_scores_before_on_two_scales_the_list_of_cases_has_the_later() -> None:
    case = a_case(on=OPERATED.isoformat(), before=None, after=None)
    add_score(case, 80, days_after(-9), scale=PainScale.VAS_100)
    add_score(case, 6, days_after(-2))
    add_score(case, 70, days_after(-4), scale=PainScale.VAS_100)
    work_out(case)
    assert line_of(case)["pain_before_low"] == 6


def test_verbal_scales_of_different_tops_take_nobodys_place() -> None:
    case = followed()
    for day, top in ((31, 4), (30, 5)):
        row = case.add_assessment(assessed_on=PartialDate(days_after(day)), pain_low=1, pain_high=1)
        row.pain_scale, row.pain_scale_max = PainScale.VERBAL, top
    work_out(case)
    assert [row.chosen for row in case.assessments] == [True, True]


def test_the_last_score_before_the_procedure_is_the_baseline() -> None:
    assert chosen(followed(-3, -1, -20)) == {TimePoint.BASELINE: 1}


@given(st.lists(st.integers(-60, 1000), max_size=12))
def test_at_most_one_score_stands_for_a_time_point(days: list[int]) -> None:
    case = followed(*days)
    standing = [row.time_point for row in case.assessments if row.chosen]
    assert len(standing) == len(set(standing))
    measured = {row.time_point for row in case.assessments} - {TimePoint.LATER}
    assert set(standing) == measured


@given(st.lists(st.integers(-60, 1000), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_decide_between_days(days: list[int], order: object) -> None:
    days = sorted(set(days))
    shuffled = days.copy()
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    def days_chosen(case: Case) -> set[str]:
        return {str(row.assessed_on) for row in case.assessments if row.chosen}

    assert days_chosen(followed(*days)) == days_chosen(followed(*shuffled))


def test_a_follow_up_without_a_day_stands_for_no_time_point() -> None:
    case = a_case(on=OPERATED.isoformat(), before=None, after=None)
    add_score(case, 2, None, TimePoint.M1)
    add_score(case, 2, "2024-04", TimePoint.M1)
    work_out(case)
    assert chosen(case) == {}


def test_trap_3_words_stand_for_no_score() -> None:
    case = a_case(on=OPERATED.isoformat(), before="unbearable", after="resolved")
    work_out(case)
    assert chosen(case) == {}
    assert [row.pain_low for row in case.assessments] == [None, None]


def test_trap_5_more_pain_than_before_stands_as_it_is() -> None:
    case = a_case(on=OPERATED.isoformat(), before=5, after=None)
    add_score(case, 8, days_after(1))
    work_out(case)
    assert chosen(case) == {TimePoint.BASELINE: 5, TimePoint.H24: 8}


def test_trap_6_no_pain_before_is_a_score() -> None:
    case = a_case(on=OPERATED.isoformat(), before=0, after=None)
    work_out(case)
    assert chosen(case) == {TimePoint.BASELINE: 0}


def test_trap_8_a_score_keeps_the_scale_it_was_asked_on() -> None:
    case = a_case(on=OPERATED.isoformat(), before=8, after=None, scale=PainScale.NRS)
    add_score(case, 20, days_after(30), scale=PainScale.VAS_100)
    work_out(case)
    assert [(row.pain_scale, row.pain_low) for row in case.assessments] == [
        (PainScale.NRS, 8),
        (PainScale.VAS_100, 20),
    ]


def test_trap_19_the_baseline_of_a_second_session_is_its_own() -> None:
    first = a_case(on="2024-03-04", before=8, after=None)
    second = Case.new(first.patient)
    second.procedure.performed_on = PartialDate("2024-09-01")
    add_score(second, 6, "2024-08-30")
    for case in (first, second):
        work_out(case)
    assert chosen(first) == {TimePoint.BASELINE: 8}
    assert chosen(second) == {TimePoint.BASELINE: 6}


def test_working_out_twice_changes_nothing() -> None:
    case = followed(-1, 0, 1, 7, 30, 29, 31, 400, 2000)
    before = [(row.time_point, row.chosen) for row in case.assessments]
    work_out(case)
    assert [(row.time_point, row.chosen) for row in case.assessments] == before


def test_a_date_that_was_corrected_moves_the_score() -> None:
    case = followed(30)
    case.assessments[0].assessed_on = PartialDate(days_after(91))
    work_out(case)
    assert chosen(case) == {TimePoint.M3: 0}


def test_a_case_is_complete_when_nothing_is_open() -> None:
    case = a_case()
    work_out(case)
    assert not case.procedure.complete
    for finding in checks.open_fields(case):
        row = next(row for row in everything(case) if str(row.id) == finding.row_id)
        field = row._meta.fields[finding.field]
        setattr(row, finding.field, find(values_of(field), lambda value: value is not None))
    work_out(case)
    assert case.procedure.complete
