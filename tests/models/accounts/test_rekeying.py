# SPDX-License-Identifier: MIT
"""Another key for a logbook, and the first one: the logbook opens, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models import access, accounts, head_mark
from models.access import Password, Recovery
from models.access.errors import NotAllowed, SignInNeeded
from models.access.keyfile import KEYS, SECOND_COPY
from models.audit import chain_problems
from models.bulk import save_many
from models.case import save_case
from models.drafts import draft_of, drafts, keep
from models.engines import swapping
from models.errors import CannotWrite, InvalidValue, LogbookBusy, LogbookDamaged, LogbookError
from models.example import add_example
from models.logbook import DATABASE_NAME, Logbook
from models.schema import Procedure
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, SECRETS, WEAK, enter, make, told
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[3]
NAME = "Zebulon Quagmire"


def inside(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_passwords_and_the_recovery_key_stay(tmp_path: Path) -> None:
    logbook, recovery = make(tmp_path / "Clinic.kypholog", ENTRY)
    add_example(logbook)
    before = logbook.file.read_bytes()[:16]
    accounts.change_key(logbook)
    assert logbook.file.read_bytes()[:16] != before
    save_case(logbook, a_case("P-1"))
    assert verify(logbook) == []
    logbook.close()
    for credential in (Password(ENTRY, SECRETS[ENTRY]), Recovery(recovery.text)):
        accounts.sign_in(logbook.folder, credential).close()
    assert inside(logbook.folder) == {
        *(DATABASE_NAME, KEYS, SECOND_COPY, access.ATTEMPTS_NAME),
        head_mark.file_of(logbook.file).name,
    }


def test_the_audit_says_it_in_the_new_database(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog")
    accounts.change_key(logbook)
    assert told(logbook)[-1] == (ADMIN, "keys", "The logbook is encrypted with another key.")
    with logbook.session():
        assert chain_problems(logbook.database) == []
    logbook.close()


def test_nobody_else_may_be_at_work(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY)
    other = enter(logbook.folder, ENTRY)
    before = (logbook.folder / KEYS).read_bytes()
    with pytest.raises(LogbookBusy, match="open in another window"):
        accounts.change_key(logbook)
    assert (logbook.folder / KEYS).read_bytes() == before
    save_case(other, a_case("P-1"))
    other.close()
    accounts.change_key(logbook)
    save_case(logbook, a_case("P-2"))
    logbook.close()


def test_a_window_that_was_not_at_work_has_to_sign_in_again(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY)
    other = enter(logbook.folder, ENTRY)
    other.close()
    accounts.change_key(logbook)
    with pytest.raises(SignInNeeded, match="was changed meanwhile"):
        save_case(other, a_case("P-1"))
    logbook.close()


def test_a_damaged_logbook_keeps_its_key(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog")
    save_many(logbook, [a_case(f"P-{number}") for number in range(40)])
    logbook.close()
    raw = bytearray(logbook.file.read_bytes())
    raw[-4096 * 3 + 70] ^= 1
    logbook.file.write_bytes(raw)
    logbook = enter(logbook.folder)
    with pytest.raises((LogbookDamaged, CannotWrite)):
        accounts.change_key(logbook)
    logbook.close()
    assert logbook.file.read_bytes()[:16] == bytes(raw[:16])
    enter(logbook.folder).close()


def test_only_an_administrator_may(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY)
    logbook.close()
    other = enter(logbook.folder, ENTRY)
    with pytest.raises(NotAllowed):
        accounts.change_key(other)
    other.close()


def a_plain_logbook(folder: Path) -> Logbook:
    logbook = new_logbook(folder, "anybody")
    add_example(logbook)
    save_case(logbook, a_case(NAME))
    return logbook


def test_a_plain_logbook_is_encrypted_with_all_that_is_in_it(tmp_path: Path) -> None:
    logbook = a_plain_logbook(tmp_path / "Clinic.kypholog")
    keep(logbook, draft_of(a_case("P-9")))
    entries = told(logbook)
    assert NAME.encode() in b"".join(path.read_bytes() for path in logbook.folder.iterdir())
    recovery = accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    assert (logbook.user, logbook.is_encrypted) == (ADMIN, True)
    assert [one.patient_code for one in drafts(logbook)] == ["P-9"], "lost to whoever typed it"
    assert told(logbook) == [
        *entries,
        (ADMIN, "keys", "Encrypted, with Anna as administrator and a recovery key."),
    ]
    save_case(logbook, a_case("P-1"))
    assert verify(logbook) == []
    logbook.close()
    for file in logbook.folder.iterdir():
        assert NAME.encode() not in file.read_bytes()
    with pytest.raises(SignInNeeded):
        Logbook.open(logbook.folder)
    accounts.sign_in(logbook.folder, Recovery(recovery.text)).close()
    enter(logbook.folder).close()


def test_the_plain_file_is_overwritten_and_not_only_removed(tmp_path: Path) -> None:
    logbook = a_plain_logbook(tmp_path / "Clinic.kypholog")
    logbook.close()
    with logbook.file.open("rb") as still_open:
        assert NAME.encode() in still_open.read()
        accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
        still_open.seek(0)
        assert NAME.encode() not in still_open.read()
    logbook.close()


def test_earlier_copies_that_anybody_can_read_are_named(tmp_path: Path) -> None:
    logbook = a_plain_logbook(tmp_path / "Clinic.kypholog")
    logbook.close()
    backup = logbook.folder / "backups" / "early.db"
    backup.parent.mkdir()
    backup.write_bytes(logbook.file.read_bytes())
    assert accounts.plain_files(logbook.folder) == [backup, logbook.file]
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    logbook.close()
    assert accounts.plain_files(logbook.folder) == [backup]


def test_what_cannot_be_encrypted_stays_plain_and_whole(tmp_path: Path) -> None:
    logbook = a_plain_logbook(tmp_path / "Clinic.kypholog")
    with pytest.raises(InvalidValue):
        accounts.encrypt(logbook, ADMIN, "short", WEAK)
    (logbook.folder / SECOND_COPY / "taken").mkdir(parents=True)
    swapping_place = swapping.new_of(logbook.file)
    swapping_place.mkdir()
    with pytest.raises((LogbookError, OSError)):
        accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    swapping_place.rmdir()
    logbook.close()
    opened = Logbook.open(logbook.folder)
    assert verify(opened) == []
    opened.close()


def test_an_encrypted_logbook_is_not_encrypted_twice(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog")
    with pytest.raises(LogbookError, match="encrypted already"):
        accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    logbook.close()


def test_keys_of_an_encryption_that_came_to_nothing_do_no_harm(tmp_path: Path) -> None:
    logbook = a_plain_logbook(tmp_path / "Clinic.kypholog")
    for name in (KEYS, SECOND_COPY):
        (logbook.folder / name).write_bytes(b"left behind")
    logbook.close()
    logbook = Logbook.open(logbook.folder)
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    logbook.close()
    kept = [path for path in logbook.folder.iterdir() if ".unused-" in path.name]
    assert [path.read_bytes() for path in kept] == [b"left behind"] * 2
    enter(logbook.folder).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("what", "step"), [("change", 83), ("encrypt", 83), ("add", 11)])
def test_killed_at_any_moment_the_logbook_opens(tmp_path: Path, what: str, step: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.models.accounts.dying", what, str(tmp_path), str(step)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] >= 5
    assert found["old"] >= 1
    assert what == "add" or found["new"] >= 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("what", ["change", "encrypt", "add"])
def test_on_a_full_disk_the_logbook_is_what_it_was(tmp_path: Path, what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.models.accounts.filling", what, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert set(found) <= {"done", "CannotWrite", "KeysNotWritten"}
    assert found["done"] >= 1
    assert sum(found.values()) - found["done"] >= 1


def test_many_cases_are_all_there(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog")
    save_many(logbook, [a_case(f"P-{number}") for number in range(150)])
    accounts.change_key(logbook)
    with logbook.session():
        assert Procedure.select().count(logbook.database) == 150
    logbook.close()
