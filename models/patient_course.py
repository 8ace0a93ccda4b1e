# SPDX-License-Identifier: MIT
"""What was done and what broke at each level of one patient, over all cases of that patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import peewee

from models.case import Case
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.sandwich import EarlierSpine, is_cemented
from models.schema import AdverseEvent, Leak, Procedure, TreatedLevel
from models.vocabulary import (
    Diagnosis,
    EventKind,
    Leakage,
    LeakLocation,
    Level,
    Technique,
    YesNo,
)

FRACTURES = frozenset(
    {
        Diagnosis.OSTEOPOROTIC_FRACTURE,
        Diagnosis.TRAUMATIC_FRACTURE,
        Diagnosis.FRACTURE_UNSPECIFIED,
    }
)
"""Diagnoses that say that the vertebra was broken."""

NEW_FRACTURES = frozenset(
    {EventKind.FRACTURE_ADJACENT, EventKind.FRACTURE_REMOTE, EventKind.REFRACTURE}
)
"""Adverse events that name the level that broke."""


@dataclass(frozen=True, slots=True)
class SeenLeak:
    """Where cement went, and whether the patient felt it."""

    location: LeakLocation
    symptomatic: bool


@dataclass(frozen=True, slots=True)
class Treatment:
    """One level that was treated in another case.

    Attributes:
        performed_on: None where the case has no date.
        cement_ml: None where the volume is not known.
        cemented: False only where the record says that no cement was given.
        fractured: whether the level was treated for a fracture.
    """

    case_id: str
    level: Level
    performed_on: PartialDate | None
    technique: Technique | None
    cement_ml: float | None
    cemented: bool
    fractured: bool
    leakage: Leakage | None
    leaks: tuple[SeenLeak, ...]


@dataclass(frozen=True, slots=True)
class NewFracture:
    """A vertebra that broke after another case, as an adverse event says.

    ``onset_on`` is the date of the event, or that of the case where the event has none.
    """

    case_id: str
    level: Level
    kind: EventKind
    onset_on: PartialDate | None


@dataclass(frozen=True, slots=True)
class PatientCourse:
    """What is known of a spine from other cases, in the order of time; without a date first."""

    treatments: tuple[Treatment, ...] = ()
    fractures: tuple[NewFracture, ...] = ()

    def before(self, day: PartialDate | None) -> PatientCourse:
        """What may lie before ``day``: all that has no date, or is not dated after it."""
        if day is None:
            return self
        return replace(
            self,
            treatments=tuple(t for t in self.treatments if _may_precede(t.performed_on, day)),
            fractures=tuple(f for f in self.fractures if _may_precede(f.onset_on, day)),
        )

    def levels(self) -> frozenset[Level]:
        """The levels that something is known of."""
        treated = {treatment.level for treatment in self.treatments}
        return frozenset(treated.union(fracture.level for fracture in self.fractures))

    def spine(self) -> EarlierSpine:
        """What the checks of a later case need to know."""
        return EarlierSpine(
            cemented=frozenset(t.level for t in self.treatments if t.cemented),
            variants=frozenset(level for level in self.levels() if level.is_variant),
        )


NOTHING_KNOWN = PatientCourse()
"""The course of a patient without any other case."""


def patient_course(logbook: Logbook, patient_id: str, without: str = "") -> PatientCourse:
    """What other cases of the patient say, in four statements however many cases there are.

    Args:
        logbook: where to look.
        patient_id: whose cases. One that the logbook does not know has none.
        without: id of the case that is not asked for.
    """
    with logbook.session():
        database = logbook.database
        dates = _dates(database, patient_id, without)
        if not dates:
            return NOTHING_KNOWN
        leaks = _leaks(database, patient_id, without)
        treated = _treated(database, patient_id, without)
        events = _events(database, patient_id, without)
    treatments = [_treatment(row, dates[row.__data__["procedure"]], leaks) for row in treated]
    fractures = [
        NewFracture(
            row.__data__["procedure"],
            row.level,
            row.kind,
            row.onset_on or dates[row.__data__["procedure"]],
        )
        for row in events
    ]
    return PatientCourse(
        tuple(sorted(treatments, key=lambda t: (t.performed_on or "", t.level.rank))),
        tuple(sorted(fractures, key=lambda f: (f.onset_on or "", f.level.rank))),
    )


def spine_before(case: Case, course: PatientCourse = NOTHING_KNOWN) -> EarlierSpine:
    """What the spine of the patient held when this case was done."""
    return course.before(case.procedure.performed_on).spine()


def is_fractured(diagnoses: Iterable[Diagnosis] | None) -> bool:
    """Whether a level was treated for a fracture."""
    return not FRACTURES.isdisjoint(diagnoses or ())


def _may_precede(one: PartialDate | None, day: PartialDate) -> bool:
    return one is None or one.earliest <= day.latest


def _cases(patient_id: str, without: str) -> peewee.Expression:
    return (
        (Procedure.patient == patient_id)
        & (Procedure.id != without)
        & Procedure.deleted_at.is_null()
    )


def _dates(
    database: peewee.Database, patient_id: str, without: str
) -> dict[str, PartialDate | None]:
    query = Procedure.select(Procedure.id, Procedure.performed_on)
    found = query.where(_cases(patient_id, without)).execute(database)
    return {str(row.id): row.performed_on for row in found}


def _treated(database: peewee.Database, patient_id: str, without: str) -> list[TreatedLevel]:
    query = (
        TreatedLevel.select(
            TreatedLevel.id,
            TreatedLevel.procedure,
            TreatedLevel.level,
            TreatedLevel.technique,
            TreatedLevel.cement_ml,
            TreatedLevel.diagnosis,
            TreatedLevel.leakage,
            TreatedLevel.missing,
        )
        .join(Procedure)
        .where(_cases(patient_id, without), TreatedLevel.level.is_null(False))
    )
    return list(query.execute(database))


def _leaks(
    database: peewee.Database, patient_id: str, without: str
) -> dict[str, tuple[SeenLeak, ...]]:
    query = (
        Leak.select(Leak.treated_level, Leak.location, Leak.symptomatic)
        .join(TreatedLevel)
        .join(Procedure)
        .where(_cases(patient_id, without), Leak.location.is_null(False))
        .order_by(Leak.position, Leak.id)
    )
    leaks: dict[str, tuple[SeenLeak, ...]] = {}
    for row in query.execute(database):
        seen = SeenLeak(row.location, row.symptomatic is YesNo.YES)
        leaks[row.treated_level_id] = (*leaks.get(row.treated_level_id, ()), seen)
    return leaks


def _events(database: peewee.Database, patient_id: str, without: str) -> list[AdverseEvent]:
    query = (
        AdverseEvent.select(
            AdverseEvent.procedure, AdverseEvent.level, AdverseEvent.kind, AdverseEvent.onset_on
        )
        .join(Procedure)
        .where(
            _cases(patient_id, without),
            AdverseEvent.level.is_null(False),
            AdverseEvent.kind.in_(sorted(NEW_FRACTURES)),
        )
    )
    return list(query.execute(database))


def _treatment(
    row: TreatedLevel, performed_on: PartialDate | None, leaks: dict[str, tuple[SeenLeak, ...]]
) -> Treatment:
    return Treatment(
        case_id=row.__data__["procedure"],
        level=row.level,
        performed_on=performed_on,
        technique=row.technique,
        cement_ml=row.cement_ml,
        cemented=is_cemented(row),
        fractured=is_fractured(row.diagnosis),
        leakage=row.leakage,
        leaks=leaks.get(str(row.id), ()),
    )
