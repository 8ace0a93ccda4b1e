# SPDX-License-Identifier: MIT
"""All that a logbook holds, to compare it with another one."""

from __future__ import annotations

import peewee

from models.logbook import Logbook
from models.schema import RECORD_TABLES, AuditEntry, CaseFoundBy, CaseRow


def rows_of(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """All that was written, by table, but for the moment of the saves and what hangs on it."""
    held = {}
    tables: tuple[type[peewee.Model], ...] = (*RECORD_TABLES, CaseRow, CaseFoundBy)
    for table in tables:
        query = table.select().order_by(table._meta.primary_key).tuples()
        held[table._meta.table_name] = list(query.execute(logbook.database))
    timeless = [
        field
        for field in AuditEntry._meta.sorted_fields
        if field.name not in ("at", "previous_hash", "hash")
    ]
    entries = AuditEntry.select(*timeless).order_by(AuditEntry.number).tuples()
    held["audit"] = list(entries.execute(logbook.database))
    return held
