# SPDX-License-Identifier: MIT
"""What the migrations make is what the models say."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import peewee
import pytest
from playhouse.schema_diff import diff_models

from models import form
from models.backup import Reason, listing, problem_of, restore
from models.case import load_case, save_case
from models.catchup import catch_up
from models.engines import sqlite
from models.errors import CannotWrite, NewerLogbook
from models.example import example_cases
from models.logbook import DATABASE_NAME, Logbook
from models.schema import ALL_TABLES
from models.verify import verify

TABLES = [table._meta.table_name for table in ALL_TABLES]
PROGRAMS = 6
MIGRATIONS = sorted(file.stem for file in form.MIGRATIONS.glob("[0-9]*.py"))
OLD = sorted((Path(__file__).parents[1] / "data" / "logbooks").glob("*.sqlite"))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> peewee.SqliteDatabase:
    return Logbook.create(tmp_path_factory.mktemp("made") / "Clinic.kypholog").database


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> peewee.SqliteDatabase:
    database = sqlite.open_database(tmp_path_factory.mktemp("made") / "declared.db")
    database.connect()
    with database.bind_ctx(ALL_TABLES):
        database.create_tables(ALL_TABLES)
    return database


def test_the_migrations_lack_no_table_column_or_index(migrated: peewee.SqliteDatabase) -> None:
    assert not diff_models(migrated, ALL_TABLES), str(diff_models(migrated, ALL_TABLES))


@pytest.mark.parametrize("table", TABLES)
def test_columns_have_the_same_type_and_may_be_empty_in_the_same_places(
    migrated: peewee.SqliteDatabase, declared: peewee.SqliteDatabase, table: str
) -> None:
    assert _facts(migrated, "table_info", table) == _facts(declared, "table_info", table)


@pytest.mark.parametrize("table", TABLES)
def test_rows_hang_on_each_other_in_the_same_way(
    migrated: peewee.SqliteDatabase, declared: peewee.SqliteDatabase, table: str
) -> None:
    links = _facts(migrated, "foreign_key_list", table)
    assert links == _facts(declared, "foreign_key_list", table)


def test_nothing_but_the_tables_of_the_schema_is_made(migrated: peewee.SqliteDatabase) -> None:
    made = {name for name in migrated.get_tables() if not name.startswith("case_search")}
    assert made == {*TABLES, "schema_migration"}


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    Logbook.create(folder).close()
    before = (folder / "logbook.db").read_bytes()
    Logbook.open(folder).close()
    assert (folder / "logbook.db").read_bytes() == before


def test_a_logbook_of_a_later_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    logbook = Logbook.create(folder)
    logbook.database.execute_sql(
        "INSERT INTO schema_migration (name, applied) SELECT ?, max(applied) FROM schema_migration",
        ["9999_what_is_to_come"],
    )
    logbook.close()
    before = (folder / "logbook.db").read_bytes()
    with pytest.raises(NewerLogbook, match="9999_what_is_to_come"):
        Logbook.open(folder)
    assert (folder / "logbook.db").read_bytes() == before


def _facts(database: peewee.SqliteDatabase, pragma: str, table: str) -> set[tuple[object, ...]]:
    """What the database says of a table, without the order in which columns were declared."""
    return {tuple(row[1:]) for row in database.execute_sql(f'PRAGMA {pragma}("{table}")')}


def test_a_logbook_of_every_form_is_stored() -> None:
    """One is added with each migration, made by the program of that day, and stays for ever."""
    assert [file.stem for file in OLD] == MIGRATIONS


@pytest.mark.parametrize("stored", OLD, ids=lambda file: file.stem)
def test_a_logbook_of_every_earlier_form_opens_with_all_that_it_held(
    stored: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(stored, folder / DATABASE_NAME)
    logbook = Logbook.open(folder)
    is_older = stored.stem != MIGRATIONS[-1]
    assert logbook.is_behind() is is_older
    assert [(one.reason, one.form) for one in listing(folder)] == (
        [(Reason.MIGRATION, stored.stem)] if is_older else []
    )
    assert catch_up(logbook)
    assert verify(logbook) == []
    for told in example_cases():
        case = load_case(logbook, told.id)
        assert [row.level for row in case.levels] == [row.level for row in told.levels]
        case.levels[0].explained = {"cement_ml": "As the paper has it."}
        assert save_case(logbook, case).version == 2
    assert verify(logbook) == []
    logbook.close()


def test_a_case_that_an_older_program_called_complete_lacks_the_volumes(tmp_path: Path) -> None:
    """In the second form, counted balloons needed no volume."""
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    (second,) = (file for file in OLD if file.stem == "0002_explained")
    shutil.copy(second, folder / DATABASE_NAME)
    logbook = Logbook.open(folder)
    sql = "SELECT patient_code, complete FROM case_row WHERE patient_code LIKE 'KYP-%' ORDER BY 1"
    assert list(logbook.database.execute_sql(sql)) == [("KYP-1", 1), ("KYP-2", 1)]
    catch_up(logbook)
    assert list(logbook.database.execute_sql(sql)) == [("KYP-1", 0), ("KYP-2", 1)]
    logbook.close()


def test_programs_that_open_an_old_logbook_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(OLD[0], folder / DATABASE_NAME)
    together = threading.Barrier(PROGRAMS)

    def work(_: int) -> list[str]:
        together.wait()
        logbook = Logbook.open(folder)
        try:
            catch_up(logbook)
            return verify(logbook)
        finally:
            logbook.close()

    with ThreadPoolExecutor(PROGRAMS) as programs:
        assert list(programs.map(work, range(PROGRAMS))) == [[]] * PROGRAMS


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The program of tomorrow, whose last migration stumbles after it has changed something."""
    folder = tmp_path / "migrations"
    shutil.copytree(form.MIGRATIONS, folder)
    (folder / "9998_first.py").write_text(
        "def up(migrator, database):\n    database.execute_sql('CREATE TABLE first (id INTEGER)')\n"
    )
    (folder / "9999_stumbles.py").write_text(
        "def up(migrator, database):\n"
        "    database.execute_sql('DELETE FROM assessment')\n"
        "    database.execute_sql('SELECT * FROM what_is_not_there')\n"
    )
    monkeypatch.setattr(form, "MIGRATIONS", folder)
    return "what_is_not_there"


