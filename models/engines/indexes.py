# SPDX-License-Identifier: MIT
"""Indexes that are made after many rows were written, rather than kept up with each of them.

To sort all keys once takes a fraction of what it takes to put each into its place. All of it is
part of the transaction: whatever ends that early, the indexes are as they were.
"""

from __future__ import annotations

import peewee

from models.engines.engine import Engine

_OF_TABLE = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ({}) "
    # What keeps values unique is needed with every row, and has to be there all the time.
    "AND sql NOT LIKE 'CREATE UNIQUE%'"
)


def put_aside(database: Engine, *tables: type[peewee.Model]) -> list[str]:
    """Drop the indexes of tables that only make them fast to ask; the statements that make them.

    Call it inside a transaction, and run the statements before that ends.
    """
    if database.keeps_indexes:
        return []
    names = [table._meta.table_name for table in tables]
    sql = _OF_TABLE.format(", ".join("?" * len(names)))
    found = database.execute_sql(sql, names).fetchall()
    for name, _ in found:
        database.execute_sql(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def make_anew(database: Engine, statements: list[str]) -> None:
    """Make the indexes that were put aside."""
    for sql in statements:
        database.execute_sql(sql)
