# SPDX-License-Identifier: MIT
"""The entries of the audit as the saves that they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from models.audit import Action, Subject
from models.document import Change, readable
from models.logbook import Logbook
from models.schema import AuditEntry

H = TypeVar("H", bound="Head")


class Deed(StrEnum):
    """What was done to a case."""

    ENTERED = "entered"
    CHANGED = "changed"
    PATIENT = "patient"
    BINNED = "binned"
    UNBINNED = "unbinned"
    BROUGHT_BACK = "brought_back"
    MERGED = "merged"
    PARTED = "parted"
    NAMES_REMOVED = "names_removed"
    PLANNED = "planned"
    SIGNED_OFF = "signed_off"
    UNLOCKED = "unlocked"
    AMENDED = "amended"
    GIVEN_UP = "given_up"


_BY_ACTION = {
    Action.MERGE: Deed.MERGED,
    Action.UNMERGE: Deed.PARTED,
    Action.FORGET: Deed.NAMES_REMOVED,
    Action.PLAN: Deed.PLANNED,
    Action.SIGN_OFF: Deed.SIGNED_OFF,
    Action.UNLOCK: Deed.UNLOCKED,
    Action.AMEND: Deed.AMENDED,
    Action.GIVEN_UP: Deed.GIVEN_UP,
}
"""What is told by the action alone: what came with something bigger, and what a lock is about."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an entry: what was saved, and by whom."""

    number: int
    at: str
    user: str
    action: Action
    subject: Subject
    subject_id: str


@dataclass(frozen=True, slots=True)
class Entry(Head):
    """An entry with all that it tells."""

    version: int
    changes: list[Change]
    reason: str
    content_hash: str


def entries_of(logbook: Logbook, subject_ids: list[str]) -> Iterator[Entry]:
    """Everything that the audit tells of these subjects, oldest first."""
    query = (
        AuditEntry.select(
            AuditEntry.number,
            AuditEntry.at,
            AuditEntry.user,
            AuditEntry.action,
            AuditEntry.subject,
            AuditEntry.subject_id,
            AuditEntry.version,
            AuditEntry.changes,
            AuditEntry.reason,
            AuditEntry.content_hash,
        )
        .where(AuditEntry.subject_id.in_(subject_ids))
        .order_by(AuditEntry.number)
        .tuples()
    )
    for number, at, user, action, subject, of, version, changes, reason, content in list(
        query.execute(logbook.database)
    ):
        yield Entry(
            number,
            at,
            user,
            Action(action),
            Subject(subject),
            of,
            version,
            readable(changes),
            reason,
            content,
        )


def saves_in(entries: Iterable[H]) -> Iterator[list[H]]:
    """The entries of each save: those of the patient come right before that of the case."""
    save: list[H] = []
    for entry in entries:
        if save and not _belongs(save[-1], entry):
            yield save
            save = []
        save.append(entry)
        if entry.subject is Subject.CASE:
            yield save
            save = []
    if save:
        yield save


def deed_of(last: Head, changes: Iterable[Change]) -> Deed:
    """What a save did, by its last entry and the changes that this tells of."""
    if last.action in _BY_ACTION:
        return _BY_ACTION[last.action]
    if last.subject is Subject.PATIENT:
        return Deed.PATIENT
    if last.action is Action.RESTORE:
        unbinned = any(c.field == "deleted_at" and c.new is None for c in changes)
        return Deed.UNBINNED if unbinned else Deed.BROUGHT_BACK
    if last.action is Action.DELETE:
        return Deed.BINNED
    return Deed.ENTERED if last.action is Action.CREATE else Deed.CHANGED


def _belongs(last: Head, entry: Head) -> bool:
    follows = entry.number == last.number + 1 and entry.subject is Subject.CASE
    return follows and (entry.at, entry.user) == (last.at, last.user)
