# SPDX-License-Identifier: MIT
"""Any filter that the language can tell, for hypothesis."""

from __future__ import annotations

from datetime import date

import hypothesis.strategies as st

from models.query import FIELDS, Filter, Kind, Op, QueryField, Term, folded
from models.query.amounts import number_text

_COMPARISONS = [Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST]
_DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(date.isoformat)
_DATES = st.builds(lambda day, length: day[:length], _DAYS, st.sampled_from([4, 7, 10]))
_SPANS = st.builds("{}{}".format, st.integers(1, 99), st.sampled_from("dwmy"))
_LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_ODD = st.sampled_from(
    ["complete", "OR", "AND", "NOT", "-x", "a:b", 'so "it" is', "“x”", "a,b", "=a", "x..y", '5"']
)
TEXT = (_LETTERS | _ODD).map(lambda text: " ".join(text.split()))


@st.composite
def filters(draw: st.DrawFn, fields: tuple[QueryField, ...] = FIELDS) -> Filter:
    """Up to five conditions."""
    return Filter(tuple(draw(st.lists(terms(fields), max_size=5))))


def terms(fields: tuple[QueryField, ...] = FIELDS) -> st.SearchStrategy[Term]:
    """A condition on one of the fields, or words that are searched for."""
    searched = TEXT.filter(_is_searchable).map(lambda text: Term("", Op.IS, (text,)))
    asked = st.sampled_from(fields).flatmap(terms_of)
    return st.builds(_perhaps_negated, asked | searched, st.booleans())


def terms_of(field: QueryField) -> st.SearchStrategy[Term]:
    """Any condition on the field."""
    if field.kind is Kind.TERMS:
        codes = st.sets(st.sampled_from([value.code for value in field.values]), min_size=1)
        return codes.map(lambda chosen: Term(field.name, Op.IS, field.in_order(chosen)))
    if field.kind is Kind.FIELDS:
        names = [other.name for other in FIELDS if other.can_be_missing]
        several = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
        return several.map(lambda chosen: Term(field.name, Op.IS, tuple(chosen)))
    if field.kind is Kind.WORDS:
        texts = st.lists(TEXT.filter(folded), min_size=1, max_size=3, unique=True).map(tuple)
        return st.builds(Term, st.just(field.name), st.sampled_from([Op.IS, Op.EXACTLY]), texts)
    single, both = _dates(field) if field.kind is Kind.DATE else _numbers(field)
    return single | both


def _numbers(field: QueryField) -> tuple[st.SearchStrategy[Term], st.SearchStrategy[Term]]:
    low, high = field.limits or (-50, 1500)
    parts = 1 if field.is_whole else 100
    numbers = st.integers(round(low * parts), round(high * parts)).map(lambda n: n / parts)
    single = st.builds(
        lambda op, number: Term(field.name, op, (number_text(number),)),
        st.sampled_from([Op.IS, *_COMPARISONS]),
        numbers | numbers.map(lambda number: float(round(number))),
    )
    return single, st.builds(
        lambda one, other: Term(
            field.name, Op.RANGE, (number_text(min(one, other)), number_text(max(one, other)))
        ),
        numbers,
        numbers,
    )


def _dates(field: QueryField) -> tuple[st.SearchStrategy[Term], st.SearchStrategy[Term]]:
    single = st.builds(
        lambda op, day: Term(field.name, op, (day,)),
        st.sampled_from([Op.IS, *_COMPARISONS]),
        _DATES | st.just("today"),
    )
    spans = _SPANS.map(lambda span: Term(field.name, Op.IS, (span,)))
    ends = st.tuples(_DATES, _DATES).map(lambda pair: tuple(sorted(pair)))
    open_ends = st.tuples(_DATES, st.just("today"))
    return single | spans, (ends | open_ends).map(lambda pair: Term(field.name, Op.RANGE, pair))


def _perhaps_negated(term: Term, negated: bool) -> Term:
    return Term(term.field, term.op, term.values, negated)


def _is_searchable(text: str) -> bool:
    return any(character.isalnum() for character in text)
