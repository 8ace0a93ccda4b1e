# SPDX-License-Identifier: MIT
"""No door that writes is open to somebody whose role does not go that far.

Every function of the models that begins a transaction is listed here, with a call that would change
something, so that a new one cannot be forgotten.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import (
    accounts,
    bulk,
    case,
    casebin,
    drafts,
    filters,
    identity,
    merging,
    printouts,
    reconciling,
    signing_off,
    unmerging,
)
from models.access.errors import NotAllowed
from models.backup import remove_copies
from models.drafts import discard_left, resuming, take_over
from models.drafts.keeping import draft_of, forget_names
from models.example import add_example
from models.followup import planning, recording, unsaved
from models.history import restoring
from models.images import store
from models.images.picture import Picture
from models.images.reading import Read
from models.importing import kept, writing
from models.importing.mapping import Mapping
from models.literature import own
from models.logbook import Logbook
from models.once import Once
from models.query import parse
from models.schema import ALL_TABLES, Procedure
from models.settings import STORE_IDENTITY, change_setting
from models.timepoints import STANDARD
from models.undo.changes import saved_changes
from models.undo.doing import redo, undo
from models.verify import verify
from models.vocabulary import AssessmentMissing, PainScale, Role, TimePoint
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, READER, WEAK, enter, make
from tests.fresh import new_logbook

MODELS = Path(__file__).parents[3] / "models"
Door = Callable[[Logbook, "Held"], object]


class Held:
    """Things of the logbook that a call needs, made by the administrator."""

    def __init__(self, logbook: Logbook) -> None:
        self.case = a_case("P-1")
        self.gone = a_case("P-2")
        case.save_case(logbook, self.case)
        case.save_case(logbook, self.gone)
        self.saved = saved_changes(logbook, 0)[-1]
        self.draft = draft_of(self.gone)
        case.bin_case(logbook, self.gone.id, "A trial.")
        self.filter = filters.save_filter(logbook, "Leaks", parse("leak:yes"))
        store.put(logbook, a_picture(b"1"))
        first, second = self.case.patient.id, self.gone.patient.id
        self.preview = merging.preview(logbook, first, second)


def a_picture(content: bytes) -> Read:
    return Read(Picture("image/png", content), b"")


def import_something(logbook: Logbook) -> object:
    anything: Any = type("Shown", (), {"writes": True})()
    return writing.write(logbook, anything)


anything: Any = None
ENTERS: dict[str, Door] = {
    "bulk.save_chunks": lambda b, h: bulk.save_many(b, [a_case("P-9")], all_or_nothing=True),
    "bulk._write": lambda b, h: bulk.save_many(b, [a_case("P-9")]),
    "case.save_case": lambda b, h: case.save_case(b, h.case),
    "case._set_deleted": lambda b, h: case.bin_case(b, h.case.id, "why"),
    "casebin.move_to_bin": lambda b, h: casebin.move_to_bin(b, [h.case.id], "why"),
    "drafts.keeping.keep": lambda b, h: drafts.keep(b, h.draft),
    "drafts.keeping.discard": lambda b, h: drafts.discard(b, h.case.id),
    "drafts.keeping.forget_names": lambda b, h: forget_names(b),
    "drafts.resuming.resume": lambda b, h: resuming.resume(b, h.draft),
    "example.add_example": lambda b, h: add_example(b),
    "filters.save_filter": lambda b, h: filters.save_filter(b, "New", parse("leak:no")),
    "filters.rename_filter": lambda b, h: filters.rename_filter(b, h.filter.id, "New"),
    "filters.delete_filter": lambda b, h: filters.delete_filter(b, h.filter.id),
    "filters.restore_filter": lambda b, h: filters.restore_filter(b, h.filter),
    "followup.planning.go_on": lambda b, h: planning.go_on(b),
    "followup.recording.record_score": lambda b, h: recording.record_score(
        b,
        h.case.id,
        TimePoint.M1,
        recording.Answer("3", PainScale.NRS),
        date(2026, 7, 1),
    ),
    "followup.recording.record_reason": lambda b, h: recording.record_reason(
        b, h.case.id, TimePoint.M1, AssessmentMissing.NOT_REACHED
    ),
    "followup.unsaved.keep_unsaved": lambda b, h: unsaved.keep_unsaved(b, []),
    "history.restoring.restore": lambda b, h: restoring.restore(b, h.case.id, 1),
    "history.restoring.restore_field": lambda b, h: restoring.restore_field(
        b, h.case.id, 1, anything
    ),
    "images.store.put": lambda b, h: store.put(b, a_picture(b"2")),
    "images.store.sweep": lambda b, h: store.sweep(b),
    "named.save": lambda b, h: kept.save_mapping(b, "Ours", Mapping(())),
    "named.rename": lambda b, h: kept.rename_mapping(b, "Ours", "Theirs"),
    "named.delete": lambda b, h: kept.delete_mapping(b, "Ours"),
    "importing.writing.take_in": lambda b, h: writing.take_in(b, anything, Mapping(())),
    "importing.writing.write": lambda b, h: import_something(b),
    "once.carry_out": lambda b, h: Once(b, lambda: None).carry_out(),
    "literature.own.add_rates": lambda b, h: own.add_rates(b, []),
    "literature.own.remove_rates": lambda b, h: own.remove_rates(b, []),
    "literature.own.put_back": lambda b, h: own.put_back(b, []),
    "merging.merge": lambda b, h: merging.merge(b, h.preview, {}),
    "reconciling.reconcile": lambda b, h: reconciling.reconcile(
        b, reconciling.look(b, case.load_case(b, h.case.id)), {}
    ),
    "signing_off.sign_off": lambda b, h: signing_off.sign_off(b, [h.case.id]),
    "undo.doing._do": lambda b, h: (undo if b.user != READER else redo)(b, h.saved),
    "unmerging.undo_merge": lambda b, h: unmerging.undo_merge(b, 1),
    "unmerging.merge_again": lambda b, h: unmerging.merge_again(b, 1),
}
"""Open to who enters cases."""

ADMINISTERS: dict[str, Door] = {
    "accounts.beginning.create": lambda b, h: accounts.add_user(
        b, "Dora", "three new words", Role.READER, WEAK
    ),
    "accounts.rekeying.change_key": lambda b, h: accounts.change_key(b),
    "accounts.users._change": lambda b, h: accounts.remove_user(b, READER),
    "backup.in_plain._deal": lambda b, h: remove_copies(b, []),
    "drafts.left.take_over": lambda b, h: take_over(b, replace(h.draft, owner="gone")),
    "drafts.left.discard_left": lambda b, h: discard_left(b, replace(h.draft, owner="gone")),
    "followup.planning.change_plan": lambda b, h: planning.change_plan(b, STANDARD),
    "identity.remove_identities": lambda b, h: identity.remove_identities(b),
    "signing_off.unlock": lambda b, h: signing_off.unlock(b, [h.case.id], "why"),
    "settings.change_setting": lambda b, h: change_setting(b, STORE_IDENTITY, True),
}
"""Open to administrators only."""

LOOKS = {
    "backup.making.back_up",
    "catchup._next_chunk",
    "exchange.calendar._note",
    "exchange.orders._note",
    "printouts._note",
    "reports.call_list._note",
    "trail.writing._note",
}
"""Open to everybody: a note in the audit that something was looked at, and what is derived."""

MORE_FOR_ADMINISTRATORS: dict[str, Door] = {
    "role": lambda b, h: accounts.change_role(b, READER, Role.ADMIN),
    "password": lambda b, h: accounts.change_password(b, ADMIN, "three new words"),
    "recovery": lambda b, h: accounts.new_recovery_key(b, WEAK),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    logbook, _ = make(tmp_path_factory.mktemp("doors") / "Clinic.kypholog", ENTRY, READER)
    logbook.close()
    return logbook.folder


@pytest.fixture(scope="module")
def held(folder: Path) -> Held:
    logbook = enter(folder)
    held = Held(logbook)
    logbook.close()
    return held


@pytest.fixture(scope="module")
def reader(folder: Path, held: Held) -> Iterator[Logbook]:
    logbook = enter(folder, READER)
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def entry(folder: Path, held: Held) -> Iterator[Logbook]:
    logbook = enter(folder, ENTRY)
    yield logbook
    logbook.close()


def content(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    with logbook.session():
        return {
            table._meta.table_name: list(table.select().tuples().execute(logbook.database))
            for table in ALL_TABLES
        }


def doors() -> Iterator[str]:
    """Functions of the models in which a transaction begins."""
    for path in MODELS.rglob("*.py"):
        parts = path.relative_to(MODELS).with_suffix("").parts
        room = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        for function in ast.walk(ast.parse(text if ".transaction(" in text else "")):
            if isinstance(function, ast.FunctionDef) and any(map(begins, ast.walk(function))):
                yield f"{room}.{function.name}"


def begins(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "transaction"
        and ast.unparse(node.func.value).endswith("logbook")
    )


def test_every_door_is_known_here() -> None:
    assert set(doors()) == {*ENTERS, *ADMINISTERS, *LOOKS}


def test_nothing_writes_around_the_door() -> None:
    # What asks for the lock of a writer by itself would not be asked for its role.
    own_locks = {
        str(path.relative_to(MODELS))
        for path in MODELS.rglob("*.py")
        if 'atomic("IMMEDIATE")' in path.read_text(encoding="utf-8")
    }
    assert own_locks == {
        "logbook.py",
        # Called by the door of the logbook itself.
        "engines/waiting.py",
        "engines/postgres/database.py",
        "access/attempts.py",
        "access/door.py",
        "accounts/rekeying.py",
        # In a copy that nobody has opened yet.
        "backup/restoring.py",
    }


@pytest.mark.parametrize("name", [*ENTERS, *ADMINISTERS, *MORE_FOR_ADMINISTRATORS])
def test_a_reader_changes_nothing(reader: Logbook, held: Held, name: str) -> None:
    door = {**ENTERS, **ADMINISTERS, **MORE_FOR_ADMINISTRATORS}[name]
    before = content(reader)
    with pytest.raises(NotAllowed):
        door(reader, held)
    assert content(reader) == before


@pytest.mark.parametrize("name", [*ADMINISTERS, *MORE_FOR_ADMINISTRATORS])
def test_who_enters_cases_changes_nothing_that_holds_for_everybody(
    entry: Logbook, held: Held, name: str
) -> None:
    before = content(entry)
    with pytest.raises(NotAllowed, match="no settings, users or keys"):
        {**ADMINISTERS, **MORE_FOR_ADMINISTRATORS}[name](entry, held)
    assert content(entry) == before


def test_a_reader_may_print_and_look_at_everything(reader: Logbook) -> None:
    before = len(content(reader)["audit_entry"])
    printouts.note_printout(reader, "List of cases", 2, "printer")
    assert len(content(reader)["audit_entry"]) == before + 1
    assert verify(reader) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM patient",
        "UPDATE procedure SET version = 9",
        "INSERT INTO setting (name, value) VALUES ('a', 'b')",
        "DELETE FROM audit_entry",
        "DROP TABLE patient",
        "CREATE TABLE x (a)",
        "ALTER TABLE patient ADD COLUMN x",
        "INSERT INTO case_search(case_search) VALUES ('delete-all')",
        "ATTACH ':memory:' AS other",
    ],
)
def test_the_engine_refuses_what_asked_nobody(reader: Logbook, statement: str) -> None:
    before = content(reader)
    with pytest.raises(NotAllowed), reader.session():
        reader.database.execute_sql(statement)
    with pytest.raises(NotAllowed), reader.session(), reader.database.atomic():
        reader.database.connection().execute(statement)
    assert content(reader) == before


def test_also_on_the_connection_of_another_thread(reader: Logbook) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def write() -> None:
        with reader.session():
            Procedure.delete().execute(reader.database)

    with ThreadPoolExecutor(1) as pool, pytest.raises(NotAllowed):
        pool.submit(write).result()


def test_after_a_note_in_the_audit_the_engine_refuses_as_before(reader: Logbook) -> None:
    printouts.note_printout(reader, "List of cases", 2, "printer")
    with pytest.raises(NotAllowed), reader.session():
        Procedure.delete().execute(reader.database)


def test_a_plain_logbook_is_open_to_whoever_can_read_it(tmp_path: Path) -> None:
    plain = new_logbook(tmp_path / "Plain.kypholog", "anybody")
    change_setting(plain, STORE_IDENTITY, True)
    assert len(add_example(plain)) == 2
    assert (plain.user, plain.door.role, plain.is_encrypted) == ("anybody", Role.ADMIN, False)
    plain.close()
