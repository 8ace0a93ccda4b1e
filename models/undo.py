# SPDX-License-Identifier: MIT
"""Takes saved changes back and does them again. Each time that is a new save with its own audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from peewee import fn

from models.audit import Action, Subject
from models.document import Document, compare
from models.errors import LogbookError
from models.history import Deed, History, Version, lines, read_history, restore_to
from models.history.places import PERSON, patient_of
from models.history.restoring import now
from models.logbook import Logbook
from models.schema import AuditEntry, PatientIdentity, Procedure

MOST_STEPS = 100
"""So many of the last changes can be taken back."""

_CASES = str(Procedure._meta.table_name)
_NAMES = str(PatientIdentity._meta.table_name)
_MOST_NAMED = 3


class ChangedSince(LogbookError):
    """Somebody changed the case after the change that should be taken back or done again."""


class Kind(StrEnum):
    """What a saved change was."""

    ENTRY = "entry"
    CHANGE = "change"
    BINNING = "binning"
    UNBINNING = "unbinning"
    RESTORING = "restoring"


@dataclass(frozen=True, slots=True)
class Part:
    """One case of a change: person and case before and after it; ``before`` is {} for an entry."""

    case_id: str
    name: str
    before: Document
    after: Document


@dataclass(frozen=True, slots=True)
class SavedChange:
    """One saved change: of a case, or of the cases that went into the bin together."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def case_ids(self) -> list[str]:
        """The cases."""
        return [part.case_id for part in self.parts]


def newest_entry(logbook: Logbook) -> int:
    """The number of the last audit entry; what comes later was done from now on."""
    with logbook.session():
        number = AuditEntry.select(fn.MAX(AuditEntry.number)).scalar(logbook.database)
    return int(number or 0)


def last_change(logbook: Logbook, after: int = 0) -> SavedChange | None:
    """The last change that the logbook's user saved, if it came after audit entry ``after``."""
    return next(iter(saved_changes(logbook, after)[-1:]), None)


