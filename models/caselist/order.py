# SPDX-License-Identifier: MIT
"""The order of a list as SQL: along its index from a given case on, cases without a value last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import peewee

from models.caselist.bounds import bounds
from models.caselist.query import Query
from models.caselist.sql import Sql, Value, any_of, every

NO_LIMIT = -1

Key = tuple[Value, ...]
"""The columns that a case is sorted by, and its number, which makes the order total."""


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
    def of(cls, query: Query) -> Order:
        """The order that a query asks for."""
        return cls(query.sort.columns, query.descending, bounds(query))

    def key_of(self, database: peewee.Database, number: int) -> Key | None:
        """The key of a case; None where it is in the list no more."""
        sql = f"SELECT {self._all} FROM case_row WHERE number = ? AND NOT deleted"
        found = next(iter(database.execute_sql(sql, (number,))), None)
        return None if found is None else tuple(found)

    def walk(self, start: Key | None, limit: int) -> Sql:
        """The numbers of the cases from ``start`` on, or of all, read off the index in order."""
        parts = list(self._stretches(start))
        joined = " UNION ALL ".join(f"SELECT * FROM ({self._read(part, limit)})" for part in parts)
        values = tuple(value for part in parts for value in part.values)
        return Sql(f"SELECT number FROM ({joined}) LIMIT {limit}", values)

    def sort(self, start: Key | None, among: Sql, limit: int) -> Sql:
        """The same for few cases, which the condition ``among`` tells by their number r.number."""
        reached = [Sql(f"({part.text})", part.values) for part in self._stretches(start)]
        where = any_of(reached)
        return Sql(
            f"SELECT r.number FROM case_row r WHERE {among.text} AND +r.deleted = 0 "
            f"AND {where.text} ORDER BY {self._sorted(nulls=' NULLS LAST')} LIMIT {limit}",
            among.values + where.values,
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

    def _stretches(self, start: Key | None) -> Iterator[Sql]:
        """The stretches of the index from ``start`` on, each of which one search of it finds.

        First what is equal in all columns, then in all but the last, and so on; at last the cases
        without a value.
        """
        within = [] if self.bounds is None else [self.bounds]
        first = f"r.{self.columns[0]}"
        if start is None:
            yield every([Sql(f"{first} IS NOT NULL"), *within])
        elif start[0] is not None:
            for reached in self._reached(start):
                yield every([reached, *within])
        if within:
            return
        if start is None or start[0] is not None:
            yield Sql(f"{first} IS NULL")
        else:
            yield Sql(f"{first} IS NULL AND r.number {self._beyond}= ?", start[-1:])

    def _reached(self, start: Key) -> Iterator[Sql]:
        names = [f"r.{name}" for name in (*self.columns, "number")]
        for last in reversed(range(len(names))):
            sign = f"{self._beyond}=" if last == len(names) - 1 else self._beyond
            equal = "".join(f"{name} = ? AND " for name in names[:last])
            yield Sql(f"{equal}{names[last]} {sign} ?", start[: last + 1])

    @property
    def _beyond(self) -> str:
        return "<" if self.descending else ">"

    @property
    def _all(self) -> str:
        return ", ".join((*self.columns, "number"))
