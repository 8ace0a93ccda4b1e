# SPDX-License-Identifier: MIT
"""``make bundle-test``: the bundle at work in an empty environment, and how long it takes to start.

First the tests of every number run in the sources with no more of scipy than the bundle has. The
environment has no PATH and no Python, and a home that nobody can write to. Then it runs on a system
that has no more than the bundle asks for. The times are those of the bundle and of the sources in
turn, until the list of cases is there and all is closed again.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bundle.bare import bare_root, bare_tasks, why_not
from tests.bundle.tasks import ROOT, TOUR, Task, tasks

NOBODYS_HOME = "/proc"
"""Not even the superuser makes a file there."""

NUMBERS = ("tests/models/analysis", "tests/models/safety", "tests/ui/charts")
"""Tests of whatever asks scipy for something."""

MOST_TIMES = 1.5
"""How long the bundle may take to start, beside the sources."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one run: on the clock, and of the processors."""

    wall: float
    cpu: float


def run(program: Sequence[str], task: Task) -> subprocess.CompletedProcess[bytes]:
    """The program in the empty environment, without a screen where the task is about that."""
    screen = {} if task.name == "no screen" else {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [*program, *task.arguments],
        env={"HOME": NOBODYS_HOME, **screen},
        cwd="/",
        input=task.given,
        capture_output=True,
        check=False,
        timeout=600,
    )


def does(program: Sequence[str], task: Task) -> bool:
    """Whether it does what the task says; tells it."""
    done = run(program, task)
    is_well = done.returncode == task.exits and task.is_right(done.stdout)
    print("well  " if is_well else "FAILED", task.name, flush=True)
    if not is_well:
        print(f"  exit code {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return is_well


def numbers_fail() -> bool:
    """Whether a number is another, or none, with the stand-ins of the bundle; tells how it went."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", "tests.bundle.stood_in"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([*pytest, *NUMBERS], cwd=ROOT, env=environment, check=False)
    return done.returncode != 0


def timed(program: Sequence[str], folder: Path, place: Path) -> Taken:
    """One start, and the end."""
    settings = {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(place),
        # Sources that are compiled anew at each start are none that anybody uses.
        "PYTHONDONTWRITEBYTECODE": "",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        [*program, *TOUR, str(folder)],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, used)


def main() -> int:
    """Try everything and time the start; the number of failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, default=ROOT / "dist" / "kypholog" / "kypholog")
    parser.add_argument("--logbook", type=Path, help="the one to time the start with")
    parser.add_argument("--runs", type=int, default=7, help="starts of each side")
    options = parser.parse_args()
    program = [str(options.program.absolute())]
    failures = int(numbers_fail())
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        failures += sum(not does(program, task) for task in tasks(place))
        failures += bare_fails(options.program.absolute().parent)
        folder = options.logbook or place / "Try.kypholog"
        failures += start_is_slow(program, folder, place, options.runs)
    return failures


def bare_fails(folder: Path) -> int:
    """How much fails on a system that has no more than the bundle asks for; tells it."""
    hindered = why_not()
    if hindered is not None:
        print(f"not tried on a bare system: {hindered}")
        return 0
    with bare_root(folder) as program:
        return sum(not does(program, task) for task in bare_tasks())


def start_is_slow(program: Sequence[str], folder: Path, place: Path, runs: int) -> bool:
    """Whether the bundle's start takes too long beside that of the sources; tells both."""
    sides = {"bundle": program, "sources": [sys.executable]}
    for side in sides.values():
        timed(side, folder, place)
    taken: dict[str, list[Taken]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, side in sides.items():
            taken[name].append(timed(side, folder, place))
    least = {
        name: Taken(min(one.wall for one in all_), min(one.cpu for one in all_))
        for name, all_ in taken.items()
    }
    for name, one in least.items():
        print(f"start, {name}: least of {runs}: {one.wall:.2f} s, {one.cpu:.2f} s of processor")
    times = least["bundle"].cpu / least["sources"].cpu
    print(f"start, bundle beside sources: {times:.2f} times (at most {MOST_TIMES})")
    return times > MOST_TIMES


if __name__ == "__main__":
    raise SystemExit(main())
