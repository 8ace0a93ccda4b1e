# SPDX-License-Identifier: MIT
"""A case: one procedure and everything that belongs to it, loaded and saved whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self, TypeVar

import peewee

from models import audit, caserow, checks, derived, rows, signoff
from models.audit import Action, Event, Subject
from models.document import Change, Document, compare, content_hash, document_of
from models.engines.engine import Engine
from models.errors import ImpossibleCase, LogbookError, VersionConflict
from models.fields import Stamp
from models.logbook import Logbook
from models.person import save_person
from models.schema import (
    Adjunct,
    AdverseEvent,
    Assessment,
    Balloon,
    Image,
    LaterMeasure,
    Leak,
    Patient,
    PatientIdentity,
    PriorTreatment,
    Procedure,
    Record,
    Row,
    TreatedLevel,
)
from models.settings import ASK_REASON, is_on, visit_plan, visit_plan_in
from models.speech import say

LISTS: dict[type[Row], str] = {
    PriorTreatment: "prior_treatments",
    Adjunct: "adjuncts",
    TreatedLevel: "levels",
    Balloon: "balloons",
    Leak: "leaks",
    LaterMeasure: "later_measures",
    AdverseEvent: "adverse_events",
    Assessment: "assessments",
    Image: "images",
}
"""The lists of a case by their table, parents before children."""

OF_LEVELS = tuple(table for table in LISTS if "treated_level" in table._meta.fields)
"""The tables whose rows hang on a treated level."""

W = TypeVar("W", bound=Row)
_Lists = dict[type[Row], list[Row]]


@dataclass(slots=True)
class Case:
    """The rows of one case, to read and to change freely; nothing is stored before ``save_case``.

    Lists are in their order of entry. ``balloons``, ``leaks`` and ``later_measures`` name their
    treated level.
    """

    patient: Patient
    procedure: Procedure
    identity: PatientIdentity | None = None
    prior_treatments: list[PriorTreatment] = field(default_factory=list)
    adjuncts: list[Adjunct] = field(default_factory=list)
    levels: list[TreatedLevel] = field(default_factory=list)
    balloons: list[Balloon] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    later_measures: list[LaterMeasure] = field(default_factory=list)
    adverse_events: list[AdverseEvent] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)

    @classmethod
    def new(cls, patient: Patient | None = None) -> Self:
        """An empty case, of a new patient or of one that the logbook knows."""
        person = patient or Patient()
        return cls(person, Procedure(patient=person.id))

    @property
    def id(self) -> str:
        """The id of the procedure, which is the id of the case."""
        return str(self.procedure.id)

    @property
    def version(self) -> int:
        """How often the case was saved; 0 for a case that never was."""
        return int(self.procedure.version)

    def add_level(self, **values: object) -> TreatedLevel:
        """Append a treated level."""
        return self._add(TreatedLevel, procedure=self.id, **values)

    def add_balloon(self, level: TreatedLevel, **values: object) -> Balloon:
        """Append a balloon to ``level``."""
        return self._add(Balloon, treated_level=level.id, **values)

    def add_leak(self, level: TreatedLevel, **values: object) -> Leak:
        """Append a leak to ``level``."""
        return self._add(Leak, treated_level=level.id, **values)

    def add_later_measure(self, level: TreatedLevel, **values: object) -> LaterMeasure:
        """Append heights of ``level`` at a follow-up."""
        return self._add(LaterMeasure, treated_level=level.id, **values)

    def add_assessment(self, **values: object) -> Assessment:
        """Append an assessment."""
        return self._add(Assessment, procedure=self.id, **values)

    def add_prior_treatment(self, **values: object) -> PriorTreatment:
        """Append a treatment tried before."""
        return self._add(PriorTreatment, procedure=self.id, **values)

    def add_adjunct(self, **values: object) -> Adjunct:
        """Append a treatment given together with the augmentation."""
        return self._add(Adjunct, procedure=self.id, **values)

    def add_adverse_event(self, **values: object) -> AdverseEvent:
        """Append an adverse event."""
        return self._add(AdverseEvent, procedure=self.id, **values)

    def add_image(self, sha256: str, **values: object) -> Image:
        """Append an image with the content that is stored under this name."""
        values = {"added_at": datetime.now(UTC), **values}
        return self._add(Image, procedure=self.id, content=sha256, **values)

    def _add(self, table: type[W], **values: object) -> W:
        rows: list[W] = getattr(self, LISTS[table])
        row = table(position=len(rows), **values)
        rows.append(row)
        return row

    def remove_level(self, level: TreatedLevel) -> None:
        """Take a level out, with all that hangs on it."""
        gone = {level.id, *(row.id for row in self.rows_of(level))}
        for name in ("levels", *(LISTS[table] for table in OF_LEVELS)):
            setattr(self, name, [row for row in getattr(self, name) if row.id not in gone])

    def balloons_of(self, level: TreatedLevel) -> list[Balloon]:
        """The balloons of ``level``."""
        return [row for row in self.balloons if row.treated_level_id == level.id]

    def leaks_of(self, level: TreatedLevel) -> list[Leak]:
        """The leaks of ``level``."""
        return [row for row in self.leaks if row.treated_level_id == level.id]

    def later_measures_of(self, level: TreatedLevel) -> list[LaterMeasure]:
        """The heights of ``level`` at follow-ups."""
        return [row for row in self.later_measures if row.treated_level_id == level.id]

    def rows_of(self, level: TreatedLevel) -> list[Row]:
        """All that hangs on ``level``, table by table."""
        hanging = (row for table in OF_LEVELS for row in getattr(self, LISTS[table]))
        return [row for row in hanging if row.__data__["treated_level"] == level.id]

    def person_rows(self) -> Iterator[Record]:
        """Rows that belong to the person rather than to this case."""
        yield self.patient
        if self.identity is not None:
            yield self.identity

    def case_rows(self) -> Iterator[Record]:
        """Rows of the case itself, parents before children."""
        yield self.procedure
        for rows_of_one_table in self.child_lists().values():
            yield from rows_of_one_table

    def child_lists(self) -> _Lists:
        """The lists by their table, parents before children."""
        return {table: list(getattr(self, name)) for table, name in LISTS.items()}


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the new version and every field that changed (none: nothing was written).

    ``left_out_names``: names or record numbers were given and not stored, because the logbook has
    them switched off.
    """

    version: int
    changes: tuple[Change, ...]
    left_out_names: bool = False


