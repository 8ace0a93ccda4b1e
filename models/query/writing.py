# SPDX-License-Identifier: MIT
"""A filter as text again: in one spelling, which means the same when it is read."""

from __future__ import annotations

from models.query.amounts import RANGE_SIGN
from models.query.field import Kind, QueryField
from models.query.filter import Filter, Op, Term
from models.query.parsing import AND, NOT, OR, YES, flag_of
from models.query.registry import field_of
from models.quick import pattern

_NEEDS_NO_QUOTES = pattern(r"\w+(?:[.'/-]\w+)*[.]?")
_RUN = 3
"""So many neighbors in an order are written as a range."""

_FEWEST_IN_AN_ORDER = 4
"""Yes, no and unknown have an order too, but nobody thinks of a range there."""


def text_of(asked: Filter) -> str:
    """The text that ``parse`` reads as this filter: names and codes in one spelling."""
    return " ".join(text_of_term(term) for term in asked.terms)


def text_of_term(term: Term) -> str:
    """The text of one condition."""
    minus = "-" if term.negated else ""
    if not term.field:
        return minus + quoted(term.values[0], is_searched=True)
    field = field_of(term.field)
    if field.is_flag and term.values == (YES,):
        return minus + field.name
    return f"{minus}{field.name}:{_condition(field, term)}"


def runs_of(field: QueryField, codes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Codes in their order, with those together that are written as a range."""
    places = [value.code for value in field.values]
    runs: list[list[str]] = []
    for code in codes:
        if runs and places.index(code) == places.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    if not field.is_ordered or len(places) < _FEWEST_IN_AN_ORDER:
        return [(code,) for code in codes]
    return [
        part
        for run in runs
        for part in ([tuple(run)] if len(run) >= _RUN else [(code,) for code in run])
    ]


def _condition(field: QueryField, term: Term) -> str:
    if field.kind is Kind.TERMS:
        runs = runs_of(field, term.values)
        return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    if field.kind is Kind.WORDS:
        sign = "=" if term.op is Op.EXACTLY else ""
        return sign + ",".join(quoted(value) for value in term.values)
    if field.kind is Kind.FIELDS:
        return ",".join(term.values)
    if term.op is Op.RANGE:
        return RANGE_SIGN.join(term.values)
    return ("" if term.op is Op.IS else term.op.value) + term.values[0]


def quoted(words: str, *, is_searched: bool = False) -> str:
    """The words as they are where nothing in them means something else, or between quotes."""
    of_the_language = is_searched and (words in (AND, NOT, OR) or flag_of(words) is not None)
    if _NEEDS_NO_QUOTES.fullmatch(words) and not of_the_language:
        return words
    return '"' + words.replace('"', '""') + '"'
