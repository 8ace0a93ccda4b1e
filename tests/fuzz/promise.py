# SPDX-License-Identifier: MIT
"""What the import promises of any file: a preview or a sentence, and the logbook as it was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from models.errors import LogbookError
from models.importing.columns import propose
from models.importing.mapping import Mapping, mapping_from_json
from models.importing.opening import Source, open_table
from models.importing.preview import Preview, preview
from models.logbook import Logbook
from models.undo import newest_entry

Change = Callable[[Mapping], Mapping]


def keep_promise(logbook: Logbook, file: Path, change: Change | None = None) -> Preview | None:
    """Look at a file as the import does; the preview where there is one.

    Raises:
        AssertionError: the logbook was changed, or a refusal says nothing.
        Exception: whatever else the import raised, against its promise.
    """
    entry, changes = newest_entry(logbook), changes_of(logbook)
    found: Preview | None = None
    refusal = ""
    try:
        table = open_table(Source(file))
        mapping = propose(table)
        if change is not None:
            with suppress(LogbookError):
                mapping = change(mapping)
        assert mapping_from_json(mapping.as_json()) == mapping
        found = preview(logbook, table, mapping)
    except LogbookError as error:
        refusal = error.message
    assert found is not None or refusal.endswith((".", "!", "?"))
    assert "\n" not in refusal
    assert newest_entry(logbook) == entry
    assert changes_of(logbook) == changes
    return found


def changes_of(logbook: Logbook) -> int:
    """How many rows were ever written, as the engine counts them."""
    if logbook.has_files:
        return int(logbook.database.connection().total_changes)
    logbook.database.execute_sql("SELECT pg_stat_force_next_flush()")
    sql = "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables"
    return int(logbook.database.execute_sql(sql).fetchone()[0])
