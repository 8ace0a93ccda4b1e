# SPDX-License-Identifier: MIT
"""Recording from the list: one saved change, checked, reused rows, and nothing overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.case import Case, bin_case, load_case, save_case
from models.errors import ImpossibleCase, InvalidValue, LogbookError
from models.followup.duelist import due_lines, due_numbers
from models.followup.recording import Answer, VisitTaken, record_reason, record_score
from models.followup.spans import Which
from models.followup.states import CaseState
from models.followup.tally import tally
from models.history import history_of
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import Assessment
from models.undo import Kind, last_change, newest_entry, redo, saved_changes, undo
from models.verify import verify
from models.visits import Mark
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    AssessmentMode,
    PainScale,
    TimePoint,
)
from tests.builders import a_case, add_score
from tests.fresh import again

OPERATED = date(2024, 3, 4)
TODAY = OPERATED + timedelta(50)
M1 = TimePoint.M1
NOT_REACHED = AssessmentMissing.NOT_REACHED


@pytest.fixture
def case(logbook: Logbook) -> Case:
    entered = a_case("P-1", on=OPERATED.isoformat(), before=8, after=None)
    save_case(logbook, entered)
    return entered


def nrs(typed: str, **extras: object) -> Answer:
    return Answer(typed, PainScale.NRS, extras=extras)


def follow_up_rows(logbook: Logbook, case: Case) -> list[Assessment]:
    return load_case(logbook, case.id).assessments[1:]


def overdue(logbook: Logbook, today: date = TODAY) -> int:
    return len(due_numbers(logbook, Which.OVERDUE, today))


def take_back(logbook: Logbook) -> None:
    change = last_change(logbook)
    assert change is not None
    assert change.kind is Kind.CHANGE
    undo(logbook, change)


def test_a_score_is_one_saved_change_and_the_visit_is_done(logbook: Logbook, case: Case) -> None:
    assert overdue(logbook) == 1
    begun = newest_entry(logbook)
    analgesics = AnalgesicLevel.NON_OPIOID
    answer = nrs("2", analgesic_level=analgesics, mode=AssessmentMode.PHONE)
    done = record_score(logbook, case.id, M1, answer, TODAY)
    assert newest_entry(logbook) == begun + 1
    (row,) = follow_up_rows(logbook, case)
    assert (row.pain_low, row.pain_high, row.pain_scale) == (2, 2, PainScale.NRS)
    assert (row.assessed_on, row.time_point) == (TODAY.isoformat(), M1)
    assert (row.analgesic_level, row.mode) == (analgesics, AssessmentMode.PHONE)
    assert (done.time_point, done.row_id, done.saved.version) == (M1, row.id, 2)
    assert row.chosen
    assert overdue(logbook) == 0
    take_back(logbook)
    assert overdue(logbook) == 1
    assert verify(logbook) == []


def test_a_range_and_words_are_kept_as_they_were_given(logbook: Logbook, case: Case) -> None:
    record_score(logbook, case.id, M1, nrs("0–1"), TODAY)
    record_score(logbook, case.id, TimePoint.M3, nrs("resolved"), OPERATED + timedelta(91))
    ranged, worded = follow_up_rows(logbook, case)
    assert (ranged.pain_low, ranged.pain_high) == (0, 1)
    assert (worded.pain_low, worded.pain_words, worded.pain_scale) == (None, "resolved", None)


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (nrs("7.5"), ImpossibleCase, "whole numbers"),
        (nrs("75"), ImpossibleCase, "above the top"),
        (Answer("7.55", PainScale.VAS_10), InvalidValue, "one decimal place"),
        (Answer("7.5", PainScale.VAS_100), ImpossibleCase, "whole numbers"),
        (Answer("5", PainScale.VERBAL, 4), ImpossibleCase, "above the top"),
        (nrs("1O"), InvalidValue, "is not a number"),
        (nrs("3-1"), InvalidValue, "downwards"),
        (nrs("-1"), InvalidValue, "not possible"),
        (nrs("  "), InvalidValue, "no score yet"),
        (nrs("3", odi_pct=180), ImpossibleCase, "ODI"),
    ],
)
def test_trap_1_what_cannot_be_is_refused_and_nothing_is_saved(
    logbook: Logbook, case: Case, answer: Answer, error: type[LogbookError], said: str
) -> None:
    begun = newest_entry(logbook)
    with pytest.raises(error, match=said):
        record_score(logbook, case.id, M1, answer, TODAY)
    assert newest_entry(logbook) == begun
    assert load_case(logbook, case.id).version == 1


def test_trap_2_a_decimal_comma_is_a_decimal_point(logbook: Logbook, case: Case) -> None:
    record_score(logbook, case.id, M1, Answer("7,5", PainScale.VAS_10), TODAY)
    assert follow_up_rows(logbook, case)[0].pain_low == 7.5


def test_the_row_of_earlier_calls_takes_the_score(logbook: Logbook, case: Case) -> None:
    for _ in range(3):
        record_reason(logbook, case.id, M1, NOT_REACHED)
    assert overdue(logbook) == 1
    (line,) = due_lines(logbook, due_numbers(logbook, Which.OVERDUE, TODAY), TODAY)
    assert line.calls == 3
    record_score(logbook, case.id, M1, nrs("3"), TODAY)
    (row,) = follow_up_rows(logbook, case)
    assert (row.pain_low, row.missing_reason, row.call_attempts) == (3, None, 3)
    *_, third, score = saved_changes(logbook, 0)
    undo(logbook, score)
    (row,) = follow_up_rows(logbook, case)
    assert (row.pain_low, row.missing_reason, row.call_attempts) == (None, NOT_REACHED, 3)
    undo(logbook, third)
    assert follow_up_rows(logbook, case)[0].call_attempts == 2


def test_a_row_of_another_day_keeps_its_own_answers(logbook: Logbook, case: Case) -> None:
    again = load_case(logbook, case.id)
    asked_on = PartialDate.from_date(OPERATED + timedelta(20))
    again.add_assessment(time_point=M1, assessed_on=asked_on, odi_pct=40)
    save_case(logbook, again)
    assert overdue(logbook) == 1
    record_score(logbook, case.id, M1, nrs("3"), TODAY)
    odi, score = follow_up_rows(logbook, case)
    assert (odi.odi_pct, odi.pain_low, odi.assessed_on) == (40, None, asked_on)
    assert (score.odi_pct, score.pain_low) == (None, 3)


def test_the_day_decides_where_a_score_stands(logbook: Logbook, case: Case) -> None:
    record_reason(logbook, case.id, M1, NOT_REACHED)
    done = record_score(logbook, case.id, M1, nrs("3"), OPERATED + timedelta(60))
    assert done.time_point is TimePoint.M3
    calls, score = follow_up_rows(logbook, case)
    assert (calls.time_point, calls.missing_reason) == (M1, NOT_REACHED)
    assert score.time_point is TimePoint.M3
    late = record_score(logbook, case.id, TimePoint.M24, nrs("3"), OPERATED + timedelta(913))
    assert late.time_point is TimePoint.LATER


def test_trap_7_a_day_before_the_procedure_is_refused(logbook: Logbook, case: Case) -> None:
    with pytest.raises(InvalidValue, match="before the procedure"):
        record_score(logbook, case.id, M1, nrs("3"), OPERATED - timedelta(1))
    assert load_case(logbook, case.id).version == 1


def test_on_the_day_of_the_procedure_it_is_a_follow_up(logbook: Logbook, case: Case) -> None:
    assert record_score(logbook, case.id, M1, nrs("3"), OPERATED).time_point is TimePoint.H24


def test_nobodys_entry_is_overwritten(logbook: Logbook, case: Case) -> None:
    other = again(logbook, "Somebody else")
    record_score(other, case.id, M1, nrs("6"), TODAY)
    begun = newest_entry(logbook)
    with pytest.raises(VisitTaken, match=r"P-1 has an answer for 1 month already: 6 on 2024-04-23"):
        record_score(logbook, case.id, M1, nrs("2"), TODAY)
    with pytest.raises(VisitTaken) as caught:
        record_reason(logbook, case.id, M1, AssessmentMissing.DECLINED)
    assert caught.value.mark is Mark.MEASURED
    assert newest_entry(logbook) == begun
    other.close()


def test_what_somebody_else_entered_meanwhile_stays(logbook: Logbook, case: Case) -> None:
    other = again(logbook, "Somebody else")
    theirs = load_case(other, case.id)
    theirs.procedure.notes = "A note."
    save_case(other, theirs)
    record_score(logbook, case.id, M1, nrs("2"), TODAY)
    stored = load_case(logbook, case.id)
    assert (stored.procedure.notes, stored.version) == ("A note.", 3)
    other.close()


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (AssessmentMissing.DECLINED, CaseState.UPCOMING),
        (AssessmentMissing.TOO_ILL, CaseState.UPCOMING),
        (AssessmentMissing.COGNITIVE, CaseState.UPCOMING),
        (AssessmentMissing.MOVED, CaseState.MOVED),
        (AssessmentMissing.LOST, CaseState.LOST),
        (NOT_REACHED, CaseState.OVERDUE),
    ],
)
def test_a_reason_is_one_saved_change_that_can_be_taken_back(
    logbook: Logbook, case: Case, reason: AssessmentMissing, state: CaseState
) -> None:
    begun = newest_entry(logbook)
    record_reason(logbook, case.id, M1, reason, note="Called at noon.")
    assert newest_entry(logbook) == begun + 1
    assert tally(logbook, TODAY).counts()[state] == 1
    (row,) = follow_up_rows(logbook, case)
    assert (row.missing_reason, row.note) == (reason, "Called at noon.")
    take_back(logbook)
    assert tally(logbook, TODAY).counts()[CaseState.OVERDUE] == 1
    assert verify(logbook) == []


def test_a_second_reason_does_not_take_the_place_of_the_first(logbook: Logbook, case: Case) -> None:
    record_reason(logbook, case.id, M1, AssessmentMissing.MOVED)
    with pytest.raises(VisitTaken, match="Moved away"):
        record_reason(logbook, case.id, M1, AssessmentMissing.DECLINED)
    with pytest.raises(VisitTaken, match="Moved away"):
        record_reason(logbook, case.id, TimePoint.M6, AssessmentMissing.DECLINED)


def test_who_declined_and_calls_back_has_a_score(logbook: Logbook, case: Case) -> None:
    record_reason(logbook, case.id, M1, AssessmentMissing.DECLINED)
    record_score(logbook, case.id, M1, nrs("3"), TODAY)
    (row,) = follow_up_rows(logbook, case)
    assert (row.pain_low, row.missing_reason) == (3, None)


def test_trap_20_the_day_of_the_death_holds_for_every_case(logbook: Logbook, case: Case) -> None:
    second = a_case(on=(OPERATED + timedelta(3)).isoformat(), before=8, after=None)
    second.patient = load_case(logbook, case.id).patient
    second.procedure.patient = second.patient
    save_case(logbook, second)
    assert overdue(logbook) == 2
    with pytest.raises(InvalidValue, match="day of the death is missing") as caught:
        record_reason(logbook, case.id, M1, AssessmentMissing.DIED)
    assert caught.value.field == "died_on"
    died = PartialDate("2024-04")
    record_reason(logbook, case.id, M1, AssessmentMissing.DIED, died_on=died)
    assert load_case(logbook, second.id).patient.died_on == died
    assert overdue(logbook) == 0
    assert tally(logbook, TODAY).counts()[CaseState.DIED] == 2
    take_back(logbook)
    assert load_case(logbook, second.id).patient.died_on is None
    assert overdue(logbook) == 2
    change = last_change(logbook)
    assert change is not None
    assert verify(logbook) == []


def test_a_death_can_be_told_after_another_reason_and_once_more_for_another_case(
    logbook: Logbook, case: Case
) -> None:
    second = a_case(on=(OPERATED + timedelta(3)).isoformat(), before=8, after=None)
    second.patient = load_case(logbook, case.id).patient
    second.procedure.patient = second.patient
    save_case(logbook, second)
    record_reason(logbook, case.id, M1, AssessmentMissing.TOO_ILL)
    day = PartialDate.from_date(TODAY)
    record_reason(logbook, case.id, M1, AssessmentMissing.DIED, died_on=day)
    record_reason(logbook, second.id, M1, AssessmentMissing.DIED)
    with pytest.raises(InvalidValue, match="died on 2024-04-23"):
        record_reason(
            logbook, second.id, TimePoint.M3, AssessmentMissing.DIED, died_on=PartialDate("2023")
        )
    assert verify(logbook) == []


def test_undone_and_done_again(logbook: Logbook, case: Case) -> None:
    record_score(logbook, case.id, M1, nrs("3"), TODAY)
    change = last_change(logbook)
    assert change is not None
    undo(logbook, change)
    redo(logbook, change)
    assert follow_up_rows(logbook, case)[0].pain_low == 3
    assert [version.reason for version in history_of(logbook, case.id)] == [
        "",
        "Follow-up: 1 month.",
        "Undo.",
        "Redo.",
    ]


def test_a_case_in_the_bin_and_a_visit_that_is_none_are_refused(
    logbook: Logbook, case: Case
) -> None:
    for point in (TimePoint.BASELINE, TimePoint.LATER, TimePoint.UNDATED):
        with pytest.raises(LogbookError, match="no visit"):
            record_reason(logbook, case.id, point, AssessmentMissing.DECLINED)
    bin_case(logbook, case.id, "Entered twice.")
    with pytest.raises(LogbookError, match="bin"):
        record_score(logbook, case.id, M1, nrs("3"), TODAY)


def test_a_case_without_a_day_keeps_the_visit_that_was_stated(logbook: Logbook) -> None:
    case = a_case("P-9", on="2024-03", before=8, after=None)
    save_case(logbook, case)
    done = record_score(logbook, case.id, M1, nrs("3"), TODAY)
    assert done.time_point is M1


def test_the_scale_of_the_last_score_is_known_for_the_next(logbook: Logbook) -> None:
    case = a_case("P-9", on=OPERATED.isoformat(), before=8, after=None)
    row = case.add_assessment(assessed_on=PartialDate.from_date(OPERATED + timedelta(7)))
    row.pain_scale, row.pain_scale_max = PainScale.VERBAL, 5
    row.pain_low = row.pain_high = 2
    add_score(case, "better", (OPERATED + timedelta(9)).isoformat())
    save_case(logbook, case)
    lines = due_lines(logbook, due_numbers(logbook, Which.OVERDUE, TODAY), TODAY)
    line = next(line for line in lines if line.case.case_id == case.id)
    assert (line.scale, line.scale_max) == (PainScale.VERBAL, 5)


def test_who_was_faster_is_told_with_when(logbook: Logbook, case: Case) -> None:
    first = again(logbook, "Nurse A")
    done = record_score(first, case.id, M1, nrs("4"), TODAY)
    first.close()
    second = again(logbook, "Nurse B")
    corrected = load_case(second, case.id)
    corrected.assessments[-1].pain_low = corrected.assessments[-1].pain_high = 5
    save_case(second, corrected)
    second.close()
    third = again(logbook, "Nurse C")
    noted = load_case(third, case.id)
    noted.procedure.notes = "Looked at."
    save_case(third, noted)
    third.close()
    with pytest.raises(VisitTaken) as caught:
        record_score(logbook, case.id, M1, nrs("2"), TODAY)
    error = caught.value
    assert error.user == "Nurse B"
    assert error.at is not None
    assert error.at.tzinfo is not None
    assert done.row_id == str(load_case(logbook, case.id).assessments[-1].id)
    said = f"{error.at.astimezone():%Y-%m-%d at %H:%M}"
    assert f"already: 5 on 2024-04-23. Nurse B saved that on {said}." in error.message
