# SPDX-License-Identifier: MIT
"""Undo and redo of saved changes: what they take back, and when they refuse."""

from __future__ import annotations

import pytest

from models.bulk import save_many
from models.case import Case, bin_case, load_case, save_case
from models.caselist import counts
from models.history import NamesSwitchedOff, history_of
from models.identity import remove_identities
from models.logbook import Logbook
from models.merges import past_merges
from models.merging import Take, merge, preview
from models.partial_date import PartialDate
from models.schema import PatientIdentity
from models.undo import (
    MOST_STEPS,
    ChangedSince,
    Kind,
    last_change,
    newest_entry,
    redo,
    saved_changes,
    undo,
)
from models.unmerging import undo_merge
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case, store_names
from tests.fresh import again
from tests.listed import listed
from tests.models.asked import statements

STEPS_OF_ONE = 100
"""Steps inside the engine by which a part is found and joined: far more than it takes, and far less
than going through all parts for each."""

STEPS_AT_ONCE = 10_000
MOST_STATEMENTS = 20


@pytest.fixture
def case(logbook: Logbook) -> Case:
    entered = a_case("P-12")
    save_case(logbook, entered)
    return entered


def cement(logbook: Logbook, case: Case, value: float) -> None:
    again = load_case(logbook, case.id)
    again.levels[0].cement_ml = value
    save_case(logbook, again)


def stored_cement(logbook: Logbook, case: Case) -> float | None:
    return load_case(logbook, case.id).levels[0].cement_ml


def test_an_entered_case_goes_into_the_bin_and_comes_back(logbook: Logbook, case: Case) -> None:
    change = last_change(logbook)
    assert change is not None
    assert (change.kind, change.name) == (Kind.ENTRY, "P-12")
    undo(logbook, change)
    assert counts(logbook).cases == 0
    redo(logbook, change)
    assert counts(logbook).cases == 1
    assert [v.reason for v in history_of(logbook, case.id)] == ["", "Undo.", "Redo."]
    assert verify(logbook) == []


def test_several_changes_go_back_one_after_the_other(logbook: Logbook, case: Case) -> None:
    start = newest_entry(logbook)
    for value in (7, 8):
        cement(logbook, case, value)
    changes = saved_changes(logbook, start)
    assert [change.kind for change in changes] == [Kind.CHANGE, Kind.CHANGE]
    undo(logbook, changes[1])
    assert stored_cement(logbook, case) == 7
    undo(logbook, changes[0])
    assert stored_cement(logbook, case) == 6
    redo(logbook, changes[0])
    redo(logbook, changes[1])
    assert stored_cement(logbook, case) == 8


def test_what_somebody_else_changed_since_is_not_lost(logbook: Logbook, case: Case) -> None:
    cement(logbook, case, 7)
    change = last_change(logbook)
    assert change is not None
    other = again(logbook, user="ben")
    cement(other, case, 9)
    other.close()
    with pytest.raises(ChangedSince, match=r"P-12 was changed since by ben \(T12, Cement\)"):
        undo(logbook, change)
    assert stored_cement(logbook, case) == 9


def test_only_own_changes_are_offered(logbook: Logbook, case: Case) -> None:
    start = newest_entry(logbook)
    other = again(logbook, user="ben")
    cement(other, case, 9)
    other.close()
    assert saved_changes(logbook, start) == []
    assert last_change(logbook, start) is None


def test_a_change_of_the_person_alone_goes_back(logbook: Logbook, case: Case) -> None:
    again = load_case(logbook, case.id)
    again.patient.sex = Sex.MALE
    save_case(logbook, again)
    change = last_change(logbook)
    assert change is not None
    undo(logbook, change)
    assert load_case(logbook, case.id).patient.sex is Sex.FEMALE


def test_cases_that_went_into_the_bin_together_come_back_together(
    logbook: Logbook, case: Case
) -> None:
    second = a_case("P-13")
    save_case(logbook, second)
    start = newest_entry(logbook)
    with logbook.transaction():
        for case_id in (case.id, second.id):
            bin_case(logbook, case_id, "Entered twice")
    (change,) = saved_changes(logbook, start)
    assert change.kind is Kind.BINNING
    undo(logbook, change)
    assert counts(logbook).cases == 2
    redo(logbook, change)
    assert counts(logbook).cases == 0


def second_case(logbook: Logbook, of: Case, sex: Sex | None = None) -> Case:
    """Another case of the same patient, in which perhaps the sex is corrected."""
    entered = Case.new(load_case(logbook, of.id).patient)
    if sex is not None:
        entered.patient.sex = sex
        entered.patient.birth_date = PartialDate("1950-03-14")
    save_case(logbook, entered)
    return entered


def person(logbook: Logbook, case: Case) -> tuple[Sex | None, str]:
    patient = load_case(logbook, case.id).patient
    return patient.sex, str(patient.birth_date or "")


