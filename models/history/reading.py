# SPDX-License-Identifier: MIT
"""Replays the audit of a case and of its patient: every state that the case ever had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models import derived
from models.audit import Subject
from models.case import Case, load_case
from models.document import Change, Document, compare, content_hash
from models.errors import LogbookDamaged, LogbookError
from models.history.entries import Deed, Entry, deed_of, entries_of, saves_in
from models.history.listing import Section, listing
from models.history.places import NAMES, patient_of
from models.history.wording import Line, lines
from models.logbook import Logbook
from models.schema import Patient, Procedure
from models.settings import ASK_REASON, STORE_IDENTITY, is_on, visit_plan
from models.snapshot import case_of, patched, snapshot
from models.speech import say

CURE = say("Run Tools > Check the logbook, and compare with your last backup.")

_PATIENTS = str(Patient._meta.table_name)
_CASES = str(Procedure._meta.table_name)
_NOBODY = content_hash({})
"""Of a patient who was merged into another one: that entry leaves nothing."""


@dataclass(frozen=True, slots=True)
class Version:
    """One save, of the case, of its patient, or of both.

    Attributes:
        number: the number of its last audit entry, by which ``document_at`` finds it.
        version: the version of the case since then.
        at: when, in UTC.
        subjects: what was saved; a patient may have been saved with another case.
        lines: what changed. The first version has a line for every row that was entered.
    """

    number: int
    version: int
    at: datetime
    user: str
    deed: Deed
    reason: str
    subjects: frozenset[Subject]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All versions of a case, oldest first, and the case as it is stored now.

    Attributes:
        present: person and case as the record has them.
        problem: why audit and record cannot both be right, as a sentence; "" when they agree.
        other_cases: how many more cases the patient has, in the bin or not.
        hides_names: names and record numbers are switched off. The documents hold them all the
            same; what is shown comes from ``versions``, ``lines`` and ``listing``, which hide them.
        asks_why: the settings want a reason for each change of what was saved.
    """

    case_id: str
    versions: tuple[Version, ...]
    present: Document
    problem: str
    other_cases: int
    hides_names: bool
    asks_why: bool
    _documents: Mapping[int, Document] = field(repr=False)
    _broken: frozenset[int] = frozenset()
    _known: Document = field(default_factory=dict, repr=False)

    def document(self, number: int) -> Document:
        """Person and case as they stood after the version of this number.

        Raises:
            LogbookError: the case has no such version.
            LogbookDamaged: the audit was changed, so that nobody can tell.
        """
        if number not in self._documents:
            raise LogbookError(
                say("This case has no version {number}.", number=number),
                say("Open its history again."),
            )
        if number in self._broken:
            raise LogbookDamaged(
                say("This version cannot be told: the audit of the case was changed."), CURE
            )
        return self._documents[number]

    def lines(self, old: Document, new: Document) -> list[Line]:
        """In what two states of the case differ, to be shown."""
        return lines(old, new, hides_names=self.hides_names)

    def listing(self, number: int) -> list[Section]:
        """The case after the version of this number beside the case today, to be shown.

        Raises:
            LogbookError, LogbookDamaged: as with ``document``.
        """
        return listing(self.document(number), self.present, hides_names=self.hides_names)

    def before(self, number: int) -> Version | None:
        """The version before the one of this number."""
        numbers = [version.number for version in self.versions]
        place = numbers.index(number)
        return self.versions[place - 1] if place else None

    def document_before(self, number: int) -> Document:
        """Person and case as they stood before the version of this number.

        Before the case was entered there was at most the person, as the logbook knew the patient.

        Raises:
            LogbookError, LogbookDamaged: as with ``document``.
        """
        before = self.before(number)
        return self.document(before.number) if before is not None else self._known

    def version(self, number: int) -> Version:
        """The version of this number.

        Raises:
            LogbookError: the case has no such version.
        """
        self.document(number)
        return next(version for version in self.versions if version.number == number)

    @property
    def in_bin(self) -> bool:
        """Whether the case is in the bin now."""
        rows = self.present.get(_CASES, {}).values()
        return any(fields.get("deleted_at") for fields in rows)

    @property
    def needs_reason(self) -> bool:
        """Whether nobody brings anything back without saying why: so of what was signed off."""
        return self.asks_why or any(
            fields.get("signed_at") for fields in self.present.get(_CASES, {}).values()
        )

    @property
    def name(self) -> str:
        """How people call the case: by the code of its patient."""
        person = self.present.get(_PATIENTS, {}).get(patient_of(self.present), {})
        return str(person.get("patient_code") or say("Case without a patient code"))


