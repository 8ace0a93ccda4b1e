# SPDX-License-Identifier: MIT
"""Whole processes in turn: wall and processor time, and the most memory that each held."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_KIB_IN_MIB = 1024

Command = Sequence[str | Path]
Begin = Callable[[], Command]
"""Makes room for a run, and gives its command."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle one of all runs, the least and the most."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """What the runs had in common."""
        return cls(
            round(statistics.median(values), 1), round(min(values), 1), round(max(values), 1)
        )


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: milliseconds on the clock and of processors, MiB at most."""

    wall: Spread
    cpu: Spread
    peak: Spread
    runs: int


_HEAD = f"{'ms':>8} {'CPU ms (least-most)':>25} {'MiB':>6}"
HEADING = f"{'work':52} {_HEAD} {'beside':30} {_HEAD} {'CPU':>6} {'MiB':>5}  goal"
"""Above what ``Compared.line`` says."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the table; ``peer`` is None where it is not installed, or there is none."""

    work: str
    ours: Spent
    peer_name: str
    peer: Spent | None
    goal: str

    @property
    def ratio(self) -> float | None:
        """How many times the processor time of the peer ours is: the clock is shared by others."""
        if self.peer is None or not self.peer.cpu.median:
            return None
        return round(self.ours.cpu.median / self.peer.cpu.median, 2)

    @property
    def memory_ratio(self) -> float | None:
        """The same of the most memory."""
        return round(self.ours.peak.median / self.peer.peak.median, 2) if self.peer else None

    @property
    def line(self) -> str:
        """As a line of a table to read."""
        peer = _spent(self.peer) if self.peer_name else ""
        return (
            f"{self.work:52} {_spent(self.ours)} {self.peer_name:30} {peer:>41} "
            f"{_times(self.ratio):>6} {_times(self.memory_ratio):>5}  {self.goal}".rstrip()
        )

    def as_json(self) -> dict[str, object]:
        """For ``build/bench.json``."""
        return {**asdict(self), "ratio": self.ratio, "memory_ratio": self.memory_ratio}


def measured(works: Sequence[Begin | None], runs: int) -> list[Spent | None]:
    """All in turn, ``runs`` times, once before uncounted; None for what there is not.

    What is run but once, because it takes long, is not run before.
    """
    taken: list[list[tuple[float, float, float]]] = [[] for _ in works]
    uncounted = int(runs > 1)
    for number in range(runs + uncounted):
        for times, begin in zip(taken, works, strict=True):
            if begin is not None:
                spent = _run(begin())
                if number >= uncounted:
                    times.append(spent)
    return [_together(times) if times else None for times in taken]


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _spent(spent: Spent | None) -> str:
    if spent is None:
        return f"{'skipped, not installed':>41}"
    cpu = f"{spent.cpu.median:,.0f} ({spent.cpu.low:,.0f}-{spent.cpu.high:,.0f})"
    return f"{spent.wall.median:>8,.0f} {cpu:>25} {spent.peak.median:>6,.0f}"


def _together(times: Sequence[tuple[float, float, float]]) -> Spent:
    wall, cpu, peak = (Spread.of(each) for each in zip(*times, strict=True))
    return Spent(wall, cpu, peak, len(times))


def _run(command: Command) -> tuple[float, float, float]:
    """Wall and processor time in milliseconds, and the most memory in MiB, of one process."""
    run = subprocess.run(
        [sys.executable, "-S", "-E", "-c", LAUNCHER, *map(str, command)],
        check=True,
        stdout=subprocess.PIPE,
        env=_with_compiled_modules(),
    )
    wall, cpu, peak, code = json.loads(run.stdout)
    # Some commands end with 1 where they found something to tell.
    if code not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {code}")
    return wall * 1000, cpu * 1000, peak / _KIB_IN_MIB


def _with_compiled_modules() -> dict[str, str]:
    """As installed: the first run, which is not counted, leaves compiled modules behind."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss, code]))
"""
"""Starts a process and tells what it took. It is small itself: a process inherits the peak of the
one that it was started from."""
