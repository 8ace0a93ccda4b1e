# SPDX-License-Identifier: MIT
"""The rows of linked tables that belong to one case become that case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from models.case import LISTS, OF_LEVELS, Case
from models.exchange.linked import (
    ADDED_AT,
    CASE_ID,
    LEVEL_ID,
    PATIENT_ID,
    PATIENTS,
    PROCEDURES,
    linked_tables,
)
from models.exchange.pictures import SHA256
from models.fields import Stamp
from models.importing import targets
from models.importing.cells import CaseCells
from models.importing.problems import Problem
from models.importing.reading import SourceRow
from models.importing.record_rows import POSITION, SYNTHETIC, name_reader, row_readers
from models.importing.records import Told, is_id
from models.schema import Image, Patient, PatientIdentity, Procedure, Record
from models.speech import say

LISTED = tuple(LISTS.values())
"""The tables below a case, levels before what hangs on them."""

_CHECKSUM = re.compile("[0-9a-f]{64}")

OWN_IDS: Mapping[str, str] = {linked.name: linked.own_id for linked in linked_tables()}
"""The column that tells the rows of a table apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a linked table: where it stands in the file, and its cells by their headings."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file has of one case; ``lists`` by the names of the linked tables."""

    procedure: Entry
    patient: Entry
    lists: Mapping[str, Sequence[Entry]]


def is_moment(text: str) -> bool:
    """Whether ``text`` is a moment as the record keeps it."""
    try:
        return Stamp().db_value(datetime.fromisoformat(text)) == text
    except ValueError:
        return False


class CaseBuilder:
    """Makes one case; what is told of places and ids is up to the kind of file.

    Args:
        rows: those of the case, as they are shown and counted.
    """

    def __init__(self, rows: Sequence[SourceRow]) -> None:
        self._told = CaseCells(rows)

    def build(self, parts: Parts) -> Told:
        """The case, and what cannot be read of it."""
        readers = row_readers()
        patient = Patient(**self._given_id(PATIENTS, parts.procedure, PATIENT_ID))
        own = self._given_id(PROCEDURES, parts.procedure, CASE_ID)
        case = Case(patient, Procedure(patient=patient.id, **own))
        self._fill(patient, PATIENTS, parts.patient)
        case.identity = self._identity(patient, parts.patient)
        self._fill(case.procedure, PROCEDURES, parts.procedure)
        case.procedure.synthetic = parts.procedure.cells.get(SYNTHETIC) == "1"
        said = self._told.of_case
        if own:
            said[targets.CASE_ID] = case.id
        if parts.procedure.cells.get(PATIENT_ID):
            said[targets.PATIENT_ID] = str(patient.id)
        if patient.patient_code:
            said[targets.PATIENT_CODE] = patient.patient_code
        for name in LISTED:
            table, seen = readers[name].table, set[str]()
            for place, entry in enumerate(parts.lists.get(name, ())):
                link = {"procedure": case.id}
                if table in OF_LEVELS:
                    link = {"treated_level": self.level_of(name, entry, case)}
                shown = self._picture(name, entry) if table is Image else {}
                row = table(**self._given_id(name, entry, OWN_IDS[name]), **link, **shown)
                if str(row.id) in seen:
                    self.tell(
                        name, entry, OWN_IDS[name], str(row.id), say("It stands there twice.")
                    )
                seen.add(str(row.id))
                row.position = self.number(name, entry, POSITION, place)  # type: ignore[attr-defined]
                self._fill(row, name, entry)
                getattr(case, name).append(row)
        return self._told, case

    def id_of(self, name: str, entry: Entry, column: str) -> str:
        """The id in a column; "" for a fresh one."""
        own = entry.cells.get(column, "")
        if not is_id(own):
            self.tell(name, entry, column, own, say("This is no id that the program gives."))
            return ""
        return own

    def level_of(self, name: str, entry: Entry, case: Case) -> str:
        """The id of the level that a row hangs on."""
        own = entry.cells.get(LEVEL_ID, "")
        if own not in {str(level.id) for level in case.levels}:
            self.tell(name, entry, LEVEL_ID, own, say("The case has no such level."))
        return own

    def place_of(self, name: str, entry: Entry, column: str) -> tuple[int, str]:
        """The number of a row of the case, and what the column is called there."""
        return self._told.rows[0].number, say(
            "{column} of {name}.csv, row {number}", column=column, name=name, number=entry.number
        )

    def tell(self, name: str, entry: Entry, column: str, cell: str, message: str) -> None:
        """Note what cannot be read."""
        row, heading = self.place_of(name, entry, column)
        self._told.problems.append(Problem(row, heading, cell, message))

    def number(self, name: str, entry: Entry, column: str, otherwise: int = 0) -> int:
        """A number that the program keeps with a row."""
        hear = partial(self.tell, name, entry)
        return row_readers()[name].count(column, entry.cells, hear, otherwise)

    def keep_versions(self, versions: Iterable[tuple[str, int]]) -> None:
        """Note which saved versions the file starts from."""
        self._told.of_case.update(versions)

    def _identity(self, patient: Patient, entry: Entry) -> PatientIdentity | None:
        identity = PatientIdentity(patient=patient.id)
        name_reader().fill(identity, entry.cells, partial(self.tell, PATIENTS, entry))
        said = [getattr(identity, field.name) for field in identity.clinical_fields()]
        return identity if any((*said, identity.missing, identity.explained)) else None

    def _given_id(self, name: str, entry: Entry, column: str) -> dict[str, str]:
        own = self.id_of(name, entry, column)
        return {"id": own} if own else {}

    def _picture(self, name: str, entry: Entry) -> dict[str, object]:
        """Which picture an image shows, and since when the record has it."""
        sha256, added_at = entry.cells[SHA256], entry.cells[ADDED_AT]
        if not _CHECKSUM.fullmatch(sha256):
            self.tell(name, entry, SHA256, sha256, say("This is no SHA-256."))
        if not is_moment(added_at):
            told = say("This is no moment in UTC, such as 2026-03-14T09:30:00.000Z.")
            self.tell(name, entry, ADDED_AT, added_at, told)
        return {"content": sha256, "added_at": added_at}

    def _fill(self, row: Record, name: str, entry: Entry) -> None:
        row_readers()[name].fill(row, entry.cells, partial(self.tell, name, entry))
