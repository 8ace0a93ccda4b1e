# SPDX-License-Identifier: MIT
"""Two records of one patient become one, and two again if that was a mistake.

Every case of the other patient moves to the one that is kept; the other leaves the record and
stays in the audit. A case keeps everything of its own, its baseline too: only whose it is changes,
and what follows from the person, such as the age. ``models.unmerging`` takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models import audit, checks, derived, rows
from models.audit import Action, Event, Subject
from models.case import Case, load_case, store_case
from models.document import Change, Document, compare, document_of
from models.errors import ImpossibleCase, LogbookError
from models.fields import ClinicalField, TermsField, Words
from models.logbook import Logbook
from models.merges import MERGES
from models.partial_date import PartialDate
from models.person import patient_event
from models.schema import Patient, PatientIdentity, Procedure, Record
from models.settings import visit_plan_in
from models.signoff import refuse_signed
from models.speech import say
from models.vocabulary import Level

_UNLOCK = say("An administrator unlocks it; then merge, and sign it off again.")
_EMPTY = (None, "", ())


class Take(StrEnum):
    """Whose value stays where both have one.

    ``BOTH`` is for notes, one below the other, and for lists of terms.
    """

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which the two patients are not the same.

    Attributes:
        name: table and field, by which a choice names it.
        keep, other: the values as people read them; "" for none.
    """

    name: str
    field: ClinicalField
    keep: str
    other: str

    @property
    def is_conflict(self) -> bool:
        """Whether both hold something."""
        return bool(self.keep and self.other)

    @property
    def proposed(self) -> Take:
        """What is taken unless somebody chooses: both where that can be, else what is known."""
        if self.is_conflict and self.allows_both:
            return Take.BOTH
        return Take.KEEP if self.keep else Take.OTHER

    @property
    def allows_both(self) -> bool:
        """Whether both values can stay."""
        return isinstance(self.field, TermsField) or (
            isinstance(self.field, Words) and self.field.long
        )


