# SPDX-License-Identifier: MIT
"""How cost grows with the logbook: list, search, save, and the flat export as a process.

Logbooks of 1,000, 10,000, 100,000 and 1,000,000 cases are made beforehand by ``sample``. Each is
measured beside a raw cursor on its own rows, or beside ``sqlite3 -csv`` on its own tables. They get
the few dozen cases that are saved.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from sqlcipher3 import dbapi2

from models.case import save_case
from models.caselist import Query, counts, outline
from models.logbook import Logbook
from models.query import parse
from models.sample import make_cases
from tests.benchmarks.exchange import FLAT
from tests.benchmarks.listing import COMBINED, ORDERS, Lists, keys
from tests.benchmarks.measure import Row, Timing, in_turn, pooled
from tests.benchmarks.processes import Command, Compared, measured

_SAVES = 50
_EXPORTED = 700_000
"""Cases that are exported in all of the runs of a logbook; it is one run of a large one."""

_FLAT = "the same at any size"


def growing(folders: Sequence[Path], place: Path, runs: int) -> Iterator[Row | Compared]:
    """Every logbook after the other."""
    for folder in folders:
        logbook = Logbook.open(folder)
        n = counts(logbook).cases
        lists = Lists(logbook, dbapi2.connect(str(logbook.file)), random.Random(1))
        yield _pages(lists, n, runs)
        yield keys(lists, runs, f"search per keystroke, {n:,} cases")
        yield _saves(logbook, place, n)
        logbook.close()
        yield _export(folder, place, n, min(runs, max(1, _EXPORTED // max(1, n))))


def _pages(lists: Lists, n: int, runs: int) -> Row:
    own: list[Timing] = []
    raw: list[Timing | None] = []
    for text in ("", *COMBINED):
        for sort, descending in ORDERS:
            query = Query(parse(text), sort, descending)
            whole = outline(lists.logbook, query)
            asked: list[Callable[[], object]] = [lists.first(query)]
            if whole.count:
                asked.append(lists.any(query, whole))
            for ours in asked:
                one, peer = in_turn(ours, lists.same_rows(query), runs)
                own.append(one)
                raw.append(peer)
    known = [peer for peer in raw if peer is not None]
    work = f"list page, {n:,} cases"
    return Row(work, pooled(own), "raw cursor, the same rows", pooled(known), _FLAT)


def _saves(logbook: Logbook, place: Path, n: int) -> Row:
    """Beside one row of the same size in bytes, on the same disk, with its own log."""
    cases = make_cases(_SAVES + 1, seed=n + 11)
    raw = dbapi2.connect(str(place / f"raw-{n}.db"), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE IF NOT EXISTS one (n INTEGER PRIMARY KEY, what BLOB)")
    numbers, what = count(1), os.urandom(8_000)

    def write() -> None:
        raw.execute("INSERT INTO one VALUES (?, ?)", (next(numbers), what))

    ours, peer = in_turn(lambda: save_case(logbook, next(cases)), write, _SAVES)
    raw.close()
    return Row(f"save a case, {n:,} cases", ours, "raw, one row, durable", peer, _FLAT)


def _export(folder: Path, place: Path, n: int, runs: int) -> Compared:
    program = shutil.which("sqlite3")
    out = place / "grown.csv"
    ours: Command = [sys.executable, "main.py", "--logbook", folder, "export", "--out", out]
    peer: Command = [str(program), "-csv", folder / "logbook.db", FLAT]
    spent, of_peer = measured([lambda: ours, (lambda: peer) if program else None], runs)
    assert spent is not None
    out.unlink()
    goal = "in proportion, memory flat"
    return Compared(f"flat CSV, {n:,} cases", spent, "sqlite3 -csv", of_peer, goal)
