# SPDX-License-Identifier: MIT
"""Who changed what. Entries are only ever added, each chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import peewee

from models.document import Change, changes_json
from models.fields import Stamp
from models.own_notes import keep_note, read_note
from models.quick import dataclass
from models.rows import insert
from models.schema import AuditEntry, Setting
from models.speech import say

if TYPE_CHECKING:
    from models.engines.engine import Engine

FIRST_PREVIOUS = "0" * 64
"""What the first entry names as the hash before it."""

HEAD = "audit.head"
"""The note of the last entry, by number and hash: a chain alone does not tell that its end went."""

_NOTED_SINCE = "0008"
"""The form of the tables since which it is noted."""

_MOST_PLACED = 50
"""So many entries that were changed are looked at for being out of their order."""

_SIGNED = (
    "number",
    "at",
    "user",
    "action",
    "subject",
    "subject_id",
    "version",
    "changes",
    "reason",
    "content_hash",
    "previous_hash",
)


class Action(StrEnum):
    """What an entry is about."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    RESTORE = "restore"
    EXPORT = "export"
    IMPORT = "import"
    PRINT = "print"
    SETTING = "setting"
    FORGET = "forget"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SIGN_OFF = "sign_off"
    UNLOCK = "unlock"
    AMEND = "amend"
    PLAN = "plan"
    BACKUP = "backup"
    TOLD = "told"
    GIVEN_UP = "given_up"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    SIGN_IN_FAILED = "sign_in_failed"
    USER = "user"
    KEYS = "keys"


UNRELATED = frozenset(
    {
        *(Action.EXPORT, Action.PRINT, Action.BACKUP, Action.GIVEN_UP),
        *(Action.SIGN_IN, Action.SIGN_OUT, Action.SIGN_IN_FAILED, Action.USER, Action.KEYS),
    }
)
"""What leaves the record and the settings as they are."""


class Subject(StrEnum):
    """What was changed or used."""

    CASE = "case"
    PATIENT = "patient"
    LOGBOOK = "logbook"


@dataclass(frozen=True, slots=True)
class Event:
    """What should be written down; number, time and hashes come when it is."""

    user: str
    action: Action
    subject: Subject
    subject_id: str = ""
    version: int = 0
    changes: Sequence[Change] = ()
    reason: str = ""
    content_hash: str = ""


def append(database: Engine, events: Iterable[Event]) -> None:
    """Add entries. Call it inside the transaction of the change that they tell of."""
    rows = chained(database, events)
    names = (*_SIGNED, "hash")
    for row in rows:
        insert(database, AuditEntry, dict(zip(names, row, strict=True)))
    if rows:
        note_head(database, int(str(rows[-1][0])), str(rows[-1][-1]))


def note_head(database: Engine, number: int, last_hash: str) -> None:
    """Note which entry is the last. Call it inside the transaction that wrote it."""
    # Written out, because every save comes by, and composing takes longer than asking.
    sql = f"UPDATE {Setting._meta.table_name} SET value = ? WHERE name = ?"
    head = f"{number} {last_hash}"
    if database.execute_sql(sql, (head, HEAD)).rowcount == 0:
        keep_note(database, HEAD, head)


def note_last(database: Engine) -> None:
    """The same, for entries that were written by other means than ``append``."""
    if (last := last_entry(database)) is not None:
        note_head(database, *last)


def last_entry(database: peewee.Database) -> tuple[int, str] | None:
    """Number and hash of the latest entry; None before the first."""
    # Written out, because every chunk of an import asks, and composing takes longer than asking.
    sql = f"SELECT number, hash FROM {AuditEntry._meta.table_name} ORDER BY number DESC LIMIT 1"
    found = database.execute_sql(sql).fetchone()
    return None if found is None else (int(found[0]), str(found[1]))


def last_number(database: peewee.Database) -> int:
    """Number of the latest entry; 0 before the first."""
    return int(AuditEntry.select(peewee.fn.MAX(AuditEntry.number)).scalar(database) or 0)


def hash_of(database: peewee.Database, number: int) -> str | None:
    """The hash that an entry was written with; None where there is no such entry."""
    # Straight from the cursor: a field would stumble over what another program put there.
    sql = f"SELECT hash FROM {AuditEntry._meta.table_name} WHERE number = ?"
    found = database.execute_sql(sql, (number,)).fetchone()
    return None if found is None else str(found[0])


def newest_change(database: peewee.Database, but: frozenset[Action] = UNRELATED) -> int:
    """Number of the latest entry that tells of something else than ``but``; 0 before the first."""
    query = AuditEntry.select(AuditEntry.number).where(
        AuditEntry.action.not_in([action.value for action in but])
    )
    query = query.order_by(AuditEntry.number.desc()).limit(1).tuples()
    return int(next(iter(query.execute(database)), (0,))[0])


def chained(database: peewee.Database, events: Iterable[Event]) -> list[tuple[object, ...]]:
    """The entries as rows (in the order of ``_SIGNED``, then the hash), chained to the last."""
    # Written out, because every save comes by, and composing takes longer than asking.
    sql = "SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1"
    number, previous = database.execute_sql(sql).fetchone() or (0, FIRST_PREVIOUS)
    at = Stamp().db_value(datetime.now(UTC))
    rows: list[tuple[object, ...]] = []
    for event in events:
        number += 1
        signed = (
            number,
            at,
            event.user,
            event.action.value,
            event.subject.value,
            event.subject_id,
            event.version,
            changes_json(event.changes),
            event.reason,
            event.content_hash,
            previous,
        )
        previous = _hash(signed)
        rows.append((*signed, previous))
    return rows


