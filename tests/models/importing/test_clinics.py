# SPDX-License-Identifier: MIT
"""Forty synthetic tables, as clinics of many countries keep theirs: what comes of each, exactly.

What is read is what the table says; what a person has to settle is refused with its place. After a
change, look at every line that differs before taking it over into ``expected.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.case import Case, load_case
from models.importing.columns import propose
from models.importing.opening import Source, open_table, questions_of
from models.importing.preview import Preview, preview
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import Assessment, CaseRow, TreatedLevel
from tests.fresh import new_logbook

FOLDER = Path(__file__).parents[2] / "data" / "clinics"
EXPECTED: dict[str, dict[str, object]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def found_in(file: Path, folder: Path) -> dict[str, object]:
    """What an import of the file says and makes."""
    logbook = new_logbook(folder / f"{file.stem}.kypholog", user="anna")
    try:
        table = open_table(Source(file))
        shown = preview(logbook, table, propose(table))
        write(logbook, shown)
        cases = [in_one_line(case) for case in cases_of(logbook)]
    finally:
        logbook.close()
    return {
        "written": table.written,
        "unread": list(shown.mapping.unused),
        "asked": [*questions_of(table), *shown.seen.questions],
        "offered": [one.column for one in shown.seen.offers],
        "scales": scales_of(shown),
        "cases": cases,
        "refused": [str(one) for line in shown.refused for one in line.problems],
    }


def scales_of(shown: Preview) -> list[str]:
    return sorted({use.scale for use in shown.mapping.columns if use.scale})


def cases_of(logbook: Logbook) -> list[Case]:
    query = CaseRow.select(CaseRow.case_id).order_by(CaseRow.performed_on, CaseRow.patient_code)
    return [load_case(logbook, own) for (own,) in query.tuples().execute(logbook.database)]


def in_one_line(case: Case) -> str:
    of_case = case.procedure
    head = [case.patient.patient_code, case.patient.sex, of_case.age_at_procedure]
    parts = [told(*head, of_case.performed_on), *map(of_level, case.levels)]
    parts += map(of_score, case.assessments)
    parts += [f"notes {of_case.notes!r}"] if of_case.notes else []
    return " | ".join(parts)


def of_level(level: TreatedLevel) -> str:
    return told(level.level, level.technique, level.side, level.cement_ml, level.leakage)


def of_score(row: Assessment) -> str:
    score = [row.pain_low] if row.pain_low == row.pain_high else [row.pain_low, row.pain_high]
    other = [row.odi_pct, row.rmdq, row.eq5d_index, row.other_score_name, row.other_score]
    return told(row.time_point, *score, row.pain_words, row.pain_scale, *other, row.note)


def told(*values: object) -> str:
    kept = (f"{value:g}" if isinstance(value, float) else value for value in values)
    return " ".join(str(value) for value in kept if value is not None)


def test_every_table_is_looked_at() -> None:
    files = {file.name for file in FOLDER.iterdir()} - {"README.md", "expected.json"}
    assert files == EXPECTED.keys()
    assert len(files) == 40


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_comes_of_the_table_of_a_clinic(name: str, tmp_path: Path) -> None:
    assert found_in(FOLDER / name, tmp_path) == EXPECTED[name]
