# SPDX-License-Identifier: MIT
"""What the list shows of a case: the columns of ``CaseRow`` in the types of the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

import peewee

from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.schema import CaseRow
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

T = TypeVar("T", bound=Vocabulary)


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
        told: the course of pain as it is stored.
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
    complete: bool
    synthetic: bool
    told: str

    @property
    def course(self) -> tuple[Score, ...]:
        """Every assessment of pain, in the order of time; read when it is first looked at."""
        return _course(self.told)


def lines(logbook: Logbook, wanted: Sequence[int]) -> list[CaseLine]:
    """The lines with these keys, in their order; one that was binned meanwhile is left out."""
    with logbook.session():
        rows = by_number(logbook.database, wanted, _Stored._fields)
    found = {row.number: row for row in map(_Stored._make, rows)}
    return [_line(found[number]) for number in wanted if number in found]


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


def by_number(
    database: peewee.Database, numbers: Sequence[int], columns: Sequence[str]
) -> list[tuple[object, ...]]:
    """The columns of the cases with these numbers that are not in the bin, in any order."""
    # Written out, with the numbers as one value, because a page takes longer to compose than to
    # read; and left to itself, SQLite goes through all that is not binned to fetch a hundred.
    sql = (
        f"SELECT {', '.join(columns)} FROM case_row "
        "WHERE number IN (SELECT value FROM json_each(?)) AND NOT +deleted"
    )
    return list(database.execute_sql(sql, (json.dumps(list(numbers)),)))


def by_case_id(database: peewee.Database, case_ids: Collection[str]) -> list[tuple[int, str]]:
    """Number and id of the cases with these ids."""
    among = peewee.SQL("IN (SELECT value FROM json_each(?))", [json.dumps(list(case_ids))])
    query = CaseRow.select(CaseRow.number, CaseRow.case_id)
    return list(database.execute(query.where(peewee.NodeList((CaseRow.case_id, among)))))


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
        complete=bool(row.complete),
        synthetic=bool(row.synthetic),
        told=row.course,
    )


@lru_cache(maxsize=1_000)
def _course(told: str) -> tuple[Score, ...]:
    return tuple(_score(*cells) for cells in json.loads(told))


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
    """The term; None for one that this program does not know, which ``verify`` names."""
    try:
        return vocabulary(code) if code else None
    except ValueError:
        return None


@lru_cache(maxsize=1_000)
def _terms(vocabulary: type[T], codes: str) -> tuple[T, ...]:
    terms = (_term(vocabulary, code) for code in codes.split(_SEPARATOR))
    return tuple(term for term in terms if term is not None)