def saved_changes(logbook: Logbook, after: int) -> list[SavedChange]:
    """What the logbook's user saved after audit entry ``after``, oldest first.

    Of very many only the last are told.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        entries = _own_entries(logbook, after)
        cases = {of for _, subject, of in entries if subject is Subject.CASE}
        histories = {case_id: read_history(logbook, case_id) for case_id in sorted(cases)}
        persons = {of for _, subject, of in entries if subject is Subject.PATIENT}
        for person in sorted(persons - {patient_of(h.present) for h in histories.values()}):
            if case_id := _a_case_of(logbook, person):
                histories[case_id] = read_history(logbook, case_id)
    numbers = {number for number, _, _ in entries}
    found: dict[int, tuple[History, Version]] = {}
    for history in histories.values():
        for version in history.versions:
            if version.number in numbers:
                found.setdefault(version.number, (history, version))
    changes = [_change(*found[number]) for number in sorted(found)]
    return list(_together(changes))


def news(logbook: Logbook, after: int) -> tuple[list[SavedChange], int]:
    """``saved_changes``, and the number of the last audit entry that they were looked for in."""
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        return saved_changes(logbook, after), newest_entry(logbook)


def undo(logbook: Logbook, change: SavedChange) -> int:
    """Take the change back; the number of the last audit entry afterwards.

    A case that was entered goes into the bin.

    Raises:
        ChangedSince: a case was changed meanwhile; nothing is taken back.
        LogbookError: whatever else keeps a case from being saved.
    """
    with logbook.transaction():
        for part in reversed(change.parts):
            before = part.before or _in_bin(part.after)
            _step(logbook, part, part.after, before, "Undo.")
        return newest_entry(logbook)


def redo(logbook: Logbook, change: SavedChange) -> int:
    """Do the change again that ``undo`` took back; the number of the last audit entry afterwards.

    Raises:
        ChangedSince, LogbookError: as with ``undo``.
    """
    with logbook.transaction():
        for part in change.parts:
            before = part.before or _in_bin(part.after)
            _step(logbook, part, before, part.after, "Redo.")
        return newest_entry(logbook)


def _step(logbook: Logbook, part: Part, expected: Document, wanted: Document, reason: str) -> None:
    history = read_history(logbook, part.case_id)
    present = history.present
    with_person = _touches_person(expected, wanted)
    if not _same(expected, present, with_person=with_person):
        raise _changed_since(history, expected)
    person = wanted if with_person else present
    target = {table: rows for table, rows in person.items() if table in PERSON}
    target |= {table: rows for table, rows in wanted.items() if table not in PERSON}
    was_in_bin, goes_in_bin = _is_in_bin(present), _is_in_bin(wanted)
    if goes_in_bin and not was_in_bin:
        target = _in_bin(target)
    action = Action.DELETE if goes_in_bin and not was_in_bin else Action.RESTORE
    restore_to(logbook, part.case_id, target, reason, action)


def _own_entries(logbook: Logbook, after: int) -> list[tuple[int, Subject, str]]:
    query = (
        AuditEntry.select(AuditEntry.number, AuditEntry.subject, AuditEntry.subject_id)
        .where(
            AuditEntry.number > after,
            AuditEntry.user == logbook.user,
            AuditEntry.action != Action.PLAN.value,
            AuditEntry.subject.in_([Subject.CASE.value, Subject.PATIENT.value]),
        )
        .order_by(AuditEntry.number.desc())
        .limit(MOST_STEPS)
        .tuples()
    )
    return [
        (number, Subject(subject), subject_id)
        for number, subject, subject_id in query.execute(logbook.database)
    ]


def _a_case_of(logbook: Logbook, patient_id: str) -> str:
    query = Procedure.select(Procedure.id).where(Procedure.patient == patient_id).limit(1)
    return next((str(case_id) for (case_id,) in query.tuples().execute(logbook.database)), "")


_KINDS = {
    Deed.ENTERED: Kind.ENTRY,
    Deed.CHANGED: Kind.CHANGE,
    Deed.PATIENT: Kind.CHANGE,
    Deed.BINNED: Kind.BINNING,
    Deed.UNBINNED: Kind.UNBINNING,
    Deed.BROUGHT_BACK: Kind.RESTORING,
}


def _change(history: History, version: Version) -> SavedChange:
    before = history.before(version.number)
    old = history.document(before.number) if before is not None else {}
    part = Part(history.case_id, history.name, old, history.document(version.number))
    return SavedChange(_KINDS[version.deed], (part,))


def _together(changes: Iterable[SavedChange]) -> Iterator[SavedChange]:
    """Cases that went into the bin one after the other went there together."""
    held: SavedChange | None = None
    for change in changes:
        if held is not None and held.kind is change.kind is Kind.BINNING:
            held = SavedChange(Kind.BINNING, (*held.parts, *change.parts))
            continue
        if held is not None:
            yield held
        held = change
    if held is not None:
        yield held


def _touches_person(old: Document, new: Document) -> bool:
    if not old or not new or patient_of(old) != patient_of(new):
        return False
    return bool(compare(_persons(old), _persons(new)))


def _same(one: Document, other: Document, *, with_person: bool) -> bool:
    if not with_person:
        one, other = (
            {table: rows for table, rows in document.items() if table not in PERSON}
            for document in (one, other)
        )
    return not compare(_plain(one), _plain(other))


def _plain(document: Document) -> Document:
    """Without what is no content: when it went into the bin, and a name that is empty."""
    plain = {table: dict(rows) for table, rows in document.items()}
    for case_id, fields in plain.get(_CASES, {}).items():
        if fields.get("deleted_at"):
            plain[_CASES][case_id] = {**fields, "deleted_at": "in the bin"}
    names = plain.get(_NAMES, {})
    plain[_NAMES] = {key: row for key, row in names.items() if set(row) != {"patient"}}
    return plain


def _persons(document: Document) -> Document:
    plain = _plain(document)
    return {table: rows for table, rows in plain.items() if table in PERSON}


def _is_in_bin(document: Document) -> bool:
    return any(fields.get("deleted_at") for fields in document.get(_CASES, {}).values())


def _in_bin(document: Document) -> Document:
    rows = {key: {**row, "deleted_at": now()} for key, row in document[_CASES].items()}
    return {**document, _CASES: rows}


def _changed_since(history: History, expected: Document) -> ChangedSince:
    found = [f"{line.place}: {line.label}" for line in lines(expected, history.present)]
    named = "; ".join(dict.fromkeys(found[:_MOST_NAMED]))
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    who = f" by {history.versions[-1].user}" if history.versions else ""
    what = f" ({named}{more})" if named else ""
    return ChangedSince(
        f"{history.name} was changed since{who}{what}.",
        "Nothing was done. Its history brings single values back.",
    )