def load_case(logbook: Logbook, case_id: str) -> Case:
    """The case as it is stored, also from the bin.

    Raises:
        LogbookError: there is no such case.
    """
    with logbook.session():
        return _load(logbook.database, case_id)


def find_patient(logbook: Logbook, patient_code: str) -> Patient | None:
    """The patient with exactly this code."""
    with logbook.session():
        found = Patient.select().where(Patient.patient_code == patient_code)
        return next(iter(found.execute(logbook.database)), None)


def save_case(
    logbook: Logbook, case: Case, reason: str = "", action: Action | None = None
) -> Saved:
    """Store the case whole: one durable transaction with its audit, or nothing at all.

    Derived values (age, time points, completeness) are worked out in ``case`` first. When this
    returns, the case is on the disk.

    An ``identity`` of None leaves the stored one alone; empty its fields to take a name out. Where
    names are switched off the stored one is left alone whatever the case says.
    ``action`` is what the audit calls it; without one, entered or changed. A case that was signed
    off changes by ``Action.AMEND`` with a reason only; see ``models.signoff``.

    Raises:
        CaseSignedOff, ReasonMissing: the case, or another one of the patient, is locked.
        ImpossibleCase: a value cannot be; the findings say which.
        PatientExists: the patient was given the code of another one.
        VersionConflict: someone saved the case or its patient meanwhile.
        CannotWrite, LogbookBusy: as their names say. The case can be saved again afterwards.
    """
    plan = visit_plan(logbook)
    derived.work_out(case, plan)
    if errors := checks.errors(case):
        raise ImpossibleCase(errors)
    versions = case.procedure.version, case.patient.version
    try:
        with logbook.transaction():
            if (newer := visit_plan_in(logbook.database)) != plan:
                # Somebody changed it just now, and may have looked for what it moves already.
                derived.work_out(case, newer)
            _keep_signature(logbook.database, case)
            return _save(logbook, case, reason, action)
    except BaseException:
        case.procedure.version, case.patient.version = versions
        raise


def store_case(logbook: Logbook, case: Case, reason: str, action: Action) -> Saved:
    """Store a case that was checked and worked out already, inside a transaction that is open.

    What is derived is written anew in any case, because the person or the visit plan may have
    changed.
    """
    saved = _save(logbook, case, reason, action)
    if not saved.changes:
        _write_chosen(logbook.database, case)
        _write_line(logbook.database, case, replace=True)
    return saved


def set_signature(logbook: Logbook, case_id: str, by: str | None, reason: str) -> Saved:
    """Sign a case off, or with None unlock it, inside a transaction; see ``models.signing_off``."""
    case = _load(logbook.database, case_id)
    case.procedure.signed_at = Stamp().db_value(datetime.now(UTC)) if by is not None else None
    case.procedure.signed_by = by
    return _save(logbook, case, reason, Action.UNLOCK if by is None else Action.SIGN_OFF)


def bin_case(logbook: Logbook, case_id: str, reason: str) -> Saved:
    """Put a case into the bin. It leaves lists and analysis; record and audit keep it.

    Raises:
        ReasonMissing: nobody says why.
    """
    if not reason.strip():
        raise signoff.ReasonMissing(say("Moving a case to the bin"))
    return _set_deleted(logbook, case_id, Stamp().db_value(datetime.now(UTC)), reason)


def restore_case(logbook: Logbook, case_id: str, reason: str = "") -> Saved:
    """Take a case out of the bin."""
    return _set_deleted(logbook, case_id, None, reason)


