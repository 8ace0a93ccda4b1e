# SPDX-License-Identifier: MIT
"""A backup is restored for proof once a month, in a scratch place that nobody finds afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models.backup import (
    BACKUPS,
    Reason,
    Stopped,
    is_changed,
    listing,
    make,
    prove,
    regular,
    restore,
    standing,
    trouble_of,
)
from models.case import save_case
from models.drafts import draft_of, keep
from models.errors import LogbookDamaged
from models.filters import save_filter
from models.logbook import Logbook
from models.query import parse
from tests.builders import a_case

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

ROOT = Path(__file__).parents[3]
MONTH = timedelta(days=31)


def left(logbook: Logbook) -> list[str]:
    names = (path.name for path in (logbook.folder / BACKUPS).iterdir())
    return sorted(name for name in names if ".part" in name)


def test_a_proof_is_kept_beside_the_backup_and_leaves_nothing_else(
    clinic: Logbook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    made = make(clinic, Reason.TIMED)
    content, audit = made.file.read_bytes(), clinic.form()
    heard: list[tuple[int, int]] = []
    proven = prove(clinic, made, lambda done, total: heard.append((done, total)))
    assert proven.proven_at is not None
    assert listing(clinic.folder) == [proven]
    assert (made.file.read_bytes(), clinic.form()) == (content, audit)
    assert heard
    assert left(clinic) == []
    assert list(elsewhere.iterdir()) == []
    assert not is_changed(clinic, proven), "a proof is no change"


def test_a_row_that_was_changed_behind_the_programs_back_is_found(clinic: Logbook) -> None:
    """Backups of what is wrong already are whole, and still no use."""
    clinic.database.execute_sql("UPDATE treated_level SET cement_ml = 99")
    made = make(clinic, Reason.TIMED)
    with pytest.raises(LogbookDamaged, match=r"is not right: The case of .* of patient"):
        prove(clinic, made)
    assert left(clinic) == []
    trouble = trouble_of(clinic.folder)
    assert trouble is not None
    assert made.name in trouble.said
    assert "patient" not in trouble.said, "it lies in plain beside an encrypted logbook, too"
    assert listing(clinic.folder)[0].proven_at is None


def test_one_that_is_stopped_leaves_nothing(clinic: Logbook) -> None:
    made = make(clinic, Reason.TIMED)
    with pytest.raises(Stopped):
        prove(clinic, made, cancelled=lambda: True)
    assert left(clinic) == []
    assert listing(clinic.folder) == [made]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no files")
def test_a_full_disk_is_told_and_leaves_nothing(clinic: Logbook) -> None:
    make(clinic, Reason.TIMED)
    clinic.close()
    code = (
        "import resource, sys; from models.backup import listing, prove; from pathlib import Path;"
        "from models.errors import CannotWrite; from models.logbook import Logbook;"
        "logbook = Logbook.open(Path(sys.argv[1]));"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n prove(logbook, listing(logbook.folder)[0])\n"
        "except CannotWrite as error:\n print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(clinic.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert "was not restored for proof" in done.stdout
    assert str(clinic.folder / BACKUPS) in done.stdout, "the place that has to take it"
    assert left(clinic) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_a_kill_leaves_lies_among_the_backups_and_goes_with_them(clinic: Logbook) -> None:
    make(clinic, Reason.TIMED)
    clinic.close()
    code = (
        "import sys; from models.backup import listing, prove; from models.logbook import Logbook;"
        "from pathlib import Path; logbook = Logbook.open(Path(sys.argv[1]))\n"
        "def told(done, total):\n print('under way', flush=True); input()\n"
        "prove(logbook, listing(logbook.folder)[0], told)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(clinic.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.communicate()
    (scratch,) = left(clinic)
    past = datetime.now(UTC).timestamp() - timedelta(days=2).total_seconds()
    os.utime(clinic.folder / BACKUPS / scratch, (past, past))
    back = Logbook.open(clinic.folder)
    make(back, Reason.TIMED)
    assert left(back) == []
    back.close()


def test_once_a_month_and_only_what_was_changed(clinic: Logbook) -> None:
    first = regular(clinic)
    assert first.made is not None
    assert first.proven is not None
    now = datetime.now(UTC)
    for later in (now, now + MONTH - timedelta(hours=1)):
        again = regular(clinic, now=later)
        assert (again.made, again.proven) == (None, None)
    assert regular(clinic, now=now + MONTH + timedelta(hours=1)).proven is not None
    save_case(clinic, a_case("P-3"))
    second = regular(clinic)
    assert second.made is not None
    assert (second.made.backup.cases, second.proven) == (3, None)


def test_a_clock_that_was_wrong_does_not_put_off_the_proof(clinic: Logbook) -> None:
    regular(clinic)
    assert standing(clinic).needs_proof(datetime.now(UTC) - timedelta(days=400))


def test_whatever_is_typed_counts_as_a_change(clinic: Logbook) -> None:
    assert is_changed(clinic, None)
    latest = make(clinic, Reason.TIMED)
    assert not is_changed(clinic, latest)
    keep(clinic, draft_of(a_case("P-9")))
    assert is_changed(clinic, latest)
    latest = make(clinic, Reason.TIMED)
    assert not is_changed(clinic, latest)
    save_filter(clinic, "men", parse("sex:male"))
    assert is_changed(clinic, latest)


def test_an_empty_logbook_needs_none(logbook: Logbook) -> None:
    assert not is_changed(logbook, None)
    assert regular(logbook).made is None
    assert listing(logbook.folder) == []


def test_a_logbook_that_was_restored_has_changed(clinic: Logbook) -> None:
    """Its audit is shorter than that of the latest backup."""
    old = make(clinic, Reason.TIMED)
    for code in ("P-3", "P-4"):
        save_case(clinic, a_case(code))
    make(clinic, Reason.TIMED)
    clinic.close()
    restore(clinic.folder, old)
    back = Logbook.open(clinic.folder)
    assert is_changed(back, listing(back.folder)[0])
    back.close()


def test_changes_that_are_in_no_backup_are_told_after_days(clinic: Logbook) -> None:
    make(clinic, Reason.TIMED)
    assert not standing(clinic).is_old(datetime.now(UTC) + timedelta(days=400))
    save_case(clinic, a_case("P-3"))
    how = standing(clinic)
    assert not how.is_old(datetime.now(UTC))
    assert how.is_old(datetime.now(UTC) + timedelta(days=8))
