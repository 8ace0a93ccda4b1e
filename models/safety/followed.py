# SPDX-License-Identifier: MIT
"""How long each patient was followed, and what was told of new fractures meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from peewee import fn

from models.analysis.assessed import read_assessed
from models.analysis.columns import Ints as Counted
from models.analysis.columns import texts_of
from models.analysis.packed import ordinals_of, read_packed
from models.engines.engine import Engine
from models.safety.columns import NOTHING, SEPARATOR, Bools, Ints, places_of
from models.schema import CaseRow, LaterMeasure, Patient, TreatedLevel
from models.scoretext import Fact, Mark
from models.vocabulary import ExtraVertebra, Level

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.safety.record import Cases

_DAY = len("yyyy-mm-dd")
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class FollowedPatients:
    """Of each patient, in days as ordinal numbers; ``NOTHING`` where there is none.

    Attributes:
        start: day of the first procedure that is dated to the day.
        last_seen: last day on which something was known of the patient, after any procedure: an
            answer, a measurement, another procedure. Who died is seen last on that day.
        died: whether that is why.
        told: day of the first assessment that tells of a new fracture.
        told_undated: such an assessment is not dated to the day.
        extra: vertebrae that the patient has and most have not.
    """

    start: Ints
    last_seen: Ints
    died: Bools
    told: Ints
    told_undated: Bools
    extra: dict[int, frozenset[Level]]


def read_followed(logbook: Logbook, cases: Cases, answers: Answers) -> FollowedPatients:
    """Read the rest of it in two statements; ``answers`` come from ``read_answers``.

    Call it inside ``logbook.session()``.
    """
    n = cases.n_patients
    start, last_seen = (np.full(n, NOTHING) for _ in range(2))
    dated = cases.day != NOTHING
    first = np.full(n, _NEVER)
    np.minimum.at(first, cases.patient[dated], cases.day[dated])
    start[first < _NEVER] = first[first < _NEVER]
    np.maximum.at(last_seen, cases.patient[dated], cases.day[dated])
    died = np.zeros(n, dtype=bool)
    seen, told, told_undated = _assessments(answers, cases)
    last_seen = np.maximum(last_seen, seen)
    measured_of, measured = _measures(logbook.database, cases)
    np.maximum.at(last_seen, measured_of, measured)
    patients = _patients(logbook.database, cases)
    last_seen[patients.dead], died[patients.dead] = patients.died_on, True
    return FollowedPatients(start, last_seen, died, told, told_undated, patients.extra)


@dataclass(frozen=True, slots=True)
class Answers:
    """Assessments of each case together, in one order in all columns; days yyyymmdd, 0 for none.

    Attributes:
        number: of each case with an assessment.
        seen: day of its last answer.
        fractured: number of the case of each assessment that tells of a new fracture.
        told: day of each of these.
    """

    number: Counted
    seen: Counted
    fractured: Counted
    told: Counted


def read_answers(database: Engine, numbers: Counted | None = None) -> Answers:
    """Last answer and new fractures of all cases, or of those with these numbers: one statement."""
    read = read_assessed(database, (Fact.MARKS, Fact.REASON), numbers=numbers)
    answered = np.where(read.facts[Fact.REASON] == NOTHING, read.day, 0)
    starts = np.flatnonzero(np.diff(read.number, prepend=NOTHING))
    seen = np.maximum.reduceat(answered, starts) if len(starts) else answered
    fractured = read.marked(Mark.FRACTURED)
    return Answers(read.number[starts], seen, read.number[fractured], read.day[fractured])


def _assessments(read: Answers, cases: Cases) -> tuple[Ints, Ints, Bools]:
    """Last answer and first new fracture of each patient, and whether a fracture has no day."""
    n = cases.n_patients
    case = cases.places_of(read.number)
    kept = case != NOTHING
    seen = np.full(n, NOTHING)
    days = np.where(read.seen == 0, NOTHING, ordinals_of(read.seen))
    np.maximum.at(seen, cases.patient[case[kept]], days[kept])
    case = cases.places_of(read.fractured)
    kept = case != NOTHING
    patient, told = cases.patient[case[kept]], read.told[kept]
    undated = np.zeros(n, dtype=bool)
    undated[patient[told == 0]] = True
    first = np.full(n, _NEVER)
    np.minimum.at(first, patient[told > 0], ordinals_of(told[told > 0]))
    first[first == _NEVER] = NOTHING
    return seen, first, undated


def _measures(database: Engine, cases: Cases) -> tuple[Ints, Ints]:
    """Of each measurement that is dated to the day its patient, and the day."""
    row, level = LaterMeasure, TreatedLevel
    read = read_packed(
        database,
        row.select()
        .join(level, on=(level.id == row.treated_level))
        .join(CaseRow, on=(CaseRow.case_id == level.procedure))
        .where(fn.length(row.measured_on) == _DAY),
        wide=[CaseRow.number],
        day=row.measured_on,
    )
    case = cases.places_of(read.wide[0])
    kept = case != NOTHING
    return cases.patient[case[kept]], ordinals_of(read.day)[kept].astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Patients:
    """Those of whom it is told that they died, or of vertebrae that most have not.

    Attributes:
        dead: places of those whose last day is known.
        died_on: that day of each, as its ordinal number.
        extra: as in ``FollowedPatients``.
    """

    dead: Ints
    died_on: Counted
    extra: dict[int, frozenset[Level]]


def _patients(database: Engine, cases: Cases) -> _Patients:
    row = Patient
    told = row.died_on.is_null(False) | row.extra_vertebrae.is_null(False)
    read = read_packed(
        database,
        row.select().where(told),
        numbers=[fn.length(row.died_on) == _DAY],
        day=row.died_on,
        texts=[texts_of(row.id), texts_of(row.extra_vertebrae)],
    )
    place = places_of(read.texts[0], cases.patients)
    dead = (place != NOTHING) & (read.numbers[0] == 1)
    extra = {
        at: frozenset(ExtraVertebra(code).level for code in vertebrae.split(SEPARATOR))
        for at, vertebrae in zip(place.tolist(), read.texts[1], strict=True)
        if vertebrae and at != NOTHING
    }
    return _Patients(place[dead], ordinals_of(read.day)[dead], extra)
