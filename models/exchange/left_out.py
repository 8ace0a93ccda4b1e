# SPDX-License-Identifier: MIT
"""Cells of the record that de-identification takes out, counted before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import peewee

from models.case import OF_LEVELS
from models.exchange.by_ids import ByIds
from models.exchange.columns import Column
from models.exchange.deidentify import Deidentified, Fate, Kind, People, Rules, fate_of
from models.exchange.linked import Linked, linked_tables
from models.exchange.steps import Steps
from models.fields import ClinicalField, Day
from models.schema import Image, Patient, PatientIdentity, Procedure, Row, TreatedLevel
from models.speech import lowered, say


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
    database: peewee.Database, rules: Rules, case_ids: Sequence[str], steps: Steps
) -> list[LeftOut]:
    """What the rules take out of these cases, field by field: columns, and single dates.

    Raises:
        LogbookError: it was stopped.
    """
    tables = linked_tables()
    lost = [each for linked in tables for each in _fields(database, linked, rules, case_ids, steps)]
    if rules.kind is not Kind.SAFE_HARBOR:
        return lost
    people = People(database, case_ids)
    told = Deidentified(rules, people)
    for linked in tables:
        ids = people.patient_ids() if linked.table is Patient else case_ids
        lost += _days(database, linked, rules, told, ids, steps)
    return lost


def _days(
    database: peewee.Database,
    linked: Linked,
    rules: Rules,
    told: Deidentified,
    ids: Sequence[str],
    steps: Steps,
) -> list[LeftOut]:
    """Dates of columns that stay of which nothing is told: too imprecise, or of somebody old."""
    columns = [Column(field.name, field) for field in linked.fields if isinstance(field, Day)]
    changed = [column for column in columns if fate_of(column, rules) is Fate.CHANGED]
    if not changed or linked.table is Image:
        return []
    is_lost = [told.lost_days(column) for column in changed]
    days = [column.field for column in changed if column.field is not None]
    # Composed once: that takes longer than reading.
    reader = ByIds(database, lambda some: _by_case(linked, days, some), steps.at_once)
    counts = [0] * len(changed)
    for chunk in steps.through(ids):
        for row_id, *cells in reader.all(chunk):
            for place, cell in enumerate(cells):
                counts[place] += cell is not None and is_lost[place](row_id, cell)
    return [
        LeftOut(field.label, linked.title, n) for field, n in zip(days, counts, strict=True) if n
    ]


def _by_case(linked: Linked, fields: Sequence[ClinicalField], ids: Sequence[str]) -> peewee.Query:
    """The fields of these cases, or of these patients in the table of these, behind the id."""
    table = linked.table
    if not issubclass(table, Row):
        return table.select(table.id, *fields).where(table.id.in_(ids))
    if table not in OF_LEVELS:
        case = table._meta.fields["procedure"]
        return table.select(case, *fields).where(case.in_(ids))
    case = TreatedLevel._meta.fields["procedure"]
    return table.select(case, *fields).join(TreatedLevel).where(case.in_(ids))


def _fields(
    database: peewee.Database,
    linked: Linked,
    rules: Rules,
    case_ids: Sequence[str],
    steps: Steps,
) -> list[LeftOut]:
    if linked.table is Image:
        images = _count(database, linked, [Image._meta.fields["id"]], case_ids, steps)
        return [LeftOut(say("Images"), linked.title, images[0])] if images[0] else []
    dropped = [
        field
        for field in linked.fields
        if fate_of(Column(field.name, field), rules) is Fate.DROPPED
    ]
    labels = [field.label for field in dropped]
    asked = [*dropped, linked.table._meta.fields["explained"]]
    counts = _count(database, linked, asked, case_ids, steps)
    found = zip(
        [*labels, say("Explanations ({title})", title=lowered(linked.title))], counts, strict=True
    )
    return [LeftOut(label, linked.title, cells) for label, cells in found if cells]


def _count(
    database: peewee.Database,
    linked: Linked,
    fields: Sequence[peewee.Field],
    case_ids: Sequence[str],
    steps: Steps,
) -> list[int]:
    """How many rows of these cases hold something in each field."""
    totals = [0] * len(fields)
    counted = [peewee.fn.COUNT(field) for field in fields]
    # Composed once: that takes longer than counting.
    reader = ByIds(database, lambda ids: _of_cases(linked, counted, ids), steps.at_once)
    for chunk in steps.through(case_ids):
        (row,) = reader.all(chunk)
        totals = [total + int(n or 0) for total, n in zip(totals, row, strict=True)]
    return totals


def _of_cases(
    linked: Linked, counted: Sequence[peewee.Node], case_ids: Sequence[str]
) -> peewee.Query:
    table = linked.table
    if issubclass(table, Row):
        return table.select(*counted).where(linked.is_of(case_ids))
    if table is Procedure:
        return table.select(*counted).where(table.id.in_(case_ids))
    patients = Procedure.select(Procedure.patient).where(Procedure.id.in_(case_ids))
    named = table.select(*counted).join(PatientIdentity, peewee.JOIN.LEFT_OUTER)
    return named.where(table.id.in_(patients))
