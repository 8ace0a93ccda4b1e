# SPDX-License-Identifier: MIT
"""What the user saved and can take back, read from the audit in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from peewee import fn

from models.audit import Action, Subject
from models.document import readable
from models.history import Deed
from models.history.entries import Head, deed_of, saves_in
from models.logbook import Logbook
from models.merges import MERGES, past_merges
from models.schema import AuditEntry, CaseRow
from models.speech import say

IMPORTS = "imports"
"""What the audit calls the subject of the entries that tell of imports, so that they are found."""

MOST_STEPS = 100
"""So many of the last changes can be taken back."""


class Kind(StrEnum):
    """What a saved change was."""

    ENTRY = "entry"
    CHANGE = "change"
    BINNING = "binning"
    UNBINNING = "unbinning"
    RESTORING = "restoring"
    MERGING = "merging"
    PARTING = "parting"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Part:
    """One case of a change, and the number of the version that the change made of it."""

    case_id: str
    number: int


@dataclass(frozen=True, slots=True)
class SavedChange:
    """One saved change of a case, of several cases, or of two patients.

    Several are those that went into the bin together, that came in bulk at one moment, or that one
    import entered and changed.

    Attributes:
        name: how people call the first case, or the two patients.
        with_patient: a case was entered for a patient of whom something was changed with that.
        merge: the number of the merge; 0 for changes of cases.
        from_logbook: an import that merged another logbook into this one.
    """

    kind: Kind
    name: str
    parts: tuple[Part, ...] = ()
    with_patient: bool = False
    merge: int = 0
    from_logbook: bool = False

    @property
    def case_ids(self) -> list[str]:
        """The cases; of patients who were merged or parted none is named."""
        return [part.case_id for part in self.parts]


def newest_entry(logbook: Logbook) -> int:
    """The number of the last audit entry; what comes later was done from now on."""
    with logbook.session():
        number = AuditEntry.select(fn.MAX(AuditEntry.number)).scalar(logbook.database)
    return int(number or 0)


def last_import(logbook: Logbook) -> int:
    """The number of the audit entry of the last import by the logbook's user; 0 for none."""
    with logbook.session():
        query = AuditEntry.select(fn.MAX(AuditEntry.number)).where(
            AuditEntry.subject_id == IMPORTS, AuditEntry.user == logbook.user
        )
        return int(query.scalar(logbook.database) or 0)


def last_change(logbook: Logbook, after: int = 0) -> SavedChange | None:
    """The last change that the logbook's user saved, if it came after audit entry ``after``."""
    return next(iter(saved_changes(logbook, after)[-1:]), None)


