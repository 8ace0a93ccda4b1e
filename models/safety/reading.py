# SPDX-License-Identifier: MIT
"""Reads what the numbers about safety rest on: a few statements, however many cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from itertools import count
from operator import itemgetter, or_
from typing import TYPE_CHECKING

import numpy as np
from peewee import fn

from models.analysis.columns import Ints as Counted
from models.analysis.columns import (
    Packed,
    rank_in,
    row_of,
    steps_of,
    texts_of,
)
from models.analysis.members import found_by, not_in_bin
from models.analysis.packed import (
    BY_NUMBER,
    places_in,
    read_packed,
)
from models.engines.beside import beside
from models.engines.engine import Engine
from models.query import EVERYTHING, Filter
from models.safety.columns import (
    NOTHING,
    Bools,
    Cell,
    Ints,
    Numbers,
    places_of,
    sets_of,
)
from models.safety.record import Cases, EventRow, Levels, SafetyRecord, Sessions
from models.schema import AdverseEvent, CaseRow, Leak, Procedure, TreatedLevel
from models.spellings import one_spelling
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


def read_safety(logbook: Logbook, asked: Filter = EVERYTHING) -> SafetyRecord:
    """Read the cases that meet the filter and are not in the bin.

    Five statements, and those by which the cases are found. Call it inside ``logbook.session()``.
    """
    # One view of the logbook for all statements, whoever saves meanwhile.
    with logbook.database.view():
        cases = read_cases(logbook, asked)
        leaks = beside(logbook.database, lambda: _read_leaks(logbook.database))
        events = _read_events(logbook.database, cases)
        levels = _read_levels(logbook.database, cases, leaks)
        return SafetyRecord(cases, levels, _read_sessions(logbook.database, cases), events)


def read_cases(logbook: Logbook, asked: Filter = EVERYTHING) -> Cases:
    """The cases alone."""
    row = CaseRow
    in_part = row.performed_day.is_null() & row.performed_on.is_null(False)
    read = read_packed(
        logbook.database,
        row.select().where(not_in_bin()),
        wide=[row.number, row.performed_day],
        numbers=[row.synthetic, in_part],
        texts=[
            *(texts_of(one) for one in (row.case_id, row.patient_id, row.operator)),
            texts_of(row.performed_on, in_part),
        ],
        halved_by=BY_NUMBER,
    )
    number, day = read.wide
    synthetic = read.numbers[0]
    # In the order of their dates, those known in part before those of that month or year.
    begun = np.where(day == NOTHING, 0, day).astype(np.int64) * _BEGINNINGS
    begun[read.numbers[1] == 1] = [_begin_of(text) for text in read.texts.pop()]
    order = np.argsort((begun << 32) + number, kind="stable")
    # All of the logbook, so that whoever was chosen stays so while filters change.
    spelling = one_spelling(read.texts[2])
    names = sorted(set(spelling.values()), key=str.casefold)
    if asked.terms:
        order = order[np.isin(number[order], found_by(logbook, asked))]
    places = order.tolist()
    ids, patients = (list(map(text.__getitem__, places)) for text in read.texts[:2])
    place: dict[Cell, int] = dict(zip(dict.fromkeys(patients), count(), strict=False))
    known: dict[Cell, int] = {written: names.index(name) for written, name in spelling.items()}
    return Cases(
        tuple(map(str, ids)),
        places_of(patients, place),
        day[order].astype(np.int64),
        tuple(names),
        places_of(read.texts[2], known)[order],
        synthetic[order] == 1,
        place,
        number[order],
    )


_BEGINNINGS = 3
"""Moments that are told apart: a year begins before its month does, and that before its day."""


def _begin_of(date_in_part: str | None) -> int:
    """When a date such as 2011 or 2011-03 began; days are counted so many to one."""
    year, _, month = (date_in_part or "").partition("-")
    first = date(int(year), int(month or 1), 1).toordinal()
    return first * _BEGINNINGS - (1 if month else 2)


def _read_levels(database: Engine, cases: Cases, listed: Callable[[], Packed]) -> Levels:
    row = TreatedLevel
    read = read_packed(
        database,
        cases.rows_of(row.procedure),
        wide=[CaseRow.number, row_of(row)],
        numbers=[
            rank_in(Level, row.level),
            rank_in(Technique, row.technique),
            rank_in(Leakage, row.leakage),
        ],
        texts=[texts_of(row.leak_assessed_by)],
        halved_by=cases.halved_by,
    )
    case = cases.places_of(read.wide[0])
    kept = case != NOTHING
    level, technique, leakage = (column[kept].astype(np.int64) for column in read.numbers)
    leaks = _Leaks(listed(), read.wide[1][kept], leakage == Leakage.PRESENT.rank)
    return Levels(
        case=case[kept],
        level=level,
        technique=technique,
        leakage=leakage,
        sought_by=sets_of(LeakDetection, read.texts[0])[kept],
        locations=leaks.locations(),
        yeoms=leaks.yeoms(),
        seen_by=leaks.seen_by(),
        unlocated=leaks.unlocated(),
        untyped=leaks.untyped(),
        unseen=leaks.unseen(),
        symptomatic=leaks.symptomatic(),
        unasked=leaks.unasked(),
    )


def _read_leaks(database: Engine) -> Packed:
    """All leaks that are listed, each with its level as SQLite counts it."""
    row = Leak
    return read_packed(
        database,
        row.select().join(TreatedLevel),
        wide=[row_of(TreatedLevel)],
        numbers=[
            rank_in(LeakLocation, row.location),
            rank_in(Yeom, row.yeom_type),
            rank_in(YesNo, row.symptomatic),
            rank_in(LeakDetection, row.detected_by),
        ],
    )


class _Leaks:
    """Gathers leaks that were read at their levels, ``levels`` as SQLite counts them."""

    def __init__(self, read: Packed, levels: Counted, leaked: Bools) -> None:
        ascending = np.argsort(levels)
        at = places_in(levels[ascending], read.wide[0])
        kept = at != NOTHING
        self._n, self._at, self._leaked = len(leaked), ascending[at[kept]], leaked
        self._listed = np.zeros(self._n, dtype=bool)
        self._listed[self._at] = True
        ranks = [column[kept].astype(np.int64) for column in read.numbers]
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


RADIATION = ("fluoro_time_s", "kap_gycm2", "air_kerma_mgy")
"""Names of the fields of ``Procedure`` that tell the dose."""

_STEPS = 10_000
"""Doses are read in steps, as many to 1; none is kept to more places."""


def _read_sessions(database: Engine, cases: Cases) -> Sessions:
    row = Procedure
    # Reasons are looked at only where a dose is not told: they are long to read.
    lacking = reduce(or_, (row._meta.fields[name].is_null() for name in RADIATION))
    read = read_packed(
        database,
        cases.rows_of(row.id),
        wide=[CaseRow.number, *(steps_of(getattr(row, name), _STEPS) for name in RADIATION)],
        numbers=[
            rank_in(YesNo, row.any_complication),
            rank_in(YesNo, row.technical_success),
            rank_in(Leakage, row.lung_cement),
            lacking,
        ],
        texts=[texts_of(row.lung_cement_assessed_by), texts_of(row.missing, lacking)],
        halved_by=cases.halved_by,
    )
    number, *doses = read.wide
    at = cases.places_of(number)
    kept = at != NOTHING

    def numbers(steps: Counted) -> Numbers:
        spread = np.full(cases.n, np.nan)
        spread[at[kept]] = np.where(steps == NOTHING, np.nan, steps / _STEPS)[kept]
        return spread

    def ints(column: Counted | Ints, otherwise: int = NOTHING) -> Ints:
        spread = np.full(cases.n, otherwise, np.int64)
        spread[at[kept]] = column[kept]
        return spread

    complication, success, lung, is_lacking = read.numbers
    fluoro, kap, kerma = map(numbers, doses)
    return Sessions(
        fluoro_s=fluoro,
        kap_gycm2=kap,
        air_kerma_mgy=kerma,
        why_not=_reasons(at[is_lacking == 1], read.texts[1]),
        complication=ints(complication),
        success=ints(success),
        lung=ints(lung),
        lung_by=ints(sets_of(LeakDetection, read.texts[0]), 0),
    )


def _reasons(at: Ints, missing: Sequence[str | None]) -> dict[str, dict[int, str]]:
    """Why there is no dose, by the name of the field and the place of the case."""
    found: dict[str, dict[int, str]] = {name: {} for name in RADIATION}
    # Many cases miss the same for the same reasons.
    said = {text: json.loads(text) for text in set(missing) if text}
    for place, text in zip(at.tolist(), missing, strict=True):
        if text and place != NOTHING:
            for name in RADIATION:
                if name in said[text]:
                    found[name][place] = said[text][name]
    return found


def _read_events(database: Engine, cases: Cases) -> tuple[EventRow, ...]:
    row = AdverseEvent
    columns = (
        row.kind,
        row.level,
        row.onset_on,
        row.sir_2017,
        row.cirse,
        row.cirse_version,
        row.clavien_dindo,
        row.outcome,
    )
    # There are few events: each finds its case, and not each case its events.
    listed = row.select(CaseRow.number, *(fn.coalesce(one, "") for one in columns)).join(
        CaseRow, on=(CaseRow.case_id == row.procedure)
    )
    told = sorted(database.execute(listed).fetchall(), key=itemgetter(0))
    places = cases.places_of(np.array([line[0] for line in told], np.int32)).tolist()
    return tuple(
        EventRow(place, *line[1:])
        for place, line in zip(places, told, strict=True)
        if place != NOTHING
    )
