# SPDX-License-Identifier: MIT
"""Where nobody listens: a stream that is closed, full or no longer read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.refusals import MAIN, make_clinic

FULL = Path("/dev/full")

posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell of its own kind")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")

ANSWERING = (["outcomes", "--json"], ["verify"], ["verify", "--json"], ["export", "--out", "a.csv"])


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return make_clinic(tmp_path / "Clinic.kypholog")


def in_shell(
    line: str, clinic: Path, logbook: Path, *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as ``"$@"`` within a line of shell."""
    command = [sys.executable, str(MAIN), "--logbook", str(logbook), *arguments]
    return subprocess.run(
        ["sh", "-c", line, "sh", *command],
        cwd=clinic.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@posix
@pytest.mark.parametrize("arguments", ANSWERING, ids=" ".join)
def test_with_stdout_closed_the_work_is_done_all_the_same(
    clinic: Path, arguments: list[str]
) -> None:
    done = in_shell('"$@" >&-', clinic, clinic, *arguments)
    assert (done.returncode, done.stderr) == (0, "")


@posix
@needs_full
@pytest.mark.parametrize("arguments", ANSWERING, ids=" ".join)
def test_an_answer_that_stdout_does_not_take_is_told(clinic: Path, arguments: list[str]) -> None:
    done = in_shell('"$@" >/dev/full', clinic, clinic, *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("kypholog: The answer cannot be written: ")
    assert done.stderr.count("\n") == 1


@posix
@pytest.mark.parametrize("stderr", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
def test_where_nobody_can_be_told_the_exit_code_still_says_it(clinic: Path, stderr: str) -> None:
    done = in_shell(f'"$@" {stderr}', clinic, clinic.parent / "nowhere", "verify")
    assert (done.returncode, done.stdout) == (2, "")


@posix
def test_a_reader_that_went_away_is_no_error_of_ours(clinic: Path) -> None:
    done = in_shell('{ "$@"; echo "ended with $?" >&2; } | true', clinic, clinic, "verify")
    assert done.stderr in ("ended with 141\n", "ended with 0\n")
