# SPDX-License-Identifier: MIT
"""What a filter is written as means the same filter, and no text at all breaks the reading."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.query import FIELDS, Filter, Op, QueryError, Term, parse, parse_partial, text_of
from models.query.completion import complete
from models.query.wording import words_of
from tests.models.query.any_filter import filters

PIECES = st.sampled_from(
    [
        *(name for field in FIELDS[:24] for name in field.names),
        *("T12", "T", "yes", "7", "-2", "1,5", "2026", "2026-13", "30d", "last", "smith"),
        *(":", ":", ">=", "<", "=", "..", ",", "-", "–", '"', '""', "“", " ", " ", "NOT", "OR"),
        *("\0", "\ud800", "\u0301", "½", "\n"),
    ]
)
TYPED = st.text() | st.lists(PIECES, max_size=12).map("".join)


@given(filters())
@example(Filter())
@example(Filter((Term("", Op.IS, ("complete",)), Term("", Op.IS, ("OR",), True))))
@example(Filter((Term("operator", Op.EXACTLY, ('Dr "Bob", x', "=y")),)))
@example(Filter((Term("level", Op.IS, ("T12", "T13", "L1", "S5")),)))
@example(Filter((Term("change", Op.RANGE, ("-8", "-2.5")),)))
def test_every_filter_comes_back_from_its_text(asked: Filter) -> None:
    assert parse(text_of(asked)) == asked


@given(filters())
def test_every_filter_can_be_said_in_words(asked: Filter) -> None:
    said = words_of(asked)
    assert said == " ".join(said.split())
    assert said
    assert not said.startswith(",")


@given(TYPED)
@example('op:"')
@example("-")
@example("date:last")
@example("level:T10-")
@example("level:..")
@example("pain:" + "9" * 400)
@example("blood_loss:1e5")
@example("date:99999y")
@example("NOT NOT")
@example("operator:,")
def test_any_text_is_a_filter_or_a_problem_at_its_place(text: str) -> None:
    understood = parse_partial(text)
    for problem in understood.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message.endswith(".")
    if understood.problems:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert parse(text) == understood.filter


@given(TYPED)
def test_what_is_understood_of_any_text_can_be_written_and_read(text: str) -> None:
    understood = parse_partial(text)
    assert parse(text_of(understood.filter)) == understood.filter
    assert bool(understood.problems) == (understood.problem is not None)


@given(TYPED, st.integers(0, 30))
@example("a<", 2)
def test_a_completion_replaces_a_part_of_the_text_at_the_cursor(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    for completion in complete(text, cursor):
        assert 0 <= completion.start <= cursor <= completion.end <= len(text)
