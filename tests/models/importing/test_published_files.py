# SPDX-License-Identifier: MIT
"""Files of published cases, as a clinic keeps its own: by a saved mapping every cell arrives."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from models.case import load_case
from models.exchange.orders import Order, export
from models.importing.judging import Verdict
from models.importing.mapping import Mapping, read_mapping
from models.importing.opening import Source, open_table
from models.importing.preview import preview
from models.importing.targets import IN_NOTES, NOTES, flat_targets, targets
from models.importing.values import is_vocabulary
from models.importing.writing import write
from models.logbook import Logbook
from models.typed import plain

FOLDER = Path(__file__).parents[2] / "data" / "published"
FILES = ("jones2009_cases", "hemangioma_single_cases")


def sheet_of(file: Path, folder: Path) -> Path:
    """The same cells in a workbook, numbers as numbers."""
    target = folder / f"{file.stem}.xlsx"
    with file.open(newline="") as opened, xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet()
        for number, cells in enumerate(csv.reader(opened)):
            for place, cell in enumerate(cells):
                sheet.write(number, place, float(cell) if is_number(cell) else cell)
    return target


def is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


def arrives(cell: str, stored: str) -> bool:
    if is_number(cell) and is_number(stored):
        return float(cell) == float(stored)
    return plain(cell).casefold() in plain(stored).casefold()


def code_of(target: str, cell: str) -> str:
    """The code of the term that a cell names; any other cell as it stands."""
    vocabulary = is_vocabulary(targets()[target])
    meant = vocabulary.meant_by(cell) if vocabulary else None
    return meant.value if meant else cell


def stored_as(target: str, found: dict[str, str]) -> list[str]:
    """What the export holds of a target; a score is a number, a range or words there."""
    if target == "procedure.pain_duration":
        return [f"{found['pain_duration']} {found['pain_duration_unit']}"]
    kind, _, point = target.partition(".")
    if kind == "pain" and point != "scale":
        stem = f"pain_{point.partition('.')[0]}"
        low, high = found[f"{stem}_low"], found[f"{stem}_high"]
        return [found[stem], low, high, f"{low}-{high}", found[f"{stem}_words"]]
    return [found[column] for column, known in flat_targets().items() if known == target]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FILES)
def test_every_cell_arrives(logbook: Logbook, tmp_path: Path, name: str, kind: str) -> None:
    source = FOLDER / f"{name}.csv"
    table = open_table(Source(source if kind == "csv" else sheet_of(source, tmp_path)))
    mapping = read_mapping(FOLDER / f"{name}.json").fitting(table.columns)
    shown = preview(logbook, table, mapping)
    assert [str(problem) for line in shown.lines for problem in line.problems] == []
    assert shown.unmatched == []
    write(logbook, shown)
    again = preview(logbook, table, mapping)
    assert {line.verdict for line in again.lines} == {Verdict.SAME}

    exported = tmp_path / "flat.csv"
    export(logbook, exported, Order())
    with exported.open(newline="") as opened:
        stored = {row["patient_code"]: row for row in csv.DictReader(opened)}
    place = table.columns.index(mapping.used["patient.patient_code"].column)
    for row in table.rows():
        found = stored[row.cells[place]]
        # Free text goes into no export by itself.
        notes = load_case(logbook, found["case_id"]).procedure.notes or ""
        assert_arrived(mapping, row.cells, found, notes.splitlines())


def assert_arrived(
    mapping: Mapping, cells: Sequence[str], found: dict[str, str], notes: list[str]
) -> None:
    for use, cell in zip(mapping.columns, cells, strict=True):
        if not cell:
            continue
        assert use.target, f"{use.column} is not read"
        if use.target == IN_NOTES:
            assert f"{use.column}: {cell}" in notes
        elif use.target == NOTES:
            assert cell in notes
        else:
            meant = mapping.terms.get(use.target, {}).get(cell, cell)
            parts = meant.split("; ") if use.target == "prior_treatment.kind" else [meant]
            for part in parts:
                code, stored = code_of(use.target, part), stored_as(use.target, found)
                assert any(arrives(code, one) for one in stored), (use.column, cell, stored)
