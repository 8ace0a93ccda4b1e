# SPDX-License-Identifier: MIT
"""Writing what a preview showed: whole or not at all, and one step to undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.case import save_case
from models.errors import LogbookError
from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.survey import Stopped
from models.importing.writing import Imported, write
from models.logbook import Logbook
from models.schema import AuditEntry, CaseRow, Patient
from models.undo import Kind, last_change, newest_entry, redo, saved_changes, undo
from models.verify import verify
from tests.builders import a_case
from tests.models.importing.conftest import Look

HEAD = "patient code,date,sex,level,cement_ml,VAS pre,VAS 3 mo\n"
MANY = HEAD + "".join(f"P{n},2026-01-10,f,T12,4,8,2\n" for n in range(300))


def kept(logbook: Logbook) -> dict[str, bool]:
    """Patient code to whether the case is in the list, rather than in the bin."""
    query = CaseRow.select(CaseRow.patient_code, CaseRow.deleted).tuples()
    return {code: not deleted for code, deleted in query.execute(logbook.database)}


def test_many_cases_are_written_with_audit_and_search(logbook: Logbook, look: Look) -> None:
    done = write(logbook, look(MANY))
    assert done == Imported(new=300)
    assert len(kept(logbook)) == 300
    assert verify(logbook) == []
    note = AuditEntry.select().order_by(AuditEntry.number.desc()).limit(1).execute(logbook.database)
    assert [(entry.action, entry.reason) for entry in note] == [
        ("import", "Import of clinic.csv. New: 300, changed: 0, same: 0, refused: 0.")
    ]


def test_an_import_is_one_step_to_undo_and_to_do_again(logbook: Logbook, look: Look) -> None:
    old = a_case("A", on="2026-01-10", after=None, cement_ml=None)
    save_case(logbook, old)
    before = newest_entry(logbook)
    shown = look(
        HEAD + "B,2026-01-11,f,T12,4,8,2\nA,2026-01-10,,T12,5,,2\nB,2026-02-11,f,L1,4,8,2\n"
    )
    assert write(logbook, shown) == Imported(new=2, changed=1)
    (change,) = saved_changes(logbook, before)
    assert (change.kind, len(change.parts)) == (Kind.IMPORT, 3)
    assert not change.from_logbook
    undo(logbook, change)
    assert kept(logbook) == {"A": True, "B": False}
    assert look(HEAD + "A,2026-01-10,,T12,5,,\n").lines[0].verdict == "changed"
    redo(logbook, change)
    assert kept(logbook) == {"A": True, "B": True}
    assert verify(logbook) == []


def test_two_imports_are_two_steps_and_what_came_between_is_another(
    logbook: Logbook, look: Look
) -> None:
    before = newest_entry(logbook)
    write(logbook, look(HEAD + "A,2026-01-10,f,T12,4,8,\n"))
    save_case(logbook, a_case("M"))
    write(logbook, look(HEAD + "B,2026-01-10,f,T12,4,8,\n"))
    kinds = [change.kind for change in saved_changes(logbook, before)]
    assert kinds == [Kind.IMPORT, Kind.ENTRY, Kind.IMPORT]
    last = last_change(logbook)
    assert last is not None
    undo(logbook, last)
    assert kept(logbook) == {"A": True, "M": True, "B": False}


@pytest.mark.parametrize("stop_after", [1, 290])
def test_a_stop_leaves_nothing(logbook: Logbook, look: Look, stop_after: int) -> None:
    shown, heard = look(MANY), list[int]()
    before = newest_entry(logbook)
    with pytest.raises(Stopped, match="Nothing was written"):
        write(
            logbook,
            shown,
            lambda done, total: heard.append(done),
            lambda: len(heard) >= stop_after,
        )
    assert (kept(logbook), newest_entry(logbook)) == ({}, before)
    assert Patient.select().count(logbook.database) == 0
    assert write(logbook, shown) == Imported(new=300)


def test_a_logbook_that_was_changed_meanwhile_is_left_alone(logbook: Logbook, look: Look) -> None:
    shown = look(HEAD + "A,2026-01-10,f,T12,4,8,\n")
    save_case(logbook, a_case("M"))
    with pytest.raises(LogbookError, match="changed since the preview"):
        write(logbook, shown)
    assert kept(logbook) == {"M": True}


def test_a_file_that_was_changed_meanwhile_is_not_taken(logbook: Logbook, tmp_path: Path) -> None:
    target = tmp_path / "clinic.csv"
    target.write_text(HEAD + "A,2026-01-10,f,T12,4,8,\n")
    table = CsvTable(target)
    shown = preview(logbook, table, propose(table))
    with target.open("a") as opened:
        opened.write("B,2026-01-10,f,T12,4,8,\n")
    with pytest.raises(LogbookError, match="changed since it was first read"):
        write(logbook, shown)
    assert kept(logbook) == {}


def test_what_a_patient_lacked_is_filled_by_later_rows(logbook: Logbook, look: Look) -> None:
    write(logbook, look(HEAD + "A,2026-01-10,,T12,4,8,\nB,2026-01-10,f,T12,4,8,\n"))
    shown = look(
        HEAD + "A,2026-02-10,f,T12,4,8,\nA,2026-01-10,,T12,4,8,2\nC,2026-01-10,,T12,4,8,\n"
        "C,2026-02-10,m,T12,4,8,\nC,2026-03-10,m,T12,4,8,\n"
    )
    assert write(logbook, shown) == Imported(new=4, changed=1)
    query = Patient.select(Patient.patient_code, Patient.sex).tuples()
    assert {code: str(sex) for code, sex in query.execute(logbook.database)} == {
        "A": "female",
        "B": "female",
        "C": "male",
    }
    assert verify(logbook) == []
