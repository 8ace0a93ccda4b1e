# SPDX-License-Identifier: MIT
"""What is colored in a query while it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.query import Filter, parse, parse_partial, text_of
from models.query.marking import Role, marks_of
from tests.models.query.any_filter import filters


def marked(text: str) -> list[tuple[str, str]]:
    marks = marks_of(text, parse_partial(text))
    return [(mark.role.value, text[mark.start : mark.end]) for mark in marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smith t12", []),
        ("level:T12", [("name", "level:"), ("value", "T12")]),
        ("pain>=7", [("name", "pain"), ("value", ">=7")]),
        ('op:="Dr Smith"', [("name", "op:"), ("value", '="Dr Smith"')]),
        ("x date:last 30 days", [("name", "date:"), ("value", "last 30 days")]),
        ("-complete", [("negation", "-"), ("name", "complete")]),
        (
            "NOT -leak:no",
            [("negation", s) for s in ("NOT", "-")] + [("name", "leak:"), ("value", "no")],
        ),
        ('-"a b"', [("negation", "-")]),
        ("lvl:T12", [("problem", "lvl")]),
        (
            "level:T12,T99",
            [("name", "level:"), ("value", "T12,T99"), ("problem", "T99")],
        ),
        ("level:", [("problem", "level:")]),
    ],
)
def test_parts(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@given(st.text(max_size=60))
def test_marks_lie_within_any_text_and_conditions_in_their_places(text: str) -> None:
    understood = parse_partial(text)
    assert len(understood.places) == len(understood.filter.terms)
    ends = [0, *(end for place in understood.places for end in place), len(text)]
    assert ends == sorted(ends)
    for mark in marks_of(text, understood):
        assert 0 <= mark.start < mark.end <= len(text)


@given(filters())
def test_every_condition_is_found_where_it_was_typed(asked: Filter) -> None:
    text = text_of(asked)
    understood = parse_partial(text)
    parts = [parse(text[start:end]).terms for start, end in understood.places]
    assert [term for (term,) in parts] == list(understood.filter.terms)
    assert Role.PROBLEM not in {mark.role for mark in marks_of(text, understood)}
