# SPDX-License-Identifier: MIT
"""Files out and in, each as a whole process, beside the sqlite3 program and sqlite-utils.

All that stands in one line runs in turn. What is not installed is skipped by name. The peers do
less: neither checks a value, keeps an audit, or makes a search index; how much that costs is what
the ratio tells.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from models.exchange.flat_columns import CASE_LISTS, LEVEL_LISTS, ListColumns
from models.logbook import Logbook
from models.schema import RECORD_TABLES
from models.vocabulary import TimePoint
from tests.benchmarks.processes import Command, Compared, measured

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

_SIZES = {"clinic table": (10_000, 100_000), "flat export": (10_000,)}
"""Rows that are imported. A hundred thousand with all columns would take an hour beside their peer,
and tell nothing that ten thousand do not."""


def exchanging(folder: Path, place: Path, runs: int, cases: int) -> Iterator[Compared]:
    """Every export of the logbook, then imports of what it exported."""
    yield from _exports(folder, place, runs)
    for name, columns in (("clinic table", CLINIC), ("flat export", ())):
        whole = place / "whole.csv"
        chosen = ["--columns", ",".join(columns)] if columns else []
        subprocess.run(_export(folder, whole, *chosen), check=True, stdout=subprocess.DEVNULL)
        for size in [size for size in _SIZES[name] if size <= cases] or [cases]:
            part = place / "part.csv"
            rows, width = _first_rows(whole, part, size)
            work = f"import of {name}, {rows:,} rows, {width} columns"
            yield from _imports(work, part, place, runs)


def _exports(folder: Path, place: Path, runs: int) -> Iterator[Compared]:
    program = shutil.which("sqlite3")
    stored = str(folder / "logbook.db")

    def peer(sql: str) -> Command | None:
        return [program, "-csv", stored, sql] if program else None

    def ours(*options: str) -> Command:
        return _export(folder, place / f"out{options[-1]}", *options[:-1])

    every = "; ".join(f'SELECT * FROM "{table._meta.table_name}"' for table in RECORD_TABLES)
    queries = {"the tables joined": FLAT, "with lists and pain": like_flat()}
    peers = {f"sqlite3 -csv, {name}": peer(sql) for name, sql in queries.items()}
    yield from _compared("flat CSV", ours(".csv"), peers, "1.6 times", runs)
    tables = ours("--shape", "tables", ".zip")
    alike = {"sqlite3 -csv, every table": peer(every)}
    yield from _compared("CSV, linked tables", tables, alike, "", runs)
    for work, command in (
        ("CSV, a row a case", ours("--shape", "case", ".csv")),
        ("CSV for Excel", ours("--profile", "excel", ".csv")),
        ("data package", ours("--profile", "package", ".zip")),
        ("Excel workbook, flat", ours("--profile", "xlsx", ".xlsx")),
    ):
        yield from _compared(work, command, {"": None}, "", runs)


def _compared(
    work: str, ours: Command, peers: Mapping[str, Command | None], goal: str, runs: int
) -> Iterator[Compared]:
    """A line beside each peer; all of them ran in turn."""
    begin = [ours, *peers.values()]
    spent, *of_peers = measured([partial(_same, each) if each else None for each in begin], runs)
    assert spent is not None
    for name, of_peer in zip(peers, of_peers, strict=True):
        yield Compared(work, spent, name, of_peer, goal)


def _same(command: Command) -> Command:
    return command


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

    def checked() -> Command:
        return [*ours(), "--dry-run"]

    spent, of_sqlite, of_utils, dry = measured(
        [ours, imported if program else None, inserted if utils else None, checked], runs
    )
    assert spent is not None
    assert dry is not None
    yield Compared(work, spent, "sqlite3 .import", of_sqlite, "10 times")
    yield Compared(work, spent, "sqlite-utils insert --csv", of_utils, "less than 1")
    yield Compared(f"{work}, dry run", dry, "", None, "")


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
