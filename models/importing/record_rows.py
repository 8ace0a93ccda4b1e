# SPDX-License-Identifier: MIT
"""Cells that are named as the columns of our linked tables become rows of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from models.errors import InvalidValue
from models.exchange.columns import Column, Holds
from models.exchange.linked import OF_NAMES, Linked, linked_tables
from models.importing.formats import Format
from models.importing.targets import Kind, Target
from models.importing.values import Read, UnknownTerm, reader
from models.schema import Patient, PatientIdentity, Record
from models.speech import say

POSITION = "position"
SYNTHETIC = "synthetic"

Tell = Callable[[str, str, str], None]
"""Hears column, cell and sentence of what cannot be read."""

_MOST_DIGITS = 9
_KINDS = {Holds.REASONS: Kind.REASONS, Holds.SAYINGS: Kind.EXPLANATIONS}


class RowReader:
    """Makes rows of one table.

    Args:
        linked: where their cells stand.
        table: that of the rows, where fields of another stand with them.

    Attributes:
        table: of the schema.
        known: the headings of all its columns.
        keys: those without which rows cannot be told apart or linked, or generated cases would
            look like real ones.
    """

    def __init__(self, linked: Linked, table: type[Record] | None = None) -> None:
        self.table = table or linked.table
        self._is_of_names = self.table is PatientIdentity
        self.known = frozenset(column.name for column in linked.columns())
        ids = {linked.own_id, *(link.column for link in linked.links)}
        self.keys = frozenset({*ids, SYNTHETIC}) & self.known
        read = ((column.name, self._read(linked, column)) for column in linked.columns())
        self._reads: dict[str, Read] = {name: how for name, how in read if how is not None}

    def fill(self, row: Record, cells: Mapping[str, str], tell: Tell) -> None:
        """Put what the cells say into the fields of ``row``; an empty cell says nothing."""
        for name, cell in cells.items():
            read = self._reads.get(name) if cell else None
            if read is None:
                continue
            try:
                value = read(cell)
            except InvalidValue as error:
                tell(name, cell, f"{error.message} {error.cure}".strip())
            except UnknownTerm as error:
                tell(name, cell, str(error))
            else:
                own = name.removeprefix(OF_NAMES)
                setattr(row, own, dict(value) if isinstance(value, dict) else value)

    def count(self, name: str, cells: Mapping[str, str], tell: Tell, otherwise: int = 0) -> int:
        """A number that the program keeps with a row."""
        cell = cells.get(name, "")
        if not cell:
            return otherwise
        if not cell.isascii() or not cell.isdigit() or len(cell) > _MOST_DIGITS:
            tell(name, cell, say("It is no number that the program keeps."))
            return otherwise
        return int(cell)

    def _read(self, linked: Linked, column: Column) -> Read | None:
        """What reads the cells of a column; None where they hold what is of no field of ours."""
        name = f"{self.table._meta.table_name}.{column.name}"
        if column.field is not None:
            if column.field.model is not self.table:
                return None
            target = Target(name, column.label, Kind.FIELD, self.table, column.field)
        elif column.holds in _KINDS and column.name.startswith(OF_NAMES) is self._is_of_names:
            target = Target(name, column.label, _KINDS[column.holds], self.table)
        else:
            return None
        return reader(target, Format(), {}, exact=True)


@cache
def row_readers() -> dict[str, RowReader]:
    """The readers by the names of the linked tables."""
    return {linked.name: RowReader(linked) for linked in linked_tables()}


@cache
def name_reader() -> RowReader:
    """The reader of what names a person, which stands with the patient."""
    linked = next(each for each in linked_tables() if each.table is Patient)
    return RowReader(linked, PatientIdentity)
