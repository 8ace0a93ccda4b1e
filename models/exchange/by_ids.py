# SPDX-License-Identifier: MIT
"""Rows that hang on certain cases or levels, as stored and without model objects."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import peewee

from models.exchange.columns import Cell

MANY = 10_000
"""So many ids can go into one statement as a list."""

Stored = tuple[Cell, ...]
Query = Callable[[Sequence[str]], peewee.Query]


def listed(ids: Sequence[str]) -> peewee.SQL:
    """The ids as what can be looked for IN, one value of a statement however many there are."""
    return peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(list(ids))])


def rows_of(database: peewee.Database, query: peewee.Query) -> Iterator[Stored]:
    """The rows of a query one by one, as they are stored."""
    sql, values = database.get_sql_context().sql(query).query()
    yield from database.execute_sql(sql, values)


class ByIds:
    """One query by ids, compiled once for always the same number of them."""

    def __init__(self, database: peewee.Database, query: Query, at_once: int) -> None:
        self._database = database
        self._at_once = at_once
        self._sql, _ = database.get_sql_context().sql(query([""] * at_once)).query()

    def all(self, ids: Sequence[str]) -> list[Stored]:
        """The rows found; those of ids that are not read together are not mixed."""
        found: list[Stored] = []
        for start in range(0, len(ids), self._at_once):
            wanted = ids[start : start + self._at_once]
            padding = [wanted[-1]] * (self._at_once - len(wanted))
            found += self._database.execute_sql(self._sql, [*wanted, *padding]).fetchall()
        return found

    def by_first(self, ids: Sequence[str]) -> defaultdict[Cell, list[Stored]]:
        """The rows found, by their first column."""
        found: defaultdict[Cell, list[Stored]] = defaultdict(list)
        for row in self.all(ids):
            found[row[0]].append(row)
        return found
