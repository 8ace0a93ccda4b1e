# SPDX-License-Identifier: MIT
"""Undo and redo of saved changes: what they take back, and when they refuse."""

from __future__ import annotations

import pytest

from models.case import Case, bin_case, load_case, save_case
from models.caselist import counts
from models.history import history_of
from models.logbook import Logbook
from models.undo import ChangedSince, Kind, last_change, newest_entry, redo, saved_changes, undo
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case


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
    assert (change.kind, change.parts[0].name) == (Kind.ENTRY, "P-12")
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
    other = Logbook.open(logbook.folder, user="ben")
    cement(other, case, 9)
    other.close()
    with pytest.raises(ChangedSince, match=r"P-12 was changed since by ben \(T12: Cement\)"):
        undo(logbook, change)
    assert stored_cement(logbook, case) == 9


def test_only_own_changes_are_offered(logbook: Logbook, case: Case) -> None:
    start = newest_entry(logbook)
    other = Logbook.open(logbook.folder, user="ben")
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
