# SPDX-License-Identifier: MIT
"""Where no server comes as a package, one that is installed on the machine serves the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.example import add_example
from models.served import create
from models.verify import verify
from tests.server import Server, installed

PROGRAMS = installed()


@pytest.fixture
def server() -> Iterator[Server]:
    if PROGRAMS is None:
        pytest.skip("no PostgreSQL server is installed on this machine")
    running = Server(PROGRAMS)
    yield running
    running.stop()


def test_an_installed_server_holds_a_logbook_like_the_one_of_the_package(server: Server) -> None:
    with server.new() as address:
        logbook = create(address)
        add_example(logbook)
        assert verify(logbook) == []
        logbook.close()
