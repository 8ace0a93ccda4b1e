# SPDX-License-Identifier: MIT
"""An import of so many cases that the indexes of the list are made anew at its end."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.survey import Stopped
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow
from models.undo import Kind, saved_changes
from models.verify import verify

ROWS = 2_100


@pytest.fixture
def table(tmp_path: Path) -> CsvTable:
    file = tmp_path / "clinic.csv"
    rows = (f"P{n},2026-01-{1 + n % 28:02},L1,{n % 9}.5,8,2" for n in range(ROWS))
    file.write_text("\n".join(["patient code,date,level,cement_ml,VAS pre,VAS 3 mo", *rows]))
    return CsvTable(file)


def indexes(logbook: Logbook) -> set[tuple[str, str]]:
    database = logbook.database
    with logbook.session():
        tables = database.get_tables()
        return {(one.name, one.sql) for name in tables for one in database.get_indexes(name)}


def cases(logbook: Logbook) -> int:
    with logbook.session():
        return CaseRow.select().count(logbook.database)


def test_many_cases_leave_every_index_and_are_one_step_to_undo(
    logbook: Logbook, table: CsvTable
) -> None:
    before, pace = indexes(logbook), gc.get_threshold()
    write(logbook, preview(logbook, table, propose(table)))
    assert cases(logbook) == ROWS
    assert indexes(logbook) == before
    assert gc.get_threshold() == pace
    assert verify(logbook) == []
    (change,) = saved_changes(logbook, 0)
    assert (change.kind, len(change.parts)) == (Kind.IMPORT, ROWS)


def test_what_is_stopped_leaves_nothing_but_every_index(logbook: Logbook, table: CsvTable) -> None:
    before, shown, told = indexes(logbook), preview(logbook, table, propose(table)), []
    with pytest.raises(Stopped):
        write(logbook, shown, lambda done, _: told.append(done), lambda: len(told) > ROWS // 2)
    assert cases(logbook) == 0
    assert indexes(logbook) == before
    assert verify(logbook) == []
