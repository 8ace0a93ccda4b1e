# SPDX-License-Identifier: MIT
"""How complete the follow-up is, visit by visit, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.followup.tally import Completeness
from models.reports.content import Column, Table
from models.reports.wording import small, with_interval
from models.speech import numeral, numerals, say

_COMPLETENESS = (
    Column(say("Visit"), 1.0),
    Column(say("Due"), 0.5, is_right=True),
    Column(say("With a score"), 1.6),
    Column(say("Pending"), 0.6, is_right=True),
    Column(say("Died before"), 0.7, is_right=True),
    Column(say("Without a score, and why"), 2.4),
)


def completeness_table(visits: Iterable[Completeness], today: date, caption: str) -> Table:
    """Of each visit how many were due, how many have a score, and why the others have none."""
    rows = tuple(_visit(point) for point in visits)
    note = say(
        "As of {today}, of cases dated to the day. Due: the days on which the visit is "
        "on time are over, and the patient had not died before. Pending: neither an "
        "answer nor a reason, and the visit can still be had. 95 % CI by Wilson.",
        today=today,
    )
    return Table(_COMPLETENESS, rows, caption, note)


def _visit(point: Completeness) -> tuple[str, ...]:
    reasons = ", ".join(
        numerals("{n:,} {mark}", n=n, mark=small(mark.label)) for mark, n in point.missing.items()
    )
    return (
        point.time_point.label,
        numeral(point.n_due, ","),
        with_interval(point.rate, none=say("none due")),
        numeral(point.n_pending, ","),
        numeral(point.n_died, ","),
        reasons or "–",
    )
