# SPDX-License-Identifier: MIT
"""What the list shows of a case: the columns of ``CaseRow`` in the types of the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

import peewee

from models.followup.states import FollowUp, day_of, follow_up
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.quick import dataclass
from models.schema import CaseRow
from models.settings import visit_plan_in
from models.timepoints import VisitPlan
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


class StoredLine(NamedTuple):
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
    performed_day: int | None
    visits: str
    days_to_death: int | None
    complete: int
    synthetic: int
    signed: int


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What the list shows of one case.

    A page holds more lines than are in sight, so a value takes its own type when it is looked at.

    Attributes:
        stored: the line as it is stored.
        plan: which visits the clinic asks for.
        today: the day that the follow-up is told of.
    """

    stored: StoredLine
    plan: VisitPlan
    today: date

    @property
    def number(self) -> int:
        """The key of the line, in this logbook only."""
        return self.stored.number

    @property
    def case_id(self) -> str:
        """The id of the case."""
        return self.stored.case_id

    @property
    def patient_code(self) -> str:
        """The code of the patient; "" for none."""
        return self.stored.patient_code or ""

    @property
    def performed_on(self) -> PartialDate | None:
        """The day of the procedure, as well as it is known."""
        return _date(self.stored.performed_on)

    @property
    def age(self) -> int | None:
        """Age at the procedure, in years."""
        return self.stored.age

    @property
    def sex(self) -> Sex | None:
        """Sex of the patient."""
        return _term(Sex, self.stored.sex)

    @property
    def operator(self) -> str:
        """Who operated; "" where that is not recorded."""
        return self.stored.operator or ""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The treated levels that have a name, from head to tail."""
        return _terms(Level, self.stored.levels)

    @property
    def level_count(self) -> int:
        """Treated levels, with those that have no name yet."""
        return self.stored.level_count

    @property
    def techniques(self) -> tuple[Technique, ...]:
        """Each technique once."""
        return _terms(Technique, self.stored.techniques)

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """Each diagnosis once."""
        return _terms(Diagnosis, self.stored.diagnoses)

    @property
    def cement_ml(self) -> float | None:
        """Cement of all levels together, in mL."""
        return self.stored.cement_ml

    @property
    def leakage(self) -> Leakage | None:
        """None where it was not answered at every level, which is not the same as none."""
        return _term(Leakage, self.stored.leakage)

    @property
    def leak_locations(self) -> tuple[LeakLocation, ...]:
        """Where cement leaked to, each place once."""
        return _terms(LeakLocation, self.stored.leak_locations)

    @property
    def gain(self) -> Reported:
        """The greatest gain in height of the case, in mm; exact or a range."""
        return Reported(self.stored.gain_low_mm, self.stored.gain_high_mm)

    @property
    def pain_scale(self) -> PainScale | None:
        """The scale of both scores, or None where they must not be compared.

        They are on different scales then, or on none that was stated.
        """
        return _term(PainScale, self.stored.pain_scale)

    @property
    def before(self) -> Reported:
        """Pain before the procedure."""
        row = self.stored
        return Reported(row.pain_before_low, row.pain_before_high, row.pain_before_words)

    @property
    def latest(self) -> Reported:
        """The last score after the procedure."""
        row = self.stored
        return Reported(row.pain_latest_low, row.pain_latest_high, row.pain_latest_words)

    @property
    def complete(self) -> bool:
        """Whether every core field is answered."""
        return bool(self.stored.complete)

    @property
    def signed(self) -> bool:
        """Whether the case was signed off, and is locked."""
        return bool(self.stored.signed)

    @property
    def synthetic(self) -> bool:
        """Whether the case was made up."""
        return bool(self.stored.synthetic)

    @property
    def course(self) -> tuple[Score, ...]:
        """Every assessment of pain, in the order of time."""
        return _course(self.stored.course)

    @property
    def follow_up(self) -> FollowUp:
        """How the follow-up of the case stands; see ``models.visits`` for what it is told by."""
        row = self.stored
        day = day_of(row.performed_day, self.today)
        return _follow_up(self.plan, row.visits, row.days_to_death, day)


def lines(logbook: Logbook, wanted: Sequence[int], today: date) -> list[CaseLine]:
    """The lines with these keys, in their order; one that was binned meanwhile is left out.

    Two statements, one of them the visit plan. ``today`` is the day of which the follow-up is told.
    """
    with logbook.session():
        plan = visit_plan_in(logbook.database)
        rows = by_number(logbook.database, wanted, StoredLine._fields)
    found = {row.number: row for row in map(StoredLine._make, rows)}
    return [CaseLine(found[number], plan, today) for number in wanted if number in found]


def by_number(
    database: peewee.Database, numbers: Sequence[int], columns: Sequence[str]
) -> list[tuple[object, ...]]:
    """The columns of the cases with these numbers that are not in the bin, in any order."""
    # Written out, with the numbers as one value, because a page takes longer to compose than to
    # read; and left to itself, SQLite goes through all that is not binned to fetch a hundred.
    sql = (
        f"SELECT {', '.join(columns)} FROM case_row "
        "WHERE number IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) AND +deleted = 0"
    )
    return list(database.execute_sql(sql, (json.dumps(list(numbers)),)))


def by_case_id(database: peewee.Database, case_ids: Collection[str]) -> list[tuple[int, str]]:
    """Number and id of the cases with these ids."""
    among = peewee.SQL("IN (SELECT value FROM json_each(?))", [json.dumps(list(case_ids))])
    query = CaseRow.select(CaseRow.number, CaseRow.case_id)
    return list(database.execute(query.where(peewee.NodeList((CaseRow.case_id, among)))))


@lru_cache(maxsize=5_000)
def _follow_up(
    plan: VisitPlan, letters: str, days_to_death: int | None, day: int | None
) -> FollowUp:
    return follow_up(plan, letters, days_to_death, day)


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
