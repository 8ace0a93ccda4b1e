# SPDX-License-Identifier: MIT
"""The headings stand in the rows that a person names, in text files and workbooks alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from models import commands
from models.importing.columns import propose
from models.importing.first_look import first_look
from models.importing.headings import HeadingRows, rows_stated
from models.importing.kept import list_mappings, made_for, save_mapping
from models.importing.mapping import UnreadableMapping, mapping_from_json
from models.importing.opening import Source, open_for, open_table
from models.importing.recognizing import UnreadableTable
from models.logbook import Logbook
from models.schema import CaseRow
from tests.fresh import named
from tests.models.importing.conftest import WriteFile

TITLED = (
    "Spine clinic,list of 2026,by A.,status: open\n"
    "\n"
    "Unit,n,mL,points\n"
    "Patient ID,Level,Cement,VAS pre\n"
    "A,T12,4,8\n"
)
"""The titles are as wide as the table, so the headings are not found by themselves."""

TWO_LINES = (
    "Clinic X,,,,,\n"
    "Patient ID,Date,Level,VAS,,Notes\n"
    ",,,pre,3 mo,\n"
    "A,2026-01-02,T12,8,2,well\n"
    "B,2026-01-03,L1,7,1,\n"
)


def sheet_of(text: str) -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(text.splitlines()):
            for column, cell in enumerate(line.split(",")):
                if cell:
                    sheet.write(row, column, cell)
    return kept.getvalue()


@pytest.fixture(params=[str.encode, sheet_of], ids=["csv", "xlsx"])
def kind(request: pytest.FixtureRequest) -> Callable[[str], bytes]:
    made: Callable[[str], bytes] = request.param
    return made


def test_the_row_that_is_named_has_the_headings(
    file: WriteFile, kind: Callable[[str], bytes]
) -> None:
    source = file(kind(TITLED))
    assert open_table(Source(source)).columns[0] == "Spine clinic"
    table = open_table(Source(source, heading="4"))
    assert table.columns == ("Patient ID", "Level", "Cement", "VAS pre")
    assert [(row.number, row.cells) for row in table.rows()] == [(5, ("A", "T12", "4", "8"))]


def test_headings_in_two_rows_are_one_name_each(
    file: WriteFile, kind: Callable[[str], bytes]
) -> None:
    table = open_table(Source(file(kind(TWO_LINES)), heading="2-3"))
    assert table.columns == ("Patient ID", "Date", "Level", "VAS pre", "VAS 3 mo", "Notes")
    assert [row.number for row in table.rows()] == [4, 5]
    targets = {use.column: use.target for use in propose(table).columns}
    assert targets["VAS 3 mo"] == "pain.3m"


def test_a_heading_over_one_column_goes_for_no_other_one(file: WriteFile) -> None:
    table = open_table(
        Source(file("Code,,VAS,,\n,Age,pre,post,Notes\nA,70,8,2,x\n"), heading="1-2")
    )
    assert table.columns == ("Code", "Age", "VAS pre", "VAS post", "VAS Notes")


def test_the_same_table_can_be_headed_anew(file: WriteFile, kind: Callable[[str], bytes]) -> None:
    table = open_table(Source(file(kind(TITLED))))
    other = table.headed("4")  # type: ignore[attr-defined]
    assert (other.columns[0], table.columns[0]) == ("Patient ID", "Spine clinic")
    assert other.headings == HeadingRows(4, 4)
    assert [number for number, _ in other.headings.seen] == [1, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        (TWO_LINES, ("Patient ID", "Date", "Level", "VAS pre", "VAS 3 mo", "Notes"), "2-3"),
        (
            "Clinic X,,,,,,\n,,,VAS,,ODI,\n"
            "Patient,Date,Level,pre,3 mo,pre,Notes\nA,,T12,8,2,40,x\n",
            ("Patient", "Date", "Level", "VAS pre", "VAS 3 mo", "ODI pre", "Notes"),
            "2-3",
        ),
        (
            "Patient,Date,Level,Pain,,\n,,,pre,3 mo,12 mo\nA,2026-01-02,T12,8,2,1\n",
            ("Patient", "Date", "Level", "Pain pre", "Pain 3 mo", "Pain 12 mo"),
            "1-2",
        ),
    ],
)
def test_a_second_row_of_headings_is_recognized_and_told(
    file: WriteFile, kind: Callable[[str], bytes], text: str, columns: tuple[str, ...], rows: str
) -> None:
    source = Source(file(kind(text)))
    table = open_table(source)
    assert table.columns == columns
    first, last = rows.split("-")
    assert f"the headings are joined of the rows {first} to {last}, such as " in table.written
    assert next(row.cells[0] for row in table.rows()) == "A"
    alone = open_table(replace(source, heading=first))
    assert "joined" not in alone.written


@pytest.mark.parametrize(
    "text",
    [
        "Patient,Date,Level,Volume,VAS pre\n,,,mL,\nA,2026-01-02,T12,4,8\n",
        "Patient,Level,Ward\npre,T12,mo\nA,L1,x\n",
        "VAS pre,Level,\n3 mo,T12,\n8,L1,2\n",
        "Spine clinic\nPatient,Level,Ward\nA,L1,x\n",
    ],
)
def test_units_cases_and_titles_are_no_second_row_of_headings(
    file: WriteFile, kind: Callable[[str], bytes], text: str
) -> None:
    table = open_table(Source(file(kind(text))))
    assert "joined" not in table.written


def test_a_merged_heading_over_cases_swallows_none_of_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "clinic.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Patient", "Level"])
        sheet.merge_range(0, 2, 0, 3, "Ward")
        sheet.write_row(1, 0, ["A", "T12", "3", "West"])
    assert [row.cells for row in open_table(Source(tmp_path / "clinic.xlsx")).rows()] == [
        ("A", "T12", "3", "West")
    ]


@pytest.mark.parametrize("said", ["0", "x", "3-2", "1-9", "1001", "99999", "-3", "3-"])
def test_what_names_no_rows_is_refused(said: str) -> None:
    with pytest.raises(UnreadableTable, match="names no row of headings"):
        rows_stated(said)


@pytest.mark.parametrize("said", ["2", "99", "1-2"])
def test_a_row_without_headings_is_refused(
    file: WriteFile, kind: Callable[[str], bytes], said: str
) -> None:
    with pytest.raises(UnreadableTable, match=r"row \d+ holds no headings"):
        open_table(Source(file(kind(TITLED)), heading=said))


def test_a_mapping_remembers_the_rows(file: WriteFile, logbook: Logbook) -> None:
    look = first_look(Source(file(TITLED), heading="4"))
    again = mapping_from_json(look.mapping.as_json())
    assert again == look.mapping
    save_mapping(logbook, "Titled", again)
    plain = open_table(Source(file(TITLED)))
    fitting = made_for(plain, list_mappings(logbook))
    assert fitting is not None
    assert fitting.name == "Titled"
    source, table, _ = open_for(Source(file(TITLED)), fitting.mapping)
    assert (source.heading, table.columns[0]) == ("4", "Patient ID")
    assert made_for(open_table(Source(file("a,b\n1,2\n"))), list_mappings(logbook)) is None


def test_a_file_of_refused_rows_needs_no_titles(file: WriteFile) -> None:
    mapping = first_look(Source(file(TITLED), heading="4")).mapping
    mended = file("Patient ID,Level,Cement,VAS pre,reason\nA,T12,4,8,Why\n")
    source, table, fitted = open_for(Source(mended), mapping)
    assert (source.heading, fitted.heading) == ("", "")
    assert table.columns[0] == "Patient ID"


def test_a_mapping_with_odd_rows_is_refused() -> None:
    with pytest.raises(UnreadableMapping, match="names no row of headings"):
        mapping_from_json('{"kypholog_mapping": 1, "columns": [], "heading": "x"}')


def test_the_command_takes_the_row_and_keeps_it(
    logbook: Logbook, file: WriteFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "mapping.json"
    start = ["--logbook", named(logbook), "import", str(file(TWO_LINES))]
    options = ["--heading-row", "2 - 3", "--save-mapping", str(mapping)]
    assert commands.run([*start, *options, "--dry-run"]) == 0
    assert '"heading": "2-3"' in mapping.read_text()
    assert commands.run([*start, "--mapping", str(mapping)]) == 0
    assert CaseRow.select().count(logbook.database) == 2
    capsys.readouterr()
    assert commands.run([*start, "--heading-row", "9"]) != 0
    assert "row 9 holds no headings" in capsys.readouterr().err
