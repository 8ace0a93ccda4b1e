# SPDX-License-Identifier: MIT
"""What the list asks of the database: few statements, each along an index, however long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from models.caselist import (
    Query,
    SortBy,
    case_ids,
    counts,
    first_page,
    ids_of_rows,
    lines,
    outline,
    page,
)
from models.logbook import Logbook
from models.query import parse
from models.schema import CaseRow
from models.timepoints import STANDARD
from tests.models.caselist.conftest import MANY, plan_of, statements

planned_by_sqlite = pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")

ASKED = ["", "level:L1", "leak:no", "-leak:yes -level:C1", "kypho", "rare kypho", "op:rare", "zzz"]
"""None, few, all and most, by words of many and few, by a part of a text, and nothing."""

TODAY = date(2026, 3, 14)

MOST_STATEMENTS = 10
"""State, names, visit plan, key, a look near and one far, the few, all, the plan again, lines."""


def indexed(columns: tuple[str, ...]) -> str:
    """How the name of its index begins, which is cut where it is long."""
    return f"USING COVERING INDEX case_row_deleted_{columns[0]}"


def test_every_sort_has_its_index() -> None:
    indexes = {columns for columns, _ in CaseRow._meta.indexes}
    assert {("deleted", *sort.columns, "number") for sort in SortBy} <= indexes


@planned_by_sqlite
@pytest.mark.parametrize("sort", sorted(set(SortBy) - {SortBy.FOLLOW_UP}, key=str))
@pytest.mark.parametrize("descending", [True, False])
def test_every_sort_is_read_off_its_index(large: Logbook, sort: SortBy, descending: bool) -> None:
    query = Query(sort=sort, descending=descending)
    for ask in (lambda: first_page(large, query), lambda: outline(large, query)):
        with statements(large) as asked:
            ask()
        (walk,) = [statement for statement in asked if "FROM case_row r " in statement]
        plan = plan_of(large, walk)
        searches = [line for line in plan.splitlines() if "SEARCH" in line]
        assert searches
        assert all(indexed(sort.columns) in line for line in searches)
        assert "TEMP B-TREE" not in plan


@planned_by_sqlite
@pytest.mark.parametrize("text", ASKED)
def test_a_page_is_read_by_its_keys_whatever_was_asked_for(large: Logbook, text: str) -> None:
    whole = outline(large, Query(parse(text)))
    for index in range(0, whole.pages, 20):
        with statements(large) as asked:
            page(large, whole, index)
        assert len(asked) == 3, "the state, the visit plan, and the rows"
        assert "SEARCH case_row USING INTEGER PRIMARY KEY" in plan_of(large, asked[-1])


@planned_by_sqlite
@pytest.mark.parametrize("descending", [True, False])
def test_next_visits_are_walked_through_along_the_index(large: Logbook, descending: bool) -> None:
    query = Query(sort=SortBy.FOLLOW_UP, descending=descending)
    with statements(large) as asked:
        first_page(large, query)
    (walk,) = [statement for statement in asked if "FROM case_row r " in statement]
    searches = [line for line in plan_of(large, walk).splitlines() if "SEARCH r" in line]
    assert len(searches) == len(STANDARD.asked)
    assert all(indexed(("performed_day",)) in line for line in searches)
    assert all("performed_day>" in line for line in searches)


@planned_by_sqlite
@pytest.mark.parametrize("text", ASKED)
@pytest.mark.parametrize("sort", [SortBy.DATE, SortBy.PAIN_CHANGE, SortBy.FOLLOW_UP])
def test_a_page_takes_few_statements_along_indexes(large: Logbook, text: str, sort: SortBy) -> None:
    query = Query(parse(text), sort)
    with statements(large) as asked:
        first_page(large, query)
        whole = outline(large, query)
    at_first = len(asked)
    assert at_first <= 2 * MOST_STATEMENTS
    if whole.pages:
        with statements(large) as more:
            page(large, whole, whole.pages - 1)
        asked += more
    plans = [plan_of(large, statement) for statement in asked]
    scanned = {line for plan in plans for line in plan.splitlines() if line.startswith("SCAN")}
    # The audit is walked from its end to the last entry that changed a list. The few texts of a
    # column are found one by one along its index, and then gone through.
    named = ("(", "r", "CONSTANT", "json_each", "case_search", "audit_entry", "texts")
    allowed = tuple(f"SCAN {name}" for name in named)
    assert all("LIMIT 1" in one for one in asked if "FROM audit_entry WHERE action" in one)
    assert [line for line in scanned if not line.startswith(allowed)] == []
    assert all(" OFFSET " not in statement for statement in asked)


@planned_by_sqlite
@pytest.mark.parametrize("text", ["op:rare", "supervisor:ab", "product:x", "lot:==none"])
def test_texts_of_few_are_not_looked_for_in_every_case(large: Logbook, text: str) -> None:
    with statements(large) as asked:
        outline(large, Query(parse(text)))
    (found,) = [one for one in asked if "WITH RECURSIVE" in one]
    steps = plan_of(large, found).splitlines()
    assert [step for step in steps if "SCAN case_found_by" in step] == []
    column = parse(text).terms[0].field
    assert any(
        f"SEARCH case_found_by USING COVERING INDEX case_found_by_{column}" in step
        for step in steps
    )


@planned_by_sqlite
def test_of_the_upper_levels_an_index_tells_only_theirs(large: Logbook) -> None:
    """What most cases meet and those of the neck do not is found without telling all of them."""
    text = "-level:C1-C7"
    with statements(large) as asked:
        found = first_page(large, Query(parse(text), SortBy.LEVEL, descending=False)).lines
    assert any("AND r.level_rank <= " in one for one in asked)
    by_rank = [line.number for line in found]
    whole = outline(large, Query(parse(text), SortBy.LEVEL, descending=False))
    assert by_rank == whole.keys.numbers(large.database, whole.rows_of_page(0))


@planned_by_sqlite
def test_only_few_are_sorted(large: Logbook) -> None:
    for text, sorts in (("leak:no", False), ("kypho", False), ("level:L1", True), ("rare", True)):
        with statements(large) as asked:
            outline(large, Query(parse(text)))
        assert ("TEMP B-TREE" in plan_of(large, asked[-1])) is sorts, text


@pytest.mark.parametrize(
    "ask",
    [
        lambda logbook: lines(logbook, range(300, 400), TODAY),
        lambda logbook: lines(logbook, range(1, 3_000), TODAY),
        counts,
    ],
)
def test_few_statements_whatever_the_size(large: Logbook, ask: Callable[[Logbook], object]) -> None:
    with statements(large) as asked:
        ask(large)
    assert len(asked) <= 2, "the visit plan, and the rows"


@planned_by_sqlite
def test_lines_are_fetched_by_their_key(large: Logbook) -> None:
    with statements(large) as asked:
        lines(large, range(300, 400), TODAY)
    assert "SEARCH case_row USING INTEGER PRIMARY KEY" in plan_of(large, asked[-1])


@pytest.mark.parametrize("text", ASKED)
def test_all_ids_take_as_few(large: Logbook, text: str) -> None:
    query = Query(parse(text))
    with statements(large) as asked:
        found = [case_id for chunk in case_ids(large, query) for case_id in chunk]
        whole = outline(large, query)
        assert ids_of_rows(large, whole, [range(whole.count)]) == found
    assert len(asked) <= 3 * MOST_STATEMENTS
    assert len(found) == whole.count <= MANY
