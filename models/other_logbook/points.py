# SPDX-License-Identifier: MIT
"""How far two logbooks know each other, read off their audits.

Every entry of an audit is chained to the one before, so one entry that two logbooks have in common
says that they have everything before it in common as well: one began as a copy of the other. And a
merge notes the last entry of the other logbook's audit at that moment, a *point*: up to there the
other one is known. Points of points are passed on, so that what came by way of a third logbook is
known too. The last state that both know is what their changes are counted from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import peewee

from models.document import Change, readable
from models.engines.engine import Engine
from models.schema import AuditEntry
from models.undo import IMPORTS

MERGED = "merged_logbook"
"""What the changes of a merge call the points that it knows from then on."""

JOINED = "merged_patient"
"""What they call the patients of the other logbook who are patients of ours."""


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of the audit of some logbook."""

    number: int
    hash: str

    def is_in(self, database: Engine) -> bool:
        """Whether the audit of this logbook has the entry, and so everything before it."""
        return _hash_at(database, self.number) == self.hash

    def as_change(self) -> Change:
        """How a merge notes it."""
        return Change(MERGED, self.hash, "entry", None, self.number)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the merges of a logbook noted.

    Attributes:
        points: with the number of the entry that notes each.
        joined: who of another logbook is who here, by id.
    """

    points: tuple[tuple[int, Point], ...]
    joined: Mapping[str, str]


Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """How far each logbook knows the other one's audit; 0 for not at all.

    Attributes:
        theirs: up to which entry of theirs we know, by the merge entry of ours that says so; what
            both have in common is known from the beginning.
        mine: up to which entry of ours they know, by the merge entry of theirs.
    """

    theirs: Pairs
    mine: Pairs

    def of_theirs(self, before: int | None = None) -> int:
        """Up to which entry of theirs we know, by what was merged before an entry of ours."""
        return _furthest(self.theirs, before)[1]

    def bases(self, before: int | None = None) -> tuple[int, int]:
        """The entries of theirs, and of ours, whose state both know, the latest; 0 for none.

        Only where each took over from the other without knowing of the other merge are there two.
        """
        at_ours, theirs = _furthest(self.theirs, before)
        at_theirs, ours = _furthest(self.mine, None)
        if ours >= at_ours:
            return 0, ours
        return (theirs, 0) if theirs >= at_theirs else (theirs, ours)

    def merge_before(self, number: int) -> int:
        """The last merge entry of ours before an entry of ours; 0 for none."""
        return max((at for at, _ in self.theirs if at < number), default=0)


def _furthest(pairs: Pairs, before: int | None) -> tuple[int, int]:
    """The merge that knows most, the first of those, and how far."""
    counted = [pair for pair in pairs if pair[0] == 0 or before is None or pair[0] < before]
    return max(counted, key=lambda pair: (pair[1], -pair[0]))


def head(database: Engine) -> Point:
    """The last entry of the audit; of a logbook without one a point that no other one has."""
    number = int(AuditEntry.select(peewee.fn.MAX(AuditEntry.number)).scalar(database) or 0)
    return Point(number, _hash_at(database, number))


def notes_of(database: Engine) -> Notes:
    """What the merges of this logbook noted: one statement."""
    points: list[tuple[int, Point]] = []
    joined: dict[str, str] = {}
    for number, change in _noted(database):
        if change.table == MERGED:
            points.append((number, Point(int(str(change.new)), change.row_id)))
        elif change.table == JOINED:
            joined[change.row_id] = str(change.new)
    return Notes(tuple(points), joined)


def known_of(mine: Engine, theirs: Engine, own: Notes, other: Notes) -> Known:
    """How far two logbooks know each other."""
    prefix = _prefix(mine, theirs)
    of_theirs = [(at, point.number) for at, point in own.points if point.is_in(theirs)]
    of_mine = [(at, point.number) for at, point in other.points if point.is_in(mine)]
    return Known(((0, prefix), *of_theirs), ((0, prefix), *of_mine))


def _noted(database: Engine) -> Iterator[tuple[int, Change]]:
    query = AuditEntry.select(AuditEntry.number, AuditEntry.changes).where(
        AuditEntry.subject_id == IMPORTS
    )
    for number, text in query.order_by(AuditEntry.number).tuples().execute(database):
        for change in readable(text):
            yield int(number), change


def _prefix(mine: Engine, theirs: Engine) -> int:
    """Found by halving: from the first entry that differs on, all do."""
    low, high = 0, min(head(mine).number, head(theirs).number)
    while low < high:
        middle = (low + high + 1) // 2
        if _hash_at(mine, middle) == _hash_at(theirs, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _hash_at(database: Engine, number: int) -> str:
    query = AuditEntry.select(AuditEntry.hash).where(AuditEntry.number == number)
    return str(query.scalar(database) or "")
