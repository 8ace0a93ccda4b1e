# SPDX-License-Identifier: MIT
"""Whatever is done to the audit behind its back is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.audit import HEAD, Action, Event, Subject, append, chain_problems, last_known
from models.case import bin_case, load_case, restore_case, save_case
from models.document import Change, changes_from_json, changes_json, compare, document_of
from models.fields import Stamp
from models.logbook import Logbook
from models.schema import AuditEntry, TreatedLevel
from tests.builders import a_case
from tests.fresh import NewLogbook

SIGNED = [
    "at",
    "user",
    "action",
    "subject",
    "subject_id",
    "version",
    "changes",
    "reason",
    "content_hash",
    "previous_hash",
    "hash",
]

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.none() | names | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False)


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    for number in range(3):
        save_case(logbook, a_case(f"P-{number}"))
    yield logbook
    logbook.close()


def run(logbook: Logbook, sql: str, *parameters: object) -> None:
    logbook.database.execute_sql(sql, parameters)


def problems(logbook: Logbook) -> list[str]:
    return chain_problems(logbook.database)


def test_an_untouched_chain_has_no_problems(logbook: Logbook) -> None:
    assert AuditEntry.select().count(logbook.database) == 6
    assert problems(logbook) == []


def test_an_empty_chain_has_no_problems(new_logbook: NewLogbook, tmp_path: Path) -> None:
    assert problems(new_logbook(tmp_path / "Empty.kypholog")) == []


@pytest.mark.parametrize("column", SIGNED)
def test_a_changed_entry_is_found(logbook: Logbook, column: str) -> None:
    run(logbook, f"UPDATE audit_entry SET \"{column}\" = '7' WHERE number = 3")
    assert any("entry 3" in said for said in problems(logbook))


def test_a_removed_entry_is_found(logbook: Logbook) -> None:
    run(logbook, "DELETE FROM audit_entry WHERE number IN (3, 4)")
    assert problems(logbook) == ["Audit: entries 3 to 4 are missing."]


def test_a_removed_entry_is_found_though_the_others_were_renumbered(logbook: Logbook) -> None:
    run(logbook, "DELETE FROM audit_entry WHERE number = 3")
    run(logbook, "UPDATE audit_entry SET number = -number WHERE number > 3")
    run(logbook, "UPDATE audit_entry SET number = -number - 1 WHERE number < 0")
    found = problems(logbook)
    assert "Audit: entry 3 does not follow the one before it." in found
    assert [
        f"Audit: entry {n - 1} was written as entry {n}, so the order was changed."
        for n in (4, 5, 6)
    ] == [said for said in found if "order" in said]
    assert "Audit: entries 6 to 6, the latest, are missing." in found


def test_the_latest_entries_cannot_be_cut_off_unnoticed(logbook: Logbook) -> None:
    run(logbook, "DELETE FROM audit_entry WHERE number > 4")
    assert problems(logbook) == ["Audit: entries 5 to 6, the latest, are missing."]
    run(logbook, "DELETE FROM setting WHERE name = ?", HEAD)
    assert problems(logbook) == ["Audit: the note of which entry is the last was removed."]


def test_an_entry_that_another_program_chained_on_is_found(logbook: Logbook) -> None:
    last = AuditEntry.select().order_by(AuditEntry.number.desc()).dicts()
    row = dict(next(iter(last.execute(logbook.database))))
    values = {**row, "number": 7, "previous_hash": row["hash"], "user": "Nobody"}
    signed = [values[name] for name in ("number", *SIGNED[:-1])]
    signed[1] = Stamp().db_value(signed[1])
    text = json.dumps(signed, ensure_ascii=False, separators=(",", ":"))
    values["hash"] = hashlib.sha256(text.encode()).hexdigest()
    AuditEntry.insert(values).execute(logbook.database)
    assert problems(logbook) == ["Audit: entries 7 to 7 were added."]


def test_two_entries_that_changed_places_are_found(logbook: Logbook) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        run(logbook, "UPDATE audit_entry SET number = ? WHERE number = ?", new, old)
    found = problems(logbook)
    assert any("entry 3" in said for said in found)
    assert any("entry 4" in said for said in found)


def test_an_entry_that_was_slipped_in_at_the_end_is_found(logbook: Logbook) -> None:
    columns = ", ".join(f'"{name}"' for name in SIGNED)
    run(
        logbook,
        f"INSERT INTO audit_entry (number, {columns}) SELECT 7, {columns} FROM audit_entry "
        "WHERE number = 6",
    )
    found = problems(logbook)
    assert "Audit: entry 7 does not follow the one before it." in found
    assert "Audit: entry 7 was changed after it was written." in found


def test_every_entry_names_user_time_and_action(logbook: Logbook) -> None:
    for entry in AuditEntry.select().execute(logbook.database):
        assert entry.user == "A. Operator"
        assert entry.at.endswith("Z")
        assert entry.action == Action.CREATE
        assert entry.subject in (Subject.CASE, Subject.PATIENT)


def test_entries_of_one_save_are_chained_in_one_go(logbook: Logbook) -> None:
    with logbook.transaction():
        append(
            logbook.database,
            [Event("u", Action.EXPORT, Subject.LOGBOOK, reason=str(n)) for n in range(5)],
        )
    assert problems(logbook) == []
    assert AuditEntry.select().count(logbook.database) == 11


def test_an_entry_goes_with_the_transaction_that_fails(logbook: Logbook) -> None:
    with logbook.transaction(), logbook.database.atomic() as inner:
        append(logbook.database, [Event("u", Action.EXPORT, Subject.LOGBOOK)])
        inner.rollback()
    assert AuditEntry.select().count(logbook.database) == 6
    assert problems(logbook) == []


def test_trap_21_a_deleted_case_stays_in_the_audit(logbook: Logbook) -> None:
    case = a_case("P-gone")
    save_case(logbook, case)
    bin_case(logbook, case.id, "Entered twice.")
    entry = (
        AuditEntry.select()
        .where(AuditEntry.subject_id == case.id)
        .order_by(AuditEntry.number.desc())
        .first(logbook.database)
    )
    assert (entry.action, entry.reason, entry.version) == ("delete", "Entered twice.", 2)
    fields = [change.field for change in changes_from_json(entry.changes)]
    assert fields == ["deleted_at"]
    restore_case(logbook, case.id)
    assert problems(logbook) == []


def test_the_audit_knows_the_content_of_every_case_and_patient(logbook: Logbook) -> None:
    case = a_case("P-9")
    save_case(logbook, case)
    stored = load_case(logbook, case.id)
    stored.levels[0].cement_ml = 5
    save_case(logbook, stored)
    known = last_known(logbook.database, Subject.CASE)
    assert len(known) == 4
    assert known[case.id][0] == 2
    assert len(last_known(logbook.database, Subject.PATIENT)) == 4


def test_the_audit_holds_old_and_new_value_and_reason(logbook: Logbook) -> None:
    case = a_case("P-9", cement_ml=6)
    save_case(logbook, case)
    case.levels[0].cement_ml = 4.5
    save_case(logbook, case, reason="Read from the report.")
    entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    level_id = case.levels[0].id
    assert json.loads(entry.changes) == {"treated_level": {level_id: {"cement_ml": [6, 4.5]}}}
    assert entry.reason == "Read from the report."


@given(
    st.lists(
        st.builds(Change, names, names, names, old=values, new=values),
        unique_by=lambda change: (change.table, change.row_id, change.field),
    )
)
def test_changes_come_back_from_json_as_they_were(changes: list[Change]) -> None:
    read = changes_from_json(changes_json(changes))

    def by_place(change: Change) -> tuple[str, str, str]:
        return change.table, change.row_id, change.field

    assert sorted(read, key=by_place) == sorted(changes, key=by_place)


def test_versions_are_compared_field_by_field() -> None:
    old = TreatedLevel(cement_ml=6, level="T12")
    new = TreatedLevel(id=old.id, cement_ml=6.0, level="L1", needle_gauge=11)
    changes = compare(document_of([old]), document_of([new]))
    assert {(change.field, change.old, change.new) for change in changes} == {
        ("level", "T12", "L1"),
        ("needle_gauge", None, 11),
    }
    assert compare(document_of([old]), document_of([old])) == []
