# SPDX-License-Identifier: MIT
"""The published rates that a clinic added to its logbook."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models import audit
from models.audit import Action, Event, Subject
from models.document import Change
from models.literature.rate import PublishedRate, UnreadableRates, rate_of
from models.literature.reading import shipped_rates
from models.logbook import Logbook
from models.schema import LiteratureRow, new_id

_TABLE = LiteratureRow._meta.table_name


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A rate under the id by which it is taken away."""

    id: str
    rate: PublishedRate


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding rates.

    Attributes:
        rates: those that are new.
        n_known: those that were there already, in every cell alike.
    """

    rates: tuple[OwnRate, ...]
    n_known: int


def own_rates(logbook: Logbook) -> list[OwnRate]:
    """The rates of this logbook by their sources: one statement.

    What a later version of the program wrote, and this one cannot read, is left out and stays.
    """
    with logbook.session():
        return _stored(logbook)


def all_rates(logbook: Logbook) -> list[PublishedRate]:
    """The rates of this logbook, and those that come with the program: one statement."""
    return [*(kept.rate for kept in own_rates(logbook)), *shipped_rates()]


def add_rates(
    logbook: Logbook, rates: Sequence[PublishedRate], shipped: Collection[PublishedRate] = ()
) -> Added:
    """Store rates, all of them or none. A rate is stored once, and none that is in ``shipped``.

    Raises:
        CannotWrite, LogbookBusy: as their names say.
    """
    with logbook.transaction():
        known = {*shipped, *(kept.rate for kept in _stored(logbook))}
        fresh = [rate for rate in dict.fromkeys(rates) if rate not in known]
        added = tuple(OwnRate(new_id(), rate) for rate in fresh)
        _insert(logbook, added)
    return Added(added, len(rates) - len(added))


def remove_rates(logbook: Logbook, ids: Collection[str]) -> tuple[OwnRate, ...]:
    """Take rates away; what they were, for ``put_back``."""
    with logbook.transaction():
        gone = tuple(kept for kept in _stored(logbook) if kept.id in set(ids))
        for kept in gone:
            LiteratureRow.delete().where(LiteratureRow.id == kept.id).execute(logbook.database)
        _note(logbook, [Change(_TABLE, kept.id, "content", _text(kept), None) for kept in gone])
    return gone


def put_back(logbook: Logbook, gone: Sequence[OwnRate]) -> None:
    """Store again what ``remove_rates`` took away."""
    with logbook.transaction():
        there = {kept.id for kept in _stored(logbook)}
        _insert(logbook, [kept for kept in gone if kept.id not in there])


def _insert(logbook: Logbook, rates: Sequence[OwnRate]) -> None:
    rows = [{"id": kept.id, "content": _text(kept)} for kept in rates]
    if not rows:
        return
    LiteratureRow.insert_many(rows).execute(logbook.database)
    _note(logbook, [Change(_TABLE, row["id"], "content", None, row["content"]) for row in rows])


def _stored(logbook: Logbook) -> list[OwnRate]:
    query = LiteratureRow.select(LiteratureRow.id, LiteratureRow.content)
    found = []
    for row_id, content in query.tuples().execute(logbook.database):
        try:
            found.append(OwnRate(row_id, rate_of(json.loads(content))))
        except (UnreadableRates, ValueError, AttributeError):
            continue
    return sorted(found, key=lambda kept: (kept.rate.source.casefold(), kept.id))


def _text(kept: OwnRate) -> str:
    cells = {name: text for name, text in kept.rate.cells().items() if text}
    return json.dumps(cells, ensure_ascii=False)


def _note(logbook: Logbook, changes: Sequence[Change]) -> None:
    if changes:
        event = Event(logbook.user, Action.SETTING, Subject.LOGBOOK, changes=changes)
        audit.append(logbook.database, [event])
