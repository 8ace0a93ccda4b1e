# SPDX-License-Identifier: MIT
"""Things that somebody gave a name, for everybody who opens the logbook: mappings, sets of columns.

All of one kind lie in one note. Names differ by more than case, and each change is in the audit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import peewee

from models import audit
from models.audit import Action, Event, Subject
from models.document import Change
from models.errors import LogbookError
from models.logbook import Logbook
from models.own_notes import keep_note, read_note
from models.schema import Setting
from models.speech import say

MOST_LETTERS = 60

_TABLE = Setting._meta.table_name

Kept = str | list[str]


@dataclass(frozen=True, slots=True)
class NamedNotes:
    """All things of one kind, as texts or lists of texts, by their names.

    Attributes:
        note: the name of the note that they lie in.
        called: what one of them is called, as in "a mapping".
    """

    note: str
    called: str

    def read(self, logbook: Logbook) -> dict[str, Kept]:
        """All of them, by name and in that order: one statement."""
        with logbook.session():
            stored = self._stored(logbook.database)
        return {name: stored[name] for name in sorted(stored, key=str.casefold)}

    def save(self, logbook: Logbook, name: str, kept: Kept) -> str:
        """Store it under a name, in place of what it named before; the name as it is kept.

        Raises:
            LogbookError: the name is empty or too long.
        """
        name = self._checked(name)
        with logbook.transaction():
            stored = self._stored(logbook.database)
            old = stored.pop(_known(stored, name), None)
            stored[name] = kept
            self._keep(logbook, stored, Change(_TABLE, self.note, name, _said(old), _said(kept)))
        return name

    def rename(self, logbook: Logbook, name: str, wanted: str) -> str:
        """Give one of them another name; that as it is kept.

        Raises:
            LogbookError: the name is empty, too long, or that of another one; or there is none to
                rename.
        """
        wanted = self._checked(wanted)
        with logbook.transaction():
            stored = self._stored(logbook.database)
            if name not in stored:
                raise LogbookError(
                    say("There is no {called} {name} any more.", called=self.called, name=name)
                )
            if _known(stored, wanted) not in (name, wanted) or (
                wanted in stored and wanted != name
            ):
                raise LogbookError(
                    say(
                        "There is a {called} {known} already.",
                        called=self.called,
                        known=_known(stored, wanted),
                    ),
                    say("Type another name, or delete that one first."),
                )
            stored[wanted] = stored.pop(name)
            self._keep(logbook, stored, Change(_TABLE, self.note, "name", name, wanted))
        return wanted

    def delete(self, logbook: Logbook, name: str) -> None:
        """Take one away, if there is one of this name."""
        with logbook.transaction():
            stored = self._stored(logbook.database)
            old = stored.pop(name, None)
            if old is not None:
                self._keep(logbook, stored, Change(_TABLE, self.note, name, _said(old), None))

    def _checked(self, name: str) -> str:
        name = " ".join(name.split())
        if not name or len(name) > MOST_LETTERS or not name.isprintable():
            raise LogbookError(
                say(
                    "The name of a {called} has 1 to {most_letters} letters.",
                    called=self.called,
                    most_letters=MOST_LETTERS,
                ),
                say("Type another one."),
            )
        return name

    def _stored(self, database: peewee.Database) -> dict[str, Kept]:
        text = read_note(database, self.note)
        try:
            found = json.loads(text) if text else {}
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _keep(self, logbook: Logbook, stored: Mapping[str, Kept], change: Change) -> None:
        keep_note(logbook.database, self.note, json.dumps(stored, ensure_ascii=False))
        event = Event(logbook.user, Action.SETTING, Subject.LOGBOOK, changes=(change,))
        audit.append(logbook.database, [event])


def _known(stored: Mapping[str, Kept], name: str) -> str:
    """The name under which it is stored, in whatever case; the name itself where there is none."""
    same = name.casefold()
    return next((kept for kept in stored if kept.casefold() == same), name)


def _said(kept: Kept | None) -> str | None:
    """As the audit tells it."""
    return ", ".join(kept) if isinstance(kept, list) else kept
