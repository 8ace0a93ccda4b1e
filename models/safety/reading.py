# SPDX-License-Identifier: MIT
"""Reads what the numbers about safety rest on: a few statements, however many cases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING

import numpy as np
import peewee

from models.caselist import Query, case_ids
from models.query import EVERYTHING, Filter
from models.safety.columns import (
    NOTHING,
    Bools,
    Cell,
    Ints,
    Numbers,
    columns_of,
    places_of,
    ranks_of,
    sets_of,
)
from models.safety.record import Cases, EventRow, Levels, SafetyRecord, Sessions
from models.schema import AdverseEvent, CaseRow, Leak, Procedure, TreatedLevel
from models.vocabulary import (
    Leakage,
    LeakDetection,
    LeakLocation,
    Level,
    Technique,
    Yeom,
    YesNo,
)

if TYPE_CHECKING:
    from models.logbook import Logbook


_FEW = 10_000
"""So many cases are quicker looked up than found among all."""


def read_safety(logbook: Logbook, asked: Filter = EVERYTHING) -> SafetyRecord:
    """Read the cases that meet the filter and are not in the bin.

    Five statements, and those by which the cases are found. Call it inside ``logbook.session()``.
    """
    # One view of the logbook for all statements, whoever saves meanwhile.
    with logbook.database.atomic("DEFERRED"):
        cases = read_cases(logbook, asked)
        levels = _read_levels(logbook.database, cases)
        sessions = _read_sessions(logbook.database, cases)
        return SafetyRecord(cases, levels, sessions, _read_events(logbook.database, cases))


def read_cases(logbook: Logbook, asked: Filter = EVERYTHING) -> Cases:
    """The cases alone."""
    row = CaseRow
    wanted = row.deleted == False  # noqa: E712 - an expression, not a comparison
    query = row.select(
        row.case_id, row.patient_id, row.performed_day, row.operator, row.synthetic
    ).where(wanted)
    found = logbook.database.execute(query.order_by(row.performed_on, row.number)).fetchall()
    # All of the logbook, so that whoever was chosen stays so while filters change.
    names = sorted({str(line[3]) for line in found if line[3]}, key=str.casefold)
    if asked.terms:
        meet = set(chain.from_iterable(case_ids(logbook, Query(asked))))
        found = [line for line in found if line[0] in meet]
    ids, patients, days, operators, synthetic = columns_of(found, 5)
    patient_ids = tuple(dict.fromkeys(patients))
    place = {patient: number for number, patient in enumerate(patient_ids)}
    known: dict[Cell, int] = {name: number for number, name in enumerate(names)}
    return Cases(
        tuple(map(str, ids)),
        places_of(patients, place),
        np.array([NOTHING if day is None else day for day in days], np.int64),
        tuple(names),
        places_of(operators, known),
        np.array(synthetic, dtype=bool),
        tuple(map(str, patient_ids)),
    )


def among(query: peewee.Select, key: peewee.Field, cases: Cases) -> peewee.Select:
    """The query for the cases by ``key``, where they are few; of many it finds others too."""
    if cases.n > _FEW:
        return query
    listed = peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(cases.ids)])
    return query.where(key.in_(listed))


def _read_levels(database: peewee.Database, cases: Cases) -> Levels:
    row = TreatedLevel
    # Raw columns: thousands of times the same few texts, which are decoded once each.
    query = row.select(
        row.procedure, row.id, row.level, row.technique, row.leakage, row.leak_assessed_by
    )
    found = database.execute(among(query, row.procedure, cases)).fetchall()
    procedures, ids, levels, techniques, leakages, sought = columns_of(found, 6)
    case = places_of(procedures, cases.place_of)
    kept = case != NOTHING
    leakage = ranks_of(Leakage, leakages)[kept]
    leaks = _Leaks(database, ids, kept, leakage == Leakage.PRESENT.rank)
    return Levels(
        case=case[kept],
        level=ranks_of(Level, levels)[kept],
        technique=ranks_of(Technique, techniques)[kept],
        leakage=leakage,
        sought_by=sets_of(LeakDetection, sought)[kept],
        locations=leaks.locations(),
        yeoms=leaks.yeoms(),
        seen_by=leaks.seen_by(),
        unlocated=leaks.unlocated(),
        untyped=leaks.untyped(),
        unseen=leaks.unseen(),
        symptomatic=leaks.symptomatic(),
        unasked=leaks.unasked(),
    )


class _Leaks:
    """Gathers the rows of leaks at their levels."""

    def __init__(
        self, database: peewee.Database, ids: Sequence[Cell], counted: Bools, leaked: Bools
    ) -> None:
        row = Leak
        query = row.select(
            row.treated_level, row.location, row.yeom_type, row.symptomatic, row.detected_by
        )
        owners, *told = columns_of(database.execute(query).fetchall(), 5)
        place_of = _places(owners, ids, counted)
        at = places_of(owners, place_of)
        kept = at != NOTHING
        self._n, self._at, self._leaked = len(leaked), at[kept], leaked
        self._listed = np.zeros(self._n, dtype=bool)
        self._listed[self._at] = True
        vocabularies = (LeakLocation, Yeom, YesNo, LeakDetection)
        ranks = [
            ranks_of(vocabulary, texts)[kept]
            for vocabulary, texts in zip(vocabularies, told, strict=True)
        ]
        self._location, self._yeom, self._symptomatic, self._seen = ranks

    def locations(self) -> Ints:
        return self._sets(self._location)

    def yeoms(self) -> Ints:
        return self._sets(self._yeom)

    def seen_by(self) -> Ints:
        return self._sets(self._seen)

    def unlocated(self) -> Bools:
        return self._lacks(self._location)

    def untyped(self) -> Bools:
        return self._lacks(self._yeom)

    def unseen(self) -> Bools:
        return self._lacks(self._seen)

    def symptomatic(self) -> Bools:
        return self._any(self._symptomatic == YesNo.YES.rank)

    def unasked(self) -> Bools:
        answered = (self._symptomatic == YesNo.YES.rank) | (self._symptomatic == YesNo.NO.rank)
        unlisted = self._leaked & ~self._listed
        return ~self.symptomatic() & (self._any(~answered) | unlisted)

    def _sets(self, ranks: Ints) -> Ints:
        found = np.zeros(self._n, np.int64)
        said = ranks != NOTHING
        np.bitwise_or.at(found, self._at[said], 1 << ranks[said])
        return found

    def _lacks(self, ranks: Ints) -> Bools:
        return self._any(ranks == NOTHING) | (self._leaked & ~self._listed)

    def _any(self, rows: Bools) -> Bools:
        found = np.zeros(self._n, dtype=bool)
        found[self._at[rows]] = True
        return found


def _places(owners: Sequence[Cell], ids: Sequence[Cell], counted: Bools) -> dict[Cell, int]:
    """Where the levels with leaks stand among those that count."""
    leaking, place = set(owners), np.cumsum(counted) - 1
    return {
        level_id: int(place[at])
        for at, level_id in enumerate(ids)
        if level_id in leaking and counted[at]
    }


RADIATION = ("fluoro_time_s", "kap_gycm2", "air_kerma_mgy")
"""Names of the fields of ``Procedure`` that tell the dose."""


def _read_sessions(database: peewee.Database, cases: Cases) -> Sessions:
    row = Procedure
    doses = [row._meta.fields[name] for name in RADIATION]
    # Reasons are looked at only where a dose is not told: they are long to read.
    lacking = reduce(or_, (dose.is_null() for dose in doses))
    query = row.select(
        row.id,
        *doses,
        row.any_complication,
        row.technical_success,
        row.lung_cement,
        row.lung_cement_assessed_by,
        peewee.Case(None, [(lacking, row.missing)]),
    )
    found = database.execute(among(query, row.id, cases)).fetchall()
    ids, fluoro, kap, kerma, complication, success, lung, lung_by, missing = columns_of(found, 9)
    at = places_of(ids, cases.place_of)
    kept = at != NOTHING

    def numbers(column: Sequence[Cell]) -> Numbers:
        spread = np.full(cases.n, np.nan)
        spread[at[kept]] = np.array(column, dtype=np.float64)[kept]
        return spread

    def ints(column: Ints, otherwise: int = NOTHING) -> Ints:
        spread = np.full(cases.n, otherwise, np.int64)
        spread[at[kept]] = column[kept]
        return spread

    return Sessions(
        fluoro_s=numbers(fluoro),
        kap_gycm2=numbers(kap),
        air_kerma_mgy=numbers(kerma),
        why_not=_reasons(at, missing),
        complication=ints(ranks_of(YesNo, complication)),
        success=ints(ranks_of(YesNo, success)),
        lung=ints(ranks_of(Leakage, lung)),
        lung_by=ints(sets_of(LeakDetection, lung_by), 0),
    )


def _reasons(at: Ints, missing: Sequence[Cell]) -> dict[str, dict[int, str]]:
    """Why there is no dose, by the name of the field and the place of the case."""
    found: dict[str, dict[int, str]] = {name: {} for name in RADIATION}
    for place, text in zip(at.tolist(), missing, strict=True):
        if text and place != NOTHING:
            said = json.loads(str(text))
            for name in RADIATION:
                if name in said:
                    found[name][place] = said[name]
    return found


def _read_events(database: peewee.Database, cases: Cases) -> tuple[EventRow, ...]:
    row = AdverseEvent
    query = row.select(
        row.procedure,
        row.kind,
        row.level,
        row.onset_on,
        row.sir_2017,
        row.cirse,
        row.cirse_version,
        row.clavien_dindo,
        row.outcome,
    )
    return tuple(
        EventRow(place, *(value or "" for value in told))
        for case_id, *told in database.execute(among(query, row.procedure, cases))
        if (place := cases.place_of.get(case_id)) is not None
    )
