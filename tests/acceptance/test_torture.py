# SPDX-License-Identifier: MIT
"""A short run of ``make torture``: kills, full disks, damaged and protected files, wrong clocks.

The counts are printed and recorded with the test; ``pytest -rP`` shows them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = "7"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

Counted = dict[str, dict[str, int]]


@pytest.fixture
def torture(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> Callable[..., Counted]:
    """Runs one part of it; what was counted, by kind of work or file."""

    def run(part: str, *arguments: object) -> Counted:
        words = ["--bare", "--parts", part, "--seed", SEED, "--place", str(tmp_path)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.torture", *words, *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: Counted = json.loads(done.stdout.splitlines()[-1])[part]
        for name, counts in found.items():
            print(part, name, counts)
            record_property(f"{part} {name}", counts)
        return found

    return run


def summed(found: Counted) -> Counter[str]:
    return sum((Counter(counts) for counts in found.values()), Counter())


def test_killed_at_any_moment_nothing_that_was_told_is_lost(
    torture: Callable[..., Counted],
) -> None:
    found = torture("kill", "--kills", 63)
    assert set(found) == {
        *("save", "import", "undo of import", "merge", "restore", "create", "backup"),
        *("export", "migration", "key change", "encrypt", "users"),
    }
    assert summed(found)["kills"] == 63


def test_where_files_may_not_grow_it_is_said_and_nothing_is_half(
    torture: Callable[..., Counted],
) -> None:
    works = ("save", "import", "restore", "migration", "key change")
    found = summed(torture("full", "--steps", 3, "--only", *works))
    assert found["tries"] == 24
    assert found["refused"] >= 6


def test_on_a_small_disk_that_is_full_it_is_said_and_nothing_is_half(
    torture: Callable[..., Counted],
) -> None:
    found = torture("disk", "--steps", 3, "--only", "save", "backup", "export", "encrypt")
    if not found:
        pytest.skip("no disk can be mounted here")
    assert summed(found)["tries"] == 21
    assert summed(found)["refused"] >= 6


def test_of_two_programs_at_once_none_loses_or_doubles_anything(
    torture: Callable[..., Counted],
) -> None:
    found = torture("writers", "--saves", 60, "--seconds", 5)["writers"]
    assert found["fewest of one"] >= 60
    assert found["saves"] == found["changes of one case"] >= 120


def test_where_it_may_not_write_or_read_it_is_said_and_nothing_is_half(
    torture: Callable[..., Counted],
) -> None:
    works = ("save", "restore", "create", "backup", "export", "key change")
    found = summed(torture("denied", "--denials", 3, "--minutes", 60, "--only", *works))
    if not found:
        pytest.skip("nothing can be denied to whoever runs this")
    assert found["tries"] == 33
    assert found["refused"] >= 6


def test_a_clock_that_was_set_back_or_forward_loses_and_hides_nothing(
    torture: Callable[..., Counted],
) -> None:
    works = ("save", "import", "restore", "backup", "users")
    found = summed(torture("clock", "--clocks", 2, "--minutes", 60, "--only", *works))
    assert (found["set back"], found["set forward"]) == (9, 9)


def test_of_damaged_files_all_is_right_or_told_and_the_backup_restored(
    torture: Callable[..., Counted],
) -> None:
    found = summed(torture("damage", "--damages", 40))
    assert found["tries"] == 40
    ends = ("exactly right", "found by verify", "refused in words")
    assert sum(found[end] for end in ends) == 40
    assert found["restored"] + found["restoring refused in words"] == 40
