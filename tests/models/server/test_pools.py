# SPDX-License-Identifier: MIT
"""A pool of connections before the server: one keeps them for a session, one for nobody.

It is PgBouncer; where that is not installed these tests are left out.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psycopg
import pytest

from models.address import Address
from models.case import load_case, save_case
from models.errors import ServerRefuses
from models.served import create, open_served
from models.verify import verify
from models.watching import Told, Watch, What
from tests.builders import a_case
from tests.server import Server

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
PATIENCE_S = 10

Pool = Callable[[Address, str], Address]
"""Puts a pool before a database, and gives the address that leads through it."""


@pytest.fixture
def pool(server: Server) -> Iterator[Pool]:
    """Pools that end with the test."""
    if PROGRAM is None:
        pytest.skip("PgBouncer is not installed on this machine")
    running: list[subprocess.Popen[bytes]] = []
    with TemporaryDirectory(prefix="kypholog-pool-") as place:
        folder = Path(place)
        folder.chmod(0o755)

        def start(to: Address, mode: str) -> Address:
            with socket.create_server(("127.0.0.1", 0)) as free:
                port = free.getsockname()[1]
            socket_at = Path(to.uri.partition("?host=")[2])
            settings = folder / f"{mode}.ini"
            settings.write_text(
                f"[databases]\n* = host={socket_at} user=postgres\n"
                f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
                f"unix_socket_dir =\nauth_type = any\npool_mode = {mode}\n"
            )
            command = [str(PROGRAM), str(settings)]
            # It runs as root as little as the server does.
            runner = socket_at.stat().st_uid
            running.append(subprocess.Popen(command, user=runner, stderr=subprocess.PIPE))
            told = running[-1].stderr
            assert told is not None
            assert any(b"process up" in line for line in told), "it did not start"
            return Address(f"postgresql://postgres@127.0.0.1:{port}/{to.name}")

        yield start
        for one in running:
            one.terminate()
            one.communicate()


def test_a_pool_that_keeps_a_connection_for_a_session_is_as_good_as_none(
    pool: Pool, address: Address
) -> None:
    create(address).close()
    through = pool(address, "session")
    logbook = open_served(through)
    case = a_case("P-1")
    save_case(logbook, case)
    case.procedure.operator = "Dr B. Operator"
    assert save_case(logbook, case).version == 2
    assert load_case(logbook, case.id).procedure.operator == "Dr B. Operator"
    assert verify(logbook) == []
    held = "SELECT current_setting('idle_in_transaction_session_timeout')"
    assert logbook.database.execute_sql(held).fetchone() == ("5min",)
    heard = Event()

    def hear(told: Told) -> None:
        if told.what is What.HERE:
            Thread(target=write).start()
        elif told.what is What.NEWS:
            heard.set()

    def write() -> None:
        other = open_served(through)
        save_case(other, a_case("P-2"))
        other.close()
        other.leave()

    watch = Watch(logbook, hear)
    watching = Thread(target=watch.run)
    watching.start()
    assert heard.wait(PATIENCE_S)
    watch.stop()
    watching.join()
    logbook.close()
    logbook.leave()


def test_a_pool_that_keeps_none_is_refused_and_left_as_it_was(pool: Pool, address: Address) -> None:
    create(address).close()
    through = pool(address, "transaction")
    with pytest.raises(ServerRefuses, match="every transaction another connection"):
        open_served(through)
    with psycopg.connect(through.uri) as connection:
        held = connection.execute("SELECT current_setting('idle_in_transaction_session_timeout')")
        assert held.fetchone() == ("0",)
