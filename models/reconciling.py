# SPDX-License-Identifier: MIT
"""A case that two people changed at once: both versions, what they began from, and one of both.

What only one of them changed is taken; rows that either added are all kept. What both changed, and
not alike, somebody decides, field by field. Nothing is overwritten unseen: what stands in the
logbook stays in the history, and what was entered and given up is told in the audit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models import audit, derived, drafts
from models.audit import Action, Event, Subject
from models.case import Case, Saved, load_case, save_case
from models.document import Document, content_hash, document_of
from models.errors import LogbookError, VersionConflict
from models.history.entries import Entry, entries_of
from models.history.in_audit import stored_field, stored_value
from models.history.places import NAMES, PERSON
from models.history.wording import Cell
from models.logbook import Logbook
from models.other_logbook import Side, Spot
from models.other_logbook.threeway import Difference, Joined, follows, join
from models.other_logbook.wording import place_and_label, text_of
from models.schema import Patient, Procedure
from models.settings import visit_plan
from models.snapshot import case_of, patched, snapshot
from models.speech import say

Choices = Mapping[Spot, Side]
"""Whose value is taken, for as many fields as somebody chose one."""

_CASES, _PATIENTS = str(Procedure._meta.table_name), str(Patient._meta.table_name)
_NO_WORD = frozenset({("position",), ("procedure",), ("added_at",)})


@dataclass(frozen=True, slots=True)
class Choice:
    """A field in which the two differ, in words; "" for nothing.

    Attributes:
        place, label: where in the case, and what it is called.
        base: what both began from.
        mine, theirs: what was entered here, and what the logbook has.
        changed_by: who changed it since; None where both did, and somebody has to decide.
    """

    spot: Spot
    place: str
    label: str
    base: str
    mine: str
    theirs: str
    changed_by: Side | None


@dataclass(frozen=True, slots=True)
class Save:
    """Who saved the case or its patient since, and when (in UTC)."""

    user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clash:
    """What was entered over an older version, beside what the logbook has by now.

    Attributes:
        name: by which people know the patient.
        own_version, stored_version: of the case; the second is that of the logbook.
        people: the patients that it may belong to, with their versions, by their ids.
        saves: what others did since, oldest first.
        is_binned: the case lies in the bin by now.
        mine, theirs, base: the two states, and the one that both began from.
        choices: every field that is worth a word, in the order of the record.
    """

    case_id: str
    name: str
    own_version: int
    stored_version: int
    people: Mapping[str, tuple[Document, int]]
    saves: Sequence[Save]
    is_binned: bool
    mine: Document
    theirs: Document
    base: Document
    knows_birth: bool
    choices: tuple[Choice, ...]

    @property
    def open(self) -> tuple[Choice, ...]:
        """What somebody has to decide."""
        return tuple(choice for choice in self.choices if choice.changed_by is None)

    def joined(self, chosen: Choices) -> Joined:
        """What comes of it with these choices."""
        return _joined(self.mine, self.theirs, self.base, chosen, knows_birth=self.knows_birth)


def look(logbook: Logbook, case: Case) -> Clash:
    """Compare what was entered with what the logbook has; nothing is written.

    ``case`` tells by its versions from where it was begun. It is not changed, except that what is
    derived is worked out.

    Raises:
        LogbookError: the logbook does not have the case any more, or as its children say.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        derived.work_out(case, visit_plan(logbook))
        stored = load_case(logbook, case.id)
        mine, theirs = snapshot(case), snapshot(stored)
        entries = list(entries_of(logbook, [case.id, str(case.patient.id), str(stored.patient.id)]))
        base = _base(entries, case)
    mine, base = _alike(mine, base, theirs)
    people = {_patient_of(theirs): (_person(theirs), int(stored.patient.version))}
    if _patient_of(mine) not in people:
        # It was given to another patient here, and two persons are not compared field by field.
        people[_patient_of(mine)] = _person(mine), int(case.patient.version)
        mine, theirs, base = (_without_person(document) for document in (mine, theirs, base))
    knows_birth = bool(stored.patient.birth_date or case.patient.birth_date)
    found = _joined(mine, theirs, base, {}, knows_birth=knows_birth)
    shown = tuple(
        _choice(one, mine, theirs, base)
        for one in found.differences
        if _is_worth_a_word(one.spot, mine, theirs, knows_birth=knows_birth)
    )
    return Clash(
        case.id,
        str(stored.patient.patient_code or ""),
        case.version,
        stored.version,
        people,
        tuple(_saves(entries, case)),
        stored.procedure.deleted_at is not None,
        mine,
        theirs,
        base,
        knows_birth,
        shown,
    )


def reconcile(logbook: Logbook, clash: Clash, chosen: Choices) -> tuple[Case, Saved]:
    """Save what comes of both as a new version; the draft of the case goes with it.

    Raises:
        LogbookError: something is left to decide.
        VersionConflict: somebody saved the case once more; look again.
        ImpossibleCase: the two together cannot be; choose otherwise.
        LogbookError, CannotWrite, LogbookBusy: as ``save_case``. Nothing is saved.
    """
    joined = clash.joined(chosen)
    if joined.open:
        raise LogbookError(
            say("Something is left to decide."), say("Choose one of both for each field.")
        )
    with logbook.transaction():
        stored = load_case(logbook, clash.case_id)
        if stored.version != clash.stored_version:
            raise VersionConflict(clash.case_id, clash.stored_version, stored.version)
        person, version = clash.people[_patient_of(joined.document)]
        document = joined.document if joined.document.get(_PATIENTS) else person | joined.document
        case = case_of(document, patient_version=version, version=stored.version)
        is_out = stored.procedure.deleted_at is not None and case.procedure.deleted_at is None
        action = Action.RESTORE if is_out else None
        saved = save_case(logbook, case, _reason(clash, chosen), action)
        if not saved.changes and _given_up(clash, chosen):
            _tell_given_up(logbook, case, _reason(clash, chosen))
        drafts.discard(logbook, clash.case_id)
    return case, saved


