# SPDX-License-Identifier: MIT
"""Sheets of workbooks: which one is read, what its cells become, and what is refused how."""

from __future__ import annotations

import datetime
import resource
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from models.importing.columns import propose
from models.importing.formats import UNCOMPUTED
from models.importing.judging import Verdict
from models.importing.opening import Source, open_table, sheets_of
from models.importing.preview import preview
from models.importing.reading import Table
from models.importing.recognizing import UnreadableTable
from models.importing.survey import Stopped, survey
from models.importing.workbook import SheetTable, sheets
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.hostile import DATA, large, ods, ods_row, small, with_sheet

Fill = Callable[[Worksheet], object]
Make = Callable[..., Path]
HEAD = ["Patient code", "Procedure date", "Level", "Cement ml"]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a workbook whose sheets are filled by functions."""

    def made(from_1904: bool = False, **fills: Fill) -> Path:
        target = tmp_path / "clinic.xlsx"
        options = {"default_date_format": "yyyy-mm-dd", "date_1904": from_1904}
        with xlsxwriter.Workbook(target, options) as workbook:
            for name, fill in fills.items():
                fill(workbook.add_worksheet(name))
        return target

    return made


def grid(*rows: Sequence[object], row: int = 0, column: int = 0) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for number, cells in enumerate(rows):
            sheet.write_row(row + number, column, cells)

    return fill


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows()]


def test_cells_become_text_as_people_see_them(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ["what", "cell"])
        for row, value in enumerate(
            [
                datetime.datetime(2026, 3, 4),
                datetime.datetime(2026, 3, 4, 14, 30),
                True,
                12,
                12.5,
                0.1 + 0.2,
                1234567890123,
                1e-7,
            ],
            start=1,
        ):
            sheet.write(row, 1, value)
        sheet.write_string(9, 1, "0012")
        sheet.write_string(10, 1, "1.234")
        sheet.write_formula(11, 1, "=1+1", None, 2)
        sheet.write_formula(12, 1, '="a"&"b"', None, "ab")
        sheet.write_formula(13, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(14, 1, "=1+1", None, "")
        sheet.write_string(15, 1, "one\ntwo; ä, 😀")
        sheet.set_row(3, None, None, {"hidden": True})
        for row in range(1, 16):
            sheet.write_number(row, 0, row)

    found = [cell for _, cell in cells(SheetTable(make(Cases=fill)))]
    assert found == [
        *("2026-03-04", "2026-03-04 14:30", "TRUE", "12", "12.5", "0.3", "1234567890123", "1e-07"),
        *("0012", "1.234", "2", "ab", "#DIV/0!", UNCOMPUTED, "one\ntwo; ä, 😀"),
    ]


def with_macros(workbook: Path) -> Path:
    """The same as xlsm: it differs in its content type alone, beside the macros."""
    target = workbook.with_suffix(".xlsm")
    plain = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
    other = b"ms-excel.sheet.macroEnabled.main"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                assert plain in content
                content = content.replace(plain, other)
            made.writestr(name, content)
    return target


def test_the_same_cells_come_from_every_kind_of_workbook(make: Make, file: WriteFile) -> None:
    first, second = datetime.date(2026, 3, 14), datetime.date(2026, 3, 15)
    new = make(Cases=grid(HEAD, ["0012", first, "T12", 4.5], ["0013", second, "L1", 5]))
    open_document = file(
        ods(
            ods_row(*HEAD)
            + ods_row("0012", "2026-03-14", "T12", "4.5")
            + ods_row("0013", "2026-03-15", "L1", "5")
        )
    )
    for target in (new, with_macros(new), DATA / "plain.xls", open_document):
        table = open_table(Source(target))
        assert table.columns == tuple(HEAD)
        assert [row.number for row in table.rows()] == [2, 3]
        assert cells(table) == [
            ("0012", "2026-03-14", "T12", "4.5"),
            ("0013", "2026-03-15", "L1", "5"),
        ]


def test_the_sheet_of_cases_is_proposed_and_another_can_be_named(make: Make) -> None:
    cases = grid(HEAD, ["A", "2026-01-10", "T12", 4])
    hidden = grid(HEAD, *[["B", "2026-01-10", "T12", 4]] * 3)
    file = make(
        Notes=grid(["Done by", "Room", "Shelf"], *[["x", "y", "z"]] * 9),
        Cases=cases,
        Old=lambda sheet: (hidden(sheet), sheet.hide()),
    )
    table = SheetTable(file)
    assert (table.sheet, table.name) == ("Cases", "clinic.xlsx, Cases")
    assert sheets_of(table) == ("Notes", "Cases", "Old")
    assert [(one.name, one.is_shown, one.rows, one.known) for one in sheets(file)] == [
        ("Notes", True, 10, 0),
        ("Cases", True, 2, 4),
        ("Old", False, 4, 4),
    ]
    assert len(cells(SheetTable(file, "old"))) == 3
    with pytest.raises(UnreadableTable, match=r"has no sheet 2025\. It has: Notes, Cases, Old"):
        SheetTable(file, "2025")


def test_titles_and_empty_rows_and_columns_around_the_table_do_no_harm(make: Make) -> None:
    table = grid(HEAD, ["A", "2026-01-10", "T12", 4], row=4, column=2)

    def fill(sheet: Worksheet) -> None:
        sheet.merge_range(1, 2, 1, 5, "Cases of the spine center")
        table(sheet)
        sheet.write(5, 7, "a remark without heading")

    found = SheetTable(make(Cases=fill))
    assert found.columns == (*HEAD, "(column H)")
    assert [(row.number, row.cells[0]) for row in found.rows()] == [(6, "A")]


def test_merged_cells_hold_for_all_they_span(make: Make) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 1, 0, "Patient code")
        sheet.merge_range(0, 1, 1, 1, "Level")
        sheet.merge_range(0, 2, 0, 3, "VAS")
        sheet.write_row(1, 2, ["pre", "3 mo"])
        sheet.merge_range(2, 0, 4, 0, "A")
        sheet.write_column(2, 1, ["T12", "L1"])
        sheet.write_row(5, 0, ["B", "L2", 8, 2])

    table = SheetTable(make(Cases=fill))
    assert table.columns == ("Patient code", "Level", "VAS pre", "VAS 3 mo")
    assert cells(table) == [("A", "T12", "", ""), ("A", "L1", "", ""), ("B", "L2", "8", "2")]


def test_days_count_from_1904_where_the_workbook_says_so(make: Make, logbook: Logbook) -> None:
    day = datetime.date(2026, 3, 14)
    serial = (day - datetime.date(1904, 1, 1)).days
    file = make(True, Cases=grid(HEAD, ["A", day, "T12", 4], ["B", serial, "T12", 4]))
    table = SheetTable(file)
    shown = preview(logbook, table, propose(table))
    assert "Procedure date: days counted as Excel does, from 1904." in shown.seen.recognized
    write(logbook, shown)
    days = CaseRow.select(CaseRow.performed_on).tuples().execute(logbook.database)
    assert [str(found) for (found,) in days] == ["2026-03-14", "2026-03-14"]


def test_a_number_of_the_sheet_is_never_taken_for_thousands(make: Make) -> None:
    file = make(Cases=grid(["Patient code", "DAP"], ["A", 1.234], ["B", "1,5"], ["C", 12.345]))
    table = SheetTable(file)
    mapping = propose(table).having("DAP", target="procedure.kap_gycm2")
    seen = survey(table, mapping)
    assert seen.questions == []
    read = [seen.formats["DAP"].numbers.plain_number(row.cells[1]) for row in table.rows()]
    assert [float(cell) for cell in read] == [1.234, 1.5, 12.345]
    # Where it is text, somebody has to say.
    text = SheetTable(make(Cases=grid(["Patient code", "DAP"], ["A", "1.234"])))
    assert len(survey(text, mapping).questions) == 1


def test_formulas_without_a_result_are_refused_with_row_and_column(
    make: Make, logbook: Logbook
) -> None:
    def fill(sheet: Worksheet) -> None:
        grid(HEAD, ["A", "2026-01-10", "T12"], ["B", "2026-01-10", "T12"])(sheet)
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 3, "=1+1", None, "")

    table = SheetTable(make(Cases=fill))
    shown = preview(logbook, table, propose(table))
    assert [str(one) for line in shown.lines for one in line.problems] == [
        "Row 2, column Cement ml: The formula in this cell has no result, but #DIV/0!. Mend it, "
        "or empty the cell.",
        "Row 3, column Cement ml: The file holds no result of the formula in this cell. Open the "
        "workbook in its program, save it there, and import it again.",
    ]
    assert write(logbook, shown).new == 0


def test_a_sheet_and_its_csv_become_the_same_cases(
    make: Make, logbook: Logbook, look: Look
) -> None:
    head, row = [*HEAD, "VAS pre", "VAS 3 mo"], ["A", datetime.date(2026, 1, 10), "T12", 4, 8, 2]
    table = SheetTable(make(Cases=grid(head, row)))
    write(logbook, preview(logbook, table, propose(table)))
    again = look(",".join(head) + "\nA,2026-01-10,T12,4,8,2\n")
    assert [line.verdict for line in again.lines] == [Verdict.SAME]


@pytest.fixture(scope="module")
def refusals() -> dict[str, tuple[bytes, str]]:
    return {**large(), **small()}


def test_hostile_workbooks_are_refused_in_words_and_in_little_memory(
    refusals: dict[str, tuple[bytes, str]], tmp_path: Path
) -> None:
    target = tmp_path / "sheet.xlsx"
    for kind, (content, told) in refusals.items():
        target.write_bytes(content)
        with pytest.raises(UnreadableTable, match=told) as raised:
            list(open_table(Source(target)).rows())
        assert raised.value.message.startswith("sheet.xlsx"), kind
        assert raised.value.cure, kind
    # Kilobytes; more than the limit of the process can nobody take.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2.1 * (1 << 20)


def test_reading_a_workbook_can_be_stopped(make: Make) -> None:
    file = make(Cases=grid(HEAD, ["A", "2026-01-10", "T12", 4]))
    with pytest.raises(Stopped):
        SheetTable(file, cancelled=lambda: True)


def test_cells_with_errors_that_are_not_found_are_told(file: WriteFile) -> None:
    error = '<table:table-cell calcext:value-type="error" office:value-type="string"/>'
    rows = ods_row("Patient code", "Level") + f"<table:table-row>{error * 2}</table:table-row>"
    assert "#DIV/0!, are read as empty" in open_table(Source(file(ods(rows)))).written


def test_rows_and_columns_that_are_only_colored_reach_nowhere(file: WriteFile) -> None:
    colored = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    content = with_sheet(lambda xml: xml.replace(b"</sheetData>", colored))
    assert cells(open_table(Source(file(content)))) == [("A", "T12")]