def saved_changes(logbook: Logbook, after: int) -> list[SavedChange]:
    """What was saved through this logbook after audit entry ``after``, oldest first.

    What the same user saved in another window is that window's to take back.

    Of very many only the last are told. That names were taken out of the record is not among
    them: it is for good.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        found = [*_of_cases(logbook, after), *_of_merges(logbook, after)]
        found = [one for one in found if logbook.turns.wrote(one.number)]
        found = _with_imports(logbook, after, sorted(found, key=lambda one: one.number))
        last = list(_together(found))[-MOST_STEPS:]
        return list(_named(logbook, last))


def news(logbook: Logbook, after: int) -> tuple[list[SavedChange], int]:
    """``saved_changes``, and the number of the last audit entry that they were looked for in."""
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        return saved_changes(logbook, after), newest_entry(logbook)


@dataclass(frozen=True, slots=True)
class _Found:
    """A change, with its last audit entry, and the moment of its save."""

    number: int
    moment: str
    change: SavedChange
    patient_id: str = ""


_SAVES = (Action.CREATE, Action.CHANGE, Action.DELETE, Action.RESTORE)
_NAMELESS, _CODELESS = say("Case without a patient code"), say("a patient without a code")
_KINDS = {
    Deed.ENTERED: Kind.ENTRY,
    Deed.CHANGED: Kind.CHANGE,
    Deed.PATIENT: Kind.CHANGE,
    Deed.BINNED: Kind.BINNING,
    Deed.UNBINNED: Kind.UNBINNING,
    Deed.BROUGHT_BACK: Kind.RESTORING,
}


def _of_cases(logbook: Logbook, after: int) -> Iterator[_Found]:
    """The saves of cases and patients; what they changed is not read."""
    columns = (AuditEntry.number, AuditEntry.at, AuditEntry.user, AuditEntry.action)
    query = (
        AuditEntry.select(*columns, AuditEntry.subject, AuditEntry.subject_id)
        .where(
            AuditEntry.number > after,
            AuditEntry.user == logbook.user,
            AuditEntry.subject.in_([Subject.CASE.value, Subject.PATIENT.value]),
            AuditEntry.action.in_([action.value for action in _SAVES]),
        )
        .order_by(AuditEntry.number)
        .tuples()
    )
    heads = (
        Head(number, at, user, Action(action), Subject(subject), of)
        for number, at, user, action, subject, of in query.execute(logbook.database)
    )
    for save in saves_in(heads):
        last = save[-1]
        kind = _KINDS[deed_of(last, ())]
        is_case = last.subject is Subject.CASE
        parts = (Part(last.subject_id if is_case else "", last.number),)
        with_patient = kind is Kind.ENTRY and save[0].action is Action.CHANGE
        change = SavedChange(kind, "", parts, with_patient)
        yield _Found(last.number, last.at, change, "" if is_case else last.subject_id)


def _of_merges(logbook: Logbook, after: int) -> Iterator[_Found]:
    query = AuditEntry.select(AuditEntry.number).where(
        AuditEntry.number > after, AuditEntry.user == logbook.user, AuditEntry.subject_id == MERGES
    )
    own = {number for (number,) in query.tuples().execute(logbook.database)}
    for merge in past_merges(logbook) if own else []:
        other, keep = (code or _CODELESS for code in (merge.other_code, merge.keep_code))
        if merge.number in own:
            joined = SavedChange(
                Kind.MERGING, say("{other} into {keep}", other=other, keep=keep), merge=merge.number
            )
            yield _Found(merge.number, merge.at, joined)
        if merge.undone_by in own:
            parted = SavedChange(
                Kind.PARTING, say("{other} and {keep}", other=other, keep=keep), merge=merge.number
            )
            yield _Found(merge.undone_by, "", parted)


def _with_imports(logbook: Logbook, after: int, found: list[_Found]) -> list[_Found]:
    """The same with what each import saved as one change."""
    query = AuditEntry.select(AuditEntry.number, AuditEntry.changes).where(
        AuditEntry.number > after,
        AuditEntry.user == logbook.user,
        AuditEntry.subject_id == IMPORTS,
    )
    notes = list(query.order_by(AuditEntry.number).tuples().execute(logbook.database))
    cases = _cases_of_changed_patients(logbook, after) if notes else {}
    for number, text in notes:
        said = list(readable(text))
        first = next((int(str(change.new)) for change in said), number)
        # A merge notes the states of the logbooks that it met as well.
        from_logbook = len(said) > 1
        own = [one for one in found if first < one.number < number]
        if own:
            place = found.index(own[0])
            joined = _joined([_by_a_case(one, cases) for one in own])
            found[place : place + len(own)] = [
                replace(
                    joined,
                    change=replace(joined.change, kind=Kind.IMPORT, from_logbook=from_logbook),
                )
            ]
    return found


def _cases_of_changed_patients(logbook: Logbook, after: int) -> dict[str, str]:
    """For each patient who was changed after ``after`` one of the cases, by which it is undone."""
    changed = AuditEntry.select(AuditEntry.subject_id).where(
        AuditEntry.number > after,
        AuditEntry.user == logbook.user,
        AuditEntry.subject == Subject.PATIENT.value,
        AuditEntry.action == Action.CHANGE.value,
    )
    rows = CaseRow.select(CaseRow.patient_id, CaseRow.case_id).where(
        CaseRow.patient_id.in_(changed)
    )
    return dict(rows.tuples().execute(logbook.database))


def _by_a_case(one: _Found, cases: Mapping[str, str]) -> _Found:
    """The same; a change of a patient alone as one of a case of the patient."""
    if one.patient_id not in cases:
        return one
    part = Part(cases[one.patient_id], one.number)
    return replace(one, change=replace(one.change, parts=(part,)), patient_id="")


def _together(found: Iterable[_Found]) -> Iterator[_Found]:
    """Join what went into the bin one after the other, and what came at one moment."""
    held: list[_Found] = []
    for one in found:
        if held and not _are_one(held[-1], one):
            yield _joined(held)
            held = []
        held.append(one)
    if held:
        yield _joined(held)


def _joined(held: list[_Found]) -> _Found:
    """All of these as one change; each is looked at once, for there may be very many."""
    first, last = held[0], held[-1]
    parts = tuple(part for one in held for part in one.change.parts)
    with_patient = any(one.change.with_patient for one in held)
    change = replace(first.change, parts=parts, with_patient=with_patient)
    return replace(first, number=last.number, change=change)


def _are_one(held: _Found, later: _Found) -> bool:
    kinds = {held.change.kind, later.change.kind}
    return kinds == {Kind.BINNING} or (kinds == {Kind.ENTRY} and held.moment == later.moment)


def _named(logbook: Logbook, found: list[_Found]) -> Iterator[SavedChange]:
    """The changes with what only their cases and patients, or their entries, can tell."""
    restored = [one.number for one in found if one.change.kind is Kind.RESTORING]
    query = AuditEntry.select(AuditEntry.number, AuditEntry.changes).where(
        AuditEntry.number.in_(restored), AuditEntry.changes.contains("deleted_at")
    )
    unbinned = {
        number
        for number, text in query.tuples().execute(logbook.database)
        if any(change.field == "deleted_at" and change.new is None for change in readable(text))
    }
    ids = [part.case_id for one in found for part in one.change.parts[:1]]
    patients = [one.patient_id for one in found if one.patient_id]
    rows = CaseRow.select(CaseRow.case_id, CaseRow.patient_id, CaseRow.patient_code).where(
        CaseRow.case_id.in_(ids) | CaseRow.patient_id.in_(patients)
    )
    known = list(rows.tuples().execute(logbook.database))
    of_patients = {patient_id: case_id for case_id, patient_id, _ in known}
    codes = {case_id: code for case_id, _, code in known}
    for one in found:
        change = one.change
        if one.patient_id:
            if one.patient_id not in of_patients:
                continue
            part = Part(of_patients[one.patient_id], one.number)
            change = replace(change, parts=(part,))
        if one.number in unbinned:
            change = replace(change, kind=Kind.UNBINNING)
        if change.parts:
            change = replace(change, name=codes.get(change.parts[0].case_id) or _NAMELESS)
        yield change
