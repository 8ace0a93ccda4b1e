# SPDX-License-Identifier: MIT
"""The list of cases: which cases, in which order, and page by page what it shows of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple, TypeVar

import peewee
from peewee import fn

from models.engines import search
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.schema import CaseRow
from models.settings import STORE_IDENTITY, is_on
from models.vocabulary import (
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    PainScale,
    Sex,
    Technique,
    TimePoint,
    Vocabulary,
)

_SEPARATOR = "|"

_IN_LIST = CaseRow.deleted == False  # noqa: E712 - an expression, not a comparison

T = TypeVar("T", bound=Vocabulary)


class SortBy(StrEnum):
    """What the list can be sorted by: the columns of ``CaseRow`` that an index keeps in order."""

    DATE = "performed_on"
    PATIENT = "patient_code"
    LEVEL = "level_rank"


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases are wanted, in which order. Cases in the bin never are.

    Attributes:
        text: every word of it begins a word of the case.
        sort: cases without a value there come last, in either direction.
        descending: from the greatest to the least; equal cases by when they were entered.
        techniques, diagnoses, leakages, levels: at least one of each is in the case; () for any.
    """

    text: str = ""
    sort: SortBy = SortBy.DATE
    descending: bool = True
    techniques: tuple[Technique, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    leakages: tuple[Leakage, ...] = ()
    levels: tuple[Level, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether it may leave out cases of the logbook."""
        terms = (self.techniques, self.diagnoses, self.leakages, self.levels)
        return bool(self.text.strip()) or any(terms)


@dataclass(frozen=True, slots=True)
class Score:
    """One assessment of pain in the course of a case; ``reported`` is empty where nothing is."""

    time_point: TimePoint | None
    assessed_on: PartialDate | None
    scale: PainScale | None
    reported: Reported


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What the list shows of one case.

    Attributes:
        number: the key of the line, in this logbook only.
        level_count: treated levels, with those that have no name yet.
        leakage: None where it was not answered at every level, which is not the same as none.
        gain: the greatest gain in height of the case, in mm; exact or a range.
        pain_scale: the scale of both scores, or None where they are on different scales or on
            none that was stated: then they must not be compared.
        before, latest: pain before the procedure, and the last score after it.
        course: every assessment of pain, in the order of time.
    """

    number: int
    case_id: str
    patient_code: str
    performed_on: PartialDate | None
    age: int | None
    sex: Sex | None
    operator: str
    levels: tuple[Level, ...]
    level_count: int
    techniques: tuple[Technique, ...]
    diagnoses: tuple[Diagnosis, ...]
    cement_ml: float | None
    leakage: Leakage | None
    leak_locations: tuple[LeakLocation, ...]
    gain: Reported
    pain_scale: PainScale | None
    before: Reported
    latest: Reported
    course: tuple[Score, ...]
    complete: bool
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the logbook holds, without the bin. A patient counts once, however many cases."""

    cases: int
    patients: int
    levels: int
    synthetic: int


def numbers(logbook: Logbook, query: Query) -> array[int]:
    """The keys of the cases that are wanted, in order: one statement, read off an index.

    While something is searched for, another one asks whether names are stored and may be found.
    """
    names = False
    if query.text.strip():
        with logbook.session():
            names = is_on(logbook.database, STORE_IDENTITY)
    conditions = _conditions(query, names=names)
    found = CaseRow.select(CaseRow.number).where(*conditions).order_by(*_order(query))
    # As one JSON text, because fetching a row a case takes twice as long and holds up the window.
    listed = found.alias("listed")
    whole = peewee.Select([listed], [fn.json_group_array(listed.c.number)])
    with logbook.session():
        text = whole.scalar(logbook.database)
    return array("q", json.loads(text))


def lines(logbook: Logbook, wanted: Sequence[int]) -> list[CaseLine]:
    """The lines with these keys, in their order; one that was binned meanwhile is left out."""
    rows = map(_Stored._make, _by_key(logbook, "number", wanted, _Stored._fields))
    found = {row.number: row for row in rows}
    return [_line(found[number]) for number in wanted if number in found]


def case_ids(logbook: Logbook, wanted: Sequence[int]) -> list[str]:
    """The ids of the cases with these keys, in their order."""
    rows = _by_key(logbook, "number", wanted, ("number", "case_id"))
    found = {row[0]: str(row[1]) for row in rows}
    return [found[number] for number in wanted if number in found]


def numbers_of(logbook: Logbook, wanted: Sequence[str]) -> list[int]:
    """The keys of the cases with these ids; those in the bin are left out."""
    rows = _by_key(logbook, "case_id", wanted, ("number",))
    return [int(str(row[0])) for row in rows]


def counts(logbook: Logbook) -> Counts:
    """Cases, patients, levels and synthetic cases of the logbook."""
    query = CaseRow.select(
        fn.count(CaseRow.number),
        fn.count(CaseRow.patient_id.distinct()),
        fn.coalesce(fn.sum(CaseRow.level_count), 0),
        fn.coalesce(fn.sum(CaseRow.synthetic.cast("integer")), 0),
    ).where(_IN_LIST)
    with logbook.session():
        found = next(iter(query.tuples().execute(logbook.database)))
    return Counts(*(int(value) for value in found))


def _conditions(query: Query, *, names: bool) -> list[peewee.Node]:
    conditions: list[peewee.Node] = [_IN_LIST]
    matching = search.matching(query.text, names=names)
    if matching is not None:
        conditions.append(peewee.NodeList((_unindexed(CaseRow.number), matching)))
    for column, terms in (
        (CaseRow.techniques, query.techniques),
        (CaseRow.diagnoses, query.diagnoses),
        (CaseRow.levels, query.levels),
    ):
        if terms:
            conditions.append(_holds_one_of(column, terms))
    if query.leakages:
        conditions.append(CaseRow.leakage.in_([str(term) for term in query.leakages]))
    return conditions


def _holds_one_of(column: peewee.Field, terms: Sequence[Vocabulary]) -> peewee.Node:
    """Whether one of the codes is among those in the column."""
    held = peewee.Value(_SEPARATOR).concat(column).concat(_SEPARATOR)
    wanted = (fn.instr(held, f"{_SEPARATOR}{term}{_SEPARATOR}") > 0 for term in terms)
    return reduce(or_, wanted)


def _order(query: Query) -> tuple[peewee.Ordering, peewee.Ordering]:
    column = CaseRow._meta.fields[query.sort.value]
    if query.descending:
        return column.desc(nulls="LAST"), CaseRow.number.desc()
    return column.asc(nulls="LAST"), CaseRow.number.asc()


class _Stored(NamedTuple):
    """The columns of ``CaseRow`` that make a line, as the database hands them out."""

    number: int
    case_id: str
    patient_code: str | None
    performed_on: str | None
    age: int | None
    sex: str | None
    operator: str | None
    levels: str
    level_count: int
    techniques: str
    diagnoses: str
    cement_ml: float | None
    leakage: str | None
    leak_locations: str
    gain_low_mm: float | None
    gain_high_mm: float | None
    pain_scale: str | None
    pain_before_low: float | None
    pain_before_high: float | None
    pain_before_words: str
    pain_latest_low: float | None
    pain_latest_high: float | None
    pain_latest_words: str
    course: str
    complete: int
    synthetic: int


def _by_key(
    logbook: Logbook, key: str, wanted: Sequence[int] | Sequence[str], columns: Sequence[str]
) -> list[tuple[object, ...]]:
    """The columns of the cases whose key is wanted, in any order."""
    fields = CaseRow._meta.fields
    # As one parameter, because a page of a hundred takes twice as long to compose as to read.
    among = peewee.SQL("IN (SELECT value FROM json_each(?))", [json.dumps(list(wanted))])
    query = CaseRow.select(*(fields[name] for name in columns)).where(
        peewee.NodeList((fields[key], among)),
        _unindexed(CaseRow.deleted) == False,  # noqa: E712
    )
    with logbook.session():
        return list(logbook.database.execute(query))


def _unindexed(column: peewee.Field) -> peewee.NodeList:
    """The column for a condition that must not decide how SQLite walks through the table.

    Left to itself it goes through all that is not binned to fetch a hundred lines, and sorts the
    matches of a search instead of reading the index.
    """
    return peewee.NodeList((peewee.SQL("+"), column))


def _line(row: _Stored) -> CaseLine:
    return CaseLine(
        number=row.number,
        case_id=row.case_id,
        patient_code=row.patient_code or "",
        performed_on=_date(row.performed_on),
        age=row.age,
        sex=_term(Sex, row.sex),
        operator=row.operator or "",
        levels=_terms(Level, row.levels),
        level_count=row.level_count,
        techniques=_terms(Technique, row.techniques),
        diagnoses=_terms(Diagnosis, row.diagnoses),
        cement_ml=row.cement_ml,
        leakage=_term(Leakage, row.leakage),
        leak_locations=_terms(LeakLocation, row.leak_locations),
        gain=Reported(row.gain_low_mm, row.gain_high_mm),
        pain_scale=_term(PainScale, row.pain_scale),
        before=Reported(row.pain_before_low, row.pain_before_high, row.pain_before_words),
        latest=Reported(row.pain_latest_low, row.pain_latest_high, row.pain_latest_words),
        course=tuple(_score(*cells) for cells in json.loads(row.course)),
        complete=bool(row.complete),
        synthetic=bool(row.synthetic),
    )


def _score(
    time_point: str | None,
    assessed_on: str | None,
    scale: str | None,
    low: float | None,
    high: float | None,
    words: str,
) -> Score:
    return Score(
        _term(TimePoint, time_point),
        _date(assessed_on),
        _term(PainScale, scale),
        Reported(low, high, words),
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate(text) if text else None


@lru_cache(maxsize=1_000)
def _term(vocabulary: type[T], code: str | None) -> T | None:
    return vocabulary(code) if code else None


@lru_cache(maxsize=1_000)
def _terms(vocabulary: type[T], codes: str) -> tuple[T, ...]:
    return tuple(vocabulary(code) for code in codes.split(_SEPARATOR)) if codes else ()
