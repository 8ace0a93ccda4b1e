# SPDX-License-Identifier: MIT
"""The order of a list as SQL: along its index, cases without a value last."""

from __future__ import annotations

from datetime import date

from models.caselist.bounds import bounds
from models.caselist.query import Query
from models.caselist.sql import Sql, every
from models.quick import dataclass

NO_LIMIT = -1
NUMBER = "r.number"


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: by ``columns`` of ``case_row``, then by number, all in one direction.

    Attributes:
        columns: the one that counts most first.
        descending: whether from the greatest to the least.
        bounds: what holds for the first column of every case that is wanted, if that is known.
    """

    columns: tuple[str, ...]
    descending: bool
    bounds: Sql | None = None

    @classmethod
    def of(cls, query: Query, followed_since: date | None = None) -> Order:
        """The order that a query asks for; see ``bounds``."""
        return cls(query.sort.columns, query.descending, bounds(query, followed_since))

    def walk(self, limit: int) -> Sql:
        """The numbers of the first cases, or of all, read off the index in order."""
        known = Sql(f"{self._first} IS NOT NULL")
        parts = [known] if self.bounds is None else [every([known, self.bounds])]
        if self.bounds is None:
            parts.append(Sql(f"{self._first} IS NULL"))
        joined = " UNION ALL ".join(f"SELECT * FROM ({self._read(part, limit)})" for part in parts)
        values = tuple(value for part in parts for value in part.values)
        return Sql(f"SELECT number FROM ({joined}) LIMIT {limit}", values)

    def sort(self, among: Sql, limit: int, column: str = NUMBER) -> Sql:
        """The same for few cases, which the condition ``among`` tells by their number r.number."""
        within = among if self.bounds is None else every([among, self.bounds])
        return Sql(
            f"SELECT {column} FROM case_row r WHERE {within.text} AND +r.deleted = 0 "
            f"ORDER BY {self._sorted(nulls=' NULLS LAST')} LIMIT {limit}",
            within.values,
        )

    def first(self, among: Sql, limit: int) -> Sql:
        """The numbers of the first cases that meet ``among``, along the index from either end.

        For an engine that finds the short way itself, and wants to be told each order. It keeps
        what is empty first, so that in the rising order, where that comes last, it is asked for
        apart, and of both parts no more than are wanted are put in order.
        """
        if self.descending or self.bounds is not None:
            return self.sort(among, limit)
        keys = ", ".join(f"r.{name} AS {name}" for name in (*self.columns, "number"))
        parts = [
            f"SELECT {place} AS part, {keys} FROM case_row r WHERE r.deleted = 0 "
            f"AND {self._first} IS {known} AND {among.text} ORDER BY {self._sorted()} LIMIT {limit}"
            for place, known in enumerate(("NOT NULL", "NULL"))
        ]
        joined = " UNION ALL ".join(f"SELECT * FROM ({part})" for part in parts)
        return Sql(
            f"SELECT r.number FROM ({joined}) r ORDER BY r.part, {self._sorted()} LIMIT {limit}",
            among.values * len(parts),
        )

    def _read(self, where: Sql, limit: int) -> str:
        # The limit, though there may be none, keeps SQLite from taking the statement apart.
        return (
            f"SELECT r.number FROM case_row r WHERE r.deleted = 0 AND {where.text} "
            f"ORDER BY {self._sorted()} LIMIT {limit}"
        )

    def _sorted(self, nulls: str = "") -> str:
        direction = "DESC" if self.descending else "ASC"
        first, *others = (*self.columns, "number")
        rest = [f"r.{name} {direction}" for name in others]
        return ", ".join([f"r.{first} {direction}{nulls}", *rest])

    @property
    def _first(self) -> str:
        return f"r.{self.columns[0]}"
