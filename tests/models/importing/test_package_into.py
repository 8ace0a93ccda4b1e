# SPDX-License-Identifier: MIT
"""A data package meets a logbook that has some of its cases already; they are told by their ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.case import Case, bin_case, load_case, save_case
from models.importing.preview import Preview, write_refused
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import Leak, Procedure
from models.undo import Kind, last_change, newest_entry, saved_changes, undo
from models.verify import verify
from models.vocabulary import Leakage, LeakLocation, Level, Sex, TimePoint
from tests.builders import a_case, add_score
from tests.fresh import NewLogbook
from tests.models.importing.records import held, look, package, problems, take_in, verdicts


@pytest.fixture
def source(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "other" / "Other.kypholog", user="ben")
    yield logbook
    logbook.close()


def leaking(code: str) -> Case:
    case = a_case(code, Level.T12, Level.L1, leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], location=LeakLocation.DISC_SUPERIOR)
    return case


def both(source: Logbook, logbook: Logbook, case: Case) -> tuple[Case, Case]:
    """The case in both logbooks."""
    save_case(source, case)
    take_in(package(source), logbook)
    return load_case(source, case.id), load_case(logbook, case.id)


def differences(shown: Preview) -> list[tuple[str, str, str, bool]]:
    return [
        (one.place, one.old, one.new, one.is_conflict)
        for line in shown.lines
        for one in line.differences
    ]


def test_each_case_is_judged_by_its_id(source: Logbook, logbook: Logbook) -> None:
    same, filled, other, new = (leaking(code) for code in ("A", "B", "C", "D"))
    filled.procedure.supervisor = None
    for case in (same, filled, other):
        both(source, logbook, case)
    save_case(source, new)
    filled, other = load_case(source, filled.id), load_case(source, other.id)
    filled.procedure.supervisor = "Dr S."
    filled.add_leak(filled.levels[1], location=LeakLocation.DISC_INFERIOR)
    other.levels[0].cement_ml = 7.5
    other.leaks[0].location = LeakLocation.DISC_INFERIOR
    save_case(source, filled)
    save_case(source, other)
    shown, done = take_in(package(source), logbook)
    by_code = {line.name: line.verdict.value for line in shown.lines}
    assert by_code == {"A": "same", "B": "changed", "C": "conflicting", "D": "new"}
    assert sorted(differences(shown)) == [
        ("L1, Leak", "", "Disc below", False),
        ("Supervisor", "", "Dr S.", False),
        ("T12, Cement", "6", "7.5", True),
        ("T12, Leak, Location", "Disc above", "Disc below", True),
    ]
    assert (done.new, done.changed) == (1, 1)
    assert held(logbook, filled.id) == held(source, filled.id)
    assert held(logbook, new.id) == held(source, new.id)
    assert load_case(logbook, other.id).levels[0].cement_ml == 6
    assert verify(logbook) == []


def test_conflicts_are_taken_where_somebody_wants_it(source: Logbook, logbook: Logbook) -> None:
    own, _ = both(source, logbook, leaking("A"))
    own.patient.sex = Sex.MALE
    own.levels[0].cement_ml = 7.5
    own.assessments[0].pain_low = own.assessments[0].pain_high = 9
    own.leaks[0].treated_level = own.levels[1]
    save_case(source, own)
    shown, done = take_in(package(source), logbook, takes_conflicts=True)
    assert (verdicts(shown), done.changed) == (["conflicting"], 1)
    assert held(logbook, own.id) == held(source, own.id)


def test_what_the_package_lacks_stays(source: Logbook, logbook: Logbook) -> None:
    case = leaking("A")
    _, stored = both(source, logbook, case)
    stored.procedure.history = "Only here."
    add_score(stored, 4, "2026-09-04", TimePoint.UNDATED)
    save_case(logbook, stored)
    before = held(logbook, case.id)
    shown, done = take_in(package(source), logbook)
    assert (verdicts(shown), done.changed) == (["same"], 0)
    assert held(logbook, case.id) == before


def test_a_second_score_of_one_day_is_another_score(source: Logbook, logbook: Logbook) -> None:
    own, _ = both(source, logbook, a_case("A"))
    add_score(own, 3, "2026-04-04", TimePoint.UNDATED)
    save_case(source, own)
    take_in(package(source), logbook)
    assert held(logbook, own.id) == held(source, own.id)


def test_one_import_is_one_step_to_undo(source: Logbook, logbook: Logbook) -> None:
    own, _ = both(source, logbook, a_case("A"))
    save_case(source, a_case("B"))
    own.procedure.supervisor = "Dr S."
    save_case(source, own)
    before, was = newest_entry(logbook), held(logbook, own.id)
    take_in(package(source), logbook)
    (change,) = saved_changes(logbook, before)
    assert (change.kind, len(change.parts)) == (Kind.IMPORT, 2)
    assert change == last_change(logbook)
    undo(logbook, change)
    assert held(logbook, own.id) == was
    assert look(package(source), logbook).lines[0].problems == ()


def test_a_case_in_the_bin_is_refused(source: Logbook, logbook: Logbook, tmp_path: Path) -> None:
    own, _ = both(source, logbook, a_case("A"))
    bin_case(logbook, own.id, "Entered twice.")
    shown, _ = take_in(package(source), logbook)
    assert problems(shown) == ["Row 2: The case is in the bin. Take it out of the bin first."]
    refused = tmp_path / "refused.csv"
    assert write_refused(logbook, shown, refused) == 1
    assert own.id in refused.read_text()
    assert "in the bin" in refused.read_text()


def test_a_code_of_another_patient_is_refused(source: Logbook, logbook: Logbook) -> None:
    save_case(source, a_case("A"))
    save_case(logbook, a_case("A", on="2025-01-01"))
    shown, _ = take_in(package(source), logbook)
    assert problems(shown) == ["Row 2: The patient code A belongs to another patient."]


def test_a_second_procedure_joins_the_patient(source: Logbook, logbook: Logbook) -> None:
    own, _ = both(source, logbook, a_case("A"))
    second = Case.new(own.patient)
    second.procedure.performed_on = PartialDate("2026-06-01")
    second.add_level(level=Level.L2)
    save_case(source, second)
    shown, done = take_in(package(source), logbook)
    assert (sorted(verdicts(shown)), done.new) == (["new", "same"], 1)
    owners = {
        patient
        for (patient,) in Procedure.select(Procedure.patient).tuples().execute(logbook.database)
    }
    assert owners == {own.patient.id}


def test_an_entry_that_is_in_another_case_is_refused(source: Logbook, logbook: Logbook) -> None:
    case = leaking("A")
    save_case(source, case)
    other = a_case("B")
    other.leaks.append(Leak(id=case.leaks[0].id, treated_level=other.levels[0].id))
    save_case(logbook, other)
    shown, _ = take_in(package(source), logbook)
    message = "Row 2: An entry of the case has the id of an entry of another case."
    assert problems(shown) == [message]
