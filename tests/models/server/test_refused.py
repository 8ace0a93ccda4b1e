# SPDX-License-Identifier: MIT
"""What a server says when it lets nobody in, or is none that Kypholog works with, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.address import Address
from models.errors import PasswordWanted, ServerRefuses
from models.served import create, open_served
from tests.models.server.old_server import OldServer
from tests.server import Server


@pytest.fixture
def old() -> Iterator[OldServer]:
    server = OldServer("14.7")
    yield server
    server.close()


def test_a_server_that_is_too_old_is_named_with_its_version(old: OldServer) -> None:
    address = Address(f"postgresql://anna@127.0.0.1:{old.port}/spine")
    for opens in (open_served, create):
        with pytest.raises(ServerRefuses, match=r"is PostgreSQL 14, and Kypholog needs 15"):
            opens(address)


def test_a_server_that_cannot_encrypt_is_told_apart_from_one_that_is_away(old: OldServer) -> None:
    address = Address(f"postgresql://anna@127.0.0.1:{old.port}/spine?sslmode=require")
    with pytest.raises(ServerRefuses, match=r"one of them encrypted.*sslmode"):
        open_served(address)


def test_an_account_that_is_locked_is_not_taken_for_a_server_that_is_away(
    server: Server, address: Address
) -> None:
    server.execute("CREATE ROLE rita NOLOGIN")
    try:
        theirs = Address(address.uri.replace("postgres@", "rita@"))
        with pytest.raises(ServerRefuses, match="The account rita is locked") as told:
            open_served(theirs)
        assert not isinstance(told.value, PasswordWanted), "no password would help"
    finally:
        server.execute("DROP ROLE rita")


def test_a_database_that_takes_nobody_is_told(server: Server, address: Address) -> None:
    server.execute(f"ALTER DATABASE {address.name} ALLOW_CONNECTIONS false")
    try:
        with pytest.raises(ServerRefuses, match="into the database"):
            open_served(address)
    finally:
        server.execute(f"ALTER DATABASE {address.name} ALLOW_CONNECTIONS true")


def test_an_account_that_may_not_enter_the_database_is_told(
    server: Server, address: Address
) -> None:
    server.execute("CREATE ROLE rita LOGIN")
    try:
        server.execute(f"REVOKE CONNECT ON DATABASE {address.name} FROM PUBLIC")
        theirs = Address(address.uri.replace("postgres@", "rita@"))
        with pytest.raises(ServerRefuses, match="does not let rita into the database") as told:
            open_served(theirs)
        assert not isinstance(told.value, PasswordWanted), "no password would help"
    finally:
        server.execute("DROP ROLE rita")
