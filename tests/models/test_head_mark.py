# SPDX-License-Identifier: MIT
"""What was saved and is not there any more is missed, although all that is there is whole."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import pytest

from models import head_mark
from models.backup import Reason, listing, make, restore, standing
from models.backup.trouble import Kind
from models.case import save_case
from models.logbook import DATABASE_NAME, Logbook
from models.schema import Procedure
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import enter
from tests.encrypted import make as make_encrypted


def left_with_journal(folder: Path, *, is_encrypted: bool = False) -> Path:
    """A copy of a logbook of four cases as a program that was killed leaves it."""
    logbook = make_encrypted(folder)[0] if is_encrypted else Logbook.create(folder)
    # What made it is folded in, so that the last of the journal is the last that was saved.
    logbook.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(4):
        save_case(logbook, a_case(f"P-{number}"))
    left = folder.with_name("Left.kypholog")
    shutil.copytree(folder, left, ignore=shutil.ignore_patterns("*-shm"))
    logbook.close()
    return left


def opened(folder: Path) -> Logbook:
    return enter(folder) if (folder / "keys.json").exists() else Logbook.open(folder)


def cases(logbook: Logbook) -> int:
    with logbook.session():
        return int(Procedure.select().count(logbook.database))


def test_what_others_save_while_the_logbook_is_looked_at_is_not_missed(tmp_path: Path) -> None:
    logbook = Logbook.create(tmp_path / "Clinic.kypholog")
    save_case(logbook, a_case("P-1"))
    codes = count(2)
    other = Logbook.open(logbook.folder)

    def save_one(_done: int, _total: int) -> None:
        save_case(other, a_case(f"P-{next(codes)}"))

    try:
        told = verify(logbook, save_one)
    finally:
        other.close()
    assert told == []
    assert cases(logbook) > 1
    logbook.close()


@pytest.mark.parametrize("is_encrypted", [False, True])
@pytest.mark.parametrize("damage", ["flipped", "truncated", "none"])
def test_saves_that_are_missing_at_the_end_of_the_journal_are_told(
    tmp_path: Path, damage: str, is_encrypted: bool
) -> None:
    folder = left_with_journal(tmp_path / "Clinic.kypholog", is_encrypted=is_encrypted)
    journal = folder / f"{DATABASE_NAME}-wal"
    content = bytearray(journal.read_bytes())
    if damage == "flipped":
        content[-5_000] ^= 1
    elif damage == "truncated":
        del content[-40_000:]
    journal.write_bytes(content)
    logbook = opened(folder)
    found = verify(logbook)
    if damage == "none":
        assert (found, cases(logbook)) == ([], 4)
    else:
        assert cases(logbook) < 4
        assert len(found) == 1
        assert "is not what it was: the audit went to entry" in found[0]
        assert head_mark.file_of(logbook.file).name in found[0], "the cure names the file"
        trouble = standing(logbook).trouble
        assert trouble is not None
        assert (trouble.kind, trouble.said) == (Kind.LOST, found[0])
        save_case(logbook, a_case("P-later"))
        assert len(verify(logbook)) == 1, "it is not forgotten by going on"
    logbook.close()


def test_an_older_copy_and_that_of_another_logbook_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    logbook = Logbook.create(folder)
    save_case(logbook, a_case("P-1"))
    logbook.close()
    older = tmp_path / "older.db"
    shutil.copy(logbook.file, older)
    save_case(logbook, a_case("P-2"))
    logbook.close()
    other = Logbook.create(tmp_path / "Other.kypholog")
    for number in range(3):
        save_case(other, a_case(f"O-{number}"))
    other.close()
    for file in (older, other.file):
        shutil.copy(file, logbook.file)
        opened_again = Logbook.open(folder)
        assert len(verify(opened_again)) == 1
        opened_again.close()


def of_another(place: Path) -> Path:
    """The database of another logbook."""
    other = Logbook.create(place / "Another.kypholog")
    for number in range(3):
        save_case(other, a_case(f"A-{number}"))
    other.close()
    return other.file


def test_restoring_and_removing_the_mark_are_on_purpose(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    logbook = Logbook.create(folder)
    save_case(logbook, a_case("P-1"))
    make(logbook, Reason.TIMED)
    save_case(logbook, a_case("P-2"))
    logbook.close()
    restore(folder, listing(folder)[0])
    again = Logbook.open(folder)
    assert verify(again) == []
    mark = head_mark.file_of(again.file)
    assert not mark.exists()
    save_case(again, a_case("P-3"))
    whole = mark.read_bytes()
    shutil.copy(head_mark.file_of(of_another(tmp_path)), mark)
    assert len(verify(again)) == 1
    mark.unlink()
    assert verify(again) == []
    save_case(again, a_case("P-4"))
    assert mark.exists()
    for content in (b"", bytes(96), b"x y z", b"1", whole[:40], b"9" + whole[1:], b"\xff" * 96):
        mark.write_bytes(content)
        assert verify(again) == [], "what is not legible says nothing"
    again.close()
