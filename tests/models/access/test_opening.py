# SPDX-License-Identifier: MIT
"""What can be wrong with an encrypted logbook is told apart, and no key shows itself anywhere."""

from __future__ import annotations

import gc
import logging
import pickle
import shutil
import traceback
from pathlib import Path

import peewee
import pytest

from models import access, accounts, head_mark
from models.access import Password, keyfile
from models.access.errors import (
    EncryptedDamaged,
    KeysOfAnother,
    SignInNeeded,
    UnknownUser,
    WrongPassword,
)
from models.access.keyfile import KEYS, SECOND_COPY
from models.case import save_case
from models.errors import CannotWrite, LogbookDamaged, LogbookError
from models.logbook import DATABASE_NAME, Logbook
from models.schema import Patient
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, READER, SECRETS, enter, make, told

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logbook, _ = make(tmp_path / "Clinic.kypholog", READER)
    save_case(logbook, a_case("P-1"))
    logbook.close()
    return logbook.folder


def flip(file: Path, place: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[place] ^= 0x10
    file.write_bytes(raw)


def test_what_was_saved_is_there_for_whoever_signs_in(folder: Path) -> None:
    logbook = enter(folder, READER)
    with logbook.session():
        codes = [
            row[0]
            for row in Patient.select(Patient.patient_code).tuples().execute(logbook.database)
        ]
    assert codes == ["P-1"]
    assert (logbook.user, logbook.door.role.value, logbook.is_encrypted) == (READER, "reader", True)
    assert verify(logbook) == []
    assert told(logbook)[-1] == (READER, "sign_in", "Role: Reader.")
    logbook.close()


def test_nobody_gets_in_without_signing_in(folder: Path) -> None:
    for make_open in (Logbook.open, Logbook.open_or_create):
        with pytest.raises(SignInNeeded, match="is encrypted"):
            make_open(folder)


def test_the_name_may_be_typed_in_small_letters_and_blanks_around(folder: Path) -> None:
    enter_as = Password(" anna ", SECRETS[ADMIN])
    logbook = accounts.sign_in(folder, enter_as)
    assert logbook.user == ADMIN
    logbook.close()


@pytest.mark.parametrize("password", ["", "Correct horse", "correct horse ", "\ud800", "x" * 9999])
def test_a_wrong_password_is_told_as_such(folder: Path, password: str) -> None:
    with pytest.raises(WrongPassword, match="not the password of Anna"):
        accounts.sign_in(folder, Password(ADMIN, password))


def test_an_unknown_name_is_told_with_those_who_can(folder: Path) -> None:
    with pytest.raises(UnknownUser, match="Who can: Anna, Rita"):
        accounts.sign_in(folder, Password("Mallory", "x"))
    assert access.users_of(folder) == [ADMIN, READER]


@pytest.mark.parametrize("place", [16, 100, 4000])
def test_a_damaged_first_page_is_no_wrong_password(folder: Path, place: int) -> None:
    flip(folder / DATABASE_NAME, place)
    with pytest.raises(EncryptedDamaged, match=r"is damaged; the keys are right"):
        enter(folder)


def test_a_damaged_later_page_is_found(folder: Path) -> None:
    logbook = enter(folder)
    free = int(logbook.database.pragma("freelist_count"))
    logbook.close()
    file = folder / DATABASE_NAME
    whole, found = file.read_bytes(), 0
    pages = range(1, len(whole) // PAGE, 9)
    for page in pages:
        flip(file, page * PAGE + 50)
        try:
            logbook = enter(folder)
        except LogbookDamaged:
            found += 1
        else:
            found += bool(verify(logbook))
            logbook.close()
        # What broke off in the middle of a statement holds the file until it is collected.
        gc.collect()
        file.write_bytes(whole)
        for ending in ("-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
    assert found >= len(pages) - free
    logbook = enter(folder)
    assert verify(logbook) == []
    logbook.close()


@pytest.mark.parametrize("place", range(0, 16, 5))
def test_a_flipped_byte_of_the_salt_harms_nothing(folder: Path, place: int) -> None:
    flip(folder / DATABASE_NAME, place)
    logbook = enter(folder)
    assert verify(logbook) == []
    logbook.close()


@pytest.mark.parametrize("size", [0, 10, 4096, 20_000])
def test_a_database_cut_short_is_damaged(folder: Path, size: int) -> None:
    file = folder / DATABASE_NAME
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(LogbookError) as caught:
        refuse_damaged(folder)
    assert not isinstance(caught.value, WrongPassword)


def refuse_damaged(folder: Path) -> None:
    logbook = enter(folder)
    found = verify(logbook)
    logbook.close()
    raise LogbookDamaged(found[0])


def test_keys_of_another_logbook_are_told_as_such(folder: Path, tmp_path: Path) -> None:
    other, _ = make(tmp_path / "Other.kypholog")
    other.close()
    for name in (KEYS, SECOND_COPY):
        shutil.copy(other.folder / name, folder / name)
    with pytest.raises(KeysOfAnother, match="belong to another logbook"):
        enter(folder)


@pytest.mark.parametrize("name", [KEYS, SECOND_COPY])
def test_one_copy_of_the_keys_of_another_logbook_harms_nothing(
    folder: Path, tmp_path: Path, name: str
) -> None:
    other, _ = make(tmp_path / "Other.kypholog")
    other.close()
    shutil.copy(other.folder / KEYS, folder / name)
    logbook = enter(folder)
    assert verify(logbook) == []
    logbook.close()


def test_a_plain_database_in_the_place_of_the_encrypted_one_is_not_taken(
    folder: Path, tmp_path: Path
) -> None:
    plain = Logbook.create(tmp_path / "Plain.kypholog")
    plain.close()
    shutil.copy(plain.file, folder / DATABASE_NAME)
    with pytest.raises(KeysOfAnother):
        enter(folder)


def test_keys_are_never_written_over_by_a_new_logbook(folder: Path) -> None:
    (folder / DATABASE_NAME).unlink()
    with pytest.raises(CannotWrite, match="holds the keys of an encrypted logbook"):
        Logbook.create(folder)
    with pytest.raises(CannotWrite, match="holds the keys of an encrypted logbook"):
        accounts.create(folder, ADMIN, SECRETS[ADMIN])


def test_an_earlier_key_opens_an_earlier_copy(folder: Path, tmp_path: Path) -> None:
    early = tmp_path / "early.db"
    shutil.copy(folder / DATABASE_NAME, early)
    for _ in range(2):
        logbook = enter(folder)
        accounts.change_key(logbook)
        logbook.close()
    shutil.copy(early, folder / DATABASE_NAME)
    logbook = enter(folder)
    assert len(verify(logbook)) == 1, "it is an older one, and that is told"
    head_mark.file_of(logbook.file).unlink()
    assert verify(logbook) == []
    save_case(logbook, a_case("P-2"))
    accounts.change_key(logbook)
    logbook.close()
    assert (folder / DATABASE_NAME).read_bytes()[:16] != early.read_bytes()[:16]
    enter(folder).close()


def traced(logbook: Logbook) -> str:
    """How a mistake of ours looks in a report that shows the values of variables."""
    try:
        with logbook.session():
            logbook.database.execute_sql("SELECT wrong")
    except peewee.OperationalError as error:
        trace = traceback.TracebackException.from_exception(error, capture_locals=True)
        return "".join(trace.format())
    return ""


def test_no_key_or_password_shows_itself(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    credential = Password(ADMIN, SECRETS[ADMIN])
    unlocked = access.unlock(folder / DATABASE_NAME, credential)
    logbook = Logbook.open(folder, unlocked=unlocked)
    things = (credential, unlocked, unlocked.key, logbook, vars(logbook), unlocked.ring)
    said = [traced(logbook), caplog.text, repr(vars(logbook.database)), *map(repr, things)]
    said += [str(thing) for thing in things]
    assert "SELECT wrong" in said[0]
    assert "wrong" in said[1]
    for text in said:
        assert unlocked.key.key.hex() not in text
        assert repr(unlocked.key.key) not in text
        assert SECRETS[ADMIN] not in text
    for thing in (credential, unlocked, unlocked.key):
        with pytest.raises(TypeError, match="stays in the memory"):
            pickle.dumps(thing)
    logbook.close()


def test_other_threads_have_the_key_too(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    logbook = enter(folder)

    def count() -> int:
        with logbook.session():
            return int(Patient.select().count(logbook.database))

    with ThreadPoolExecutor(2) as pool:
        assert [job.result() for job in [pool.submit(count) for _ in range(4)]] == [1] * 4
    logbook.close()


def test_what_came_to_nothing_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Clinic.kypholog"
    logbook, _ = make(folder)
    logbook.discard(remove_folder=True)
    assert not folder.exists()
    assert not keyfile.are_there(folder)
