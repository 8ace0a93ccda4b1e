# SPDX-License-Identifier: MIT
"""How SQLite goes about a statement, and what of it costs more with every case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import peewee

from models.logbook import Logbook

SMALL = frozenset(
    {"setting", "user", "saved_filter", "draft", "literature_row", "schema_migration"}
    | {"sqlite_master", "sqlite_schema"}
)
"""Tables that do not grow with the cases."""

_SCAN = re.compile(r"SCAN (\w+)(?! VIRTUAL)( USING .*)?$")
_CALLED = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?(?:\s+AS)?\s+"?(\w+)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a plan: what is done, and whether once for every row of something else."""

    told: str
    again: bool


def steps(database: peewee.Database, statement: str, values: Sequence[object] = ()) -> list[Step]:
    """The steps of the plan of a statement."""
    below: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for number, parent, _, told in database.execute_sql(f"EXPLAIN QUERY PLAN {statement}", values):
        below[parent].append((number, str(told)))

    def walk(parent: int, again: bool) -> Iterator[Step]:
        is_inner = False
        for number, told in below[parent]:
            # What is worked out once and kept is read once, wherever it stands.
            kept = told.startswith(
                ("MATERIALIZE", "CO-ROUTINE", "LIST SUBQUERY", "SCALAR SUBQUERY")
            )
            is_loop = told.startswith(("SCAN", "SEARCH"))
            yield Step(told, again or (is_loop and is_inner))
            deeper = told.startswith("CORRELATED") or (again and not kept)
            yield from walk(number, deeper)
            is_inner = is_inner or is_loop

    return list(walk(0, False))


def is_question(statement: str) -> bool:
    """Whether it reads and changes nothing."""
    return statement.lstrip().upper().startswith(("SELECT", "WITH"))


def scanned(statement: str, told: str) -> str:
    """The growing table that a step reads from end to end without an index; "" for none."""
    found = _SCAN.match(told)
    if found is None or (found[2] and "INDEX" in found[2]):
        return ""
    alias = str(found[1])
    real: dict[str, str] = {name: table for table, name in _CALLED.findall(statement)}
    table = real.get(alias, alias)
    return "" if table in SMALL or not _is_table(statement, table) else table


def _ends_soon(statement: str, plan: Iterable[Step]) -> bool:
    """Whether it walks along the key of a table until it has enough, or finds nothing at once."""
    walks = re.search(r"ORDER BY [^()]*number\"?( DESC)? LIMIT \d+\)?$", statement.strip())
    sorts = any("TEMP B-TREE" in step.told for step in plan)
    return (walks is not None and not sorts) or "(0 = 1)" in statement


def _is_table(statement: str, name: str) -> bool:
    """Whether it is no subquery, and no function that makes rows."""
    # The rows of json_each and of what a statement names WITH are as many as were asked for.
    of_rows = rf'\b"?{name}"?\s*(\([^)]*\))?\s+AS\s*\(|\)\s+(AS\s+)?"?{name}\b'
    return name not in ("json_each", "CONSTANT") and not re.search(of_rows, statement, re.I)


def read_through(logbook: Logbook, asked: Iterable[str], *, again: bool) -> list[str]:
    """What is read from end to end; if wanted, only what is so for each row of something else.

    An index that SQLite makes for one statement and throws away counts as well.
    """
    found = []
    for statement in filter(is_question, asked):
        plan = steps(logbook.database, statement)
        if _ends_soon(statement, plan):
            continue
        for step in plan:
            table = scanned(statement, step.told)
            is_bad = step.again if again else True
            if (table and is_bad) or "AUTOMATIC" in step.told:
                found.append(f"{step.told}: {' '.join(statement.split())[:400]}")
    return found
