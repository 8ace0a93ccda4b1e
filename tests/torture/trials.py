# SPDX-License-Identifier: MIT
"""What is done to logbooks while something goes wrong, and what has to hold afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import access
from models.backup import listing, problem_of
from models.case import save_case
from models.catchup import catch_up
from models.engines import swapping
from models.logbook import DATABASE_NAME, Logbook
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import enter
from tests.encrypted import make as make_encrypted
from tests.torture.dying import Tell

CLINIC, OFFICE, STICK, TABLE = "Clinic.kypholog", "Office.kypholog", "stick", "cases.csv"
CODES = ("P-1", "P-2", "P-3")


@dataclass(frozen=True)
class Trial:
    """Some work on a logbook.

    Attributes:
        name: what people call it.
        prepare: makes what is needed in an empty folder; the other argument asks for encryption.
        work: does it in that folder, and tells of each step that is done.
        look: makes sure that what was told is there, and everything is whole; in a word, how far
            it got.
        kinds: whether it is tried with plain and with encrypted logbooks.
    """

    name: str
    prepare: Callable[[Path, bool], None]
    work: Callable[[Path, Tell], None]
    look: Callable[[Path, Sequence[str]], str]
    kinds: tuple[bool, ...] = (False, True)


def made(place: Path, name: str = CLINIC, *, is_encrypted: bool = False) -> Logbook:
    """A new logbook of three cases, open."""
    folder = place / name
    logbook = make_encrypted(folder)[0] if is_encrypted else Logbook.create(folder, "anna")
    for code in CODES:
        save_case(logbook, a_case(code))
    return logbook


def opened(folder: Path) -> Logbook:
    """The logbook in a folder, whether it is encrypted or not."""
    if access.is_encrypted(folder / DATABASE_NAME):
        return enter(folder)
    return Logbook.open(folder, "anna")


def shown(logbook: Logbook) -> list[str]:
    """The cases that are not in the bin, by code, day and cement; there is an order."""
    sql = (
        "SELECT patient_code, performed_on, cement_ml FROM case_row WHERE deleted = 0 "
        "ORDER BY patient_code, performed_on"
    )
    with logbook.session():
        return [str(tuple(row)) for row in logbook.database.execute_sql(sql)]


def whole(folder: Path) -> Logbook:
    """The logbook, opened, verified, and with nothing half beside it.

    Raises:
        AssertionError: something is not as it should be.
    """
    logbook = opened(folder)
    if logbook.is_behind():
        catch_up(logbook)
    found = verify(logbook)
    assert found == [], found
    assert logbook.database.pragma("journal_mode") == "wal"
    left = {swapping.new_of(logbook.file), swapping.old_of(logbook.file)}
    assert not left & set(folder.iterdir())
    for backup in listing(folder):
        problem = problem_of(backup, passphrase=logbook.passphrase_of(backup.file))
        assert problem is None, problem
    return logbook


def go_on(logbook: Logbook) -> None:
    """Work can go on: one more case is saved, and the logbook is closed."""
    save_case(logbook, a_case("P-after"))
    logbook.close()


def is_one_of(folder: Path, states: Sequence[Sequence[str]], told: Sequence[str]) -> str:
    """The logbook is in the state of the last step that was told, or of the one after."""
    logbook = whole(folder)
    now = shown(logbook)
    may_be = states[len(told) : len(told) + 2]
    assert now in [list(one) for one in may_be], f"{now} after {list(told)}"
    go_on(logbook)
    return f"{len(told)} told, {'next done' if now != list(may_be[0]) else 'next not done'}"


def lines_of(*codes: str) -> list[str]:
    """What ``shown`` tells of cases as ``a_case`` makes them."""
    return sorted(str((code, "2026-03-04", 6.0)) for code in codes)
