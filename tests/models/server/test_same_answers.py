# SPDX-License-Identifier: MIT
"""The same cases on a server and in a folder give the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.caselist import Query, SortBy, case_ids, counts, first_page
from models.errors import CannotWrite
from models.logbook import Logbook
from models.moving import copy_logbook
from models.query import parse
from models.sample import fill
from models.served import create
from models.verify import verify
from tests.fresh import new_logbook
from tests.server import Server

TODAY = date(2026, 3, 1)
CASES = 60
QUERIES = (
    "",
    "level:T12",
    "-level:T12 leak:yes",
    "pain:>=7",
    "cement:2..4 date:2025",
    "followup:due",
    "missing:cement_ml",
    "has:operator complete:no",
    "hemang",
    "kyph t1",
    "synth -vert",
    'operator:"smith"',
    "age:<60 or",
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """A logbook in a folder."""
    logbook = new_logbook(tmp_path_factory.mktemp("here") / "Here.kypholog")
    fill(logbook, CASES, 3)
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def there(here: Logbook, server: Server) -> Iterator[Logbook]:
    """Its copy on a server."""
    with server.new() as address:
        logbook = create(address)
        copy_logbook(here, logbook)
        yield logbook
        logbook.close()


def ids(logbook: Logbook, query: Query) -> list[str]:
    return [case_id for chunk in case_ids(logbook, query) for case_id in chunk]


def test_what_was_copied_is_as_the_program_wrote_it(there: Logbook) -> None:
    assert verify(there) == []


@pytest.mark.parametrize("text", QUERIES)
def test_a_query_finds_the_same(here: Logbook, there: Logbook, text: str) -> None:
    query = Query(today=TODAY, filter=parse(text))
    assert ids(there, query) == ids(here, query)
    assert counts(there) == counts(here)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SortBy)
def test_an_order_is_the_same(
    here: Logbook, there: Logbook, sort: SortBy, descending: bool
) -> None:
    query = Query(today=TODAY, sort=sort, descending=descending)
    assert ids(there, query) == ids(here, query)
    narrow = Query(today=TODAY, filter=parse("leak:no"), sort=sort, descending=descending)
    assert ids(there, narrow) == ids(here, narrow)
    # Those without a value come last from either end, whatever the engine thinks of nothing.
    for asked, size in ((query, 7), (query, CASES - 1), (narrow, 7), (narrow, CASES)):
        pages = [first_page(one, asked, size=size) for one in (there, here)]
        first, second = ([line.case_id for line in one.lines] for one in pages)
        assert first == second == ids(here, asked)[:size]


def test_a_copy_comes_back_the_same(there: Logbook, tmp_path: Path) -> None:
    back = new_logbook(tmp_path / "Back.kypholog")
    told = copy_logbook(there, back)
    assert {one.table: one.rows for one in told}["case_row"] == CASES
    assert verify(back) == []
    with pytest.raises(CannotWrite, match="holds something already"):
        copy_logbook(there, back)
    back.close()
