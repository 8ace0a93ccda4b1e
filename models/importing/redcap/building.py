# SPDX-License-Identifier: MIT
"""One record of REDCap becomes a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from uuid import UUID, uuid5

from models.case import Case
from models.exchange.linked import LEVEL_ID, PATIENTS, PROCEDURES
from models.exchange.redcap.data import INSTANCE
from models.exchange.redcap.variables import RECORD_ID
from models.fields import Part
from models.importing.levels import level_meant_by
from models.importing.reading import SourceRow
from models.importing.record_cases import CaseBuilder, Entry, Parts
from models.importing.records import Told, is_id
from models.importing.redcap.layout import Laid
from models.schema import Record
from models.speech import say


class RecordBuilder(CaseBuilder):
    """Makes the case.

    Args:
        rows: those of the record.
        laid: the forms by the names of their sheets.
        ids: of entries in the records before, with the numbers of their rows; it is added to.
    """

    def __init__(
        self, rows: Sequence[SourceRow], laid: Mapping[str, Laid], ids: dict[str, int]
    ) -> None:
        super().__init__(rows)
        self._laid, self._ids = laid, ids

    def build(self, parts: Parts) -> Told:
        """The case, without reasons for what was filled in since, and one number as both ends."""
        cells, case = super().build(parts)
        for row in (*case.person_rows(), *case.case_rows()):
            _close_ranges(row)
            filled = {name for name in row.missing if row.__data__.get(name) not in (None, "", ())}
            if filled:
                row.missing = {name: why for name, why in row.missing.items() if name not in filled}
        return cells, case

    def id_of(self, name: str, entry: Entry, column: str) -> str:
        """That of the logbook; of an instance that was added in REDCap one that follows from it."""
        record = entry.cells[RECORD_ID]
        if name == PROCEDURES:
            return record if is_id(record) else ""
        if entry.cells.get(column, ""):
            own = super().id_of(name, entry, column)
            if own and name != PATIENTS and self._ids.setdefault(own, entry.number) != entry.number:
                message = say(
                    "Row {id} has the same id: empty it in one of the two.", id=self._ids[own]
                )
                self.tell(name, entry, column, own, message)
            return own
        if name == PATIENTS or not is_id(record):
            return ""
        return str(uuid5(UUID(record), f"{name} {entry.cells[INSTANCE]}"))

    def level_of(self, name: str, entry: Entry, case: Case) -> str:
        """By the level's id or name; the only level where there is but one."""
        cell = entry.cells.get(LEVEL_ID, "").strip()
        known = [str(level.id) for level in case.levels]
        if cell in known:
            return cell
        named = level_meant_by(cell) if cell else None
        meant = [
            str(level.id) for level in case.levels if not cell or (named and level.level == named)
        ]
        if len(meant) == 1:
            return meant[0]
        which = say("no such level") if cell else say("{n} levels", n=len(known))
        message = say("The record has {which}. Write the level, such as T12.", which=which)
        self.tell(name, entry, LEVEL_ID, cell, message)
        return cell

    def place_of(self, name: str, entry: Entry, column: str) -> tuple[int, str]:
        """The row itself, and the variable."""
        return entry.number, self._laid[name].heading_of(column)


def _close_ranges(row: Record) -> None:
    """A number of which only one end was filled in is exact."""
    for names in _ends_of(type(row)):
        known = [getattr(row, name) for name in names if getattr(row, name) is not None]
        if len(known) == 1:
            for name in names:
                setattr(row, name, known[0])


@cache
def _ends_of(table: type[Record]) -> list[list[str]]:
    """The fields of both ends of each range that the table has."""
    ends: dict[str, list[str]] = {}
    for field in table.clinical_fields():
        if field.part in (Part.LOW, Part.HIGH):
            ends.setdefault(field.stem, []).append(field.name)
    return list(ends.values())
