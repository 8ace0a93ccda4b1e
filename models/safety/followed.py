# SPDX-License-Identifier: MIT
"""How long each patient was followed, and what was told of new fractures meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import Case, fn

from models.safety.columns import NOTHING, Ints
from models.safety.reading import among
from models.schema import Assessment, LaterMeasure, Patient, TreatedLevel
from models.vocabulary import ExtraVertebra, Level, YesNo

if TYPE_CHECKING:
    from models.logbook import Logbook
    from models.safety.record import Cases

_DAY = len("yyyy-mm-dd")


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
    died: np.ndarray
    told: Ints
    told_undated: np.ndarray
    extra: dict[int, frozenset[Level]]


def read_followed(logbook: Logbook, cases: Cases) -> FollowedPatients:
    """Read it in three statements. Call it inside ``logbook.session()``."""
    n = cases.n_patients
    start, last_seen, told = (np.full(n, NOTHING) for _ in range(3))
    dated = cases.day != NOTHING
    first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(first, cases.patient[dated], cases.day[dated])
    known = first < np.iinfo(np.int64).max
    start[known] = first[known]
    np.maximum.at(last_seen, cases.patient[dated], cases.day[dated])
    told_undated, died = (np.zeros(n, dtype=bool) for _ in range(2))
    for place, seen, fracture, undated in _assessments(logbook.database, cases):
        patient = cases.patient[place]
        last_seen[patient] = max(last_seen[patient], _ordinal(seen))
        if fracture:
            day = _ordinal(fracture)
            told[patient] = day if told[patient] == NOTHING else min(told[patient], day)
        told_undated[patient] |= bool(undated)
    for place, measured in _measures(logbook.database, cases):
        patient = cases.patient[place]
        last_seen[patient] = max(last_seen[patient], _ordinal(measured))
    extra: dict[int, frozenset[Level]] = {}
    for patient, died_on, vertebrae in _patients(logbook.database, cases):
        if vertebrae:
            extra[patient] = frozenset(ExtraVertebra(code).level for code in vertebrae)
        if (day := _ordinal(died_on)) != NOTHING:
            last_seen[patient], died[patient] = day, True
    return FollowedPatients(start, last_seen, died, told, told_undated, extra)


def _assessments(
    database: peewee.Database, cases: Cases
) -> Iterator[tuple[int, str | None, str | None, int]]:
    row = Assessment
    dated = fn.length(row.assessed_on) == _DAY
    fractured = row.new_fracture == YesNo.YES
    query = row.select(
        row.procedure,
        fn.max(Case(None, [(row.missing_reason.is_null() & dated, row.assessed_on)])),
        fn.min(Case(None, [(fractured & dated, row.assessed_on)])),
        fn.max(Case(None, [(fractured & ~fn.coalesce(dated, False), 1)], 0)),
    ).group_by(row.procedure)
    for case_id, *told in database.execute(among(query, row.procedure, cases)):
        if (place := cases.place_of.get(case_id)) is not None:
            yield place, *told


def _measures(database: peewee.Database, cases: Cases) -> Iterator[tuple[int, str]]:
    row, level = LaterMeasure, TreatedLevel
    query = (
        row.select(level.procedure, fn.max(row.measured_on))
        .join(level, on=(level.id == row.treated_level))
        .where(fn.length(row.measured_on) == _DAY)
        .group_by(level.procedure)
    )
    for case_id, measured in database.execute(among(query, level.procedure, cases)):
        if (place := cases.place_of.get(case_id)) is not None:
            yield place, measured


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


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day and len(day) == _DAY else NOTHING
