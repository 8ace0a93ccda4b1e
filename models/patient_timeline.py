# SPDX-License-Identifier: MIT
"""The whole course of one patient: every procedure, pain score and event on the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self, TypeVar

import peewee

from models.casescores import in_order, reported_pain, score_before, score_latest
from models.errors import LogbookError
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.patient_course import NEW_FRACTURES
from models.schema import AdverseEvent, Assessment, Patient, Procedure, TreatedLevel
from models.speech import say
from models.vocabulary import (
    AssessmentMissing,
    EventKind,
    EventPhase,
    Level,
    PainContext,
    PainScale,
    PainSite,
    Technique,
    TimePoint,
    YesNo,
)

FRACTURES = NEW_FRACTURES | {EventKind.FRACTURE_PATHOLOGICAL}
"""Events in which a vertebra broke."""

_DAYS_OF_PHASE = {EventPhase.INTRA: 0, EventPhase.WITHIN_24H: 1, EventPhase.WITHIN_30D: 30}

R = TypeVar("R", TreatedLevel, Assessment, AdverseEvent)


@dataclass(frozen=True, slots=True)
class DaySpan:
    """When something was: on one day, or some day from ``earliest`` to ``latest``."""

    earliest: date
    latest: date

    @classmethod
    def of(cls, day: PartialDate | None) -> Self | None:
        """The days that a date can mean; None for no date."""
        return None if day is None else cls(day.earliest, day.latest)

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class PainScore:
    """One assessment of pain, as it belongs to one procedure.

    Attributes:
        case_id: the procedure before or after which it was asked.
        on: None where the date is not known; such a score has no place on the calendar.
        stated: the date as it was entered.
        maximum: top of the scale; None where neither scale nor top is stated.
        reported: a number, a range, words, or nothing at all.
        missing: why there is no score.
    """

    case_id: str
    time_point: TimePoint | None
    on: DaySpan | None
    stated: PartialDate | None
    scale: PainScale | None
    maximum: float | None
    reported: Reported
    context: PainContext | None
    site: PainSite | None
    missing: AssessmentMissing | None

    @property
    def is_before(self) -> bool:
        """Whether it is a baseline of its procedure."""
        return self.time_point is TimePoint.BASELINE

    @property
    def has_number(self) -> bool:
        """Whether it is a number or a range."""
        return self.reported.low is not None

    @property
    def is_said(self) -> bool:
        """Whether it is a number, a range or words."""
        return self.has_number or bool(self.reported.words)


@dataclass(frozen=True, slots=True)
class Happening:
    """An adverse event, or a new fracture that was told at follow-up (then ``kind`` is None).

    ``on`` follows from the onset, or else from the phase: an event within 30 days of a known
    procedure may have been on any of them.
    """

    case_id: str
    kind: EventKind | None
    level: Level | None
    on: DaySpan | None
    stated: PartialDate | None

    @property
    def is_fracture(self) -> bool:
        """Whether a vertebra broke."""
        return self.kind is None or self.kind in FRACTURES


@dataclass(frozen=True, slots=True)
class Session:
    """One procedure.

    Attributes:
        levels: from head to tail, each with its technique.
        unnamed_levels: treated levels that have no name yet.
        before: the pain before this procedure; never that of another one.
        latest: the last pain after it.
    """

    case_id: str
    on: DaySpan | None
    stated: PartialDate | None
    levels: tuple[tuple[Level, Technique | None], ...]
    unnamed_levels: int
    before: PainScore | None
    latest: PainScore | None
    synthetic: bool


@dataclass(frozen=True, slots=True)
class PatientTimeline:
    """All cases of one patient outside the bin.

    Attributes:
        sessions: in the order of time, those without a date last.
        scores: by session, in the order of time points.
        died: the day of death; None where it is not known, or the patient is not known to be dead.
        is_dead: whether a record says that the patient died.
    """

    patient_id: str
    patient_code: str
    sessions: tuple[Session, ...]
    scores: tuple[PainScore, ...]
    happenings: tuple[Happening, ...]
    died: DaySpan | None
    is_dead: bool

    def scores_of(self, case_id: str) -> tuple[PainScore, ...]:
        """The scores that belong to one procedure."""
        return tuple(score for score in self.scores if score.case_id == case_id)

    def happenings_of(self, case_id: str) -> tuple[Happening, ...]:
        """The events that belong to one procedure."""
        return tuple(one for one in self.happenings if one.case_id == case_id)


def patient_timeline(logbook: Logbook, case_id: str) -> PatientTimeline:
    """The course of the patient of a case, in five statements however many cases there are.

    Raises:
        LogbookError: the logbook has no such case.
    """
    with logbook.session():
        database = logbook.database
        patient = _patient(database, case_id)
        procedures = _procedures(database, str(patient.id))
        levels = _by_case(_rows(database, TreatedLevel, str(patient.id), _LEVEL_COLUMNS))
        asked = _by_case(_rows(database, Assessment, str(patient.id), _ASSESSMENT_COLUMNS))
        events = _by_case(_rows(database, AdverseEvent, str(patient.id), _EVENT_COLUMNS))
    scores: list[PainScore] = []
    happenings: list[Happening] = []
    sessions = []
    for procedure in procedures:
        own = str(procedure.id)
        answers = {id(row): _score(own, row) for row in in_order(asked[own])}
        scores += answers.values()
        happenings += _happenings(procedure, events[own], asked[own])
        before, latest = score_before(asked[own]), score_latest(asked[own])
        sessions.append(
            Session(
                case_id=own,
                on=DaySpan.of(procedure.performed_on),
                stated=procedure.performed_on,
                levels=_levels(levels[own]),
                unnamed_levels=sum(row.level is None for row in levels[own]),
                before=answers[id(before)] if before else None,
                latest=answers[id(latest)] if latest else None,
                synthetic=procedure.synthetic,
            )
        )
    died = DaySpan.of(patient.died_on) or _death(happenings)
    return PatientTimeline(
        patient_id=str(patient.id),
        patient_code=patient.patient_code or "",
        sessions=tuple(sessions),
        scores=tuple(scores),
        happenings=tuple(one for one in happenings if one.kind is not EventKind.DEATH),
        died=died,
        is_dead=died is not None or _says_death(happenings, scores),
    )


_LEVEL_COLUMNS = ("procedure", "level", "technique")
_ASSESSMENT_COLUMNS = (
    "procedure",
    "chosen",
    "time_point",
    "assessed_on",
    "pain_scale",
    "pain_scale_max",
    "pain_low",
    "pain_high",
    "pain_words",
    "global_outcome",
    "pain_context",
    "pain_site",
    "new_fracture",
    "missing_reason",
)
_EVENT_COLUMNS = ("procedure", "kind", "level", "onset_on", "phase")


def _patient(database: peewee.Database, case_id: str) -> Patient:
    query = (
        Patient.select(Patient.id, Patient.patient_code, Patient.died_on)
        .join(Procedure, on=Procedure.patient == Patient.id)
        .where(Procedure.id == case_id)
    )
    found: Patient | None = next(iter(query.execute(database)), None)
    if found is None:
        raise LogbookError(
            say("There is no case {case_id} in this logbook.", case_id=case_id),
            say("Read the list anew."),
        )
    return found


def _procedures(database: peewee.Database, patient_id: str) -> list[Procedure]:
    query = Procedure.select(Procedure.id, Procedure.performed_on, Procedure.synthetic).where(
        Procedure.patient == patient_id, Procedure.deleted_at.is_null()
    )
    found = list(query.execute(database))
    return sorted(found, key=lambda row: (row.performed_on or "9999", str(row.id)))


def _rows(
    database: peewee.Database, table: type[R], patient_id: str, columns: Sequence[str]
) -> list[R]:
    query = (
        table.select(*(table._meta.fields[name] for name in columns))
        .join(Procedure)
        .where(Procedure.patient == patient_id, Procedure.deleted_at.is_null())
        .order_by(table.position, table.id)
    )
    return list(query.execute(database))


def _by_case(rows: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[row.__data__["procedure"]].append(row)
    return found


def _levels(rows: Iterable[TreatedLevel]) -> tuple[tuple[Level, Technique | None], ...]:
    named = [(row.level, row.technique) for row in rows if row.level is not None]
    return tuple(sorted(named, key=lambda pair: pair[0].rank))


def _score(case_id: str, row: Assessment) -> PainScore:
    scale = row.pain_scale
    return PainScore(
        case_id=case_id,
        time_point=row.time_point,
        on=DaySpan.of(row.assessed_on),
        stated=row.assessed_on,
        scale=scale,
        maximum=row.pain_scale_max if scale is None or scale.maximum is None else scale.maximum,
        reported=reported_pain(row),
        context=row.pain_context,
        site=row.pain_site,
        missing=row.missing_reason,
    )


def _happenings(
    procedure: Procedure, events: Iterable[AdverseEvent], asked: Iterable[Assessment]
) -> Iterator[Happening]:
    own = str(procedure.id)
    for row in events:
        if row.kind is not None:
            on = DaySpan.of(row.onset_on) or _by_phase(procedure.performed_on, row.phase)
            yield Happening(own, row.kind, row.level, on, row.onset_on)
    for told in asked:
        if told.new_fracture is YesNo.YES:
            yield Happening(own, None, None, DaySpan.of(told.assessed_on), told.assessed_on)


def _by_phase(performed_on: PartialDate | None, phase: EventPhase | None) -> DaySpan | None:
    if performed_on is None or phase not in _DAYS_OF_PHASE:
        return None
    later = timedelta(days=_DAYS_OF_PHASE[phase])
    return DaySpan(performed_on.earliest, performed_on.latest + later)


def _death(happenings: Iterable[Happening]) -> DaySpan | None:
    return next((one.on for one in happenings if one.kind is EventKind.DEATH and one.on), None)


def _says_death(happenings: Iterable[Happening], scores: Iterable[PainScore]) -> bool:
    told = any(one.kind is EventKind.DEATH for one in happenings)
    return told or any(score.missing is AssessmentMissing.DIED for score in scores)
