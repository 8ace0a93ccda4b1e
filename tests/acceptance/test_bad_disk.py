# SPDX-License-Identifier: MIT
"""A disk that may not be written, or takes no more: one sentence, and everything as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from models import head_mark
from models.case import save_case
from models.logbook import DATABASE_NAME, Logbook
from models.verify import verify
from tests.acceptance.refusals import (
    COMMANDS,
    MAIN,
    ROOT,
    assert_refused,
    can_mount,
    files_in,
    kypholog,
    make_clinic,
    python,
    record_of,
)
from tests.builders import a_case

NOBODY = 65534


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A logbook with two cases, closed."""
    return make_clinic(tmp_path / "place" / "Clinic.kypholog")


# A folder that cannot be written


@pytest.fixture
def read_only(clinic: Path) -> Iterator[list[str]]:
    """What to put before a command so that it cannot write to the logbook's folder."""
    if can_mount():
        # A mount of its own, which ends with the process: root may write through any file mode.
        script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        yield ["unshare", "-m", "sh", "-c", script, str(clinic)]
        return
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("neither a mount nor the mode of a folder can be set here")
    file = clinic / DATABASE_NAME
    file.chmod(0o444)
    clinic.chmod(0o555)
    yield []
    clinic.chmod(0o755)
    file.chmod(0o644)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_read_only_folder_is_told_and_left_alone(
    clinic: Path, read_only: list[str], command: str
) -> None:
    before = files_in(clinic)
    done = kypholog(clinic, *COMMANDS[command], prefix=read_only)
    assert_refused(done, clinic / DATABASE_NAME, "read-only")
    assert files_in(clinic) == before
    assert not (clinic.parent / "cases.csv").exists()


@pytest.mark.parametrize("command", ["example", "sample"])
def test_no_logbook_is_made_in_a_read_only_folder(
    clinic: Path, read_only: list[str], command: str
) -> None:
    folder = clinic / "New.kypholog"
    assert_refused(kypholog(folder, *COMMANDS[command], prefix=read_only), folder)
    assert not folder.exists()


@pytest.mark.skipif(
    not shutil.which("setpriv") or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="only root can lend the program another account",
)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_of_somebody_else_is_told_and_left_alone(tmp_path: Path, command: str) -> None:
    """A folder that may be read by all, of an account that may write."""
    public = Path("/var/tmp") / f"kypholog-{os.getpid()}-{tmp_path.name}"
    folder = public / "Clinic.kypholog"
    try:
        made = Logbook.create(folder)
        save_case(made, a_case("P-1"))
        made.close()
        public.chmod(0o755)
        before = files_in(public)
        account = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        if subprocess.run([*account, *python("import peewee")], check=False).returncode:
            pytest.skip("another account may not read the Python that runs the tests")
        assert_refused(kypholog(folder, *COMMANDS[command], prefix=account), folder)
        assert files_in(public) == before
    finally:
        shutil.rmtree(public)


