# SPDX-License-Identifier: MIT
"""How the server goes about what lists, follow-up and analyses ask: along indexes.

The server decides by itself, from what it has counted in the tables. Where a question is about all
cases it may well read a table through, once; never once for each row of another, and never where a
page of a list is all that is wanted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.caselist import Query, SortBy, counts, first_page, lines, outline, page
from models.followup.duelist import due_lines, due_numbers
from models.followup.spans import Which
from models.followup.tally import tally
from models.logbook import Logbook
from models.patient_course import patient_course
from models.patients import cases_of
from models.query import parse
from models.safety.reading import read_safety
from models.sample import fill
from models.schema import Patient
from models.served import create
from tests.models.asked import statements
from tests.models.caselist.conftest import fill_list
from tests.server import Server

TODAY = date(2026, 3, 14)
CASES = 600
FEW = 300
MOST_SORTED = 1_500
"""Rows: a page and one more for each visit of a plan, with some left over."""


@pytest.fixture(scope="module")
def listed(server: Server) -> Iterator[Logbook]:
    """A list of 10,000 lines."""
    with server.new() as address:
        logbook = create(address)
        fill_list(logbook)
        logbook.database.execute_sql("VACUUM ANALYZE")
        yield logbook
        logbook.close()


@pytest.fixture(scope="module")
def whole(server: Server) -> Iterator[Logbook]:
    """Whole cases with all that belongs to them."""
    with server.new() as address:
        logbook = create(address)
        fill(logbook, CASES, 3)
        logbook.database.execute_sql("VACUUM ANALYZE")
        yield logbook
        logbook.close()


Step = dict[str, Any]


def steps(logbook: Logbook, statement: str) -> list[tuple[Step, bool]]:
    """What the server would do, each with whether it is done once for each row of another step."""
    (row,) = logbook.database.execute_sql(f"EXPLAIN (FORMAT JSON) {statement}")
    plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
    found: list[tuple[Step, bool]] = []

    def walk(step: Step, again: bool) -> None:
        found.append((step, again))
        for below in step.get("Plans", ()):
            is_inner = step["Node Type"] == "Nested Loop" and (
                below["Parent Relationship"] == "Inner"
            )
            # What is kept is read once, however often it is looked at.
            kept = step["Node Type"] in ("Materialize", "Memoize", "Hash")
            walk(below, (again or is_inner) and not kept)

    walk(plan[0]["Plan"], False)
    return found


def read_through(logbook: Logbook, asked: list[str], *, again: bool) -> list[str]:
    """The large tables that are read from end to end; if wanted, only those read repeatedly."""
    large = large_tables(logbook)
    return [
        f"{step['Relation Name']}: {statement}"
        for statement in questions(asked)
        for step, is_again in steps(logbook, statement)
        if step["Node Type"] == "Seq Scan" and (is_again or not again)
        if step["Relation Name"] in large
    ]


def questions(asked: list[str]) -> list[str]:
    """Without what begins and ends transactions."""
    return [one for one in asked if one.lstrip().startswith(("SELECT", "WITH"))]


def large_tables(logbook: Logbook) -> set[str]:
    """Those that do not fit a few blocks of the disk, where an index would be in the way."""
    sql = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > ?"
    return {name for (name,) in logbook.database.execute_sql(sql, (FEW,))}


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SortBy)
def test_the_first_page_is_read_off_the_index_of_its_order_from_either_end(
    listed: Logbook, sort: SortBy, *, descending: bool
) -> None:
    with statements(listed) as asked:
        first_page(listed, Query(sort=sort, descending=descending, today=TODAY))
    assert asked
    with reading_along(listed):
        assert read_through(listed, asked, again=False) == []
        assert most_sorted(listed, asked) < MOST_SORTED


@contextmanager
def reading_along(logbook: Logbook) -> Iterator[None]:
    """Tables are read along an index wherever there is one that serves.

    Of 10,000 lines the server takes now the one and now the other way, by what it drew when it
    estimated, for both take it as long.
    """
    with logbook.session():
        logbook.database.execute_sql("SET enable_seqscan = off")
        try:
            yield
        finally:
            logbook.database.execute_sql("RESET enable_seqscan")


def most_sorted(logbook: Logbook, asked: list[str]) -> float:
    """How many rows the server thinks that it has to put in order for one of the questions."""
    return max(
        (
            below["Plan Rows"]
            for statement in questions(asked)
            for step, _ in steps(logbook, statement)
            if step["Node Type"] == "Sort"
            for below in step["Plans"]
        ),
        default=0,
    )


@pytest.mark.parametrize("text", ["level:L1", "rare", "rare kypho", "zzz"])
def test_words_and_tags_of_few_are_found_by_their_index(listed: Logbook, text: str) -> None:
    with statements(listed) as asked:
        first_page(listed, Query(parse(text), today=TODAY))
    assert read_through(listed, asked, again=True) == []
    # Ten thousand lines are so few that reading all their words may be as quick.
    for way in ("seqscan", "indexscan"):
        listed.database.execute_sql(f"SET enable_{way} = off")
    found = [
        step.get("Index Name", "") for one in questions(asked) for step, _ in steps(listed, one)
    ]
    listed.database.execute_sql("RESET ALL")
    assert [name for name in found if name.endswith("_found_by")]


@pytest.mark.parametrize("text", ["", "leak:no", "-leak:yes -level:C1"])
def test_a_page_is_read_by_its_keys(listed: Logbook, text: str) -> None:
    found = outline(listed, Query(parse(text), today=TODAY))
    with statements(listed) as asked:
        page(listed, found, found.pages // 2)
        lines(listed, range(300, 400), TODAY)
    assert read_through(listed, asked, again=False) == []


def test_how_much_there_is_is_read_off_one_index_in_its_order(listed: Logbook) -> None:
    with statements(listed) as asked:
        counts(listed)
    alone = [one for message in asked for one in message.split(";\n")]
    # While somebody else was at work, not all rows were known to be seen by everybody.
    listed.database.execute_sql("VACUUM case_row")
    with reading_along(listed):
        found = [step for one in questions(alone) for step, _ in steps(listed, one)]
    assert [step["Node Type"] for step in found if "Relation Name" in step] == [
        "Index Only Scan",
        "Index Only Scan",
    ]
    assert not any(
        step["Node Type"] == "Sort" or step.get("Strategy") == "Hashed" for step in found
    )


ASK: dict[str, Callable[[Logbook], object]] = {
    "due": lambda logbook: due_lines(logbook, due_numbers(logbook, Which.ALL, TODAY)[:30], TODAY),
    "tally": lambda logbook: tally(logbook, TODAY),
    "outcomes": lambda logbook: pain_outcome(logbook, Question.read(by="technique")),
    "safety": read_safety,
    "course": lambda logbook: patient_course(logbook, somebody(logbook)),
    "cases": lambda logbook: cases_of(logbook, somebody(logbook)),
}


def somebody(logbook: Logbook) -> str:
    return str(Patient.select(Patient.id).limit(1).tuples().execute(logbook.database)[0][0])


@pytest.mark.parametrize("what", ASK)
def test_nothing_is_read_through_for_each_row_of_another(whole: Logbook, what: str) -> None:
    with whole.session(), statements(whole) as asked:
        ASK[what](whole)
    assert asked
    assert read_through(whole, asked, again=True) == []
