# SPDX-License-Identifier: MIT
"""A chunk of new cases that are made ready in any process, and written in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from weakref import ref

import peewee

from models import caserow
from models.bulk.lines import line_cells
from models.bulk.plain import PlainRows, Sketch
from models.bulk.ready import Part, Ready, make_ready
from models.bulk.table import FIRST_VERSION, Cell, tables
from models.bulk.writing import holds_any, write_audit, write_lines, write_rows
from models.case import Case, save_case
from models.errors import LogbookError
from models.logbook import Logbook
from models.schema import RECORD_TABLES, Patient, PatientIdentity, Procedure, Record
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.speech import say
from models.timepoints import STANDARD, VisitPlan

CHUNK = 250
"""Cases of one chunk. More of them at once make it slower, not faster."""


class Chunk:
    """Cases made ready to be written in one transaction.

    ``plan`` is the visit plan of the logbook that they go into. ``stored`` are the hashes of what
    the logbook has of persons, by their ids, where that is known: a new case of such a person is
    no other than that of a new one.
    """

    def __init__(
        self,
        user: str,
        reason: str,
        plan: VisitPlan = STANDARD,
        stored: Mapping[str, str] | None = None,
    ) -> None:
        self._stored = {} if stored is None else stored
        self.cases: list[Case] = []
        self._versions: list[tuple[int, int]] = []
        self._user, self._reason, self._plan = user, reason, plan
        self._rows: dict[type[Record], list[tuple[Cell, ...]]] = {}
        # Others are put among what plain cases are written from, so that all keep their order.
        self._plain = PlainRows()
        self._patients: dict[str, str] = {}
        self._codes: set[str] = set()
        self._ids: set[str] = set()
        # Of plain cases nobody has to ask: whoever made them knew that nothing of them is there.
        self._asked: dict[peewee.Field, set[str]] = {
            field: set() for field in (Procedure.id, Patient.id, Patient.patient_code)
        }
        self._odd: Case | None = None

    def __len__(self) -> int:
        return len(self._ids) + self._plain.count + (self._odd is not None)

    @property
    def is_full(self) -> bool:
        """Whether the next case belongs to another chunk."""
        return self._odd is not None or len(self) >= CHUNK

    def take(self, case: Case) -> None:
        """Make a case ready.

        Raises:
            ImpossibleCase: a value cannot be.
        """
        self._begin(case)
        self._add_ready(make_ready(case, self._plan))

    def take_ready(self, ready: Ready) -> None:
        """The same for a case that was judged by the visit plan of this chunk already."""
        self._begin(ready.case)
        self._add_ready(ready)

    def take_plain(self, sketch: Sketch, ids: Iterator[str]) -> None:
        """The same for a case that is put together from pieces; ``ids`` are fresh ones."""
        self._plain.take(sketch, ids)

    def join(self, plain: PlainRows) -> None:
        """The same for many such cases that were spelled out already."""
        self._plain.join(plain)

    def _begin(self, case: Case) -> None:
        self.cases.append(case)
        self._versions.append((case.version, case.patient.version))

    def _add_ready(self, ready: Ready) -> None:
        case, person, record = ready.case, ready.person, ready.record
        if self._is_odd(case, person):
            self._odd = case
            return
        case.procedure.complete &= person.is_answered and record.is_answered
        if person.id not in self._patients and not self._is_stored(person):
            self._add(person, case.procedure.complete)
            self._patients[person.id] = person.content_hash
            self._asked[Patient.id].add(person.id)
            if code := case.patient.patient_code:
                self._codes.add(code)
                self._asked[Patient.patient_code].add(code)
        self._add(record, case.procedure.complete)
        self._ids.add(case.id)
        self._asked[Procedure.id].add(case.id)
        self._plain.lines.append(line_cells(caserow.line_of(case)))
        self._plain.found_by.append(caserow.found_by_of(case))

    def detach(self) -> None:
        """Let go of the cases, so that another process can take over what was made of them."""
        if self._odd is not None:
            raise ValueError("only new cases of new patients can be saved by another process")
        self.cases = []

    def write(self, logbook: Logbook, *, found_later: bool = False) -> bool:
        """Write everything; call it inside a transaction. Whether some are found already.

        Where cases are ``found_later``, ``search.index_since`` is still to be called.

        Raises:
            PatientExists, VersionConflict, LogbookError: some of it is in the logbook already, or
                the logbook has another visit plan by now.
        """
        database = logbook.database
        if visit_plan_in(database) != self._plan:
            raise LogbookError(
                say("The visit plan of the logbook was changed meanwhile."), say("Start again.")
            )
        asked = (holds_any(database, *of) for of in self._asked.items())
        if self._has_names_to_leave_out(logbook) or any(asked):
            self._save_one_by_one(logbook)
            return True
        plain = self._plain
        for table in RECORD_TABLES:
            if rows := self._rows.get(table):
                write_rows(database, tables()[table], rows)
            for insert, cells in plain.rows.items():
                if insert.record is table:
                    database.write_many(insert.sql, cells)
        write_lines(database, plain.lines, plain.found_by, found_later=found_later)
        write_audit(database, self._user, self._reason, plain.entries)
        for case in self.cases:
            if case is not self._odd:
                case.procedure.version = FIRST_VERSION
                case.patient.version = case.patient.version or FIRST_VERSION
        if self._odd is not None:
            save_case(logbook, self._odd, self._reason)
        return self._odd is not None or not found_later

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
        if self.cases and not self._plain.count:
            for case in self.cases:
                save_case(logbook, case, self._reason)
        else:
            raise LogbookError(
                say("{place} already holds some of these cases.", place=logbook.place),
                say("Use another logbook."),
            )

    def _is_odd(self, case: Case, person: Part) -> bool:
        """Whether the case is more than a new case of a new patient, and so is saved by itself."""
        if case.version or case.id in self._ids:
            return True
        if self._is_stored(person):
            return False
        if case.patient.version or person.id in self._stored:
            return True
        if person.id in self._patients:
            return self._patients[person.id] != person.content_hash
        return case.patient.patient_code in self._codes

    def _is_stored(self, person: Part) -> bool:
        """Whether the logbook has exactly this of the person."""
        return self._stored.get(person.id) == person.content_hash

    def _add(self, part: Part, complete: bool) -> None:
        for table, row, fields in part.rows:
            self._rows.setdefault(type(row), []).append(table.cells(row, fields, complete))
        self._plain.entries.append(part.entry)
