# SPDX-License-Identifier: MIT
"""The history of a case: what it says, in how many statements, and what it does with damage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

import pytest

from models.audit import Subject
from models.case import Case, bin_case, load_case, restore_case, save_case
from models.errors import LogbookDamaged, LogbookError
from models.history import Deed, Line, case_at, document_at, history_of, listing, read_history
from models.history.wording import ADDED, REMOVED
from models.identity import remove_identities
from models.logbook import Logbook
from models.merges import past_merges
from models.merging import merge, preview
from models.schema import PatientIdentity
from models.snapshot import snapshot
from models.unmerging import undo_merge
from models.vocabulary import Level, MissingReason, Sex, Side
from tests.builders import a_case, add_score, store_names
from tests.models.asked import statements


def change(logbook: Logbook, case: Case, how: Callable[[Case], object], reason: str = "") -> Case:
    again = load_case(logbook, case.id)
    how(again)
    save_case(logbook, again, reason)
    return again


def _name(case: Case) -> None:
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")


def told(line: Line) -> tuple[str, str, str, str]:
    return line.place, line.label, line.before, line.after


@pytest.fixture
def case(logbook: Logbook) -> Case:
    entered = a_case("P-1", Level.T12, Level.L1, cement_ml=4)
    entered.add_balloon(entered.levels[0], side=Side.LEFT, volume_ml=3)
    save_case(logbook, entered)
    return entered


def test_a_change_is_told_with_who_when_where_and_the_unit(
    logbook: Logbook, other: Logbook, case: Case
) -> None:
    change(other, case, lambda c: setattr(c.levels[0], "cement_ml", 6), "Read again.")
    first, second = history_of(logbook, case.id)
    assert (first.user, first.deed, first.version) == ("anna", Deed.ENTERED, 1)
    assert (second.user, second.deed, second.reason) == ("ben", Deed.CHANGED, "Read again.")
    assert second.at.tzinfo is not None
    assert second.at.astimezone(UTC) >= first.at
    assert [told(line) for line in second.lines] == [("T12", "Cement", "4 mL", "6 mL")]


def test_the_first_version_has_one_line_for_every_row(logbook: Logbook, case: Case) -> None:
    (first,) = history_of(logbook, case.id)
    places = [line.place for line in first.lines]
    assert places == [
        "Patient",
        "Procedure",
        "T12",
        "Balloon 1 of T12",
        "L1",
        "Before",
        "1 month",
    ]
    assert {line.label for line in first.lines} == {ADDED}
    assert "Cement: 4 mL" in first.lines[2].after


def test_a_range_is_one_change(logbook: Logbook, case: Case) -> None:
    def widen(c: Case) -> None:
        c.assessments[1].pain_low, c.assessments[1].pain_high = 0, 1

    change(logbook, case, widen)
    (line,) = history_of(logbook, case.id)[-1].lines
    assert told(line) == ("1 month", "Pain", "2", "0–1")


def test_why_a_value_is_missing_is_told_in_words(logbook: Logbook, case: Case) -> None:
    def decline(c: Case) -> None:
        c.procedure.operator = None
        c.procedure.missing = {"operator": MissingReason.NOT_RECORDED}
        c.levels[1].explained = {"cement_ml": "A small body."}

    change(logbook, case, decline)
    lines = [told(line) for line in history_of(logbook, case.id)[-1].lines]
    assert lines == [
        ("Procedure", "Operator", "Dr A. Operator", "(not recorded)"),
        ("L1", "Cement, why unusual", "", "A small body."),
    ]


def test_rows_that_went_and_came_are_named(logbook: Logbook, case: Case) -> None:
    def swap(c: Case) -> None:
        c.balloons.clear()
        add_score(c, "resolved", "2026-09-10")

    change(logbook, case, swap)
    lines = history_of(logbook, case.id)[-1].lines
    assert [(line.place, line.label) for line in lines] == [
        ("Balloon 1 of T12", REMOVED),
        ("6 months", ADDED),
    ]


def test_the_bin_is_part_of_the_history(logbook: Logbook, case: Case) -> None:
    bin_case(logbook, case.id, "Entered twice")
    assert read_history(logbook, case.id).in_bin
    restore_case(logbook, case.id)
    deeds = [version.deed for version in history_of(logbook, case.id)]
    assert deeds == [Deed.ENTERED, Deed.BINNED, Deed.UNBINNED]
    assert not read_history(logbook, case.id).in_bin


def test_a_change_of_the_person_from_another_case_is_in_the_history(
    logbook: Logbook, case: Case
) -> None:
    second = Case.new(load_case(logbook, case.id).patient)
    save_case(logbook, second)
    change(logbook, second, lambda c: setattr(c.patient, "sex", Sex.MALE))
    history = read_history(logbook, case.id)
    last = history.versions[-1]
    assert (last.deed, last.subjects) == (Deed.PATIENT, frozenset({Subject.PATIENT}))
    assert [told(line) for line in last.lines] == [("Patient", "Sex", "Female", "Male")]
    assert history.other_cases == 1
    assert read_history(logbook, second.id).problem == ""


def test_an_earlier_case_is_read_with_what_follows_from_it(logbook: Logbook, case: Case) -> None:
    number = history_of(logbook, case.id)[0].number
    change(logbook, case, lambda c: c.remove_level(c.levels[0]))
    then = case_at(logbook, case.id, number)
    assert [level.level for level in then.levels] == [Level.T12, Level.L1]
    assert [row.chosen for row in then.assessments] == [True, True]
    assert then.version == 1


def test_the_case_as_it_was_marks_what_differs_today(logbook: Logbook, case: Case) -> None:
    def work(c: Case) -> None:
        c.levels[1].cement_ml = 5
        c.remove_level(c.levels[0])

    change(logbook, case, work)
    history = read_history(logbook, case.id)
    parts = listing(history.document(history.versions[0].number), history.present)
    states = {part.title: part.state for part in parts}
    assert states["T12"] == states["Balloon 1 of T12"] == REMOVED
    assert states["L1"] == ""
    (cement,) = [
        entry for part in parts if part.title == "L1" for entry in part.entries if entry.differs
    ]
    assert (cement.label, cement.then, cement.today) == ("Cement", "4 mL", "5 mL")


def test_the_number_of_statements_does_not_grow_with_the_history(
    logbook: Logbook, case: Case
) -> None:
    def count() -> int:
        with statements(logbook) as asked:
            read_history(logbook, case.id)
        return len(asked)

    few = count()
    for volume in range(5, 9):
        again = load_case(logbook, case.id)
        again.levels[0].cement_ml = volume
        save_case(logbook, again)
    assert count() == few


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
def test_the_history_is_found_by_an_index(logbook: Logbook, case: Case) -> None:
    plan = logbook.database.execute_sql(
        "EXPLAIN QUERY PLAN SELECT number FROM audit_entry WHERE subject_id IN (?) ORDER BY number",
        (case.id,),
    ).fetchall()
    assert any("audit_entry_subject_id_number" in str(step[-1]) for step in plan)


def test_a_record_changed_behind_the_program_is_told(logbook: Logbook, case: Case) -> None:
    logbook.database.execute_sql("UPDATE treated_level SET cement_ml = 9")
    history = read_history(logbook, case.id)
    assert "does not fit its record" in history.problem
    assert "Check the logbook" in history.problem
    assert snapshot(load_case(logbook, case.id)) == history.present


def test_an_audit_that_was_tampered_with_is_not_shown_as_the_truth(
    logbook: Logbook, case: Case
) -> None:
    change(logbook, case, lambda c: setattr(c.levels[0], "cement_ml", 6))
    number = history_of(logbook, case.id)[0].number
    logbook.database.execute_sql(
        "UPDATE audit_entry SET changes = replace(changes, 'Dr A. Operator', 'Dr B') "
        "WHERE number = ?",
        (number,),
    )
    with pytest.raises(LogbookDamaged, match="audit of the case was changed"):
        document_at(logbook, case.id, number)


def test_a_case_that_was_never_saved_has_no_history(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="no history yet"):
        history_of(logbook, a_case("P-2").id)


def test_an_unknown_version_is_refused(logbook: Logbook, case: Case) -> None:
    with pytest.raises(LogbookError, match="no version 999"):
        document_at(logbook, case.id, 999)


def test_a_merge_of_patients_and_its_undoing_are_told_as_such(logbook: Logbook, case: Case) -> None:
    other = a_case("P-13")
    save_case(logbook, other)
    keep, drop = str(case.patient.id), str(other.patient.id)
    merge(logbook, preview(logbook, keep, drop), {})
    merged = read_history(logbook, other.id)
    assert [version.deed for version in merged.versions] == [Deed.ENTERED, Deed.MERGED]
    # Else nothing earlier of the case could be brought back.
    assert merged.problem == ""
    undo_merge(logbook, past_merges(logbook)[0].number)
    parted = read_history(logbook, other.id)
    assert parted.versions[-1].deed is Deed.PARTED
    assert parted.problem == ""


def test_names_that_were_removed_are_told_as_such(logbook: Logbook, case: Case) -> None:
    store_names(logbook)
    change(logbook, case, _name)
    remove_identities(logbook)
    assert history_of(logbook, case.id)[-1].deed is Deed.NAMES_REMOVED