@pytest.mark.parametrize("stored", [OLD[0], OLD[-1]], ids=lambda file: file.stem)
def test_a_migration_that_fails_leaves_the_file_as_it_was_with_a_backup_beside_it(
    stored: Path, tmp_path: Path, failing: str
) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    file = folder / DATABASE_NAME
    shutil.copy(stored, file)
    before = file.read_bytes()
    with pytest.raises(peewee.OperationalError, match=failing):
        Logbook.open(folder)
    assert file.read_bytes() == before
    (kept,) = listing(folder)
    assert (kept.form, problem_of(kept)) == (stored.stem, None)


def test_no_backup_no_migration(tmp_path: Path) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    file = folder / DATABASE_NAME
    shutil.copy(OLD[0], file)
    (folder / "backups").write_text("in the way")
    before = file.read_bytes()
    with pytest.raises(CannotWrite, match="No backup was made"):
        Logbook.open(folder)
    assert file.read_bytes() == before


def test_an_audit_that_is_broken_keeps_no_logbook_from_a_new_form(tmp_path: Path) -> None:
    """Its cases would be shut away else; what was there before is kept as a true copy."""
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(OLD[1], folder / DATABASE_NAME)
    with sqlite3.connect(folder / DATABASE_NAME) as database:
        database.execute("UPDATE audit_entry SET reason = 'x' WHERE number = 2")
    database.close()
    Logbook.open(folder).close()
    (kept,) = listing(folder)
    assert (kept.form, problem_of(kept)) == (OLD[1].stem, None)
    assert kept.breaks is not None
    assert kept.breaks.entry == 2


def test_what_was_there_before_a_migration_can_be_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(OLD[1], folder / DATABASE_NAME)
    Logbook.open(folder).close()
    (kept,) = listing(folder)
    restore(folder, kept)
    again = Logbook.open(folder)
    assert catch_up(again)
    assert verify(again) == []
    assert len(listing(folder)) == 2
    again.close()


_OPENS = (
    "import resource, sys; from models.errors import LogbookError; from pathlib import Path;"
    "from models import form, logbook; most = int(sys.argv[2])\n"
    "form.MIGRATIONS = Path(sys.argv[3])\n"
    "if most:\n    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
    "print('begun', flush=True)\n"
    "try:\n    logbook.Logbook.open(Path(sys.argv[1])).close()\n    print('open')\n"
    "except LogbookError as error:\n    print(error)"
)
_FILLS = """
import resource

def up(migrator, database):
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    database.execute_sql("CREATE TABLE filler (content BLOB)")
    for _ in range(500):
        database.execute_sql("INSERT INTO filler VALUES (randomblob(1000))")
"""


def _opening(
    folder: Path, most: int = 0, migrations: Path = form.MIGRATIONS
) -> subprocess.Popen[str]:
    """A program that opens a logbook, in which no file may become larger than ``most`` bytes."""
    return subprocess.Popen(
        [sys.executable, "-c", _OPENS, str(folder), str(most), str(migrations)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files")
@pytest.mark.parametrize("place", ["backup", "migration"])
def test_a_disk_that_is_full_on_the_way_leaves_the_old_form(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    file = folder / DATABASE_NAME
    shutil.copy(OLD[0], file)
    before = file.read_bytes()
    if place == "backup":
        said, _ = _opening(folder, 100_000).communicate()
    else:
        later = tmp_path / "migrations"
        shutil.copytree(form.MIGRATIONS, later)
        (later / "9999_fills.py").write_text(_FILLS)
        said, _ = _opening(folder, 0, later).communicate()
    expected = "No backup was made" if place == "backup" else "The disk did not take the change"
    assert said.startswith(f"begun\n{expected}")
    assert file.read_bytes() == before
    logbook = Logbook.open(folder)
    catch_up(logbook)
    assert verify(logbook) == []
    logbook.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_after_a_kill_at_any_moment_it_is_of_one_form_and_opens(tmp_path: Path) -> None:
    for moment in range(5):
        folder = tmp_path / f"{moment}.kypholog"
        folder.mkdir()
        shutil.copy(OLD[0], folder / DATABASE_NAME)
        child = _opening(folder)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moment * 0.05)
        child.kill()
        child.communicate()
        with sqlite.open_database(folder / DATABASE_NAME) as database:
            done = list(database.execute_sql("SELECT name FROM schema_migration"))
        assert len(done) in (1, len(MIGRATIONS)), "all of it or nothing"
        assert all(problem_of(one) is None for one in listing(folder))
        logbook = Logbook.open(folder)
        catch_up(logbook)
        assert verify(logbook) == []
        logbook.close()
