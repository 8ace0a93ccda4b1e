# SPDX-License-Identifier: MIT
"""Judges each case of a file against the logbook: new, changed, same, conflicting or refused.

The same judgment makes the preview and feeds the writing, so that both see the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from models import checks, derived, rows
from models.case import Case, load_case
from models.errors import LogbookDamaged
from models.importing.building import Builder
from models.importing.cells import CaseCells, CellReader, Problem
from models.importing.choices import Choices, of_all
from models.importing.mapping import Mapping
from models.importing.overlay import Difference, lay_over, person_differences
from models.importing.reading import Table
from models.importing.survey import Survey, grouped
from models.importing.targets import CASE_ID, PATIENT_ID
from models.logbook import Logbook
from models.schema import CaseRow, Patient, PatientIdentity, Record
from models.settings import STORE_IDENTITY, is_on, visit_plan_in

P = TypeVar("P", bound=Record | None)


class Verdict(StrEnum):
    """What an import does with a case.

    CHANGED fills what is empty in the logbook, CONFLICTING would replace something there.
    """

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICTING = "conflicting"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case of the file as it would be saved, and what that means for the logbook."""

    verdict: Verdict
    cells: CaseCells
    case: Case | None = None
    differences: Sequence[Difference] = ()
    left_out_names: bool = False


@dataclass(frozen=True, slots=True)
class _Person:
    """A person as known so far; ``row`` is the row of the file that told first, 0 for none."""

    patient: Patient
    identity: PatientIdentity | None
    row: int


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
        self._builder = Builder(mapping)
        self._keeps_names = is_on(logbook.database, STORE_IDENTITY)
        self._plan = visit_plan_in(logbook.database)
        self._by_id: dict[str, _Held] = {}
        self._by_day: defaultdict[tuple[str, str], list[_Held]] = defaultdict(list)
        self._patient_ids: dict[str, str] = {}
        self._known_patients: set[str] = set()
        self._people: dict[str, _Person] = {}
        self._in_file: dict[tuple[str, str], int] = {}
        self._read_logbook()

    def judged(self, table: Table) -> Iterator[Judged]:
        """Every case of the table."""
        for of_case in grouped(table, self._seen):
            cells = self.reader.read(of_case)
            case = self._builder.build(cells)
            left_out = case.identity is not None and not self._keeps_names
            if left_out:
                case.identity = None
            yield self._judge(cells, case, left_out=left_out)

    def _judge(self, cells: CaseCells, case: Case, *, left_out: bool) -> Judged:
        held = None if cells.problems else self._held(cells, case)
        if cells.problems:
            return Judged(Verdict.REFUSED, cells)
        if held is not None:
            return self._of_known(cells, case, held, left_out=left_out)
        differences = self._join_person(cells, case)
        self._check(cells, case)
        if cells.problems:
            return Judged(Verdict.REFUSED, cells)
        return self._judged(Verdict.NEW, cells, case, differences, left_out=left_out)

    def _of_known(self, cells: CaseCells, given: Case, held: _Held, *, left_out: bool) -> Judged:
        if held.in_bin:
            _refuse(cells, "The case is in the bin. Take it out of the bin first.")
            return Judged(Verdict.REFUSED, cells)
        stored = load_case(self._logbook, held.case_id)
        if (known := self._people.get(str(stored.patient.id))) is not None:
            stored.patient, stored.identity = _copy(known.patient), _copy(known.identity)
        derived.work_out(given, self._plan)
        differences = lay_over(stored, given)
        if not differences:
            return Judged(Verdict.SAME, cells, stored, (), left_out)
        self._check(cells, stored)
        if cells.problems:
            return Judged(Verdict.REFUSED, cells)
        return self._judged(Verdict.CHANGED, cells, stored, differences, left_out=left_out)

    def _judged(
        self,
        verdict: Verdict,
        cells: CaseCells,
        case: Case,
        differences: Sequence[Difference],
        *,
        left_out: bool,
    ) -> Judged:
        conflicts = any(one.is_conflict for one in differences)
        if not conflicts or self._choices.takes(cells.rows[0].number):
            self._keep_person(cells, case)
        return Judged(
            Verdict.CONFLICTING if conflicts else verdict, cells, case, differences, left_out
        )

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
            when = f"on {day}" if day else "without a date"
            _refuse(cells, f"Row {before} has a case of the same patient {when} already.")
        elif len(found) > 1:
            told = "The logbook has several cases of this patient on that day. Enter it by hand."
            _refuse(cells, told)
        return found[0] if found else None

    def _join_person(self, cells: CaseCells, case: Case) -> list[Difference]:
        """Let a new case belong to the person that logbook or file have already."""
        code, own_id = case.patient.patient_code, str(case.patient.id)
        known_id = self._patient_ids.get(code or "", "")
        if PATIENT_ID in cells.of_case:
            if known_id and known_id != own_id:
                _refuse(cells, f"The patient code {code} belongs to another patient.")
                return []
            known_id = own_id if own_id in self._known_patients else ""
        if not known_id:
            return []
        person = self._people.get(known_id) or self._load_person(known_id)
        trial = Case(_copy(person.patient), case.procedure, _copy(person.identity))
        differences = person_differences(trial, case)
        conflict = next((one for one in differences if one.is_conflict), None)
        if conflict is not None and person.row:
            said = f"{conflict.place} is {conflict.old} there, and {conflict.new} here."
            _refuse(cells, f"Row {person.row} says otherwise of the same patient: {said}")
            return []
        joined = trial if differences else person
        case.patient, case.identity = joined.patient, joined.identity
        case.procedure.patient_id = str(joined.patient.id)
        return differences

    def _keep_person(self, cells: CaseCells, case: Case) -> None:
        """Later rows of the file are compared with what this one says of the person."""
        own_id = str(case.patient.id)
        before = self._people.get(own_id)
        row = before.row if before and before.row else cells.rows[0].number
        self._people[own_id] = _Person(case.patient, case.identity, row)
        self._known_patients.add(own_id)
        if case.patient.patient_code:
            self._patient_ids.setdefault(case.patient.patient_code, own_id)

    def _check(self, cells: CaseCells, case: Case) -> None:
        if cells.problems:
            return
        derived.work_out(case, self._plan)
        for finding in checks.errors(case):
            _refuse(cells, finding.message)

    def _load_person(self, patient_id: str) -> _Person:
        database = self._logbook.database
        patient = rows.one(database, Patient, Patient.id == patient_id)
        if patient is None:
            raise LogbookDamaged(f"Patient {patient_id} is missing.", "Run verify.")
        identity = rows.one(database, PatientIdentity, PatientIdentity.patient == patient_id)
        return _Person(patient, identity, 0)

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
            held = _Held(case_id, patient_id, bool(deleted))
            self._by_id[case_id] = held
            if code and not deleted:
                self._by_day[code, day or ""].append(held)
        people = Patient.select(Patient.id, Patient.patient_code)
        for patient_id, code in people.tuples().execute(database):
            self._known_patients.add(patient_id)
            if code:
                self._patient_ids[code] = patient_id


def _refuse(cells: CaseCells, message: str) -> None:
    cells.problems.append(Problem(cells.rows[0].number, "", "", message))


def _copy(row: P) -> P:
    """A row of its own, to try something out."""
    return row if row is None else type(row)(**row.__data__)
