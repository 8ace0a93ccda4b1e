# SPDX-License-Identifier: MIT
"""New logbooks on a server for tests, in databases that are emptied and used again.

Making a database takes ten times as long as emptying one.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from models.served import ServedLogbook, create, open_served
from tests.server import Server

_FORM = """
SELECT md5(string_agg(said, ';' ORDER BY said)) FROM (
    SELECT table_name || '.' || column_name || ' ' || data_type AS said
    FROM information_schema.columns WHERE table_schema = current_schema()
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT conname FROM pg_constraint
    UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
) AS all_of_it
"""
"""A fingerprint of tables, columns, constraints, indexes, triggers and functions."""

_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_COUNTED = """
SELECT quote_ident(sequencename), coalesce(last_value, 1), last_value IS NOT NULL
FROM pg_sequences WHERE schemaname = current_schema()
"""
_COUNT_AGAIN = "SELECT setval(%s::regclass, %s, %s)"


class ServedLogbooks:
    """Gives out new logbooks on a server, and takes them back."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._free: list[str] = []
        self._empty = server.make()
        made = create(server.address(self._empty))
        made.close()
        # A connection that is kept for later would be somebody who works with it.
        made.leave()
        with self._connected(self._empty) as connection:
            self._form = _one(connection, _FORM)
            self._held = _contents(connection)
            self._counted = connection.execute(_COUNTED).fetchall()

    def new(self, user: str) -> ServedLogbook:
        """A new, empty logbook in the hands of ``user``, who is known to the server by then."""
        name = self._free.pop() if self._free else self.server.make(self._empty)
        return open_served(self.server.address(name, user))

    def take_back(self, logbook: ServedLogbook) -> None:
        """Nobody needs it any more, whoever still has it open."""
        name = logbook.address.name
        if self._emptied(name):
            self._free.append(name)
        else:
            self.server.drop(name)

    def _emptied(self, name: str) -> bool:
        """Make a database as it was when it was new; False where its form was changed."""
        with self._connected(name) as connection:
            connection.execute(_OTHERS)
            if _one(connection, _FORM) != self._form:
                return False
            # The order in which rows may go is of no interest, and nothing but this is asked.
            connection.execute("SET session_replication_role = replica")
            for table, rows in self._held.items():
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                for row in rows:
                    values = sql.SQL(", ").join(map(sql.Literal, row))
                    put = sql.SQL("INSERT INTO {} VALUES ({})")
                    connection.execute(put.format(sql.Identifier(table), values))
            connection.cursor().executemany(_COUNT_AGAIN, self._counted)
        return True

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self.server.address(name).uri)


def _one(connection: psycopg.Connection, statement: str) -> object:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _contents(connection: psycopg.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What a new logbook holds, by table."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        name: connection.execute(
            sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))
        ).fetchall()
        for (name,) in names.fetchall()
    }
