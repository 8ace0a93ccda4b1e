# SPDX-License-Identifier: MIT
"""Backups of a logbook whose audit was tampered with: still made, marked, and never the last whole.

Without them, no case that is entered afterwards would be in any backup.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import accounts, commands
from models.access.unlocking import PLAIN, head_of
from models.audit import Fault
from models.backup import (
    Backup,
    Plan,
    Reason,
    back_up,
    check,
    encrypt_copies,
    everywhere,
    kept_of,
    listing,
    make,
    plain_copies,
    problem_of,
    prove,
    regular,
    remove_copies,
    restore,
    standing,
)
from models.backup.trouble import Kind
from models.case import save_case
from models.copies.breaks import Breaks
from models.copies.kept import keep_manifest, sha256_of
from models.copies.proving import examine
from models.engines import copying
from models.errors import LogbookDamaged
from models.logbook import Logbook
from models.settings import BACKUP_PLACE, change_setting
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import ADMIN, SECRETS, WEAK

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

CHANGED = "UPDATE audit_entry SET reason = 'x' WHERE number = 1"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def tamper(logbook: Logbook, sql: str = CHANGED) -> None:
    logbook.database.execute_sql(sql)


@pytest.fixture
def tampered(clinic: Logbook) -> Logbook:
    """A backup that is whole and proven; then an entry was changed, and a case was saved."""
    regular(clinic)
    tamper(clinic)
    save_case(clinic, a_case("P-3"))
    return clinic


def test_what_is_entered_afterwards_is_in_a_backup_that_says_what_is_wrong(
    tampered: Logbook,
) -> None:
    made = back_up(tampered, Reason.TIMED)
    assert (made.backup.cases, problem_of(made.backup)) == (3, None)
    breaks = made.backup.breaks
    assert breaks is not None
    assert (breaks.fault, breaks.entry, breaks.since) == (Fault.CHANGED, 1, made.backup.at)
    assert "audit trail of the logbook is broken at entry 1" in made.trouble
    assert listing(tampered.folder)[0].breaks == breaks
    save_case(tampered, a_case("P-4"))
    again = make(tampered, Reason.TIMED)
    assert (again.cases, again.breaks) == (4, breaks), "since the one that told of it first"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "CAST(x'ff' AS TEXT)"),
        ("at", "'yesterday'"),
        ("at", "'2026-01-01'"),
        ("user", "CAST(x'ff' AS TEXT)"),
        ("changes", "x'00ff'"),
    ],
)
def test_whatever_stands_in_an_entry_is_no_reason_to_keep_nothing(
    tampered: Logbook, column: str, value: str
) -> None:
    number = "(SELECT MAX(number) FROM audit_entry)"
    tamper(tampered, f'UPDATE audit_entry SET "{column}" = {value} WHERE number = {number}')
    made = regular(tampered).made
    assert made is not None
    assert (made.backup.cases, made.backup.breaks is not None) == (3, True)
    assert problem_of(made.backup) is None


def test_it_is_told_as_long_as_it_is_so(tampered: Logbook, tmp_path: Path) -> None:
    whole = listing(tampered.folder)[0]
    change_setting(tampered, BACKUP_PLACE, str(tmp_path / "stick"))
    both = back_up(tampered, Reason.TIMED).trouble
    assert "is not there" in both
    assert "broken at entry 1" in both
    (tmp_path / "stick").mkdir()
    make(tampered, Reason.TIMED)
    for _ in range(2):
        trouble = standing(tampered).trouble
        assert trouble is not None
        assert (trouble.kind, whole.name in trouble.said) == (Kind.AUDIT, True)
        assert "Tools > Check the logbook" in trouble.said
    tampered.close()
    restore(tampered.folder, whole)
    back = Logbook.open(tampered.folder)
    assert standing(back).trouble is None
    assert make(back, Reason.TIMED).breaks is None
    assert (verify(back), standing(back).trouble) == ([], None)
    back.close()


def test_it_never_counts_as_proven_and_the_last_whole_one_does(tampered: Logbook) -> None:
    made = make(tampered, Reason.TIMED)
    with pytest.raises(LogbookDamaged, match="cannot be proven") as caught:
        prove(tampered, made)
    assert "Prove one that was made before" in caught.value.cure
    later = datetime.now(UTC) + timedelta(days=40)
    save_case(tampered, a_case("P-4"))
    done = regular(tampered, now=later)
    assert done.made is not None
    assert done.made.backup.breaks is not None
    assert done.proven is not None
    assert done.proven.breaks is None
    assert [one.proven_at is None for one in listing(tampered.folder)] == [True, True, False]
    again = regular(tampered)
    assert (again.made, "broken at entry 1" in again.trouble) == (None, True)


def test_an_end_that_was_cut_off_stays_told_although_the_next_entry_hides_it(
    clinic: Logbook,
) -> None:
    tamper(clinic, "DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)")
    cut = make(clinic, Reason.TIMED)
    assert cut.breaks is not None
    assert cut.breaks.fault is Fault.CUT
    save_case(clinic, a_case("P-3"))
    after = make(clinic, Reason.TIMED)
    assert (after.breaks, problem_of(after)) == (cut.breaks, None)


def test_a_copy_that_is_broken_otherwise_than_the_logbook_is_refused(
    tampered: Logbook, tmp_path: Path
) -> None:
    made = make(tampered, Reason.TIMED)
    tamper(tampered, "UPDATE audit_entry SET reason = 'y' WHERE number = 1")
    with tampered.session():
        found = examine(made, original=tampered.database).problem
    assert "is not that of the logbook" in str(found)
    with copying.at_work(made.file) as copy:
        copy.execute_sql("UPDATE audit_entry SET reason = 'z' WHERE number = 2")
    keep_manifest(replace(made, sha256=sha256_of(made.file)))
    (worse, *_) = listing(tampered.folder)
    assert "entry 1 was changed" in str(problem_of(worse))
    with pytest.raises(LogbookDamaged, match="cannot be used"):
        restore(tampered.folder, worse)


def one(hours: int, *, is_broken: bool) -> Backup:
    at = NOW - timedelta(hours=hours)
    breaks = Breaks(Fault.CHANGED, 1, 1, at) if is_broken else None
    return Backup(Path(f"{hours}.db"), at, Reason.TIMED, "anna", "", {}, 1, 1, 1, "", breaks=breaks)


@given(
    st.lists(
        st.builds(one, st.integers(0, 24 * 800), is_broken=st.booleans()),
        max_size=60,
        unique_by=lambda backup: backup.at,
    )
)
def test_broken_ones_take_the_place_of_no_whole_one(history: list[Backup]) -> None:
    plan = Plan(latest=2, daily=2, weekly=2, monthly=2)
    whole = [each for each in history if each.breaks is None]
    kept = kept_of(history, NOW, plan)
    assert kept & {each.file for each in whole} == kept_of(whole, NOW, plan)
    if len(whole) < len(history):
        latest = max((each for each in history if each.breaks), key=lambda each: each.at)
        assert latest.file in kept


def test_earlier_copies_in_plain_that_alone_are_whole_are_not_removed(clinic: Logbook) -> None:
    whole = make(clinic, Reason.BY_HAND)
    accounts.encrypt(clinic, ADMIN, SECRETS[ADMIN], WEAK)
    with clinic.session():
        tamper(clinic)
    with pytest.raises(LogbookDamaged, match="have a whole audit trail") as caught:
        remove_copies(clinic, plain_copies(clinic))
    assert "Encrypt them" in caught.value.cure
    assert whole.file.exists()
    encrypt_copies(clinic, plain_copies(clinic))
    found = listing(clinic.folder)
    assert [head_of(each.file) == PLAIN for each in found] == [False, False]
    assert [each.breaks is None for each in found] == [False, True]
    assert [check(each, clinic.passphrase_of(each.file)) for each in found] == [None, None]


def test_the_commands_say_so(tampered: Logbook, capsys: pytest.CaptureFixture[str]) -> None:
    tampered.close()

    def run(*words: str) -> tuple[int, str, str]:
        code = commands.run(["--logbook", str(tampered.folder), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, err = run("backup", "--timed")
    assert (code, "Made the backup" in out) == (1, True)
    assert "broken at entry 1" in err
    code, out, err = run("backup", "--timed", "--json")
    assert (code, json.loads(out)["backup"]) == (1, None)
    assert "broken at entry 1" in json.loads(out)["trouble"]
    code, out, _ = run("backup", "--list")
    assert (code, out.count("true copy; audit trail broken at entry 1 since 20")) == (0, 1)
    code, out, _ = run("backup", "--check", "--json")
    said = json.loads(out)
    (broken, whole) = said["backups"]
    assert (code, len(said["findings"]), whole["audit_broken"]) == (1, 1, None)
    assert (broken["audit_broken"]["fault"], broken["proven"]) == ("changed", None)
    code, out, _ = run("restore", "latest")
    assert (code, "Restored 3 cases" in out) == (0, True)
    assert "audit trail in it is broken at entry 1" in out


def test_what_asks_for_a_backup_first_goes_on(
    tampered: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tampered.close()
    file = tmp_path / "clinic.csv"
    file.write_text("patient code;date;level;cement ml\nA;14.3.2026;D12;4,5\n")
    assert commands.run(["--logbook", str(tampered.folder), "import", str(file)]) == 0
    assert "broken at entry 1" in capsys.readouterr().err
    made = listing(tampered.folder)[0]
    assert (made.reason, made.cases) == (Reason.IMPORT, 3)


CUT = "DELETE FROM audit_entry WHERE number = (SELECT MAX(number) FROM audit_entry)"


def test_what_is_restored_whole_is_whole_although_a_copy_with_its_end_cut_off_looks_alike(
    clinic: Logbook,
) -> None:
    whole = make(clinic, Reason.BY_HAND)
    tamper(clinic, CUT)
    cut = make(clinic, Reason.BY_HAND)
    assert (cut.breaks is not None, cut.head) == (True, whole.head)
    clinic.close()
    restore(clinic.folder, whole)
    back = Logbook.open(clinic.folder)
    assert standing(back).trouble is None
    assert make(back, Reason.TIMED).breaks is None
    back.close()


def test_what_is_restored_broken_stays_so_although_the_latest_backup_is_another(
    clinic: Logbook,
) -> None:
    tamper(clinic, CUT)
    cut = make(clinic, Reason.BY_HAND)
    save_case(clinic, a_case("P-3"))
    make(clinic, Reason.TIMED)
    clinic.close()
    restore(clinic.folder, cut)
    back = Logbook.open(clinic.folder)
    trouble = standing(back).trouble
    assert trouble is not None
    assert trouble.kind is Kind.AUDIT
    assert make(back, Reason.TIMED).breaks == cut.breaks
    back.close()


def test_the_second_place_takes_them_although_the_first_entry_is_gone(
    clinic: Logbook, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    change_setting(clinic, BACKUP_PLACE, str(stick))
    make(clinic, Reason.TIMED)
    tamper(clinic, "DELETE FROM audit_entry WHERE number = 1")
    made = back_up(clinic, Reason.TIMED)
    assert made.second is not None, made.trouble
    assert [len(each.places) for each in everywhere(clinic)[0]] == [2, 2]


def test_the_last_backup_with_what_is_missing_now_is_kept(clinic: Logbook) -> None:
    few = Plan(latest=1, daily=0, weekly=0, monthly=0)
    save_case(clinic, a_case("P-3"))
    lacking = make(clinic, Reason.TIMED, plan=few)
    tamper(clinic, "DELETE FROM audit_entry WHERE number > 3")
    for code in ("P-4", "P-5"):
        save_case(clinic, a_case(code))
        make(clinic, Reason.TIMED, plan=few)
    trouble = standing(clinic).trouble
    assert trouble is not None
    assert trouble.kind is Kind.LOST
    assert lacking in listing(clinic.folder)
    assert len(listing(clinic.folder)) == 2
