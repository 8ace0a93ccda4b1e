# SPDX-License-Identifier: MIT
"""The record as linked tables: one sheet a table of the schema, linked by ids.

Every sheet but that of the patients, which has their names where a clinic keeps them, begins with
the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import peewee

from models.case import LISTS, OF_LEVELS
from models.exchange.by_ids import ByIds, Stored
from models.exchange.columns import Cell, Column, Holds
from models.exchange.flat_columns import SIGNED_TOLD
from models.exchange.pictures import SHA256
from models.exchange.said import explanations, reasons
from models.exchange.sheet import Cells, Link, Sheet
from models.exchange.steps import Steps
from models.fields import ClinicalField
from models.schema import (
    Image,
    ImageContent,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
    Row,
    TreatedLevel,
    rows_named,
)
from models.signoff import SIGNED
from models.speech import lowered, say

CASE_ID, PATIENT_ID, LEVEL_ID = "case_id", "patient_id", "level_id"
PATIENTS, PROCEDURES = "patients", "procedures"
OF_NAMES = "identity_"
"""Before the columns of a patient in which stands what is said of the names."""

ADDED_AT = "added_at"

_OWN_IDS: dict[type[Record], str] = {
    Patient: PATIENT_ID,
    Procedure: CASE_ID,
    TreatedLevel: LEVEL_ID,
}
_TOLD = {
    "version": say("How often it was saved."),
    "position": say("Place in the order of entry, from 0."),
    "chosen": say("1 where the score is the one that stands for its time point."),
    "complete": say("1 where every core field of the case is answered."),
    "synthetic": say("1 for a generated case."),
    **SIGNED_TOLD,
}
_OF_PICTURES = {
    ADDED_AT: say("When the image was added, in UTC."),
    SHA256: say(
        "The picture: an identified data package has it as images/ and this SHA-256, with "
        "the ending .png or .jpg. No other export has pictures."
    ),
    "media_type": say("What kind of file the picture is."),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """How a table of the schema becomes a sheet."""

    table: type[Record]
    name: str

    @property
    def own_id(self) -> str:
        """The column that tells its rows apart."""
        return _OWN_IDS.get(self.table, f"{self.table._meta.table_name}_id")

    @property
    def title(self) -> str:
        """What a row is."""
        return rows_named(str(self.table._meta.table_name))

    def columns(self) -> tuple[Column, ...]:
        """Ids, fields in the order of the schema, what the program keeps, what is said of them."""
        row = lowered(self.title)
        ids = [Column(name, None, told, made_of=Holds.ID) for name, told in self._ids().items()]
        fields = [Column(field.name, field) for field in self.fields]
        kept = [_kept(field) for field in self.kept]
        told = _OF_PICTURES if self.table is Image else {}
        kept += [Column(name, None, of, made_of=Holds.WORDS) for name, of in told.items()]
        named = _said_of("names", OF_NAMES) if self.table is Patient else ()
        return (*ids, *fields, *kept, *named, *_said_of(row))

    @property
    def fields(self) -> list[ClinicalField]:
        """What people filled in; with a patient stands what names the person."""
        named = PatientIdentity.clinical_fields() if self.table is Patient else []
        return [*self.table.clinical_fields(), *named]

    @property
    def kept(self) -> list[peewee.Field]:
        """Numbers and marks that the program keeps with a row, and who signed it off when."""
        return [
            field
            for field in self.table._meta.sorted_fields
            if (
                isinstance(field, peewee.IntegerField | peewee.BooleanField)
                and not isinstance(field, ClinicalField)
            )
            or field.name in SIGNED
        ]

    @property
    def links(self) -> tuple[Link, ...]:
        """To the sheets above it."""
        if self.table is Patient:
            return ()
        if self.table is Procedure:
            return (Link(PATIENT_ID, PATIENTS, PATIENT_ID),)
        to_case = Link(CASE_ID, PROCEDURES, CASE_ID)
        of_level = issubclass(self.table, Row) and self.table in OF_LEVELS
        return (to_case, Link(LEVEL_ID, LISTS[TreatedLevel], LEVEL_ID)) if of_level else (to_case,)

    def _ids(self) -> dict[str, str]:
        told = {
            PATIENT_ID: say("The patient, the same in all cases of the person."),
            CASE_ID: say("The case, in whatever logbook it is."),
            LEVEL_ID: say("The treated level."),
        }
        own = told.get(self.own_id, say("The {title}.", title=lowered(self.title)))
        above = {link.column: told[link.column] for link in self.links}
        own_first = self.table is Procedure
        return {self.own_id: own, **above} if own_first else {**above, self.own_id: own}

    def select(self, ids: Sequence[str]) -> peewee.Query:
        """The rows of these cases (of these patients, in their sheet), in the order of entry."""
        table = self.table
        named = [PatientIdentity.missing, PatientIdentity.explained] if table is Patient else []
        of_pictures = [Image.added_at, Image.content, ImageContent.media_type]
        kept = [*self.kept, *(of_pictures if table is Image else named)]
        asked = [*self.fields, *kept, table.missing, table.explained]
        if not issubclass(table, Row):
            above = [Procedure.patient] if table is Procedure else []
            own = table.select(table.id, *above, *asked).where(table.id.in_(ids))
            return own.join(PatientIdentity, peewee.JOIN.LEFT_OUTER) if named else own
        if table not in OF_LEVELS:
            case = table._meta.fields["procedure"]
            query = table.select(case, table.id, *asked).where(case.in_(ids))
            if table is Image:
                query = query.join(ImageContent, peewee.JOIN.LEFT_OUTER)
            return query.order_by(table.position, table.id)
        level = table._meta.fields["treated_level"]
        query = table.select(TreatedLevel.procedure, level, table.id, *asked).join(TreatedLevel)
        in_order = (TreatedLevel.position, level, table.position, table.id)
        return query.where(TreatedLevel.procedure.in_(ids)).order_by(*in_order)

    def is_of(self, case_ids: peewee.Node) -> peewee.Expression:
        """That a row of a list belongs to one of these cases."""
        belongs: peewee.Expression
        if self.table not in OF_LEVELS:
            belongs = self.table._meta.fields["procedure"].in_(case_ids)
            return belongs
        case = TreatedLevel._meta.fields["procedure"]
        of_cases = TreatedLevel.select(TreatedLevel.id).where(case.in_(case_ids))
        belongs = self.table._meta.fields["treated_level"].in_(of_cases)
        return belongs


def linked_tables() -> tuple[Linked, ...]:
    """All of them, those that others point to first."""
    own = (Linked(Patient, PATIENTS), Linked(Procedure, PROCEDURES))
    return (*own, *(Linked(table, name) for table, name in LISTS.items()))


def linked_sheets(
    database: peewee.Database, case_ids: Sequence[str], steps: Steps
) -> tuple[Sheet, ...]:
    """The sheets of these cases, in their order."""
    return tuple(_sheet(database, linked, case_ids, steps) for linked in linked_tables())


def _sheet(
    database: peewee.Database, linked: Linked, case_ids: Sequence[str], steps: Steps
) -> Sheet:
    def rows() -> Iterator[Cells]:
        read = ByIds(database, linked.select, steps.at_once)
        seen: set[Cell] = set()
        for chunk in steps.through(case_ids):
            ids = _patients_of(database, chunk, seen) if linked.table is Patient else chunk
            found = read.by_first(ids)
            cells = _cells_of_patient if linked.table is Patient else _cells
            for each in ids:
                yield from map(cells, found[each])

    return Sheet(linked.name, linked.title, linked.columns(), rows, (linked.own_id,), linked.links)


def _patients_of(database: peewee.Database, case_ids: Sequence[str], seen: set[Cell]) -> list[str]:
    """The patients of these cases who were not seen yet, in the order of their cases."""
    query = Procedure.select(Procedure.id, Procedure.patient).where(Procedure.id.in_(case_ids))
    sql, values = database.get_sql_context().sql(query).query()
    of_cases = dict(database.execute_sql(sql, values).fetchall())
    met = dict.fromkeys(of_cases[case_id] for case_id in case_ids if case_id in of_cases)
    new = [str(patient_id) for patient_id in met if patient_id not in seen]
    seen.update(new)
    return new


def _cells(row: Stored) -> Cells:
    return [*row[:-2], reasons(row[-2]), explanations(row[-1])]


def _cells_of_patient(row: Stored) -> Cells:
    return [*row[:-4], reasons(row[-4]), explanations(row[-3]), *_cells(row[-2:])]


def _said_of(row: str, prefix: str = "") -> tuple[Column, Column]:
    why = say("Why fields of the {row} are empty: field:reason, joined by |.", row=row)
    stays = say("Why unusual values of the {row} stand: a JSON object of field to words.", row=row)
    return (
        Column(f"{prefix}missing", None, why, made_of=Holds.REASONS),
        Column(f"{prefix}explained", None, stays, made_of=Holds.SAYINGS),
    )


def _kept(field: peewee.Field) -> Column:
    holds = Holds.FLAG if isinstance(field, peewee.BooleanField) else Holds.COUNT
    holds = Holds.WORDS if isinstance(field, peewee.TextField) else holds
    return Column(
        field.name, None, _TOLD.get(str(field.name), say("Kept by the program.")), made_of=holds
    )
