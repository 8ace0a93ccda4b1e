# SPDX-License-Identifier: MIT
"""An import of so many cases that the indexes of the list are made anew at its end."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from models.importing import writing
from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.survey import Stopped
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseFoundBy, CaseRow
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


@pytest.mark.sqlite_only("its index is one of the engine's own tables")
def test_those_saved_by_themselves_among_many_are_found_once(
    logbook: Logbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MANY", 100)
    rows = [f"P{n},2026-01-{1 + n % 28:02},L1,," for n in range(600)]
    # More is told of patients who came before, so their cases are saved by themselves.
    for n in (300, 301, 550):
        rows[n] = f"P{n - 7},2026-03-01,L2,1950-05-{1 + n % 28:02},"
    file = tmp_path / "clinic.csv"
    file.write_text("\n".join(["patient code,date,level,birth date,sex", *rows]))
    table = CsvTable(file)
    write(logbook, preview(logbook, table, propose(table)))
    database = logbook.database
    with logbook.session():
        for name, column in (("case_search", "words"), ("case_search_tags", "tags")):
            sql = f"CREATE VIRTUAL TABLE temp.{name}_told USING fts5vocab(main, {name}, instance)"
            database.execute_sql(sql)
            told = database.execute_sql(f"SELECT term, doc FROM {name}_told").fetchall()
            kept = CaseFoundBy.select(CaseFoundBy.number, CaseFoundBy._meta.fields[column])
            asked = kept.tuples().execute(database)
            assert sorted(told) == sorted((word, n) for n, text in asked for word in text.split())
    assert cases(logbook) == len(rows)
    assert verify(logbook) == []
