# SPDX-License-Identifier: MIT
"""Sets of columns that somebody gave a name, for everybody who opens the logbook.

A set names columns by their headings. One that a later version knows and this one does not is left
as it is, and simply finds no such column.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import peewee

from models import audit
from models.audit import Action, Event, Subject
from models.document import Change
from models.errors import LogbookError
from models.logbook import Logbook
from models.own_notes import keep_note, read_note
from models.schema import Setting

MOST_LETTERS = 60

_NOTE = "export.columns"
_TABLE = Setting._meta.table_name


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns under a name, in no order of their own."""

    name: str
    columns: tuple[str, ...]


def list_sets(logbook: Logbook) -> list[ColumnSet]:
    """All of them, by name: one statement."""
    with logbook.session():
        stored = _stored(logbook.database)
    return [ColumnSet(name, tuple(stored[name])) for name in sorted(stored, key=str.casefold)]


def set_called(logbook: Logbook, name: str) -> ColumnSet:
    """The set of this name, in whatever case.

    Raises:
        LogbookError: there is none.
    """
    known = list_sets(logbook)
    for each in known:
        if each.name.casefold() == name.strip().casefold():
            return each
    names = ", ".join(each.name for each in known)
    raise LogbookError(
        f"There is no set of columns {name}.",
        f"There are: {names}." if names else "Save one in the export dialog first.",
    )


def save_set(logbook: Logbook, name: str, columns: Sequence[str]) -> ColumnSet:
    """Store columns under a name, in place of what it named before.

    Raises:
        LogbookError: the name is empty or too long, or there is no column.
    """
    name = " ".join(name.split())
    if not name or len(name) > MOST_LETTERS or not name.isprintable():
        raise LogbookError(
            f"The name of a set of columns has 1 to {MOST_LETTERS} letters.", "Type another one."
        )
    if not columns:
        raise LogbookError("The set has no column.", "Choose at least one.")
    with logbook.transaction():
        stored = _stored(logbook.database)
        old_name = next((kept for kept in stored if kept.casefold() == name.casefold()), name)
        old = stored.pop(old_name, None)
        stored[name] = list(dict.fromkeys(columns))
        _keep(logbook, stored, Change(_TABLE, _NOTE, name, _said(old), _said(stored[name])))
    return ColumnSet(name, tuple(stored[name]))


def delete_set(logbook: Logbook, name: str) -> None:
    """Take a set away, if there is one of this name."""
    with logbook.transaction():
        stored = _stored(logbook.database)
        old = stored.pop(name, None)
        if old is not None:
            _keep(logbook, stored, Change(_TABLE, _NOTE, name, _said(old), None))


def _keep(logbook: Logbook, stored: Mapping[str, Sequence[str]], change: Change) -> None:
    keep_note(logbook.database, _NOTE, json.dumps(stored, ensure_ascii=False))
    event = Event(logbook.user, Action.SETTING, Subject.LOGBOOK, changes=(change,))
    audit.append(logbook.database, [event])


def _stored(database: peewee.Database) -> dict[str, list[str]]:
    text = read_note(database, _NOTE)
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(columns: Sequence[str] | None) -> str | None:
    return None if columns is None else ", ".join(columns)
