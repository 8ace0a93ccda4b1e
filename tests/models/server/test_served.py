# SPDX-License-Identifier: MIT
"""A logbook on a server is made, opened, filled, searched and proven like any other."""

from __future__ import annotations

from datetime import date

import pytest

from models import commands
from models.access.errors import NotAllowed
from models.address import Address, read, written
from models.case import save_case
from models.caselist import Query, case_ids
from models.engines.stopping import Interrupted
from models.errors import (
    CannotWrite,
    LogbookError,
    NotALogbook,
    NothingThere,
    OnServer,
    ServerAway,
    ServerRefuses,
)
from models.example import add_example
from models.logbook import Logbook
from models.query import parse
from models.served import create, open_served
from models.verify import verify
from tests.builders import a_case
from tests.server import Server


def found(logbook: Logbook, words: str) -> int:
    query = Query(today=date(2026, 3, 1), filter=parse(words))
    return sum(len(chunk) for chunk in case_ids(logbook, query))


def test_the_example_can_be_saved_found_and_verified(logbook: Logbook) -> None:
    add_example(logbook)
    assert found(logbook, "") == 2
    assert found(logbook, "hemang") == 2
    assert found(logbook, "nowhere") == 0
    assert verify(logbook) == []


def test_a_command_makes_an_empty_one_once(
    address: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--logbook", address.uri, "create"]
    assert commands.run(command) == 0
    assert "Its tables belong to postgres" in capsys.readouterr().out
    assert commands.run(["--logbook", address.uri, "verify"]) == 0
    assert commands.run(command) == 2
    assert "is not empty" in capsys.readouterr().err


def test_it_is_there_when_it_is_opened_again(logbook: Logbook, address: Address) -> None:
    add_example(logbook)
    logbook.close()
    again = open_served(address)
    assert found(again, "") == 2
    again.close()


def test_a_database_that_is_not_empty_is_left_alone(server: Server, address: Address) -> None:
    server.execute("CREATE TABLE other (a integer)", address.name)
    with pytest.raises(CannotWrite, match="not empty"):
        create(address)
    with pytest.raises(NotALogbook, match="no logbook"):
        open_served(address)


def test_a_database_that_is_empty_is_told_apart(address: Address) -> None:
    with pytest.raises(NothingThere, match="is empty"):
        open_served(address)


def test_a_database_that_is_not_there_is_named(server: Server) -> None:
    with pytest.raises(ServerRefuses, match="no database nowhere"):
        open_served(server.address("nowhere"))


def test_an_account_that_the_server_does_not_know_is_not_let_in(
    server: Server, address: Address
) -> None:
    stranger = Address(server.address(address.name).uri.replace("postgres@", "A.%20Stranger@"))
    assert stranger.user == "A. Stranger"
    with pytest.raises(ServerRefuses, match=r"did not let A\. Stranger in"):
        open_served(stranger)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(ServerAway, match=r"postgresql://anna@127\.0\.0\.1:1/spine does not answer"):
        open_served(Address.read("postgresql://anna@127.0.0.1:1/spine"))


def test_a_connection_that_was_lost_is_made_anew(logbook: Logbook, server: Server) -> None:
    add_example(logbook)
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
    server.execute(ends.format(logbook.name))
    with pytest.raises(ServerAway):
        found(logbook, "")
    assert found(logbook, "") == 2


def test_a_statement_that_nobody_waits_for_is_stopped(logbook: Logbook) -> None:
    with (
        pytest.raises(Interrupted),
        logbook.session(),
        logbook.database.interruptible(lambda: True),
    ):
        logbook.database.execute_sql("SELECT pg_sleep(60)")


def test_an_account_that_may_only_look_is_refused_in_words(
    server: Server, address: Address, logbook: Logbook
) -> None:
    server.execute("CREATE ROLE looker LOGIN")
    server.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker", address.name)
    try:
        reader = open_served(Address(address.uri.replace("postgres@", "looker@")))
        with pytest.raises(NotAllowed, match=r"is Reader.*whoever looks after the server"):
            add_example(reader)
        with (
            pytest.raises(ServerRefuses, match="account looker may not do that"),
            reader.session(),
        ):
            reader.database.execute_sql("DELETE FROM audit_entry")
        reader.close()
    finally:
        server.execute("DROP OWNED BY looker", address.name)
        server.execute("DROP ROLE looker")


def test_what_is_wrong_is_told_with_who_saved_it_and_not_with_who_looks(
    server: Server, address: Address, logbook: Logbook
) -> None:
    theirs = open_served(server.address(address.name, "nora"))
    save_case(theirs, a_case("P-1"))
    theirs.close()
    server.execute("UPDATE procedure SET notes = 'x'", address.name)
    server.execute("UPDATE audit_entry SET reason = 'x'", address.name)
    said = "\n".join(verify(logbook))
    assert "last saved by nora" in said
    assert "of patient P-1, by nora" in said
    assert "by postgres" not in said


def test_what_needs_files_is_refused_in_words(logbook: Logbook) -> None:
    with pytest.raises(OnServer, match="server, which looks after its files"):
        print(logbook.folder)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("postgresql://anna:secret@server/spine", "must not hold a password"),
        ("postgresql://anna@server/spine?password=secret", "must not hold a password"),
        ("postgresql://anna:sec/ret@server/spine", "must not hold a password"),
        ("postgresql://anna:sec?ret@server/spine", "must not hold a password"),
        ("postgresql://anna:sec#ret@server/spine", "must not hold a password"),
        ("postgresql://anna:sec[ret@server/spine", "is no address"),
        ("mysql://anna:secret@server/spine", "no address of a PostgreSQL server"),
        ("mysql://server/spine", "no address of a PostgreSQL server"),
        ("postgresql://server", "names no database"),
        ("postgresql://[server/spine", "is no address"),
    ],
)
def test_an_address_that_is_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(LogbookError, match=why) as told:
        Address.read(text)
    assert "sec" not in str(told.value)
    assert "ret@" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://anna@server/spine?sslmode=verify-full", "spine on server"),
        ("postgresql://anna@/spine?host=%2Fvar%2Frun", "spine"),
        ("postgres://anna@/spine?host=far", "spine on far"),
        ("postgres://[::1]/spine?user=anna@clinic", "spine on ::1"),
        ("postgres://far:5433/spine?user=anna@clinic", "spine on far"),
    ],
)
def test_an_address_is_written_in_full_and_shown_in_short(text: str, shown: str) -> None:
    place = read(text)
    assert isinstance(place, Address)
    assert (written(place), place.shown) == (text, shown)


def test_an_address_without_a_server_is_told_whole() -> None:
    assert str(read("postgresql:///spine?host=%2Frun")) == "postgresql:///spine"


def test_an_address_of_several_servers_can_be_compared_with_another() -> None:
    several = Address.read("postgresql://anna@one:5433,two:5434/spine")
    assert several.same_as(Address.read("postgresql://eva@one:5433,two:5434/spine"))
    assert not several.same_as(Address.read("postgresql://anna@one/spine"))
