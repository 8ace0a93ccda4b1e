# SPDX-License-Identifier: MIT
"""A new case made ready to be saved: judged, worked out, and read into documents once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring

from models import checks, derived
from models.audit import Subject
from models.bulk.table import Refused, Table, tables, values_aside
from models.bulk.writing import Entry
from models.case import Case
from models.document import Fields
from models.errors import ImpossibleCase
from models.schema import Record
from models.timepoints import STANDARD, VisitPlan


class Part:
    """What is versioned as one, a person or a case.

    Attributes:
        rows: each with its table and the fields that hold something, as they will be stored.
        texts: these fields as canonical JSON, without the braces, in the order of ``rows``.
    """

    __slots__ = ("_changes", "_sealed", "_subject", "id", "rows", "texts")

    def __init__(self, subject: Subject, first: Record, rows: Iterable[Record]) -> None:
        self.id = str(first.id)
        self.rows: list[tuple[Table, Record, Fields]] = []
        self.texts: list[str] = []
        self._changes: list[str] = []
        self._subject = subject
        self._sealed: Entry | None = None
        known = tables()
        for row in rows:
            table = known[type(row)]
            fields, text, change = table.read(row)
            self.rows.append((table, row, fields))
            self.texts.append(text)
            self._changes.append(change)

    @property
    def entry(self) -> Entry:
        """The audit entry to be."""
        if self._sealed is None:
            self._sealed = self._seal()
        return self._sealed

    @property
    def content_hash(self) -> str:
        """The hash of the content, as ``document.content_hash`` has it."""
        return self.entry[3]

    @property
    def is_answered(self) -> bool:
        """Whether no core field of any row is open."""
        return all(table.is_answered(row, fields) for table, row, fields in self.rows)

    def _seal(self) -> Entry:
        rows = zip(self.rows, self.texts, self._changes, strict=True)
        told = ((table.name, str(row.id), text, change) for (table, row, _), text, change in rows)
        return seal(self._subject, self.id, told)


def seal(subject: Subject, own_id: str, rows: Iterable[tuple[str, str, str, str]]) -> Entry:
    """The audit entry of what is saved for the first time.

    Each of ``rows`` is the name of its table, its id, its fields and its changes as JSON.
    """
    content: dict[str, list[str]] = {}
    changes: dict[str, list[str]] = {}
    for table, row_id, text, change in rows:
        key = encode_basestring(row_id)
        content.setdefault(table, []).append(f"{key}:{{{text}}}")
        if change:
            changes.setdefault(table, []).append(f"{key}:{{{change}}}")
    canonical = _object({table: sorted(content[table]) for table in sorted(content)})
    content_hash = hashlib.sha256(canonical.encode()).hexdigest()
    return subject, own_id, _object(changes), content_hash


@dataclass(frozen=True, slots=True)
class Ready:
    """A case that can be saved, with its person and its record as they will be stored."""

    case: Case
    person: Part
    record: Part


def make_ready(case: Case, plan: VisitPlan = STANDARD) -> Ready:
    """Work out what follows from the case, and judge it as ``checks.errors`` does.

    Whether the procedure is complete is settled when it is saved.

    Raises:
        ImpossibleCase: a value cannot be; the findings are those of ``checks.errors``.
    """
    try:
        with values_aside(case):
            derived.work_out(case, plan)
            contradictions = checks.errors(case)
        if contradictions:
            raise Refused
        person = Part(Subject.PATIENT, case.patient, case.person_rows())
        record = Part(Subject.CASE, case.procedure, case.case_rows())
    except Refused:
        raise ImpossibleCase(checks.errors(case)) from None
    return Ready(case, person, record)


def _object(members: Mapping[str, list[str]]) -> str:
    """JSON of objects in an object, from the texts of the inner members."""
    told = [f'"{name}":{{{",".join(texts)}}}' for name, texts in members.items()]
    return f"{{{','.join(told)}}}"
