# SPDX-License-Identifier: MIT
"""A chunk of new cases that are made ready in any process, and written in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from weakref import ref

from models import caserow, checks, derived
from models.audit import Subject
from models.bulk.table import FIRST_VERSION, Cell, Refused, Table, tables, values_aside
from models.bulk.writing import Entry, holds_any, write_audit, write_lines, write_rows
from models.case import Case, save_case
from models.document import Fields
from models.errors import ImpossibleCase, LogbookError
from models.logbook import Logbook
from models.schema import CaseRow, Patient, PatientIdentity, Procedure, Record
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.tags.found_by import FoundBy
from models.timepoints import STANDARD, VisitPlan

CHUNK = 250
"""Cases of one chunk. More of them at once make it slower, not faster."""

_LINE = tuple(CaseRow._meta.sorted_field_names)[1:]


class Chunk:
    """Cases made ready to be written in one transaction.

    ``plan`` is the visit plan of the logbook that they go into.
    """

    def __init__(self, user: str, reason: str, plan: VisitPlan = STANDARD) -> None:
        self.cases: list[Case] = []
        self._versions: list[tuple[int, int]] = []
        self._user, self._reason, self._plan = user, reason, plan
        self._rows: dict[type[Record], list[tuple[Cell, ...]]] = {}
        self._lines: list[tuple[Cell, ...]] = []
        self._found_by: list[FoundBy] = []
        self._entries: list[Entry] = []
        self._patients: dict[str, str] = {}
        self._codes: set[str] = set()
        self._ids: set[str] = set()
        self._odd: Case | None = None

    def __len__(self) -> int:
        return len(self._ids) + (self._odd is not None)

    @property
    def is_full(self) -> bool:
        """Whether the next case belongs to another chunk."""
        return self._odd is not None or len(self) >= CHUNK

    def take(self, case: Case) -> None:
        """Make a case ready.

        Raises:
            ImpossibleCase: a value cannot be.
        """
        self.cases.append(case)
        self._versions.append((case.version, case.patient.version))
        try:
            with values_aside(case):
                derived.work_out(case, self._plan)
                contradictions = checks.errors(case)
            if contradictions:
                raise Refused
            person = _Part(Subject.PATIENT, case.patient, case.person_rows())
            record = _Part(Subject.CASE, case.procedure, case.case_rows())
        except Refused:
            raise ImpossibleCase(checks.errors(case)) from None
        if self._is_odd(case, person):
            self._odd = case
            return
        case.procedure.complete &= person.is_answered and record.is_answered
        if person.id not in self._patients:
            self._add(person, case.procedure.complete)
            self._patients[person.id] = person.content_hash
            if case.patient.patient_code:
                self._codes.add(case.patient.patient_code)
        self._add(record, case.procedure.complete)
        self._ids.add(case.id)
        line = caserow.line_of(case)
        self._lines.append(tuple(map(line.get, _LINE)))
        self._found_by.append(caserow.found_by_of(case))

    def detach(self) -> None:
        """Let go of the cases, so that another process can take over what was made of them."""
        if self._odd is not None:
            raise ValueError("only new cases of new patients can be saved by another process")
        self.cases = []

    def write(self, logbook: Logbook) -> None:
        """Write everything; call it inside a transaction.

        Raises:
            PatientExists, VersionConflict, LogbookError: some of it is in the logbook already, or
                the logbook has another visit plan by now.
        """
        database = logbook.database
        if visit_plan_in(database) != self._plan:
            raise LogbookError(
                "The visit plan of the logbook was changed meanwhile.", "Start again."
            )
        if (
            self._has_names_to_leave_out(logbook)
            or holds_any(database, Procedure.id, self._ids)
            or holds_any(database, Patient.id, self._patients)
            or holds_any(database, Patient.patient_code, self._codes)
        ):
            self._save_one_by_one(logbook)
            return
        for table, rows in self._rows.items():
            write_rows(database, tables()[table].insert, rows)
        write_lines(database, self._lines, self._found_by)
        write_audit(database, self._user, self._reason, self._entries)
        for case in self.cases:
            if case is not self._odd:
                case.procedure.version = case.patient.version = FIRST_VERSION
        if self._odd is not None:
            save_case(logbook, self._odd, self._reason)

    def undo(self) -> None:
        """Make the cases what they were before ``write``, so that they can be saved again."""
        self.undo_later()()

    def undo_later(self) -> Callable[[], None]:
        """``undo``, for when more was written; it keeps nothing alive, for there may be many."""
        known: list[tuple[ref[Procedure] | ref[Patient], int]] = []
        for case, (own, of_person) in zip(self.cases, self._versions, strict=False):
            known += [(ref(case.procedure), own), (ref(case.patient), of_person)]

        def undo() -> None:
            # A person who comes twice is at last what it was when it came first.
            for reference, version in reversed(known):
                if (row := reference()) is not None:
                    row.version = version

        return undo

    def _has_names_to_leave_out(self, logbook: Logbook) -> bool:
        """Whether there are names, and the logbook has them switched off."""
        return PatientIdentity in self._rows and not is_on(logbook.database, STORE_IDENTITY)

    def _save_one_by_one(self, logbook: Logbook) -> None:
        """Meet whatever stands in the way just as a single save would, and say it in its words."""
        for case in self.cases:
            save_case(logbook, case, self._reason)
        if not self.cases:
            raise LogbookError(
                f"{logbook.folder} already holds some of these cases.", "Use another logbook."
            )

    def _is_odd(self, case: Case, person: _Part) -> bool:
        """Whether the case is more than a new case of a new patient, and so is saved by itself."""
        if case.version or case.patient.version or case.id in self._ids:
            return True
        if person.id in self._patients:
            return self._patients[person.id] != person.content_hash
        return case.patient.patient_code in self._codes

    def _add(self, part: _Part, complete: bool) -> None:
        for table, row, fields in part.rows:
            self._rows.setdefault(type(row), []).append(table.cells(row, fields, complete))
        self._entries.append(part.entry)


class _Part:
    """What is versioned as one, a person or a case, made ready."""

    def __init__(
        self,
        subject: Subject,
        first: Record,
        rows: Iterable[Record],
    ) -> None:
        self.id = str(first.id)
        self.rows: list[tuple[Table, Record, Fields]] = []
        content: dict[str, list[str]] = {}
        changes: dict[str, list[str]] = {}
        known = tables()
        for row in rows:
            table = known[type(row)]
            fields, text, change = table.read(row)
            self.rows.append((table, row, fields))
            key = encode_basestring(str(row.id))
            content.setdefault(table.name, []).append(f"{key}:{{{text}}}")
            if change:
                changes.setdefault(table.name, []).append(f"{key}:{{{change}}}")
        canonical = _object({table: sorted(content[table]) for table in sorted(content)})
        self.content_hash = hashlib.sha256(canonical.encode()).hexdigest()
        self.entry: Entry = subject, self.id, _object(changes), self.content_hash

    @property
    def is_answered(self) -> bool:
        """Whether no core field of any row is open."""
        return all(table.is_answered(row, fields) for table, row, fields in self.rows)


def _object(members: Mapping[str, list[str]]) -> str:
    """JSON of objects in an object, from the texts of the inner members."""
    told = [f'"{name}":{{{",".join(texts)}}}' for name, texts in members.items()]
    return f"{{{','.join(told)}}}"