def _tell_given_up(logbook: Logbook, case: Case, reason: str) -> None:
    """Where theirs was taken all over there is no save that could carry the reason."""
    event = Event(
        logbook.user,
        Action.GIVEN_UP,
        Subject.CASE,
        case.id,
        case.version,
        reason=reason,
        content_hash=content_hash(document_of(case.case_rows())),
    )
    audit.append(logbook.database, [event])


def _joined(
    mine: Document, theirs: Document, base: Document, chosen: Choices, *, knows_birth: bool
) -> Joined:
    bases = [base] if base else []
    return join(mine, theirs, bases, chosen.get, knows_birth=knows_birth, overruled=chosen)


def _base(entries: Sequence[Entry], case: Case) -> Document:
    """Person and case as they were when the entry was begun, read off the audit."""
    versions = {
        (Subject.CASE, case.id): case.version,
        (Subject.PATIENT, str(case.patient.id)): int(case.patient.version),
    }
    document: Document = {}
    for entry in entries:
        if entry.version <= versions.get((entry.subject, entry.subject_id), -1):
            document = patched(document, entry.changes)
    return document


def _saves(entries: Sequence[Entry], case: Case) -> list[Save]:
    versions = {case.id: case.version, str(case.patient.id): int(case.patient.version)}
    later = [
        entry for entry in entries if entry.version > versions.get(entry.subject_id, entry.version)
    ]
    found = (Save(entry.user, datetime.fromisoformat(entry.at)) for entry in later)
    return list(dict.fromkeys(found))


def _alike(mine: Document, base: Document, theirs: Document) -> tuple[Document, Document]:
    """Mine and base with the person under the ids that the logbook has by now.

    The patient may have been merged into another one meanwhile, and a name may have been entered
    on both sides. A case that says nothing of names leaves them alone.
    """
    was, is_ = _patient_of(base), _patient_of(theirs)
    if not mine.get(NAMES):
        names = base.get(NAMES) or theirs.get(NAMES) or {}
        mine = {**mine, NAMES: names} if names else mine
    if was and was != is_ and _patient_of(mine) == was:
        mine, base = (_renamed(document, _PATIENTS, is_) for document in (mine, base))
        mine, base = (_moved(document, is_) for document in (mine, base))
    for key in theirs.get(NAMES, {}):
        mine, base = (_renamed(document, NAMES, key) for document in (mine, base))
    return mine, base


def _renamed(document: Document, table: str, row_id: str) -> Document:
    """The document whose only row of a table has this id."""
    if rows := list(document.get(table, {}).values()):
        return {**document, table: {row_id: rows[0]}}
    return document


def _moved(document: Document, patient_id: str) -> Document:
    """The document of a case of this patient."""
    changed = {
        table: {key: {**row, "patient": patient_id} for key, row in document.get(table, {}).items()}
        for table in (_CASES, NAMES)
        if document.get(table)
    }
    return {**document, **changed}


def _person(document: Document) -> Document:
    return {table: rows for table, rows in document.items() if table in PERSON}


def _without_person(document: Document) -> Document:
    return {table: rows for table, rows in document.items() if table not in PERSON}


def _patient_of(document: Document) -> str:
    return str(next((row["patient"] for row in document.get(_CASES, {}).values()), ""))


def _is_worth_a_word(spot: Spot, mine: Document, theirs: Document, *, knows_birth: bool) -> bool:
    rows = [document.get(spot.table, {}).get(spot.row_id) for document in (mine, theirs)]
    is_derived = follows(spot.table, spot.unit, *rows, knows_birth=knows_birth)
    return spot.unit not in _NO_WORD and not is_derived


def _choice(one: Difference, mine: Document, theirs: Document, base: Document) -> Choice:
    spot, bases = one.spot, [base]
    has = mine if spot.row_id in mine.get(spot.table, {}) else theirs
    return Choice(
        spot,
        *place_and_label(spot, has),
        text_of(spot, base),
        text_of(spot, mine, bases),
        text_of(spot, theirs, bases),
        one.changed_by,
    )


def _reason(clash: Clash, chosen: Choices) -> str:
    """That two versions were joined, and what of the entry was given up."""
    others = ", ".join(dict.fromkeys(save.user for save in clash.saves))
    said = [f"Joined with what {others} saved." if others else "Joined with a later version."]
    if given_up := _given_up(clash, chosen):
        said.append(f"Entered and not taken: {'; '.join(given_up)}.")
    return " ".join(said)


def _given_up(clash: Clash, chosen: Choices) -> list[str]:
    return [
        _entered(clash, choice.spot)
        for choice in clash.choices
        if choice.changed_by is not Side.THEIRS
        and chosen.get(choice.spot) is Side.THEIRS
        # Where names are switched off later, none may be left in a reason.
        and choice.spot.table != NAMES
    ]


def _entered(clash: Clash, spot: Spot) -> str:
    """What was entered there, as the audit keeps it: the same in every language."""
    cell = Cell(spot.table, spot.row_id, spot.unit)
    is_there = spot.row_id in clash.mine.get(spot.table, {})
    where = stored_field(cell, clash.mine if is_there else clash.theirs)
    was_there = spot.row_id in clash.base.get(spot.table, {})
    is_removed = not is_there and was_there
    return f"{where}: {'removed' if is_removed else stored_value(cell, clash.mine)}"


__all__ = ["Choice", "Choices", "Clash", "Save", "Side", "Spot", "look", "reconcile"]
