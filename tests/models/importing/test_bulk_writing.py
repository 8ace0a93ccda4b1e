# SPDX-License-Identifier: MIT
"""What is imported in bulk is what would be had by saving case by case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.case import save_case
from models.importing.columns import propose
from models.importing.lines import Line, Lines, Verdict
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.writing import Imported, write
from models.logbook import Logbook
from models.schema import AuditEntry, CaseFoundBy, CaseRow, Patient, Procedure
from models.verify import verify
from tests.builders import a_case
from tests.fresh import NewLogbook

HEAD = "patient code,date,sex,level,cement_ml,VAS pre,VAS 3 mo,birth date"
ROWS = [
    *(f"P{n},2026-01-{1 + n % 28:02},f,T{10 + n % 3},4.{n % 10},8,2," for n in range(249)),
    # Known from the first rows and from the logbook, whose chunk begins with no new patient.
    "P0,2026-03-01,f,L1,4,8,,",
    "P1,2026-03-01,,L1,4,7,,",
    "OLD,2026-03-01,,L1,4,7,,",
    "NEW,2026-03-01,m,L1,4,7,,",
    # More is told of patients who came before, and then they come again.
    "P2,2026-03-01,,L2,4,6,,1950-05-01",
    "P2,2026-04-01,f,L3,4,6,,1950-05-01",
    "NEW,2026-04-01,m,L3,4,6,,1950-05-01",
    "NEW,2026-05-01,m,L4,4,6,,",
    "OLD,2026-04-01,,L3,4,6,,1950-05-01",
    "OLD,2026-05-01,,L4,4,6,,",
]
_IDS = {"id", "case_id", "patient_id", "patient"}


@pytest.fixture
def case_by_case(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Other.kypholog", user="anna")
    yield made
    made.close()


def take_in(logbook: Logbook, file: Path, *rows: str) -> Imported:
    file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    table = CsvTable(file)
    return write(logbook, preview(logbook, table, propose(table)))


def content(logbook: Logbook) -> list[object]:
    """What is in the logbook, but for ids and what follows from them or from the time."""
    said: list[object] = []
    for table in (Patient, Procedure, CaseRow, CaseFoundBy):
        rows = table.select().order_by(table._meta.primary_key).dicts().execute(logbook.database)
        kept = [{name: row[name] for name in row.keys() - _IDS} for row in rows]
        # Ids that are made in the same moment are in no order.
        said.append(sorted(kept, key=repr) if table in (Patient, Procedure) else kept)
    entries = AuditEntry.select(AuditEntry.action, AuditEntry.subject, AuditEntry.version)
    of_cases = entries.where(AuditEntry.subject != "logbook").order_by(AuditEntry.number)
    return [*said, list(of_cases.tuples().execute(logbook.database))]


def test_many_rows_at_once_are_what_they_are_one_by_one(
    logbook: Logbook, case_by_case: Logbook, tmp_path: Path
) -> None:
    for each in (logbook, case_by_case):
        save_case(each, a_case("OLD", on="2026-02-01"))
    file = tmp_path / "clinic.csv"
    assert take_in(logbook, file, *ROWS) == Imported(new=len(ROWS))
    # One file a case; the first of them are so plain that one file will do.
    take_in(case_by_case, file, *ROWS[:240])
    for row in ROWS[240:]:
        assert take_in(case_by_case, file, row) == Imported(new=1)
    assert content(logbook) == content(case_by_case)
    assert verify(logbook) == []
    versions = Patient.select(Patient.patient_code, Patient.version).where(Patient.version > 1)
    told = dict(versions.tuples().execute(logbook.database))
    assert told == {"P2": 2, "NEW": 2, "OLD": 2}


def test_lines_tell_of_each_case_what_they_were_given() -> None:
    given = [
        Line(Verdict.NEW, (2,), "A"),
        Line(Verdict.SAME, (3, 7), ""),
        Line(Verdict.REFUSED, (4,), "C"),
    ]
    lines = Lines(given)
    assert list(lines) == given
    assert lines[-1] == given[-1]
    assert lines[1:] == given[1:]
    assert list(lines.of(Verdict.SAME)) == given[1:2]
    assert lines.counts == dict.fromkeys((line.verdict for line in given), 1)
    with pytest.raises(IndexError):
        lines[3]
