# SPDX-License-Identifier: MIT
"""How long each patient was followed, and what was told of new fractures meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import peewee
from peewee import fn

from models.analysis.columns import Packed, texts_of
from models.analysis.packed import ordinals_of, read_packed
from models.engines.engine import Engine
from models.safety.columns import NOTHING, Bools, Cell, Ints, decoded_of
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


def read_followed(logbook: Logbook, cases: Cases, answers: Packed) -> FollowedPatients:
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
    extra: dict[int, frozenset[Level]] = {}
    for place, died_on, vertebrae in _patients(logbook.database, cases):
        if vertebrae:
            extra[place] = frozenset(ExtraVertebra(code).level for code in vertebrae)
        if (day := _ordinal(died_on)) != NOTHING:
            last_seen[place], died[place] = day, True
    return FollowedPatients(start, last_seen, died, told, told_undated, extra)


def read_answers(database: Engine, rows: peewee.Select) -> Packed:
    """Last answer and first new fracture of each case, of assessments that ``rows_of`` finds."""
    row, on = Assessment, Assessment.assessed_on
    is_full = fn.length(on) == _DAY
    fractured = row.new_fracture == YesNo.YES
    # Case by case in the database: of a hundred thousand cases half a million rows are left there.
    of_case = (
        rows.select(
            CaseRow.number.alias("number"),
            fn.max(on).filter(row.missing_reason.is_null() & is_full).alias("seen"),
            fn.min(on).filter(fractured & is_full).alias("first"),
            fn.max(fn.coalesce(fn.length(on), 0) != _DAY).filter(fractured).alias("undated"),
        )
        .group_by(CaseRow.case_id, CaseRow.number)
        .alias("of_case")
    )
    told = of_case.c.first.is_null(False)
    return read_packed(
        database,
        peewee.Select((of_case,), ()),
        wide=[of_case.c.number],
        numbers=[told, of_case.c.undated],
        day=of_case.c.seen,
        texts=[texts_of(of_case.c.first, told)],
    )


def _assessments(read: Packed, cases: Cases) -> tuple[Ints, Ints, Bools]:
    """Last answer and first new fracture of each patient, and whether a fracture has no day."""
    case = cases.places_of(read.wide[0])
    kept = case != NOTHING
    patient = cases.patient[case[kept]]
    seen, first = (np.full(cases.n_patients, NOTHING) for _ in range(2))
    undated = np.zeros(cases.n_patients, dtype=bool)
    has_first, is_undated = (column == 1 for column in read.numbers)
    np.maximum.at(seen, patient, np.where(read.day == 0, NOTHING, ordinals_of(read.day))[kept])
    undated[patient[is_undated[kept]]] = True
    days = decoded_of(read.texts[0], _ordinal)
    for place, day in zip(case[has_first].tolist(), days.tolist(), strict=True):
        if place != NOTHING:
            of_patient = cases.patient[place]
            before = first[of_patient]
            first[of_patient] = day if before == NOTHING else min(before, day)
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


def _patients(database: Engine, cases: Cases) -> Iterator[tuple[int, str | None, list[str]]]:
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
