# SPDX-License-Identifier: MIT
"""How fast it is to tell whom to ask today, beside a raw cursor on the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import count

from sqlcipher3 import dbapi2

from models.followup.duelist import due_lines, due_numbers, follow_ups
from models.followup.planning import effect_of
from models.followup.spans import Which
from models.followup.tally import tally
from models.logbook import Logbook
from models.sample.generator import REFERENCE_DAY
from models.timepoints import STANDARD, VisitPlan
from models.vocabulary import TimePoint
from tests.benchmarks.measure import Row, in_turn

_FOLLOWED = """
SELECT number, performed_day, visits FROM case_row
WHERE deleted = 0 AND performed_day BETWEEN ? AND ? AND days_to_death IS NULL
ORDER BY performed_day
"""

_LINES = "SELECT * FROM case_row WHERE number IN (SELECT value FROM json_each(?))"
_ASKED = "SELECT * FROM assessment WHERE procedure_id IN (SELECT value FROM json_each(?))"
_ALL = "SELECT performed_day, visits, days_to_death FROM case_row WHERE deleted = 0"


def following(logbook: Logbook, runs: int) -> Iterator[Row]:
    """Lists, counts, a page, and what another plan would move."""
    today = REFERENCE_DAY
    raw = dbapi2.connect(str(logbook.file))
    since = today.toordinal() - STANDARD.last_day, today.toordinal()

    def rows() -> object:
        return raw.execute(_FOLLOWED, since).fetchall()

    ours, peer = in_turn(lambda: due_numbers(logbook, Which.OVERDUE, today), rows, runs)
    yield Row("whom to ask: overdue", ours, "raw cursor, all followed", peer, "off the UI thread")
    ours, peer = in_turn(lambda: due_numbers(logbook, Which.ALL, today), rows, runs)
    yield Row("whom to ask: all to come", ours, "raw cursor, all followed", peer, "")
    yield from _pages(logbook, raw, today, runs)
    yield from _counts(logbook, raw, today, runs)
    windows = [
        (one.time_point, 42, 14, 66, True)
        if one.time_point is TimePoint.M1
        else (one.time_point, one.target_day, one.tolerance, one.last_day, True)
        for one in STANDARD.windows
    ]
    plan = VisitPlan.of(*windows)
    ours, _ = in_turn(lambda: effect_of(logbook, plan), None, max(3, runs // 5))
    yield Row("what another visit plan would move", ours, "", None, "")


def _pages(logbook: Logbook, raw: dbapi2.Connection, today: date, runs: int) -> Iterator[Row]:
    """What is read when the page opens or is scrolled, and when any list tells of follow-up."""
    order = due_numbers(logbook, Which.ALL, today)
    steps = count()

    def page() -> list[int]:
        start = next(steps) * 997 % max(1, len(order) - 100)
        return list(order[start : start + 100])

    def rows() -> object:
        lines = raw.execute(_LINES, (json.dumps(page()),)).fetchall()
        return raw.execute(_ASKED, (json.dumps([line[1] for line in lines]),)).fetchall()

    ours, peer = in_turn(lambda: due_lines(logbook, page(), today), rows, runs)
    peer_name = "raw cursor, lines and scores"
    yield Row("one page of whom to ask, 100 visits", ours, peer_name, peer, "off the UI thread")
    ours, _ = in_turn(lambda: follow_ups(logbook, page(), today), None, runs)
    yield Row("follow-up state of a page of 100 cases", ours, "", None, "5 ms")


def _counts(logbook: Logbook, raw: dbapi2.Connection, today: date, runs: int) -> Iterator[Row]:
    """What is counted after every save: states, lists, and how complete each visit is."""

    def rows() -> object:
        return raw.execute(_ALL).fetchall()

    ours, peer = in_turn(lambda: tally(logbook, today).counts(), rows, runs)
    yield Row("counts by state and list", ours, "raw cursor, all cases", peer, "off the UI thread")
    ours, peer = in_turn(lambda: tally(logbook, today).completeness(), rows, runs)
    yield Row("completeness of every visit", ours, "raw cursor, all cases", peer, "")
