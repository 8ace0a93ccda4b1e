# SPDX-License-Identifier: MIT
"""Makes a logbook one that an older program left: what is derived is not what it should be."""

from __future__ import annotations

import peewee

from models.form import DERIVED_FOR
from models.logbook import Logbook
from models.own_notes import drop_note
from models.schema import RECORD_TABLES, AuditEntry

_OTHER_RULES = (
    "UPDATE procedure SET complete = 1 - complete",
    "UPDATE assessment SET chosen = 1 - chosen",
    "UPDATE case_row SET complete = 1 - complete, cement_ml = 99, diagnoses = 'none_known'",
    "DELETE FROM case_row WHERE number % 7 = 3",
    "DELETE FROM case_search",
    "UPDATE case_found_by SET tags = ' every gone ', operator = 'gone' WHERE number % 5 = 1",
    "DELETE FROM case_found_by WHERE number % 5 = 3",
)
_IN_A_FILE = (
    "INSERT INTO case_search(rowid, words) VALUES (424242, 'a case that is gone')",
    "INSERT OR REPLACE INTO case_search_tags(rowid, tags) VALUES (1, 'every gone')",
)
_ON_A_SERVER = (
    "INSERT INTO case_search VALUES (424242, found_by('a case that is gone'))",
    "UPDATE case_search_tags SET found_by = found_by('every gone') WHERE number = 1",
)


def leave_behind(logbook: Logbook) -> None:
    """Let every derived value be another one, and the logbook not know for what they hold."""
    with logbook.transaction():
        for sql in (*_OTHER_RULES, *(_IN_A_FILE if logbook.has_files else _ON_A_SERVER)):
            logbook.database.execute_sql(sql)
        drop_note(logbook.database, DERIVED_FOR)


def recorded(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """All that was entered, with versions and audit, as it is stored."""
    found = {}
    tables: tuple[type[peewee.Model], ...] = (*RECORD_TABLES, AuditEntry)
    for table in tables:
        columns = [
            f'"{field.column_name}"'
            for field in table._meta.sorted_fields
            if field.name not in ("complete", "chosen")
        ]
        sql = f'SELECT {", ".join(columns)} FROM "{table._meta.table_name}" ORDER BY 1'
        found[table._meta.table_name] = list(logbook.database.execute_sql(sql))
    return found
