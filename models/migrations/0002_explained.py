# SPDX-License-Identifier: MIT
"""Every row of the record can say why an unusual value stands as it is."""

from __future__ import annotations

from peewee import Database, TextField
from playhouse.migrate import SchemaMigrator

TABLES = (
    "patient",
    "patient_identity",
    "procedure",
    "prior_treatment",
    "adjunct",
    "treated_level",
    "balloon",
    "leak",
    "adverse_event",
    "assessment",
    "image",
)


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the column to every table of the record."""
    migrator.migrate(
        *(migrator.add_column(table, "explained", TextField(null=True)) for table in TABLES)
    )
