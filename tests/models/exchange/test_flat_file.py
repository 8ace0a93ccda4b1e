# SPDX-License-Identifier: MIT
"""The file of a flat export and the logbook around it: whole, in the audit, one state, flat."""

from __future__ import annotations

import threading
import tracemalloc
from pathlib import Path

import pytest

from models.audit import Action, chain_problems
from models.bulk import save_many
from models.case import bin_case, save_case
from models.engines import sqlite
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged, LogbookError
from models.exchange.orders import Order, export
from models.logbook import DATABASE_NAME, Logbook
from models.schema import AuditEntry, Procedure
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import NewLogbook, again
from tests.models.asked import statements
from tests.models.exchange.reading import exported, read


def test_an_export_is_in_the_audit_without_anything_of_a_patient(logbook: Logbook) -> None:
    exported(logbook, a_case("P-1", Level.T12, Level.L1))
    entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    assert (entry.user, entry.action, entry.subject) == ("A. Operator", Action.EXPORT, "logbook")
    assert entry.reason == (
        "CSV for programs, machine profile, shape flat, identified. "
        "Rows: 2, cases: 1. File: out.csv"
    )
    assert (entry.subject_id, entry.changes, entry.content_hash) == ("", "{}", "")
    assert chain_problems(logbook.database) == []


@pytest.mark.sqlite_only("a server lets every writer have its turn")
def test_without_its_audit_entry_nothing_leaves_the_logbook(
    logbook: Logbook, tmp_path: Path
) -> None:
    save_case(logbook, a_case())
    logbook.database.pragma("busy_timeout", 1)
    holder = sqlite.open_database(logbook.file)
    holder.connect()
    holder.execute_sql("BEGIN IMMEDIATE")
    with pytest.raises(LogbookBusy):
        export(logbook, tmp_path / "out.csv", Order())
    holder.execute_sql("ROLLBACK")
    holder.close()
    assert not list(tmp_path.glob("*.csv"))
    assert not list(tmp_path.glob(".*"))


def test_a_target_that_cannot_be_written_leaves_no_trace(logbook: Logbook, tmp_path: Path) -> None:
    save_case(logbook, a_case())
    entries = AuditEntry.select().count(logbook.database)
    with pytest.raises(CannotWrite, match="folder does not exist"):
        export(logbook, tmp_path / "nowhere" / "out.csv", Order())
    assert AuditEntry.select().count(logbook.database) == entries


@pytest.mark.sqlite_only("is about the file of a logbook")
def test_the_logbook_itself_is_no_target(logbook: Logbook) -> None:
    save_case(logbook, a_case())
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
        with pytest.raises(CannotWrite, match="the logbook itself"):
            export(logbook, logbook.folder / name, Order())
    assert logbook.database.pragma("integrity_check") == "ok"


@pytest.mark.sqlite_only("is about the file of a logbook")
def test_neither_is_another_logbook(
    new_logbook: NewLogbook, logbook: Logbook, tmp_path: Path
) -> None:
    other = new_logbook(tmp_path / "Other.kypholog")
    save_case(other, a_case("P-9"))
    other.close()
    before = other.file.read_bytes()
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
        with pytest.raises(CannotWrite, match="another logbook"):
            export(logbook, other.folder / name, Order())
        assert (other.folder / name).exists() is (name == DATABASE_NAME)
    assert other.file.read_bytes() == before


def test_progress_is_told_up_to_the_end(logbook: Logbook, tmp_path: Path) -> None:
    for number in range(3):
        save_case(logbook, a_case(f"P-{number}"))
    told: list[tuple[int, int]] = []
    export(logbook, tmp_path / "out.csv", Order(), lambda *step: told.append(step))
    assert told[-1] == (3, 3)


def test_a_stopped_export_leaves_the_old_file(logbook: Logbook, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    save_case(logbook, a_case())
    with pytest.raises(LogbookError, match="stopped"):
        export(logbook, target, Order(), cancelled=lambda: True)
    assert target.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} - {"Clinic.kypholog"} == {"out.csv"}


def test_an_export_shows_one_state_of_the_logbook(logbook: Logbook, tmp_path: Path) -> None:
    save_many(logbook, [a_case(f"P-{n:03}", before=8, after=None) for n in range(300)])
    last = max(row["case_id"] for row in exported(logbook))

    def change_the_last_case(done: int, total: int) -> None:
        if done < total:
            thread = threading.Thread(target=change)
            thread.start()
            thread.join()

    def change() -> None:
        other = again(logbook)
        bin_case(other, last, "While the export runs.")
        other.close()

    done = export(logbook, tmp_path / "during.csv", Order(), change_the_last_case)
    assert done.cases == 300
    assert last in {row["case_id"] for row in read(done.target)}
    assert last not in {row["case_id"] for row in exported(logbook)}


def test_a_case_that_only_the_list_knows_is_damage(logbook: Logbook, tmp_path: Path) -> None:
    case = a_case()
    save_case(logbook, case)
    Procedure.delete().where(Procedure.id == case.id).execute(logbook.database)
    with pytest.raises(LogbookDamaged, match=case.id):
        export(logbook, tmp_path / "out.csv", Order())
    assert not (tmp_path / "out.csv").exists()


def test_the_number_of_statements_does_not_grow_by_row(logbook: Logbook, tmp_path: Path) -> None:
    def cost() -> int:
        with statements(logbook) as asked:
            export(logbook, tmp_path / "out.csv", Order())
        return len(asked)

    save_case(logbook, a_case("P-0", Level.T12, Level.L1))
    few = cost()
    for number in range(1, 60):
        save_case(logbook, a_case(f"P-{number}", Level.T12, Level.L1))
    assert cost() == few


def test_memory_does_not_grow_with_the_logbook(logbook: Logbook, tmp_path: Path) -> None:
    def peak() -> int:
        tracemalloc.start()
        export(logbook, tmp_path / "out.csv", Order())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    save_many(logbook, [a_case(f"P-{number}") for number in range(300)])
    small = peak()
    save_many(logbook, [a_case(f"P-{number}") for number in range(300, 900)])
    assert peak() < 1.5 * small
