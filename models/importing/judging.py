# SPDX-License-Identifier: MIT
"""Judges each case of a file against the logbook: new, changed, same, conflicting or refused.

The same judgment makes the preview and feeds the writing, so that both see the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models import checks, derived, rows
from models.audit import Subject
from models.bulk import Ready, make_ready
from models.bulk.heads import CODE, told
from models.bulk.ready import Part
from models.case import Case, load_case
from models.document import stored_fields
from models.errors import ImpossibleCase, LogbookDamaged
from models.findings import Finding
from models.importing.building import Builder
from models.importing.cells import CaseCells, CellReader
from models.importing.choices import Choices, of_all
from models.importing.lines import Verdict
from models.importing.locating import located
from models.importing.locked import Lock
from models.importing.mapping import Mapping
from models.importing.overlay import Agreed, Difference, lay_over, person_differences
from models.importing.plainly import Found, Other, Plainly, PlainlyNew, Present
from models.importing.problems import Problem
from models.importing.reading import Table
from models.importing.records import (
    CASE_VERSION,
    PATIENT_VERSION,
    Records,
    Told,
    refusing_rows_of_others,
)
from models.importing.survey import Survey
from models.importing.targets import CASE_ID, PATIENT_ID
from models.importing.visits.joining import are_visits
from models.importing.visits.reading import VisitReader
from models.logbook import Logbook
from models.schema import CaseRow, Patient, PatientIdentity, Procedure, Record
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.speech import say, shown_day

__all__ = ["Judge", "Judged", "Verdict"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A case of the file as it would be saved, and what that means for the logbook.

    ``ready`` is a case that the logbook does not hold yet, made ready to be saved; ``is_known``
    says whether logbook or file had its patient before.
    """

    verdict: Verdict
    cells: CaseCells
    case: Case | None = None
    differences: Sequence[Difference] = ()
    left_out_names: bool = False
    ready: Ready | None = None
    is_known: bool = False


class _Person(NamedTuple):
    """A person as known so far; ``row`` is the row of the file that told first, 0 for none.

    There is one for each patient of the file, so patient and identity are kept as JSON of what they
    hold, which is a tenth of their size, and made anew where the person comes again.
    """

    version: int
    told: Sequence[tuple[type[Record], str, str]]
    row: int

    @classmethod
    def of(cls, case: Case, row: int, person: Part | None = None) -> _Person:
        """The person of a case."""
        part = person or Part(Subject.PATIENT, case.patient, case.person_rows())
        told = tuple(
            (type(own), str(own.id), text)
            for (_, own, _), text in zip(part.rows, part.texts, strict=True)
        )
        return cls(int(case.patient.version), told, row)

    def rows(self) -> tuple[Patient, PatientIdentity | None]:
        """Patient and identity, as rows of their own."""
        made = {table: _made(table, own_id, text) for table, own_id, text in self.told}
        patient, identity = made[Patient], made.get(PatientIdentity)
        assert isinstance(patient, Patient)
        assert identity is None or isinstance(identity, PatientIdentity)
        patient.version = self.version
        return patient, identity


@dataclass(frozen=True, slots=True)
class _Held:
    case_id: str
    patient_id: str
    in_bin: bool


