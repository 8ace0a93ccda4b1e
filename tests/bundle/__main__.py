# SPDX-License-Identifier: MIT
"""``make bundle-test``: the bundle at work in an empty environment, and how long it takes to start.

The environment has no PATH and no Python, and a home that nobody can write to. The times are those
of the bundle and of the sources in turn, until the list of cases is there and all is closed again.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.radiographs import as_compressed_dicom, lateral

ROOT = Path(__file__).parents[2]
STORED = ROOT / "tests" / "data" / "logbooks" / "0001_initial.sqlite"
NOBODYS_HOME = "/proc"
"""Not even the superuser makes a file there."""

MOST_TIMES = 1.5
"""How long the bundle may take to start, beside the sources."""

_A_TABLE = 500
"""Bytes; the two cases of the example take more."""

TOUR = ("-m", "resources.bundle.tour")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one run: on the clock, and of the processors."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Task:
    """Something the bundle has to be able to do.

    Attributes:
        arguments: of the program.
        is_right: whether what it wrote on stdout, or left behind, is what was asked for.
        exits: the exit code that is right.
        given: what it reads from stdin.
    """

    name: str
    arguments: Sequence[str]
    is_right: Callable[[bytes], bool] = lambda _: True
    exits: int = 0
    given: bytes = b""


def tasks(place: Path) -> Iterator[Task]:
    """One after the other; each has what the ones before left."""
    csv, sheet = place / "out.csv", place / "out.xlsx"
    book = ("--logbook", str(place / "Try.kypholog"))
    yield Task("example", [*book, "example"])
    yield Task(
        "export", [*book, "export", "--out", str(csv)], lambda _: csv.stat().st_size > _A_TABLE
    )
    yield Task("verify", [*book, "verify"], lambda said: b"as Kypholog wrote it" in said)
    yield Task("export, workbook", [*book, "export", "--profile", "xlsx", "--out", str(sheet)])
    # Another process reads it.
    looked = [*book, "import", str(sheet), "--dry-run"]
    yield Task("import, workbook", looked, lambda said: b"Cases: 2 same" in said)
    yield Task("outcomes", [*book, "outcomes", "--json"], lambda said: b'"n_cases"' in said)
    yield Task("sample", ["--logbook", str(place / "Sample.kypholog"), "sample", "--cases", "50"])
    yield from _reports(book, place)
    yield from _encrypted(place)
    yield from _of_the_first_version(place)
    yield from _elsewhere(place)


def _reports(book: Sequence[str], place: Path) -> Iterator[Task]:
    for ending, begins in (("pdf", b"%PDF"), ("odt", b"PK"), ("html", b"<!")):
        file = place / f"series.{ending}"
        yield Task(
            f"report, {ending}",
            [*book, "report", "case-series", "--out", str(file)],
            lambda _, file=file, begins=begins: file.read_bytes().startswith(begins),  # type: ignore[misc]
        )


def _encrypted(place: Path) -> Iterator[Task]:
    secret = place / "password"
    secret.write_text("a long enough password\n", encoding="utf-8")
    book = ["--logbook", str(place / "Locked.kypholog"), "--user", "admin"]
    yield Task("encrypted, new", [*book, "create", "--new-password-file", str(secret)])
    yield Task("encrypted, example", [*book, "--password-file", str(secret), "example"])


def _of_the_first_version(place: Path) -> Iterator[Task]:
    old = place / "Old.kypholog"
    old.mkdir()
    shutil.copyfile(STORED, old / "logbook.db")
    yield Task("migrations", ["--logbook", str(old), "outcomes", "--json"])


def _elsewhere(place: Path) -> Iterator[Task]:
    yield Task(
        "all pages, help, About",
        [*TOUR, str(place / "Sample.kypholog"), "all"],
        lambda said: b" parts" in said,
    )
    for code, file, cancel in (("de", "Datei", "Abbrechen"), ("es", "Archivo", "Cancelar")):
        yield Task(
            f"all pages, {code}",
            [*TOUR, str(place / "Sample.kypholog"), "all", "--language", code],
            lambda said, file=file, cancel=cancel: {file, cancel} <= set(said.decode().split()),  # type: ignore[misc]
        )
    radiograph = as_compressed_dicom(lateral(), "JPEGLosslessProcess14_1", place / "xa.dcm")
    yield Task(
        "radiograph, compressed",
        ["-m", "models.images.apart", "0"],
        lambda said: said.startswith(b"\x93NUMPY"),
        given=radiograph,
    )
    # The driver is there, and the server is not.
    nowhere = ["--logbook", "postgresql://nobody@127.0.0.1:9/none", "verify"]
    yield Task("PostgreSQL, no server", nowhere, exits=2)
    yield Task("no screen", ["--logbook", str(place)], exits=2)


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


def timed(program: Sequence[str], folder: Path, place: Path) -> Taken:
    """One start, and the end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(
        [*program, *TOUR, str(folder)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(place)},
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
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        failures = sum(not does(program, task) for task in tasks(place))
        folder = options.logbook or place / "Try.kypholog"
        failures += start_is_slow(program, folder, place, options.runs)
    return failures


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