@dataclass(frozen=True, slots=True)
class CaseOf:
    """A case of one of the two, as a line; ``is_binned`` cases move along."""

    case_id: str
    version: int
    performed_on: PartialDate | None
    levels: tuple[Level, ...]
    is_binned: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two patients."""

    patient_id: str
    version: int
    code: str
    cases: tuple[CaseOf, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do."""

    keep: Side
    other: Side
    differing: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did; ``number`` names it when it is to be undone."""

    number: int
    keep_code: str
    other_code: str
    moved: int


@dataclass(slots=True)
class _Person:
    patient: Patient
    identity: PatientIdentity | None
    cases: list[Case]

    def rows(self) -> list[Record]:
        return [self.patient, *([self.identity] if self.identity is not None else [])]


def preview(logbook: Logbook, keep_id: str, other_id: str) -> Preview:
    """What merging ``other_id`` into ``keep_id`` would do; nothing is changed.

    Raises:
        LogbookError: both are the same patient, or one is not in the record.
    """
    if keep_id == other_id:
        raise LogbookError(
            say("A patient cannot be merged with itself."), say("Choose another patient to merge.")
        )
    with logbook.session():
        keep, other = _person(logbook, keep_id), _person(logbook, other_id)
    return Preview(_side(keep), _side(other), tuple(_differing(keep, other)))


def merge(
    logbook: Logbook, shown: Preview, choices: Mapping[str, Take], reason: str = ""
) -> Merged:
    """Make one patient of the two, in one transaction.

    Args:
        logbook: where.
        shown: what the user saw; the merge is refused if anything of it has changed since.
        choices: by name of the field whose value stays; for other fields what is proposed.
        reason: kept in the audit.

    Raises:
        LogbookError: somebody changed one of the two meanwhile.
        CaseSignedOff: a case of one of the two is locked.
        ImpossibleCase: with these choices a case would hold what cannot be, such as a procedure
            before the birth.
    """
    with logbook.transaction():
        if preview(logbook, shown.keep.patient_id, shown.other.patient_id) != shown:
            raise LogbookError(
                say("One of the two patients was changed meanwhile."),
                say("Look at both again, then merge."),
            )
        both = (shown.keep.patient_id, shown.other.patient_id)
        refuse_signed(logbook.database, both, _UNLOCK)
        keep = _person(logbook, shown.keep.patient_id)
        other = _person(logbook, shown.other.patient_id)
        told = f"Merged {_named(other.patient)} into {_named(keep.patient)}. {reason}".strip()
        before = document_of(keep.rows())
        _take_over(keep, other, shown, choices)
        events = [_remove(logbook, other, told), _store(logbook, keep, before, told)]
        audit.append(logbook.database, events)
        versions = _move(logbook, keep, other, told)
        changes = [
            Change("merge", shown.other.patient_id, "code", shown.other.code, shown.keep.code),
            Change(
                "merge",
                shown.other.patient_id,
                "patient",
                shown.other.patient_id,
                shown.keep.patient_id,
            ),
            Change("merge", shown.other.patient_id, "moved", None, len(other.cases)),
            *versions,
        ]
        event = Event(logbook.user, Action.MERGE, Subject.LOGBOOK, MERGES, 0, changes, reason)
        audit.append(logbook.database, [event])
        number = audit.last_number(logbook.database)
    return Merged(number, shown.keep.code, shown.other.code, len(other.cases))


def refuse_new_errors(case: Case, before: set[str]) -> None:
    """Raise what cannot be in a case, unless it was so before.

    Raises:
        ImpossibleCase: with what was not there before.
    """
    if errors := [found for found in checks.errors(case) if found.message not in before]:
        raise ImpossibleCase(errors)


def sayings(case: Case) -> set[str]:
    """What cannot be in the case as it is."""
    return {found.message for found in checks.errors(case)}


def _person(logbook: Logbook, patient_id: str) -> _Person:
    database = logbook.database
    patient, identity = rows.of_person(database, patient_id)
    if patient is None:
        raise LogbookError(
            say("There is no patient {patient_id} in this logbook.", patient_id=patient_id),
            say("The patient may have been merged into another one meanwhile."),
        )
    query = Procedure.select(Procedure.id).where(Procedure.patient == patient_id)
    found = query.order_by(Procedure.performed_on, Procedure.id).tuples().execute(database)
    return _Person(patient, identity, [load_case(logbook, case_id) for (case_id,) in list(found)])


def _side(person: _Person) -> Side:
    cases = tuple(
        CaseOf(
            case.id,
            case.version,
            case.procedure.performed_on,
            tuple(sorted((row.level for row in case.levels if row.level), key=lambda lv: lv.rank)),
            case.procedure.deleted_at is not None,
        )
        for case in person.cases
    )
    patient = person.patient
    return Side(str(patient.id), int(patient.version), str(patient.patient_code or ""), cases)


def _differing(keep: _Person, other: _Person) -> Iterator[Differing]:
    for table in (Patient, PatientIdentity):
        own, theirs = _row(keep, table), _row(other, table)
        for field in table.clinical_fields():
            values = [getattr(row, field.name, None) if row else None for row in (own, theirs)]
            if values[0] != values[1] and not all(value in _EMPTY for value in values):
                shown = [field.show(value) if value not in _EMPTY else "" for value in values]
                yield Differing(f"{table._meta.table_name}.{field.name}", field, *shown)


def _row(person: _Person, table: type[Record]) -> Record | None:
    return person.patient if table is Patient else person.identity


def _take_over(keep: _Person, other: _Person, shown: Preview, choices: Mapping[str, Take]) -> None:
    """Write into the kept patient what is taken from the other one."""
    for differing in shown.differing:
        take = choices.get(differing.name, differing.proposed)
        if take is Take.KEEP:
            continue
        table = differing.field.model
        theirs = _row(other, table)
        if table is PatientIdentity and keep.identity is None:
            keep.identity = PatientIdentity(patient=keep.patient.id)
        own = _row(keep, table)
        assert own is not None
        name = differing.field.name
        value = getattr(theirs, name) if theirs is not None else None
        if take is Take.BOTH and not value:
            # Both, where the other one says nothing, is what the kept patient has.
            continue
        if take is Take.BOTH and differing.allows_both and differing.is_conflict:
            value = _both(differing.field, getattr(own, name), value)
        setattr(own, name, value)
        for said in ("missing", "explained"):
            told = {key: why for key, why in getattr(own, said).items() if key != name}
            if theirs is not None and name in getattr(theirs, said):
                told[name] = getattr(theirs, said)[name]
            setattr(own, said, told)


def _both(field: ClinicalField, own: object, theirs: object) -> object:
    """Notes one below the other, or the terms of both in their order."""
    if isinstance(field, TermsField) and isinstance(own, tuple) and isinstance(theirs, tuple):
        return tuple(sorted({*own, *theirs}, key=lambda term: term.rank))
    return f"{own}\n{theirs}"


def _store(logbook: Logbook, keep: _Person, before: Document, told: str) -> Event:
    database, patient = logbook.database, keep.patient
    patient.version += 1
    present = {row_id for table in before.values() for row_id in table}
    rows.store(database, keep.rows(), present)
    new = document_of(keep.rows())
    changes = compare(before, new)
    return patient_event(logbook.user, Action.MERGE, patient, changes, told, new)


def _remove(logbook: Logbook, other: _Person, told: str) -> Event:
    """Take the other patient out: its code is free at once, its row goes when no case needs it."""
    database, patient = logbook.database, other.patient
    old = document_of(other.rows())
    patient.version += 1
    if other.identity is not None:
        rows.remove(database, PatientIdentity, {str(other.identity.id)})
    Patient.update(patient_code=None).where(Patient.id == patient.id).execute(database)
    return patient_event(logbook.user, Action.MERGE, patient, compare(old, {}), told, {})


def _move(logbook: Logbook, keep: _Person, other: _Person, told: str) -> list[Change]:
    """Hang every case on the kept patient; the versions of those that changed."""
    versions: list[Change] = []
    plan = visit_plan_in(logbook.database)
    for case in (*keep.cases, *other.cases):
        version, before = case.version, sayings(case)
        case.patient, case.identity = keep.patient, keep.identity
        case.procedure.patient = keep.patient
        derived.work_out(case, plan)
        refuse_new_errors(case, before)
        saved = store_case(logbook, case, told, Action.MERGE)
        if saved.version != version:
            versions.append(Change("merge", case.id, "version", version, saved.version))
    Patient.delete().where(Patient.id == other.patient.id).execute(logbook.database)
    return versions


def _named(patient: Patient) -> str:
    return str(patient.patient_code or "a patient without a code")
