# SPDX-License-Identifier: MIT
"""What a logbook holds beside its record: filters, published rates, settings.

Filters and rates that we do not have are added; one that we took away stays away, and one that both
have stays as we have it. Settings are never taken over: a visit plan decides for every case of the
clinic, so it is told where they differ, and changed where such things are changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.audit import Action
from models.filters import MOST_LETTERS, NamedFilter, list_filters, restore_filter
from models.literature.own import OwnRate, own_rates, put_back
from models.logbook import Logbook
from models.query import folded
from models.schema import AuditEntry
from models.settings import DECLARED, THRESHOLDS, VISIT_PLAN, AnySetting, read_settings

_ALL: tuple[AnySetting, ...] = (VISIT_PLAN, THRESHOLDS, *DECLARED)


@dataclass(frozen=True, slots=True)
class Aside:
    """What comes with a merge, and what does not.

    Attributes:
        filters, rates: those that are added, a filter under the name that it will have.
        differing_filters: names of filters that ask for something else there; ours stay.
        settings: labels of settings that have another value there; ours stay.
    """

    filters: tuple[NamedFilter, ...] = ()
    rates: tuple[OwnRate, ...] = ()
    differing_filters: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def takes_anything(self) -> bool:
        """Whether anything is added."""
        return bool(self.filters or self.rates)


def compare_aside(mine: Logbook, theirs: Logbook, name: str) -> Aside:
    """What a merge with the logbook ``name`` brings beside the record."""
    own = {kept.id: kept for kept in list_filters(mine)}
    taken = {folded(kept.name): kept for kept in own.values()}
    added, differing = [], []
    others = list_filters(theirs)
    gone = _mentioned(mine, [kept.id for kept in others if kept.id not in own])
    for kept in others:
        known = own.get(kept.id) or taken.get(folded(kept.name))
        if kept.id in own or (known is not None and known.text == kept.text):
            if known is not None and (known.text, known.name) != (kept.text, kept.name):
                differing.append(kept.name)
        elif kept.id not in gone:
            fit = kept if known is None else replace(kept, name=_free_name(kept.name, name, taken))
            taken[folded(fit.name)] = fit
            added.append(fit)
    return Aside(
        tuple(added), tuple(_new_rates(mine, theirs)), tuple(differing), _settings(mine, theirs)
    )


def take_aside(mine: Logbook, aside: Aside) -> None:
    """Add what a preview told, inside a transaction."""
    for kept in aside.filters:
        restore_filter(mine, kept)
    put_back(mine, aside.rates)


def _new_rates(mine: Logbook, theirs: Logbook) -> Iterator[OwnRate]:
    own = own_rates(mine)
    ids, known = {kept.id for kept in own}, {kept.rate for kept in own}
    fresh = [kept for kept in own_rates(theirs) if kept.id not in ids and kept.rate not in known]
    gone = _mentioned(mine, [kept.id for kept in fresh])
    yield from (kept for kept in fresh if kept.id not in gone)


def _mentioned(mine: Logbook, ids: list[str]) -> set[str]:
    """Which of these our audit knows: we had them, and took them away."""
    found = set()
    with mine.session():
        for one in ids:
            query = AuditEntry.select().where(
                AuditEntry.action == Action.SETTING.value, AuditEntry.changes.contains(one)
            )
            if query.exists(mine.database):
                found.add(one)
    return found


def _settings(mine: Logbook, theirs: Logbook) -> tuple[str, ...]:
    own, other = read_settings(mine), read_settings(theirs)
    return tuple(one.label for one in _ALL if own.value_of(one) != other.value_of(one))


def _free_name(name: str, logbook: str, taken: dict[str, NamedFilter]) -> str:
    n = 1
    while True:
        end = f" ({logbook[:20]}{f' {n}' if n > 1 else ''})"
        found = f"{name[: MOST_LETTERS - len(end)]}{end}"
        if folded(found) not in taken:
            return found
        n += 1
