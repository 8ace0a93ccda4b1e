# SPDX-License-Identifier: MIT
"""How long each patient was followed, and what was told of new fractures meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import Case, fn

from models.safety.columns import NOTHING, Bools, Cell, Ints, columns_of, decoded_of, places_of
from models.safety.reading import among
from models.schema import Assessment, LaterMeasure, Patient, TreatedLevel
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
    start, last_seen, told = (np.full(n, NOTHING) for _ in range(3))
    dated = cases.day != NOTHING
    first = np.full(n, _NEVER)
    np.minimum.at(first, cases.patient[dated], cases.day[dated])
    start[first < _NEVER] = first[first < _NEVER]
    np.maximum.at(last_seen, cases.patient[dated], cases.day[dated])
    told_undated, died = (np.zeros(n, dtype=bool) for _ in range(2))
    patient, seen, fracture, undated = _assessments(logbook.database, cases)
    np.maximum.at(last_seen, patient, seen)
    earliest = np.full(n, _NEVER)
    np.minimum.at(earliest, patient, np.where(fracture == NOTHING, _NEVER, fracture))
    told[earliest < _NEVER] = earliest[earliest < _NEVER]
    told_undated[patient[undated == 1]] = True
    measured_of, measured = _measures(logbook.database, cases)
    np.maximum.at(last_seen, measured_of, measured)
    extra: dict[int, frozenset[Level]] = {}
    for place, died_on, vertebrae in _patients(logbook.database, cases):
        if vertebrae:
            extra[place] = frozenset(ExtraVertebra(code).level for code in vertebrae)
        if (day := _ordinal(died_on)) != NOTHING:
            last_seen[place], died[place] = day, True
    return FollowedPatients(start, last_seen, died, told, told_undated, extra)


def _assessments(database: peewee.Database, cases: Cases) -> tuple[Ints, Ints, Ints, Ints]:
    """Patient, last answer, first new fracture, and whether one has no day; one row a case."""
    row = Assessment
    dated = fn.length(row.assessed_on) == _DAY
    fractured = row.new_fracture == YesNo.YES
    query = row.select(
        row.procedure,
        fn.max(Case(None, [(row.missing_reason.is_null() & dated, row.assessed_on)])),
        fn.min(Case(None, [(fractured & dated, row.assessed_on)])),
        fn.max(Case(None, [(fractured & ~fn.coalesce(dated, False), 1)], 0)),
    ).group_by(row.procedure)
    found = database.execute(among(query, row.procedure, cases)).fetchall()
    ids, seen, fracture, undated = columns_of(found, 4)
    patient, kept = _patients_of(cases, ids)
    return (
        patient,
        decoded_of(seen, _ordinal)[kept],
        decoded_of(fracture, _ordinal)[kept],
        np.array(undated, np.int64)[kept],
    )


def _measures(database: peewee.Database, cases: Cases) -> tuple[Ints, Ints]:
    row, level = LaterMeasure, TreatedLevel
    query = (
        row.select(level.procedure, fn.max(row.measured_on))
        .join(level, on=(level.id == row.treated_level))
        .where(fn.length(row.measured_on) == _DAY)
        .group_by(level.procedure)
    )
    found = database.execute(among(query, level.procedure, cases)).fetchall()
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
