# SPDX-License-Identifier: MIT
"""Names that are switched off are written by nobody and shown by nobody; what was hidden stays."""

from __future__ import annotations

from models.bulk import save_many
from models.case import Case, load_case, save_case
from models.identity import count_identities
from models.logbook import Logbook
from models.schema import PatientIdentity
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case, store_names


def named(code: str = "P-1", name: str = "Ann Example") -> Case:
    case = a_case(code)
    case.identity = PatientIdentity(patient=case.patient.id, full_name=name)
    return case


def name_of(logbook: Logbook, case: Case) -> str | None:
    identity = load_case(logbook, case.id).identity
    return identity.full_name if identity is not None else None


# saving


def test_a_new_name_is_left_out_of_what_is_saved(logbook: Logbook) -> None:
    case = named()
    saved = save_case(logbook, case)
    assert saved.left_out_names
    assert case.identity is None
    assert count_identities(logbook) == 0
    assert not any("Ann Example" in row for row in audited(logbook))
    assert verify(logbook) == []


def audited(logbook: Logbook) -> list[str]:
    cursor = logbook.database.execute_sql("SELECT changes FROM audit_entry")
    return [changes for (changes,) in cursor.fetchall()]


def test_a_hidden_name_is_neither_changed_nor_lost_with_what_else_is_saved(
    logbook: Logbook,
) -> None:
    case = named()
    save_case(store_names(logbook), case)
    opened = load_case(logbook, case.id)
    store_names(logbook, on=False)
    assert opened.identity is not None
    opened.identity.full_name = "Ann Other"
    opened.patient.sex = Sex.MALE
    saved = save_case(logbook, opened)
    assert saved.left_out_names
    assert {change.field for change in saved.changes} == {"sex"}
    assert name_of(logbook, case) == "Ann Example"
    assert verify(logbook) == []


def test_a_save_that_says_nothing_of_the_name_is_not_told_as_leaving_it_out(
    logbook: Logbook,
) -> None:
    case = named()
    save_case(store_names(logbook), case)
    store_names(logbook, on=False)
    again = load_case(logbook, case.id)
    again.patient.sex = Sex.MALE
    assert not save_case(logbook, again).left_out_names
    without = a_case("P-2")
    without.identity = PatientIdentity(patient=without.patient.id)
    assert not save_case(logbook, without).left_out_names


def test_names_that_come_in_bulk_are_left_out_too(logbook: Logbook) -> None:
    save_many(logbook, [named("P-1"), a_case("P-2"), named("P-3")])
    assert count_identities(logbook) == 0
    assert not any("Ann Example" in row for row in audited(logbook))
    assert verify(logbook) == []
