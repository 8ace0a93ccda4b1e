# SPDX-License-Identifier: MIT
"""A backup is whole, proven, and there or not there; whatever the disk and the others do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.audit import last_number, newest_change
from models.backup import (
    BACKUPS,
    Backup,
    Reason,
    Stopped,
    listing,
    make,
    problem_of,
    trouble_of,
)
from models.case import save_case
from models.engines.copying import untouched
from models.errors import CannotWrite
from models.logbook import Logbook
from models.schema import AuditEntry, Procedure
from models.undo import newest_entry
from models.verify import verify
from tests.builders import a_case

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

ROOT = Path(__file__).parents[3]


def files(logbook: Logbook) -> list[str]:
    return sorted(path.name for path in (logbook.folder / BACKUPS).iterdir())


def test_a_backup_tells_when_why_and_what_without_being_opened(clinic: Logbook) -> None:
    before = datetime.now(UTC)
    made = make(clinic, Reason.IMPORT)
    assert before <= made.at <= datetime.now(UTC)
    assert (made.reason, made.user, made.cases) == (Reason.IMPORT, "anna", 2)
    assert made.counts["procedure"] == 2
    assert made.counts["audit_entry"] == made.entry == last_number(clinic.database) - 1
    said = json.loads(made.manifest.read_text())
    assert (said["reason"], said["cases"], said["file"]) == ("import", 2, made.file.name)
    assert listing(clinic.folder) == [made]
    assert files(clinic) == sorted([made.file.name, made.manifest.name])


def test_what_is_saved_later_is_in_the_next_backup_only(clinic: Logbook, other: Logbook) -> None:
    first = make(clinic, Reason.TIMED)
    save_case(other, a_case("P-3"))
    second = make(clinic, Reason.TIMED)
    assert (first.cases, second.cases) == (2, 3)
    assert first.file != second.file
    assert [problem_of(one) for one in (first, second)] == [None, None]
    assert listing(clinic.folder)[0] == second


def test_a_copy_holds_what_others_have_not_yet_moved_out_of_the_journal(
    clinic: Logbook, other: Logbook
) -> None:
    save_case(other, a_case("P-3"))
    assert (clinic.folder / "logbook.db-wal").stat().st_size
    made = make(clinic, Reason.CLOSING)
    with untouched(made.file) as copy:
        assert Procedure.select().count(copy) == 3


def test_it_is_the_state_of_one_moment_while_others_go_on_saving(
    clinic: Logbook, other: Logbook
) -> None:
    def save_more(done: int, total: int) -> None:
        save_case(other, a_case(f"L-{done}-{total}"))

    made = make(clinic, Reason.TIMED, save_more)
    assert made.cases == 2
    assert problem_of(made) is None
    assert Procedure.select().count(clinic.database) > 2


@pytest.mark.parametrize("reason", list(Reason))
def test_each_is_in_the_audit_and_changes_nothing_else(clinic: Logbook, reason: Reason) -> None:
    before, changed = newest_entry(clinic), newest_change(clinic.database)
    made = make(clinic, reason)
    assert newest_entry(clinic) == before + 1
    assert newest_change(clinic.database) == changed
    (entry,) = AuditEntry.select().where(AuditEntry.number == before + 1).execute(clinic.database)
    assert (entry.user, entry.action) == ("anna", "backup")
    assert made.name in entry.reason
    assert verify(clinic) == []


def test_one_that_is_stopped_leaves_nothing(clinic: Logbook) -> None:
    with pytest.raises(Stopped):
        make(clinic, Reason.BY_HAND, cancelled=lambda: True)
    assert files(clinic) == []


def test_what_a_killed_program_left_is_removed_a_day_later(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    old, young = (made.file.parent / f".{name}.part" for name in ("old", "young"))
    for part in (old, young):
        part.write_bytes(b"x")
    past = time.time() - timedelta(days=2).total_seconds()
    os.utime(old, (past, past))
    make(clinic, Reason.TIMED)
    assert not old.exists()
    assert young.exists()


def test_a_folder_that_cannot_be_made_is_named_with_a_cure(clinic: Logbook) -> None:
    (clinic.folder / BACKUPS).write_text("in the way")
    with pytest.raises(CannotWrite, match="No backup was made"):
        make(clinic, Reason.IMPORT)
    assert (clinic.folder / BACKUPS).read_text() == "in the way"


@pytest.mark.parametrize("bytes_more", [0, 40_000, 200_000])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files")
def test_a_full_disk_is_told_and_leaves_nothing(clinic: Logbook, bytes_more: int) -> None:
    """The limit holds in a process of its own, which may write files of so many bytes."""
    kept = make(clinic, Reason.TIMED)
    clinic.close()
    code = (
        "import resource, sys; from models.backup import Reason, make;"
        "from models.errors import CannotWrite; from models.logbook import Logbook;"
        "from pathlib import Path; logbook = Logbook.open(Path(sys.argv[1]));"
        "limit = int(sys.argv[2]); resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "try:\n make(logbook, Reason.TIMED)\n"
        "except CannotWrite as error:\n print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(clinic.folder), str(bytes_more)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("No backup was made: ")
    left = files(clinic)
    assert [name for name in left if name != "trouble.json"] == sorted(
        [kept.file.name, kept.manifest.name]
    )
    trouble = trouble_of(clinic.folder)
    assert (trouble is not None) == bool(bytes_more), "nothing at all was taken"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_after_a_kill_at_any_moment_what_is_listed_can_be_relied_on(clinic: Logbook) -> None:
    clinic.close()
    code = (
        "import sys; from models.backup import Reason, make; from models.logbook import Logbook;"
        "from pathlib import Path; logbook = Logbook.open(Path(sys.argv[1]))\n"
        "while True:\n print(make(logbook, Reason.TIMED).name, flush=True)"
    )
    acknowledged = []
    for moment in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(clinic.folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        acknowledged.append(child.stdout.readline().strip())
        time.sleep(moment * 0.004)
        child.send_signal(signal.SIGKILL)
        child.communicate()
    found = listing(clinic.folder)
    assert found
    assert [problem_of(one) for one in found] == [None] * len(found)
    assert acknowledged[-1] in {one.name for one in found} | set(acknowledged[:-1])
    listed = {path for one in found for path in (one.file, one.manifest)}
    unlisted = set((clinic.folder / BACKUPS).iterdir()) - listed
    assert all(".part" in path.name or path.suffix == ".json" for path in unlisted)


def flipped(made: Backup, place: int) -> None:
    content = bytearray(made.file.read_bytes())
    content[place] ^= 0xFF
    made.file.write_bytes(content)


@pytest.mark.parametrize("place", [20, 5_000, -3])
def test_a_byte_that_was_changed_is_found(clinic: Logbook, place: int) -> None:
    made = make(clinic, Reason.TIMED)
    flipped(made, place)
    assert "was changed after it was written" in str(problem_of(made))


def test_a_truncated_one_and_one_that_is_gone_are_told(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    made.file.write_bytes(made.file.read_bytes()[:4_096])
    assert "was changed" in str(problem_of(made))
    made.file.unlink()
    assert "cannot be read" in str(problem_of(made))
    assert listing(clinic.folder) == []


@pytest.mark.parametrize("said", ["form", "cases", "last_audit_entry", "chain", "head"])
def test_a_document_that_tells_something_else_than_is_in_it_is_found(
    clinic: Logbook, said: str
) -> None:
    made = make(clinic, Reason.TIMED)
    document = json.loads(made.manifest.read_text())
    value = document[said]
    document[said] = (
        value + 1 if isinstance(value, int) else f"{int(value[0], 16) ^ 1:x}{value[1:]}"
    )
    made.manifest.write_text(json.dumps(document))
    (found,) = listing(clinic.folder)
    assert "says something else than is in the backup" in str(problem_of(found))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 99}', "\0"])
def test_a_document_that_is_none_makes_no_backup(clinic: Logbook, text: str) -> None:
    made = make(clinic, Reason.TIMED)
    made.manifest.write_text(text)
    assert listing(clinic.folder) == []
    make(clinic, Reason.TIMED)
    assert made.file.exists(), "what is not understood is not removed"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", "0001-01-01T00:00:00+14:00"),
        ("at", "9999-12-31T23:59:59-14:00"),
        ("checked", "0001-01-01T00:00:00+14:00"),
        ("cases", float("inf")),
        ("cases", -3),
        ("bytes", 1 << 63),
        ("rows", {"patient": float("nan")}),
    ],
)
def test_days_and_numbers_that_cannot_be_make_no_backup(
    tmp_path: Path, name: str, value: object
) -> None:
    said = Backup(
        tmp_path / BACKUPS / "b.db", datetime.now(UTC), Reason.TIMED, "Eva", "1", {}, 1, 1, 1, "0"
    )
    (tmp_path / BACKUPS).mkdir()
    said.file.touch()
    document = said.as_json()
    said.manifest.write_text(json.dumps(document))
    assert listing(tmp_path) == [said]
    said.manifest.write_text(json.dumps(document | {name: value}))
    assert listing(tmp_path) == []


def test_documents_that_are_nested_without_end_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / BACKUPS).mkdir()
    for name in ("b", "trouble"):
        (tmp_path / BACKUPS / f"{name}.db").touch()
        (tmp_path / BACKUPS / f"{name}.json").write_text("[" * 100_000)
    assert listing(tmp_path) == []
    assert trouble_of(tmp_path) is None


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may look anywhere")
def test_a_folder_that_may_not_be_looked_into_is_not_called_empty(clinic: Logbook) -> None:
    make(clinic, Reason.TIMED)
    (clinic.folder / BACKUPS).chmod(0)
    try:
        with pytest.raises(CannotWrite, match="cannot be looked into"):
            listing(clinic.folder)
    finally:
        (clinic.folder / BACKUPS).chmod(0o700)
