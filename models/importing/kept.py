# SPDX-License-Identifier: MIT
"""Mappings that somebody gave a name, for the next file of the same kind.

They lie in the logbook, for everybody who opens it. One that names what this version does not know
is left as it is, and not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.importing.hidden import LEAVE_OUT
from models.importing.mapping import Mapping, UnreadableMapping, mapping_from_json
from models.importing.reading import CsvTable, Table
from models.importing.recognizing import UnreadableTable
from models.importing.workbook import SheetTable
from models.logbook import Logbook
from models.named import NamedNotes

_MAPPINGS = NamedNotes("import.mappings", "mapping")


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """A mapping under a name."""

    name: str
    mapping: Mapping

    def is_for(self, columns: Sequence[str]) -> bool:
        """Whether it was made for a table with exactly these headings, in any order."""
        own = {use.column.casefold() for use in self.mapping.columns}
        return own == {name.casefold() for name in columns}


def list_mappings(logbook: Logbook) -> list[KeptMapping]:
    """All of them, by name: one statement."""
    found: list[KeptMapping] = []
    for name, text in _MAPPINGS.read(logbook).items():
        try:
            found.append(KeptMapping(name, mapping_from_json(str(text))))
        except UnreadableMapping:
            # Of a later version.
            continue
    return found


def made_for(table: Table, kept: Sequence[KeptMapping]) -> KeptMapping | None:
    """The first that was made for a table like this one, with the headings in its rows or others.

    A mapping knows the rows of the headings where a person named them, and whether hidden columns
    are left out.
    """
    if found := next((one for one in kept if one.is_for(table.columns)), None):
        return found
    if not isinstance(table, CsvTable | SheetTable):
        return None
    known: dict[tuple[str, bool], tuple[str, ...]] = {}
    for one in kept:
        rows, is_less = one.mapping.heading, one.mapping.hidden == LEAVE_OUT
        way = rows, is_less and isinstance(table, SheetTable) and bool(table.hidden)
        if way == ("", False):
            continue
        if way not in known:
            known[way] = _columns(table, *way)
        if one.is_for(known[way]):
            return one
    return None


def _columns(table: CsvTable | SheetTable, rows: str, is_less: bool) -> tuple[str, ...]:
    """The columns with the headings in these rows, and without hidden ones; () for none."""
    try:
        if is_less and isinstance(table, SheetTable):
            table = table.without_hidden()
        return table.headed(rows).columns if rows else table.columns
    except UnreadableTable:
        # The headings of this table are elsewhere.
        return ()


def save_mapping(logbook: Logbook, name: str, mapping: Mapping) -> KeptMapping:
    """Store a mapping under a name, in place of what it named before.

    Raises:
        LogbookError: the name is empty or too long.
    """
    return KeptMapping(_MAPPINGS.save(logbook, name, mapping.as_json()), mapping)


def rename_mapping(logbook: Logbook, name: str, wanted: str) -> str:
    """Give a mapping another name; that as it is kept.

    Raises:
        LogbookError: the name is empty, too long, or that of another one; or there is none to
            rename.
    """
    return _MAPPINGS.rename(logbook, name, wanted)


def delete_mapping(logbook: Logbook, name: str) -> None:
    """Take a mapping away, if there is one of this name."""
    _MAPPINGS.delete(logbook, name)
