# SPDX-License-Identifier: MIT
"""A program that brings a logbook up to date is killed, again and again; the next goes on.

The child tells on a pipe how far it got, each time it got further. It is killed without warning
(SIGKILL) a random moment after that. Nothing that was entered changes, and in the end every
derived value is what it should be.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.bulk import save_many
from models.catchup import CHUNK, catch_up
from models.logbook import Logbook
from models.sample import make_cases
from models.verify import verify
from tests.fresh import new_logbook
from tests.older_program import leave_behind, recorded

ROOT = Path(__file__).parents[2]
CHUNKS = 4
CASES = CHUNK * CHUNKS + 40

CHILD = """
import sys
from pathlib import Path
from tests.acceptance.test_kill_while_catching_up import catch_up_and_tell
catch_up_and_tell(Path(sys.argv[1]))
"""


def catch_up_and_tell(folder: Path) -> None:
    """What the child does until it is killed."""
    logbook = Logbook.open(folder)
    catch_up(logbook, lambda done, total: print(done, total, flush=True))
    logbook.close()


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_in_between(folder: Path, chance: random.Random) -> list[int]:
    """Run the child, kill it soon after its first step, and return what it told."""
    child = start(folder)
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(2)]
    time.sleep(chance.random() / 4)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    told += rest.splitlines(keepends=True)
    return [int(line.split()[0]) for line in told if line.endswith("\n")]


@pytest.fixture
def left_behind(tmp_path: Path) -> Path:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    save_many(logbook, make_cases(CASES, seed=5))
    leave_behind(logbook)
    logbook.close()
    return logbook.folder


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_in_between_it_goes_on_where_it_was(left_behind: Path) -> None:
    chance = random.Random(1)
    logbook = Logbook.open(left_behind)
    entered = recorded(logbook)
    far = 0
    for _ in range(CHUNKS):
        if not logbook.is_behind():
            break
        told = kill_in_between(left_behind, chance)
        # A chunk may be on the disk that the child had no time to tell of.
        assert far <= told[0] <= far + CHUNK
        far = told[-1]
    assert far >= 2 * CHUNK
    assert catch_up(logbook)
    assert verify(logbook) == []
    assert recorded(logbook) == entered
    logbook.close()


def test_two_programs_at_once_share_the_work(left_behind: Path) -> None:
    programs = [start(left_behind) for _ in range(2)]
    told = [program.communicate(timeout=120)[0] for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    steps = {int(line.split()[0]) for text in told for line in text.splitlines()}
    assert steps == {*range(0, CASES, CHUNK), CASES}
    logbook = Logbook.open(left_behind)
    assert not logbook.is_behind()
    assert verify(logbook) == []
    logbook.close()
