# SPDX-License-Identifier: MIT
"""Files out and in, each as a whole process, beside the sqlite3 program and sqlite-utils.

Of each process are told wall time, processor time and the most memory that it held. What is not
installed is skipped by name. The peers do less: neither checks a value, keeps an audit, or makes a
search index; how much that costs is what the ratio tells.
"""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS, ListColumns
from models.logbook import Logbook
from models.schema import RECORD_TABLES
from models.vocabulary import TimePoint

CLINIC = (
    "patient_code",
    "sex",
    "age_at_procedure",
    "performed_on",
    "operator",
    "level",
    "technique",
    "approach",
    "cement_ml",
    "leakage",
    "pain_scale",
    "pain_baseline",
    "pain_3m",
)
"""A table such as a clinic keeps by itself."""

SIZES = (10_000, 100_000)
_LARGE = 50_000
_MIB = 1024

Command = Sequence[str | Path]
Begin = Callable[[], Command]
"""Makes room for a run, and gives its command."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took: milliseconds on the clock and of processors, MiB at most; medians."""

    wall: float
    cpu: float
    peak: float
    runs: int


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
        return round(self.ours.cpu / self.peer.cpu, 2) if self.peer and self.peer.cpu else None

    def as_json(self) -> dict[str, object]:
        """For ``build/bench.json``."""
        return {**asdict(self), "ratio": self.ratio}


