# SPDX-License-Identifier: MIT
"""Mappings that somebody gave a name, for the next file of the same kind.

They lie in the logbook, for everybody who opens it. One that names what this version does not know
is left as it is, and not offered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Read
from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from models import audit
from models.audit import Action, Event, Subject
from models.document import Change
from models.errors import LogbookError
from models.importing.mapping import Mapping, UnreadableMapping, mapping_from_json
from models.importing.reading import CsvTable, Table
from models.importing.recognizing import UnreadableTable
from models.importing.workbook import SheetTable
from models.logbook import Logbook
from models.own_notes import keep_note, read_note
from models.schema import Setting

MOST_LETTERS = 60

_NOTE = "import.mappings"
_TABLE = Setting._meta.table_name


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
    with logbook.session():
        stored = _stored(logbook.database)
    found: list[KeptMapping] = []
    for name in sorted(stored, key=str.casefold):
        try:
            found.append(KeptMapping(name, mapping_from_json(stored[name])))
        except UnreadableMapping:
            # Of a later version.
            continue
    return found


def made_for(table: Table, kept: Sequence[KeptMapping]) -> KeptMapping | None:
    """The first that was made for a table like this one, with the headings in its rows or others.

    A mapping knows the rows of the headings where a person named them.
    """
    if found := next((one for one in kept if one.is_for(table.columns)), None):
        return found
    if not isinstance(table, CsvTable | SheetTable):
        return None
    of_rows: dict[str, tuple[str, ...]] = {}
    for one in kept:
        rows = one.mapping.heading
        if rows and rows not in of_rows:
            try:
                of_rows[rows] = table.headed(rows).columns
            except UnreadableTable:
                # The headings of this table are elsewhere.
                of_rows[rows] = ()
        if rows and one.is_for(of_rows[rows]):
            return one
    return None


def save_mapping(logbook: Logbook, name: str, mapping: Mapping) -> KeptMapping:
    """Store a mapping under a name, in place of what it named before.

    Raises:
        LogbookError: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        raise LogbookError(
            f"The name of a mapping has 1 to {MOST_LETTERS} letters.", "Type another one."
        )
    with logbook.transaction():
        stored = _stored(logbook.database)
        old_name = next((kept for kept in stored if kept.casefold() == name.casefold()), name)
        old = stored.pop(old_name, None)
        stored[name] = mapping.as_json()
        _keep(logbook, stored, Change(_TABLE, _NOTE, name, old, stored[name]))
    return KeptMapping(name, mapping)


def delete_mapping(logbook: Logbook, name: str) -> None:
    """Take a mapping away, if there is one of this name."""
    with logbook.transaction():
        stored = _stored(logbook.database)
        old = stored.pop(name, None)
        if old is not None:
            _keep(logbook, stored, Change(_TABLE, _NOTE, name, old, None))


def _keep(logbook: Logbook, stored: Read[str, str], change: Change) -> None:
    keep_note(logbook.database, _NOTE, json.dumps(stored, ensure_ascii=False))
    event = Event(logbook.user, Action.SETTING, Subject.LOGBOOK, changes=(change,))
    audit.append(logbook.database, [event])


def _stored(database: peewee.Database) -> dict[str, str]:
    text = read_note(database, _NOTE)
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
