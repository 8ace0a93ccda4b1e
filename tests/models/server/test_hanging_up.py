# SPDX-License-Identifier: MIT
"""Work for a server that nobody waits for any more, and who hears of whom."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from queue import Queue
from typing import Any, NoReturn

import psycopg
import pytest

from models.address import Address
from models.case import save_case
from models.engines.postgres import breaking
from models.engines.postgres.attempts import Attempts
from models.errors import NothingSaved, ServerAway
from models.served import ServedLogbook, open_served
from models.watching import Told, Watch, What
from tests.builders import a_case
from tests.proxy import Proxy

_ASKS_LONG = "SELECT pg_sleep(60)"
PATIENCE_S = 10


def begun(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    """Work in another thread, and what it raises."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except ServerAway as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, raised


def test_what_only_looks_is_stopped_and_what_changes_something_goes_on(
    far: ServedLogbook,
) -> None:
    is_asking = threading.Event()

    def look() -> None:
        with far.session():
            far.database.execute_sql("SELECT 1")
            is_asking.set()
            far.database.execute_sql(_ASKS_LONG)

    looking, raised = begun(look)
    with far.transaction():
        assert is_asking.wait(PATIENCE_S)
        far.hang_up(0.1)
        assert looking.is_alive()
        far.hang_up(2.0)
        looking.join(PATIENCE_S)
        assert [type(error) for error in raised] == [ServerAway]
        assert save_case(far, a_case("P-1")).version == 1
    assert not far.link.is_away
    assert save_case(far, a_case("P-2")).version == 1


def test_a_server_that_is_given_up_is_not_asked_until_it_is_known_to_answer(
    far: ServedLogbook, way: Proxy
) -> None:
    begins = threading.Event()

    def save() -> None:
        with far.transaction():
            begins.set()
            save_case(far, a_case("P-1"))

    assert save_case(far, a_case("P-2")).version == 1
    with far.session():
        far.database.execute_sql("SELECT 1")
    way.fall_silent()
    saving, raised = begun(save)
    far.hang_up(far.link.patience_s - 1)
    while saving.is_alive():
        far.hang_up()
        saving.join(0.01)
    assert [type(error) for error in raised] == [NothingSaved]
    with pytest.raises(ServerAway, match="asked again by itself"), far.session():
        pass
    way.come_back()
    far.link.find()
    assert save_case(far, a_case("P-1")).version == 1


class Listener:
    """A watch in a thread, and what it tells."""

    def __init__(self, logbook: ServedLogbook) -> None:
        self._told: Queue[Told] = Queue()
        self.watch = Watch(logbook, self._told.put)
        self.thread = threading.Thread(target=self.watch.run)
        self.thread.start()

    def next(self) -> Told:
        """What it tells next, which has to be soon."""
        return self._told.get(timeout=PATIENCE_S)

    def end(self) -> None:
        """It stops also where the server is silent."""
        self.watch.stop()
        self.thread.join(PATIENCE_S)
        assert not self.thread.is_alive()


def test_who_comes_is_known_to_the_others_at_once_and_the_others_to_him(
    far: ServedLogbook, address: Address
) -> None:
    first = Listener(far)
    here = first.next()
    assert (here.what, here.others) == (What.HERE, ())
    second = Listener(open_served(address))
    assert len(second.next().others) == 1
    heard = first.next()
    assert (heard.what, len(heard.others)) == (What.BEAT, 1)
    assert not heard.is_news
    second.end()
    first.end()


def test_a_watch_that_asks_a_silent_server_ends_when_nobody_wants_to_know(
    far: ServedLogbook, way: Proxy
) -> None:
    one = Listener(far)
    assert one.next().what is What.HERE
    way.fall_silent()
    far.link.lose()
    one.end()


@pytest.fixture
def hole() -> Iterator[Address]:
    """A host that takes a connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        yield Address(f"postgresql://postgres@127.0.0.1:{port}/none?connect_timeout=600")


def test_a_host_that_swallows_all_is_given_up_as_soon_as_it_is_cancelled(hole: Address) -> None:
    gives_up = threading.Event()
    opening, raised = begun(lambda: open_served(hole, cancelled=gives_up.is_set))
    opening.join(0.1)
    assert opening.is_alive()
    gives_up.set()
    opening.join(PATIENCE_S)
    assert [type(error) for error in raised] == [ServerAway]


def test_a_name_that_nobody_looks_up_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asks, ends = threading.Event(), threading.Event()

    def look_up(*_asked: object, **_more: object) -> NoReturn:
        asks.set()
        ends.wait()
        raise socket.gaierror

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    away = Address("postgresql://postgres@clinic.example/none")
    opening, raised = begun(lambda: open_served(away, cancelled=asks.is_set))
    opening.join(PATIENCE_S)
    assert [type(error) for error in raised] == [ServerAway]
    ends.set()


def test_a_connection_that_comes_when_nobody_waits_any_more_is_closed() -> None:
    attempts, begins, goes_on = Attempts(), threading.Event(), threading.Event()
    made: Queue[bool] = Queue()

    class Late:
        def close(self) -> None:
            made.put(False)

    def make() -> Any:
        begins.set()
        goes_on.wait()
        return Late()

    with pytest.raises(psycopg.OperationalError):
        attempts.make(make, lambda: not begins.is_set())
    goes_on.set()
    assert made.get(timeout=PATIENCE_S) is False


def test_a_watch_that_connects_to_such_a_host_ends_when_nobody_wants_to_know(hole: Address) -> None:
    watch = Watch(ServedLogbook(hole), lambda _told: None)
    watching = threading.Thread(target=watch.run)
    watching.start()
    watching.join(0.1)
    watch.stop()
    watching.join(PATIENCE_S)
    assert not watching.is_alive()


def test_a_silent_server_need_not_hear_that_no_answer_is_wanted(
    far: ServedLogbook, way: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaking, "_TELLING_S", 0.01)
    with far.session():
        way.fall_silent()
        breaking.watch(far.database.connection(), lambda: True, threading.Event())
        way.come_back()
