# SPDX-License-Identifier: MIT
"""A clinic can add published rates of its own to those that come with the program."""

from __future__ import annotations

from peewee import CharField, Database, Model, TextField
from playhouse.migrate import SchemaMigrator


class LiteratureRow(Model):
    """As it was when this migration was written."""

    id = CharField(36, primary_key=True)
    content = TextField()

    class Meta:
        """Named like every other table."""

        table_name = "literature_row"
        legacy_table_names = False


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the table."""
    with database.bind_ctx([LiteratureRow]):
        database.create_tables([LiteratureRow])
