# SPDX-License-Identifier: MIT
"""How fast it is to tell whom to ask today, beside a raw cursor on the same rows."""

from __future__ import annotations

from collections.abc import Iterator
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
    order = due_numbers(logbook, Which.ALL, today)
    steps = count()

    def page() -> list[int]:
        start = next(steps) * 997 % max(1, len(order) - 100)
        return list(order[start : start + 100])

    ours, _ = in_turn(lambda: due_lines(logbook, page(), today), None, runs)
    yield Row("one page of whom to ask, 100 visits", ours, "", None, "off the UI thread")
    ours, _ = in_turn(lambda: follow_ups(logbook, page(), today), None, runs)
    yield Row("follow-up state of a page of 100 cases", ours, "", None, "5 ms")
    ours, _ = in_turn(lambda: tally(logbook, today).counts(), None, runs)
    yield Row("counts by state and list", ours, "", None, "off the UI thread")
    found = tally(logbook, today)
    ours, _ = in_turn(found.completeness, None, runs)
    yield Row("completeness, of what was counted", ours, "", None, "")
    windows = [
        (one.time_point, 42, 14, 66, True)
        if one.time_point is TimePoint.M1
        else (one.time_point, one.target_day, one.tolerance, one.last_day, True)
        for one in STANDARD.windows
    ]
    plan = VisitPlan.of(*windows)
    ours, _ = in_turn(lambda: effect_of(logbook, plan), None, max(3, runs // 5))
    yield Row("what another visit plan would move", ours, "", None, "")
