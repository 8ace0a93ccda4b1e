# SPDX-License-Identifier: MIT
"""Servers, databases and accounts that are set up in another way than most."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from playhouse.migrations import run

from models import form
from models.address import Address
from models.case import save_case
from models.engines.postgres.connecting import WORK, Caller, parameters
from models.errors import CannotWrite, LogbookError, OlderForm, ServerAway, ServerRefuses
from models.logbook import Logbook
from models.served import ServedLogbook, create, open_served
from models.verify import verify
from tests.builders import a_case
from tests.server import Server

PROGRAMS = 3


def at_once(work: Callable[[int], object]) -> list[object]:
    """What each of some programs gets that do the same at the same moment; errors as they are."""
    together = Barrier(PROGRAMS)

    def one(number: int) -> object:
        together.wait()
        try:
            return work(number)
        except LogbookError as error:
            return error

    with ThreadPoolExecutor(PROGRAMS) as programs:
        return list(programs.map(one, range(PROGRAMS)))


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_keep_every_letter_is_refused_and_left_empty(
    server: Server, encoding: str
) -> None:
    name = f"odd_{encoding.lower()}"
    server.execute(
        f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' "
        "TEMPLATE template0"
    )
    try:
        for opens in (create, open_served):
            with pytest.raises(ServerRefuses, match=rf"{name} keeps its text as {encoding}"):
                opens(server.address(name))
        assert server.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", name) == "0"
    finally:
        server.drop(name)


def test_how_an_account_wants_its_text_matters_to_nobody(server: Server, address: Address) -> None:
    server.execute(f"ALTER DATABASE {address.name} SET client_encoding = 'LATIN1'")
    with closing(create(address)) as logbook:
        case = a_case("P-1")
        case.procedure.notes = "Łódź, ≥ 3 mL"
        save_case(logbook, case)
        assert verify(logbook) == []


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
def test_the_audit_is_one_chain_however_transactions_are_begun_elsewhere(
    server: Server, address: Address, isolation: str
) -> None:
    server.execute(
        f"ALTER DATABASE {address.name} SET default_transaction_isolation = '{isolation}'"
    )
    with closing(create(address)) as logbook:

        def save(number: int) -> None:
            for more in range(2):
                save_case(logbook, a_case(f"P-{number}-{more}"))

        assert at_once(save) == [None] * PROGRAMS
        assert verify(logbook) == []


def test_what_the_server_stops_is_not_told_as_a_server_that_is_away(
    logbook: Logbook, address: Address
) -> None:
    database = logbook.database
    with logbook.session():
        database.execute_sql("SET statement_timeout = 1")
        with pytest.raises(ServerRefuses, match="stopped it"), database.plain_errors(address):
            database.execute_sql("SELECT pg_sleep(1)")


def test_both_sides_give_up_a_connection_over_which_nothing_comes() -> None:
    """A window that is gone in the midst of a save would hold the lock until the server knows."""
    given = parameters("postgresql://anna@server/spine", "", Caller.own(), WORK)
    for name in ("keepalives_idle", "keepalives_interval", "keepalives_count"):
        assert f"-c tcp_{name}={given[name]}" in given["options"]
    assert f"-c tcp_user_timeout={given['tcp_user_timeout']}" in given["options"]


def test_a_server_that_lets_nobody_more_in_says_so(server: Server, address: Address) -> None:
    server.execute("CREATE ROLE many LOGIN CONNECTION LIMIT 0")
    try:
        with pytest.raises(ServerAway, match="lets no more connections in"):
            open_served(Address(address.uri.replace("postgres@", "many@")))
    finally:
        server.execute("DROP ROLE many")


@pytest.mark.parametrize(
    "behind",
    [
        "/spine?nonsense=1",
        "/sp%zzine",
        "/sp%00ine",
        "/spine?sslmode=perhaps",
        "/spine?connect_timeout=soon",
        ":99999/spine",
        ":port/spine",
        "/spine?keepalives=perhaps",
    ],
)
def test_an_address_that_is_none_is_told_as_such(behind: str) -> None:
    with pytest.raises(LogbookError, match="is no address") as told:
        open_served(Address.read(f"postgresql://anna@127.0.0.1{behind}"))
    assert not isinstance(told.value, ServerAway)


def test_a_logbook_is_made_whole_or_not_at_all(server: Server, address: Address) -> None:
    name = address.name
    server.execute(
        "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF to_regclass('case_search_tags') IS NOT NULL THEN RAISE insufficient_privilege; END IF; "
        "END $$",
        name,
    )
    server.execute(
        "CREATE EVENT TRIGGER late ON ddl_command_end WHEN TAG IN ('CREATE TABLE') "
        "EXECUTE FUNCTION refuse()",
        name,
    )
    with pytest.raises(ServerRefuses):
        create(address)
    server.execute("DROP EVENT TRIGGER late", name)
    with closing(create(address)) as logbook:
        assert verify(logbook) == []


def test_of_some_who_make_one_at_once_one_makes_it(address: Address) -> None:
    made = at_once(lambda _: create(address).close())
    assert sum(one is None for one in made) == 1
    assert sum(isinstance(one, CannotWrite) for one in made) == PROGRAMS - 1
    with closing(open_served(address)) as logbook:
        assert verify(logbook) == []


@pytest.fixture
def older(address: Address, tmp_path: Path) -> Address:
    """A logbook in the form of an older program."""
    first, *_ = sorted(form.MIGRATIONS.glob("[0-9]*.py"))
    (tmp_path / first.name).write_text(first.read_text())
    logbook = ServedLogbook(address)
    with logbook.session():
        logbook.database.prepare_new()
        run(logbook.database, str(tmp_path))
        # It knew nothing of what later statements call.
        logbook.database.execute_sql("DROP FUNCTION row_place")
    logbook.close()
    return address


def test_programs_that_bring_one_up_to_date_at_once_all_open_it(
    server: Server, older: Address
) -> None:
    def opens(_: int) -> None:
        open_served(older).close()

    assert at_once(opens) == [None] * PROGRAMS
    with closing(open_served(older)) as logbook:
        assert verify(logbook) == []
    assert server.ask("SELECT count(*) FROM pg_proc WHERE proname = 'row_place'", older.name) == "1"


def test_who_may_not_bring_it_up_to_date_is_told_who_may(server: Server, older: Address) -> None:
    server.execute("CREATE ROLE younger LOGIN")
    try:
        server.execute("GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO younger", older.name)
        with pytest.raises(OlderForm, match=r"older Kypholog.*account that made it"):
            open_served(Address(older.uri.replace("postgres@", "younger@")))
    finally:
        server.execute("DROP OWNED BY younger", older.name)
        server.execute("DROP ROLE younger")
