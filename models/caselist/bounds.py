# SPDX-License-Identifier: MIT
"""Where in an order the wanted cases can stand, if a condition asks for what it is sorted by.

So a list that is sorted by date begins at the year that is asked for, instead of being walked
through from today on. What lies within need not be wanted; what lies outside never is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from models.caselist.query import Query, SortBy
from models.caselist.sql import Sql, Value, every
from models.query import Op, Term
from models.vocabulary import Leakage, Level, Sex, Vocabulary, YesNo

Ends = tuple[Value, Value]
"""The least and the greatest value of the column; None is an open end."""

_OPEN: Ends = (None, None)


def bounds(query: Query, followed_since: date | None = None) -> Sql | None:
    """What holds for the first column of the order, in ``case_row`` called r; None for no bounds.

    Where there are any, cases without a value are outside.

    Args:
        query: which cases, in which order.
        followed_since: if the filter asks for visits that are to come, the first day of a procedure
            of which there can be any.
    """
    if query.sort is SortBy.DATE and followed_since is not None:
        return _between(f"r.{query.sort.columns[0]}", (followed_since.isoformat(), None))
    if query.sort not in _KNOWN:
        return None
    asked, ends_of = _KNOWN[query.sort]
    for term in query.filter.terms:
        if term.field == asked and (not term.negated or query.sort is SortBy.COMPLETE):
            ends = ends_of(term, query.today)
            if ends != _OPEN:
                return _between(f"r.{query.sort.columns[0]}", ends)
    return None


def first_levels(level_rank: int) -> Term:
    """The condition that a case has one of the levels down to the one of this rank.

    Every case that stands so far up in the order of levels meets it.
    """
    codes = tuple(level.value for level in Level if level.rank <= level_rank)
    return Term("level", Op.IS, codes)


def least_level(terms: Iterable[Term]) -> int | None:
    """The rank of the uppermost level that is asked for, if one of the conditions asks for any."""
    ranks = {level.value: level.rank for level in Level}
    for term in terms:
        asked = [ranks[code] for code in term.values if code in ranks]
        if asked and term.field == "level" and not term.negated:
            return min(asked)
    return None


def _between(column: str, ends: Ends) -> Sql:
    known = [(sign, end) for sign, end in zip((">=", "<="), ends, strict=True) if end is not None]
    return every([Sql(f"{column} {sign} ?", (end,)) for sign, end in known])


def _dates(term: Term, today: date) -> Ends:
    from models.query import days_of

    first, last = days_of(term, today)
    # A date that is known in part is a shorter text, so it comes before its first day.
    return (
        None if first is None else f"{first.year:04d}",
        None if last is None else last.isoformat(),
    )


def _numbers(term: Term, today: date) -> Ends:
    first, last = float(Decimal(term.values[0])), float(Decimal(term.values[-1]))
    return {
        Op.LESS: (None, first),
        Op.AT_MOST: (None, first),
        Op.MORE: (first, None),
        Op.AT_LEAST: (first, None),
    }.get(term.op, (first, last))


def _ranks(vocabulary: type[Vocabulary]) -> Callable[[Term, date], Ends]:
    known = {term.value: term.rank for term in vocabulary}

    def ends(term: Term, today: date) -> Ends:
        if not known.keys() >= set(term.values):
            return _OPEN
        ranks = [known[code] for code in term.values]
        return min(ranks), max(ranks)

    return ends


def _levels(term: Term, today: date) -> Ends:
    """A case stands where its uppermost level is, which may be above the one that is asked for."""
    return None, _ranks(Level)(term, today)[1]


def _yes_no(term: Term, today: date) -> Ends:
    said = [(code == YesNo.YES) is not term.negated for code in term.values]
    return int(min(said)), int(max(said))


_KNOWN: dict[SortBy, tuple[str, Callable[[Term, date], Ends]]] = {
    SortBy.DATE: ("date", _dates),
    SortBy.AGE: ("age", _numbers),
    SortBy.SEX: ("sex", _ranks(Sex)),
    SortBy.LEVEL: ("level", _levels),
    SortBy.CEMENT: ("cement", _numbers),
    SortBy.LEAKAGE: ("leak", _ranks(Leakage)),
    SortBy.COMPLETE: ("complete", _yes_no),
}
"""The field that asks for what the list is sorted by, and what it says of the column."""
