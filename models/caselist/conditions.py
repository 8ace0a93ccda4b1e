# SPDX-License-Identifier: MIT
"""A filter as SQL, in two ways that mean the same: what is looked at, and what is looked up.

A condition can be put to one case at a time, which is the quicker way to the first hundred of many.
Or the indexes tell every case that meets it, which is the quicker way to a few, and to a count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from models import query as language
from models.caselist.groups import Digits, Group, SeveralDigits
from models.caselist.members import Members
from models.caselist.sql import Sql, Value, any_of, every, negation
from models.caselist.standing import FOLLOW_UP_FIELD, Stands, states_of
from models.engines import search
from models.engines.search import Clause
from models.query import Filter, Kind, Op, QueryField, Term, folded
from models.query.field import IMPORT
from models.quick import dataclass
from models.schema import Patient, Procedure
from models.tags.spelling import Between, Numbers, Tag, date_tags, presence_tag, term_tag
from models.tags.whole import HIGH, LOW
from models.tags.words import words_in
from models.timepoints import STANDARD, VisitPlan


class Condition(Protocol):
    """One condition of a filter."""

    @property
    def negated(self) -> bool:
        """Whether it must not hold."""

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f, without the negation."""


@dataclass(frozen=True, slots=True)
class _Tagged:
    """The case has a tag of every group."""

    groups: Sequence[Group]
    negated: bool

    def test(self) -> Sql:
        return every([group.test() for group in self.groups])

    @property
    def clause(self) -> Clause:
        return [group.tags for group in self.groups]

    @property
    def seeks(self) -> int:
        return sum(group.seeks for group in self.groups)

    @property
    def is_possible(self) -> bool:
        return all(group.tags for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Worded:
    """Every one of the words begins a word of the case, or of its patient's name."""

    words: Sequence[str]
    names: bool
    negated: bool

    def test(self) -> Sql:
        return every([self._begins(word) for word in self.words])

    def members(self) -> Members:
        if not self.names:
            rows = _matching("case_search", search.match_words(self.words))
            return Members(rows, self.test(), self.negated)
        either = [self._either(word) for word in self.words]
        texts = " INTERSECT ".join(f"SELECT number FROM ({piece.text})" for piece in either)
        return Members(Sql(texts, _values(either)), self.test(), self.negated)

    def _begins(self, word: str) -> Sql:
        begins = Sql("instr(f.words, ?) > 0", (f" {word}",))
        if not self.names:
            return begins
        named = _matching("case_search_names", search.match_words([word]))
        return any_of([begins, Sql(f"f.number IN ({named.text})", named.values)])

    def _either(self, word: str) -> Sql:
        begins = search.match_words([word])
        both = [_matching(index, begins) for index in ("case_search", "case_search_names")]
        return Sql(" UNION ".join(piece.text for piece in both), _values(both))


_OF_FEW = frozenset({"operator", "supervisor", "product", "lot"})
"""Columns with few texts in many cases."""

_TOLD = (
    "WITH RECURSIVE texts(told) AS (SELECT min({column}) FROM case_found_by UNION ALL "
    "SELECT (SELECT min({column}) FROM case_found_by WHERE {column} > told) FROM texts "
    "WHERE told IS NOT NULL) SELECT told FROM texts WHERE told IS NOT NULL AND {holds}"
)
"""The texts of a column of which something holds; the index is left at each for the next one."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text of the case is one of the values, or has one of them in it."""

    column: str
    texts: Sequence[str]
    whole: bool
    negated: bool

    def test(self) -> Sql:
        read = f"coalesce(f.{self.column}, '')" if self.whole else f"f.{self.column}"
        return any_of([self._holds(read, text) for text in self.texts])

    def members(self) -> Members:
        if self.column in _OF_FEW:
            holds = any_of([self._holds("told", text) for text in self.texts])
            told = _TOLD.format(column=self.column, holds=holds.text)
            rows = f"SELECT number FROM case_found_by WHERE {self.column} IN ({told})"
        else:
            holds = any_of([self._holds(self.column, text) for text in self.texts])
            known = f"{self.column} IS NOT NULL AND {holds.text}"
            rows = f"SELECT number FROM case_found_by WHERE {known}"
        return Members(Sql(rows, holds.values), self.test(), self.negated)

    def _holds(self, column: str, text: str) -> Sql:
        if self.whole:
            return Sql(f"{column} = ?", (text,))
        return Sql(f"coalesce(instr({column}, ?), 0) > 0", (text,))


@dataclass(frozen=True, slots=True)
class _Imported:
    """The case or its patient was changed by an import, which its entry in the audit names.

    That entry is the last of its transaction, and tells after which one the first came.
    """

    op: Op
    numbers: Sequence[str]
    negated: bool

    def test(self) -> Sql:
        told = (
            "EXISTS (SELECT 1 FROM case_row r "
            "JOIN audit_entry e ON e.subject_id IN (r.case_id, r.patient_id) "
            f"JOIN audit_entry i ON {_OF_IMPORT} WHERE r.number = f.number AND {self._meant})"
        )
        return Sql(told, self._values)

    def members(self) -> Members:
        rows = " UNION ".join(
            f"SELECT r.number FROM audit_entry i JOIN audit_entry e ON {_OF_IMPORT} "
            f"JOIN case_row r ON r.{own} = e.subject_id WHERE r.deleted = 0 AND {self._meant}"
            for own in ("case_id", "patient_id")
        )
        return Members(Sql(rows, self._values * 2), self.test(), self.negated)

    @property
    def _meant(self) -> str:
        if self.op is Op.RANGE:
            return "i.number BETWEEN ? AND ?"
        return f"i.number {self.op.value} ?"

    @property
    def _values(self) -> tuple[Value, ...]:
        return tuple(map(float, self.numbers))


_OF_IMPORT = (
    "i.subject_id = 'imports' AND e.number < i.number "
    "AND (e.subject = 'case' OR e.subject = 'patient' AND e.action = 'change') "
    "AND e.number > json_extract(i.changes, '$.imports.\"\".after_entry[1]')"
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the meaning of a filter depends on.

    Attributes:
        today: what spans of days reach up to, and what is due.
        plan: which visits are asked for.
        names: whether words are looked for in names and record numbers too.
    """

    today: date
    plan: VisitPlan = STANDARD
    names: bool = False


class Conditions:
    """All conditions of a filter."""

    def __init__(self, asked: Filter, circumstances: Circumstances) -> None:
        self._tagged: list[_Tagged] = []
        self._others: list[_Worded | _Read | Stands | _Imported] = []
        self._now = circumstances
        self.is_impossible = False
        for term in asked.terms:
            self._take(term)

    @property
    def are_none(self) -> bool:
        """Whether every case meets them."""
        return not (self._tagged or self._others or self.is_impossible)

    def test(self) -> Sql:
        """What holds for a row of ``case_found_by``, called f, that meets them all."""
        return _all_hold([*self._tagged, *self._others])

    @property
    def seeks(self) -> int:
        """How often, about, the test seeks something in the texts of a case."""
        return sum(tagged.seeks for tagged in self._tagged) + len(self._others)

    def members(self) -> list[Members]:
        """Sets of rows; the rows that are in all of them meet all conditions."""
        found = [condition.members() for condition in self._others]
        if self._tagged:
            wanted, unwanted = (
                [tagged.clause for tagged in self._tagged if tagged.negated is negated]
                for negated in (False, True)
            )
            match = search.match_tags(wanted, unwanted)
            rows = _matching("case_search_tags", match)
            found.insert(0, Members(rows, _all_hold(self._tagged)))
        return found

    def _take(self, term: Term) -> None:
        if not term.field:
            self._take_words(term)
            return
        if term.field == FOLLOW_UP_FIELD:
            states = states_of(term)
            self._others.append(Stands(states, self._now.plan, self._now.today, term.negated))
            return
        if term.field == IMPORT:
            self._others.append(_Imported(term.op, term.values, term.negated))
            return
        field = language.field_of(term.field)
        if field.kind is Kind.WORDS:
            texts = [folded(value) for value in term.values]
            whole = term.op is Op.EXACTLY
            self._others.append(_Read(field.name, texts, whole, term.negated))
            return
        for groups, negated in _groups(field, term, self._now.today):
            tagged = _Tagged(groups, negated)
            if tagged.is_possible:
                self._tagged.append(tagged)
            elif not negated:
                self.is_impossible = True

    def _take_words(self, term: Term) -> None:
        words = words_in(" ".join(term.values))
        if words:
            self._others.append(_Worded(words, self._now.names, term.negated))
        elif term.negated:
            self.is_impossible = True


def _all_hold(conditions: Sequence[Condition]) -> Sql:
    tests = [(condition.test(), condition.negated) for condition in conditions]
    return every([negation(test) if negated else test for test, negated in tests])


def _groups(field: QueryField, term: Term, today: date) -> Iterator[tuple[list[Group], bool]]:
    """What a condition says of tags, and whether that must not be so."""
    if field.kind is Kind.FIELDS:
        yield from _of_presence(field, term)
        return
    say = _SAID[field.kind]
    yield say(field, term, today), term.negated


def _of_terms(field: QueryField, term: Term, today: date) -> list[Group]:
    return [Group([Tag(term_tag(field.name, code)) for code in term.values])]


def _of_date(field: QueryField, term: Term, today: date) -> list[Group]:
    return [Group(date_tags(field.name, *language.days_of(term, today)))]


def _of_number(field: QueryField, term: Term, today: date) -> list[Group]:
    if field.source is not None:
        from models.tags.rows import numbers_of

        numbers = numbers_of(field)
        between = numbers.between(*_limits(term, numbers))
        is_one = field.source.model in (Patient, Procedure)
        return [_within(between, Digits if is_one else SeveralDigits)]
    low, high = LOW[field.name], HIGH[field.name]
    at_least, at_most = _limits(term, low)
    groups = []
    if at_least is not None or at_most is None:
        groups.append(_within(low.between(low=at_least)))
    if at_most is not None:
        groups.append(_within(high.between(high=at_most)))
    return groups


def _within(between: Between | None, kind: type[Digits] = Digits) -> Group:
    return Group(()) if between is None else kind(between.tags(), between)


_SAID: dict[Kind, Callable[[QueryField, Term, date], list[Group]]] = {
    Kind.TERMS: _of_terms,
    Kind.NUMBER: _of_number,
    Kind.DATE: _of_date,
}


def _limits(term: Term, numbers: Numbers) -> tuple[int | None, int | None]:
    """Between which numbers a value lies that meets the condition, counted in the last place."""
    first, last = Decimal(term.values[0]), Decimal(term.values[-1])
    match term.op:
        case Op.LESS:
            return None, numbers.at_least(first) - 1
        case Op.AT_MOST:
            return None, numbers.at_most(first)
        case Op.MORE:
            return numbers.at_most(first) + 1, None
        case Op.AT_LEAST:
            return numbers.at_least(first), None
        case _:
            return numbers.at_least(first), numbers.at_most(last)


def _of_presence(field: QueryField, term: Term) -> Iterator[tuple[list[Group], bool]]:
    """``has`` holds where one of the fields holds something, ``missing`` where one does not."""
    asked = [Group(_presence(language.field_of(name))) for name in term.values]
    if field.name == _HAS:
        yield [Group([tag for group in asked for tag in group.tags])], term.negated
    elif term.negated:
        yield from (([group], False) for group in asked)
    else:
        yield asked, True


_HAS = "has"


def _presence(field: QueryField) -> list[Tag]:
    """The tags of which a case has one where the field holds something."""
    if field.kind is Kind.TERMS and field.source is not None:
        return [Tag(term_tag(field.name, value.code)) for value in field.values]
    if field.kind is Kind.NUMBER and field.source is not None:
        from models.tags.rows import numbers_of

        return [Tag(numbers_of(field).presence)]
    return [Tag(presence_tag(field.name))]


def _matching(index: str, match: str) -> Sql:
    return Sql(f"SELECT rowid AS number FROM {index} WHERE {index} MATCH ?", (match,))


def _values(pieces: Sequence[Sql]) -> tuple[Value, ...]:
    return tuple(value for piece in pieces for value in piece.values)
