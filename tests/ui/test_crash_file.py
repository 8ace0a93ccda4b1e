# SPDX-License-Identifier: MIT
"""A program that ends without warning leaves its trace for the next start, and only then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ui.crash_file import CrashFile

_CRASHES = """
import faulthandler, sys
from pathlib import Path
from ui.crash_file import CrashFile

def fall(patient):
    faulthandler._sigsegv()

crashes = CrashFile(Path(sys.argv[1]))
crashes.begin()
if sys.argv[2] == "falls":
    fall("Zacharias Quintus")
crashes.end()
"""


def run(folder: Path, way: str) -> None:
    subprocess.run(
        [sys.executable, "-c", _CRASHES, str(folder), way], check=False, capture_output=True
    )


def test_a_crash_is_told_once_and_names_no_patient(tmp_path: Path) -> None:
    run(tmp_path, "falls")
    traces = CrashFile(tmp_path).left_behind()
    assert len(traces) == 1
    assert "in fall" in traces[0]
    assert "Quintus" not in traces[0]
    assert CrashFile(tmp_path).left_behind() == []


def test_a_program_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    run(tmp_path, "stays")
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_still_running_is_let_alone(tmp_path: Path) -> None:
    running = CrashFile(tmp_path)
    running.begin()
    try:
        assert CrashFile(tmp_path).left_behind() == []
        assert list(tmp_path.glob("*.txt")) != []
    finally:
        running.end()


def test_where_nothing_can_be_written_it_goes_without(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("in the way", encoding="utf-8")
    crashes = CrashFile(tmp_path / "crashes")
    crashes.begin()
    crashes.end()
    assert (tmp_path / "crashes").read_text(encoding="utf-8") == "in the way"
