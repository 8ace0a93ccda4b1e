# SPDX-License-Identifier: MIT
"""Adverse events: how often by kind, how grave by each scale, and how they ended.

A leak without symptoms is a leak and no event, unless somebody listed it. The scales are never
turned into each other, and a CIRSE grade stands with its edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from models.safety.rates import share
from models.schema import AdverseEvent
from models.speech import say
from models.vocabulary import (
    Cirse,
    ClavienDindo,
    EventKind,
    EventOutcome,
    Level,
    Sir,
    Vocabulary,
    YesNo,
)

if TYPE_CHECKING:
    from models.analysis.statistics import Proportion
    from models.safety.columns import Bools
    from models.safety.record import EventRow, SafetyRecord

Tally = tuple[tuple[str, int], ...]
"""Labels with their number, in the order of their vocabulary; "" for what is not stated."""

_SCALES = (
    ("sir_2017", Sir, AdverseEvent._meta.fields["sir_2017"].label),
    ("clavien_dindo", ClavienDindo, AdverseEvent._meta.fields["clavien_dindo"].label),
)


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """What is known of the events of one kind.

    Attributes:
        n_events: events; a procedure can have several of a kind.
        procedures: procedures with one, of those that answer whether there was any complication.
        grades: by scale: its name with its edition, then grades with their number; events that
            are not graded on it do not stand there.
        n_ungraded: events without a grade on any scale.
        outcomes: how they ended.
        levels: levels of new fractures.
    """

    kind: EventKind
    n_events: int
    procedures: Proportion
    grades: tuple[tuple[str, Tally], ...]
    n_ungraded: int
    outcomes: Tally
    levels: Tally

    @property
    def query(self) -> str:
        """Finds the cases in the list of cases."""
        return f"event:{self.kind.value}"


@dataclass(frozen=True, slots=True)
class EventNumbers:
    """Adverse events of the cases that are asked about.

    Attributes:
        any_event: procedures with an event, of those that answer.
        n_events: all events.
        n_unnamed: events without a kind; they stand in no line of ``kinds``.
        n_not_answered: procedures that neither list an event nor say that there was none.
        n_said_only: procedures that say there was a complication, and list none.
        n_leaks_unlisted: procedures with a symptomatic leak and without any event.
        kinds: the most frequent first.
        grades: of all events, by scale.
        outcomes: of all events.
    """

    any_event: Proportion
    n_events: int
    n_unnamed: int
    n_not_answered: int
    n_said_only: int
    n_leaks_unlisted: int
    kinds: tuple[KindOfEvent, ...]
    grades: tuple[tuple[str, Tally], ...]
    n_ungraded: int
    outcomes: Tally


def event_numbers(record: SafetyRecord) -> EventNumbers:
    """Count adverse events."""
    events, n_cases = record.events, record.cases.n
    listed = _listed(record)
    said_yes = record.sessions.complication == YesNo.YES.rank
    n = int(answered_cases(record).sum())
    hurt = np.zeros(n_cases, dtype=bool)
    hurt[record.levels.case[record.levels.symptomatic & record.levels.leaked]] = True
    kinds = (_kind(EventKind(kind), rows, n) for kind, rows in _by_kind(events).items())
    return EventNumbers(
        any_event=share(int((listed | said_yes).sum()), n),
        n_events=len(events),
        n_unnamed=sum(not event.kind for event in events),
        n_not_answered=n_cases - n,
        n_said_only=int((said_yes & ~listed).sum()),
        n_leaks_unlisted=int((hurt & ~listed).sum()),
        kinds=tuple(sorted(kinds, key=lambda kind: (-kind.procedures.k, kind.kind.rank))),
        grades=_grades(events),
        n_ungraded=_ungraded(events),
        outcomes=_tally(EventOutcome, (event.outcome for event in events)),
    )


def answered_cases(record: SafetyRecord) -> Bools:
    """Which cases list an event or say whether there was any: those that rates are of."""
    said = record.sessions.complication
    found: Bools = _listed(record) | (said == YesNo.YES.rank) | (said == YesNo.NO.rank)
    return found


def _listed(record: SafetyRecord) -> Bools:
    """Which cases list an event."""
    listed = np.zeros(record.cases.n, dtype=bool)
    listed[[event.case for event in record.events]] = True
    return listed


def _by_kind(events: Iterable[EventRow]) -> dict[str, list[EventRow]]:
    found: dict[str, list[EventRow]] = {}
    for event in events:
        if event.kind:
            found.setdefault(event.kind, []).append(event)
    return found


def _kind(kind: EventKind, events: list[EventRow], n: int) -> KindOfEvent:
    return KindOfEvent(
        kind=kind,
        n_events=len(events),
        procedures=share(len({event.case for event in events}), n),
        grades=_grades(events),
        n_ungraded=_ungraded(events),
        outcomes=_tally(EventOutcome, (event.outcome for event in events)),
        levels=_tally(Level, (event.level for event in events if event.level)),
    )


def _grades(events: Iterable[EventRow]) -> tuple[tuple[str, Tally], ...]:
    events = tuple(events)
    found: list[tuple[str, Tally]] = []
    editions = sorted({event.cirse_version for event in events if event.cirse})
    cirse = AdverseEvent._meta.fields["cirse"].label
    for edition in editions:
        graded = (e.cirse for e in events if e.cirse and e.cirse_version == edition)
        name = f"{cirse} {edition}" if edition else say("{cirse}, edition not stated", cirse=cirse)
        found.append((name, _tally(Cirse, graded)))
    for column, vocabulary, name in _SCALES:
        codes = [str(getattr(event, column)) for event in events]
        if graded_codes := [code for code in codes if code]:
            found.append((name, _tally(vocabulary, graded_codes)))
    return tuple(found)


def _ungraded(events: Iterable[EventRow]) -> int:
    return sum(not (event.cirse or event.sir_2017 or event.clavien_dindo) for event in events)


def _tally(vocabulary: type[Vocabulary], codes: Iterable[str]) -> Tally:
    counted = Counter(codes)
    terms = [(term.label, counted[term.value]) for term in vocabulary if counted[term.value]]
    if counted[""]:
        terms.append(("", counted[""]))
    return tuple(terms)
