# SPDX-License-Identifier: MIT
"""Plain cases, and among them others of the same patients: refused, twice, or contradicting."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.importing import plain_columns
from models.importing.columns import propose
from models.importing.lines import Verdict
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.writing import take_in
from models.logbook import Logbook
from models.schema import CaseRow, Patient
from models.verify import verify
from tests.models.importing.stopped import refuses_a_changed_file

HEAD = "patient_code,sex,performed_on,level,approach,cement_ml,pain_scale,pain_baseline,pain_3m"
ROWS = 100
ODD = {
    20: "P20,female,2026-01-21,L1,transoral,4,nrs_0_10,8,2",
    30: "P29,female,2026-01-02,L5,transpedicular,2.5,nrs_0_10,8,5",
    40: "P39,female,2026-03-01,L1,transpedicular,4,nrs_0_10,11,2",
    50: "P39,male,2026-03-02,L1,transpedicular,4,nrs_0_10,8,2",
    60: "P39,female,2026-03-03,L1,transpedicular,4,nrs_0_10,8,2",
    70: "P1,female,,L1|L2,transpedicular,4,nrs_0_10,8,2",
    80: ",female,2026-01-02,L1,transpedicular,,,,",
    90: "P90,female,2026-01-02,L1",
}


@pytest.fixture
def table(tmp_path: Path) -> CsvTable:
    scores = "nrs_0_10,8,"
    rows = [
        f"P{n},female,2026-01-{1 + n % 28:02},L{1 + n % 5},transpedicular,{n % 9}.5,{scores}{n % 8}"
        for n in range(ROWS)
    ]
    for place, row in ODD.items():
        rows[place] = row
    file = tmp_path / "clinic.csv"
    file.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return CsvTable(file)


def test_it_comes_in_as_it_was_shown(logbook: Logbook, table: CsvTable) -> None:
    mapping = propose(table)
    shown = preview(logbook, table, mapping)
    taken, done = take_in(logbook, table, mapping)
    assert list(taken.lines) == list(shown.lines)
    assert done.new == shown.counts[Verdict.NEW] == ROWS - 6
    assert verify(logbook) == []
    with logbook.session():
        of_one = CaseRow.select().where(CaseRow.patient_code == "P39").count(logbook.database)
        people = Patient.select().count(logbook.database)
    # P39 has a plain case and one that was judged whole; P1 has two, and one row names nobody.
    assert (of_one, people) == (2, ROWS - 6 - 2)
    again, done = take_in(logbook, table, mapping)
    assert (done.new, again.counts[Verdict.SAME]) == (1, ROWS - 7)


def test_a_file_that_was_changed_meanwhile_leaves_nothing(
    logbook: Logbook, table: CsvTable
) -> None:
    refuses_a_changed_file(logbook, table, "P99")


def test_what_is_remembered_of_cells_may_be_forgotten_at_any_time(
    logbook: Logbook, table: CsvTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = preview(logbook, table, propose(table))
    monkeypatch.setattr(plain_columns, "_MADE", 2)
    taken, _ = take_in(logbook, table, propose(table))
    assert list(taken.lines) == list(shown.lines)
    assert verify(logbook) == []