def test_what_an_entry_changed_of_a_known_patient_goes_back_with_it(
    logbook: Logbook, case: Case
) -> None:
    second = second_case(logbook, case, Sex.MALE)
    change = last_change(logbook)
    assert change is not None
    assert (change.kind, change.with_patient) == (Kind.ENTRY, True)
    undo(logbook, change)
    assert counts(logbook).cases == 1
    assert person(logbook, case) == (Sex.FEMALE, "")
    redo(logbook, change)
    assert counts(logbook).cases == 2
    assert person(logbook, case) == (Sex.MALE, "1950-03-14")
    undo(logbook, change)
    assert person(logbook, second) == (Sex.FEMALE, "")
    assert verify(logbook) == []


def test_what_somebody_else_changed_of_the_patient_since_is_not_lost(
    logbook: Logbook, other: Logbook, case: Case
) -> None:
    second = second_case(logbook, case, Sex.MALE)
    change = last_change(logbook)
    assert change is not None
    theirs = load_case(other, case.id)
    theirs.patient.sex = Sex.OTHER
    save_case(other, theirs)
    with pytest.raises(ChangedSince, match=r"P-12 was changed since by ben \(Patient, Sex\)"):
        undo(logbook, change)
    assert person(logbook, case) == (Sex.OTHER, "1950-03-14")
    assert load_case(logbook, second.id).procedure.deleted_at is None


def test_an_entry_that_changed_nothing_of_the_patient_leaves_what_others_changed(
    logbook: Logbook, other: Logbook, case: Case
) -> None:
    second_case(logbook, case)
    change = last_change(logbook)
    assert change is not None
    assert not change.with_patient
    theirs = load_case(other, case.id)
    theirs.patient.sex = Sex.OTHER
    save_case(other, theirs)
    undo(logbook, change)
    redo(logbook, change)
    assert person(logbook, case) == (Sex.OTHER, "")


def test_of_very_many_cases_in_the_bin_all_come_back(logbook: Logbook) -> None:
    save_many(logbook, [a_case(f"P-{number}") for number in range(MOST_STEPS + 20)])
    start, all_of_them = newest_entry(logbook), listed(logbook)
    with logbook.transaction():
        for line in all_of_them:
            bin_case(logbook, line.case_id, "A trial")
    (change,) = saved_changes(logbook, start)
    assert (change.kind, len(change.parts)) == (Kind.BINNING, MOST_STEPS + 20)
    undo(logbook, change)
    assert counts(logbook).cases == MOST_STEPS + 20
    redo(logbook, change)
    assert counts(logbook).cases == 0


VERY_MANY = 260_000
"""More than the engine takes as parameters of one statement."""


@pytest.mark.sqlite_only("the steps of SQLite's own machine are counted")
def test_very_many_cases_are_joined_to_one_change_at_once(logbook: Logbook, case: Case) -> None:
    start = newest_entry(logbook)
    with logbook.transaction():
        logbook.database.execute_sql(
            """
            INSERT INTO audit_entry (number, at, user, action, subject, subject_id, version,
                changes, reason, content_hash, previous_hash, hash)
            SELECT ? + value, '2026-01-01T00:00:00+00:00', ?, 'delete', 'case', 'case-' || value, 2,
                '{}', '', '', '', ''
            FROM (WITH RECURSIVE counted(value) AS
                (SELECT 1 UNION ALL SELECT value + 1 FROM counted WHERE value < ?)
                SELECT value FROM counted)
            """,
            (start, logbook.user, VERY_MANY),
        )
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += STEPS_AT_ONCE
        return 0

    connection = logbook.database.connection()
    connection.set_progress_handler(step, STEPS_AT_ONCE)
    with statements(logbook) as asked:
        (change,) = saved_changes(logbook, start)
    connection.set_progress_handler(None, 0)
    assert (change.kind, len(change.parts)) == (Kind.BINNING, VERY_MANY)
    assert change.parts[-1].case_id == f"case-{VERY_MANY}"
    assert len(asked) < MOST_STATEMENTS
    assert steps < STEPS_OF_ONE * VERY_MANY


def test_cases_that_came_in_bulk_are_one_change_and_those_entered_by_hand_one_each(
    logbook: Logbook, case: Case
) -> None:
    start = newest_entry(logbook)
    save_many(logbook, [a_case("P-20"), a_case("P-21")])
    save_case(logbook, a_case("P-22"))
    save_case(logbook, a_case("P-23"))
    changes = saved_changes(logbook, start)
    assert [len(change.parts) for change in changes] == [2, 1, 1]
    undo(logbook, changes[0])
    assert counts(logbook).cases == 3


