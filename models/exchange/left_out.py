# SPDX-License-Identifier: MIT
"""Cells of the record that de-identification takes out, counted before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import peewee

from models.case import OF_LEVELS
from models.exchange.by_ids import MANY, ByIds, listed, rows_of
from models.exchange.choosing import Behind
from models.exchange.columns import Cell, Column
from models.exchange.deidentify import Dates, Deidentified, Fate, Kind, People, Rules, fate_of
from models.exchange.deidentify.people import WHOLE_DATE, Person
from models.exchange.linked import Linked, linked_tables
from models.exchange.steps import Steps
from models.fields import ClinicalField, Day
from models.schema import (
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    Row,
    TreatedLevel,
)
from models.signoff import SIGNED
from models.speech import lowered, say

_Seen = tuple[Person, Sequence[Cell]]
"""Whose some cells are, as seen from their case."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells of the record that the rules take out.

    Attributes:
        label: of the field.
        table: where it stands, in words.
        cells: how many of them hold something.
    """

    label: str
    table: str
    cells: int

    @property
    def name(self) -> str:
        """The label, with the table where several tables have a field of that label."""
        alike = [
            field
            for linked in linked_tables()
            for field in linked.fields
            if field.label == self.label
        ]
        return f"{self.label} ({lowered(self.table)})" if len(alike) > 1 else self.label


def left_out(
    database: peewee.Database,
    rules: Rules,
    case_ids: Sequence[str],
    steps: Steps,
    wanted: Collection[Behind] | None = None,
) -> list[LeftOut]:
    """What the rules take out of these cases, field by field: columns, and single dates.

    Of what is behind the columns that are ``wanted``; None for all of the record.

    Raises:
        LogbookError: it was stopped.
    """
    counts = _Counts(database, case_ids, steps)
    lost = [each for linked in linked_tables() for each in _fields(counts, linked, rules, wanted)]
    if rules.kind is Kind.SAFE_HARBOR:
        lost += _Days(database, rules, case_ids, steps, wanted).lost()
    return lost


def _is_wanted(field: peewee.Field, wanted: Collection[Behind] | None) -> bool:
    return wanted is None or (field.model, field.name) in wanted


class _Days:
    """Dates of columns that stay of which nothing is told: too imprecise, or of somebody old.

    Read are those alone of which that may be so.
    """

    def __init__(
        self,
        database: peewee.Database,
        rules: Rules,
        case_ids: Sequence[str],
        steps: Steps,
        wanted: Collection[Behind] | None,
    ) -> None:
        self._database, self._rules, self._steps = database, rules, steps
        self._wanted = wanted
        self._people = People(database, case_ids, rules)
        self._told = Deidentified(rules, self._people)
        self._doubtful = self._people.old_or_unsure()
        self._chosen = frozenset(case_ids)

    def lost(self) -> list[LeftOut]:
        """Such dates of every table, counted."""
        return [each for linked in linked_tables() for each in self._in(linked)]

    def _in(self, linked: Linked) -> list[LeftOut]:
        columns = [
            Column(field.name, field)
            for field in linked.fields
            if isinstance(field, Day) and _is_wanted(field, self._wanted)
        ]
        changed = [column for column in columns if fate_of(column, self._rules) is Fate.CHANGED]
        if not changed or linked.table is Image:
            return []
        is_lost = [self._told.lost_days(column) for column in changed]
        days = [column.field for column in changed if column.field is not None]
        counts = [0] * len(changed)
        for person, cells in self._rows(linked, days):
            for place, cell in enumerate(cells):
                counts[place] += cell is not None and is_lost[place](cell, person)
        return [
            LeftOut(field.label, linked.title, n)
            for field, n in zip(days, counts, strict=True)
            if n
        ]

    def _rows(self, linked: Linked, days: Sequence[ClinicalField]) -> Iterator[_Seen]:
        people, of_patients = self._people, linked.table is Patient
        doubtful = self._patients if of_patients else self._doubtful
        known = people.of_patients if of_patients else people.seen_from
        # Composed once: that takes longer than reading.
        reader = ByIds(self._database, lambda ids: _by_id(linked, days, ids), people.at_once)
        for chunk in self._steps.through(doubtful):
            persons = known(chunk)
            yield from ((persons[row_id], cells) for row_id, *cells in reader.all(chunk))
        if self._rules.dates is not Dates.DAYS:
            return
        # Of all others, a date that is not known to the day.
        short = reduce(or_, (peewee.fn.LENGTH(day) < WHOLE_DATE for day in days))
        rows = list(rows_of(self._database, _by_id(linked, days, None).where(short)))
        passed = set(doubtful)
        for start in range(0, len(rows), MANY):
            self._steps.stop_if_cancelled()
            some = [row for row in rows[start : start + MANY] if row[0] not in passed]
            chosen = some if of_patients else [row for row in some if row[0] in self._chosen]
            persons = known(row[0] for row in chosen)
            yield from ((persons[row_id], cells) for row_id, *cells in chosen if row_id in persons)

    @cached_property
    def _patients(self) -> list[str]:
        """Those of the doubtful cases."""
        ids: dict[str, None] = {}
        for chunk in self._steps.through(self._doubtful):
            persons = self._people.seen_from(chunk).values()
            ids.update(dict.fromkeys(person.patient_id for person in persons))
        return list(ids)


def _by_id(
    linked: Linked, fields: Sequence[ClinicalField], ids: Sequence[str] | None
) -> peewee.Query:
    """The fields of these cases, or of all, behind the id; of patients in the table of these."""
    table = linked.table
    of_levels = issubclass(table, Row) and table in OF_LEVELS
    owner = TreatedLevel if of_levels else table
    key = owner._meta.fields["procedure" if issubclass(table, Row) else "id"]
    query = table.select(key, *fields)
    query = query.join(TreatedLevel) if of_levels else query
    return query if ids is None else query.where(key.in_(ids))


def _fields(
    counts: _Counts, linked: Linked, rules: Rules, wanted: Collection[Behind] | None
) -> list[LeftOut]:
    if linked.table is Image:
        (images,) = counts.of(linked, [Image._meta.fields["id"]])
        return [LeftOut(say("Images"), linked.title, images)] if images else []
    dropped = [each for each in _dropped(linked, rules) if _is_wanted(each[1], wanted)]
    if not dropped:
        return []
    found: Counter[str] = Counter()
    for (label, _), n in zip(dropped, counts.of(linked, [of for _, of in dropped]), strict=True):
        found[label] += n
    return [LeftOut(label, linked.title, n) for label, n in found.items() if n]


def _dropped(linked: Linked, rules: Rules) -> Iterator[tuple[str, peewee.Field]]:
    """The columns of a table that go, by what people call them."""
    for field in linked.fields:
        if fate_of(Column(field.name, field), rules) is Fate.DROPPED:
            yield field.label, field
    if linked.table is Procedure:
        signed = (say("Signed off"), say("Signed off by"))
        for label, name in zip(signed, SIGNED, strict=True):
            yield label, Procedure._meta.fields[name]
    told = say("Explanations ({title})", title=lowered(linked.title))
    named = (PatientIdentity,) if linked.table is Patient else ()
    for table in (linked.table, *named):
        yield told, table._meta.fields["explained"]


class _Counts:
    """How many rows of some cases hold something in a field.

    Of all cases it is told quicker than of chosen ones, so what only few are not among is counted
    as the whole without those.
    """

    def __init__(self, database: peewee.Database, case_ids: Sequence[str], steps: Steps) -> None:
        self._database, self._case_ids, self._steps = database, case_ids, steps
        chosen = set(case_ids)
        others = (str(row[0]) for row in rows_of(database, Procedure.select(Procedure.id)))
        self._others = [case_id for case_id in others if case_id not in chosen]

    def of(self, linked: Linked, fields: Sequence[peewee.Field]) -> list[int]:
        """The counts, in the order of the fields."""
        query = linked.table.select(*map(peewee.fn.COUNT, fields))
        if linked.table is Patient:
            # A patient is there once, however many of the cases are theirs.
            query = query.join(PatientIdentity, peewee.JOIN.LEFT_OUTER)
            return self._sum(query, [_of_cases(linked, self._case_ids)])
        if len(self._others) >= len(self._case_ids):
            return self._among(query, linked, self._case_ids)
        whole, less = self._sum(query, [None]), self._among(query, linked, self._others)
        return [total - n for total, n in zip(whole, less, strict=True)]

    def _among(self, query: peewee.Query, linked: Linked, case_ids: Sequence[str]) -> list[int]:
        starts = range(0, len(case_ids), MANY)
        chunks = [case_ids[start : start + MANY] for start in starts] or [case_ids]
        return self._sum(query, [_of_cases(linked, chunk) for chunk in chunks])

    def _sum(
        self, query: peewee.Query, conditions: Sequence[peewee.Expression | None]
    ) -> list[int]:
        rows = []
        for condition in conditions:
            self._steps.stop_if_cancelled()
            asked = query if condition is None else query.where(condition)
            rows += list(rows_of(self._database, asked))
        return [sum(int(str(n)) for n in column) for column in zip(*rows, strict=True)]


def _of_cases(linked: Linked, case_ids: Sequence[str]) -> peewee.Expression:
    ids = listed(case_ids)
    condition: peewee.Expression
    if linked.table is Patient:
        patients = Procedure.select(Procedure.patient).where(Procedure.id.in_(ids))
        condition = Patient.id.in_(patients)
    elif linked.table is Procedure:
        condition = Procedure.id.in_(ids)
    else:
        condition = linked.is_of(ids)
    return condition
