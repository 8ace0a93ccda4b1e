# SPDX-License-Identifier: MIT
"""Whatever is asked of it, the program says so in one sentence, and leaves everything as it was."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models.case import save_case
from models.engines import sqlite_errors
from models.errors import LogbookBusy, LogbookError, NewerLogbook, NotALogbook
from models.logbook import DATABASE_NAME, Logbook
from tests.acceptance.refusals import (
    COMMANDS,
    assert_refused,
    files_in,
    kypholog,
    make_clinic,
    python,
    record_of,
)
from tests.builders import a_case

READING = ["outcomes", "export", "verify"]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A logbook with two cases, closed."""
    return make_clinic(tmp_path / "place" / "Clinic.kypholog")


# Not a logbook


@pytest.mark.parametrize("command", READING)
def test_an_empty_folder_is_no_logbook(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    assert_refused(kypholog(folder, *COMMANDS[command]), folder, DATABASE_NAME)
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("command", READING)
def test_a_folder_that_does_not_exist_is_not_made_by_looking(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "nowhere"
    assert_refused(kypholog(folder, *COMMANDS[command]), folder)
    assert not folder.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_file_in_the_place_of_the_database_is_left_alone(
    tmp_path: Path, command: str
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / DATABASE_NAME).write_text("Not a database, but somebody's notes.\n" * 400)
    before = files_in(tmp_path)
    assert_refused(kypholog(folder, *COMMANDS[command]), folder / DATABASE_NAME)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_another_programs_database_is_left_alone(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE_NAME)
    connection.execute("CREATE TABLE patient (name TEXT)")
    connection.commit()
    connection.close()
    before = files_in(tmp_path)
    assert_refused(kypholog(folder, *COMMANDS[command]), folder / DATABASE_NAME, "not a logbook")
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_database_file_is_no_logbook(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "zero"
    folder.mkdir()
    (folder / DATABASE_NAME).touch()
    assert_refused(kypholog(folder, *COMMANDS[command]), folder / DATABASE_NAME)
    assert files_in(tmp_path) == {f"zero/{DATABASE_NAME}": hashlib.sha256(b"").hexdigest()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_where_a_folder_is_expected_is_left_alone(tmp_path: Path, command: str) -> None:
    file = tmp_path / "Clinic.kypholog"
    file.write_text("x")
    assert_refused(kypholog(file, *COMMANDS[command]), file, "not a folder")
    assert file.read_text() == "x"


@pytest.mark.parametrize("command", ["example", "sample"])
def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("x")
    folder = tmp_path / "file" / "Clinic.kypholog"
    assert_refused(kypholog(folder, *COMMANDS[command], cwd=tmp_path), folder)


def test_in_the_program_too_it_is_told_what_is_no_logbook(tmp_path: Path) -> None:
    for make in (Logbook.open, Logbook.open_or_create):
        file = tmp_path / "file"
        file.write_text("x")
        with pytest.raises(NotALogbook, match="not a folder"):
            make(file)
    with pytest.raises(NotALogbook, match="no logbook"):
        Logbook.open(tmp_path)


# A logbook that another program took something from


TAKEN = [
    "DROP TABLE balloon",
    "DROP TABLE setting",
    "ALTER TABLE assessment RENAME TO elsewhere",
    "ALTER TABLE procedure RENAME COLUMN operator TO surgeon",
    "DROP TABLE schema_migration",
]


@pytest.mark.parametrize("sql", TAKEN)
@pytest.mark.parametrize("command", ["outcomes", "export", "sample"])
def test_a_logbook_without_all_its_tables_is_told_as_damaged(
    clinic: Path, command: str, sql: str
) -> None:
    with sqlite3.connect(clinic / DATABASE_NAME) as connection:
        connection.execute(sql)
    connection.close()
    assert_refused(kypholog(clinic, *COMMANDS[command]), clinic / DATABASE_NAME, "backup")


@pytest.mark.parametrize("sql", TAKEN)
def test_verify_finds_that_a_table_is_missing(clinic: Path, sql: str) -> None:
    with sqlite3.connect(clinic / DATABASE_NAME) as connection:
        connection.execute(sql)
    connection.close()
    done = kypholog(clinic, "verify")
    assert (done.returncode, done.stderr) == (1, "")
    assert str(clinic / DATABASE_NAME) in done.stdout


# A newer logbook


def make_newer(folder: Path) -> None:
    with sqlite3.connect(folder / DATABASE_NAME) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(schema_migration)")]
        known = connection.execute("SELECT * FROM schema_migration").fetchone()
        row = dict(zip(columns, known, strict=True)) | {"id": 9_999, "name": "9999_from_tomorrow"}
        marks = ", ".join("?" for _ in row)
        connection.execute(
            f"INSERT INTO schema_migration ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )
    connection.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_newer_logbook_is_left_alone(clinic: Path, command: str) -> None:
    make_newer(clinic)
    before = record_of(clinic)
    done = kypholog(clinic, *COMMANDS[command])
    assert_refused(done, clinic, "newer", "9999_from_tomorrow", "Update the program")
    assert record_of(clinic) == before
    with pytest.raises(NewerLogbook):
        Logbook.open(clinic)


# A database in use


HOLD = """
import sys
from sqlcipher3 import dbapi2
held = dbapi2.connect(sys.argv[1], isolation_level=None)
held.execute(sys.argv[2])
held.execute("BEGIN EXCLUSIVE")
held.execute("CREATE TABLE held (x)")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold(clinic: Path) -> Iterator[Callable[[str], None]]:
    """Lets another process take the database, after a pragma, and not let go."""
    holders: list[subprocess.Popen[str]] = []

    def take(pragma: str = "PRAGMA user_version") -> None:
        holder = subprocess.Popen(
            [*python(HOLD), str(clinic / DATABASE_NAME), pragma],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

    yield take
    for holder in holders:
        holder.communicate()


def test_a_save_that_meets_another_writer_is_told_and_nothing_is_saved(
    clinic: Path, hold: Callable[[str], None]
) -> None:
    before = record_of(clinic)
    opened = Logbook.open(clinic)
    opened.database.pragma("busy_timeout", 50)
    hold("PRAGMA user_version")
    with pytest.raises(LogbookBusy, match=str(clinic / DATABASE_NAME)):
        save_case(opened, a_case("P-3"))
    opened.close()
    assert record_of(clinic) == before


def test_a_command_that_meets_another_writer_waits_and_then_says_so(
    clinic: Path, hold: Callable[[str], None]
) -> None:
    before = record_of(clinic)
    hold("PRAGMA user_version")
    assert_refused(kypholog(clinic, "example"), clinic / DATABASE_NAME, "Another program")
    assert record_of(clinic) == before


def test_reading_goes_on_beside_another_writer(clinic: Path, hold: Callable[[str], None]) -> None:
    hold("PRAGMA user_version")
    assert kypholog(clinic, "outcomes", "--json").returncode == 0
    assert kypholog(clinic, "verify").returncode == 0


def test_a_program_that_keeps_everybody_out_is_told(
    clinic: Path, hold: Callable[[str], None]
) -> None:
    hold("PRAGMA locking_mode = EXCLUSIVE")
    done = kypholog(clinic, "outcomes", "--json")
    assert_refused(done, clinic / DATABASE_NAME, "Another program")


# A place that is no path


@pytest.mark.parametrize("command", COMMANDS)
def test_the_home_of_nobody_is_told_and_nothing_is_made(tmp_path: Path, command: str) -> None:
    place = Path("~nobody-of-that-name") / "Clinic.kypholog"
    assert_refused(kypholog(place, *COMMANDS[command], cwd=tmp_path), place, "home folder")
    assert list(tmp_path.iterdir()) == []


# An export target that cannot be written


def test_an_export_onto_links_that_lead_in_a_circle_replaces_the_link(clinic: Path) -> None:
    here, there = clinic.parent / "here.csv", clinic.parent / "there.csv"
    here.symlink_to(there)
    there.symlink_to(here)
    done = kypholog(clinic, "export", "--out", here)
    assert (done.returncode, done.stderr) == (0, "")
    assert here.read_text(encoding="utf-8").startswith("case_id,")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("missing/cases.csv", "does not exist"),
        ("file/cases.csv", "folder is a file"),
        ("folder", "is a folder"),
        ("x" * 300 + ".csv", "too long"),
        ("Clinic.kypholog/logbook.db", "the logbook itself"),
        ("Clinic.kypholog/logbook.db-wal", "the logbook itself"),
    ],
)
def test_an_export_target_that_cannot_be_written_is_told(
    clinic: Path, target: str, words: str
) -> None:
    place = clinic.parent
    (place / "folder").mkdir()
    (place / "file").write_text("x")
    before = record_of(clinic), files_in(place)
    assert_refused(kypholog(clinic, "export", "--out", target), words, target)
    assert (record_of(clinic), files_in(place)) == before


@pytest.mark.parametrize(
    "said", ["disk is full", "database is locked", "readonly", "malformed", "not a database"]
)
def test_each_error_of_the_database_names_the_file_and_a_cure(said: str) -> None:
    with pytest.raises(LogbookError) as told, sqlite_errors.plain_errors(Path("Clinic/logbook.db")):
        raise dbapi2.OperationalError(said)
    assert "logbook.db" in told.value.message
    assert told.value.cure.endswith(".")
