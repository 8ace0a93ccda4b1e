# SPDX-License-Identifier: MIT
"""``make bench``: saving, listing, exporting and starting, each beside its peer in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlcipher3 import dbapi2

from models.case import save_case
from models.logbook import Logbook
from models.sample import make_cases
from tests.benchmarks import measure, processes
from tests.benchmarks.exchange import exchanging
from tests.benchmarks.followup import following
from tests.benchmarks.growth import growing
from tests.benchmarks.listing import listing
from tests.benchmarks.measure import Row, in_turn, once, process
from tests.benchmarks.outcomes import outcomes
from tests.benchmarks.processes import Compared
from tests.benchmarks.safety import watching
from tests.benchmarks.starting import starting

OUT = Path("build/bench.json")
_HEADINGS = {Row: measure.HEADING, Compared: processes.HEADING}


def saving(place: Path, runs: int) -> Row:
    """One whole case, durable and audited, beside the same rows by raw sqlite3."""
    logbook = Logbook.create(place / "Save.kypholog")
    cases = make_cases(runs + 1, seed=7)
    raw = _raw_writer(place / "raw.db", logbook)
    ours, peer = in_turn(lambda: save_case(logbook, next(cases)), raw, runs)
    logbook.close()
    return Row("save a case", ours, "raw sqlite3, one transaction", peer, "at most 10 times")


def _raw_writer(file: Path, logbook: Logbook) -> Callable[[], object]:
    save_case(logbook, next(make_cases(1, seed=3)))
    source = dbapi2.connect(str(logbook.file))
    names = [row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    raw = dbapi2.connect(str(file), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    statements: list[tuple[str, list[tuple[object, ...]]]] = []
    for name in names:
        if name.startswith(("case_search", "sqlite_", "schema_")):
            continue
        rows = source.execute(f'SELECT * FROM "{name}"').fetchall()
        if rows:
            columns = ", ".join(f"c{number}" for number in range(len(rows[0])))
            raw.execute(f'CREATE TABLE "{name}" (n INTEGER PRIMARY KEY, {columns})')
            marks = ", ".join("?" * len(rows[0]))
            statements.append((f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', rows))

    def write() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for statement, rows in statements:
            raw.executemany(statement, rows)
        raw.execute("COMMIT")

    return write


def filling(folder: Path, cases: int) -> Row:
    """A synthetic logbook, made once."""
    command = [sys.executable, "main.py", "--logbook", str(folder), "sample"]
    timing = once(process([*command, "--cases", str(cases), "--seed", "1"]))
    return Row(f"sample, {cases:,} cases", timing, "", None, "100,000 in 2 minutes")


def reading(folder: Path, runs: int) -> Iterator[Row]:
    """The list and the follow-up."""
    logbook = Logbook.open(folder)
    yield from listing(logbook, runs)
    yield from following(logbook, runs)
    logbook.close()


def working_out(folder: Path, runs: int) -> Iterator[Row]:
    """Numbers and figures of Outcomes and Safety."""
    logbook = Logbook.open(folder)
    yield from outcomes(logbook, runs)
    yield from watching(logbook, runs)
    logbook.close()


def main() -> int:
    """Measure, print the table, write build/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="size of the logbook")
    parser.add_argument("--logbook", type=Path, help="measure on this one, which is not changed")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--only-exchange", action="store_true", help="files out and in, no more")
    only.add_argument("--only-numbers", action="store_true", help="Outcomes and Safety, no more")
    only.add_argument("--only-list", action="store_true", help="list, search, saving, no more")
    only.add_argument("--only-window", action="store_true", help="start and memory, no more")
    only.add_argument("--only-stalls", action="store_true", help="the window waits, no more")
    only.add_argument(
        "--grown",
        type=Path,
        nargs="+",
        metavar="DIR",
        help="list, search, save, export on each of these, which get some cases more, no more",
    )
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each side")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    told: list[dict[str, object]] = []
    heading = ""
    OUT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CONFIG_HOME"] = name
        # Each as soon as it is there: what is ended early keeps what it has measured.
        for one in measured(options, Path(name)):
            if heading != _HEADINGS[type(one)]:
                heading = _HEADINGS[type(one)]
                print(heading)
            print(one.line, flush=True)
            told.append(one.as_json())
            OUT.write_text(json.dumps(told, indent=2), encoding="utf-8")
    return 0


def measured(options: argparse.Namespace, place: Path) -> Iterator[Row | Compared]:
    """What was asked for, in a folder for all that is made: what runs in here, and processes."""
    if options.grown:
        yield from growing(options.grown, place, options.runs)
        return
    folder = options.logbook or place / "Bench.kypholog"
    if not options.logbook:
        yield filling(folder, options.cases)
    if options.only_stalls:
        # Only here, so that nothing else is measured beside a window.
        from tests.benchmarks.stalls import stalling

        yield from stalling(folder, place, options.runs)
        return
    everything = not any(
        (options.only_exchange, options.only_numbers, options.only_list, options.only_window)
    )
    if everything or options.only_list:
        yield saving(place, max(50, options.runs))
        yield from reading(folder, options.runs)
    if everything or options.only_numbers:
        filling(place / "Small.kypholog", 1_000)
        for logbook in (folder, place / "Small.kypholog"):
            yield from working_out(logbook, options.runs)
    if everything or options.only_window:
        yield from starting(folder, options.runs)
    if everything or options.only_exchange:
        yield from exchanging(folder, place, options.runs, options.cases)


if __name__ == "__main__":
    raise SystemExit(main())
