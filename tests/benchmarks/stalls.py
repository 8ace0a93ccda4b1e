# SPDX-License-Identifier: MIT
"""How long the window cannot answer: the longest turn of the event loop in each task.

Processor time of the thread of the window, so that a busy machine is blamed less on the program;
the clock stands beside it, because it also tells of waiting for a disk or for another thread.
Where others compute on the same cores, processor time grows as well, up to twice: so a fixed piece
of work is timed after each long turn, and the turn is told as long as it would have been in the
quietest moment of the walk. Each walk is a process of its own with a new profile. Those that write
get a copy of the logbook.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt, QTimer

from models.at_start import load_models
from models.window_command import window_options
from tests.benchmarks.measure import Row, timing
from tests.benchmarks.walks import READING, WALKS, Task
from ui.application import Application, begin_qt, keep_window_quick

_CALM, _MOST = 40, 300
"""A task is through when no job was under way for so many looks, and the window had little to do;
or for the larger number, whatever it had to do, as it has something now and then. They are counted,
because a process that does not get its turn has much to do and looks calm by the clock."""

_BEAT_MS = 5
_LONG_MS = 20
_LITTLE_MS = 12
_ROUNDS = 100_000


def stalling(folder: Path, place: Path, runs: int) -> Iterator[Row]:
    """The longest turn of each task, over so many processes.

    Args:
        folder: a logbook, which is not changed.
        place: a folder for a copy of it, and for what is exported.
        runs: of each walk.
    """
    for walk in WALKS:
        told: dict[str, list[float]] = {}
        clocks: dict[str, float] = {}
        for _ in range(runs):
            out = place / "stalls"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            own = folder
            if walk not in READING:
                own = out / folder.name
                shutil.copytree(folder, own)
            for task, (ms, clock_ms) in _walked(own, walk, out).items():
                told.setdefault(task, []).append(ms)
                clocks[task] = max(clock_ms, clocks.get(task, 0.0))
            shutil.rmtree(out)
        for task, times in told.items():
            heard = f"at most 50 ms; {clocks[task]:.0f} by the clock"
            yield Row(f"longest turn: {task}", timing(times), "", None, heard)


def _walked(folder: Path, walk: str, out: Path) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.benchmarks.stalls"]
    command += [str(folder), walk, str(out)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {task: (ms, clock) for task, ms, clock in json.loads(done.stdout.splitlines()[-1])}


class _Turn(NamedTuple):
    """Milliseconds of processor time, of a fixed piece of work after it, and what was at work."""

    ms: float
    pace_ms: float
    profile: cProfile.Profile | None

    @property
    def work(self) -> float:
        """How much was done, whatever the machine did beside it."""
        return self.ms / self.pace_ms


class _Watch:
    """Measures each turn, and keeps what was at work in the longest if it is asked to.

    Attributes:
        label: the task that is under way.
        calm: looks since there was more than little to do.
    """

    def __init__(self, profiled: str) -> None:
        self.label = "opening the logbook"
        self._paces: list[float] = []
        self._longest: dict[str, _Turn] = {}
        self._latest: dict[str, float] = {}
        self._profiled = profiled
        self._profile: cProfile.Profile | None = None
        self.calm = 0
        self._began, self._beaten = time.thread_time(), time.perf_counter()

    def awake(self) -> None:
        """One turn is over, and another begins."""
        ms = (time.thread_time() - self._began) * 1000
        profile, self._profile = self._profile, None
        if profile is not None:
            profile.disable()
        if ms > _LITTLE_MS:
            self.calm = 0
        if ms > _LONG_MS or self.label not in self._longest:
            turn = _Turn(ms, self.measure_pace(), profile)
            if self.label not in self._longest or turn.work > self._longest[self.label].work:
                self._longest[self.label] = turn
        if self._profiled and self._profiled in self.label:
            self._profile = cProfile.Profile(time.thread_time)
            self._profile.enable()
        self._began = time.thread_time()

    def beat(self) -> None:
        """Called every ``_BEAT_MS`` as long as nothing holds the window up."""
        now = time.perf_counter()
        late_ms = (now - self._beaten) * 1000 - _BEAT_MS
        self._beaten = now
        self._latest[self.label] = max(self._latest.get(self.label, 0.0), late_ms)

    def measure_pace(self) -> float:
        """How long a fixed piece of work takes now."""
        began = time.thread_time()
        for _ in range(_ROUNDS):
            pass
        self._paces.append((time.thread_time() - began) * 1000)
        return self._paces[-1]

    def tell(self) -> None:
        """One line of JSON; before it the profile, if there is one."""
        best = min(self._paces)
        for task, turn in self._longest.items():
            if turn.profile is not None:
                print(f"== {task}: {turn.ms:.1f} ms, {turn.work * best:.1f} in the quietest moment")
                stats = pstats.Stats(turn.profile)
                stats.sort_stats("cumulative").print_stats(45)
                stats.sort_stats("tottime").print_stats(15)
        told = [
            (task, round(turn.work * best, 1), round(self._latest.get(task, 0.0), 1))
            for task, turn in self._longest.items()
        ]
        print(json.dumps(told))


class _Walker(QObject):
    """Begins each task when the one before it is through; tells what was measured and ends."""

    def __init__(
        self, kypholog: Application, tasks: Iterator[Task], watch: _Watch, *, tells: bool
    ) -> None:
        super().__init__(kypholog.window)
        self._kypholog, self._tasks, self._watch, self._tells = kypholog, tasks, watch, tells
        self._without_jobs = 0
        self._looks = QTimer(self, interval=20)
        self._looks.timeout.connect(self._look)
        self._looks.start()
        self._beats = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beats.timeout.connect(watch.beat)
        self._beats.start()
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(watch.awake)

    def _look(self) -> None:
        watch = self._watch
        watch.calm += 1
        self._without_jobs += 1
        if self._kypholog.jobs.is_busy or not self._kypholog.window.is_furnished:
            watch.calm = self._without_jobs = 0
        if watch.calm < _CALM and self._without_jobs < _MOST:
            return
        watch.calm = self._without_jobs = 0
        watch.measure_pace()
        if (task := next(self._tasks, None)) is None:
            watch.tell()
            sys.stdout.flush()
            os._exit(0)
        watch.label = task[0]
        if self._tells:
            print(task[0], file=sys.stderr, flush=True)
        # In a turn of its own, which belongs to this task alone.
        QTimer.singleShot(20, self, task[1])


def _walk(folder: Path, walk: str, out: Path, profiled: str, *, tells: bool) -> None:
    options = window_options(["--logbook", str(folder)])
    assert options is not None
    load_models()
    app = begin_qt(sys.argv[:1])
    sys.excepthook = _end
    kypholog = Application(app)
    kypholog.window.furnished.connect(lambda: kypholog.window.backups.begin())
    _Walker(kypholog, WALKS[walk](kypholog, out), _Watch(profiled), tells=tells)
    kypholog.start(options.logbook, options)
    keep_window_quick()
    app.exec()


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Where a task fails, the walk has come to its end, too."""
    sys.__excepthook__(kind, error, trace)
    os._exit(1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="one walk over a logbook")
    parser.add_argument("folder", type=Path)
    parser.add_argument("walk")
    parser.add_argument("out", type=Path, help="for what is exported")
    parser.add_argument("--profile", default="", help="of the longest turn of such a task")
    parser.add_argument("--tell", action="store_true", help="each task when it begins")
    asked = parser.parse_args()
    _walk(asked.folder, asked.walk, asked.out, asked.profile, tells=asked.tell)
