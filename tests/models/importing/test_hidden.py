# SPDX-License-Identifier: MIT
"""What a workbook hides is told before anything is written, and can be left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from models import commands
from models.importing.columns import propose
from models.importing.first_look import first_look
from models.importing.hidden import LEAVE_OUT, Hidden
from models.importing.kept import KeptMapping, made_for
from models.importing.mapping import UnreadableMapping, mapping_from_json
from models.importing.opening import Source, hidden_in, open_for, open_table
from models.logbook import Logbook
from models.schema import CaseRow
from tests.fresh import named
from tests.models.importing.binary_workbook import write_xlsb
from tests.models.importing.hostile import DATA, ods

ROWS = (
    ("Patient code", "Level", "Old VAS", "VAS pre"),
    ("A", "T12", "9", "8"),
    ("B", "L1", "9", "7"),
    ("C", "L2", "9", "6"),
    ("D", "L3", "9", "5"),
)
"""Rows 3 and 4 are hidden, as by a filter, and so are column C and many blank rows."""


def excel(target: Path) -> Path:
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Cases")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.autofilter(0, 0, len(ROWS) - 1, 3)
        sheet.filter_column_list(0, ["A", "D"])
        for number in (2, 3, 9, 10):
            sheet.set_row(number, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        other = book.add_worksheet("Old")
        other.write_row(0, 0, ("Patient code", "Level", "Notes"))
        other.write_row(1, 0, ("X", "T12", "withdrawn"))
        other.hide()
    return target


def binary(target: Path) -> Path:
    return write_xlsb(target, ROWS, hidden_rows={2, 3}, hidden_columns={2})


def open_document(target: Path) -> Path:
    def row(cells: tuple[str, ...], looks: str = "") -> str:
        made = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row {looks}>{made}</table:table-row>"

    shown = '<table:table-column table:number-columns-repeated="2"/>'
    columns = f'{shown}<table:table-column table:visibility="collapse"/><table:table-column/>'
    filtered = 'table:visibility="filter"'
    rows = (row(ROWS[0]), row(ROWS[1]), row(ROWS[2], filtered), row(ROWS[3], filtered))
    group = f"<table:table-row-group>{row(ROWS[4])}</table:table-row-group>"
    blank = '<table:table-row table:number-rows-repeated="90" table:visibility="collapse">'
    end = f"{blank}<table:table-cell/></table:table-row>"
    target.write_bytes(ods("".join((columns, *rows, group, end))))
    return target


@pytest.mark.parametrize("make", [excel, binary, open_document])
def test_hidden_rows_and_columns_are_told_and_can_be_left_out(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    file = make(tmp_path / "clinic.xlsx")
    table = open_table(Source(file))
    assert hidden_in(table) == Hidden(((3, 4),), ("C",))
    assert hidden_in(table).told == [
        "2 rows are hidden in the workbook and read as all others: 3 to 4.",
        "1 column is hidden in the workbook and read as all others: C.",
    ]
    assert [row.cells[0] for row in table.rows()] == ["A", "B", "C", "D"]
    less = open_table(Source(file, hidden=LEAVE_OUT))
    assert [(row.number, *row.cells) for row in less.rows()] == [
        (2, "A", "T12", "8"),
        (5, "D", "L3", "5"),
    ]
    assert less.columns == ("Patient code", "Level", "VAS pre")
    assert hidden_in(less).told == [
        "2 hidden rows are left out: 3 to 4.",
        "1 hidden column is left out: C.",
    ]


def test_a_mapping_remembers_what_is_done_with_hidden_rows(tmp_path: Path) -> None:
    file = excel(tmp_path / "clinic.xlsx")
    look = first_look(Source(file, hidden=LEAVE_OUT))
    again = mapping_from_json(look.mapping.as_json())
    assert again.hidden == LEAVE_OUT
    every = open_table(Source(file))
    assert made_for(every, [KeptMapping("Less", again)]) is not None
    source, table, _ = open_for(Source(file), again)
    assert (source.hidden, [row.number for row in table.rows()]) == (LEAVE_OUT, [2, 5])
    with pytest.raises(UnreadableMapping, match="x is none of read, leave_out"):
        mapping_from_json('{"kypholog_mapping": 1, "columns": [], "hidden": "x"}')


def test_the_command_tells_what_is_hidden(
    logbook: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = excel(tmp_path / "clinic.xlsx")
    start = ["--logbook", named(logbook), "import", str(file)]
    assert commands.run([*start, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "2 rows are hidden in the workbook and read as all others: 3 to 4." in told
    assert "Hidden sheets, which are not read: Old." in told
    assert "Say --hidden leave-out" in told
    assert commands.run([*start, "--json", "--hidden", "leave-out"]) == 0
    hidden = json.loads(capsys.readouterr().out)["hidden"]
    assert (hidden["rows"], hidden["columns"], hidden["sheets"]) == (2, ["C"], ["Old"])
    assert hidden["left_out"] is True
    assert CaseRow.select().count(logbook.database) == 2


def test_a_hidden_sheet_is_told_and_an_old_workbook_says_what_it_cannot_tell(
    tmp_path: Path,
) -> None:
    table = open_table(Source(excel(tmp_path / "clinic.xlsx"), sheet="Old"))
    assert hidden_in(table).told == ["The sheet is hidden in its workbook."]
    old = open_table(Source(DATA / "plain.xls"))
    assert "does not tell which rows" in hidden_in(old).told[0]
    assert propose(old).hidden == ""
