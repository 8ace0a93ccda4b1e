# SPDX-License-Identifier: MIT
"""``make torture``: kills, full disks and damaged files, for as long as one likes, counted."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from tests.torture.clocks import shift_all
from tests.torture.damaging import damage_all
from tests.torture.denying import deny_all
from tests.torture.filling import fill_all
from tests.torture.killing import Limit, kill_all
from tests.torture.telling import Counts, rows_of, table_of
from tests.torture.together import write_together

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
PAGE = ROOT / "resources" / "help" / "promises.md"
_DISK_MIB = 48
_WEIGHTS = {"writers": 1, "clock": 2, "denied": 2, "damage": 3, "full": 3, "disk": 2, "kill": 12}
"""The parts, and how the time is shared out; what one part does not need is for those after it."""


def main() -> int:
    """Run what was asked for; 1 where a promise was broken, told by what was done."""
    options = _options()
    began = time.monotonic()
    chance = Random(options.seed)

    print(f"Seed {options.seed}.", flush=True)
    found: dict[str, Counts] = {}
    only = options.only
    with tempfile.TemporaryDirectory(prefix="torture-", dir=options.place) as place:
        parts: dict[str, Callable[[Path, Limit], Counts]] = {
            "writers": lambda here, limit: write_together(here, options.saves, options.seconds),
            "clock": lambda here, limit: shift_all(here, options.clocks, chance, limit, only),
            "denied": lambda here, limit: deny_all(here, options.denials, chance, limit, only),
            "damage": lambda here, limit: damage_all(here, options.damages, chance, limit),
            "full": lambda here, limit: fill_all(here, options.steps, chance, limit, only),
            "disk": lambda here, limit: _on_small_disk(here, options, chance, limit),
            "kill": lambda here, limit: kill_all(here, options.kills, chance, limit, only),
        }
        whole = Limit(options.minutes * 60)
        left = sum(_WEIGHTS[name] for name in parts if name in options.parts)
        for name, work in parts.items():
            if name in options.parts:
                here = Path(place) / name
                here.mkdir()
                found[name] = work(here, whole.share(_WEIGHTS[name], left))
                left -= _WEIGHTS[name]
                shutil.rmtree(here)
    if options.bare:
        print(json.dumps(found))
        return 0
    seconds = time.monotonic() - began
    _write(options, found, seconds)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make torture ARGS=", description=__doc__)
    add = parser.add_argument
    add("--minutes", type=float, default=10, help="at most so long, 10 by default")
    add("--kills", type=int, default=1_000, help="shared out among all kinds of work")
    add("--steps", type=int, default=12, help="limits of the disk for each kind of work")
    add("--damages", type=int, default=400, help="files that are damaged")
    add("--saves", type=int, default=500, help="of each of two programs at once, at least")
    add("--seconds", type=float, default=60, help="for which the two write, at least")
    add("--clocks", type=int, default=6, help="wrong clocks for each kind of work")
    add("--denials", type=int, default=12, help="protected files for each kind of work")
    add("--seed", type=int, default=int(time.time()), help="where chance starts")
    add("--parts", default=",".join(_WEIGHTS), help="what is done")
    add("--only", nargs="*", default=[], metavar="WORK", help="kinds of work; all by default")
    add("--place", default=None, help="a folder to work in; a temporary one by default")
    add("--page", action="store_true", help="write the counts into resources/help/promises.md")
    add("--bare", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _on_small_disk(
    place: Path, options: argparse.Namespace, chance: Random, limit: Limit
) -> Counts:
    """The same in a process that has a small disk of its own; nothing where none can be mounted."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("unshare"):
        return {}
    script = f'mount -t tmpfs -o size={_DISK_MIB}m tmpfs "$0" && exec "$@"'
    words = [sys.executable, "-m", "tests.torture.filling", str(place), str(options.steps)]
    words += [str(chance.randrange(1 << 30)), str(limit.seconds())]
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, str(place), *words, *options.only],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 32 or "permission denied" in done.stderr:
        return {}
    assert done.returncode == 0, done.stderr
    return {name: Counter(counts) for name, counts in json.loads(done.stdout).items()}


def _write(options: argparse.Namespace, found: dict[str, Counts], seconds: float) -> None:
    """The counts, for programs and for people."""
    numbers = ("kills", "steps", "damages", "denials", "clocks", "saves", "seconds")
    words = " ".join(f"--{name} {getattr(options, name):g}" for name in numbers)
    said = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": f'make torture ARGS="{words} --minutes {options.minutes:g}"',
        "seed": options.seed,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(sum(os.times()[:4]), 1),
        "found": found,
    }
    BUILD.mkdir(exist_ok=True)
    (BUILD / "torture.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    print(table_of(found))
    print(f"{seconds:,.0f} s, {said['cpu_seconds']:,.0f} s of the processor. build/torture.json")
    if options.page:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(rows_of(text, said, found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