# A full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], list[str]]]:
    """Runs the program on a disk of some KiB that holds a copy of a folder; tells what is left."""
    if not can_mount():
        pytest.skip("no disk can be mounted here")
    disk = tmp_path / "disk"
    disk.mkdir()

    def run(
        kib: int, content: Path, *arguments: object
    ) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        kept = tmp_path / "kept"
        script = (
            f'mount -t tmpfs -o size={kib}k tmpfs "{disk}" && cp -r "{content}/." "{disk}" && '
            f'cd "{tmp_path}"; "$@"; code=$?; cp -r "{disk}/." "{kept}"; exit $code'
        )
        kept.mkdir()
        command = ["unshare", "-m", "sh", "-c", script, "sh", sys.executable, str(MAIN)]
        done = subprocess.run(
            [*command, *(str(argument).replace("DISK", str(disk)) for argument in arguments)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done, sorted(str(path.relative_to(kept)) for path in kept.rglob("*"))

    return run


SmallDisk = Callable[..., tuple[subprocess.CompletedProcess[str], list[str]]]


def test_a_full_disk_leaves_the_logbook_as_it_was(
    clinic: Path, small_disk: SmallDisk, tmp_path: Path
) -> None:
    made = Logbook.open(clinic)
    for number in range(12):
        save_case(made, a_case(f"Q-{number}"))
    made.close()
    with sqlite3.connect(clinic / DATABASE_NAME) as connection:
        connection.execute("UPDATE procedure SET synthetic = 1")
    connection.close()
    before = record_of(clinic)
    size = (clinic / DATABASE_NAME).stat().st_size // 1024
    place = "DISK/Clinic.kypholog"
    arguments = ["--logbook", place, "sample", "--cases", "400"]
    done, left = small_disk(size + 600, clinic.parent, *arguments)
    assert_refused(done, DATABASE_NAME, "disk")
    names = ("", f"/{head_mark.file_of(Path(DATABASE_NAME)).name}", f"/{DATABASE_NAME}")
    assert left == [f"Clinic.kypholog{name}" for name in names]
    assert record_of(tmp_path / "kept" / "Clinic.kypholog") == before


@pytest.mark.parametrize("kib", [8, 40, 120, 280, 400, 700])
def test_a_logbook_for_which_the_disk_is_too_small_is_not_begun(
    small_disk: SmallDisk, tmp_path: Path, kib: int
) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    done, left = small_disk(kib, nothing, "--logbook", "DISK/New.kypholog", "sample")
    assert_refused(done, "New.kypholog")
    assert left == []


def test_an_export_for_which_the_disk_is_too_small_leaves_the_old_file(
    clinic: Path, small_disk: SmallDisk, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "cases.csv").write_text("the export of yesterday")
    arguments = ["--logbook", clinic, "export", "--out", "DISK/cases.csv"]
    done, left = small_disk(8, old, *arguments)
    assert_refused(done, "cases.csv", "full")
    assert left == ["cases.csv"]
    assert (tmp_path / "kept" / "cases.csv").read_text() == "the export of yesterday"


LIMITED = """
import resource, signal, sys
from pathlib import Path
from models import head_mark
from models.case import save_case
from models.errors import CannotWrite
from models.logbook import Logbook
from tests.builders import a_case
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
logbook = Logbook.open(folder)
limit = (folder / "logbook.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
saved = 0
try:
    for number in range(10_000):
        save_case(logbook, a_case(f"Q-{number}"))
        saved += 1
except CannotWrite as error:
    print(saved, error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit to the size of a file")
def test_when_the_disk_takes_no_more_every_case_that_was_saved_is_there(clinic: Path) -> None:
    done = subprocess.run(
        [*python(LIMITED), str(clinic)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    saved, _, sentence = done.stdout.partition(" ")
    assert str(clinic / DATABASE_NAME) in sentence
    opened = Logbook.open(clinic)
    found = opened.database.execute_sql("SELECT COUNT(*) FROM procedure").fetchone()[0]
    assert found == 2 + int(saved) > 2
    assert verify(opened) == []
    opened.close()


def test_an_export_onto_a_read_only_drive_is_told(clinic: Path, tmp_path: Path) -> None:
    if not can_mount():
        pytest.skip("no drive can be mounted here")
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "cases.csv").write_text("old")
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    prefix = ["unshare", "-m", "sh", "-c", script, str(drive)]
    before = record_of(clinic)
    for name, words in (("cases.csv", "may not be written"), ("new.csv", "read-only")):
        target = drive / name
        done = kypholog(clinic, "export", "--out", target, prefix=prefix)
        assert_refused(done, target, words)
    assert files_in(drive) == {"cases.csv": hashlib.sha256(b"old").hexdigest()}
    assert record_of(clinic) == before


# Interrupted


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal for one process")
def test_a_sample_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Try.kypholog"
    arguments = ["--logbook", str(folder), "sample", "--cases", "50000"]
    running = subprocess.Popen(
        [sys.executable, str(MAIN), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Whoever runs the tests in the background has this signal ignored.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    wal = folder / f"{DATABASE_NAME}-wal"
    for _ in range(600):
        if wal.exists() and wal.stat().st_size > 1_000_000:
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (130, "", "")
    assert not folder.exists()
