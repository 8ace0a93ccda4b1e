# SPDX-License-Identifier: MIT
"""Other logbooks that are old, new, damaged, in use, or none at all: read, or refused in words."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models.case import save_case
from models.errors import LogbookBusy, LogbookDamaged, LogbookError, NewerLogbook, NotALogbook
from models.logbook import DATABASE_NAME, Logbook
from models.other_logbook import open_other
from models.schema import Procedure
from tests.builders import a_case
from tests.models.other_logbook.pair import Pair, case_ids, copies_for, looked_at, merged

STORED = sorted((Path(__file__).parents[2] / "data" / "logbooks").glob("*.sqlite"))


@pytest.mark.parametrize("stored", STORED, ids=[path.stem for path in STORED])
def test_an_older_logbook_is_read_in_a_copy_and_stays_as_it_is(
    pair: Pair, tmp_path: Path, stored: Path
) -> None:
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(stored, folder / DATABASE_NAME)
    other = open_other(pair.a, folder)
    with other.logbook.session():
        cases = Procedure.select().count(other.logbook.database)
    other.close()
    assert cases
    assert (folder / DATABASE_NAME).read_bytes() == stored.read_bytes()
    assert [path.name for path in folder.iterdir()] == [DATABASE_NAME]


def refused(pair: Pair, folder: Path, kind: type[LogbookError], *words: str) -> None:
    with pytest.raises(kind) as told:
        open_other(pair.a, folder)
    assert [word for word in (str(folder), *words) if word not in str(told.value)] == []
    assert not copies_for(pair.a)


def test_a_newer_logbook_is_refused_by_its_name(pair: Pair) -> None:
    sql = "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')"
    pair.b.database.execute_sql(sql)
    refused(pair, pair.b.folder, NewerLogbook, "newer Kypholog")


def test_a_folder_without_a_logbook_and_our_own(pair: Pair, tmp_path: Path) -> None:
    refused(pair, tmp_path, NotALogbook, "no logbook")
    refused(pair, tmp_path / "nowhere", NotALogbook, "no logbook")
    with pytest.raises(LogbookError, match="is open"):
        open_other(pair.a, pair.a.place)


def test_what_is_no_database_and_what_is_another_one(pair: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "Text.kypholog"
    folder.mkdir()
    (folder / DATABASE_NAME).write_bytes(b"no database at all " * 500)
    refused(pair, folder, NotALogbook, "without a key")
    (folder / DATABASE_NAME).unlink()
    with sqlite3.connect(folder / DATABASE_NAME) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    refused(pair, folder, NotALogbook)


def test_a_truncated_one_and_one_whose_audit_was_tampered_with(pair: Pair) -> None:
    pair.b.close()
    whole = pair.b.file.read_bytes()
    pair.b.file.write_bytes(whole[: len(whole) // 2])
    refused(pair, pair.b.folder, LogbookDamaged)
    pair.b.file.write_bytes(whole)
    with sqlite3.connect(pair.b.file) as connection:
        connection.execute("UPDATE audit_entry SET user = 'nobody' WHERE number = 2")
    connection.close()
    refused(pair, pair.b.folder, LogbookDamaged, "entry 2 was changed")


def test_one_that_somebody_works_in_is_read_as_it_was_committed(pair: Pair) -> None:
    save_case(pair.b, a_case("N-1"))
    with pair.b.transaction():
        save_case(pair.b, a_case("N-2"))
        shown = looked_at(pair.a, pair.b)
    assert [line.name for line in shown.lines if line.subject == "case"] == ["N-1, 2026-03-04"]
    assert merged(pair.a, pair.b).new == 2
    assert len(case_ids(pair.a)) == 5


def test_one_that_nobody_lets_go_of_is_busy(pair: Pair) -> None:
    pair.b.close()
    holder = dbapi2.connect(str(pair.b.file), isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("DELETE FROM setting")
    with pytest.raises(LogbookBusy):
        open_other(pair.a, pair.b.folder, busy_ms=50)
    holder.execute("ROLLBACK")
    holder.close()
    open_other(pair.a, pair.b.folder).close()


@pytest.mark.sqlite_only("where the copy lies beside a server, test_served looks at it")
def test_a_copy_that_a_killed_program_left_goes_the_next_day(pair: Pair) -> None:
    old, young = (pair.a.folder / f".other-{name}" for name in ("old", "young"))
    for place in (old, young):
        place.mkdir()
    os.utime(old, (0, 0))
    open_other(pair.a, pair.b.folder).close()
    assert not old.exists()
    assert young.exists()


def test_two_programs_may_look_at_each_other(pair: Pair) -> None:
    one, other = open_other(pair.a, pair.b.place), open_other(pair.b, pair.a.place)
    assert isinstance(one.logbook, Logbook)
    assert (one.name, other.name) == ("Office", pair.a.name)
    one.close()
    other.close()
    assert not [*copies_for(pair.a), *copies_for(pair.b)]
