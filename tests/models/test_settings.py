# SPDX-License-Identifier: MIT
"""Settings of the logbook: declared once, off at first, every change in the audit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.audit import Action, Subject, chain_problems
from models.bulk import save_many
from models.case import load_case, save_case
from models.document import changes_from_json
from models.identity import count_identities, remove_identities
from models.logbook import Logbook
from models.own_notes import keep_note
from models.schema import AuditEntry, PatientIdentity, Setting
from models.settings import DECLARED, STORE_IDENTITY, change_setting, read_settings
from models.verify import verify
from tests.builders import a_case
from tests.fresh import NewLogbook
from tests.listed import listed


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    yield opened
    opened.close()


def named(logbook: Logbook, code: str, name: str, number: str = "") -> str:
    case = a_case(code)
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name=name, record_number=number or None
    )
    save_case(logbook, case)
    return case.id


def found(logbook: Logbook, text: str) -> int:
    return len(listed(logbook, text))


def test_names_are_not_stored_unless_somebody_says_so(logbook: Logbook) -> None:
    assert read_settings(logbook).get(STORE_IDENTITY) is False
    assert read_settings(logbook).values == {}


def test_every_setting_says_what_it_does() -> None:
    assert len({declared.name for declared in DECLARED}) == len(DECLARED)
    for declared in DECLARED:
        assert type(declared.default) is declared.kind
        assert declared.label
        assert declared.help.endswith(".")


def test_a_change_is_kept_and_told_in_the_audit(logbook: Logbook) -> None:
    assert change_setting(logbook, STORE_IDENTITY, True).get(STORE_IDENTITY) is True
    assert read_settings(logbook).get(STORE_IDENTITY) is True
    (entry,) = AuditEntry.select().execute(logbook.database)
    assert (entry.user, entry.action, entry.subject) == (
        "A. Operator",
        Action.SETTING.value,
        Subject.LOGBOOK.value,
    )
    (change,) = changes_from_json(entry.changes)
    assert (change.row_id, change.old, change.new) == ("store_identity", False, True)
    assert verify(logbook) == []


def test_what_is_already_so_is_no_change(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, False)
    assert AuditEntry.select().count(logbook.database) == 0


@pytest.mark.parametrize("stored", ['"yes"', "1", "not json", "null", "[true]"])
def test_a_value_of_another_kind_counts_as_not_stored(logbook: Logbook, stored: str) -> None:
    Setting.insert(name="store_identity", value=stored).execute(logbook.database)
    assert read_settings(logbook).get(STORE_IDENTITY) is False


def test_a_setting_of_a_newer_program_is_left_alone(logbook: Logbook) -> None:
    Setting.insert(name="unheard_of", value=json.dumps("x")).execute(logbook.database)
    change_setting(logbook, STORE_IDENTITY, True)
    assert read_settings(logbook).values == {"unheard_of": "x", "store_identity": True}


def test_what_the_program_notes_for_itself_is_no_setting(logbook: Logbook) -> None:
    with logbook.transaction():
        keep_note(logbook.database, "images.unused", "{}")
    assert read_settings(logbook).values == {}


def test_names_are_found_only_while_they_are_stored(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    named(logbook, "P-1", "Jürgen Müller", "00-4711")
    change_setting(logbook, STORE_IDENTITY, False)
    assert found(logbook, "muller") == 0
    change_setting(logbook, STORE_IDENTITY, True)
    named(logbook, "Zed-2", "Maria Muller")
    assert found(logbook, "muller") == 2
    assert found(logbook, "Müll jurg") == 1
    assert found(logbook, "muller t12 Zed") == 1
    assert found(logbook, "4711") == 1
    assert verify(logbook) == []
    change_setting(logbook, STORE_IDENTITY, False)
    assert found(logbook, "muller") == 0
    assert found(logbook, "t12") == 2
    assert verify(logbook) == []


def test_a_corrected_name_is_found_by_the_new_one_only(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    case = load_case(logbook, named(logbook, "P-1", "Ann Exemple"))
    assert case.identity is not None
    case.identity.full_name = "Ann Example"
    save_case(logbook, case)
    assert (found(logbook, "exemple"), found(logbook, "example")) == (0, 1)


def test_names_leave_record_and_search_and_stay_in_the_audit(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    case_id = named(logbook, "P-1", "Ann Example", "4711")
    save_case(logbook, a_case("P-2"))
    assert count_identities(logbook) == 1
    assert remove_identities(logbook) == 1
    assert count_identities(logbook) == 0
    assert load_case(logbook, case_id).identity is None
    assert found(logbook, "ann") == 0
    told = AuditEntry.select().where(AuditEntry.action == Action.FORGET.value)
    assert any("Ann Example" in entry.changes for entry in told.execute(logbook.database))
    assert chain_problems(logbook.database) == []
    assert verify(logbook) == []


def test_names_that_come_in_bulk_are_found_too(logbook: Logbook) -> None:
    change_setting(logbook, STORE_IDENTITY, True)
    case = a_case("P-1")
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    save_many(logbook, [case, a_case("P-2")])
    assert found(logbook, "ann") == 1
    assert verify(logbook) == []