class Fault(StrEnum):
    """What can be wrong with the chain; with ``{first}``, ``{last}`` and ``{was}`` to fill in."""

    MISSING = "entries {first} to {last} are missing"
    UNLINKED = "entry {first} does not follow the one before it"
    CHANGED = "entry {first} was changed after it was written"
    MOVED = "entry {first} was written as entry {was}, so the order was changed"
    CUT = "entries {first} to {last}, the latest, are missing"
    BEYOND = "entries {first} to {last} were added"
    END_CHANGED = "entry {first}, the last, is another one than was written"
    END_UNKNOWN = "the note of which entry is the last was removed"

    @property
    def shown(self) -> str:
        """The words in the language of the process."""
        return say(self.value)

    @property
    def is_at_the_end(self) -> bool:
        """Whether the next entry hides it: which is the last is noted anew with every one."""
        return self in (Fault.CUT, Fault.BEYOND, Fault.END_CHANGED, Fault.END_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the chain is broken.

    Attributes:
        fault: what is wrong there.
        first, last: the entries that it is about.
        was: the number that a moved entry was written with.
    """

    fault: Fault
    first: int
    last: int
    was: int = 0

    def __str__(self) -> str:
        said = self.fault.shown.format(first=self.first, last=self.last, was=self.was)
        return say("Audit: {said}.", said=said)


def chain_problems(database: Engine) -> list[str]:
    """Entries that were changed, removed, added or reordered, in words; [] when all is well."""
    return [str(broken) for broken in broken_links(database)]


def broken_links(database: Engine) -> list[Broken]:
    """The places where the chain is broken, and its end where that is not as it was noted."""
    found: list[Broken] = []
    changed: dict[int, tuple[tuple[object, ...], object]] = {}
    expected, previous = 1, FIRST_PREVIOUS
    for *signed, stored in _rows(database):
        number = signed[0]
        if number != expected:
            found.append(Broken(Fault.MISSING, expected, number - 1))
        elif signed[-1] != previous:
            found.append(Broken(Fault.UNLINKED, number, number))
        if _hash(tuple(signed)) != stored:
            found.append(Broken(Fault.CHANGED, number, number))
            if len(changed) < _MOST_PLACED:
                changed[number] = tuple(signed), stored
        expected, previous = number + 1, stored
    found += _at_end(database, expected - 1, str(previous))
    return _with_moved(found, changed)


def is_same_in(one: Engine, other: Engine) -> bool:
    """Whether two databases hold the same entries, right or wrong, and the same note of the last.

    The chain of both is then broken in the same places.
    """
    if read_note(one, HEAD) != read_note(other, HEAD):
        return False
    return all(row == same for row, same in zip_longest(_rows(one), _rows(other)))


def _rows(database: Engine) -> Iterator[Sequence[Any]]:
    """Straight from the cursor: a field would stumble over what another program put there."""
    columns = [AuditEntry._meta.fields[name] for name in (*_SIGNED, "hash")]
    query = AuditEntry.select(*columns).order_by(AuditEntry.number).tuples()
    yield from database.stream(*database.get_sql_context().sql(query).query())


def _with_moved(
    found: list[Broken], changed: dict[int, tuple[tuple[object, ...], object]]
) -> list[Broken]:
    """The same, but of an entry that is as it was written save for its number, that it moved."""
    gone = (one for one in found if one.fault in (Fault.MISSING, Fault.CUT))
    places = [*changed, *(n for one in gone for n in range(one.first, one.last + 1)[:_MOST_PLACED])]
    was = {
        number: place
        for number, (signed, stored) in changed.items()
        for place in places
        if _hash((place, *signed[1:])) == stored
    }
    return [
        Broken(Fault.MOVED, one.first, one.last, was[one.first])
        if one.fault is Fault.CHANGED and one.first in was
        else one
        for one in found
    ]


def _at_end(database: peewee.Database, number: int, last_hash: str) -> Iterator[Broken]:
    noted = (read_note(database, HEAD) or "").split()
    if len(noted) != 2 or not noted[0].isdigit():
        if number and _notes_head(database):
            yield Broken(Fault.END_UNKNOWN, number, number)
        return
    head = int(noted[0])
    if head > number:
        yield Broken(Fault.CUT, number + 1, head)
    elif head < number:
        yield Broken(Fault.BEYOND, head + 1, number)
    elif noted[1] != last_hash:
        yield Broken(Fault.END_CHANGED, number, number)


def _notes_head(database: peewee.Database) -> bool:
    """Whether the logbook is of a form in which the end is noted."""
    sql = "SELECT MAX(name) FROM schema_migration"
    return str(database.execute_sql(sql).fetchone()[0]) >= _NOTED_SINCE


def last_known(database: peewee.Database, subject: Subject) -> dict[str, tuple[int, str]]:
    """Version and content hash that the audit knows last of every subject, by its id."""
    query = (
        AuditEntry.select(AuditEntry.subject_id, AuditEntry.version, AuditEntry.content_hash)
        .where(AuditEntry.subject == subject.value, AuditEntry.content_hash != "")
        .order_by(AuditEntry.number)
        .tuples()
    )
    return {
        subject_id: (version, content_hash)
        for subject_id, version, content_hash in query.execute(database).iterator()
    }


def _hash(signed: tuple[object, ...]) -> str:
    text = json.dumps(signed, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()
