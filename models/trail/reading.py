# SPDX-License-Identifier: MIT
"""The audit page by page, the newest first; each page goes on from a key, so all cost the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.engines.engine import Engine
from models.logbook import Logbook
from models.schema import AuditEntry
from models.settings import STORE_IDENTITY, is_on
from models.trail.asking import Asked, conditions, known_users
from models.trail.telling import Told, tell

PAGE = 100
"""Entries of a page."""

_NAMES_IN = '"patient_identity":'


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries.

    Attributes:
        entries: the newest first.
        after: what to ask the next page with; 0 where this is the last one.
    """

    entries: tuple[Told, ...]
    after: int


def read_page(logbook: Logbook, asked: Asked, after: int = 0, size: int = PAGE) -> Page:
    """The newest entries that are asked for, or those behind the entry ``after``."""
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        database = logbook.database
        numbers = _numbers(database, asked, after, size)
        told = tell(database, numbers)
    return Page(tuple(told), numbers[-1] if len(numbers) == size else 0)


def all_numbers(database: Engine, asked: Asked, size: int) -> Iterator[list[int]]:
    """The numbers of all entries that are asked for, the newest first, ``size`` at a time."""
    after = 0
    while numbers := _numbers(database, asked, after, size):
        yield numbers
        after = numbers[-1]


def users_known(logbook: Logbook) -> list[str]:
    """Everybody who is in the audit, by name."""
    with logbook.session():
        return sorted(known_users(logbook.database), key=str.casefold)


def _numbers(database: Engine, asked: Asked, after: int, size: int) -> list[int]:
    query = AuditEntry.select(AuditEntry.number)
    for condition in conditions(database, asked):
        query = query.where(condition)
    if (asked.words.strip() or asked.field.strip()) and not is_on(database, STORE_IDENTITY):
        # Where names are switched off, nobody finds out by asking what is in the old ones.
        query = query.where(~AuditEntry.changes.contains(_NAMES_IN))
    if after:
        query = query.where(AuditEntry.number < after)
    found = query.order_by(AuditEntry.number.desc()).limit(size).tuples()
    return [int(number) for (number,) in found.execute(database)]
