# SPDX-License-Identifier: MIT
"""Sets of columns that somebody gave a name, for everybody who opens the logbook.

A set names columns by their headings. One that a later version knows and this one does not is left
as it is, and simply finds no such column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import LogbookError
from models.logbook import Logbook
from models.named import NamedNotes
from models.speech import say

_SETS = NamedNotes("export.columns", say("set of columns"))


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns under a name, in no order of their own."""

    name: str
    columns: tuple[str, ...]


def list_sets(logbook: Logbook) -> list[ColumnSet]:
    """All of them, by name: one statement."""
    return [ColumnSet(name, tuple(kept)) for name, kept in _SETS.read(logbook).items()]


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
        say("There is no set of columns {name}.", name=name),
        say("There are: {names}.", names=names)
        if names
        else say("Save one in the export dialog first."),
    )


def save_set(logbook: Logbook, name: str, columns: Sequence[str]) -> ColumnSet:
    """Store columns under a name, in place of what it named before.

    Raises:
        LogbookError: the name is empty or too long, or there is no column.
    """
    if not columns:
        raise LogbookError(say("The set has no column."), say("Choose at least one."))
    own = list(dict.fromkeys(columns))
    return ColumnSet(_SETS.save(logbook, name, own), tuple(own))


def rename_set(logbook: Logbook, name: str, wanted: str) -> str:
    """Give a set another name; that as it is kept.

    Raises:
        LogbookError: the name is empty, too long, or that of another one; or there is none to
            rename.
    """
    return _SETS.rename(logbook, name, wanted)


def delete_set(logbook: Logbook, name: str) -> None:
    """Take a set away, if there is one of this name."""
    _SETS.delete(logbook, name)
