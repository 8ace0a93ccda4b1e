# SPDX-License-Identifier: MIT
"""Reading any CSV: what is recognized, what is refused and where, and how much memory it takes."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import LogbookError
from models.importing.reading import MOST_COLUMNS, CsvTable, SourceRow
from models.importing.recognizing import UnreadableTable
from tests.models.importing.conftest import WriteFile

TEXT = "code;Größe\r\nP-1;1,5\r\nP-2;2,5\r\n"


def rows(table: CsvTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16, big-endian"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows Western (cp1252)"),
    ],
)
def test_the_encoding_is_recognized(file: WriteFile, data: bytes, told: str) -> None:
    table = CsvTable(file(data))
    assert table.columns == ("code", "Größe")
    assert rows(table) == [("P-1", "1,5"), ("P-2", "2,5")]
    assert table.written == f"{told}, separated by semicolon"


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Größe;geheilt;Übelkeit;Knöchelödem;cm²"),
        ("cp1252", "âge;décédé;côté gauche;fuite;n° 1"),
        ("cp1251", "возраст;боль;позвонок;утечка;слева"),
        ("cp1253", "ηλικία;πόνος;διαρροή;ύψος;αριστερά"),
        ("cp932", "年齢;疼痛;椎体;漏出;なし"),
        ("cp949", "나이;통증;척추;누출;왼쪽"),
    ],
)
def test_words_tell_the_code_page(file: WriteFile, encoding: str, words: str) -> None:
    row = ";".join(reversed(words.split(";")))
    table = CsvTable(file(f"{words}\r\n{row}\r\n".encode(encoding)))
    assert (table.columns, rows(table)) == (tuple(words.split(";")), [tuple(row.split(";"))])


def test_titles_above_the_headings_are_passed_over(file: WriteFile) -> None:
    table = CsvTable(file("Cases 2026\r\n\r\nid;levels;ml\r\nA;T12, L1;4,5\r\n"))
    assert table.columns == ("id", "levels", "ml")
    assert list(table.rows()) == [SourceRow(4, ("A", "T12, L1", "4,5"))]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_delimiter_and_line_ends_are_recognized(file: WriteFile, sign: str, end: str) -> None:
    lines = ["a b c", 'x "1,5;2" z', "x y z"]
    table = CsvTable(file(end.join(line.replace(" ", sign) for line in lines)))
    assert table.columns == ("a", "b", "c")
    assert rows(table) == [("x", "1,5;2", "z"), ("x", "y", "z")]


def test_line_ends_may_be_mixed_and_blank_rows_are_counted(file: WriteFile) -> None:
    table = CsvTable(file('a,b\r\n1,"two\r\nlines"\n\n3,4\r\n,\r\n \r\n'))
    assert list(table.rows()) == [SourceRow(2, ("1", "two\r\nlines")), SourceRow(4, ("3", "4"))]


def test_what_is_recognized_can_be_overruled(file: WriteFile) -> None:
    table = CsvTable(file("größe,b;c\n1,2;3\n".encode("cp1252")), delimiter=";")
    assert table.columns == ("größe,b", "c")
    with pytest.raises(UnreadableTable, match=r"line 1: it is not written in UTF-8"):
        CsvTable(file("größe,b\n1,2\n".encode("cp1252")), encoding="utf-8")


def test_the_line_that_tells_a_spreadsheet_the_delimiter_is_no_heading(file: WriteFile) -> None:
    table = CsvTable(file("sep=;\r\na;b,c\r\n1;2\r\n"))
    assert table.columns == ("a", "b,c")
    assert list(table.rows()) == [SourceRow(3, ("1", "2"))]


def test_a_row_of_another_width_is_marked_and_the_next_one_read(file: WriteFile) -> None:
    read = list(CsvTable(file("a,b\n1,2\n1,2,3\n1\n4,5,,\n")).rows())
    assert [(row.number, bool(row.problem)) for row in read] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
    ]
    assert "3 cells, more than the 2 columns" in read[1].problem


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"\r\n\r\n", "is empty"),
        (b",,\n  ,\n", "row 1 names no column"),
        (b"a,b, A\n1,2,3\n", "row 1: the columns 1 and 3 are both called A"),
        (b"a\0,b\n1,2\n", "row 1, column 1: the heading holds a NUL"),
        (b'a,b\n1,2\n3,"4\n5,6\n', r"row 3 \(line 4\): the file ends within quotes"),
        (b'a,b\n1,"2"x\n', r"row 2 \(line 2\): text follows a closing quote"),
        (b'a,b\n1,"' + b"x" * 200_000, "row 2 .*: a cell is longer than 131,072 characters"),
        (b"PK\x03\x04 and so on", "is an Excel workbook or a zip file"),
        (b"%PDF-1.7 and so on", "is a PDF"),
        (bytes(range(256)) * 20, "is no text"),
        (b"a," * MOST_COLUMNS + b"b\n", "row 1 has 2,001 cells"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(
    file: WriteFile, data: bytes, told: str
) -> None:
    with pytest.raises(UnreadableTable, match=told):
        list(CsvTable(file(data)).rows())


def test_a_nul_is_refused_with_row_and_column(file: WriteFile) -> None:
    row = next(iter(CsvTable(file(b"a,b\n1,2\0\n")).rows()))
    assert (row.number, row.problem[:29]) == (2, "Column b holds a NUL character"[:29])


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable, match="no such file"):
        CsvTable(tmp_path / "none.csv")
    with pytest.raises(UnreadableTable, match="it is a folder"):
        CsvTable(tmp_path)


def test_a_million_columns_and_two_gigabytes_are_refused_in_little_memory(tmp_path: Path) -> None:
    wide, large = tmp_path / "wide.csv", tmp_path / "large.csv"
    wide.write_bytes(b"," * 1_000_000 + b"\n")
    with large.open("wb") as opened:
        opened.write(b"a,b\n")
        opened.truncate(2 << 30)
    tracemalloc.start()
    with pytest.raises(UnreadableTable, match="1,000,001 cells"):
        CsvTable(wide)
    with pytest.raises(UnreadableTable, match="larger than 1 GB"):
        CsvTable(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 << 20


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    target = tmp_path / "long.csv"
    with target.open("w") as opened:
        opened.write("a,b,c\n")
        for number in range(50_000):
            opened.write(f"{number},some words,1.5\n")
    tracemalloc.start()
    assert sum(1 for _ in CsvTable(target).rows()) == 50_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "any.csv"


_PIECES = st.sampled_from(
    [
        b'"',
        b'""',
        b",",
        b";",
        b"\t",
        b"\r",
        b"\n",
        b"\r\n",
        b"a",
        b"1,5",
        b"\0",
        b"\xff\xfe",
        b"sep=",
    ]
)


@settings(max_examples=300)
@given(data=st.one_of(st.binary(max_size=300), st.lists(_PIECES, max_size=60).map(b"".join)))
def test_whatever_the_bytes_it_is_read_or_refused_in_words(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    with suppress(LogbookError):
        table = CsvTable(place)
        for row in table.rows():
            assert row.problem or len(row.cells) == len(table.columns)
