# SPDX-License-Identifier: MIT
"""What the program notes in a logbook for itself: neither record nor setting, and never exported.

Notes lie in the table of the settings, which every logbook has had from the beginning. Their names
have a point in them, which no setting has.
"""

from __future__ import annotations

import peewee

from models.schema import Setting

_MARK = "."
UNSAVED_SCORES = "followup.unsaved."
"""With the name of a user: what he typed on the follow-up page and did not save."""


def is_own(name: str) -> bool:
    """Whether a name in the table of the settings is that of a note."""
    return _MARK in name


def read_note(database: peewee.Database, name: str) -> str | None:
    """The text of a note, or None where there is none."""
    query = Setting.select(Setting.value).where(Setting.name == name).tuples()
    found = next(iter(query.execute(database)), None)
    return None if found is None else str(found[0])


def keep_note(database: peewee.Database, name: str, text: str) -> None:
    """Write a note, in place of what it said before. Call it inside a transaction."""
    written = Setting.insert(name=name, value=text)
    written.on_conflict(conflict_target=[Setting.name], preserve=[Setting.value]).execute(database)


def drop_note(database: peewee.Database, name: str) -> None:
    """Take a note away. Call it inside a transaction."""
    Setting.delete().where(Setting.name == name).execute(database)
