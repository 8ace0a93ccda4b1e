# SPDX-License-Identifier: MIT
"""Sets the clock back, or forward, between what was done before and the work.

What was there before is made by a child whose clock is wrong, and its files are dated by that
clock. The work itself runs by the clock of the machine: to it, all that was recorded lies in the
future, as after a clock that was set back, or long ago.
"""

from __future__ import annotations

import datetime as clock
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.torture.dying import run
from tests.torture.killing import Limit, kinds_of
from tests.torture.trials import Trial

_HOUR = 3_600
_BEHIND = (_HOUR, 26 * _HOUR, 24 * 40 * _HOUR)
_AHEAD = (*_BEHIND, 24 * 365 * 12 * _HOUR)
"""By so many seconds the clock was behind, or ahead; years behind, cases would be of the future."""


def shift_all(
    place: Path, tries: int, chance: Random, limit: Limit, names: Sequence[str] = ()
) -> dict[str, Counter[str]]:
    """Try each kind of work after so many wrong clocks; what was found, by kind of work."""
    found: dict[str, Counter[str]] = {}
    kinds = kinds_of(names)
    for number, (trial, is_encrypted) in enumerate(kinds):
        part = limit.part(number, len(kinds))
        counts = found.setdefault(trial.name, Counter())
        # What is imported on the way would hold on to the right clock, so it is there before.
        _anew(place / "run")
        trial.prepare(place / "run", is_encrypted)
        for done in range(tries):
            if done and part.is_over():
                break
            # Set back comes first, and oftener: it is what deceives.
            ahead = -chance.choice(_BEHIND) if done % 3 == 1 else chance.choice(_AHEAD)
            try:
                _try(trial, place / "run", ahead, is_encrypted=is_encrypted)
            except Exception as error:
                error.add_note(f"{trial.name}, encrypted: {is_encrypted}, clock by {ahead} s")
                raise
            counts["tries"] += 1
            counts["set back" if ahead > 0 else "set forward"] += 1
    return found


def _try(trial: Trial, folder: Path, ahead: int, *, is_encrypted: bool) -> None:
    _anew(folder)
    made = run(lambda _tell: trial.prepare(folder, is_encrypted), begin=lambda: _shift(ahead))
    assert (made.was_killed, made.refusal) == (False, ""), made
    for path in (folder, *folder.rglob("*")):
        seen = path.stat()
        os.utime(path, (seen.st_atime + ahead, seen.st_mtime + ahead))
    death = run(lambda tell: trial.work(folder, tell))
    assert (death.was_killed, death.refusal) == (False, ""), death
    trial.look(folder, death.told)


def _anew(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()


def _shift(ahead: int) -> None:
    """From here on this process has another time. It is a child, and dies with it."""
    real, seconds, nanoseconds = clock.datetime, time.time, time.time_ns
    by = clock.timedelta(seconds=ahead)

    class Kind(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, real)

    class Wrong(metaclass=Kind):
        """Makes moments as the real class does, but for the present one."""

        combine, fromisoformat = real.combine, real.fromisoformat
        fromtimestamp, strptime = real.fromtimestamp, real.strptime
        min, max = real.min, real.max

        def __new__(cls, *parts: Any, **named: Any) -> Any:
            return real(*parts, **named)

        @staticmethod
        def now(tz: clock.tzinfo | None = None) -> clock.datetime:
            return real.now(tz) + by

    time.time = lambda: seconds() + ahead
    time.time_ns = lambda: nanoseconds() + ahead * 10**9
    for name, module in list(sys.modules.items()):
        if name.startswith(("models", "tests")) and getattr(module, "datetime", None) is real:
            module.datetime = Wrong  # type: ignore[attr-defined]
