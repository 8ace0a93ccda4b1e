# SPDX-License-Identifier: MIT
"""Files that are huge, damaged, gone or no tables: a sentence, little memory, the same logbook."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import models
from models.errors import LogbookError
from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import MOST_IN_A_ROW, CsvTable
from models.importing.recognizing import UnreadableTable
from models.importing.survey import grouped, survey
from models.importing.writing import write
from models.logbook import Logbook
from models.undo import newest_entry
from tests.models.importing.conftest import Look, WriteFile

HEAD = "patient code,date,level,cement ml\n"
MEGABYTES = 96
"""More than the program takes before it reads anything, and far less than any of the files."""

# Whoever starts a process lends it the memory that it had itself, so far as the system counts it.
READ = """
import sys
from pathlib import Path
from models.errors import LogbookError
from models.importing.opening import Source, open_table
for name in sys.argv[1:]:
    try:
        print(sum(1 for _ in open_table(Source(Path(name))).rows()), "rows")
    except LogbookError as error:
        print(error)
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) >> 10)
"""


def sparse(start: bytes, size: int) -> Callable[[Path], None]:
    """A file that is NUL behind its start, and takes no room on the disk."""

    def write(target: Path) -> None:
        with target.open("wb") as opened:
            opened.write(start)
            opened.truncate(size)

    return write


def repeated(start: bytes, piece: bytes, times: int) -> Callable[[Path], None]:
    def write(target: Path) -> None:
        target.write_bytes(start + piece * times)

    return write


HUGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "two_gigabytes": (sparse(b"a,b\n", 2 << 30), "is larger than 1 GB"),
    "one_line": (sparse(b"a,b\n1", 500 << 20), "row 2 is longer than 2,097,152 characters"),
    "open_quote": (sparse(b'a,b\n1,"', 100 << 20), "row 2 is longer than 2,097,152 characters"),
    "endless_row": (
        repeated(b'a,b\n1,"', b'\n","', 1 << 20),
        "row 2 is longer than 2,097,152 characters",
    ),
    "million_columns": (repeated(b"a,b\n", b",", 1_000_000), "row 2 has 1,000,001 cells"),
    "blank_lines": (repeated(b"a,b\n1,2\n", b"\n", 1 << 20), "1 rows"),
    "short_rows": (repeated(b"a,b\n", b"1,2\n", 100_000), "100000 rows"),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to measure")
def test_huge_files_take_little_memory_and_get_a_sentence(tmp_path: Path) -> None:
    for name, (make, _) in HUGE.items():
        make(tmp_path / f"{name}.csv")
    done = subprocess.run(
        [sys.executable, "-c", READ, *(str(tmp_path / f"{name}.csv") for name in HUGE)],
        cwd=Path(models.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    *said, megabytes = done.stdout.splitlines()
    for line, (_, told) in zip(said, HUGE.values(), strict=True):
        assert told in line
    assert int(megabytes) < MEGABYTES


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + "A,2026-01-10,T12,=1+2\n", "Row 2, column cement ml: Cement: =1+2 is not a number"),
        (HEAD + "A,2026-01-10,T12,#REF!\n", "Row 2, column cement ml: The formula in this cell"),
        (HEAD + "A,2026-01-10,T12\n", "Row 2: The row has 3 cells, fewer than the 4 columns"),
        (HEAD + "A,2026-01-10,T12,4,5\n", "Row 2: The row has 5 cells, more than the 4 columns"),
        (HEAD + "A,2026-01-\0,T12,4\n", "Row 2: Column date holds a NUL character"),
        (HEAD + "A,2026-02-31,T12,4\n", "Row 2, column date: "),
        (HEAD + "\r\n\r\nA,2026-01-10,T99,4\r", "Row 4, column level: Level does not know T99"),
    ],
)
def test_what_cannot_be_read_of_a_row_names_row_and_column(
    look: Look, logbook: Logbook, content: str, told: str
) -> None:
    before = newest_entry(logbook)
    shown = look(content)
    (problem,) = [str(one) for line in shown.lines for one in line.problems]
    assert problem.startswith(told)
    assert write(logbook, shown).new == 0
    assert newest_entry(logbook) == before


def test_only_a_heading_is_a_table_without_cases(look: Look, logbook: Logbook) -> None:
    shown = look(HEAD)
    assert (list(shown.lines), shown.seen.cases) == ([], 0)
    assert write(logbook, shown).new == 0


def test_text_that_was_kept_from_excel_loses_its_wrapping(look: Look) -> None:
    shown = look(HEAD + '="0012",2026-01-10,T12,="4.5"\n')
    assert [(line.name, line.problems) for line in shown.lines] == [("0012", ())]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "clinic.csv"
    for change in (
        lambda: target.write_text(HEAD + "B,2026-01-10,T12,4\n"),
        lambda: os.truncate(target, 100_001),
    ):
        target.write_text(HEAD + "A,2026-01-10,T12,4\n" * 20_000)
        rows = CsvTable(target).rows()
        next(rows)
        change()
        with pytest.raises(UnreadableTable, match="was changed since it was first read"):
            list(rows)


def test_a_drive_that_is_gone_is_told(logbook: Logbook, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()
    target = folder / "clinic.csv"
    target.write_text(HEAD + "A,2026-01-10,T12,4\n")
    table = CsvTable(target)
    shown = preview(logbook, table, propose(table))
    folder.rename(tmp_path / "gone")
    before = newest_entry(logbook)
    with pytest.raises(UnreadableTable, match=r"clinic\.csv cannot be read: no such file") as told:
        write(logbook, shown)
    assert "look whether its drive is there" in told.value.cure
    assert newest_entry(logbook) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_could_be_waited_for_forever_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UnreadableTable, match="and no file"):
        CsvTable(tmp_path / "pipe.csv")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to this user"
)
def test_a_file_that_may_not_be_read_is_told(file: WriteFile) -> None:
    target = file(HEAD)
    target.chmod(0)
    with pytest.raises(UnreadableTable, match="cannot be read: permission denied"):
        CsvTable(target)


def test_rows_of_a_case_that_stand_too_far_apart_are_told_with_the_cure(file: WriteFile) -> None:
    lines = [f"P{number},2026-01-10,T12,4\n" for number in range(100)]
    table = CsvTable(file(HEAD + "".join(lines) + "".join(lines).replace("T12", "L1")))
    seen = survey(table, propose(table))
    assert (seen.cases, seen.rows) == (100, 200)
    assert [len(rows) for rows in grouped(table, seen)] == [2] * 100
    with pytest.raises(LogbookError, match=r"row \d+: the rows of too many cases stand far apart"):
        list(grouped(table, seen, most_waiting=10_000))


def test_a_row_may_have_many_lines_but_not_without_end(file: WriteFile) -> None:
    note = "line\n" * 20_000
    row = f'A,2026-01-10,T12,"{note}"\n'
    assert [read.cells[3] for read in CsvTable(file(HEAD + row)).rows()] == [note]
    cells = [f'"{note}"'] * (MOST_IN_A_ROW // len(note) + 1)
    with pytest.raises(UnreadableTable, match="row 2 is longer than"):
        list(CsvTable(file(HEAD + ",".join(cells))).rows())
