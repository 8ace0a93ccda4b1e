# SPDX-License-Identifier: MIT
"""Timing two things in turn, so that a machine that speeds up or slows down is fair to both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds over the counted runs."""

    median: float
    low: float
    high: float
    runs: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``peer`` is None where no peer is installed."""

    work: str
    ours: Timing
    peer_name: str
    peer: Timing | None
    goal: str

    @property
    def ratio(self) -> float | None:
        """How many times the peer's median ours is."""
        return round(self.ours.median / self.peer.median, 2) if self.peer else None

    def as_json(self) -> dict[str, object]:
        """For ``build/bench.json``."""
        return {**asdict(self), "ratio": self.ratio}


def in_turn(
    ours: Callable[[], object], peer: Callable[[], object] | None, runs: int
) -> tuple[Timing, Timing | None]:
    """Run both once unmeasured, then ``runs`` times in turn."""
    both = [ours] if peer is None else [ours, peer]
    for work in both:
        work()
    taken: list[list[float]] = [[] for _ in both]
    for _ in range(runs):
        for times, work in zip(taken, both, strict=True):
            start = time.perf_counter()
            work()
            times.append((time.perf_counter() - start) * 1000)
    timings = [_timing(times) for times in taken]
    return timings[0], timings[1] if peer else None


def once(work: Callable[[], object]) -> Timing:
    """One run, for what takes long and leaves something behind."""
    start = time.perf_counter()
    work()
    return _timing([(time.perf_counter() - start) * 1000])


def process(command: Sequence[str]) -> Callable[[], object]:
    """A whole process, its output read and thrown away."""
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def table(rows: Sequence[Row]) -> str:
    """The rows as a table to read."""
    lines = [f"{'work':44} {'ours, ms':>22} {'beside':28} {'peer, ms':>22} {'ratio':>6}  goal"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        lines.append(
            f"{row.work:44} {_shown(row.ours):>22} {row.peer_name:28} "
            f"{_shown(row.peer) if row.peer_name else '':>22} {ratio:>6}  {row.goal}"
        )
    return "\n".join(lines)


def _timing(times: list[float]) -> Timing:
    return Timing(
        round(statistics.median(times), 2), round(min(times), 2), round(max(times), 2), len(times)
    )


def _shown(timing: Timing | None) -> str:
    if timing is None:
        return "skipped"
    return f"{timing.median:,.1f} ({timing.low:,.1f}-{timing.high:,.1f})"
