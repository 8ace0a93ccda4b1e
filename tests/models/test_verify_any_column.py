# SPDX-License-Identifier: MIT
"""No column can be changed by another program without ``verify`` noticing it, in words."""

from __future__ import annotations

from collections.abc import Iterator

import peewee
import pytest
from sqlcipher3 import dbapi2

from models.logbook import Logbook
from models.sample import fill
from models.schema import RECORD_TABLES, AuditEntry, CaseFoundBy, CaseRow
from models.verify import verify
from tests.fresh import NewLogbook

pytestmark = pytest.mark.sqlite_only("the file is changed by SQLite's numbers of rows")

TABLES = (*RECORD_TABLES, AuditEntry, CaseRow, CaseFoundBy)
NOT_OF_THE_KIND = ("'x'", "7777", "x'00ff'")


class Undo(Exception):
    """Ends a transaction that is not to last."""


@pytest.fixture(scope="module")
def sample(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    made = lasting_logbook(tmp_path_factory.mktemp("verify") / "Sample.kypholog")
    fill(made, 12, 3)
    made.database.pragma("foreign_keys", 0)
    yield made
    made.close()


def found_after(logbook: Logbook, sql: str) -> list[str] | None:
    """What ``verify`` says after a statement that is undone again; None if it changes nothing."""
    found: list[str] | None = None
    try:
        with logbook.transaction():
            if logbook.database.execute_sql(sql).rowcount:
                found = verify(logbook)
            raise Undo
    except (Undo, peewee.IntegrityError, dbapi2.IntegrityError):
        return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.table_name)
def test_a_value_of_another_kind_in_any_column_is_found(
    sample: Logbook, table: type[peewee.Model]
) -> None:
    name = table._meta.table_name
    missed = [
        f"{column.name} = {value}"
        for column in sample.database.get_columns(name)
        for value in NOT_OF_THE_KIND
        if found_after(
            sample,
            f'UPDATE "{name}" SET "{column.name}" = {value} WHERE rowid = '
            f'(SELECT rowid FROM "{name}" WHERE "{column.name}" IS NOT NULL LIMIT 1)',
        )
        == []
    ]
    assert missed == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.table_name)
def test_a_row_that_was_removed_from_any_table_is_found(
    sample: Logbook, table: type[peewee.Model]
) -> None:
    name = table._meta.table_name
    sql = f'DELETE FROM "{name}" WHERE rowid = (SELECT MIN(rowid) FROM "{name}")'
    assert found_after(sample, sql) != []


def test_each_finding_stays_one_sentence_on_one_line(sample: Logbook) -> None:
    found = found_after(sample, "UPDATE procedure SET complete = 'x', minutes = x'0a0d'")
    assert found
    assert all(line.endswith(".") and "\n" not in line for line in found)
