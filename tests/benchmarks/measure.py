# SPDX-License-Identifier: MIT
"""Timing two things in turn, so that a machine that speeds up or slows down is fair to both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds over the counted runs; ``p95`` is what 95 of a hundred stay below."""

    median: float
    p95: float
    low: float
    high: float
    runs: int
    times: tuple[float, ...] = field(default=(), repr=False)


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

    @property
    def line(self) -> str:
        """As a line of a table to read."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return (
            f"{self.work:46} {_shown(self.ours):>28} {self.peer_name:26} "
            f"{_shown(self.peer) if self.peer_name else '':>28} {ratio:>6}  {self.goal}"
        )

    def as_json(self) -> dict[str, object]:
        """For ``build/bench.json``."""
        told = {**asdict(self), "ratio": self.ratio}
        for timing in (told["ours"], told["peer"]):
            if timing:
                del timing["times"]
        return told


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
    timings = [timing(times) for times in taken]
    return timings[0], timings[1] if peer else None


def once(work: Callable[[], object]) -> Timing:
    """One run, for what takes long and leaves something behind."""
    start = time.perf_counter()
    work()
    return timing([(time.perf_counter() - start) * 1000])


def pooled(timings: Sequence[Timing]) -> Timing:
    """The runs of many works as those of one."""
    return timing([time for timing in timings for time in timing.times])


def process(command: Sequence[str]) -> Callable[[], object]:
    """A whole process, its output read and thrown away."""
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


_HEAD = "ms (least-most) 95th"
HEADING = f"{'work':46} {_HEAD:>28} {'beside':26} {_HEAD:>28} {'ratio':>6}  goal"
"""Above what ``Row.line`` says."""


def timing(times: Sequence[float]) -> Timing:
    parts = statistics.quantiles(times, n=20, method="inclusive") if len(times) > 1 else [times[0]]
    return Timing(
        round(statistics.median(times), 2),
        round(parts[-1], 2),
        round(min(times), 2),
        round(max(times), 2),
        len(times),
        tuple(times),
    )


def _shown(timing: Timing | None) -> str:
    if timing is None:
        return "skipped"
    return f"{timing.median:,.1f} ({timing.low:,.1f}-{timing.high:,.1f}) {timing.p95:,.1f}"
