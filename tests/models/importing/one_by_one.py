# SPDX-License-Identifier: MIT
"""What an import made of a table, and the same cases saved one by one."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.case import Case, load_case, save_case
from models.importing.columns import propose
from models.importing.preview import Preview
from models.importing.reading import CsvTable
from models.importing.targets import IN_NOTES
from models.importing.writing import take_in
from models.logbook import Logbook
from models.schema import CaseRow, Patient
from tests.models.stored_rows import rows_of


def taken(
    logbook: Logbook, file: Path, head: Sequence[str], rows: list[list[str]], noted: str = ""
) -> Preview:
    """Import the rows; the column ``noted`` goes into the notes."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([head, *rows])
    table = CsvTable(file)
    mapping = propose(table)
    uses = [
        replace(use, target=IN_NOTES) if use.column == noted else use for use in mapping.columns
    ]
    shown, _ = take_in(logbook, table, replace(mapping, columns=tuple(uses)))
    return shown


def cases_of(logbook: Logbook) -> list[Case]:
    """All cases, in the order in which they came."""
    numbered = CaseRow.select(CaseRow.case_id).order_by(CaseRow.number).tuples()
    return [load_case(logbook, case_id) for (case_id,) in numbered.execute(logbook.database)]


def content(logbook: Logbook) -> list[object]:
    """All of it, with the changes of the audit in any order."""
    held = rows_of(logbook)
    entries = [
        [json.loads(str(cell)) if str(cell).startswith("{") else cell for cell in entry]
        for entry in held.pop("audit")
        if "logbook" not in entry
    ]
    return [held, entries]


def saved_one_by_one(logbook: Logbook, cases: list[Case], reason: str) -> None:
    """Save cases that another logbook holds as if they were new here."""
    met: dict[str, Patient] = {}
    for case in cases:
        case.procedure.version = 0
        case.patient.version = 1 if str(case.patient.id) in met else 0
        met[str(case.patient.id)] = case.patient
        save_case(logbook, case, reason)
