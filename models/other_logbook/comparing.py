# SPDX-License-Identifier: MIT
"""Compares another logbook with ours, patient by patient and case by case; nothing is written.

What the audits say last of each decides for almost all of them: alike, or not touched there since
we last took it. Only the others are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from models import audit, checks, derived
from models.audit import Subject
from models.case import Case
from models.document import GONE, Document, document_of
from models.logbook import Logbook
from models.other_logbook.aliases import Aliases
from models.other_logbook.aside import compare_aside
from models.other_logbook.choices import WHOLE, Choices, SameCode
from models.other_logbook.lines import Kind, Line, Preview
from models.other_logbook.locked import hold_case, hold_person
from models.other_logbook.opening import Cancelled, Other, Progress, Stopped
from models.other_logbook.points import Known, head, known_of, notes_of
from models.other_logbook.states import (
    CASES,
    IDENTITIES,
    Last,
    is_taken_back,
    last_of,
    present,
    state_at,
)
from models.other_logbook.threeway import Difference, Side
from models.other_logbook.wording import shown_of, with_sayings
from models.schema import Patient, Procedure
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.snapshot import case_of
from models.speech import say, shown_day

PATIENTS = str(Patient._meta.table_name)
_NOTHING_DECIDED = Choices()
_STEP = 200


def preview(
    mine: Logbook,
    other: Other,
    choices: Choices = _NOTHING_DECIDED,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Preview:
    """What merging the other logbook into ours would do.

    Only the choices about patients with the same code are needed here, because their cases are
    compared with those of our patient; conflicts can be decided afterwards. ``progress`` hears
    patients and cases done and in total.

    Raises:
        Stopped: ``cancelled`` said so.
        LogbookBusy, LogbookDamaged: as their names say.
    """
    with mine.session(), other.logbook.session(), mine.database.atomic("DEFERRED"):
        return _Comparison(mine, other, choices, progress, cancelled).preview()


class _Comparison:
    """What is known of both while they are compared."""

    def __init__(
        self,
        mine: Logbook,
        other: Other,
        choices: Choices,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self._mine, self._theirs, self._name = mine, other.logbook, other.name
        self._choices, self._progress, self._cancelled = choices, progress, cancelled
        ours, theirs = mine.database, other.logbook.database
        own, others = notes_of(ours), notes_of(theirs)
        self._known: Known = known_of(ours, theirs, own, others)
        self._aliases = Aliases(mine, own, others)
        self._with_names = is_on(ours, STORE_IDENTITY)
        self._plan = visit_plan_in(ours)
        self._counts: Counter[tuple[Subject, Kind]] = Counter()
        self._people: dict[str, Line] = {}
        self._people_joined: dict[str, Document] = {}
        self._asked: set[str] = set()
        self._done = self._skipped = 0

    def preview(self) -> Preview:
        """All of it."""
        ours, theirs = self._mine.database, self._theirs.database
        last = {subject: list(last_of(theirs, subject)) for subject in _BOTH}
        total = sum(map(len, last.values()))
        lines = list(self._lines(Subject.PATIENT, last[Subject.PATIENT], total))
        self._people = {line.subject_id: line for line in lines}
        self._asked = {line.their_id for line in lines if line.kind is Kind.ASKED}
        lines += self._lines(Subject.CASE, last[Subject.CASE], total)
        return Preview(
            self._name,
            self._choices,
            self._counts,
            lines,
            compare_aside(self._mine, self._theirs, self._name),
            audit.newest_change(self._mine.database),
            head(theirs),
            known_of(ours, theirs, notes_of(ours), notes_of(theirs)),
            self._aliases,
            self._skipped,
            self._signed_among(lines),
        )

    def _signed_among(self, lines: Sequence[Line]) -> int:
        """How many of the cases that come in or change are signed off in either logbook."""
        signed: set[str] = set()
        for database in (self._mine.database, self._theirs.database):
            query = Procedure.select(Procedure.id).where(Procedure.signed_at.is_null(False))
            signed.update(str(case_id) for (case_id,) in query.tuples().execute(database))
        return sum(line.subject_id in signed for line in lines)

    def _lines(
        self, subject: Subject, theirs: Sequence[tuple[str, Last]], total: int
    ) -> Iterator[Line]:
        own = dict(last_of(self._mine.database, subject))
        if subject is Subject.PATIENT:
            # Those we know come first: one of them may leave its code to a new one.
            theirs = sorted(theirs, key=lambda each: self._aliases.of(each[0]) not in own)
        for their_id, last in theirs:
            self._tell(total)
            line = self._line(subject, their_id, last, own)
            if line is not None:
                self._counts[subject, line.kind] += 1
                if line.kind not in (Kind.SAME, Kind.KEPT):
                    yield line

    def _tell(self, total: int) -> None:
        if self._done % _STEP == 0:
            if self._cancelled is not None and self._cancelled():
                raise Stopped
            if self._progress is not None:
                self._progress(self._done, total)
        self._done += 1

    def _line(
        self, subject: Subject, their_id: str, last: Last, own: dict[str, Last]
    ) -> Line | None:
        is_person = subject is Subject.PATIENT
        if last.content_hash == GONE:
            return None
        my_id = self._aliases.of(their_id) if is_person else their_id
        known = own.get(my_id)
        line = Line(subject, Kind.SAME, my_id, their_id, "")
        if known is None or known.content_hash == GONE:
            return self._new_person(line) if is_person else self._new_case(line)
        if my_id == their_id and known.content_hash == last.content_hash:
            return line
        before = self._taken_back(line, known)
        if last.number <= self._known.of_theirs(before):
            line.kind = Kind.KEPT
            return line
        self._read(line, before)
        if before is not None and not line.bases and _is_in_bin(line.mine):
            # Undo put it there, and so did nobody who wants it to stay there.
            line.bases = (line.mine,)
        return self._judged(line)

    def _taken_back(self, line: Line, known: Last) -> int | None:
        """The merge entry of ours that does not count, because undo took it back; None for none."""
        merge = self._known.merge_before(known.number) if known.undone else 0
        ours = self._mine.database
        if merge and is_taken_back(ours, line.subject, line.subject_id, merge):
            return merge
        return None

    def _read(self, line: Line, before: int | None = None) -> None:
        """What both hold, and the earlier states that both know."""
        subject, my_id = line.subject, line.subject_id
        line.mine = self._people_joined.get(my_id) or present(self._mine, subject, my_id)
        if not self._with_names:
            line.mine = {name: rows for name, rows in line.mine.items() if name != IDENTITIES}
        identity = next(iter(line.mine.get(IDENTITIES, {})), "")
        held = present(self._theirs, subject, line.their_id)
        line.theirs = self._ours(subject, held, my_id, identity)
        theirs, ours = self._known.bases(before)
        bases = []
        if theirs:
            then = state_at(self._theirs.database, subject, line.their_id, theirs)
            bases.append(self._ours(subject, then, my_id, identity))
        if ours:
            then = state_at(self._mine.database, subject, my_id, ours)
            bases.append(self._ours(subject, then, my_id, identity))
        line.bases = tuple(base for base in bases if base)

    def _ours(self, subject: Subject, document: Document, my_id: str, identity: str) -> Document:
        if subject is Subject.CASE:
            return self._aliases.case(document)
        return self._aliases.person(document, my_id, identity, with_names=self._with_names)

    def _judged(self, line: Line) -> Line:
        """Of one that both have: what differs, and whether somebody has to decide."""
        line.name = self._name_of(line)
        if line.subject is Subject.CASE:
            line.knows_birth = bool(self._person_of(line).get("birth_date"))
            hold_case(line, partial(self._worked_out, line))
        else:
            self._hold_person(line)
        joined = line.joined(_NOTHING_DECIDED)
        if line.subject is Subject.CASE:
            line.problem = self._contradictions(line)
        open_ = joined.differences if line.problem else joined.open
        if open_:
            line.kind = Kind.CONFLICTING
        elif any(one.changed_by is Side.THEIRS for one in joined.differences):
            line.kind = Kind.CHANGED
        else:
            line.kind = Kind.KEPT if joined.differences else Kind.SAME
            return line
        if line.subject is Subject.PATIENT:
            # Another patient of theirs may be a part of the same one of ours.
            chosen = line.joined(self._choices).document
            self._people_joined[line.subject_id] = chosen
            codes = [_code_of(of, line.subject_id) for of in (line.mine, chosen)]
            if codes[0] != codes[1]:
                self._aliases.rename(line.subject_id, codes[0], codes[1])
        shown = tuple(shown_of(line, _all_open(open_, joined.differences)))
        if line.kind is Kind.CONFLICTING:
            shown = with_sayings(line, shown, self._mine, self._theirs)
        line.shown = shown
        return line

    def _contradictions(self, line: Line) -> str:
        """What cannot be in the case as it would be, though it can on either side; or ""."""
        found: set[str] = set()
        for side in Side:
            document = line.joined(Choices(take=side)).document
            if document not in (line.mine, line.theirs):
                found |= self._wrong(line, document)
        if found:
            for document in (line.mine, line.theirs):
                found -= self._wrong(line, document)
        return " ".join(sorted(found))

    def _hold_person(self, line: Line) -> None:
        """Of a person whose cases are locked here, see which of the sign-offs they have too."""
        query = Procedure.select().where(
            Procedure.patient == line.subject_id, Procedure.signed_at.is_null(False)
        )
        signed = {str(row.id): row.__data__ for row in query.execute(self._mine.database)}
        if not signed:
            return
        columns = Procedure.select(Procedure.id, Procedure.signed_at)
        there = columns.where(Procedure.id.in_([*signed])).tuples().execute(self._theirs.database)
        hold_person(line, signed, {str(case_id): at for case_id, at in there})

    def _worked_out(self, line: Line, document: Document) -> Document:
        return document_of(self._checked(line, document).case_rows())

    def _wrong(self, line: Line, document: Document) -> set[str]:
        return {found.message for found in checks.errors(self._checked(line, document))}

    def _checked(self, line: Line, document: Document) -> Case:
        case = self._case(line, document)
        derived.work_out(case, self._plan)
        return case

    def _case(self, line: Line, document: Document) -> Case:
        patient_id = str(document[CASES][line.subject_id].get("patient"))
        return case_of({**document, PATIENTS: {patient_id: self._person_of(line)}})

    def _person_of(self, line: Line) -> dict[str, str | int | float | None]:
        """The row of the patient of a case, as the merge would leave it."""
        row = (line.theirs or line.mine)[CASES][line.subject_id]
        patient_id = str(row.get("patient"))
        person = self._people.get(patient_id)
        if person is not None and person.kind is not Kind.ASKED:
            return person.joined(self._choices).document.get(PATIENTS, {}).get(patient_id, {})
        held = present(self._mine, Subject.PATIENT, patient_id)
        return held.get(PATIENTS, {}).get(patient_id, {})

    def _name_of(self, line: Line) -> str:
        document = line.mine or line.theirs
        if line.subject is Subject.PATIENT:
            row = document.get(PATIENTS, {}).get(line.subject_id, {})
            return str(row.get("patient_code") or say("Patient without a code"))
        row = document[CASES][line.subject_id]
        code = self._person_of(line).get("patient_code") or say("Patient without a code")
        day = row.get("performed_on")
        return f"{code}, {shown_day(str(day)) if day else say('no date')}"

    def _new_person(self, line: Line) -> Line | None:
        """One whom only they have; one without a case comes with nothing, and so does not come."""
        cases = Procedure.select().where(Procedure.patient == line.their_id)
        if not cases.exists(self._theirs.database):
            return None
        held = present(self._theirs, Subject.PATIENT, line.their_id)
        line.theirs = self._ours(Subject.PATIENT, held, line.subject_id, "")
        line.kind, line.name = Kind.NEW, self._name_of(line)
        code = _code_of(line.theirs, line.subject_id)
        ours = self._aliases.codes.get(code) if code else None
        if ours is None:
            if code:
                self._aliases.codes[code] = ""
            return line
        return self._same_code(line, code, ours)

    def _same_code(self, line: Line, code: str, ours: str) -> Line:
        decided = self._choices.of_person(line.their_id)
        if decided is SameCode.JOIN and ours:
            self._aliases.join(line.their_id, ours)
            line.subject_id = ours
            self._read(line)
            line.bases = ()
            return self._judged(line)
        if decided is None:
            line.kind = Kind.ASKED
            return line
        row = line.theirs[PATIENTS][line.subject_id]
        other = self._aliases.free_code(code, self._name)
        line.theirs = {**line.theirs, PATIENTS: {line.subject_id: {**row, "patient_code": other}}}
        line.name = other
        return line

    def _new_case(self, line: Line) -> Line | None:
        columns = Procedure.select(Procedure.patient, Procedure.performed_on)
        query = columns.where(Procedure.id == line.their_id).tuples()
        found = next(iter(query.execute(self._theirs.database)), None)
        if found is None:
            return None
        patient_id, day = str(found[0]), found[1]
        if patient_id in self._asked:
            self._skipped += 1
            return None
        line.kind = Kind.NEW
        line.theirs = {CASES: {line.subject_id: {"patient": self._aliases.of(patient_id)}}}
        code = self._person_of(line).get("patient_code") or say("Patient without a code")
        line.theirs = {}
        line.name = f"{code}, {shown_day(str(day)) if day else say('no date')}"
        return line


_BOTH = (Subject.PATIENT, Subject.CASE)


def _code_of(person: Document, patient_id: str) -> str:
    return str(person.get(PATIENTS, {}).get(patient_id, {}).get("patient_code") or "")


def _is_in_bin(document: Document) -> bool:
    return any(row.get("deleted_at") for row in document.get(CASES, {}).values())


def _all_open(
    open_: Sequence[Difference], differences: tuple[Difference, ...]
) -> tuple[Difference, ...]:
    """What is to be shown: where one side is taken whole, every difference is a conflict."""
    if len(open_) == len(differences):
        return tuple(Difference(one.spot, None) for one in differences)
    return differences


__all__ = ["PATIENTS", "WHOLE", "preview"]
