# SPDX-License-Identifier: MIT
"""Finds the numbers of the cases that a query wants, in their order, by whichever way is short.

Of many, the first that are looked at along the order are enough. Few are told by an index and
sorted. What is neither, because many meet the conditions and all of them stand far behind in the
order, is looked up in sets along the index of the order. A fixed number of statements each time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from models.caselist.bounds import first_levels, least_level
from models.caselist.conditions import Circumstances, Conditions
from models.caselist.members import Members
from models.caselist.order import NO_LIMIT, NUMBER, Order
from models.caselist.query import Query, SortBy
from models.caselist.sql import Sql, every
from models.caselist.standing import FOLLOW_UP_FIELD, followed_since
from models.caselist.urgency import Urgency
from models.caselist.written import EXPRESSION, Written
from models.engines.engine import Engine
from models.query import Filter
from models.quick import dataclass
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.timepoints import STANDARD, VisitPlan


@dataclass(frozen=True, slots=True)
class Ways:
    """When which way is taken.

    Attributes:
        near: so many cases of the order are looked at one by one at first.
        far: so many are looked at where those promise that it is enough.
        few: so many are quicker sorted than found along an index of all.
        some: where as many are found near, there are more than few in all.
        spread: so many of all are looked at to see whether many meet the conditions.
        seeks: so often a tag may be sought in the text of a case before an index is quicker.
        upper: so many of the first in the order of levels are told by an index.
    """

    near: int = 250
    far: int = 1_000
    few: int = 1_000
    some: int = 8
    spread: int = 100
    seeks: int = 6_000
    upper: int = 5_000


USUAL = Ways()


_RARE = 0.1  # of all cases: then a page takes a thousand looks
_DENSE = 0.1  # of all cases: then the first hundred are found along the order of levels
_UPPER = (
    "SELECT r.level_rank AS level_rank FROM case_row r "
    "WHERE r.deleted = 0 AND r.level_rank IS NOT NULL ORDER BY r.level_rank, r.number"
)
_COUNT = (
    "SELECT (SELECT count(*) FROM case_row) - (SELECT count(*) FROM case_row WHERE deleted = 1)"
)
"""SQLite counts all rows page by page, and those that meet a condition one by one."""
_NO_ROWS = Sql("SELECT 0 AS number WHERE 1 = 0")


@dataclass(frozen=True, slots=True)
class _Beginning:
    """The first rows of a set.

    Attributes:
        numbers: as JSON.
        is_all: whether the set has no others, and they are few.
        density: which share of the rows is in the set, as far as was seen; 0 where they are few.
    """

    of: Members
    numbers: str
    is_all: bool
    density: float


class Cursor(Protocol):
    """Rows of an answer, to be fetched."""

    def fetchmany(self, size: int) -> list[tuple[object, ...]]:
        """The next rows; [] at the end."""


class _Order(Protocol):
    """The order of a list, as ``Order``."""

    def walk(self, limit: int) -> Sql:
        """The numbers of the first cases in order, or of all."""

    def sort(self, among: Sql, limit: int, column: str = NUMBER) -> Sql:
        """The same for few cases, which the condition ``among`` tells."""

    def first(self, among: Sql, limit: int) -> Sql:
        """The first cases that meet ``among``, for an engine that finds ways itself."""


def _order(query: Query, plan: VisitPlan) -> _Order:
    if query.sort is SortBy.FOLLOW_UP:
        return Urgency(plan, query.today, query.descending)
    return Order.of(query, followed_since(query.filter.terms, plan, query.today))


class Finder:
    """Finds cases in the state that the database is in, so it belongs into one transaction.

    Args:
        database: where the cases are.
        query: which cases, in which order.
        ways: when which way is taken.
    """

    def __init__(
        self,
        database: Engine,
        query: Query,
        ways: Ways = USUAL,
    ) -> None:
        self._database, self._query, self._ways = database, query, ways
        asked = {term.field for term in query.filter.terms}
        is_followed = FOLLOW_UP_FIELD in asked or query.sort is SortBy.FOLLOW_UP
        plan = visit_plan_in(database) if is_followed else STANDARD
        names = "" in asked and is_on(database, STORE_IDENTITY)
        self._conditions = Conditions(query.filter, Circumstances(query.today, plan, names=names))
        self._order = _order(query, plan)

    def numbers(self, limit: int) -> list[int]:
        """The first cases, in order."""
        conditions = self._conditions
        if conditions.is_impossible:
            return []
        if self._database.finds_ways:
            return self._read(self._order.first(self._met(), limit))
        if conditions.are_none:
            return self._read(self._order.walk(limit))
        ways, found = self._ways, []
        if limit <= ways.near:
            found = self._look(limit, ways.near)
            if len(found) == limit:
                return found
            if len(found) * ways.far >= limit * ways.near:
                found += self._look(limit - len(found), ways.far, behind=ways.near)
            elif (len(found) < ways.some or conditions.seeks > 1) and self._is_dense:
                found = self._farther_down(limit) or found
            if len(found) == limit:
                return found
        return self._read(self._all(limit, many=len(found) >= ways.some))

    def count_of_all(self) -> int | None:
        """How many cases there are, where all are wanted; None where they are to be found for it.

        Also on a server, which goes through them to count them.
        """
        if self._database.finds_ways or not self._conditions.are_none:
            return None
        (count,) = self._database.execute_sql(_COUNT).fetchone()
        return int(count)

    @property
    def _is_dense(self) -> bool:
        """Whether many cases meet the conditions, though few of the first in the order."""
        if self._query.sort is not SortBy.LEVEL or self._query.descending:
            return False
        (last,) = self._database.execute_sql("SELECT max(number) FROM case_found_by").fetchone()
        step = (last or 0) // self._ways.spread + 1
        spread = json.dumps(list(range(1, (last or 0) + 1, step)))
        test = self._conditions.test()
        sql = (
            "SELECT count(*) FROM json_each(?) one CROSS JOIN case_found_by f "
            f"ON f.number = one.value WHERE {test.text}"
        )
        (found,) = self._database.execute_sql(sql, (spread, *test.values)).fetchone()
        return bool(found >= _DENSE * self._ways.spread)

    @property
    def _far(self) -> int:
        """How many cases can be looked at before an index is quicker."""
        return max(self._ways.far, self._ways.seeks // max(1, self._conditions.seeks))

    def _farther_down(self, limit: int) -> list[int]:
        """The first of a list by level that begins far behind the first case; [] if there are few.

        In no other order do the first cases differ so much from all others: what holds for most may
        hold for none of the neck. An index tells those of the upper levels, and only those, however
        many there are further down.
        """
        asked = least_level(self._query.filter.terms)
        if asked is None:
            found = self._look(limit, self._far)
            if len(found) == limit:
                return found
            sql = f"SELECT max(level_rank) FROM ({_UPPER} LIMIT {self._ways.upper})"
            (asked,) = self._database.execute_sql(sql).fetchone()
        if asked is None:
            return []
        terms = (first_levels(asked), *self._query.filter.terms)
        upper = Finder(self._database, replace(self._query, filter=Filter(terms)), self._ways)
        found = upper._read(upper._all(limit, many=True))
        return found if len(found) == limit else []

    def has_any(self, case_ids: Collection[str]) -> bool:
        """Whether one of the cases with these ids is wanted."""
        if self._conditions.is_impossible:
            return False
        test = self._conditions.test()
        sql = (
            "SELECT EXISTS (SELECT 1 FROM json_each(?) wanted "
            "CROSS JOIN case_row r ON r.case_id = wanted.value AND r.deleted = 0 "
            f"CROSS JOIN case_found_by f ON f.number = r.number WHERE {test.text})"
        )
        found = self._database.execute_sql(sql, (json.dumps(list(case_ids)), *test.values))
        return bool(found.fetchone()[0])

    def written(self) -> Written:
        """All cases in order."""
        if self._conditions.is_impossible:
            return Written("")
        found = self._all(NO_LIMIT)
        sql = f"SELECT {EXPRESSION} FROM ({found.text})"
        row = self._database.execute_sql(sql, found.values).fetchone()
        return Written(row[0] or "")

    def ids(self) -> Cursor:
        """The ids of all cases in order, row by row."""
        if self._database.finds_ways and not self._conditions.is_impossible:
            told = self._sorted(NO_LIMIT, "r.case_id")
            rows: Cursor = self._database.execute_sql(told.text, told.values)
            return rows
        found = _NO_ROWS if self._conditions.is_impossible else self._all(NO_LIMIT)
        sql = f"SELECT r.case_id FROM ({found.text}) f CROSS JOIN case_row r ON r.number = f.number"
        cursor: Cursor = self._database.execute_sql(sql, found.values)
        return cursor

    def _sorted(self, limit: int, column: str = NUMBER) -> Sql:
        """The same in one question, for an engine that finds the short way itself."""
        return self._order.sort(self._met(), limit, column)

    def _met(self) -> Sql:
        return every([one.condition("r.number") for one in self._conditions.members()])

    def _look(self, limit: int, among: int, *, behind: int = 0) -> list[int]:
        """Those among the first cases of the order, ``behind`` so many, that are wanted."""
        near = self._order.walk(among)
        if behind:
            near = Sql(f"SELECT number FROM ({near.text}) LIMIT -1 OFFSET {behind}", near.values)
        test = self._conditions.test()
        return self._read(
            Sql(
                f"SELECT r.number FROM ({near.text}) r CROSS JOIN case_found_by f "
                f"ON f.number = r.number WHERE {test.text} LIMIT {limit}",
                near.values + test.values,
            )
        )

    def _all(self, limit: int, *, many: bool = False) -> Sql:
        """All that meet the conditions; ``many`` where they are known to be."""
        if self._database.finds_ways:
            return self._sorted(limit)
        if self._conditions.are_none:
            return self._order.walk(limit)
        members = self._members
        rare = None if many and len(members) == 1 else self._rarest
        if rare is not None and rare.is_all:
            others = [one.looked_at("r.number") for one in members if one is not rare.of]
            among = Sql(
                "r.number IN (SELECT CAST(value AS INTEGER) FROM json_each(?))", (rare.numbers,)
            )
            return self._order.sort(every([among, *others]), limit)
        # Of a page few cases are looked at, so the rarest condition is enough to find them by.
        rarest = None if rare is None or limit == NO_LIMIT else rare.of
        met = every(
            [
                one.condition("r.number") if rarest in (None, one) else one.looked_at("r.number")
                for one in sorted(members, key=lambda one: one is not rarest)
            ]
        )
        walk = self._order.walk(NO_LIMIT)
        return Sql(
            f"SELECT r.number FROM ({walk.text}) r WHERE {met.text} LIMIT {limit}",
            walk.values + met.values,
        )

    @cached_property
    def _members(self) -> Sequence[Members]:
        return self._conditions.members()

    @cached_property
    def _rarest(self) -> _Beginning | None:
        """The rarest of the sets that all wanted cases are in; None where there is no set.

        The first that is rare enough is taken, for the later ones take longer to begin with.
        """
        rarest: _Beginning | None = None
        for one in self._members:
            if not one.negated:
                found = self._beginning_of(one)
                rarest = found if rarest is None or found.density < rarest.density else rarest
                if rarest.density <= _RARE:
                    break
        return rarest

    def _beginning_of(self, one: Members) -> _Beginning:
        sql = f"SELECT json_group_array(number) FROM ({one.rows.text} LIMIT {self._ways.few + 1})"
        (text,) = self._database.execute_sql(sql, one.rows.values).fetchone()
        numbers: list[int] = json.loads(text)
        is_all = len(numbers) <= self._ways.few
        return _Beginning(one, text, is_all, 0 if is_all else len(numbers) / max(numbers))

    def _read(self, sql: Sql) -> list[int]:
        # As one JSON text, because fetching a row a case takes twice as long.
        text = f"SELECT json_group_array(number) FROM ({sql.text})"
        row = self._database.execute_sql(text, sql.values).fetchone()
        numbers: list[int] = json.loads(row[0])
        return numbers
