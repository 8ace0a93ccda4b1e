# SPDX-License-Identifier: MIT
"""Takes a merge of two patients back: same ids, same content, new versions; and merges once more.

The audit tells what the merge did. What somebody changed since then stays as it is now; where that
leaves no way back, the undo is refused with a sentence that says why, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models import audit, checks, rows
from models.audit import Action, Event, Subject
from models.case import load_case, store_case
from models.document import (
    Change,
    Document,
    Value,
    changes_from_json,
    compare,
    document_of,
    model_of,
    stored_fields,
)
from models.errors import LogbookError
from models.logbook import Logbook
from models.merges import MERGES, PastMerge, of_the_same_two, past_merge
from models.merging import Differing, Merged, Take, merge, preview, refuse_new_errors, sayings
from models.person import patient_event
from models.schema import AuditEntry, Patient, PatientIdentity, Procedure, Record
from models.signoff import refuse_signed
from models.snapshot import patched, row_of
from models.speech import say

_PATIENT = Patient._meta.table_name
_UNLOCK = say("An administrator unlocks it; then take the merge back, and sign it off again.")
_IDENTITY = PatientIdentity._meta.table_name


def undo_merge(logbook: Logbook, number: int, reason: str = "") -> None:
    """Make two patients again of those whom merge ``number`` made one, in one transaction.

    Cases that were entered for the kept patient since then stay there.

    Raises:
        CaseSignedOff: a case of the patient is locked.
        LogbookError: there is no such merge, it is undone already, or something that was done since
            stands in the way; the sentence says what.
    """
    with logbook.transaction():
        told = past_merge(logbook, number)
        if told.is_undone:
            raise LogbookError(
                say("This merge was undone already."), say("There is nothing left to do.")
            )
        refuse_signed(logbook.database, [told.keep_id], _UNLOCK)
        keep = _kept(logbook, told)
        other = _other_rows(logbook, told)
        said = f"Merge undone. {reason}".strip()
        kept = _before(logbook, told, keep)
        _refuse_taken_codes(logbook, told, [*kept, *other])
        events = [_put(logbook, keep, kept, said), _put(logbook, [], other, said)]
        audit.append(logbook.database, events)
        _move_back(logbook, told, kept, other, said)
        change = Change("merge", told.other_id, "undone", None, number)
        event = Event(logbook.user, Action.UNMERGE, Subject.LOGBOOK, MERGES, 0, [change], reason)
        audit.append(logbook.database, [event])


def merge_again(logbook: Logbook, number: int, reason: str = "") -> Merged:
    """Merge once more, with the same choices, the two patients of merge ``number``.

    Raises:
        LogbookError: there is no such merge, or the two are one patient now.
        ImpossibleCase: as with ``merge``.
    """
    with logbook.transaction():
        told = of_the_same_two(logbook, number)[0]
        if not told.is_undone:
            raise LogbookError(say("These two patients are merged already."))
        shown = preview(logbook, told.keep_id, told.other_id)
        parted = _changes_of(logbook, told.keep_id, told.undone_by, Action.UNMERGE)[1]
        merged = {f"{change.table}.{change.field}": change.old for change in parted}
        theirs = {
            f"{table}.{name}": value
            for table, stored in document_of(_rows_of(logbook, told.other_id)).items()
            for fields in stored.values()
            for name, value in fields.items()
        }
        choices = {one.name: _chosen(one, merged, theirs) for one in shown.differing}
        return merge(logbook, shown, choices, reason)


def _chosen(differing: Differing, merged: Mapping[str, Value], theirs: Mapping[str, Value]) -> Take:
    """What was taken of a field, by what the merge had made of it."""
    name = differing.name
    if name not in merged:
        return Take.KEEP
    if merged[name] == theirs.get(name):
        return Take.OTHER
    return Take.BOTH if differing.allows_both else Take.KEEP


# what the audit says


def _changes_of(
    logbook: Logbook, subject_id: str, before: int, action: Action = Action.MERGE
) -> tuple[int, list[Change]]:
    """Version and changes that a merge, or its undo, brought to a subject.

    It is told of in the last entry ``before`` the one that tells of the whole.
    """
    query = (
        AuditEntry.select(AuditEntry.version, AuditEntry.changes)
        .where(
            AuditEntry.subject_id == subject_id,
            AuditEntry.number < before,
            AuditEntry.action == action.value,
        )
        .order_by(AuditEntry.number.desc())
        .limit(1)
        .tuples()
    )
    version, text = next(iter(query.execute(logbook.database)))
    return int(version), changes_from_json(text)


def _was_forgotten(logbook: Logbook, told: PastMerge) -> bool:
    """Whether all names were taken out of the record after the merge."""
    query = AuditEntry.select().where(
        AuditEntry.subject_id == "",
        AuditEntry.number > told.number,
        AuditEntry.action == Action.FORGET.value,
    )
    return bool(query.count(logbook.database))


# the two patients


def _kept(logbook: Logbook, told: PastMerge) -> list[Record]:
    found = _rows_of(logbook, told.keep_id)
    if not found:
        raise LogbookError(
            say("The patient who was kept has been merged into another one since."),
            say("Undo that later merge first."),
        )
    return found


def _rows_of(logbook: Logbook, patient_id: str) -> list[Record]:
    """The patient, and what names the person; [] if there is none."""
    database = logbook.database
    patient = rows.one(database, Patient, Patient.id == patient_id)
    identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient_id)
    return [row for row in (patient, identity) if row is not None]


def _other_rows(logbook: Logbook, told: PastMerge) -> list[Record]:
    """The patient who was merged away, as before."""
    version, changes = _changes_of(logbook, told.other_id, told.number)
    document = patched({}, changes, backwards=True)
    patient = row_of(Patient, told.other_id, document.get(_PATIENT, {}).get(told.other_id, {}))
    patient.version = version
    named = {} if _was_forgotten(logbook, told) else document.get(_IDENTITY, {})
    return [patient, *(row_of(PatientIdentity, key, fields) for key, fields in named.items())]


def _before(logbook: Logbook, told: PastMerge, keep: Sequence[Record]) -> list[Record]:
    """The kept patient without what the merge brought, as far as it still stands so."""
    held = document_of(keep)
    _, changes = _changes_of(logbook, told.keep_id, told.number)
    standing = [
        change
        for change in changes
        if held.get(change.table, {}).get(change.row_id, {}).get(change.field) == change.new
        and (change.table != _IDENTITY or change.row_id in held.get(_IDENTITY, {}))
    ]
    document = patched(held, standing, backwards=True)
    patient = row_of(Patient, told.keep_id, document.get(_PATIENT, {}).get(told.keep_id, {}))
    patient.version = keep[0].__data__["version"]
    identities = [
        row_of(PatientIdentity, key, {**fields, "patient": told.keep_id})
        for key, fields in document.get(_IDENTITY, {}).items()
    ]
    return [patient, *identities]


def _refuse_taken_codes(logbook: Logbook, told: PastMerge, people: Sequence[Record]) -> None:
    for patient in people:
        if not isinstance(patient, Patient) or not patient.patient_code:
            continue
        taken = rows.one(logbook.database, Patient, Patient.patient_code == patient.patient_code)
        if taken is not None and taken.id not in (told.keep_id, told.other_id):
            raise LogbookError(
                say(
                    "The code {patient_code} was given to another patient since.",
                    patient_code=patient.patient_code,
                ),
                say("Give that patient another code, then undo the merge."),
            )


def _put(logbook: Logbook, old: Sequence[Record], new: Sequence[Record], said: str) -> Event:
    """Make the rows of one patient ``new``, with a new version."""
    database, patient = logbook.database, new[0]
    assert isinstance(patient, Patient)
    patient.version += 1
    held, wanted = document_of(old), document_of(new)
    present = _ids(held)
    rows.store(database, new, present)
    rows.remove(database, PatientIdentity, present - _ids(wanted))
    changes = compare(held, wanted)
    return patient_event(logbook.user, Action.UNMERGE, patient, changes, said, wanted)


def _ids(document: Document) -> set[str]:
    return {row_id for table in document.values() for row_id in table}


# the cases


def _move_back(
    logbook: Logbook, told: PastMerge, kept: Sequence[Record], other: Sequence[Record], said: str
) -> None:
    database = logbook.database
    query = Procedure.select(Procedure.id).where(Procedure.patient == told.keep_id)
    there = [case_id for (case_id,) in query.tuples().execute(database)]
    for case_id in dict.fromkeys([*told.versions, *there]):
        case = load_case(logbook, case_id)
        before = sayings(case)
        was_changed = case.version != told.versions.get(case_id)
        if case_id in told.versions:
            if case.procedure.patient_id != told.keep_id:
                raise LogbookError(
                    say(
                        "The case of {performed_on} belongs to another patient since.",
                        performed_on=case.procedure.performed_on or say("no date"),
                    ),
                    say("Give it back first, or undo the later merge."),
                )
            _, changes = _changes_of(logbook, case_id, told.number)
            _take_back([*case.case_rows()], changes)
        mine = kept if case.procedure.patient_id == told.keep_id else other
        patient, *identities = mine
        assert isinstance(patient, Patient)
        case.patient = patient
        case.identity = next((row for row in identities if isinstance(row, PatientIdentity)), None)
        if was_changed:
            refuse_new_errors(case, before)
        case.procedure.complete = not checks.open_fields(case)
        store_case(logbook, case, said, Action.UNMERGE)


def _take_back(held: Sequence[Record], changes: Sequence[Change]) -> None:
    """Set back every field that still is as the merge left it."""
    known = {str(row.id): row for row in held}
    for change in changes:
        row = known.get(change.row_id)
        if row is not None and stored_fields(row).get(change.field) == change.new:
            field = model_of(change.table)._meta.fields[change.field]
            setattr(row, change.field, field.python_value(change.old))
