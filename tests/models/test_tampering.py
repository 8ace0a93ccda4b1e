# SPDX-License-Identifier: MIT
"""Whatever is done to a logbook behind the program's back is found and named, plain or encrypted.

Each example tampers once, as somebody with ``sqlite3`` would, looks what ``verify`` says, and takes
it back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import signing_off
from models.audit import HEAD, Action
from models.backup import Reason, back_up, listing, restore
from models.case import bin_case, load_case, save_case
from models.engines import sqlite
from models.logbook import Logbook
from models.verify import verify
from models.vocabulary import Level, Sex
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS, make
from tests.fresh import new_logbook

SIGNED = (
    *("number", "at", "user", "action", "subject", "subject_id", "version", "changes", "reason"),
    *("content_hash", "previous_hash"),
)


class TakenBack(Exception):
    """Ends what is not to last."""


@dataclass(slots=True)
class Book:
    """A logbook with a history, and how another program opens it."""

    logbook: Logbook
    entries: int

    def after(self, *statements: str | tuple[Any, ...]) -> list[str]:
        """What ``verify`` says after the statements, which are taken back."""
        found: list[str] = []
        with suppress(TakenBack), self.logbook.transaction():
            for one in statements:
                sql, *values = (one,) if isinstance(one, str) else one
                self.logbook.database.execute_sql(sql, values)
            found = verify(self.logbook)
            raise TakenBack
        return found


def fill(logbook: Logbook) -> None:
    """Cases that were entered, changed, binned, signed off and amended, and a backup."""
    cases = [a_case(f"P-{n}", Level.T12, Level.L1) for n in range(4)]
    for case in cases:
        save_case(logbook, case)
    for case in cases[:3]:
        again = load_case(logbook, case.id)
        again.levels[0].cement_ml = 5.5
        again.patient.sex = Sex.MALE
        save_case(logbook, again, "Read anew")
    bin_case(logbook, cases[3].id, "Entered twice")
    signing_off.sign_off(logbook, [cases[0].id])
    amended = load_case(logbook, cases[0].id)
    amended.procedure.minutes = 31
    save_case(logbook, amended, "The clock was read wrongly", Action.AMEND)


@pytest.fixture(scope="module", params=["plain", "encrypted"])
def book(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("tampered") / "Clinic.kypholog"
    if request.param == "plain":
        logbook = new_logbook(folder, "Tester")
    else:
        logbook, _ = make(folder)
    fill(logbook)
    # Nobody who tampers keeps to the rules of the tables.
    logbook.database.pragma("foreign_keys", 0)
    assert verify(logbook) == []
    count = logbook.database.execute_sql("SELECT COUNT(*) FROM audit_entry").fetchone()[0]
    yield Book(logbook, int(count))
    logbook.close()


entry = st.integers(1, 16)


@given(number=entry, column=st.sampled_from((*SIGNED[1:], "hash")), text=st.text(max_size=5))
def test_a_changed_entry_is_named(book: Book, number: int, column: str, text: str) -> None:
    number = min(number, book.entries)
    sql = f'SELECT "{column}" FROM audit_entry WHERE number = ?'
    (before,) = book.logbook.database.execute_sql(sql, (number,)).fetchone()
    text = text.replace("\0", "0").encode(errors="replace").decode()
    if str(before) == text:
        text += "x"
    found = book.after((f'UPDATE audit_entry SET "{column}" = ? WHERE number = ?', text, number))
    assert any(f"entry {number} " in said or f"entry {number + 1} " in said for said in found)
    assert all(said.endswith(".") and "\n" not in said for said in found)


@given(first=entry, count=st.integers(1, 4))
def test_removed_entries_are_named_also_the_latest(book: Book, first: int, count: int) -> None:
    first = min(first, book.entries)
    last = min(first + count - 1, book.entries)
    found = book.after(("DELETE FROM audit_entry WHERE number BETWEEN ? AND ?", first, last))
    latest = ", the latest," if last == book.entries else ""
    assert any(f"entries {first} to {last}{latest} are missing" in said for said in found)


@given(pair=st.lists(entry, min_size=2, max_size=2, unique=True))
def test_entries_that_changed_places_are_named(book: Book, pair: list[int]) -> None:
    one, other = (min(n, book.entries - k) for k, n in enumerate(sorted(pair)[::-1]))
    if one == other:
        return
    swap = "UPDATE audit_entry SET number = ? WHERE number = ?"
    found = book.after((swap, 9999, one), (swap, one, other), (swap, other, 9999))
    said = " ".join(found)
    assert f"entry {one} was written as entry {other}, so the order was changed" in said
    assert f"entry {other} was written as entry {one}, so the order was changed" in said


@given(after=entry, user=st.sampled_from(["Tester", "Nobody"]))
def test_added_entries_are_named_wherever_they_are(book: Book, after: int, user: str) -> None:
    """Also one that is chained on rightly, by somebody who knows how."""
    after = min(after, book.entries)
    sql = f"SELECT {', '.join(SIGNED)}, hash FROM audit_entry WHERE number = ?"
    *values, last = book.logbook.database.execute_sql(sql, (after,)).fetchone()
    signed = [after + 1, *values[1:2], user, *values[3:-1], last]
    made = hashlib.sha256(
        json.dumps(signed, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
    marks = ", ".join("?" * 12)
    columns = ", ".join((*SIGNED, "hash"))
    found = book.after(
        ("UPDATE audit_entry SET number = -number - 1 WHERE number > ?", after),
        "UPDATE audit_entry SET number = -number WHERE number < 0",
        (f"INSERT INTO audit_entry ({columns}) VALUES ({marks})", *signed, made),
    )
    if after == book.entries:
        assert any(f"entries {after + 1} to {after + 1} were added" in said for said in found)
    else:
        assert any(f"entry {after + 2} " in said for said in found)
        assert any("were added" in said for said in found)


CELLS = [
    ("treated_level", "cement_ml", "17.5", '"Cement"'),
    ("treated_level", "technique", "'vertebroplasty'", '"Technique"'),
    ("assessment", "pain_low", "0.5", '"Pain"'),
    ("procedure", "performed_on", "'2020-01-01'", '"Date"'),
    ("procedure", "signed_by", "'Somebody'", '"signed by"'),
    ("procedure", "deleted_at", "'2020-01-01T00:00:00.000Z'", '"deleted at"'),
    ("patient", "birth_date", "'1930-01-01'", '"Birth date"'),
    ("patient", "sex", "'other'", '"Sex"'),
]


@given(cell=st.sampled_from(CELLS), code=st.sampled_from(["P-0", "P-1", "P-2", "P-3"]))
def test_a_changed_row_is_named_by_patient_field_and_time(
    book: Book, cell: tuple[str, str, str, str], code: str
) -> None:
    table, column, value, label = cell
    of_person = "SELECT id FROM patient WHERE patient_code = ?"
    of_case = f"SELECT id FROM procedure WHERE patient_id = ({of_person})"
    where = {
        "patient": f"id = ({of_person})",
        "procedure": f"id = ({of_case})",
        "treated_level": f"procedure_id = ({of_case})",
        "assessment": f"procedure_id = ({of_case})",
    }[table]
    found = book.after((f"UPDATE {table} SET {column} = {value} WHERE {where}", code))
    named = [said for said in found if label in said and code in said]
    assert named
    assert all("behind the program's back" in said for said in named)
    assert all("last saved by" in said and "UTC" in said for said in named)


@given(first=entry)
def test_a_cut_that_takes_the_note_along_is_found_by_a_backup(book: Book, first: int) -> None:
    if not listing(book.logbook.folder):
        back_up(book.logbook, Reason.BY_HAND)
    known = listing(book.logbook.folder)[0].entry
    first = min(max(first, 2), known)
    sql = "SELECT number || ' ' || hash FROM audit_entry WHERE number = ?"
    (head,) = book.logbook.database.execute_sql(sql, (first - 1,)).fetchone()
    found = book.after(
        ("DELETE FROM audit_entry WHERE number >= ?", first),
        ("UPDATE setting SET value = ? WHERE name = ?", head, HEAD),
    )
    assert any(
        f"entry {known}, the last one that the backup" in said and "not there any more" in said
        for said in found
    )


def test_another_program_with_the_password_is_found_as_well(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog")
    fill(logbook)
    passphrase = logbook.passphrase_of(logbook.file)
    logbook.close()
    other = sqlite.open_database(logbook.file, passphrase=passphrase)
    with other:
        other.execute_sql("UPDATE treated_level SET cement_ml = 1 WHERE cement_ml = 5.5")
    other.close()
    from models import accounts
    from models.access import Password

    again = accounts.sign_in(logbook.folder, Password(ADMIN, SECRETS[ADMIN]))
    found = verify(again)
    assert len([said for said in found if '"Cement"' in said]) == 3
    again.close()


def test_after_an_earlier_backup_was_restored_later_backups_are_no_finding(tmp_path: Path) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", "Tester")
    save_case(logbook, a_case("P-1"))
    early = back_up(logbook, Reason.BY_HAND).backup
    save_case(logbook, a_case("P-2"))
    save_case(logbook, a_case("P-3"))
    back_up(logbook, Reason.BY_HAND)
    logbook.close()
    restore(logbook.folder, early)
    again = Logbook.open(logbook.folder, "Tester")
    assert verify(again) == []
    for n in range(5, 9):
        save_case(again, a_case(f"P-{n}"))
    back_up(again, Reason.BY_HAND)
    assert verify(again) == []
    again.close()
