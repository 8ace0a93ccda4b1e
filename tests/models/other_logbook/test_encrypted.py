# SPDX-License-Identifier: MIT
"""Logbooks of which one is encrypted, or both, are merged; no copy of one lies about in plain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models import accounts, commands
from models.access import Credential, Password, Recovery
from models.access.errors import SignInNeeded, UnknownUser, WrongPassword
from models.access.recovery import RecoveryKey
from models.access.unlocking import PLAIN, head_of
from models.case import load_case, save_case
from models.logbook import DATABASE_NAME, Logbook
from models.other_logbook import Choices, merge, open_other, preview
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS, WEAK
from tests.fresh import named
from tests.models.other_logbook.pair import Pair, case_ids, record_of

STORED = sorted((Path(__file__).parents[2] / "data" / "logbooks").glob("*.sqlite"))
NAMES = {f"{DATABASE_NAME}{ending}" for ending in ("", "-wal", "-shm")}
NAME = "Quastenflosser"
PASSWORD = SECRETS[ADMIN]
pytestmark = pytest.mark.sqlite_only("one on a server is encrypted by the server; see test_served")


def encrypt(logbook: Logbook) -> RecoveryKey:
    return accounts.encrypt(logbook, ADMIN, PASSWORD, WEAK)


@pytest.fixture(params=["neither", "ours", "theirs", "both"])
def mixed(request: pytest.FixtureRequest, pair: Pair) -> Pair:
    """The pair, with one or both of them encrypted."""
    save_case(pair.b, a_case(NAME))
    if request.param in ("ours", "both"):
        encrypt(pair.a)
    if request.param in ("theirs", "both"):
        encrypt(pair.b)
    return pair


def credential(pair: Pair) -> Credential | None:
    return Password(ADMIN, PASSWORD) if pair.b.is_encrypted else None


def merged(pair: Pair, who: Credential | None) -> None:
    other = open_other(pair.a, pair.b.folder, credential=who)
    try:
        (copy,) = pair.a.folder.glob(".other-*")
        if pair.a.is_encrypted or pair.b.is_encrypted:
            assert not any(
                NAME.encode() in file.read_bytes() or file.read_bytes().startswith(b"SQLite")
                for file in copy.rglob("*")
                if file.is_file()
            )
        merge(pair.a, other, preview(pair.a, other, Choices()), Choices())
    finally:
        other.close()


def test_all_of_it_comes_over(mixed: Pair) -> None:
    pair = mixed
    before = (pair.b.folder / DATABASE_NAME).read_bytes()
    merged(pair, credential(pair))
    assert record_of(pair.a) == record_of(pair.b)
    assert verify(pair.a) == []
    assert (pair.b.folder / DATABASE_NAME).read_bytes() == before
    assert not list(pair.a.folder.glob(".other-*"))
    # And once more, with what only ours has.
    case = load_case(pair.b, case_ids(pair.b)[0])
    case.procedure.operator = "Dr N"
    save_case(pair.b, case)
    merged(pair, credential(pair))
    assert load_case(pair.a, case.id).procedure.operator == "Dr N"


def test_the_recovery_key_opens_it_too(pair: Pair) -> None:
    save_case(pair.b, a_case(NAME))
    merged(pair, Recovery(encrypt(pair.b).text))
    assert record_of(pair.a) == record_of(pair.b)


def test_nobody_comes_in_without_the_right_password(pair: Pair) -> None:
    encrypt(pair.b)
    for who, kind in (
        (None, SignInNeeded),
        (Password(ADMIN, "another password"), WrongPassword),
        (Password("carl", PASSWORD), UnknownUser),
    ):
        with pytest.raises(kind):
            open_other(pair.a, pair.b.folder, credential=who)
    assert not list(pair.a.folder.glob(".other-*"))


@pytest.mark.parametrize("stored", STORED, ids=[path.stem for path in STORED])
def test_an_older_one_comes_into_an_encrypted_one_without_a_backup_in_plain(
    pair: Pair, tmp_path: Path, stored: Path
) -> None:
    encrypt(pair.a)
    folder = tmp_path / "Old.kypholog"
    folder.mkdir()
    shutil.copy(stored, folder / DATABASE_NAME)
    other = open_other(pair.a, folder)
    assert {file.name for file in other.logbook.folder.iterdir()} <= NAMES
    assert head_of(other.logbook.file) != PLAIN
    other.close()


def test_the_command_signs_in_on_both_sides(
    pair: Pair, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_case(pair.b, a_case(NAME))
    for logbook in (pair.a, pair.b):
        encrypt(logbook)
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n")
    start = ["--logbook", named(pair.a), "--user", ADMIN, "--password-file", str(secret)]
    theirs = ["import", named(pair.b), "--other-user", ADMIN]
    assert commands.run([*start, *theirs]) != 0
    assert "Name a file with --other-password-file" in capsys.readouterr().err
    assert commands.run([*start, *theirs, "--other-password-file", str(secret)]) == 0
    said = capsys.readouterr()
    assert "Merged 1 new case" in said.out
    assert PASSWORD not in said.out + said.err
    assert record_of(pair.a) == record_of(pair.b)
