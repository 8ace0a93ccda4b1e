# SPDX-License-Identifier: MIT
"""Older logbooks that are encrypted, and such as others have open while they are brought up."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models import form
from models.access import Founding, Password, found, keyfile
from models.access.unlocking import head_of
from models.accounts import sign_in
from models.backup import Reason, listing, problem_of
from models.case import load_case
from models.catchup import catch_up
from models.errors import LogbookBusy, NewerLogbook
from models.example import example_cases
from models.logbook import DATABASE_NAME, Logbook
from models.presence import Present
from models.verify import verify
from tests.encrypted import ADMIN, SECRETS, WEAK

OLD = sorted((Path(__file__).parents[1] / "data" / "logbooks").glob("*.sqlite"))
NEWEST = OLD[-1].stem
_NAMES = [file.stem for file in OLD]


def encrypted(stored: Path, folder: Path) -> Founding:
    """A stored logbook as it would be encrypted: the same tables, its form untouched."""
    folder.mkdir()
    founding = found(folder, ADMIN, SECRETS[ADMIN], WEAK)
    keyfile.write(folder, founding.unlocked.keys)
    with closing(dbapi2.connect(str(stored), isolation_level=None)) as plain:
        mark = plain.execute("PRAGMA application_id").fetchone()[0]
        target, key = str(folder / DATABASE_NAME), founding.unlocked.key.passphrase
        plain.execute(f"ATTACH '{target}' AS other KEY \"{key}\"")
        plain.execute("SELECT sqlcipher_export('other')")
        plain.execute(f"PRAGMA other.application_id = {mark}")
        plain.execute("PRAGMA other.journal_mode = WAL")
        plain.execute("DETACH other")
    return founding


@pytest.mark.parametrize("stored", OLD, ids=_NAMES)
def test_an_encrypted_logbook_of_every_form_opens_after_an_encrypted_backup(
    stored: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Old.kypholog"
    encrypted(stored, folder)
    logbook = sign_in(folder, Password(ADMIN, SECRETS[ADMIN]))
    assert catch_up(logbook)
    assert verify(logbook) == []
    for told in example_cases():
        levels = [row.level for row in load_case(logbook, told.id).levels]
        assert levels == [row.level for row in told.levels]
    kept = listing(folder)
    assert [(one.reason, one.form) for one in kept] == (
        [(Reason.MIGRATION, stored.stem)] if stored.stem != NEWEST else []
    )
    for one in kept:
        assert problem_of(one, passphrase=logbook.passphrase_of(one.file)) is None
        assert head_of(one.file) != b"SQLite format 3\0"
    logbook.close()


def test_a_failed_migration_leaves_an_encrypted_one_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Old.kypholog"
    encrypted(OLD[0], folder)
    migrations = tmp_path / "migrations"
    shutil.copytree(form.MIGRATIONS, migrations)
    (migrations / "9999_stumbles.py").write_text(
        "def up(migrator, database):\n"
        "    database.execute_sql('DELETE FROM assessment')\n"
        "    database.execute_sql('SELECT * FROM what_is_not_there')\n"
    )
    monkeypatch.setattr(form, "MIGRATIONS", migrations)
    before = (folder / DATABASE_NAME).read_bytes()
    with pytest.raises(Exception, match="what_is_not_there"):
        sign_in(folder, Password(ADMIN, SECRETS[ADMIN]))
    assert (folder / DATABASE_NAME).read_bytes() == before


def test_an_encrypted_one_of_a_later_program_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Old.kypholog"
    encrypted(OLD[-1], folder)
    earlier = tmp_path / "migrations"
    shutil.copytree(form.MIGRATIONS, earlier)
    for file in earlier.glob(f"{NEWEST}*"):
        file.unlink()
    monkeypatch.setattr(form, "MIGRATIONS", earlier)
    before = (folder / DATABASE_NAME).read_bytes()
    with pytest.raises(NewerLogbook, match="was written by a newer Kypholog"):
        sign_in(folder, Password(ADMIN, SECRETS[ADMIN]))
    assert (folder / DATABASE_NAME).read_bytes() == before


_HOLDS = (
    "import sys; from sqlcipher3 import dbapi2\n"
    "held = dbapi2.connect(sys.argv[1], isolation_level=None)\n"
    "held.execute(sys.argv[2]); held.execute('SELECT count(*) FROM procedure').fetchone()\n"
    "print('held', flush=True); sys.stdin.readline()\n"
    "print(held.execute('SELECT count(*) FROM procedure').fetchone()[0], flush=True)"
)


@contextmanager
def holding(file: Path, begin: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that reads or writes the database."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(file), begin],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "held\n"
        yield child
    finally:
        child.kill()
        child.communicate()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(OLD[0], folder / DATABASE_NAME)
    return folder


def test_while_another_program_writes_nothing_is_migrated(old: Path) -> None:
    with holding(old / DATABASE_NAME, "BEGIN IMMEDIATE"):
        with pytest.raises(LogbookBusy):
            Logbook.open(old)
        with closing(dbapi2.connect(str(old / DATABASE_NAME))) as looked:
            done = looked.execute("SELECT name FROM schema_migration").fetchall()
    assert done == [(OLD[0].stem,)]
    logbook = Logbook.open(old)
    assert catch_up(logbook)
    assert verify(logbook) == []
    logbook.close()


def test_another_program_that_reads_meanwhile_reads_on_what_it_began_with(old: Path) -> None:
    with holding(old / DATABASE_NAME, "BEGIN") as child:
        logbook = Logbook.open(old)
        assert catch_up(logbook)
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n")
        child.stdin.flush()
        assert int(child.stdout.readline()) == len(list(example_cases()))
        assert verify(logbook) == []
        logbook.close()


def test_a_logbook_that_somebody_has_open_in_its_old_form_is_not_migrated_under_his_hands(
    old: Path,
) -> None:
    present = Present(old, "Eva")
    before = (old / DATABASE_NAME).read_bytes()
    with pytest.raises(LogbookBusy, match=r"older Kypholog, and is open for: Eva at"):
        Logbook.open(old)
    assert (old / DATABASE_NAME).read_bytes() == before
    assert not listing(old)
    present.leave()
    Logbook.open(old).close()
