# SPDX-License-Identifier: MIT
"""Faults of a database: a table that takes no more rows, on whichever engine it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from models.logbook import Logbook

SAID = "the fault of the test"


@contextmanager
def fault(logbook: Logbook, table: str, moment: str = "INSERT") -> Iterator[None]:
    """Within, what is done to ``table`` fails as a broken constraint does.

    ``moment`` is ``INSERT``, ``UPDATE`` or ``DELETE``.
    """
    database = logbook.database
    made = f'CREATE TRIGGER fault BEFORE {moment} ON "{table}" '
    if logbook.has_files:
        database.execute_sql(f"{made} BEGIN SELECT RAISE(ABORT, '{SAID}'); END")
        yield
        database.execute_sql("DROP TRIGGER fault")
        return
    database.execute_sql(
        "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'check_violation'; END$$"
    )
    database.execute_sql(f"{made} FOR EACH ROW EXECUTE FUNCTION fault()")
    yield
    database.execute_sql("DROP FUNCTION fault() CASCADE")
