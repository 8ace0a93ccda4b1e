# SPDX-License-Identifier: MIT
"""How many cases, patients and levels there are is read off one index."""

from __future__ import annotations

from peewee import Database
from playhouse.migrate import SchemaMigrator

COUNTED = ("deleted", "patient_id", "level_count", "synthetic", "number")


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the index."""
    del database
    migrator.migrate(migrator.add_index("case_row", COUNTED))
