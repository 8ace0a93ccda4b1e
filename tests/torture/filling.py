# SPDX-License-Identifier: MIT
"""Every kind of work on a disk that takes less and less, and again when there is room.

Two kinds of full: no file may grow beyond so many bytes (everywhere but on Windows), and a small
disk of its own that is filled up but for so many bytes (Linux, where one may be mounted).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.torture.dying import Death
from tests.torture.killing import Bench, Limit, kinds_of

_MOST = 8
"""So many times as large as the logbook is the greatest limit."""

_FILLER = "filler"


def fill_all(
    place: Path,
    steps: int,
    chance: Random,
    limit: Limit,
    names: Sequence[str] = (),
    *,
    is_small_disk: bool = False,
) -> dict[str, Counter[str]]:
    """Try each kind of work with so many limits; what was found, by kind of work.

    Args:
        place: a folder; on a disk of its own where ``is_small_disk``.
        steps: how many limits are tried for each trial.
        chance: moves the limits, so that another run tries others.
        limit: how long it may take.
        names: of the trials; all by default.
        is_small_disk: whether the disk is filled, instead of limiting files.
    """
    found: dict[str, Counter[str]] = {}
    kinds = kinds_of(names)
    for number, (trial, is_encrypted) in enumerate(kinds):
        part = limit.part(number, len(kinds))
        bench = Bench(trial, place, is_encrypted=is_encrypted)
        counts = found.setdefault(trial.name, Counter())
        most = _MOST * bench.size()
        for step in range(steps):
            if step and part.is_over():
                break
            # Most of what can go wrong does so with little room.
            room = int(most * ((step + chance.random()) / steps) ** 2)
            bench.lay()
            with _filled(place, room) if is_small_disk else _limited(room) as begin:
                death = bench.work(begin=begin)
            counts["tries"] += 1
            counts["refused" if death.refusal else "done"] += 1
            try:
                _look(bench, death)
            except Exception as error:
                error.add_note(f"{trial.name}, with room for {room} bytes: {death}")
                raise
    return found


def _look(bench: Bench, death: Death) -> None:
    """The refusal names place and cure, what was told is there, and all goes well with room."""
    if death.refusal:
        assert death.refusal.endswith("."), death.refusal
        assert death.refusal.count(". ") >= 1, f"no cure: {death.refusal}"
        assert str(bench.folder) in death.refusal, death.refusal
    bench.age()
    bench.look(death.told)


@contextmanager
def _limited(room: int) -> Iterator[Callable[[], None]]:
    """What keeps a child from writing larger files."""

    def begin() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    yield begin


@contextmanager
def _filled(place: Path, room: int) -> Iterator[None]:
    """A disk with so much room left, rounded up to whole blocks."""
    filler = place / _FILLER
    state = os.statvfs(place)
    size = max(state.f_bavail * state.f_frsize - room, 0)
    with filler.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(size // state.f_frsize * state.f_frsize, 1))
    try:
        yield None
    finally:
        filler.unlink()


def main(place: str, steps: str, seed: str, seconds: str, *names: str) -> None:
    """Fill the disk that is mounted at a place, and print the counts."""
    found = fill_all(
        Path(place),
        int(steps),
        Random(int(seed)),
        Limit(float(seconds)),
        names,
        is_small_disk=True,
    )
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
