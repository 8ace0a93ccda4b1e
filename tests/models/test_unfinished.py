# SPDX-License-Identifier: MIT
"""The program died while it made a logbook: it is said, and a second attempt is free to begin."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models import head_mark, unfinished
from models.access.keyfile import KEYS, SECOND_COPY
from models.case import save_case
from models.errors import CannotWrite, LogbookBusy, NotALogbook
from models.logbook import DATABASE_NAME, Logbook
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import enter
from tests.encrypted import make as make_encrypted


def begun(folder: Path, *, is_old: bool = True) -> Path:
    """A folder in which a logbook was begun; its database file, which does not exist."""
    folder.mkdir()
    file = folder / DATABASE_NAME
    unfinished.begin(file)
    if is_old:
        (mark,) = folder.iterdir()
        os.utime(mark, (0, 0))
    return file


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\0" + bytes(4080)])
def test_it_is_said_and_can_be_made_anew(tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "Clinic.kypholog"
    file = begun(folder)
    if content is not None:
        file.write_bytes(content)
        with pytest.raises(NotALogbook, match="begun and never finished"):
            Logbook.open(folder)
    logbook = Logbook.create(folder)
    save_case(logbook, a_case("P-1"))
    assert verify(logbook) == []
    logbook.close()
    names = {path.name for path in folder.iterdir() if path != head_mark.file_of(file)}
    assert names == {DATABASE_NAME, "unfinished"}
    kept = folder / "unfinished" / DATABASE_NAME
    assert (kept.read_bytes() if kept.exists() else None) == content


def test_keys_of_one_that_never_came_are_kept_aside(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    begun(folder)
    for name in (KEYS, SECOND_COPY):
        (folder / name).write_bytes(b"keys of nothing")
    logbook, _ = make_encrypted(folder)
    logbook.close()
    assert (folder / "unfinished" / KEYS).read_bytes() == b"keys of nothing"
    enter(folder).close()


def test_one_that_may_be_at_it_still_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    file = begun(folder, is_old=False)
    with pytest.raises(LogbookBusy, match="a moment ago"):
        Logbook.create(folder)
    assert [path for path in folder.iterdir() if path == file] == []


def test_a_whole_logbook_is_never_taken_for_one(tmp_path: Path) -> None:
    """Killed after everything was written: it opens, and the mark goes."""
    folder = tmp_path / "Clinic.kypholog"
    Logbook.create(folder).close()
    unfinished.begin(folder / DATABASE_NAME)
    with pytest.raises(CannotWrite, match="already holds a logbook"):
        Logbook.create(folder)
    Logbook.open(folder).close()
    assert [path.name for path in folder.iterdir()] == [DATABASE_NAME]


def test_an_emptied_database_is_told_and_its_journal_left(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    Logbook.create(folder).close()
    journal = folder / f"{DATABASE_NAME}-wal"
    journal.write_bytes(b"what is left")
    (folder / DATABASE_NAME).write_bytes(b"")
    with pytest.raises(NotALogbook, match=r"is empty\. Restore the last backup"):
        Logbook.open(folder)
    assert journal.read_bytes() == b"what is left"
