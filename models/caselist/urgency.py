# SPDX-License-Identifier: MIT
"""The order in which patients have to be asked: by the last day on which the next visit is on time.

What is next changes from day to day, so no index can keep this order. But the cases of one next
visit stand in it as their procedures do, and an index keeps those: for each visit there is a walk
along it, and the walks are merged. Cases without a next visit come last, as they were entered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from models.caselist.order import NUMBER
from models.caselist.sql import Sql, Value, every
from models.quick import dataclass
from models.timepoints import VISITS, VisitPlan, Window
from models.visits import Mark

_ANY = every([])
_OPEN = ", ".join(f"'{mark.value}'" for mark in Mark if mark.is_open)


@dataclass(frozen=True, slots=True)
class Urgency:
    """The order on a day, with the same questions as any other ``Order``."""

    plan: VisitPlan
    today: date
    descending: bool

    def walk(self, limit: int) -> Sql:
        """The numbers of the first cases, or of all, in order."""
        parts = [self._asked(limit), self._others(limit)]
        joined = " UNION ALL ".join(f"SELECT * FROM ({part.text})" for part in parts)
        return Sql(f"SELECT number FROM ({joined}) LIMIT {limit}", _values(parts))

    def sort(self, among: Sql, limit: int, column: str = NUMBER) -> Sql:
        """The same for few cases, which the condition ``among`` tells by their number r.number."""
        last = self._last_day()
        return Sql(
            f"SELECT {column} FROM case_row r WHERE {among.text} AND +r.deleted = 0 "
            f"ORDER BY {last.text} {self._direction} NULLS LAST, r.number {self._direction} "
            f"LIMIT {limit}",
            among.values + last.values,
        )

    def first(self, among: Sql, limit: int) -> Sql:
        """The numbers of the first cases that meet ``among``; as of ``Order``."""
        walks = [
            *(self._walk_of(window, limit, among) for window in self.plan.asked),
            self._others(limit, among, "CAST(NULL AS INTEGER)"),
        ]
        joined = " UNION ALL ".join(f"SELECT * FROM ({walk.text})" for walk in walks)
        return Sql(
            f"SELECT number FROM ({joined}) ORDER BY last_day {self._direction} NULLS LAST, "
            f"number {self._direction} LIMIT {limit}",
            _values(walks),
        )

    def _asked(self, limit: int) -> Sql:
        """Cases with a next visit: for each visit along the index, and merged."""
        walks = [self._walk_of(window, limit) for window in self.plan.asked]
        joined = " UNION ALL ".join(f"SELECT * FROM ({walk.text})" for walk in walks)
        return Sql(
            f"SELECT number FROM ({joined}) "
            f"ORDER BY last_day {self._direction}, number {self._direction} LIMIT {limit}",
            _values(walks),
        )

    def _walk_of(self, window: Window, limit: int, among: Sql = _ANY) -> Sql:
        """The cases of which a visit is the next, in the order of their procedures."""
        met = every([among, self._is_next(window)])
        return Sql(
            "SELECT r.number AS number, r.performed_day + ? AS last_day FROM case_row r "
            f"WHERE r.deleted = 0 AND {met.text} ORDER BY r.performed_day {self._direction}, "
            f"r.number {self._direction} LIMIT {limit}",
            (window.ideal_last, *met.values),
        )

    def _others(self, limit: int, among: Sql = _ANY, also: str = "") -> Sql:
        """Cases without a next visit; ``also`` is what is told beside the number."""
        last = self._last_day()
        told = "r.number AS number" + (f", {also} AS last_day" if also else "")
        return Sql(
            f"SELECT {told} FROM case_row r WHERE {among.text} AND +r.deleted = 0 "
            f"AND {last.text} IS NULL ORDER BY r.number {self._direction} LIMIT {limit}",
            among.values + last.values,
        )

    def _last_day(self) -> Sql:
        """The last day on which the next visit of a case is on time; NULL where there is none."""
        cases = [
            (_is_open(window), self._oldest(window), window.ideal_last)
            for window in self.plan.asked
        ]
        told = " ".join(
            f"WHEN r.performed_day >= ? AND {is_open} THEN r.performed_day + ?"
            for is_open, _, _ in cases
        )
        values = tuple(value for _, *pair in cases for value in pair)
        return Sql(f"CASE WHEN r.days_to_death IS NOT NULL THEN NULL {told} END", values)

    def _is_next(self, window: Window) -> Sql:
        """Whether a visit is the next of a case: it is open, and none before it still is."""
        passed = [
            Sql(f"NOT (r.performed_day >= ? AND {_is_open(one)})", (self._oldest(one),))
            for one in takewhile(lambda one: one is not window, self.plan.asked)
        ]
        still = Sql(f"r.performed_day >= ? AND {_is_open(window)}", (self._oldest(window),))
        return every([still, Sql("r.days_to_death IS NULL"), *passed])

    def _oldest(self, window: Window) -> int:
        """The day of the procedures that are just not too old for a visit."""
        return self.today.toordinal() - window.last_day

    @property
    def _direction(self) -> str:
        return "DESC" if self.descending else "ASC"


def _is_open(window: Window) -> str:
    letter = VISITS.index(window.time_point) + 1
    return f"substr(r.visits, {letter}, 1) IN ({_OPEN})"


def _values(parts: Sequence[Sql]) -> tuple[Value, ...]:
    return tuple(value for part in parts for value in part.values)
