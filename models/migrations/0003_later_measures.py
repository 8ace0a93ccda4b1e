# SPDX-License-Identifier: MIT
"""Heights at follow-up, the time of discharge, cement in the lungs, extra vertebrae, calls tried.

Balloons without a volume keep a case from being complete from here on.
"""

from __future__ import annotations

from typing import cast

from peewee import (
    CharField,
    Database,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    ModelBase,
    TextField,
)
from playhouse.migrate import SchemaMigrator


class Measured(Field):
    """A number kept exactly as it was measured."""

    field_type = "NUMERIC"


def table(name: str, /, **columns: Field) -> type[Model]:
    """A table as migrations see it: its name and its columns."""
    meta = type("Meta", (), {"legacy_table_names": False})
    return cast("type[Model]", ModelBase(name, (Model,), {"Meta": meta, **columns}))


TreatedLevel = table("TreatedLevel", id=CharField(36, primary_key=True))

MEASURES = ("anterior_mm", "middle_mm", "posterior_mm", "wedge_deg", "kyphosis_deg")
WORDS = ("missing", "explained", "measured_on", "kyphosis_method", "measure_modality")

LaterMeasure = table(
    "LaterMeasure",
    id=CharField(36, primary_key=True),
    position=IntegerField(),
    treated_level=ForeignKeyField(TreatedLevel, on_delete="CASCADE"),
    **{name: TextField(null=True) for name in WORDS},
    **{name: Measured(null=True) for name in MEASURES},
)

ADDED: tuple[tuple[str, str, Field], ...] = (
    ("patient", "extra_vertebrae", TextField(null=True)),
    ("procedure", "discharged_at", TextField(null=True)),
    ("procedure", "lung_cement", TextField(null=True)),
    ("procedure", "lung_cement_assessed_by", TextField(null=True)),
    ("assessment", "call_attempts", IntegerField(null=True)),
)


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Make the table, add the columns, and find patients by their birth date without a scan."""
    with database.bind_ctx([LaterMeasure]):
        database.create_tables([LaterMeasure])
    migrator.migrate(
        *(migrator.add_column(*added) for added in ADDED),
        migrator.add_index("patient", ("birth_date",)),
    )
