# SPDX-License-Identifier: MIT
"""Any cases, any filter, any order: the pages are the sorted cases that meet the conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from models.case import Case
from models.caselist import (
    Query,
    SortBy,
    case_ids,
    first_page,
    has_any,
    ids_of_rows,
    lines_of_rows,
    outline,
    page,
    position,
    sketch,
)
from models.caselist.finder import Finder, Ways
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.query import FIELDS, Filter, Kind, Op, QueryField, Term
from models.query.amounts import number_text
from tests.fresh import NewLogbook
from tests.models.any_case import cases
from tests.models.caselist.any_list import TODAY, listing, ordered, standing
from tests.models.query.any_filter import filters
from tests.models.query.reference import _codes as codes
from tests.models.query.reference import _spans as spans
from tests.models.query.reference import _values as values
from tests.models.query.reference import holds

SORTS = st.sampled_from(list(SortBy))
SOME = st.lists(cases(), max_size=6, unique_by=lambda case: case.id)
COMPARED = (Op.IS, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST)


@pytest.fixture(scope="module")
def logbook(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    made = lasting_logbook(tmp_path_factory.mktemp("any") / "Clinic.kypholog")
    yield made
    made.close()


def expected(cases: list[Case], query: Query) -> list[str]:
    """The ids of the cases that the query wants, in their order."""
    wanted = {
        case.id: holds(query.filter, case, today=query.today, follow_up=standing(case))
        for case in cases
        if case.procedure.deleted_at is None
    }
    order = ordered(cases, query.sort, descending=query.descending)
    return [case_id for case_id in order if wanted.get(case_id)]


def found(logbook: Logbook, query: Query) -> list[str]:
    return [case_id for chunk in case_ids(logbook, query) for case_id in chunk]


@settings(max_examples=20)
@given(SOME, st.lists(filters(), min_size=1, max_size=4), SORTS, st.booleans())
def test_any_filter_in_any_order_finds_what_it_means(
    logbook: Logbook, drawn: list[Case], asked: list[Filter], sort: SortBy, descending: bool
) -> None:
    with listing(logbook, drawn):
        for each in asked:
            query = Query(each, sort, descending, TODAY)
            assert found(logbook, query) == expected(drawn, query)


@settings(max_examples=6)
@given(st.lists(cases(), min_size=1, max_size=3, unique_by=lambda case: case.id), st.data())
def test_every_field_of_a_case_finds_it(
    logbook: Logbook, drawn: list[Case], data: st.DataObject
) -> None:
    """Conditions on what the cases hold, so that most of them are met, and just so."""
    with listing(logbook, drawn):
        for case in drawn:
            for field in FIELDS:
                for term in telling(field, case):
                    negated = replace(term, negated=data.draw(st.booleans()))
                    sort = _SORTED_BY_IT.get(field.name, SortBy.DATE)
                    query = Query(Filter((negated,)), sort, data.draw(st.booleans()), TODAY)
                    assert found(logbook, query) == expected(drawn, query), negated


_SORTED_BY_IT = {
    "age": SortBy.AGE,
    "sex": SortBy.SEX,
    "level": SortBy.LEVEL,
    "cement": SortBy.CEMENT,
    "leak": SortBy.LEAKAGE,
    "complete": SortBy.COMPLETE,
}
"""Where a list is sorted by what is asked for, it is walked through only in part."""


def telling(field: QueryField, case: Case) -> Iterator[Term]:
    """Conditions that the case meets, or misses by a hair."""
    if field.name == "followup":
        return (Term(field.name, Op.IS, (value.code,)) for value in field.values)
    if field.kind is Kind.TERMS:
        return (Term(field.name, Op.IS, (str(code),)) for code in codes(field, case))
    return _TELLING.get(field.kind, lambda *_: iter(()))(field, case)


def _of_number(field: QueryField, case: Case) -> Iterator[Term]:
    for ends in spans(field, case):
        for op in COMPARED:
            yield from (Term(field.name, op, (number_text(end),)) for end in sorted(set(ends)))
        yield Term(field.name, Op.RANGE, tuple(map(number_text, ends)))


def _of_date(field: QueryField, case: Case) -> Iterator[Term]:
    for day in values(field, case):
        assert isinstance(day, PartialDate)
        for op in COMPARED:
            yield from (Term(field.name, op, (day[:length],)) for length in (4, 7))
        yield Term(field.name, Op.RANGE, (day, day))


def _of_words(field: QueryField, case: Case) -> Iterator[Term]:
    for text in map(str, values(field, case)):
        yield Term(field.name, Op.EXACTLY, (text,))
        if part := text[1:4].strip():
            yield Term(field.name, Op.IS, (part,))


def _of_fields(field: QueryField, case: Case) -> Iterator[Term]:
    return (Term(field.name, Op.IS, (other.name,)) for other in FIELDS if other.can_be_missing)


_TELLING = {
    Kind.NUMBER: _of_number,
    Kind.DATE: _of_date,
    Kind.WORDS: _of_words,
    Kind.FIELDS: _of_fields,
}


@settings(max_examples=15)
@given(SOME, filters(), SORTS, st.booleans(), st.integers(0, 3), st.integers(0, 3))
def test_every_way_of_finding_finds_the_same(
    logbook: Logbook,
    drawn: list[Case],
    asked: Filter,
    sort: SortBy,
    descending: bool,
    near: int,
    few: int,
) -> None:
    """The ways differ in speed alone, for any number of cases."""
    with listing(logbook, drawn):
        for each in (Filter(), asked):
            query = Query(each, sort, descending, TODAY)
            ways = Ways(near, far=2 * near, few=few, some=1, spread=3, seeks=near, upper=near)
            finder = Finder(logbook.database, query, ways)
            whole = Finder(logbook.database, query).numbers(len(drawn) + 1)
            for limit in range(1, len(whole) + 2):
                assert finder.numbers(limit) == whole[:limit]
            assert finder.written().numbers(range(len(whole) + 1)) == whole


@settings(max_examples=15)
@given(SOME, filters(), SORTS, st.booleans(), st.integers(1, 4), st.randoms())
def test_pages_of_any_size_fetched_in_any_order_are_the_list(
    logbook: Logbook,
    drawn: list[Case],
    asked: Filter,
    sort: SortBy,
    descending: bool,
    size: int,
    dice: Random,
) -> None:
    with listing(logbook, drawn):
        for each in (Filter(), asked):
            query = Query(each, sort, descending, TODAY)
            order = expected(drawn, query)
            first = first_page(logbook, query, size=size)
            assert [line.case_id for line in first.lines] == order[:size]
            assert first.has_more is (len(order) > size)
            left_out = [case.id for case in drawn if case.id not in order]
            assert not has_any(logbook, query, left_out)
            whole = outline(logbook, query, size=size, find=[case.id for case in drawn])
            assert whole.rows == {case_id: row for row, case_id in enumerate(order)}
            pages = list(range(whole.pages))
            dice.shuffle(pages)
            begun = sketch(logbook, query, size=size) or whole
            assert begun.count == whole.count == len(order)
            got = {index: page(logbook, begun, index) for index in pages}
            assert [line.case_id for index in sorted(got) for line in got[index] or ()] == order
            for row, case_id in enumerate(order):
                assert position(logbook, query, case_id) == row
                assert has_any(logbook, query, ["none", case_id])
                rows = [range(row, len(order)), range(row)]
                wanted = order[row:] + order[:row]
                assert ids_of_rows(logbook, whole, rows) == wanted
                lines = lines_of_rows(logbook, whole, rows)
                assert [line.case_id for line in lines or ()] == wanted
