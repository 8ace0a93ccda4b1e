# SPDX-License-Identifier: MIT
"""Writes what a preview showed: all of it in one transaction, or nothing.

It is one step to undo, with its audit: every patient and case that changes has an entry of ours
that says from which logbook it came, and the other logbook's own entries are told word for word
(``telling``). What both know from then on is noted in the entry of the whole (``points``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from models import audit, checks, derived, rows, signoff, stored
from models.access import Right
from models.audit import Action, Event, Subject
from models.bulk import Chunk
from models.case import Case, load_case, set_signature, store_case
from models.document import Change, Document, Value, document_of
from models.engines.engine import Engine
from models.errors import LogbookError
from models.logbook import Logbook
from models.other_logbook.aside import take_aside
from models.other_logbook.choices import Choices
from models.other_logbook.lines import Kind, Line, Preview
from models.other_logbook.opening import Cancelled, Other, Progress, Stopped
from models.other_logbook.points import JOINED, notes_of
from models.other_logbook.states import CASES, IDENTITIES
from models.other_logbook.telling import tell
from models.schema import Image, Patient, PatientIdentity, Procedure
from models.settings import visit_plan_in
from models.snapshot import case_of
from models.speech import say
from models.stored import Stream
from models.undo import IMPORTS, newest_entry

_PATIENTS = str(Patient._meta.table_name)
_IMAGES = str(Image._meta.table_name)
_STEP = 50


@dataclass(slots=True)
class Merged:
    """What a merge did.

    Attributes:
        new, changed: cases.
        people: patients of cases that are not new, in whom something changed.
        signed: cases among them that are signed off, which undo leaves alone.
        told: entries of the other logbook's audit that are kept in ours.
        wrote: whether anything was written at all.
    """

    new: int = 0
    changed: int = 0
    people: int = 0
    signed: int = 0
    told: int = 0
    wrote: bool = False


def merge(
    mine: Logbook,
    other: Other,
    shown: Preview,
    choices: Choices,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Merged:
    """Bring into our logbook what the preview showed, with these choices.

    Make a backup before. Where there is nothing to take, to decide or to note, nothing is written.
    ``progress`` hears patients and cases done and in total.

    Raises:
        LogbookError: our logbook was changed since the preview, something is left to decide, or
            what was chosen cannot be together. Nothing is written then.
        Stopped: ``cancelled`` said so. Nothing is written then either.
        CannotWrite, LogbookBusy: as their names say.
    """
    if open_ := shown.open_with(choices):
        raise LogbookError(
            say("{open}: something is left to decide.", open=open_[0].name),
            say("Decide it, then merge."),
        )
    if shown.is_empty:
        return Merged()
    with other.logbook.session(), mine.transaction():
        first = newest_entry(mine)
        if audit.newest_change(mine.database) != shown.entry:
            raise LogbookError(
                say("The logbook was changed since the preview."), say("Look at the preview again.")
            )
        writer = _Writer(mine, other, shown, choices)
        for done, _ in enumerate(writer.work()):
            if done % _STEP == 0:
                if cancelled is not None and cancelled():
                    raise Stopped
                if progress is not None:
                    progress(done, len(shown.lines))
        take_aside(mine, shown.aside)
        writer.done.told = tell(mine, other, shown.known.of_theirs())
        _note(mine, other, shown, writer.done, first)
        writer.done.wrote = True
    return writer.done


@dataclass(slots=True)
class _Writer:
    """Saves the lines: what changed before what is new, each patient with the first case."""

    mine: Logbook
    other: Other
    shown: Preview
    choices: Choices
    done: Merged = field(default_factory=Merged)
    _people: dict[str, Document] = field(default_factory=dict)
    _unknown: set[str] = field(default_factory=set)
    _new_people: dict[str, tuple[Patient, PatientIdentity | None]] = field(default_factory=dict)
    _chunk: Chunk | None = None

    @property
    def reason(self) -> str:
        """What the audit says of everything that is saved."""
        return f"Merged from {self.other.name}."

    def work(self) -> Iterator[None]:
        """Save one line after the other."""
        lines = [line for line in self.shown.lines if line.kind is not Kind.ASKED]
        people = [line for line in lines if line.subject is Subject.PATIENT]
        cases = [line for line in lines if line.subject is Subject.CASE]
        for line in people:
            self._people[line.subject_id] = line.joined(self.choices).document
        yield from self._free_codes(people)
        self._unknown = {line.subject_id for line in people if line.kind is Kind.NEW}
        for line in cases:
            if line.kind is not Kind.NEW:
                self._change_case(line)
                yield
        for line, held in _held_there(self.other, [one for one in cases if one.kind is Kind.NEW]):
            self._add_case(line, held)
            yield
        self._flush()
        # At last those that no case brought along: the audit takes a patient whose entry comes
        # right before that of a case for a part of that save.
        for line in people:
            if line.kind is not Kind.NEW:
                self._change_person(line)
            yield

    def _free_codes(self, people: Sequence[Line]) -> Iterator[None]:
        """Patients who get another code come first, for a new one may have theirs.

        So do those of a locked case, for what changes of them is an amendment.
        """
        first = [line for line in people if line.kind is not Kind.NEW and self._goes_first(line)]
        for line in first:
            self._change_person(line)
            yield
        if first:
            # Parts their entries from those of cases.
            event = Event(self.mine.user, Action.IMPORT, Subject.LOGBOOK, reason=self.reason)
            audit.append(self.mine.database, [event])

    def _goes_first(self, line: Line) -> bool:
        signed = signoff.other_signed(self.mine.database, line.subject_id, "")
        return signed is not None or _is_renamed(line)

    def _change_person(self, line: Line) -> None:
        """Save a patient whose cases stay as they are, unless it was saved with one of them."""
        query = Procedure.select(Procedure.id).where(Procedure.patient == line.subject_id)
        query = query.order_by(Procedure.deleted_at.is_null(False), Procedure.id).limit(1)
        found = next(iter(query.tuples().execute(self.mine.database)), None)
        if found is None:
            return
        case = load_case(self.mine, str(found[0]))
        own = document_of(case.person_rows())
        person = self._person(line.subject_id, own)
        if _plain(person) == _plain(own):
            return
        self._save(line, case, {**document_of(case.case_rows()), **person})
        self.done.people += 1

    def _change_case(self, line: Line) -> None:
        case = load_case(self.mine, line.subject_id)
        document = line.joined(self.choices).document
        patient_id = str(document[CASES][line.subject_id]["patient"])
        own = document_of(case.person_rows())
        if patient_id != str(case.patient.id):
            own = self._held_person(patient_id)
        self._take_images(document)
        self._save(line, case, {**document, **self._person(patient_id, own)})

    def _save(self, line: Line, stored: Case, document: Document) -> None:
        is_case = line.subject is Subject.CASE
        patient_id = str(document[CASES][stored.id]["patient"])
        if is_case and stored.procedure.signed_at:
            stored = self._signed_as(stored, document)
        version = rows.version(self.mine.database, Patient, patient_id)
        case = case_of(document, patient_version=version, version=stored.version)
        before = {found.message for found in checks.errors(stored)}
        derived.work_out(case, visit_plan_in(self.mine.database))
        if is_case and document_of(case.case_rows()) == document_of(stored.case_rows()):
            return
        # What stands in either logbook may stay; what only the two together make may not.
        if is_case:
            before |= self._wrong_there(line, case)
        errors = [found for found in checks.errors(case) if found.message not in before]
        if errors:
            raise LogbookError(
                say(
                    "{line} cannot be merged with these choices: {error}",
                    line=line.name,
                    error=errors[0].message,
                ),
                say("Choose otherwise; nothing was written."),
            )
        was, is_ = stored.procedure.deleted_at, case.procedure.deleted_at
        # A case that is locked is only changed by what was amended there, or what was decided on.
        action = Action.AMEND
        if (was is None) is not (is_ is None):
            action = Action.RESTORE if is_ is None else Action.DELETE
        store_case(self.mine, case, self.reason, action)
        self.done.changed += is_case
        self.done.signed += case.procedure.signed_at is not None

    def _signed_as(self, stored: Case, document: Document) -> Case:
        """A locked case with the signature that it will have, or unlocked to be moved.

        Raises:
            NotAllowed: it is to be unlocked, which only an administrator may.
        """
        row = document[CASES][stored.id]
        own = stored.procedure
        is_moved = row.get("deleted_at") != own.deleted_at or row["patient"] != str(own.patient_id)
        if is_moved or not row.get("signed_at"):
            self.mine.door.demand(Right.ADMINISTER)
            set_signature(self.mine, stored.id, None, self.reason)
            row.update(signed_at=None, signed_by=None)
        elif row["signed_at"] != own.signed_at:
            own.signed_at, own.signed_by = str(row["signed_at"]), _text(row.get("signed_by"))
            store_case(self.mine, stored, self.reason, Action.SIGN_OFF)
            return stored
        else:
            return stored
        return load_case(self.mine, stored.id)

    def _wrong_there(self, line: Line, case: Case) -> set[str]:
        there = case_of({**line.theirs, **document_of(case.person_rows())})
        there.patient = case.patient
        return {found.message for found in checks.errors(there)}

    def _person(self, patient_id: str, own: Document) -> Document:
        """The patient as the merge leaves it; names that we have and they do not know stay."""
        merged = self._people.get(patient_id)
        if merged is None:
            return own
        names = merged.get(IDENTITIES) or own.get(IDENTITIES, {})
        return {_PATIENTS: merged[_PATIENTS], IDENTITIES: names}

    def _held_person(self, patient_id: str) -> Document:
        database = self.mine.database
        patient = rows.one(database, Patient, Patient.id == patient_id)
        identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient_id)
        return document_of(row for row in (patient, identity) if row is not None)

    def _add_case(self, line: Line, theirs: Document) -> None:
        document = self.shown.aliases.case(theirs)
        self._take_images(document)
        patient_id = str(document[CASES][line.subject_id]["patient"])
        held = self._new_people.get(patient_id)
        if held is not None:
            case = case_of(document)
            case.patient, case.identity = held
        elif patient_id in self._unknown:
            case = case_of({**document, **self._person(patient_id, {})})
            self._new_people[patient_id] = case.patient, case.identity
        else:
            version = rows.version(self.mine.database, Patient, patient_id)
            person = self._person(patient_id, self._held_person(patient_id))
            case = case_of({**document, **person}, patient_version=version)
        self._store_new(case)
        self.done.new += 1

    def _store_new(self, case: Case) -> None:
        at = case.procedure.deleted_at
        plan = visit_plan_in(self.mine.database)
        derived.work_out(case, plan)
        may_wait = at is None and case.procedure.signed_at is None
        if may_wait and not case.patient.version and not checks.errors(case):
            if self._chunk is None:
                self._chunk = Chunk(self.mine.user, self.reason, plan)
            self._chunk.take(case)
            if self._chunk.is_full:
                self._flush()
            return
        self._flush()
        self.done.signed += case.procedure.signed_at is not None
        case.procedure.deleted_at = None
        store_case(self.mine, case, self.reason, Action.CREATE)
        if at is not None:
            # The bin is found by the entry that put a case there.
            case.procedure.deleted_at = at
            store_case(self.mine, case, self.reason, Action.DELETE)

    def _flush(self) -> None:
        if self._chunk is not None:
            self._chunk.write(self.mine)
            self._chunk = None

    def _take_images(self, document: Document) -> None:
        for row in document.get(_IMAGES, {}).values():
            _take_image(self.mine.database, self.other.logbook.database, str(row["content"]))


def _held_there(other: Other, lines: Sequence[Line]) -> Iterator[tuple[Line, Document]]:
    """What they have of cases, which come in the order of their ids, in few statements."""
    if not lines:
        return
    # What a text begins with comes before it.
    between = lines[0].their_id[:-1], lines[-1].their_id
    held = Stream(stored.cases(other.logbook.database, between))
    for line in lines:
        for one in held.take(line.their_id):
            yield line, one.document()


def _is_renamed(line: Line) -> bool:
    codes = [
        of.get(_PATIENTS, {}).get(line.subject_id, {}).get("patient_code")
        for of in (line.mine, line.theirs)
    ]
    return codes[0] != codes[1]


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _plain(person: Document) -> Document:
    return {table: rows for table, rows in person.items() if rows}


def _take_image(mine: Engine, theirs: Engine, sha256: str) -> None:
    known = "SELECT 1 FROM image_content WHERE sha256 = ?"
    if mine.execute_sql(known, (sha256,)).fetchone() is not None:
        return
    columns = "sha256, media_type, content, thumbnail"
    sql = f"SELECT {columns} FROM image_content WHERE sha256 = ?"
    found = theirs.execute_sql(sql, (sha256,)).fetchone()
    if found is not None:
        mine.execute_sql(f"INSERT INTO image_content ({columns}) VALUES (?, ?, ?, ?)", found)


def _note(mine: Logbook, other: Other, shown: Preview, done: Merged, after: int) -> None:
    """The entry by which undo knows that this was one step, and the next merge what is known."""
    changes: list[Change] = [Change(IMPORTS, "", "after_entry", None, after)]
    points = {point.hash: point for _, point in notes_of(other.logbook.database).points}
    points[shown.head.hash] = shown.head
    changes += [point.as_change() for point in points.values() if point.hash]
    joined = shown.aliases.fresh.items()
    changes += [Change(JOINED, theirs, "patient", None, ours) for theirs, ours in joined]
    said = (
        f"Merge of {other.name}. New cases: {done.new}, changed: {done.changed}, "
        f"patients changed: {done.people}."
    )
    event = Event(mine.user, Action.IMPORT, Subject.LOGBOOK, IMPORTS, 0, changes, said)
    audit.append(mine.database, [event])