class Judge:
    """Judges by what the logbook held when the judge was made; what is saved since is left aside.

    Make it, and use it, within one session of the logbook. ``takes_conflicts`` says whether
    conflicting cases are to be saved, so that later rows are compared with what they say.
    """

    def __init__(
        self,
        logbook: Logbook,
        mapping: Mapping,
        seen: Survey,
        *,
        takes_conflicts: bool | Choices = False,
    ) -> None:
        self.reader = CellReader(mapping, seen)
        self._logbook, self._seen, self._choices = logbook, seen, of_all(takes_conflicts)
        self._mapping, self._builder = mapping, Builder(mapping)
        self._keeps_names = is_on(logbook.database, STORE_IDENTITY)
        self._plan = visit_plan_in(logbook.database)
        are_rows = are_visits(seen.columns)
        visits = VisitReader(self.reader, seen, self._plan) if are_rows else None
        self._cells_of = (visits or self.reader).read
        self._by_id: dict[str, _Held] = {}
        self._by_day: defaultdict[tuple[str, str], list[_Held]] = defaultdict(list)
        self._patient_ids: dict[str, str] = {}
        self._patient_versions: dict[str, int] = {}
        self._at_first: dict[str, _Person] = {}
        self._people: dict[str, _Person] = {}
        self._in_file: dict[tuple[str, str], int] = {}
        self._read_logbook()

    def judged(
        self, table: Table, plainly: Iterable[Found] | None = None
    ) -> Iterator[Judged | PlainlyNew]:
        """Every case of the table; ``plainly`` has told its plain ones from others already."""
        for found in self._read(table, plainly):
            if isinstance(found, PlainlyNew):
                yield found
                continue
            cells, case = found
            left_out = case.identity is not None and not self._keeps_names
            if left_out:
                case.identity = None
            yield self._judge(cells, case, left_out=left_out)

    def _read(self, table: Table, plainly: Iterable[Found] | None) -> Iterator[Told | PlainlyNew]:
        if isinstance(table, Records):
            cases = refusing_rows_of_others(self._logbook.database, table.cases(self._seen))
            if table.pictures is not None:
                cases = table.pictures.refusing_bad(self._logbook.database, cases)
            yield from cases
            return
        if plainly is None:
            present = Present(self._by_id, self._patient_ids)
            plainly = Plainly(table, self._mapping, self._seen, self._plan, present).cases()
        for found in plainly:
            if isinstance(found, PlainlyNew):
                yield found
            else:
                self._take_over(found)
                cells = self._cells_of(found.rows)
                yield cells, self._builder.build(cells)

    def _take_over(self, found: Other) -> None:
        """Know the patients of a case as plain cases before told of them."""
        for code, (person, rows_by_day) in found.people.items():
            if code in self._patient_ids:
                continue
            own = told(Patient, CODE, code)
            assert own is not None
            said = ((Patient, person.id, person.said % own.text),)
            self._people[person.id] = _Person(0, said, person.row)
            self._patient_versions[person.id] = 0
            self._patient_ids[code] = person.id
            self._in_file |= {(code, day): row for day, row in rows_by_day.items()}

    def _judge(self, cells: CaseCells, case: Case, *, left_out: bool) -> Judged:
        held = None if cells.problems else self._held(cells, case)
        if cells.problems:
            return Judged(Verdict.REFUSED, cells)
        if held is not None:
            return self._of_known(cells, case, held, left_out=left_out)
        differences = self._join_person(cells, case)
        ready = None if cells.problems else self._made_ready(cells, case)
        if ready is None:
            return Judged(Verdict.REFUSED, cells)
        return self._judged(Verdict.NEW, cells, case, differences, ready, left_out=left_out)

    def _of_known(self, cells: CaseCells, given: Case, held: _Held, *, left_out: bool) -> Judged:
        if held.in_bin:
            _refuse(cells, say("The case is in the bin. Take it out of the bin first."))
            return Judged(Verdict.REFUSED, cells)
        stored = load_case(self._logbook, held.case_id)
        lock = Lock(self._logbook.database, stored)
        self._forget_old_person(cells, stored, given)
        if (known := self._people.get(str(stored.patient.id))) is not None:
            stored.patient, stored.identity = known.rows()
        derived.work_out(given, self._plan)
        differences = lay_over(stored, given, self._agreed(cells, stored, held.patient_id))
        if not differences:
            return Judged(Verdict.SAME, cells, stored, (), left_out)
        self._check(cells, stored)
        if not cells.problems and (why := lock.refusal(stored)):
            _refuse(cells, why)
        if cells.problems:
            return Judged(Verdict.REFUSED, cells)
        return self._judged(Verdict.CHANGED, cells, stored, differences, left_out=left_out)

    def _agreed(self, cells: CaseCells, stored: Case, patient_id: str) -> Agreed:
        """Whether the file starts from what the logbook holds, of the case and of its person."""
        said = cells.of_case
        of_person = said.get(PATIENT_VERSION) == self._patient_versions.get(patient_id)
        if (known := self._people.get(patient_id)) is not None and of_person:
            patient, _ = known.rows()
            at_first, _ = self._at_first[patient_id].rows()
            of_person = stored_fields(patient) == stored_fields(at_first)
        return Agreed(said.get(CASE_VERSION) == stored.version, of_person)

    def _forget_old_person(self, cells: CaseCells, stored: Case, given: Case) -> None:
        """Where another row of the file changed a person, one that did not says nothing of it."""
        patient_id = str(stored.patient.id)
        if cells.of_case.get(PATIENT_VERSION) != self._patient_versions.get(patient_id):
            return
        first = self._at_first.setdefault(patient_id, _Person.of(stored, 0))
        patient, identity = first.rows()
        trial = Case(patient, stored.procedure, identity)
        if patient_id in self._people and not person_differences(trial, given):
            given.patient, _ = self._people[patient_id].rows()

    def _judged(
        self,
        verdict: Verdict,
        cells: CaseCells,
        case: Case,
        differences: Sequence[Difference],
        ready: Ready | None = None,
        *,
        left_out: bool,
    ) -> Judged:
        conflicts = any(one.is_conflict for one in differences)
        is_known = str(case.patient.id) in self._patient_versions
        if not conflicts or self._choices.takes(cells.rows[0].number):
            self._keep_person(cells, case, ready)
        own = Verdict.CONFLICTING if conflicts else verdict
        return Judged(own, cells, case, differences, left_out, ready, is_known)

    def _held(self, cells: CaseCells, case: Case) -> _Held | None:
        """The case of the logbook that is meant, by id, else by patient and day."""
        row = cells.rows[0].number
        if CASE_ID in cells.of_case:
            return self._by_id.get(case.id)
        code = case.patient.patient_code
        if not code:
            return None
        day = str(case.procedure.performed_on or "")
        before = self._in_file.setdefault((code, day), row)
        found = self._by_day.get((code, day), [])
        if before != row:
            told = _TWICE if day else _TWICE_UNDATED
            _refuse(cells, told.format(row=before, day=shown_day(day)))
        elif len(found) > 1:
            _refuse(cells, _SEVERAL)
        return found[0] if found else None

    def _join_person(self, cells: CaseCells, case: Case) -> list[Difference]:
        """Let a new case belong to the person that logbook or file have already."""
        code, own_id = case.patient.patient_code, str(case.patient.id)
        known_id = self._patient_ids.get(code or "", "")
        if PATIENT_ID in cells.of_case:
            if known_id and known_id != own_id:
                _refuse(cells, _OF_ANOTHER.format(code=code))
                return []
            known_id = own_id if own_id in self._patient_versions else ""
        if not known_id:
            return []
        person = self._people.get(known_id) or self._load_person(known_id)
        patient, identity = person.rows()
        trial = Case(patient, case.procedure, identity)
        lock = Lock(self._logbook.database, trial)
        differences = person_differences(trial, case)
        if differences and (why := lock.refusal(trial)):
            _refuse(cells, why)
            return []
        conflict = next((one for one in differences if one.is_conflict), None)
        if conflict is not None and person.row:
            there = {"place": conflict.place, "old": conflict.old, "new": conflict.new}
            _refuse(cells, _OTHERWISE.format(row=person.row, **there))
            return []
        if not differences:
            # Laying over may leave an identity behind that holds nothing.
            trial.patient, trial.identity = person.rows()
        case.patient, case.identity = trial.patient, trial.identity
        case.procedure.patient_id = str(trial.patient.id)
        return differences

    def _keep_person(self, cells: CaseCells, case: Case, ready: Ready | None) -> None:
        """Later rows of the file are compared with what this one says of the person."""
        own_id = str(case.patient.id)
        before = self._people.get(own_id)
        row = before.row if before and before.row else cells.rows[0].number
        self._people[own_id] = _Person.of(case, row, ready.person if ready else None)
        self._patient_versions.setdefault(own_id, 0)
        if case.patient.patient_code:
            self._patient_ids.setdefault(case.patient.patient_code, own_id)

    def _made_ready(self, cells: CaseCells, case: Case) -> Ready | None:
        try:
            return make_ready(case, self._plan)
        except ImpossibleCase as error:
            self._refuse_found(error.findings, cells, case)
            return None

    def _check(self, cells: CaseCells, case: Case) -> None:
        if cells.problems:
            return
        derived.work_out(case, self._plan)
        self._refuse_found(checks.errors(case), cells, case)

    def _refuse_found(self, found: Iterable[Finding], cells: CaseCells, case: Case) -> None:
        cells.problems += [
            located(one, case, cells, self._seen.columns, self._seen.headings) for one in found
        ]

    def _load_person(self, patient_id: str) -> _Person:
        database = self._logbook.database
        patient = rows.one(database, Patient, Patient.id == patient_id)
        if patient is None:
            raise LogbookDamaged(_NO_PATIENT.format(patient_id=patient_id), say("Run verify."))
        identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient_id)
        return _Person.of(Case(patient, Procedure(), identity), 0)

    def _read_logbook(self) -> None:
        database = self._logbook.database
        cases = CaseRow.select(
            CaseRow.case_id,
            CaseRow.patient_id,
            CaseRow.patient_code,
            CaseRow.performed_on,
            CaseRow.deleted,
        )
        for case_id, patient_id, code, day, deleted in cases.tuples().execute(database):
            held = self._by_id[case_id] = _Held(case_id, patient_id, bool(deleted))
            if code and not deleted:
                self._by_day[code, day or ""].append(held)
        people = Patient.select(Patient.id, Patient.version, Patient.patient_code)
        for patient_id, version, code in people.tuples().execute(database):
            self._patient_versions[patient_id] = version
            if code:
                self._patient_ids[code] = patient_id


_TWICE = say("Row {row} has a case of the same patient on {day} already.")
_TWICE_UNDATED = say("Row {row} has a case of the same patient without a date already.")
_SEVERAL = say("The logbook has several cases of this patient on that day. Enter it by hand.")
_OF_ANOTHER = say("The patient code {code} belongs to another patient.")
_OTHERWISE = say(
    "Row {row} says otherwise of the same patient: {place} is {old} there, and {new} here."
)
_NO_PATIENT = say("Patient {patient_id} is missing.")


def _refuse(cells: CaseCells, message: str) -> None:
    cells.problems.append(Problem(cells.rows[0].number, "", "", message))


def _made(table: type[Record], own_id: str, text: str) -> Record:
    """A row of its own with the fields of a JSON text."""
    known = table._meta.fields
    stored = json.loads(f"{{{text}}}")
    said = {name: known[name].python_value(value) for name, value in stored.items()}
    return table.made(id=own_id, **said)
