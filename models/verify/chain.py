# SPDX-License-Identifier: MIT
"""What is wrong with the chain of the audit: which entry, of whom, what it is about, and when.

A chain alone does not tell that its end was cut off. So the logbook notes its last entry, and every
backup its own: what a backup knows has to be there still.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from models import audit
from models.audit import Action, Broken, Fault
from models.copies.kept import LAST_GIVEN_UP, Backup, listing
from models.document import readable
from models.engines.engine import Engine
from models.errors import CannotWrite
from models.speech import say
from models.verify import wording

_NAMED = (Fault.UNLINKED, Fault.CHANGED, Fault.MOVED, Fault.BEYOND, Fault.END_CHANGED)


def chain_findings(database: Engine) -> Iterator[str]:
    """Entries that were changed, removed, added or reordered, one sentence each."""
    for broken in audit.broken_links(database):
        if broken.fault in _NAMED:
            aside = _entry_told(database, broken)
        elif broken.fault in (Fault.MISSING, Fault.CUT):
            aside = _time_told(database, broken)
        else:
            aside = ""
        yield f"{str(broken)[:-1]}{f' ({aside})' if aside else ''}."


def backup_findings(database: Engine, folder: Path) -> Iterator[str]:
    """Backups whose last entry is not in the audit any more, or is another one there."""
    try:
        backups = [backup for backup in listing(folder) if backup.head]
    except CannotWrite as error:
        yield error.message
        return
    first = audit.hash_of(database, 1)
    given_up = list(_given_up(database)) if backups else []
    for backup in sorted(backups, key=lambda one: one.entry):
        if backup.chain == first and not _is_excused(backup, given_up):
            found = audit.hash_of(database, backup.entry)
            if found != backup.head:
                what = say("is not there any more") if found is None else say("is another one now")
                yield (
                    say(
                        "Audit: entry {entry}, the last one that the backup {backup} "
                        "knows, {what}.",
                        entry=backup.entry,
                        backup=backup.name,
                        what=what,
                    )
                )


def _entry_told(database: Engine, broken: Broken) -> str:
    sql = "SELECT at, user, action, subject, subject_id FROM audit_entry WHERE number = ?"
    row = database.execute_sql(sql, (broken.first,)).fetchone()
    if row is None:
        return ""
    at, user, action, subject, subject_id = row
    name = wording.subject_named(database, subject, subject_id)
    what = wording.short(str(action).replace("_", " "))
    about = say("{what} of {name}", what=what, name=name) if name else what
    return say(
        "it says: {about}, by {short}, {moment}",
        about=about,
        short=wording.short(user),
        moment=wording.moment(at),
    )


def _time_told(database: Engine, broken: Broken) -> str:
    times = [_time_of(database, number) for number in (broken.first - 1, broken.last + 1)]
    words = (f"{word} {at}" for word, at in zip(("after", "before"), times, strict=True) if at)
    said = say(" and ").join(words)
    return say("written {said}", said=said) if said else ""


def _time_of(database: Engine, number: int) -> str:
    sql = "SELECT at FROM audit_entry WHERE number = ?"
    row = database.execute_sql(sql, (number,)).fetchone()
    return wording.moment(row[0]) if row else ""


def _given_up(database: Engine) -> Iterator[tuple[int, int, str]]:
    """For each time that a backup was restored, between which entries others were given up.

    A program that did not tell so leaves the time, before which backups may know other entries.
    """
    sql = "SELECT number, at, changes FROM audit_entry WHERE action = ? AND subject = 'logbook'"
    for number, at, changes in database.execute_sql(sql, (Action.RESTORE.value,)):
        told = [one for one in readable(str(changes)) if one.table == LAST_GIVEN_UP]
        if not told:
            yield number, 0, str(at)
        for one in told:
            yield int(one.old or 0), int(one.new or 0), ""


def _is_excused(backup: Backup, given_up: list[tuple[int, int, str]]) -> bool:
    """Whether the entries that the backup knows were given up when an earlier one was restored."""
    return any(
        first < backup.entry <= last or (before and backup.at.isoformat() < before)
        for first, last, before in given_up
    )


__all__ = ["backup_findings", "chain_findings"]
