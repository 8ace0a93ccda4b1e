# SPDX-License-Identifier: MIT
"""Wrong passwords: they wait longer and longer, and the audit hears of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import access, accounts
from models.access import ATTEMPTS_NAME, Password, Recovery
from models.access.attempts import FREE, delay
from models.access.errors import LockedOut, UnknownUser, WrongPassword
from models.logbook import DATABASE_NAME
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, enter, make, told


class Clock:
    """Goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logbook, _ = make(tmp_path / "Clinic.kypholog", READER, ENTRY)
    logbook.close()
    return logbook.folder


def guess(folder: Path, clock: Clock, name: str = ADMIN, password: str = "wrong") -> None:
    access.unlock(folder / DATABASE_NAME, Password(name, password), clock)


def guess_wrong(folder: Path, clock: Clock, times: int, name: str = ADMIN) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            guess(folder, clock, name)


@given(st.integers(0, 10_000))
def test_the_wait_never_shrinks_and_ends_at_a_quarter_of_an_hour(failures: int) -> None:
    assert delay(failures) <= delay(failures + 1) <= 900


def test_a_few_slips_cost_nothing(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, FREE)
    assert [delay(n) for n in range(FREE)] == [0] * FREE


def test_then_even_the_right_password_waits_longer_and_longer(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, FREE)
    for wait in (5, 10, 20, 40):
        with pytest.raises(LockedOut, match="Too many wrong passwords for Anna") as caught:
            guess(folder, clock, ADMIN, SECRETS[ADMIN])
        assert caught.value.seconds == wait
        clock.now += wait - 1
        with pytest.raises(LockedOut) as caught:
            guess(folder, clock)
        assert caught.value.seconds == 1
        clock.now += 1
        guess_wrong(folder, clock, 1)


def test_a_right_password_begins_anew(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, FREE)
    clock.now += 5
    guess(folder, clock, ADMIN, SECRETS[ADMIN])
    guess_wrong(folder, clock, FREE)


def test_setting_the_clock_back_does_not_help(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, FREE)
    clock.now -= 86_400
    with pytest.raises(LockedOut) as caught:
        guess(folder, clock)
    assert caught.value.seconds == 5
    clock.now += 4
    with pytest.raises(LockedOut) as caught:
        guess(folder, clock)
    assert caught.value.seconds == 1
    clock.now += 1
    guess(folder, clock, ADMIN, SECRETS[ADMIN])


def test_only_the_one_who_is_guessed_at_waits(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, FREE)
    guess(folder, clock, READER, SECRETS[READER])
    with pytest.raises(LockedOut):
        guess(folder, clock)


def test_the_recovery_key_waits_too_but_not_for_a_slip_of_the_pen(
    folder: Path, clock: Clock
) -> None:
    file = folder / DATABASE_NAME
    for _ in range(20):
        with pytest.raises(WrongPassword, match="is wrong, or two are swapped"):
            access.unlock(file, Recovery("0" * 27 + "1"), clock)
    for _ in range(FREE):
        with pytest.raises(WrongPassword, match="not the recovery key of this logbook"):
            access.unlock(file, Recovery("0" * 28), clock)
    with pytest.raises(LockedOut, match="for the recovery key"):
        access.unlock(file, Recovery("0" * 28), clock)


def test_a_killed_guess_counts(folder: Path, clock: Clock) -> None:
    from models.access import keyfile
    from models.access.attempts import Attempts

    ring = keyfile.read(folder).best.rings[0]
    slot = ring.user(ADMIN)
    assert slot is not None
    for _ in range(FREE):
        Attempts(folder, clock).begin(slot.id, ADMIN, ring.journal)
    with pytest.raises(LockedOut):
        guess(folder, clock, ADMIN, SECRETS[ADMIN])


def test_the_audit_hears_of_each_once(folder: Path, clock: Clock) -> None:
    guess_wrong(folder, clock, 2)
    with pytest.raises(UnknownUser, match=r"Who can: Anna, Ben, Rita\."):
        guess(folder, clock, "Mallory")
    for name in (READER, ADMIN):
        logbook = enter(folder, name)
        failed = [reason for _, action, reason in told(logbook) if action == "sign_in_failed"]
        logbook.close()
        assert failed == [
            "At 2027-01-15T08:00:00+00:00, as Anna.",
            "At 2027-01-15T08:00:00+00:00, as Anna.",
            "At 2027-01-15T08:00:00+00:00, as Mallory.",
        ]


def test_they_survive_a_change_of_the_key(folder: Path, clock: Clock) -> None:
    logbook = enter(folder)
    guess_wrong(folder, clock, 1, READER)
    accounts.change_key(logbook)
    logbook.close()
    logbook = enter(folder)
    assert ("sign_in_failed", "At 2027-01-15T08:00:00+00:00, as Rita.") in {
        (action, reason) for _, action, reason in told(logbook)
    }
    logbook.close()


def test_nobody_reads_from_the_file_who_was_tried(folder: Path, clock: Clock) -> None:
    with pytest.raises(UnknownUser):
        guess(folder, clock, "Mallory")
    assert b"Mallory" not in (folder / ATTEMPTS_NAME).read_bytes()


def test_a_flood_of_unknown_names_does_not_fill_the_disk(folder: Path, clock: Clock) -> None:
    for number in range(120):
        with pytest.raises(UnknownUser):
            guess(folder, clock, f"Mallory {number}")
    logbook = enter(folder)
    assert sum(action == "sign_in_failed" for _, action, _ in told(logbook)) == 100
    logbook.close()


@pytest.mark.parametrize("content", [b"", b"broken" * 1000, b"SQLite format 3\0" + b"x" * 9000])
def test_a_broken_list_keeps_nobody_out_and_stays(
    folder: Path, clock: Clock, content: bytes
) -> None:
    guess_wrong(folder, clock, 1)
    (folder / ATTEMPTS_NAME).write_bytes(content)
    guess(folder, clock, ADMIN, SECRETS[ADMIN])
    kept = [path.read_bytes() for path in folder.glob("attempts.damaged-*.db")]
    assert kept == ([content] if content else [])


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE attempt; CREATE TABLE attempt (x)",
        "UPDATE attempt SET at = 1e300",
        "UPDATE attempt SET at = 'yesterday'",
        "UPDATE attempt SET sealed = 'text'",
        "UPDATE attempt SET counts = 'many'",
    ],
)
def test_a_list_that_somebody_else_wrote_keeps_nobody_out_and_stays(
    folder: Path, clock: Clock, sql: str
) -> None:
    guess_wrong(folder, clock, 1)
    with closing(sqlite3.connect(folder / ATTEMPTS_NAME)) as other:
        other.executescript(sql)
    enter(folder).close()
    assert len(list(folder.glob("attempts.damaged-*.db"))) == 1
