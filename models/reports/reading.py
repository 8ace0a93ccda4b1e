# SPDX-License-Identifier: MIT
"""Reads what reports tell of many cases: a fixed number of statements for each thousand of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import peewee

from models.caselist import CaseLine, Query, Score, SortBy, all_lines
from models.heights import HeightGain, height_gain
from models.logbook import Logbook
from models.numbers import Reported
from models.query import EVERYTHING, Filter
from models.schema import AdverseEvent, CaseRow, Leak, Procedure, Record, TreatedLevel
from models.vocabulary import Level, TimePoint

Progress = Callable[[int, int], None]
"""Hears how much is done, and of how much in all; raises to stop the work."""

R = TypeVar("R", bound=Record)

_LEVEL_FIELDS = (
    *("id", "procedure", "level", "diagnosis", "technique", "approach", "approach_other", "side"),
    *("cement_ml", "cement_type", "leakage", "leak_assessed_by", "missing"),
    *("anterior_before_mm", "anterior_after_mm", "middle_before_mm", "middle_after_mm"),
    *("height_gain_low_mm", "height_gain_high_mm"),
)
_CASE_FIELDS = (
    *("id", "patient", "supervisor", "trainee_share", "anesthesia", "any_complication"),
    *("age_at_procedure", "missing"),
)
_EVENT_FIELDS = ("id", "procedure", "kind", "level")
_LEAK_FIELDS = ("id", "treated_level", "location", "symptomatic")


@dataclass(frozen=True, slots=True)
class LevelTold:
    """A treated level with its leaks, and what it gained in height."""

    row: TreatedLevel
    leaks: tuple[Leak, ...]
    gain: HeightGain | None


@dataclass(frozen=True, slots=True)
class CaseTold:
    """What a report tells of one case.

    Attributes:
        line: what the list of cases shows of it.
        procedure: the fields of it that reports need, and no others.
        levels: from head to tail; those without a name last.
        events: adverse events in the order of entry.
    """

    line: CaseLine
    procedure: Procedure
    levels: tuple[LevelTold, ...]
    events: tuple[AdverseEvent, ...]

    @property
    def patient_id(self) -> str:
        """Whose case it is."""
        return str(self.procedure.patient_id)

    @property
    def before(self) -> Score | None:
        """The score that stands for the time before; None where nothing is said."""
        return self._score(self.line.before, is_before=True)

    @property
    def latest(self) -> Score | None:
        """The last score after the procedure; None where nothing is said."""
        return self._score(self.line.latest, is_before=False)

    def _score(self, reported: Reported, *, is_before: bool) -> Score | None:
        if reported == Reported():
            return None
        found = [
            score
            for score in self.line.course
            if score.reported == reported and (score.time_point is TimePoint.BASELINE) is is_before
        ]
        return found[-1] if found else None


def cases_told(
    logbook: Logbook, asked: Filter = EVERYTHING, progress: Progress | None = None
) -> list[CaseTold]:
    """The cases of a filter in the order of their dates; cases without a date come last.

    Call it inside ``logbook.session()``, within one transaction where numbers must fit together.
    """
    told: list[CaseTold] = []
    query = Query(asked, SortBy.DATE, descending=False)
    total = count_cases(logbook) if progress is not None else 0
    for lines in all_lines(logbook, query):
        told += _with_rows(logbook.database, lines)
        if progress is not None:
            progress(len(told), max(total, len(told)))
    return told


def count_cases(logbook: Logbook, *, in_bin: bool = False) -> int:
    """How many cases there are outside the bin, or in it."""
    query = CaseRow.select().where(CaseRow.deleted == in_bin)
    return int(query.count(logbook.database))


def _with_rows(database: peewee.Database, lines: Sequence[CaseLine]) -> Iterator[CaseTold]:
    ids = [line.case_id for line in lines]
    procedures = {str(row.id): row for row in _read(database, Procedure, _CASE_FIELDS, "id", ids)}
    levels = _by(_read(database, TreatedLevel, _LEVEL_FIELDS, "procedure", ids), "procedure")
    level_ids = [str(row.id) for row in chain.from_iterable(levels.values())]
    leaks = _by(_read(database, Leak, _LEAK_FIELDS, "treated_level", level_ids), "treated_level")
    events = _by(_read(database, AdverseEvent, _EVENT_FIELDS, "procedure", ids), "procedure")
    for line in lines:
        own = sorted(levels[line.case_id], key=_place)
        yield CaseTold(
            line,
            procedures[line.case_id],
            tuple(LevelTold(row, tuple(leaks[str(row.id)]), _gain(row)) for row in own),
            tuple(events[line.case_id]),
        )


def _read(
    database: peewee.Database,
    table: type[R],
    names: Sequence[str],
    key: str,
    wanted: Sequence[str],
) -> list[R]:
    """The rows whose ``key`` is among the wanted ones, in their order of entry."""
    fields = table._meta.fields
    among = peewee.SQL("IN (SELECT value FROM json_each(?))", [json.dumps(list(wanted))])
    query = table.select(*(fields[name] for name in names))
    query = query.where(peewee.NodeList((fields[key], among)))
    if "position" in fields:
        query = query.order_by(fields["position"], fields["id"])
    return list(query.execute(database))


def _by(rows: Sequence[R], parent: str) -> Mapping[str, list[R]]:
    found: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[str(row.__data__[parent])].append(row)
    return found


def _place(row: TreatedLevel) -> int:
    return row.level.rank if row.level is not None else len(Level)


def _gain(row: TreatedLevel) -> HeightGain | None:
    return height_gain(
        (row.anterior_before_mm, row.anterior_after_mm),
        (row.middle_before_mm, row.middle_after_mm),
        (row.height_gain_low_mm, row.height_gain_high_mm),
    )
