# SPDX-License-Identifier: MIT
"""How complete the follow-up is, visit by visit, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.followup.tally import Completeness
from models.reports.content import Column, Table
from models.reports.wording import small, with_interval

_COMPLETENESS = (
    Column("Visit", 1.0),
    Column("Due", 0.5, is_right=True),
    Column("With a score", 1.6),
    Column("Pending", 0.6, is_right=True),
    Column("Died before", 0.7, is_right=True),
    Column("Without a score, and why", 2.4),
)


def completeness_table(visits: Iterable[Completeness], today: date, caption: str) -> Table:
    """Of each visit how many were due, how many have a score, and why the others have none."""
    rows = tuple(_visit(point) for point in visits)
    note = (
        f"As of {today}, of cases dated to the day. Due: the days on which the visit is on time "
        "are over, and the patient had not died before. Pending: neither an answer nor a reason, "
        "and the visit can still be had. 95 % CI by Wilson."
    )
    return Table(_COMPLETENESS, rows, caption, note)


def _visit(point: Completeness) -> tuple[str, ...]:
    reasons = ", ".join(f"{n:,} {small(mark.label)}" for mark, n in point.missing.items())
    return (
        point.time_point.label,
        f"{point.n_due:,}",
        with_interval(point.rate, none="none due"),
        f"{point.n_pending:,}",
        f"{point.n_died:,}",
        reasons or "–",
    )
