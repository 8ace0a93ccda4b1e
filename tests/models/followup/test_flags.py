# SPDX-License-Identifier: MIT
"""What happened since: it is told beside the visit, and the visit stays to be asked for."""

from __future__ import annotations

from datetime import date, timedelta

from models.case import Case, bin_case, load_case, save_case
from models.followup.duelist import DueLine, due_lines, due_numbers
from models.followup.flags import Flag, FlagKind
from models.followup.spans import Which
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.vocabulary import EventKind, Level, TimePoint, YesNo
from tests.builders import a_case

OPERATED = date(2024, 3, 4)
TODAY = OPERATED + timedelta(50)


def after(days: int) -> str:
    return (OPERATED + timedelta(days)).isoformat()


def unfollowed(*levels: Level, on: str | None = OPERATED.isoformat(), code: str = "P-1") -> Case:
    return a_case(code, *levels, on=on, before=8, after=None)


def of_same(case: Case, *levels: Level, on: str) -> Case:
    second = unfollowed(*levels, on=on)
    second.patient = case.patient
    second.procedure.patient = case.patient
    return second


def line_of(logbook: Logbook, case: Case, today: date = TODAY) -> DueLine:
    lines = due_lines(logbook, due_numbers(logbook, Which.ALL, today), today)
    return next(line for line in lines if line.case.case_id == case.id)


def flags(logbook: Logbook, case: Case, today: date = TODAY) -> tuple[Flag, ...]:
    return line_of(logbook, case, today).flags


def test_a_later_procedure_at_the_same_level_is_told_and_the_visit_stays(logbook: Logbook) -> None:
    first = unfollowed(Level.T12, Level.L1)
    second = of_same(first, Level.L1, Level.L2, on=after(40))
    for case in (first, second):
        save_case(logbook, case)
    line = line_of(logbook, first)
    assert line.next is not None
    assert line.next.time_point is TimePoint.M1
    assert line.flags == (
        Flag(FlagKind.TREATED_AGAIN, PartialDate(after(40)), (Level.L1,), second.id),
    )
    assert flags(logbook, second) == ()


def test_a_later_procedure_elsewhere_is_told_apart(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    for case in (first, of_same(first, Level.L4, on=after(40))):
        save_case(logbook, case)
    (flag,) = flags(logbook, first)
    assert (flag.kind, flag.levels) == (FlagKind.TREATED_ELSEWHERE, (Level.L4,))


def test_what_comes_after_the_window_of_the_visit_is_not_told_of_it(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    for case in (first, of_same(first, Level.T12, on=after(60))):
        save_case(logbook, case)
    assert flags(logbook, first) == ()
    assert len(flags(logbook, first, OPERATED + timedelta(61))) == 1


def test_a_procedure_in_the_bin_or_of_the_same_unknown_month_says_nothing(
    logbook: Logbook,
) -> None:
    first = unfollowed(Level.T12)
    binned = of_same(first, Level.T12, on=after(40))
    same_month = of_same(first, Level.T12, on="2024-03")
    for case in (first, binned, same_month):
        save_case(logbook, case)
    bin_case(logbook, binned.id, "Entered twice.")
    assert flags(logbook, first) == ()


def test_two_cases_of_one_day_are_not_later_than_each_other(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    second = of_same(first, Level.T12, on=after(0))
    for case in (first, second):
        save_case(logbook, case)
    assert flags(logbook, first) == flags(logbook, second) == ()


def test_a_new_fracture_is_told_in_every_case_of_the_patient_before_it(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    second = of_same(first, Level.L4, on=after(10))
    second.add_adverse_event(
        kind=EventKind.FRACTURE_ADJACENT, level=Level.L3, onset_on=PartialDate(after(30))
    )
    second.add_adverse_event(kind=EventKind.PAIN_FLARE, onset_on=PartialDate(after(31)))
    third = of_same(first, Level.L4, on=after(45))
    for case in (first, second, third):
        save_case(logbook, case)
    broke = Flag(FlagKind.NEW_FRACTURE, PartialDate(after(30)), (Level.L3,), second.id)
    assert broke in flags(logbook, first)
    assert broke in flags(logbook, second)
    assert broke not in flags(logbook, third)


def test_of_what_the_patient_says_again_and_again_the_first_time_is_told(logbook: Logbook) -> None:
    case = unfollowed()
    for days in (20, 8):
        case.add_assessment(
            assessed_on=PartialDate(after(days)),
            pain_words="worse",
            new_fracture=YesNo.YES,
            retreatment=YesNo.NO if days == 20 else YesNo.YES,
        )
    save_case(logbook, case)
    found = flags(logbook, case, OPERATED + timedelta(70))
    assert [(flag.kind, flag.on) for flag in found] == [
        (FlagKind.NEW_FRACTURE, after(8)),
        (FlagKind.TREATED_AGAIN, after(8)),
    ]


def test_an_answer_is_not_told_where_the_record_knows_better(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    first.add_assessment(
        assessed_on=PartialDate(after(8)), pain_words="worse", retreatment=YesNo.YES
    )
    second = of_same(first, Level.L4, on=after(5))
    for case in (first, second):
        save_case(logbook, case)
    (flag,) = flags(logbook, first)
    assert (flag.kind, flag.case_id) == (FlagKind.TREATED_ELSEWHERE, second.id)


def test_another_patient_says_nothing(logbook: Logbook) -> None:
    first = unfollowed(Level.T12)
    for case in (first, unfollowed(Level.T12, on=after(40), code="P-2")):
        save_case(logbook, case)
    assert flags(logbook, first) == ()
    assert load_case(logbook, first.id).version == 1
