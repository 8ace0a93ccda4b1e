# SPDX-License-Identifier: MIT
"""A save is whole or nothing, refuses old versions, and costs the same however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from models.audit import chain_problems
from models.case import Case, load_case, save_case
from models.document import Document, document_of
from models.errors import ImpossibleCase, PatientExists, VersionConflict
from models.logbook import Logbook
from models.schema import (
    RECORD_TABLES,
    PatientIdentity,
)
from models.vocabulary import (
    Leakage,
    LeakLocation,
    Level,
    MissingReason,
    Sex,
    YesNo,
)
from tests.builders import a_case, store_names
from tests.faults import fault
from tests.fresh import NewLogbook
from tests.models.asked import statements

TABLES = [table._meta.table_name for table in RECORD_TABLES]


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    store_names(logbook)
    yield logbook
    logbook.close()


def whole(case: Case) -> Document:
    """Everything that was entered, of the person and of the case."""
    return document_of([*case.person_rows(), *case.case_rows()])


def contents(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    database = logbook.database
    tables = [name for name in database.get_tables() if not name.startswith("case_search")]
    return {name: list(database.execute_sql(f'SELECT * FROM "{name}"')) for name in tables}


@pytest.mark.parametrize("table", [name for name in TABLES if name != "image"])
@pytest.mark.parametrize("moment", ["INSERT", "UPDATE"])
def test_a_save_that_fails_midway_leaves_nothing_behind(
    logbook: Logbook, table: str, moment: str
) -> None:
    case = _case_with_every_table()
    if moment == "UPDATE":
        save_case(logbook, case)
        _change_every_row(case)
    before = contents(logbook)
    with (
        fault(logbook, table, moment),
        pytest.raises(peewee.IntegrityError, match="fault of the test"),
    ):
        save_case(logbook, case)
    assert contents(logbook) == before
    saved = save_case(logbook, case)
    assert saved.version == (2 if moment == "UPDATE" else 1)
    assert whole(load_case(logbook, case.id)) == whole(case)
    assert chain_problems(logbook.database) == []


@pytest.mark.parametrize("table", ["audit_entry", "case_row"])
def test_a_case_without_its_audit_or_its_line_is_not_saved(logbook: Logbook, table: str) -> None:
    before = contents(logbook)
    case = a_case()
    with fault(logbook, table), pytest.raises(peewee.IntegrityError):
        save_case(logbook, case)
    assert contents(logbook) == before
    assert (case.version, case.patient.version) == (0, 0)


def test_a_case_that_failed_to_change_can_be_saved_once_the_fault_is_gone(
    logbook: Logbook,
) -> None:
    case = a_case()
    save_case(logbook, case)
    case.patient.sex = Sex.MALE
    case.levels[0].cement_ml = 5
    with fault(logbook, "audit_entry"), pytest.raises(peewee.IntegrityError):
        save_case(logbook, case)
    assert (case.version, case.patient.version) == (1, 1)
    assert save_case(logbook, case).version == 2


def test_impossible_values_are_refused_and_nothing_is_written(logbook: Logbook) -> None:
    case = a_case(before=75)
    before = contents(logbook)
    with pytest.raises(ImpossibleCase, match="above the top") as refused:
        save_case(logbook, case)
    assert [finding.field for finding in refused.value.findings] == ["pain_low"]
    assert contents(logbook) == before


def test_unusual_values_are_kept(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L3, cement_ml=18, age=14)
    save_case(logbook, case)
    assert load_case(logbook, case.id).levels[0].cement_ml == 18


def test_an_incomplete_case_is_saved_and_known_as_such(logbook: Logbook) -> None:
    case = Case.new()
    save_case(logbook, case)
    loaded = load_case(logbook, case.id)
    assert not loaded.procedure.complete
    assert loaded.version == 1


def test_saving_again_without_a_change_writes_nothing(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    before = contents(logbook)
    for same in (case, load_case(logbook, case.id)):
        saved = save_case(logbook, same)
        assert saved.changes == ()
        assert saved.version == 1
    assert contents(logbook) == before


def test_an_old_version_is_refused_and_nothing_is_written(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    mine, theirs = load_case(logbook, case.id), load_case(logbook, case.id)
    theirs.levels[0].cement_ml = 5
    save_case(logbook, theirs)
    before = contents(logbook)
    mine.levels[0].cement_ml = 7
    mine.patient.sex = Sex.MALE
    with pytest.raises(VersionConflict) as refused:
        save_case(logbook, mine)
    assert (refused.value.own_version, refused.value.stored_version) == (1, 2)
    assert contents(logbook) == before


def test_a_patient_that_was_changed_in_another_case_is_not_overwritten(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    second = Case.new(load_case(logbook, first.id).patient)
    second.patient.sex = Sex.OTHER
    save_case(logbook, second)
    first.patient.sex = Sex.MALE
    before = contents(logbook)
    with pytest.raises(VersionConflict):
        save_case(logbook, first)
    assert contents(logbook) == before


def test_a_change_names_the_fields_that_differ(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    case.levels[0].cement_ml = 4.5
    case.patient.sex = Sex.MALE
    changes = save_case(logbook, case).changes
    assert [(change.table, change.field, change.old, change.new) for change in changes] == [
        ("patient", "sex", "female", "male"),
        ("treated_level", "cement_ml", 6, 4.5),
    ]
    assert (load_case(logbook, case.id).version, case.patient.version) == (2, 2)


def test_a_new_patient_cannot_take_the_code_of_another(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    before = contents(logbook)
    with pytest.raises(PatientExists) as refused:
        save_case(logbook, a_case("P-1"))
    assert refused.value.patient_id == first.patient.id
    assert contents(logbook) == before


def test_a_known_patient_cannot_take_the_code_of_another_either(logbook: Logbook) -> None:
    first, second = a_case("P-1"), a_case("P-2")
    save_case(logbook, first)
    save_case(logbook, second)
    second.patient.patient_code = "P-1"
    before = contents(logbook)
    with pytest.raises(PatientExists):
        save_case(logbook, second)
    assert contents(logbook) == before


def test_the_number_of_statements_does_not_grow_with_the_logbook(logbook: Logbook) -> None:
    def cost_of_a_new_case(code: str) -> int:
        with statements(logbook) as asked:
            save_case(logbook, a_case(code))
        return len(asked)

    first = cost_of_a_new_case("P-0")
    for number in range(1, 40):
        save_case(logbook, a_case(f"P-{number}"))
    assert cost_of_a_new_case("P-40") == first


def test_the_number_of_statements_does_not_grow_with_the_history_of_a_case(
    logbook: Logbook,
) -> None:
    case = a_case()
    save_case(logbook, case)

    def cost_of_a_change(amount: float) -> int:
        case.levels[0].cement_ml = amount
        with statements(logbook) as asked:
            save_case(logbook, case)
        return len(asked)

    first = cost_of_a_change(1)
    for amount in range(2, 25):
        cost_of_a_change(amount)
    assert cost_of_a_change(25) == first


def _case_with_every_table() -> Case:
    case = a_case("P-1", Level.T12, leakage=Leakage.PRESENT)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="A. Person")
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    case.add_balloon(case.levels[0], volume_ml=3)
    case.add_later_measure(case.levels[0], anterior_mm=20)
    case.add_adjunct()
    case.add_prior_treatment()
    case.add_adverse_event()
    return case


def _change_every_row(case: Case) -> None:
    case.patient.sex = Sex.OTHER
    case.procedure.smoker = YesNo.YES
    for row in (*case.person_rows(), *case.case_rows()):
        row.missing = {"anything": MissingReason.UNKNOWN}
