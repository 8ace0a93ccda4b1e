# SPDX-License-Identifier: MIT
"""How long each patient was followed, and what was told of new fractures meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import fn

from models.analysis.packed import read_packed
from models.safety.columns import NOTHING, Bools, Cell, Ints, columns_of, decoded_of, places_of
from models.schema import Assessment, CaseRow, LaterMeasure, Patient, TreatedLevel
from models.vocabulary import ExtraVertebra, Level, YesNo

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


def read_followed(logbook: Logbook, cases: Cases) -> FollowedPatients:
    """Read it in three statements. Call it inside ``logbook.session()``."""
    n = cases.n_patients
    start, last_seen = (np.full(n, NOTHING) for _ in range(2))
    dated = cases.day != NOTHING
    first = np.full(n, _NEVER)
    np.minimum.at(first, cases.patient[dated], cases.day[dated])
    start[first < _NEVER] = first[first < _NEVER]
    np.maximum.at(last_seen, cases.patient[dated], cases.day[dated])
    died = np.zeros(n, dtype=bool)
    seen, told, told_undated = _assessments(logbook.database, cases)
    last_seen = np.maximum(last_seen, seen)
    measured_of, measured = _measures(logbook.database, cases)
    np.maximum.at(last_seen, measured_of, measured)
    extra: dict[int, frozenset[Level]] = {}
    for place, died_on, vertebrae in _patients(logbook.database, cases):
        if vertebrae:
            extra[place] = frozenset(ExtraVertebra(code).level for code in vertebrae)
        if (day := _ordinal(died_on)) != NOTHING:
            last_seen[place], died[place] = day, True
    return FollowedPatients(start, last_seen, died, told, told_undated, extra)


def _assessments(database: peewee.Database, cases: Cases) -> tuple[Ints, Ints, Bools]:
    """Last answer and first new fracture of each patient, and whether a fracture has no day."""
    row = Assessment
    fractured = row.new_fracture == YesNo.YES
    read = read_packed(
        database,
        cases.rows_of(row.procedure),
        wide=[CaseRow.number],
        numbers=[row.missing_reason.is_null(), fractured],
        day=row.assessed_on,
    )
    case = cases.places_of(read.wide[0])
    kept = case != NOTHING
    patient, day = cases.patient[case[kept]], read.day[kept]
    answered, broke = (column[kept] == 1 for column in read.numbers)
    dated = day > 0
    seen = np.full(cases.n_patients, NOTHING)
    np.maximum.at(seen, patient[answered & dated], day[answered & dated])
    first = np.full(cases.n_patients, _NEVER)
    np.minimum.at(first, patient[broke & dated], day[broke & dated])
    undated = np.zeros(cases.n_patients, dtype=bool)
    undated[patient[broke & ~dated]] = True
    first[first == _NEVER] = NOTHING
    return _ordinals(seen), _ordinals(first), undated


def _ordinals(days: Ints) -> Ints:
    """Days as ordinal numbers, from numbers such as yyyymmdd."""
    return decoded_of(
        days.tolist(),
        lambda day: NOTHING if day == NOTHING else date.fromisoformat(str(day)).toordinal(),
    )


def _measures(database: peewee.Database, cases: Cases) -> tuple[Ints, Ints]:
    row, level = LaterMeasure, TreatedLevel
    query = (
        row.select(level.procedure, fn.max(row.measured_on))
        .join(level, on=(level.id == row.treated_level))
        .where(fn.length(row.measured_on) == _DAY)
        .group_by(level.procedure)
    )
    found = database.execute(query).fetchall()
    ids, measured = columns_of(found, 2)
    patient, kept = _patients_of(cases, ids)
    return patient, decoded_of(measured, _ordinal)[kept]


def _patients_of(cases: Cases, case_ids: Sequence[Cell]) -> tuple[Ints, Bools]:
    """The patients of those that are among the cases, and which those are."""
    place = places_of(case_ids, cases.place_of)
    kept = place != NOTHING
    return cases.patient[place[kept]], kept


def _patients(
    database: peewee.Database, cases: Cases
) -> Iterator[tuple[int, str | None, list[str]]]:
    place_of = {patient_id: place for place, patient_id in enumerate(cases.patient_ids)}
    row = Patient
    told = row.died_on.is_null(False) | row.extra_vertebrae.is_null(False)
    query = row.select(row.id, row.died_on, row.extra_vertebrae).where(told)
    for patient_id, died_on, vertebrae in database.execute(query):
        if (place := place_of.get(patient_id)) is not None:
            yield place, died_on, (vertebrae or "").split("|") if vertebrae else []


def _ordinal(day: Cell) -> int:
    text = str(day or "")
    return date.fromisoformat(text).toordinal() if len(text) == _DAY else NOTHING
