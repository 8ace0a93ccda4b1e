# SPDX-License-Identifier: MIT
"""A logbook is a folder that opens, or says plainly why it does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models import drafts, head_mark
from models.access.errors import KeysMissing
from models.case import load_case, save_case
from models.engines import sqlite
from models.engines.sqlite_errors import refuse_no_files
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged, NotALogbook
from models.logbook import DATABASE_NAME, Logbook
from models.schema import Procedure
from tests.builders import a_case

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Clinic.kypholog"


@pytest.fixture
def logbook(folder: Path) -> Iterator[Logbook]:
    logbook = Logbook.create(folder)
    yield logbook
    logbook.close()


def save_many(logbook: Logbook, count: int) -> None:
    for number in range(count):
        save_case(logbook, a_case(f"Many-{number}"))


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_commit_waits_for_the_disk(logbook: Logbook) -> None:
    assert logbook.database.pragma("journal_mode") == "wal"
    assert logbook.database.pragma("synchronous") == 2
    assert logbook.database.pragma("foreign_keys") == 1
    assert logbook.database.pragma("temp_store") == 2


@pytest.mark.parametrize("page", [16_384, 4_096])
def test_the_log_is_folded_in_after_four_megabytes_whatever_the_size_of_a_page(
    folder: Path, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_PAGE", page)
    for make in (Logbook.create, Logbook.open):
        logbook = make(folder)
        assert logbook.database.pragma("page_size") == page
        assert logbook.database.pragma("wal_autocheckpoint") * page == 4 << 20
        logbook.close()


def test_the_log_of_an_encrypted_file_is_folded_in_at_the_same_size(tmp_path: Path) -> None:
    file = tmp_path / "sealed.db"
    for _ in range(2):
        database = sqlite.open_database(file, passphrase="x'" + 64 * "5" + "'")
        database.connect()
        database.prepare_new()
        assert database.pragma("wal_autocheckpoint") * 4_096 == 4 << 20
        database.close()


def test_a_connection_of_another_thread_waits_for_the_disk_too(logbook: Logbook) -> None:
    found: list[tuple[object, object]] = []

    def look() -> None:
        with logbook.session():
            pragma = logbook.database.pragma
            found.append((pragma("journal_mode"), pragma("synchronous")))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [("wal", 2)]


def test_what_one_process_saves_another_sees_at_once(logbook: Logbook, folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from models.logbook import Logbook; from models.case import save_case\n"
        "from tests.builders import a_case\n"
        "case = a_case('P-other'); save_case(Logbook.open(Path(sys.argv[1])), case)\n"
        "print(case.id)"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert load_case(logbook, done.stdout.strip()).patient.patient_code == "P-other"


def test_a_file_that_was_begun_is_removed_when_a_logbook_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.form.MIGRATIONS", tmp_path / "broken")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "0001_broken.py").write_text("def up(migrator, db):\n    1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        Logbook.create(tmp_path / "Clinic.kypholog")
    assert not (tmp_path / "Clinic.kypholog").exists()


def test_a_new_logbook_takes_no_folder_that_holds_one(logbook: Logbook, folder: Path) -> None:
    before = listing(folder)
    with pytest.raises(CannotWrite, match="already holds a logbook"):
        Logbook.create(folder)
    assert listing(folder) == before


def test_a_folder_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="cannot be made"):
        Logbook.create(tmp_path / "file" / "Clinic.kypholog")


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch, lambda path: None])
def test_what_holds_no_logbook_is_no_logbook(folder: Path, make: object) -> None:
    make(folder)  # type: ignore[operator]
    with pytest.raises(NotALogbook, match=r"Clinic\.kypholog") as refused:
        Logbook.open(folder)
    assert refused.value.cure
    assert not (folder / DATABASE_NAME).exists()


@pytest.mark.parametrize("content", [b"", b"Dear diary,\n" * 1000, os.urandom(8192)])
def test_a_file_that_is_no_database_is_no_logbook_and_stays_as_it_is(
    folder: Path, content: bytes
) -> None:
    folder.mkdir()
    (folder / DATABASE_NAME).write_bytes(content)
    # Noise is what an encrypted one looks like, and then its keys are missed.
    with pytest.raises((NotALogbook, KeysMissing)):
        Logbook.open(folder)
    assert listing(folder) == {DATABASE_NAME: content}


def test_somebody_elses_database_is_no_logbook_and_stays_as_it_is(folder: Path) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / DATABASE_NAME)
    other.execute("CREATE TABLE bookmarks (url)")
    other.close()
    before = listing(folder)
    with pytest.raises(NotALogbook, match="not a logbook"):
        Logbook.open(folder)
    assert listing(folder) == before


def test_a_damaged_file_says_so(folder: Path) -> None:
    logbook = Logbook.create(folder)
    save_many(logbook, 40)
    page = logbook.database.pragma("page_size")
    logbook.close()
    file = folder / DATABASE_NAME
    content = bytearray(file.read_bytes())
    content[page:] = b"\xa5" * (len(content) - page)
    file.write_bytes(content)
    with pytest.raises(LogbookDamaged, match="damaged"):
        Logbook.open(folder)


def test_a_damaged_name_that_is_no_text_says_so(folder: Path) -> None:
    Logbook.create(folder).close()
    other = sqlite3.connect(folder / DATABASE_NAME)
    with closing(other), other:
        other.execute("PRAGMA writable_schema = 1")
        sql = "UPDATE sqlite_master SET name = CAST(x'66DF' AS TEXT), sql = 'CREATE' WHERE name = ?"
        other.execute(sql, ("draft",))
    with pytest.raises(LogbookDamaged, match="restore the last backup"):
        Logbook.open(folder)


def test_a_damaged_search_index_says_so(folder: Path) -> None:
    Logbook.create(folder).close()
    other = sqlite3.connect(folder / DATABASE_NAME)
    with closing(other), other:
        other.execute("UPDATE case_search_config SET v = 0 WHERE k = 'version'")
    with pytest.raises(LogbookDamaged, match="restore the last backup"):
        Logbook.open(folder)


@pytest.mark.parametrize("damage", [("content", "contant"), ("fts5", "fts6"), ("ascii", "ascia")])
def test_a_damaged_definition_of_the_search_says_so(folder: Path, damage: tuple[str, str]) -> None:
    Logbook.create(folder).close()
    other = sqlite3.connect(folder / DATABASE_NAME)
    with closing(other), other:
        other.execute("PRAGMA writable_schema = 1")
        sql = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'case_search'"
        other.execute(sql, damage)
    with pytest.raises(LogbookDamaged, match="restore the last backup"):
        # Some words of it are looked at when it is used, and not before.
        save_case(Logbook.open(folder), a_case())


def test_a_logbook_that_another_program_holds_says_so(folder: Path) -> None:
    logbook = Logbook.create(folder)
    logbook.close()
    impatient = Logbook(folder, sqlite.open_database(folder / DATABASE_NAME, busy_ms=1), "u")
    holder = sqlite.open_database(folder / DATABASE_NAME)
    holder.connect()
    holder.execute_sql("BEGIN IMMEDIATE")
    case = a_case()
    with pytest.raises(LogbookBusy, match="Another program"):
        save_case(impatient, case)
    holder.execute_sql("ROLLBACK")
    assert save_case(impatient, case).version == 1
    holder.close()


def test_a_file_that_is_taken_away_while_it_is_opened_is_not_replaced_by_an_empty_one(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    logbook.close()

    def look_and_lose(file: Path) -> None:
        refuse_no_files(file)
        file.unlink()

    monkeypatch.setattr(sqlite, "refuse_no_files", look_and_lose)
    with pytest.raises(CannotWrite, match="not there any more"):
        drafts.discard(logbook, "none")
    assert not logbook.file.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_says_so_and_is_left_alone(folder: Path) -> None:
    Logbook.create(folder).close()
    before = listing(folder)
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with pytest.raises(CannotWrite, match="writing"):
            save_case(Logbook.open(folder), a_case())
    finally:
        folder.chmod(0o755)
    assert listing(folder) == before


def test_a_full_disk_says_so_and_saves_nothing(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    pages = logbook.database.pragma("page_count")
    logbook.database.pragma("max_page_count", pages)
    with pytest.raises(CannotWrite, match="disk"):
        save_many(logbook, 200)
    saved = Procedure.select().count(logbook.database)
    logbook.database.pragma("max_page_count", 1_000_000)
    assert logbook.database.pragma("integrity_check") == "ok"
    case = a_case("P-later")
    save_case(logbook, case)
    assert Procedure.select().count(logbook.database) == saved + 1


def test_a_logbook_can_be_moved_as_a_folder(logbook: Logbook, folder: Path) -> None:
    case = a_case()
    save_case(logbook, case)
    logbook.close()
    moved = folder.with_name("Elsewhere.kypholog")
    shutil.move(folder, moved)
    opened = Logbook.open(moved)
    assert opened.name == "Elsewhere"
    assert load_case(opened, case.id).patient.patient_code == "P-1"
    opened.close()


def test_open_or_create_makes_a_logbook_once(folder: Path) -> None:
    first = Logbook.open_or_create(folder)
    case = a_case()
    save_case(first, case)
    first.close()
    again = Logbook.open_or_create(folder)
    assert load_case(again, case.id).id == case.id
    again.close()


def test_nothing_but_the_database_is_left_after_closing(folder: Path) -> None:
    logbook = Logbook.create(folder)
    save_case(logbook, a_case())
    logbook.close()
    mark = head_mark.file_of(logbook.file)
    assert [path.name for path in folder.iterdir() if path != mark] == [DATABASE_NAME]


def test_a_kept_connection_keeps_the_journal(folder: Path) -> None:
    logbook = Logbook.create(folder)
    logbook.keep_open()

    def save() -> None:
        with logbook.session():
            save_case(logbook, a_case("P-thread"))

    thread = threading.Thread(target=save)
    thread.start()
    thread.join()
    assert (folder / f"{DATABASE_NAME}-wal").stat().st_size > 0
    logbook.close()
