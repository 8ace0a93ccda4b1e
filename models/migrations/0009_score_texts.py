# SPDX-License-Identifier: MIT
"""The list holds what the assessments of a case say, so that analyses of very many are quick.

It is worked out of the record, so it is filled when the logbook catches up.
"""

from __future__ import annotations

from peewee import Database, TextField
from playhouse.migrate import SchemaMigrator

COLUMNS = ("scores", "score_days", "score_words", "value_sets")


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the columns."""
    del database
    migrator.migrate(
        *(migrator.add_column("case_row", name, TextField(null=True)) for name in COLUMNS)
    )