def exchanging(folder: Path, place: Path, runs: int, cases: int) -> Iterator[Compared]:
    """Every export of the logbook, then imports of what it exported."""
    yield from _exports(folder, place, runs)
    sizes = [size for size in SIZES if size <= cases] or [cases]
    for name, columns in (("clinic table", CLINIC), ("flat export", ())):
        whole = place / "whole.csv"
        chosen = ["--columns", ",".join(columns)] if columns else []
        subprocess.run(_export(folder, whole, *chosen), check=True, stdout=subprocess.DEVNULL)
        for size in sizes:
            part = place / "part.csv"
            rows, width = _first_rows(whole, part, size)
            work = f"import of {name}, {rows:,} rows, {width} columns"
            yield from _imports(work, part, place, 1 if rows > _LARGE else max(1, runs // 2))


def shown(lines: Sequence[Compared]) -> str:
    """The lines as a table to read."""
    head = f"{'ms':>10} {'CPU ms':>10} {'MiB':>7}"
    told = [f"{'work':52} {head} {'beside':34} {head} {'CPU':>6}  goal"]
    for line in lines:
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        peer = _spent(line.peer) if line.peer_name else ""
        told.append(
            f"{line.work:52} {_spent(line.ours)} {line.peer_name:34} {peer:>29} {ratio:>6}  "
            f"{line.goal}".rstrip()
        )
    return "\n".join(told)


def _spent(spent: Spent | None) -> str:
    if spent is None:
        return f"{'skipped':>29}"
    return f"{spent.wall:>10,.0f} {spent.cpu:>10,.0f} {spent.peak:>7,.0f}"


def _exports(folder: Path, place: Path, runs: int) -> Iterator[Compared]:
    program = shutil.which("sqlite3")
    stored = str(folder / "logbook.db")

    def peer(sql: str) -> Command | None:
        return [program, "-csv", stored, sql] if program else None

    def ours(*options: str) -> Command:
        return _export(folder, place / f"out{options[-1]}", *options[:-1])

    every = "; ".join(f'SELECT * FROM "{table._meta.table_name}"' for table in RECORD_TABLES)
    flat = ours(".csv")
    for name, sql in (("the tables joined", FLAT), ("with lists and pain", like_flat())):
        peer_name = f"sqlite3 -csv, {name}"
        yield _compared("flat CSV", flat, peer_name, peer(sql), "1.6 times", runs)
    tables = ours("--shape", "tables", ".zip")
    yield _compared(
        "CSV, linked tables", tables, "sqlite3 -csv, every table", peer(every), "", runs
    )
    for work, command in (
        ("CSV, a row a case", ours("--shape", "case", ".csv")),
        ("CSV for Excel", ours("--profile", "excel", ".csv")),
        ("data package", ours("--profile", "package", ".zip")),
        ("Excel workbook, flat", ours("--profile", "xlsx", ".xlsx")),
    ):
        yield _compared(work, command, "", None, "", max(1, runs // 3))


def _compared(
    work: str, ours: Command, peer_name: str, peer: Command | None, goal: str, runs: int
) -> Compared:
    spent, of_peer = _in_turn(lambda: ours, (lambda: peer) if peer else None, runs)
    return Compared(work, spent, peer_name, of_peer, goal)


def _imports(work: str, file: Path, place: Path, runs: int) -> Iterator[Compared]:
    program, utils = shutil.which("sqlite3"), shutil.which("sqlite-utils")
    into, plain = place / "Into.kypholog", place / "into.db"

    def ours() -> Command:
        shutil.rmtree(into, ignore_errors=True)
        Logbook.create(into).close()
        return [sys.executable, "main.py", "--logbook", into, "import", file]

    def imported() -> Command:
        plain.unlink(missing_ok=True)
        return [str(program), plain, f".import --csv {file} cases"]

    def inserted() -> Command:
        plain.unlink(missing_ok=True)
        return [str(utils), "insert", plain, "cases", file, "--csv", "--silent"]

    peer = imported if program else None
    spent, of_peer = _in_turn(ours, peer, runs)
    yield Compared(
        work,
        spent,
        "sqlite3 .import",
        of_peer,
        "10 times",
    )
    of_utils = _measured([inserted], runs)[0] if utils else None
    yield Compared(work, spent, "sqlite-utils insert --csv", of_utils, "less than 1")
    checked = _measured([lambda: [*ours(), "--dry-run"]], runs)[0]
    yield Compared(f"{work}, dry run", checked, "", None, "")


def _in_turn(ours: Begin, peer: Begin | None, runs: int) -> tuple[Spent, Spent | None]:
    both = _measured([ours] if peer is None else [ours, peer], runs)
    return both[0], both[1] if peer else None


def _measured(works: Sequence[Begin], runs: int) -> list[Spent]:
    taken: list[list[tuple[float, float, float]]] = [[] for _ in works]
    for _ in range(runs):
        for times, begin in zip(taken, works, strict=True):
            times.append(_run(begin()))
    return [_median(times) for times in taken]


def _run(command: Command) -> tuple[float, float, float]:
    """Wall and processor time in milliseconds, and the most memory in MiB, of one process."""
    run = subprocess.run(
        [sys.executable, "-S", "-E", "-c", LAUNCHER, *map(str, command)],
        check=True,
        stdout=subprocess.PIPE,
    )
    wall, cpu, peak, code = json.loads(run.stdout)
    # Some commands end with 1 where they found something to tell.
    if code not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {code}")
    return wall * 1000, cpu * 1000, peak / _MIB


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


def _median(times: Sequence[tuple[float, float, float]]) -> Spent:
    wall, cpu, peak = (round(statistics.median(each), 1) for each in zip(*times, strict=True))
    return Spent(wall, cpu, peak, len(times))


def _export(folder: Path, out: Path, *options: str) -> Command:
    start: list[str | Path] = [sys.executable, "main.py", "--logbook", folder, "export"]
    return [*start, *options, "--out", out]


def _first_rows(whole: Path, part: Path, most: int) -> tuple[int, int]:
    """The first rows of a file; how many rows and columns they have."""
    written = -1
    with (
        whole.open(encoding="utf-8", newline="") as read,
        part.open("w", encoding="utf-8", newline="") as write,
    ):
        rows, writer = csv.reader(read), csv.writer(write)
        width = 0
        for written, row in enumerate(rows):
            if written > most:
                written = most
                break
            width = len(row)
            writer.writerow(row)
    return written, width


FLAT = """
SELECT procedure.*, treated_level.*, patient.* FROM procedure
JOIN patient ON patient.id = procedure.patient_id
LEFT JOIN treated_level ON treated_level.procedure_id = procedure.id
"""


def like_flat() -> str:
    """What comes nearest to the flat export in one statement: lists joined, and a score a time.

    It puts levels and lists into no order, works out no gain, and takes any score of a time point.
    """
    joins, columns = [], []
    for lists in (*LEVEL_LISTS, *CASE_LISTS):
        name, parent = str(lists.table._meta.table_name), f"{lists.parent}_id"
        joins.append(f"LEFT JOIN ({_gathered(lists)}) AS of_{name} ON of_{name}.{parent} = ")
        joins[-1] += "treated_level.id" if lists in LEVEL_LISTS else "procedure.id"
        columns.append(f"of_{name}.*")
    ends = ("pain_low", "pain_high", "pain_words", "assessed_on", "missing_reason")
    scores = ", ".join(
        f"max(CASE WHEN time_point = '{point.value}' THEN {end} END)"
        for point in TimePoint
        for end in (*ends, "global_outcome")
    )
    pain = f"SELECT procedure_id, {scores} FROM assessment GROUP BY procedure_id"
    joins.append(f"LEFT JOIN ({pain}) AS pain ON pain.procedure_id = procedure.id")
    head = FLAT.strip().split(" FROM ", 1)
    return f"{head[0]}, {', '.join(columns)}, pain.* FROM {head[1]} {' '.join(joins)}"


def _gathered(lists: ListColumns) -> str:
    names = [field.column_name for field in lists.fields.values()]
    told = ", ".join(f"group_concat(coalesce({name}, ''), '|')" for name in names)
    parent, table = f"{lists.parent}_id", lists.table._meta.table_name
    return f"SELECT {parent}, count(*), {told} FROM {table} GROUP BY {parent}"
