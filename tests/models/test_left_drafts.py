# SPDX-License-Identifier: MIT
"""What somebody had not saved when his account was removed is kept, for administrators alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models import accounts
from models.access import Password
from models.access.errors import NotAllowed
from models.case import save_case
from models.drafts import (
    Fate,
    all_drafts,
    count_of,
    discard_left,
    draft_of,
    drafts,
    keep,
    resume,
    take_over,
)
from models.errors import LogbookError
from models.logbook import Logbook
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, WEAK, enter, make
from tests.models.command_line import command_line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The entry user has two cases that are not saved: a new one, and one that is stored."""
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY, READER)
    stored = a_case("P-1")
    save_case(logbook, stored)
    logbook.close()
    logbook = enter(tmp_path / "Clinic.kypholog", ENTRY)
    keep(logbook, draft_of(a_case("P-2")))
    keep(logbook, draft_of(stored))
    logbook.close()
    return logbook.folder


@pytest.fixture
def admin(folder: Path) -> Iterator[Logbook]:
    logbook = enter(folder)
    yield logbook
    logbook.close()


def test_while_he_can_sign_in_nobody_else_sees_them(admin: Logbook) -> None:
    assert (all_drafts(admin), count_of(admin, ENTRY)) == ([], 2)


def test_an_administrator_finds_them_and_goes_on(admin: Logbook) -> None:
    keep(admin, draft_of(a_case("P-9")))
    accounts.remove_user(admin, ENTRY)
    found = all_drafts(admin)
    assert [(one.patient_code, one.owner) for one in found] == [
        ("P-9", ""),
        ("P-1", ENTRY),
        ("P-2", ENTRY),
    ]
    resumed = resume(admin, found[2])
    assert (resumed.fate, resumed.case.patient.patient_code) == (Fate.SAME, "P-2")
    assert resumed.draft.owner == ""
    assert [one.patient_code for one in drafts(admin)] == ["P-9", "P-2"]
    discard_left(admin, found[1])
    assert count_of(admin, ENTRY) == 0
    with pytest.raises(LogbookError, match="not there any more"):
        take_over(admin, found[1])


def test_nobody_else_does(folder: Path, admin: Logbook) -> None:
    accounts.add_user(admin, "Carla", SECRETS[READER], Role.ENTRY, WEAK)
    accounts.remove_user(admin, ENTRY)
    found = all_drafts(admin)
    for name, secret in (("Carla", SECRETS[READER]), (READER, SECRETS[READER])):
        other = accounts.sign_in(folder, Password(name, secret))
        assert all_drafts(other) == []
        for do in (take_over, resume, discard_left):
            with pytest.raises(NotAllowed):
                do(other, found[0])
        other.close()
    assert count_of(admin, ENTRY) == 2


def test_a_draft_of_the_same_case_is_not_written_over(admin: Logbook) -> None:
    accounts.remove_user(admin, ENTRY)
    left = all_drafts(admin)[0]
    assert left.patient_code == "P-1"
    keep(admin, draft_of(resume(admin, left).case))
    assert count_of(admin, ADMIN) == 1
    with pytest.raises(LogbookError, match="yourself"):
        take_over(admin, left)
    assert count_of(admin, ADMIN) == 1


def test_they_wait_for_whoever_comes_back_by_the_same_name(folder: Path, admin: Logbook) -> None:
    accounts.remove_user(admin, ENTRY)
    accounts.add_user(admin, ENTRY.upper(), SECRETS[ENTRY], Role.ENTRY, WEAK)
    assert all_drafts(admin) == []


def test_the_command_says_how_many(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = folder.parent / "secret"
    secret.write_text(SECRETS[ADMIN])
    who = ("--user", ADMIN, "--password-file", secret)
    code, said, _ = command_line(capsys)("--logbook", folder, *who, "user", "remove", ENTRY)
    assert code == 0
    assert "What was not saved (2 cases) is among the drafts of administrators." in said
