# SPDX-License-Identifier: MIT
"""Goes on with a draft, whatever happened to its case and its patient since it was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from models import derived, rows
from models.audit import Subject
from models.case import Case, load_case
from models.document import Document, Fields, document_of, stored_fields
from models.drafts.keeping import Draft, discard, from_text, keep, text_of, without_names
from models.drafts.left import take_over
from models.errors import LogbookError
from models.history.entries import entries_of
from models.logbook import Logbook
from models.merges import kept_patient
from models.person import only_names_went
from models.schema import Patient, PatientIdentity, Procedure, Record, new_id
from models.settings import STORE_IDENTITY, is_on, visit_plan
from models.snapshot import case_of, patched, row_of, snapshot
from models.speech import say

_CASES = str(Procedure._meta.table_name)
_PATIENTS, _NAMES = str(Patient._meta.table_name), str(PatientIdentity._meta.table_name)


class Fate(StrEnum):
    """What became of the stored case, or of the patient of a new one, since the draft was begun."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    MERGED = "merged"
    PATIENT_CHANGED = "patient_changed"


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft to go on with.

    Attributes:
        draft: as it is kept now.
        case: its case, to be typed into.
        stored: the case as the logbook has it; {} for one that it does not have.
        fate: what became of it. A draft of a case that is gone goes on as a new case; a new case
            of a patient who was merged into another one goes on as a case of that one.
        kept: labels of what was entered of the person and gave way to what the logbook has.
        left_out_names: a name or record number was left out, because they are switched off.
    """

    draft: Draft
    case: Case
    stored: Document
    fate: Fate
    kept: tuple[str, ...] = ()
    left_out_names: bool = False


def resume(logbook: Logbook, draft: Draft) -> Resumed:
    """The case of a draft, and what became of the stored one since.

    A draft that somebody left who can sign in no more is taken over first.

    Raises:
        NotAllowed: it is such a one, and whoever works with the logbook is no administrator.
        CannotWrite, LogbookBusy: the draft of a case that is gone could not be kept as a new one.
        LogbookError: another version of the program kept it, with what this one does not know.
    """
    if draft.owner:
        draft = take_over(logbook, draft)
    with logbook.session():
        hides_names = not is_on(logbook.database, STORE_IDENTITY)
        nameless = without_names(draft) if hides_names else draft
        stored = _stored(logbook, draft.case_id)
        if stored is not None and stored.procedure.deleted_at is None:
            resumed = _of_stored(logbook, nameless, stored)
        elif draft.is_new:
            resumed = _of_new(logbook, nameless)
        else:
            # Told before anything is written: what cannot be read stays as it is.
            _case(logbook, nameless)
            renewed = _as_new(logbook, nameless)
            with logbook.transaction():
                at = keep(logbook, renewed)
                discard(logbook, draft.case_id)
            resumed = _of_new(logbook, replace(renewed, kept_at=at))
            resumed = replace(resumed, fate=Fate.GONE)
        return replace(
            resumed, left_out_names=hides_names and _says_other_names(logbook, draft, resumed.case)
        )


def _case(logbook: Logbook, draft: Draft) -> Case:
    try:
        case = case_of(draft.document, patient_version=draft.patient_version, version=draft.version)
    except (KeyError, ValueError) as error:
        raise LogbookError(
            say("This draft holds a field or term that this Kypholog does not know."),
            say("Open it with the version that kept it; the draft stays where it is."),
        ) from error
    derived.work_out(case, visit_plan(logbook))
    return case


def _stored(logbook: Logbook, case_id: str) -> Case | None:
    if rows.one(logbook.database, Procedure, Procedure.id == case_id) is None:
        return None
    return load_case(logbook, case_id)


def _of_stored(logbook: Logbook, draft: Draft, stored: Case) -> Resumed:
    case = _case(logbook, draft)
    if not draft.patient_version or _is_the_same(logbook, case.patient, stored.patient):
        case.patient.version = stored.patient.version
    is_same = (stored.version, stored.patient.version) == (draft.version, case.patient.version)
    if case.identity is None:
        case.identity = stored.identity
    return Resumed(draft, case, snapshot(stored), Fate.SAME if is_same else Fate.CHANGED)


# a new case


def _of_new(logbook: Logbook, draft: Draft) -> Resumed:
    """A case that was never saved; its patient may be known, and may have changed meanwhile."""
    case = _case(logbook, draft)
    if not draft.patient_version:
        return Resumed(draft, case, {}, Fate.SAME)
    patient_id = str(case.patient.id)
    kept_id = kept_patient(logbook, patient_id)
    patient = rows.one(logbook.database, Patient, Patient.id == kept_id)
    if patient is None:
        # Nobody has the cases of this patient; what was entered makes a new one.
        case.patient.version = 0
        return Resumed(draft, case, {}, Fate.SAME)
    identity = rows.one(logbook.database, PatientIdentity, PatientIdentity.patient == kept_id)
    if kept_id == patient_id and _is_the_same(logbook, case.patient, patient):
        case.patient.version = patient.version
        case.identity = case.identity or identity
        return Resumed(draft, case, {}, Fate.SAME)
    base = _person_at(logbook, patient_id, draft.patient_version)
    kept = _take_over(case.patient, base.get(_PATIENTS, {}), patient)
    if case.identity is not None:
        own, known = case.identity, identity or PatientIdentity(patient=patient)
        kept += _take_over(own, base.get(_NAMES, {}), known)
        identity = known if any(stored_fields(known).keys() - {"patient"}) else identity
    case.patient, case.procedure.patient, case.identity = patient, patient, identity
    derived.work_out(case, visit_plan(logbook))
    fate = Fate.PATIENT_CHANGED if kept_id == patient_id else Fate.MERGED
    return Resumed(draft, case, {}, fate, tuple(kept))


def _is_the_same(logbook: Logbook, known: Patient, stored: Patient) -> bool:
    """Whether nothing but names was changed since."""
    version = int(stored.version)
    return known.version == version or only_names_went(logbook.database, known, version)


def _person_at(logbook: Logbook, patient_id: str, version: int) -> Document:
    """The person as the record had it in that version."""
    document: Document = {}
    for entry in entries_of(logbook, [patient_id]):
        if entry.subject is Subject.PATIENT and entry.version <= version:
            document = patched(document, entry.changes)
    return document


def _take_over(entered: Record, base: dict[str, Fields], now: Record) -> list[str]:
    """Enter into ``now`` what was typed over ``base``, unless somebody else changed it too.

    Returns the labels of the fields in which what is stored now stays.
    """
    before = row_of(type(now), str(entered.id), next(iter(base.values()), {}))
    kept = []
    for field in type(now).clinical_fields():
        typed, was, stored = (getattr(row, field.name) for row in (entered, before, now))
        if typed in (was, stored):
            continue
        if stored == was or stored in (None, "", ()):
            setattr(now, field.name, typed)
        else:
            kept.append(field.label)
    return kept


# a case that is gone


def _as_new(logbook: Logbook, draft: Draft) -> Draft:
    """The draft under other ids, so that it can be saved beside the case in the bin.

    The person stays the one that the logbook knows, if it knows one.
    """
    person = {t: stored for t, stored in draft.document.items() if t in (_PATIENTS, _NAMES)}
    document = {t: stored for t, stored in draft.document.items() if t not in person}
    patient_id = str(document[_CASES][draft.case_id]["patient"])
    text = text_of(replace(draft, document=document, version=0))
    old_ids = {row_id for stored in document.values() for row_id in stored}
    of_person = {row_id for stored in person.values() for row_id in stored} | {patient_id}
    old_ids |= {typed.row_id for typed in draft.refused} - of_person
    for row_id in old_ids:
        text = text.replace(row_id, new_id())
    (case_id,) = json.loads(text)["document"][_CASES]
    renewed = from_text(text, case_id, 0)
    return replace(renewed, document={**person, **renewed.document})


# names that are switched off


def _says_other_names(logbook: Logbook, draft: Draft, case: Case) -> bool:
    """Whether the draft holds names that the logbook does not have of the patient."""
    nameless, said = without_names(draft), _names_in(draft.document)
    if (nameless.refused, nameless.typing) != (draft.refused, draft.typing):
        return True
    of_patient = PatientIdentity.patient == case.patient.id
    identity = rows.one(logbook.database, PatientIdentity, of_patient)
    stored = document_of([identity]) if identity is not None else {}
    return bool(said) and said != _names_in(stored)


def _names_in(document: Document) -> list[Fields]:
    rows_of_names = document.get(_NAMES, {}).values()
    said = ({n: value for n, value in row.items() if n != "patient"} for row in rows_of_names)
    return [fields for fields in said if fields]
