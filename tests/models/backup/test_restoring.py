# SPDX-License-Identifier: MIT
"""Restoring gives back what was there, keeps aside what is there, and overwrites nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models import head_mark
from models.backup import Reason, listing, make, restore
from models.backup.trouble import Kind, note_trouble, trouble_of
from models.case import bin_case, load_case, save_case
from models.engines.swapping import REPLACED
from models.errors import CannotWrite, LogbookBusy, LogbookDamaged
from models.history import read_history
from models.logbook import DATABASE_NAME, Logbook
from models.schema import AuditEntry, CaseRow, Procedure
from models.verify import verify
from tests.builders import a_case
from tests.older_program import recorded

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

ROOT = Path(__file__).parents[3]
HEAD = head_mark.file_of(Path(DATABASE_NAME)).name


def reopened(folder: Path) -> Logbook:
    return Logbook.open(folder, user="ben")


def codes(logbook: Logbook) -> list[str]:
    query = CaseRow.select(CaseRow.patient_code).order_by(CaseRow.patient_code).tuples()
    with logbook.session():
        return [code for (code,) in query.execute(logbook.database)]


def test_everything_is_as_it_was_and_what_came_later_lies_aside(clinic: Logbook) -> None:
    held = recorded(clinic)
    made = make(clinic, Reason.TIMED)
    save_case(clinic, a_case("P-3"))
    first = next(iter(Procedure.select().execute(clinic.database)))
    bin_case(clinic, str(first.id), "Entered twice.")
    clinic.close()
    done = restore(clinic.folder, made, "carla")
    assert done.aside is not None
    back, aside = reopened(clinic.folder), reopened(done.aside)
    try:
        now = recorded(back)
        entry = next(
            iter(AuditEntry.select().order_by(AuditEntry.number.desc()).execute(back.database))
        )
        assert (entry.user, entry.action) == ("carla", "restore")
        assert made.name in entry.reason
        assert done.aside.name in entry.reason
        assert now.pop("audit_entry")[:-1] == held.pop("audit_entry")
        assert now == held
        assert codes(aside) == ["P-1", "P-2", "P-3"]
        assert verify(back) == verify(aside) == []
        save_case(back, a_case("P-4"))
        assert back.database.pragma("journal_mode") == "wal"
        assert read_history(back, str(first.id)).versions
        assert load_case(back, str(first.id)).procedure.deleted_at is None
    finally:
        back.close()
        aside.close()


def test_a_logbook_that_somebody_has_open_is_left_alone(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    save_case(clinic, a_case("P-3"))
    code = (
        "import sys; from models.logbook import Logbook; from pathlib import Path;"
        "logbook = Logbook.open(Path(sys.argv[1])); print('open', flush=True); input()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(clinic.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    clinic.close()
    with pytest.raises(LogbookBusy, match="open in another window"):
        restore(clinic.folder, made)
    child.communicate("\n")
    back = reopened(clinic.folder)
    assert codes(back) == ["P-1", "P-2", "P-3"]
    back.close()
    assert sorted(path.name for path in clinic.folder.iterdir()) == [HEAD, "backups", DATABASE_NAME]


@pytest.mark.parametrize("damage", ["truncated", "text", "gone"])
def test_a_damaged_logbook_is_replaced_and_kept_as_it_is(clinic: Logbook, damage: str) -> None:
    made = make(clinic, Reason.TIMED)
    clinic.close()
    note_trouble(clinic.folder, "It is damaged.", Kind.FAILED)
    whole = clinic.file.read_bytes()
    left = {"truncated": whole[:5_000], "text": b"no database at all" * 300, "gone": b""}[damage]
    clinic.file.write_bytes(left)
    if damage == "gone":
        clinic.file.unlink()
    done = restore(clinic.folder, made)
    assert (done.aside is None) == (damage == "gone")
    if done.aside is not None:
        assert (done.aside / DATABASE_NAME).read_bytes() == left
    back = reopened(clinic.folder)
    assert codes(back) == ["P-1", "P-2"]
    assert verify(back) == []
    assert trouble_of(clinic.folder) is None
    back.close()


def test_a_journal_of_the_old_file_is_not_taken_for_one_of_the_new(clinic: Logbook) -> None:
    """A program that was killed leaves its journal; the file beside it is damaged."""
    made = make(clinic, Reason.TIMED)
    save_case(clinic, a_case("P-3"))
    wal = clinic.folder / f"{DATABASE_NAME}-wal"
    content = wal.read_bytes()
    clinic.close()
    clinic.file.write_bytes(b"destroyed" * 1_000)
    wal.write_bytes(content)
    done = restore(clinic.folder, made)
    assert done.aside is not None
    assert (done.aside / wal.name).read_bytes() == content
    assert not wal.exists()
    back = reopened(clinic.folder)
    assert codes(back) == ["P-1", "P-2"]
    assert verify(back) == []
    back.close()


@pytest.mark.parametrize("left_a_journal", [False, True])
def test_what_was_saved_last_is_not_lost_where_the_last_step_fails(
    clinic: Logbook, monkeypatch: pytest.MonkeyPatch, left_a_journal: bool
) -> None:
    made = make(clinic, Reason.TIMED)
    save_case(clinic, a_case("P-3"))
    wal = clinic.folder / f"{DATABASE_NAME}-wal"
    content = wal.read_bytes()
    clinic.close()
    if left_a_journal:
        clinic.file.write_bytes(b"destroyed" * 1_000)
        wal.write_bytes(content)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == clinic.file:
            raise OSError(errno.EACCES, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CannotWrite):
        restore(clinic.folder, made)
    monkeypatch.undo()
    aside = list(clinic.folder.glob(f"{REPLACED}*"))
    if left_a_journal:
        assert [(place / wal.name).read_bytes() for place in aside] == [content]
    else:
        assert aside == [], "one file by two names would have two journals"
        back = reopened(clinic.folder)
        assert (codes(back), verify(back)) == (["P-1", "P-2", "P-3"], [])
        back.close()


def test_a_damaged_backup_is_refused_and_nothing_changed(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    clinic.close()
    made.file.write_bytes(made.file.read_bytes()[:-4_096])
    before = clinic.file.read_bytes()
    with pytest.raises(LogbookDamaged, match="cannot be used"):
        restore(clinic.folder, made)
    assert clinic.file.read_bytes() == before
    assert sorted(path.name for path in clinic.folder.iterdir()) == [HEAD, "backups", DATABASE_NAME]


def test_restoring_twice_keeps_both_aside(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    clinic.close()
    places = {restore(clinic.folder, made).aside for _ in range(2)}
    assert len(places) == 2
    assert all(place is not None and (place / DATABASE_NAME).exists() for place in places)


def test_a_backup_goes_to_another_machine_with_its_folder(clinic: Logbook, tmp_path: Path) -> None:
    make(clinic, Reason.BY_HAND)
    clinic.close()
    moved = tmp_path / "Elsewhere.kypholog"
    shutil.copytree(clinic.folder / "backups", moved / "backups")
    assert restore(moved, listing(moved)[0]).aside is None
    back = reopened(moved)
    assert codes(back) == ["P-1", "P-2"]
    back.close()


def test_a_restore_that_was_killed_leaves_no_second_name_of_the_logbook(clinic: Logbook) -> None:
    """Both would have a journal, and whoever opened both would destroy the logbook."""
    clinic.close()
    aside = clinic.folder / f"{REPLACED} 2026-11-27T18-30-00Z"
    aside.mkdir()
    (aside / DATABASE_NAME).hardlink_to(clinic.file)
    other = clinic.folder / f"{REPLACED} 2026-11-20T18-30-00Z"
    shutil.copytree(aside, other)
    back = reopened(clinic.folder)
    assert codes(back) == ["P-1", "P-2"]
    assert not aside.exists()
    assert (other / DATABASE_NAME).exists(), "one that was replaced stays"
    back.close()


def test_what_an_earlier_restore_left_half_is_removed_by_the_next(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    clinic.close()
    left = clinic.folder / ".0123456789abcdef.part"
    left.mkdir()
    (left / DATABASE_NAME).hardlink_to(clinic.file)
    os.utime(left, (0, 0))
    restore(clinic.folder, made)
    assert not left.exists()
