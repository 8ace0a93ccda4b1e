# SPDX-License-Identifier: MIT
"""A logbook on a server; without a server to be had these tests are left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("psycopg")

from models.address import Address
from models.logbook import Logbook
from models.served import ServedLogbook, create, open_served
from tests.proxy import Proxy
from tests.server import Server


@pytest.fixture
def address(server: Server) -> Iterator[Address]:
    """An empty database."""
    with server.new() as place:
        yield place


@pytest.fixture
def logbook(address: Address) -> Iterator[Logbook]:
    """A new, empty logbook on the server."""
    opened = create(address)
    yield opened
    opened.close()


@pytest.fixture
def way(address: Address) -> Iterator[Proxy]:
    """The way to a new logbook, which can be cut, and counts what goes over it."""
    create(address).close()
    proxy = Proxy(address)
    yield proxy
    proxy.close()


@pytest.fixture
def far(way: Proxy) -> Iterator[ServedLogbook]:
    """The logbook at the end of a way that can be cut."""
    logbook = open_served(way.address)
    logbook.close()
    yield logbook
    logbook.leave()
