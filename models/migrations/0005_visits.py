# SPDX-License-Identifier: MIT
"""The line of a case says how each planned visit stands, so that what is due is read off it."""

from __future__ import annotations

from peewee import Database, IntegerField, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the columns and their index; what belongs into them is made anew after the migration."""
    migrator.migrate(
        migrator.add_column("case_row", "performed_day", IntegerField(null=True)),
        migrator.add_column("case_row", "visits", TextField(default="")),
        migrator.add_column("case_row", "days_to_death", IntegerField(null=True)),
        migrator.add_index(
            "case_row", ("deleted", "performed_day", "visits", "days_to_death", "number")
        ),
    )
