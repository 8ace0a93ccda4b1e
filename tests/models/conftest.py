# SPDX-License-Identifier: MIT
"""A logbook of one user, and the same logbook in the hands of another; on each engine in turn.

A test that takes its logbook from ``logbook``, ``new_logbook`` or ``lasting_logbook`` runs twice:
on SQLite in a folder, and on a PostgreSQL server. What is about SQLite itself, or the files of a
logbook, is marked ``sqlite_only`` with its reason, and runs once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from models.logbook import Logbook, current_user
from tests import fresh
from tests.engines import ENGINES, POSTGRES, SQLITE, SQLITE_ONLY
from tests.fresh import BriefLogbook, NewLogbook, again
from tests.server import Server, why_none


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what works with a logbook on every engine that is there."""
    if "engine" in metafunc.fixturenames:
        only_files = metafunc.definition.get_closest_marker(SQLITE_ONLY) is not None
        engines = ENGINES[:1] if only_files or why_none() else ENGINES
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Iterator[None]:
    """Let hypothesis try an eighth as often on the second engine: what it thinks of is the same."""
    name = "_hypothesis_internal_use_settings"
    usual: settings | None = getattr(item.obj, name, None)
    if usual is not None and f"[{POSTGRES}" in item.nodeid:
        setattr(item.obj, name, settings(usual, max_examples=max(usual.max_examples // 8, 3)))
    try:
        return (yield)
    finally:
        if usual is not None:
            setattr(item.obj, name, usual)


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """What keeps the logbooks of a test."""
    return str(getattr(request, "param", SQLITE))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server of this run."""
    if lacking := why_none():
        pytest.skip(lacking)
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def lasting_logbook(engine: str, request: pytest.FixtureRequest) -> NewLogbook:
    """Makes logbooks that outlast a test: for fixtures that many share, and for hypothesis."""
    if engine != POSTGRES:
        return fresh.new_logbook
    served = request.getfixturevalue("served")
    return lambda _folder, user="": served.new(user or current_user())


@pytest.fixture(scope="session")
def brief_logbook(engine: str, request: pytest.FixtureRequest) -> BriefLogbook:
    """Makes logbooks for a block: for what hypothesis tries again and again."""
    served = request.getfixturevalue("served") if engine == POSTGRES else None

    @contextmanager
    def make(user: str = "") -> Iterator[Logbook]:
        with TemporaryDirectory(prefix="kypholog-brief-") as place:
            if served is None:
                logbook = fresh.new_logbook(Path(place) / "Clinic.kypholog", user)
            else:
                logbook = served.new(user or current_user())
            try:
                yield logbook
            finally:
                logbook.close()
                if served is not None:
                    served.take_back(logbook)

    return make


@pytest.fixture(scope="session")
def served(server: Server) -> object:
    """Gives out logbooks on the server."""
    from tests.served_logbooks import ServedLogbooks

    return ServedLogbooks(server)


@pytest.fixture
def new_logbook(engine: str, request: pytest.FixtureRequest) -> Iterator[NewLogbook]:
    """Makes logbooks for one test."""
    if engine != POSTGRES:
        yield fresh.new_logbook
        return
    served = request.getfixturevalue("served")
    made = []

    def make(_folder: Path, user: str = "") -> Logbook:
        made.append(served.new(user or current_user()))
        return made[-1]

    yield make
    for logbook in made:
        logbook.close()
        served.take_back(logbook)


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    yield opened
    opened.close()


@pytest.fixture
def other(logbook: Logbook) -> Iterator[Logbook]:
    opened = again(logbook, user="ben")
    yield opened
    opened.close()
