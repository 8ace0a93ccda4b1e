# SPDX-License-Identifier: MIT
"""Backups of an encrypted logbook are encrypted, and bring along what they are opened with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models import accounts, commands
from models.access import Password, Recovery
from models.access.errors import UnknownUser, WrongPassword
from models.access.unlocking import PLAIN, head_of
from models.backup import (
    Reason,
    back_up,
    check,
    listing,
    make,
    problem_of,
    prove,
    put_keys_back,
    regular,
    restore,
)
from models.case import save_case
from models.copies.renewing import renew_keys
from models.errors import CannotWrite
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, WEAK, enter
from tests.encrypted import make as make_encrypted
from tests.encrypted import told as told_by
from tests.fresh import new_logbook

NAME = "PLANTED-7731"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Logbook]:
    logbook, _ = make_encrypted(tmp_path / "Locked.kypholog", ENTRY, READER)
    save_case(logbook, a_case(NAME))
    yield logbook
    logbook.close()


def cases(logbook: Logbook) -> int:
    with logbook.session():
        return int(logbook.database.execute_sql("SELECT COUNT(*) FROM procedure").fetchone()[0])


def test_nothing_of_it_can_be_read_without_a_password(locked: Logbook, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    change_setting(locked, BACKUP_PLACE, str(stick))
    made = back_up(locked, Reason.TIMED)
    prove(locked, made.backup)
    assert made.second is not None
    for file in (made.backup.file, made.second):
        assert head_of(file) == head_of(locked.file) != PLAIN
    planted = NAME.encode()
    for place in (locked.folder, stick):
        files = [path for path in place.rglob("*") if path.is_file()]
        assert [path for path in files if planted in path.read_bytes()] == []
    keys = (locked.folder / "keys.json").read_bytes()
    assert made.backup.keys.read_bytes() == keys
    assert made.second.with_suffix(".keys").read_bytes() == keys


def test_it_is_checked_and_proven_by_whoever_works_with_it(locked: Logbook) -> None:
    made = make(locked, Reason.TIMED)
    assert "without a key" in str(problem_of(made))
    before = told_by(locked)
    locked.close()
    for name in (ADMIN, ENTRY, READER):
        logbook = enter(locked.folder, name)
        (one, *_) = listing(logbook.folder)
        assert check(one, logbook.passphrase_of(one.file)) is None
        assert prove(logbook, one).proven_at is not None
        assert regular(logbook).made is None, "signing in alone is no change"
        logbook.close()
    again = enter(locked.folder)
    said = told_by(again)[len(before) :]
    assert {action for _, action, _ in said} == {"sign_in"}, "a proof leaves no trace here"
    assert verify(again) == []
    again.close()


def test_a_reader_may_back_up_what_he_may_not_change(locked: Logbook) -> None:
    locked.close()
    reader = enter(locked.folder, READER)
    made = make(reader, Reason.CLOSING)
    assert (made.user, made.cases) == (READER, 1)
    assert told_by(reader)[-1][:2] == (READER, "backup")
    reader.close()


@pytest.mark.parametrize("has_new_key", [False, True])
def test_restored_it_opens_with_the_keys_of_today(locked: Logbook, has_new_key: bool) -> None:
    old = make(locked, Reason.TIMED)
    save_case(locked, a_case("P-2"))
    accounts.set_password(locked, ADMIN, "another horse", WEAK)
    if has_new_key:
        accounts.change_key(locked)
    opens = locked.passphrase_of
    locked.close()
    done = restore(locked.folder, old, ADMIN, opens)
    back = accounts.sign_in(locked.folder, Password(ADMIN, "another horse"))
    assert (cases(back), verify(back)) == (1, [])
    assert ("Anna", "restore") in [entry[:2] for entry in told_by(back)]
    newest = make(back, Reason.BY_HAND)
    assert check(newest, back.passphrase_of(newest.file)) is None
    assert prove(back, old).proven_at is not None
    back.close()
    assert done.aside is not None
    assert head_of(done.aside / "logbook.db") != PLAIN
    aside = accounts.sign_in(done.aside, Password(ADMIN, "another horse"))
    assert (cases(aside), verify(aside)) == (2, [])
    aside.close()


def test_a_backup_without_its_keys_is_restored_with_those_of_the_logbook(
    run: Run, locked: Logbook
) -> None:
    assert run(ADMIN, locked.folder, "backup")[0] == 0
    listing(locked.folder)[0].keys.unlink()
    code, out, err = run(ADMIN, locked.folder, "restore", "latest")
    assert (code, err) == (0, "")
    assert "Restored 1 case" in out


def test_a_backup_from_before_the_encryption_is_not_put_back_in_plain(
    tmp_path: Path,
) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", "anna")
    save_case(logbook, a_case("P-1"))
    plain = make(logbook, Reason.TIMED)
    accounts.encrypt(logbook, ADMIN, SECRETS[ADMIN], WEAK)
    assert check(plain, logbook.passphrase_of(plain.file)) is None
    opens = logbook.passphrase_of
    logbook.close()
    before = logbook.file.read_bytes()
    with pytest.raises(CannotWrite, match="not encrypted, and the logbook is"):
        restore(logbook.folder, plain, ADMIN, opens)
    # A command that has nothing to open asks nobody to sign in.
    assert commands.run(["--logbook", str(logbook.folder), "restore", str(plain.file)]) == 2
    assert logbook.file.read_bytes() == before
    logbook.file.unlink()
    with pytest.raises(CannotWrite, match="not encrypted, and the logbook is"):
        restore(logbook.folder, plain, ADMIN)


def test_what_was_taken_away_opens_nothing_by_the_keys_of_an_earlier_backup(
    tmp_path: Path,
) -> None:
    logbook, recovery = make_encrypted(tmp_path / "Locked.kypholog", ENTRY)
    (stick := tmp_path / "stick").mkdir()
    change_setting(logbook, BACKUP_PLACE, str(stick))
    made = back_up(logbook, Reason.TIMED)
    assert made.second is not None
    early = made.backup.keys.read_bytes()
    new = accounts.new_recovery_key(logbook, WEAK)
    accounts.remove_user(logbook, ENTRY)
    logbook.close()
    put_keys_back(made.backup.keys, logbook.folder)
    with pytest.raises(WrongPassword):
        accounts.sign_in(logbook.folder, Recovery(recovery.text))
    with pytest.raises(UnknownUser):
        enter(logbook.folder, ENTRY)
    logbook = accounts.sign_in(logbook.folder, Recovery(new.text))
    logbook.close()
    logbook = enter(logbook.folder)
    accounts.change_key(logbook)
    today = (logbook.folder / "keys.json").read_bytes()
    # The stick was away; the next backup brings its keys along.
    assert (made.backup.keys.read_bytes(), made.second.with_suffix(".keys").read_bytes()) == (
        today,
        early,
    )
    save_case(logbook, a_case(NAME))
    back_up(logbook, Reason.TIMED)
    assert made.second.with_suffix(".keys").read_bytes() == today
    assert [check(one, logbook.passphrase_of(one.file)) for one in listing(logbook.folder)] == [
        None,
        None,
    ]
    # Keys that are later than those of the logbook are no earlier state of it.
    for name in ("keys.json", "keys.backup.json"):
        (logbook.folder / name).write_bytes(early)
    renew_keys(logbook.folder)
    assert made.backup.keys.read_bytes() == today
    logbook.close()


def test_in_the_place_of_a_plain_file_it_is_restored_encrypted(
    locked: Logbook, tmp_path: Path
) -> None:
    """Somebody put it there, or the journal of another logbook overwrote what there was."""
    made = make(locked, Reason.TIMED)
    unlocked = locked.door.unlocked
    assert unlocked is not None
    locked.close()
    plain = new_logbook(tmp_path / "Plain.kypholog")
    plain.close()
    shutil.copyfile(plain.file, locked.file)
    restore(locked.folder, made, ADMIN, unlocked.passphrase_of)
    assert head_of(locked.file) != PLAIN
    logbook = enter(locked.folder)
    assert (cases(logbook), verify(logbook)) == (1, [])
    logbook.close()


@pytest.fixture
def run(locked: Logbook, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    locked.close()

    def work(name: str, folder: Path, *arguments: object) -> tuple[int, str, str]:
        secret = tmp_path / "secret"
        secret.write_text(SECRETS[name] + "\n")
        place = ["--logbook", str(folder), "--user", name, "--password-file", str(secret)]
        code = commands.run([*place, *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def test_by_command_whoever_signs_in_backs_up_and_an_administrator_restores(
    run: Run, locked: Logbook
) -> None:
    code, out, err = run(READER, locked.folder, "backup", "--timed", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["proven"] is not None
    assert run(READER, locked.folder, "backup", "--check")[0] == 0
    assert run(READER, locked.folder, "backup", "--list")[0] == 0
    code, _, err = run(ENTRY, locked.folder, "restore", "latest")
    assert code == 2
    assert "administrator" in err
    assert run(ADMIN, locked.folder, "restore", "latest")[0] == 0
    back = enter(locked.folder)
    assert verify(back) == []
    back.close()


def test_with_only_its_backups_left_it_is_restored_with_their_keys(
    run: Run, locked: Logbook, tmp_path: Path
) -> None:
    run(ADMIN, locked.folder, "backup")
    moved = tmp_path / "Moved.kypholog"
    shutil.copytree(locked.folder / "backups", moved / "backups")
    code, _, err = run(ADMIN, moved, "restore", "latest")
    assert (code, err) == (0, "")
    back = enter(moved)
    assert (cases(back), verify(back)) == (1, [])
    back.close()
    assert [path for path in (moved / "backups").iterdir() if ".part" in path.name] == []


@pytest.mark.parametrize("harm", ["damaged", "gone"])
def test_lost_keys_do_not_keep_a_backup_from_being_restored(
    run: Run, locked: Logbook, harm: str
) -> None:
    run(ADMIN, locked.folder, "backup")
    for name in ("keys.json", "keys.backup.json"):
        file = locked.folder / name
        file.write_bytes(file.read_bytes()[:-40]) if harm == "damaged" else file.unlink()
    assert run(ADMIN, locked.folder, "backup", "--check")[0] == 0
    code, _, err = run(ADMIN, locked.folder, "restore", "latest")
    assert (code, err) == (0, "")
    back = enter(locked.folder)
    assert (cases(back), verify(back)) == (1, [])
    back.close()
    aside = sorted(path.name for path in locked.folder.glob("*.damaged"))
    wanted = ["keys.backup.json.damaged", "keys.json.damaged"]
    assert aside == (wanted if harm == "damaged" else []), "nothing is overwritten"


def test_another_key_comes_after_a_backup_that_the_new_keys_open(run: Run, locked: Logbook) -> None:
    assert run(ADMIN, locked.folder, "key", "change")[0] == 0
    (kept,) = listing(locked.folder)
    assert (kept.reason, kept.cases) == (Reason.KEY_CHANGE, 1)
    assert head_of(kept.file) != head_of(locked.file)
    assert run(READER, locked.folder, "backup", "--check")[0] == 0