def read(logbook: Logbook, case_id: str) -> History:
    """The whole history of a case, also of one in the bin, in a fixed number of statements.

    Raises:
        LogbookError: the case was never saved.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        own = [e for e in entries_of(logbook, [case_id]) if e.subject is Subject.CASE]
        if not own:
            raise LogbookError(
                say("This case has no history yet."), say("It begins when the case is saved.")
            )
        present = snapshot(load_case(logbook, case_id))
        others = Procedure.select().where(
            Procedure.patient == patient_of(present), Procedure.id != case_id
        )
        other_cases = others.count(logbook.database)
        persons = {str(c.new) for e in own for c in e.changes if _is_patient(c) and c.new}
        persons.add(patient_of(present))
        of_persons = [
            e for e in entries_of(logbook, sorted(persons)) if e.subject is Subject.PATIENT
        ]
        hides_names = not is_on(logbook.database, STORE_IDENTITY)
        asks_why = is_on(logbook.database, ASK_REASON)
    replay = _Replay(hides_names=hides_names)
    for group in saves_in(sorted([*own, *of_persons], key=lambda entry: entry.number)):
        replay.take(group)
    last = replay.versions[-1].number if replay.versions else 0
    agree = bool(last) and not compare(replay.documents[last], present)
    problem = ""
    if not agree or replay.broken:
        problem = say("The history of this case does not fit its record. {cure}", cure=CURE)
    return History(
        case_id,
        tuple(replay.versions),
        present,
        problem,
        other_cases,
        hides_names,
        asks_why,
        replay.documents,
        frozenset(replay.broken),
        replay.known,
    )


def history_of(logbook: Logbook, case_id: str) -> list[Version]:
    """The versions of a case, oldest first.

    Raises:
        LogbookError: there is no such case.
    """
    return list(read(logbook, case_id).versions)


def document_at(logbook: Logbook, case_id: str, number: int) -> Document:
    """Person and case as they stood after the version of this number.

    What named the person is left out where names are switched off.

    Raises:
        LogbookError: there is no such case or version.
        LogbookDamaged: the audit was changed, so that nobody can tell.
    """
    return _shown(read(logbook, case_id), number)


def case_at(logbook: Logbook, case_id: str, number: int) -> Case:
    """The same as a case to read, with what is worked out from it; it is never saved.

    Raises:
        LogbookError: there is no such case or version.
        LogbookDamaged: the audit was changed, so that nobody can tell.
    """
    history = read(logbook, case_id)
    case = case_of(_shown(history, number), version=history.version(number).version)
    derived.work_out(case, visit_plan(logbook))
    return case


def _shown(history: History, number: int) -> Document:
    document = history.document(number)
    return {t: rows for t, rows in document.items() if t != NAMES or not history.hides_names}


def _is_patient(change: Change) -> bool:
    return change.table == _CASES and change.field == "patient"


class _Replay:
    """Applies saves one after the other and keeps every state of the case."""

    def __init__(self, *, hides_names: bool) -> None:
        self._hides_names = hides_names
        self.versions: list[Version] = []
        self.documents: dict[int, Document] = {}
        self.broken: set[int] = set()
        self.known: Document = {}
        self._case: Document = {}
        self._version = 0
        self._persons: dict[str, Document] = {}
        self._damaged: set[str] = set()
        self._last: Document = {}

    def take(self, group: list[Entry]) -> None:
        """The next save."""
        known = dict(self._persons)
        for entry in group:
            self._apply(entry)
        owner = patient_of(self._case)
        is_of_case = group[-1].subject is Subject.CASE
        if not self._case or not (is_of_case or group[-1].subject_id == owner):
            return
        if not is_of_case and not self._persons[owner]:
            # Merged into another patient: the next entry of the case tells to whom it went.
            return
        if not self.versions:
            self.known = known.get(owner, {})
        last, entry = self._last or self.known, group[-1]
        document = {**self._persons.get(owner, {}), **self._case}
        told = tuple(lines(last, document, hides_names=self._hides_names))
        self.versions.append(
            Version(
                entry.number,
                self._version,
                datetime.fromisoformat(entry.at),
                entry.user,
                deed_of(entry, entry.changes),
                entry.reason,
                frozenset(part.subject for part in group),
                told,
            )
        )
        self.documents[entry.number] = self._last = document
        if self._damaged & {owner, ""}:
            self.broken.add(entry.number)

    def _apply(self, entry: Entry) -> None:
        is_case = entry.subject is Subject.CASE
        old = self._case if is_case else self._persons.get(entry.subject_id, {})
        new = patched(old, entry.changes)
        if is_case:
            self._case, self._version = new, entry.version
        else:
            if entry.content_hash != _NOBODY:
                # A patient of whom nothing is recorded yet is there all the same.
                new.setdefault(_PATIENTS, {}).setdefault(entry.subject_id, {})
            self._persons[entry.subject_id] = new
        name = "" if is_case else entry.subject_id
        if entry.content_hash and content_hash(new) != entry.content_hash:
            self._damaged.add(name)
        else:
            self._damaged.discard(name)
