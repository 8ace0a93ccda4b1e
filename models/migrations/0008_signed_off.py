# SPDX-License-Identifier: MIT
"""A case can be signed off; the audit is searched by user and by action, and its end is noted."""

from __future__ import annotations

from peewee import BooleanField, Database, TextField
from playhouse.migrate import SchemaMigrator

SEARCHED_BY = (("user", "number"), ("action", "number"), ("at", "number"))
NOTE = "audit.head"


def up(migrator: SchemaMigrator, database: Database) -> None:
    """Add the columns and indexes, and note the last entry of the audit as it is found."""
    migrator.migrate(
        migrator.add_column("procedure", "signed_at", TextField(null=True)),
        migrator.add_column("procedure", "signed_by", TextField(null=True)),
        migrator.add_column("case_row", "signed", BooleanField(default=False)),
        migrator.add_index("case_row", ("deleted", "signed", "number")),
        *(migrator.add_index("audit_entry", columns) for columns in SEARCHED_BY),
    )
    last = "SELECT number || ' ' || hash FROM audit_entry ORDER BY number DESC LIMIT 1"
    for (head,) in list(database.execute_sql(last)):
        sql = "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)"
        database.execute_sql(sql, (NOTE, head))
