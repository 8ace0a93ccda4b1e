# SPDX-License-Identifier: MIT
"""How fast the list is under any filter, any order and every key, beside a raw cursor.

The cursor reads as many rows of the same table along the same index, or the same rows where a
filter has no peer. Each row pools many lists; the slowest filters are named below the table.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlcipher3 import dbapi2

from models.caselist import PAGE, Outline, Query, SortBy, case_ids, first_page, outline, page
from models.logbook import Logbook
from models.query import FIELDS, Filter, parse, parse_partial
from tests.benchmarks.measure import Row, Timing, in_turn, pooled

COMBINED = (
    "level:T12 leak:yes",
    "technique:kyphoplasty -leak:yes sex:female",
    "date:2023 pain:>=7 -complete",
    "followup:due op:a",
    "kypho level:L1-L5 missing:kap",
)
"""Several conditions at once."""

TYPED = (
    "kyphoplasty",
    "t12 hemang",
    "operator b",
    "SYN-1-0042",
    "vertebroplasty l1",
    "zygomatic",
    "level:T12 leak:yes kypho",
)
"""What people type, key by key: words of many cases, of few and of none, and conditions."""

ORDERS = (
    (SortBy.DATE, True),
    (SortBy.DATE, False),
    (SortBy.PATIENT, False),
    (SortBy.LEVEL, False),
    (SortBy.PAIN_CHANGE, False),
)
PAGE_GOAL, KEY_GOAL = "5 ms, 95th percentile", "16 ms, 95th percentile"


@dataclass(frozen=True, slots=True)
class Lists:
    """The logbook with a raw cursor on it, and dice for where in a list to look."""

    logbook: Logbook
    raw: dbapi2.Connection
    dice: random.Random

    def first(self, query: Query) -> Callable[[], object]:
        """Reads the first page."""
        return lambda: first_page(self.logbook, query)

    def any(self, query: Query, whole: Outline) -> Callable[[], object]:
        """Reads some page."""
        index = self.dice.randrange(whole.pages)
        return lambda: page(self.logbook, whole, index)

    def rows_along(self, query: Query) -> Callable[[], object]:
        """Reads a page of raw rows along the index."""
        direction = "DESC" if query.descending else "ASC"
        order = ", ".join(f"{name} {direction}" for name in (*query.sort.columns, "number"))
        sql = f"SELECT * FROM case_row WHERE deleted = 0 ORDER BY {order} LIMIT {PAGE}"
        return lambda: self.raw.execute(sql).fetchall()

    def same_rows(self, query: Query) -> Callable[[], object]:
        """Reads the rows of the first page by their numbers."""
        lines = first_page(self.logbook, query).lines
        wanted = json.dumps([line.number for line in lines])
        sql = "SELECT * FROM case_row WHERE number IN (SELECT value FROM json_each(?))"
        return lambda: self.raw.execute(sql, (wanted,)).fetchall()


def listing(logbook: Logbook, runs: int) -> Iterator[Row]:
    """Pages, keys, and what follows the first page."""
    lists = Lists(logbook, dbapi2.connect(str(logbook.file)), random.Random(1))
    yield _sorts(lists, runs)
    yield from _filters(lists, runs)
    yield keys(lists, runs)
    for text in ("", "kypho", "level:T12 leak:yes"):
        query = Query(parse(text))
        ours, _ = in_turn(partial(outline, logbook, query), None, runs)
        yield Row(f"outline of the list: {text or 'all'}", ours, "", None, "off the UI thread")
    ours, _ = in_turn(lambda: sum(map(len, case_ids(logbook, Query()))), None, runs)
    yield Row("ids of all cases, streamed", ours, "", None, "off the UI thread")


def _sorts(lists: Lists, runs: int) -> Row:
    timings, peers = [], []
    for sort in SortBy:
        for descending in (True, False):
            query = Query(sort=sort, descending=descending)
            whole = outline(lists.logbook, query)
            for ours in (lists.first(query), lists.any(query, whole)):
                own, peer = in_turn(ours, lists.rows_along(query), runs)
                timings.append(own)
                peers.append(peer)
    work = f"list page, each of {len(SortBy)} sorts, both ways"
    return _row(work, timings, peers, "raw cursor along the index", PAGE_GOAL)


def _filters(lists: Lists, runs: int) -> Iterator[Row]:
    texts = [*(field.example for field in FIELDS), *COMBINED]
    found: list[tuple[Timing, str]] = []
    peers = []
    for text in texts:
        for sort, descending in ORDERS:
            query = Query(parse(text), sort, descending)
            whole = outline(lists.logbook, query)
            asked = [lists.first(query)]
            if whole.count:
                asked.append(lists.any(query, whole))
            for ours in asked:
                own, peer = in_turn(ours, lists.same_rows(query), runs)
                found.append((own, f"{text}, by {sort.name.lower()}"))
                peers.append(peer)
    work = f"list page, each of {len(texts)} filters, {len(ORDERS)} orders"
    yield _row(work, [own for own, _ in found], peers, "raw cursor, the same rows", PAGE_GOAL)
    slowest = sorted(found, key=lambda pair: -pair[0].median)
    for own, text in slowest[:3]:
        yield Row(f"  slow: {text}"[:44], own, "", None, "")


def keys(lists: Lists, runs: int, work: str = "") -> Row:
    """The first page after each key of what is typed."""
    timings, peers = [], []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            query = Query(_understood(text[:end]))
            own, peer = in_turn(lists.first(query), lists.same_rows(query), runs)
            timings.append(own)
            peers.append(peer)
    work = work or f"search per keystroke, {len(timings)} keys"
    return _row(work, timings, peers, "raw cursor, the same rows", KEY_GOAL)


def _understood(text: str) -> Filter:
    return parse_partial(text).filter


def _row(
    work: str, timings: list[Timing], peers: list[Timing | None], peer_name: str, goal: str
) -> Row:
    known = [peer for peer in peers if peer is not None]
    return Row(work, pooled(timings), peer_name, pooled(known), goal)