def test_only_the_last_changes_are_told(logbook: Logbook, case: Case) -> None:
    for value in range(MOST_STEPS + 5):
        cement(logbook, case, 1 + value / 10)
    changes = saved_changes(logbook, 0)
    assert len(changes) == MOST_STEPS
    undo(logbook, changes[-1])
    assert stored_cement(logbook, case) == 1 + (MOST_STEPS + 3) / 10


def test_the_number_of_statements_does_not_grow_with_what_was_saved(
    logbook: Logbook, case: Case
) -> None:
    def count() -> int:
        with statements(logbook) as asked:
            saved_changes(logbook, 0)
        return len(asked)

    few = count()
    for number in range(30):
        save_case(logbook, a_case(f"P-{number + 20}"))
        cement(logbook, case, 1 + number / 10)
    assert count() == few


# merging


@pytest.fixture
def merged(logbook: Logbook, case: Case) -> tuple[Case, Case]:
    """P-12 with P-13 merged into it, whose sex and notes were taken over."""
    second = a_case("P-13", sex=Sex.MALE)
    case.patient.patient_notes, second.patient.patient_notes = "One.", "Other."
    for one in (case, second):
        save_case(logbook, one)
    shown = preview(logbook, str(case.patient.id), str(second.patient.id))
    merge(logbook, shown, {"patient.sex": Take.OTHER, "patient.patient_notes": Take.BOTH})
    return case, second


def owner(logbook: Logbook, case: Case) -> tuple[str | None, Sex | None, str | None]:
    patient = load_case(logbook, case.id).patient
    return patient.patient_code, patient.sex, patient.patient_notes


ONE = ("P-12", Sex.MALE, "One.\nOther.")
TWO = [("P-12", Sex.FEMALE, "One."), ("P-13", Sex.MALE, "Other.")]


def test_a_merge_goes_back_whole_and_is_done_again_with_the_same_choices(
    logbook: Logbook, merged: tuple[Case, Case]
) -> None:
    change = last_change(logbook)
    assert change is not None
    assert (change.kind, change.name) == (Kind.MERGING, "P-13 into P-12")
    assert [owner(logbook, case) for case in merged] == [ONE, ONE]
    for _ in range(2):
        undo(logbook, change)
        assert [owner(logbook, case) for case in merged] == TWO
        redo(logbook, change)
        assert [owner(logbook, case) for case in merged] == [ONE, ONE]
    assert verify(logbook) == []


def test_a_merge_that_was_undone_elsewhere_can_be_done_again_and_undone(
    logbook: Logbook, merged: tuple[Case, Case]
) -> None:
    undo_merge(logbook, past_merges(logbook)[0].number)
    *_, merging, parting = saved_changes(logbook, 0)
    assert (parting.kind, parting.name) == (Kind.PARTING, "P-13 and P-12")
    undo(logbook, parting)
    assert [owner(logbook, case) for case in merged] == [ONE, ONE]
    undo(logbook, merging)
    assert [owner(logbook, case) for case in merged] == TWO
    redo(logbook, merging)
    redo(logbook, parting)
    assert [owner(logbook, case) for case in merged] == TWO
    assert verify(logbook) == []


def test_a_merge_stays_where_somebody_stands_in_the_way(
    logbook: Logbook, other: Logbook, merged: tuple[Case, Case]
) -> None:
    change = last_change(logbook)
    assert change is not None
    save_case(other, a_case("P-13"))
    with pytest.raises(ChangedSince, match="P-13 was given to another patient since"):
        undo(logbook, change)
    assert owner(logbook, merged[1]) == ONE


# names


def test_taking_all_names_out_is_no_change_to_undo(logbook: Logbook, case: Case) -> None:
    store_names(logbook)
    again = load_case(logbook, case.id)
    again.identity = PatientIdentity(patient=again.patient.id, full_name="Ann Example")
    save_case(logbook, again)
    start = newest_entry(logbook)
    remove_identities(logbook)
    assert saved_changes(logbook, start) == []


def test_undo_leaves_names_alone_that_are_switched_off(logbook: Logbook, case: Case) -> None:
    store_names(logbook)
    again = load_case(logbook, case.id)
    again.identity = PatientIdentity(patient=again.patient.id, full_name="Ann Example")
    again.patient.sex = Sex.MALE
    save_case(logbook, again)
    again.identity.full_name = "Ann Other"
    save_case(logbook, again)
    store_names(logbook, on=False)
    with_sex, only_name = saved_changes(logbook, 0)[-2:]
    with pytest.raises(NamesSwitchedOff):
        undo(logbook, only_name)
    for do, sex in ((undo, Sex.FEMALE), (redo, Sex.MALE), (undo, Sex.FEMALE)):
        do(logbook, with_sex)
        now = load_case(logbook, case.id)
        assert now.patient.sex is sex
        assert now.identity is not None
        assert now.identity.full_name == "Ann Other"
    assert verify(logbook) == []
