# SPDX-License-Identifier: MIT
"""Keeps the audit of another logbook in ours.

Who changed what there, and when, is told word for word, hashes included: each entry of theirs that
we do not know becomes the content of an entry of ours, which says that it is told. So nothing of it
is lost, the chain of theirs can still be followed, and nobody can take it for what was done here.
What we told them is not told back to us. One exception: where our logbook stores no names, what an
entry says of names and record numbers is left out, so that its hash cannot be worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from models import audit
from models.audit import Action, Event, Subject
from models.document import Change, Value, changes_json, readable
from models.engines.engine import Engine
from models.logbook import Logbook
from models.other_logbook.opening import Other
from models.other_logbook.states import IDENTITIES
from models.schema import AuditEntry
from models.settings import STORE_IDENTITY, is_on

_TABLE = str(AuditEntry._meta.table_name)
_CHUNK = 500
_SHORT = 36
"""So many signs of the hash name what is told, where the audit has the id of its subject."""

Told = dict[str, Value]


def tell(mine: Logbook, other: Other, after: int) -> int:
    """Write down the entries of theirs after entry ``after`` that we do not know; how many."""
    events: list[Event] = []
    total = 0
    with_names = is_on(mine.database, STORE_IDENTITY)
    for told in _entries(other.logbook.database, after):
        if _is_known(mine.database, told):
            continue
        events.append(_event(mine, other, told if with_names else _without_names(told)))
        total += 1
        if len(events) == _CHUNK:
            audit.append(mine.database, events)
            events = []
    if events:
        audit.append(mine.database, events)
    return total


def told_entries(database: Engine) -> Iterator[Told]:
    """The entries of other logbooks that an audit tells of, as they stand there."""
    query = AuditEntry.select(AuditEntry.changes).where(AuditEntry.action == Action.TOLD.value)
    for (text,) in query.order_by(AuditEntry.number).tuples().execute(database):
        yield {change.field: change.new for change in readable(text)}


def _entries(database: Engine, after: int) -> Iterator[Told]:
    query = AuditEntry.select().where(AuditEntry.number > after).order_by(AuditEntry.number)
    for row in query.dicts().execute(database).iterator():
        if row["action"] == Action.TOLD.value:
            yield {change.field: change.new for change in readable(row["changes"])}
        else:
            yield row


def _is_known(database: Engine, told: Told) -> bool:
    """Whether it is an entry of our own, or was told already."""
    name, number = str(told["hash"]), told["number"]
    # Written out: there may be very many, and composing takes longer than asking.
    sql = """
        SELECT 1 FROM audit_entry WHERE number = ? AND hash = ? UNION ALL
        SELECT 1 FROM audit_entry WHERE subject_id = ? AND action = ? LIMIT 1
    """
    values = (number, name, name[:_SHORT], Action.TOLD.value)
    return database.execute_sql(sql, values).fetchone() is not None


def _without_names(told: Told) -> Told:
    changes = readable(str(told["changes"]))
    kept = [change for change in changes if change.table != IDENTITIES]
    return told if len(kept) == len(changes) else {**told, "changes": changes_json(kept)}


def _event(mine: Logbook, other: Other, told: Told) -> Event:
    number = str(told["number"])
    changes = [Change(_TABLE, number, name, None, value) for name, value in told.items()]
    return Event(
        mine.user,
        Action.TOLD,
        Subject.LOGBOOK,
        str(told["hash"])[:_SHORT],
        0,
        changes,
        f"From the audit of {other.name}.",
    )


__all__ = ["Told", "tell", "told_entries"]
