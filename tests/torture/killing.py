# SPDX-License-Identifier: MIT
"""Kills each kind of work again and again, and looks at what is left."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random

from tests.torture import works, works_on_files
from tests.torture.dying import After, AtCall, Death, Watch, can_trace, run
from tests.torture.trials import Trial

TRIALS = (*works.TRIALS, *works_on_files.TRIALS)
_DAY = 24 * 3_600
_LONGER = 1.1
"""So much longer than it took is waited at most, so that the end is reached too."""


class Limit:
    """How long something may take; whoever comes late gets as much of it as whoever came first."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def seconds(self) -> float:
        """How much is left."""
        return max(self._end - time.monotonic(), 0)

    def share(self, weight: int, of: int) -> Limit:
        """Of what is left, as much as the weight is of all weights."""
        return Limit(self.seconds() * weight / of)

    def part(self, number: int, of: int) -> Limit:
        """An equal part of what is left, for the ``number``-th of so many, counted from 0."""
        return self.share(1, of - number)

    def is_over(self) -> bool:
        """Whether it took that long."""
        return time.monotonic() > self._end


class Bench:
    """Where one trial takes place: a template, and the folder into which it is copied each time."""

    def __init__(self, trial: Trial, place: Path, *, is_encrypted: bool) -> None:
        self.trial = trial
        self.folder = place / "run"
        self._template = place / "template"
        self._clear()
        shutil.rmtree(self._template, ignore_errors=True)
        self.folder.mkdir(parents=True)
        # Made where it is used, because settings name places in full.
        trial.prepare(self.folder, is_encrypted)
        self.folder.rename(self._template)
        self.calls, self.seconds = self._measure()

    def _clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def lay(self) -> None:
        """Have everything as it was before the work."""
        self._clear()
        shutil.copytree(self._template, self.folder)

    def size(self) -> int:
        """Bytes of the largest file there is before the work."""
        files = [path for path in self._template.rglob("*") if path.is_file()]
        return max([path.stat().st_size for path in files if path.stat().st_size] or [300_000])

    def age(self) -> None:
        """Let a day go by since whatever lies there was written."""
        for path in self.folder.rglob(".*"):
            os.utime(path, (path.stat().st_mtime - _DAY,) * 2)

    def work(self, watch: Watch | None = None, begin: Callable[[], None] | None = None) -> Death:
        """Do the work in a child."""
        return run(lambda tell: self.trial.work(self.folder, tell), watch, begin)

    def look(self, told: Sequence[str]) -> str:
        """What is left holds what was told."""
        return self.trial.look(self.folder, told)

    def _measure(self) -> tuple[int, float]:
        """How many system calls the work makes, and how long it takes, when nothing happens."""
        self.lay()
        # What is imported on the way is no work, so it is there before any child.
        with redirect_stdout(StringIO()):
            self.trial.work(self.folder, lambda said: None)
        self.lay()
        began = time.perf_counter()
        death = self.work()
        seconds = time.perf_counter() - began
        assert not death.was_killed
        assert not death.refusal, death.refusal
        self.look(death.told)
        if not can_trace():
            return 0, seconds
        self.lay()
        return self.work(AtCall(0)).calls, seconds


def kill(bench: Bench, chance: Random) -> tuple[str, str]:
    """Kill the work once; by what means, and how far it got."""
    bench.lay()
    watch: Watch
    if bench.calls and chance.random() < 0.7:
        n = chance.randint(1, bench.calls)
        watch, means = AtCall(n), f"at call {n}"
    else:
        seconds = chance.random() * bench.seconds * _LONGER
        watch, means = After(seconds), f"after {seconds:.4f} s"
    death = bench.work(watch)
    bench.age()
    try:
        return means, bench.look(death.told)
    except Exception as error:
        error.add_note(f"{bench.trial.name}, killed {means}, after it had told {death.told}")
        raise


def kinds_of(names: Sequence[str] = ()) -> list[tuple[Trial, bool]]:
    """Every trial, plain and encrypted where that makes a difference."""
    chosen = [trial for trial in TRIALS if not names or trial.name in names]
    return [(trial, is_encrypted) for trial in chosen for is_encrypted in trial.kinds]


def kill_all(
    place: Path, kills: int, chance: Random, limit: Limit, names: Sequence[str] = ()
) -> dict[str, Counter[str]]:
    """Share the kills out among all trials; what was found, by trial."""
    found: dict[str, Counter[str]] = {}
    kinds = kinds_of(names)
    for number, (trial, is_encrypted) in enumerate(kinds):
        part = limit.part(number, len(kinds))
        bench = Bench(trial, place, is_encrypted=is_encrypted)
        counts = found.setdefault(trial.name, Counter())
        share = kills * (number + 1) // len(kinds) - kills * number // len(kinds)
        for done in range(share):
            if done and part.is_over():
                break
            means, how = kill(bench, chance)
            counts["kills"] += 1
            counts["by system call" if "call" in means else "by time"] += 1
            counts[how.partition(", ")[2]] += 1
    return found
