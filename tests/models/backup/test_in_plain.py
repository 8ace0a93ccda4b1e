# SPDX-License-Identifier: MIT
"""Backups from before a logbook was encrypted: named, encrypted, removed, never the last one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import accounts
from models.access.errors import NotAllowed
from models.access.unlocking import PLAIN, head_of
from models.backup import (
    Reason,
    back_up,
    check,
    encrypt_copies,
    everywhere,
    listing,
    make,
    plain_copies,
    prove,
    remove_copies,
    restore,
)
from models.case import save_case
from models.errors import CannotWrite, LogbookError
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, READER, SECRETS, WEAK, enter, told
from tests.fresh import new_logbook

NAME = "PLANTED-4417"


@pytest.fixture
def once_plain(tmp_path: Path) -> Iterator[Logbook]:
    """A logbook with two plain backups, one of them in a second place too, encrypted since."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    save_case(logbook, a_case(NAME))
    make(logbook, Reason.CLOSING)
    (tmp_path / "stick").mkdir()
    change_setting(logbook, BACKUP_PLACE, str(tmp_path / "stick"))
    back_up(logbook, Reason.BY_HAND)
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    yield logbook
    logbook.close()


def readable(*places: Path) -> list[str]:
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if NAME.encode() in path.read_bytes()]


def test_they_are_named_wherever_they_lie(once_plain: Logbook, tmp_path: Path) -> None:
    stick, own = tmp_path / "stick", once_plain.folder
    found = plain_copies(once_plain)
    assert [(own in one.file.parents, one.backup is not None) for one in found] == [
        (True, True),
        (True, True),
        (False, True),
    ]
    assert all(head_of(one.file) == PLAIN and one.size > 0 for one in found)
    assert readable(own, stick)


def test_encrypted_they_hold_the_same_and_can_be_restored(
    once_plain: Logbook, tmp_path: Path
) -> None:
    heard: list[tuple[int, int]] = []
    before = {(one.at, one.cases) for one in listing(once_plain.folder)}
    done = encrypt_copies(once_plain, plain_copies(once_plain), lambda *told: heard.append(told))
    assert (done.done, done.troubles) == (3, ())
    assert heard == [(0, 3), (1, 3), (2, 3)]
    assert readable(once_plain.folder, tmp_path / "stick") == []
    assert plain_copies(once_plain) == []
    now = listing(once_plain.folder)
    # One more: the one that was made before anything was touched.
    assert before < {(one.at, one.cases) for one in now}
    for one in now:
        assert check(one, once_plain.passphrase_of(one.file)) is None
        prove(once_plain, one)
    places = {one.backup.at: len(one.places) for one in everywhere(once_plain)[0]}
    assert sorted(places.values()) == [1, 2, 2]
    assert "not encrypted were encrypted" in told(once_plain)[-1][2]
    assert verify(once_plain) == []
    oldest = now[-1]
    once_plain.close()
    restore(once_plain.folder, oldest, ADMIN, once_plain.passphrase_of)
    again = enter(once_plain.folder)
    assert verify(again) == []
    again.close()


def test_removed_they_leave_an_encrypted_one(once_plain: Logbook, tmp_path: Path) -> None:
    stray = once_plain.folder / "aside" / "logbook.db"
    stray.parent.mkdir()
    stray.write_bytes(plain_copies(once_plain)[0].file.read_bytes())
    found = plain_copies(once_plain)
    assert [one.backup is None for one in found].count(True) == 1
    assert encrypt_copies(once_plain, [one for one in found if one.backup is None]).troubles == (
        f"{stray} is no backup and cannot be encrypted. Remove it.",
    )
    assert remove_copies(once_plain, found).done == len(found)
    assert readable(once_plain.folder, tmp_path / "stick") == []
    (left,) = listing(once_plain.folder)
    assert (left.reason, head_of(left.file) != PLAIN) == (Reason.KEY_CHANGE, True)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_journal_that_was_kept_aside_is_named_and_removed(
    tmp_path: Path, is_damaged: bool
) -> None:
    """Such as after a restore in the place of a logbook whose program was killed."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    logbook.keep_open()
    save_case(logbook, a_case(NAME))
    aside = logbook.folder / "replaced 2026-11-28T05-00-00Z"
    aside.mkdir()
    for name in ("logbook.db", "logbook.db-wal"):
        shutil.copyfile(logbook.folder / name, aside / name)
    if is_damaged:
        with (aside / "logbook.db").open("rb+") as stream:
            stream.write(bytes(8192))
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    # Encrypted ones, damaged or not, cannot be read by anybody.
    for n, raw in enumerate((b"", bytes(16_384))):
        whole = logbook.file.read_bytes()
        (aside / f"encrypted {n}.db").write_bytes(raw + whole[len(raw) :])
    (aside / "logbook.db-shm").write_bytes(bytes(32_768))
    copies = plain_copies(logbook)
    assert [one.file.name for one in copies] == ["logbook.db", "logbook.db-wal"]
    assert readable(logbook.folder) == ["logbook.db-wal"]
    assert remove_copies(logbook, copies).troubles == ()
    assert readable(logbook.folder) == []
    logbook.close()


def test_nothing_goes_before_an_encrypted_one_is_there(once_plain: Logbook) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    found = plain_copies(once_plain)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    # A disk that takes no file of the size of a backup.
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, most[1]))
    try:
        for act in (encrypt_copies, remove_copies):
            with pytest.raises(CannotWrite):
                act(once_plain, found)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert all(one.file.exists() for one in found)


def test_a_copy_that_was_changed_is_not_taken_for_a_backup(once_plain: Logbook) -> None:
    (first, *_) = plain_copies(once_plain)
    raw = bytearray(first.file.read_bytes())
    raw[-1] ^= 1
    first.file.write_bytes(raw)
    done = encrypt_copies(once_plain, [first])
    assert (done.done, "was changed after it was written" in done.troubles[0]) == (0, True)
    assert first.file.exists()


def test_only_an_administrator_may(once_plain: Logbook) -> None:
    accounts.add_user(once_plain, READER, SECRETS[READER], Role.READER, WEAK)
    found = plain_copies(once_plain)
    once_plain.close()
    reader = enter(once_plain.folder, READER)
    for act in (encrypt_copies, remove_copies):
        with pytest.raises(NotAllowed):
            act(reader, found)
    reader.close()
    assert all(one.file.exists() for one in found)


def test_a_plain_logbook_keeps_its_plain_backups(tmp_path: Path) -> None:
    plain = new_logbook(tmp_path / "Plain.kypholog")
    make(plain, Reason.BY_HAND)
    with pytest.raises(LogbookError, match="is not encrypted"):
        remove_copies(plain, plain_copies(plain))
    plain.close()