def _set_deleted(logbook: Logbook, case_id: str, at: str | None, reason: str) -> Saved:
    with logbook.transaction():
        case = _load(logbook.database, case_id)
        case.procedure.deleted_at = at
        return _save(logbook, case, reason, Action.RESTORE if at is None else Action.DELETE)


def _keep_signature(database: peewee.Database, case: Case) -> None:
    """Whoever saves a case neither signs it off nor unlocks it with that."""
    # Written out, because every save comes by, and composing takes longer than asking.
    sql = "SELECT signed_at, signed_by FROM procedure WHERE id = ?"
    found = database.execute_sql(sql, (case.id,)).fetchone() if case.version else None
    case.procedure.signed_at, case.procedure.signed_by = found or (None, None)


def _load(database: Engine, case_id: str) -> Case:
    if (case := _stored(database, case_id)) is None:
        raise LogbookError(say("There is no case {case_id} in this logbook.", case_id=case_id))
    return case


def _stored(database: Engine, case_id: str) -> Case | None:
    """The case as it is stored, or None."""
    heads = (Procedure, Patient, PatientIdentity)
    found = rows.of_case(database, (*heads, *LISTS), case_id)
    procedure, patient, identity = (next(iter(found[table]), None) for table in heads)
    if procedure is None:
        return None
    if patient is None:
        raise LogbookError(
            say("The patient of case {case_id} is missing.", case_id=case_id), say("Run verify.")
        )
    return Case(
        patient, procedure, identity, **{name: found[table] for table, name in LISTS.items()}
    )


def _save(logbook: Logbook, case: Case, reason: str, action: Action | None = None) -> Saved:
    database = logbook.database
    before = _stored(database, case.id) if case.version else None
    stored = before.version if before else rows.version(database, Procedure, case.id)
    if stored != case.version:
        raise VersionConflict(case.id, case.version, stored)
    person = save_person(logbook, case, reason)
    old: Document = document_of(before.case_rows()) if before else {}
    new = document_of(case.case_rows())
    changes = compare(old, new)
    said = signoff.Said(action, reason, str(case.patient.patient_code or ""))
    signed = before.procedure if before else case.procedure
    wanted = signoff.Wanted((old, new), person.changes, changes)
    own, others = signoff.judge(database, signed, case.procedure, wanted, said)
    if action is Action.AMEND or own:
        action = Action.AMEND if own else None
    if stored and action is None and not reason.strip() and is_on(database, ASK_REASON):
        signoff.demand_reason((*person.changes, *changes))
    events = [replace(one, action=Action.AMEND) if own or others else one for one in person.events]
    if changes or not stored:
        case.procedure.version = stored + 1
        rows.store(database, [case.procedure], {case.id} if stored else set())
        _store_lists(database, case.child_lists(), before.child_lists() if before else {})
        events.append(
            Event(
                logbook.user,
                action or (Action.CHANGE if stored else Action.CREATE),
                Subject.CASE,
                case.id,
                case.version,
                changes,
                reason,
                content_hash(new),
            )
        )
    if events:
        _write_line(database, case, replace=bool(stored))
        audit.append(database, events)
    if person.changes and case.patient.version > 1:
        _refresh_other_cases(database, case)
    return Saved(case.version, (*person.changes, *changes), person.left_out_names)


def _store_lists(database: Engine, wanted: _Lists, before: _Lists) -> None:
    """Make the rows below the case those that are wanted.

    Nothing is removed before everything is stored, because what hung on a level that goes may
    hang on another one now.
    """
    present = {table: {str(row.id) for row in before.get(table, [])} for table in wanted}
    for table, kept in wanted.items():
        rows.store(database, kept, present[table])
    for table, kept in wanted.items():
        rows.remove(database, table, present[table] - {str(row.id) for row in kept})


def _write_line(database: Engine, case: Case, *, replace: bool) -> None:
    """The list line, and whether the case is complete: that may change with the patient alone."""
    caserow.write(database, case, replace=replace)
    # Written out, because composing it takes longer than the engine does.
    sql = "UPDATE procedure SET complete = ? WHERE id = ?"
    database.write(sql, (bool(case.procedure.complete), case.id))


def _write_chosen(database: peewee.Database, case: Case) -> None:
    for row in case.assessments:
        kept = Assessment.update(chosen=row.chosen)
        kept.where(Assessment.id == row.id, Assessment.chosen != row.chosen).execute(database)


def _refresh_other_cases(database: Engine, case: Case) -> None:
    """What was changed about the person shows in the lines of the person's other cases too."""
    others = Procedure.select(Procedure.id).where(
        Procedure.patient == case.patient.id, Procedure.id != case.id
    )
    for (case_id,) in list(others.tuples().execute(database)):
        other = _load(database, case_id)
        other.procedure.complete = not checks.open_fields(other)
        _write_line(database, other, replace=True)
