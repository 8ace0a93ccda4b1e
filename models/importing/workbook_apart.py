# SPDX-License-Identifier: MIT
"""Reads a workbook in a process of its own, whose memory and time are limited.

The library that reads sheets takes a whole sheet into memory, and a hostile workbook can make it
ask for any amount. So it never works in the process that holds the logbook. The file comes in and
the cells go out through pipes; nothing touches the disk.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from models.importing.archives import Archive, Facts, locked
from models.importing.hidden_scans import Run, hidden_in
from models.importing.other_kinds import is_ole, is_zip
from models.importing.recognizing import MOST_IN_A_CELL, UnreadableTable
from models.speech import say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

FILE = "\0"
"""Stands for the name of the file in the sentences of this process, which is not told it."""

MOST_MEMORY = 2 << 30
"""Bytes; about half a million rows of forty columns."""

MOST_SECONDS = 600
NO_MEMORY = 71
PEEKED_ROWS = 30
CERTAIN = "\x01"
"""Stands before a number such as 1.234, which the sheet holds as a number and not as text."""

_OLE_SECTOR = 512
_BEGINS = b"\x09\x08"
_LOCKED = b"\x2f\x00"
_NONE_OF_EXCEL = ("WordDocument", "PowerPoint Document")
_HALF_A_SECOND = timedelta(microseconds=500_000)
_DIGITS_SHOWN = 15

Cell = object
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Workbook:
    opened: CalamineWorkbook
    archive: Archive | None

    def facts(self, sheet: str) -> Facts:
        # Old workbooks have errors too, and nothing here that finds them.
        return self.archive.facts(sheet) if self.archive else Facts(has_unplaced_errors=True)


def main(arguments: Sequence[str]) -> None:
    """What the other process does: "names", "peek" or "read PLACE"; the answer is JSON, then CSV.

    Raises:
        Exception: whatever the library raises; the process ends with it.
    """
    _limit()
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="", write_through=False)
    try:
        workbook = _open(sys.stdin.buffer)
        if arguments[0] == "names":
            _say(out, {"sheets": [{"name": name} for name, _ in _worksheets(workbook)]})
        elif arguments[0] == "peek":
            peeked = [_peek(workbook, *sheet) for sheet in _worksheets(workbook)]
            _say(out, {"sheets": peeked})
        else:
            _read(workbook, int(arguments[1]), out)
    except UnreadableTable as error:
        _say(out, {"message": error.message, "cure": error.cure})
    out.flush()


def _limit() -> None:
    """Windows has no such limits; there the size of what is unpacked is the only one."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Some systems know the limits and do not take them.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def _say(out: io.TextIOWrapper, said: dict[str, object]) -> None:
    out.write(json.dumps(said) + "\n")


def _open(source: BinaryIO) -> _Workbook:
    from python_calamine import CalamineError, PasswordError, load_workbook

    content = io.BytesIO(source.read())
    head = content.getvalue()[:8]
    archive = Archive(content, FILE) if is_zip(head) else None
    if archive is not None:
        # Before the library sees it, and whatever sheet is asked for.
        archive.check()
    elif is_ole(head):
        _refuse_locked(content.getvalue())
    content.seek(0)
    try:
        return _Workbook(load_workbook(content), archive)
    except PasswordError as error:
        raise locked(FILE) from error
    except CalamineError as error:
        cure = say("Open it in its program, and save it anew or as CSV.")
        raise UnreadableTable(say("{file} is damaged, or no workbook.", file=FILE), cure) from error


def _refuse_locked(content: bytes) -> None:
    """Workbooks with a password, and the files of other programs in the same old container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise locked(FILE)
    for name in _NONE_OF_EXCEL:
        if name.encode("utf-16-le") in content:
            cure = say("Choose the workbook itself, or a CSV file.")
            raise UnreadableTable(say("{file} is a document of another program.", file=FILE), cure)
    for start in range(_OLE_SECTOR, len(content), _OLE_SECTOR):
        if content.startswith(_BEGINS, start):
            behind = start + 4 + int.from_bytes(content[start + 2 : start + 4], "little")
            if content.startswith(_LOCKED, behind):
                raise locked(FILE)


def _worksheets(workbook: _Workbook) -> Iterator[tuple[str, bool]]:
    """The sheets that hold cells, with whether they are shown."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for sheet in workbook.opened.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            yield sheet.name, sheet.visible == SheetVisibleEnum.Visible


def _peek(workbook: _Workbook, name: str, is_visible: bool) -> dict[str, object]:
    # The facts are not shown, but a sheet that reaches too far must not be opened.
    workbook.facts(name)
    grid = _Grid(_sheet(workbook, name), Facts())
    used = grid.used_columns()
    head: list[list[str]] = []
    rows = 0
    for _, row in grid.rows():
        if not _is_blank(row):
            rows += 1
            if len(head) < PEEKED_ROWS:
                cells = (_text(row[column - grid.left]) for column in used)
                head.append([cell.lstrip(CERTAIN)[:100] for cell in cells])
    return {"name": name, "visible": is_visible, "rows": rows, "columns": len(used), "head": head}


def _read(workbook: _Workbook, place: int, out: io.TextIOWrapper) -> None:
    sheets = list(_worksheets(workbook))
    if place < 0:
        shown = [number for number, (_, is_visible) in enumerate(sheets) if is_visible]
        if len(shown) != 1:
            _say(out, {"several": True})
            return
        place = shown[0]
    name, is_visible = sheets[place]
    facts = workbook.facts(name)
    grid = _Grid(_sheet(workbook, name), facts)
    used = grid.used_columns()
    places = {column: number for number, column in enumerate(used)}
    said: dict[str, object] = {
        "sheets": [{"name": name, "visible": is_shown} for name, is_shown in sheets],
        "sheet": name,
        "visible": is_visible,
        "hidden": _hidden(workbook, name, grid, used),
        "columns": used,
        "wide": _wide(grid.merged, places),
        "from_1904": facts.from_1904,
        "unplaced": facts.has_unplaced_errors,
    }
    _say(out, said)
    _write_rows(grid, used, out)


def _hidden(
    workbook: _Workbook, sheet: str, grid: _Grid, used: Sequence[int]
) -> dict[str, object] | None:
    """Runs of numbers of the hidden rows that are not blank, and the hidden ones of the columns.

    None where the kind of workbook does not tell them.
    """
    if workbook.archive is None:
        return None
    found = hidden_in(workbook.archive, sheet)
    columns = [column for column in used if _is_in(column, found.columns)]
    rows: list[list[int]] = []
    if found.rows:
        runs = sorted(found.rows)
        firsts = [first for first, _ in runs]
        for number, row in grid.rows():
            at = bisect_right(firsts, number) - 1
            if at < 0 or number > runs[at][1] or _is_blank(row):
                continue
            if rows and rows[-1][1] == number:
                rows[-1][1] += 1
            else:
                rows.append([number + 1, number + 1])
    return {"rows": rows, "columns": columns}


def _is_in(number: int, runs: Sequence[Run]) -> bool:
    return any(first <= number <= last for first, last in runs)


def _write_rows(grid: _Grid, used: Sequence[int], out: io.TextIOWrapper) -> None:
    """Every row that is not blank: its number, then the text of its cells in the used columns."""
    write = csv.writer(out).writerow
    tall = _Tall(grid)
    places = [column - grid.left for column in used]
    for number, row in grid.rows():
        tall.fill(number, row)
        if _is_blank(row):
            continue
        cells = [_text(row[place]) for place in places]
        if max(map(len, cells)) > MOST_IN_A_CELL:
            told = say(
                "{file}, row {number}: a cell is longer than {most_in_a_cell:,} characters.",
                file=FILE,
                number=number + 1,
                most_in_a_cell=MOST_IN_A_CELL,
            )
            # In the place of a row, because rows may have gone out already.
            write(["!", told, say("Shorten it.")])
            return
        write([number + 1, *cells])
    write(["end"])


class _Grid:
    """The cells of a sheet, with those that the library passes over. Rows are counted from 0."""

    def __init__(self, sheet: CalamineSheet, facts: Facts) -> None:
        self._sheet = sheet
        self.merged: list[Merged] = sheet.merged_cell_ranges or []
        self._errors: dict[int, dict[int, str]] = {}
        for (row, column), told in facts.errors.items():
            self._errors.setdefault(row, {})[column] = told
        start = sheet.start[1] if sheet.start else 0
        columns = {column for _, column in facts.errors} | {start}
        self.left = min(columns)
        self._before = [""] * (start - self.left)
        self._behind = [""] * (max(columns) + 1 - start - sheet.width)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """All rows; each is a list of its own."""
        number = -1
        for number, cells in enumerate(self._sheet.iter_rows()):
            yield number, self._whole(number, cells)
        for below in sorted(row for row in self._errors if row > number):
            yield below, self._whole(below, [""] * self._sheet.width)

    def used_columns(self) -> list[int]:
        """The columns that hold anything, counted from 0."""
        used: set[int] = set()
        asked = list(range(len(self._before) + self._sheet.width + len(self._behind)))
        for _, row in self.rows():
            if found := {place for place in asked if row[place] != ""}:
                used |= found
                asked = [place for place in asked if place not in found]
        return sorted(self.left + place for place in used)

    def _whole(self, number: int, cells: Sequence[Cell]) -> list[Cell]:
        whole = [*self._before, *cells, *self._behind]
        for column, told in self._errors.get(number, {}).items():
            whole[column - self.left] = told
        return whole


class _Tall:
    """Merged cells: below the first one the library gives nothing, where people see its value."""

    def __init__(self, grid: _Grid) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for (top, column), (bottom, _) in grid.merged:
            if bottom > top:
                self._starts.setdefault(top, []).append((column - grid.left, bottom))
        self._open: dict[int, tuple[int, Cell]] = {}

    def fill(self, number: int, row: list[Cell]) -> None:
        """Give the cells of a row what is merged into them; a row that is blank else stays so."""
        if self._open and not _is_blank(row):
            for column, (bottom, value) in list(self._open.items()):
                if number > bottom:
                    del self._open[column]
                elif row[column] == "":
                    row[column] = value
        for column, bottom in self._starts.get(number, ()):
            if 0 <= column < len(row):
                self._open[column] = (bottom, row[column])


def _wide(merged: Sequence[Merged], places: dict[int, int]) -> list[list[int]]:
    """Cells of the first rows that are merged with those beside: row number, first and last."""
    found: list[list[int]] = []
    for (top, left), (_, right) in merged:
        inside = [places[column] for column in range(left, right + 1) if column in places]
        if len(inside) > 1 and top < 2 * PEEKED_ROWS:
            found.append([top + 1, inside[0], inside[-1]])
    return found


def _sheet(workbook: _Workbook, name: str) -> CalamineSheet:
    from python_calamine import CalamineError

    try:
        return workbook.opened.get_sheet_by_name(name)
    except CalamineError as error:
        cure = say("Open it in its program, and save it anew or as CSV.")
        raise UnreadableTable(
            say("{file}: the sheet {name} is damaged.", file=FILE, name=name), cure
        ) from error


def _is_blank(row: Sequence[Cell]) -> bool:
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _text(cell: Cell) -> str:
    return _TEXTS[type(cell)](cell)


def _number(cell: float) -> str:
    """As short as Excel shows it: the sums of decimals have no tail of zeros and a one."""
    if cell.is_integer() and abs(cell) < 10**_DIGITS_SHOWN:
        return str(int(cell))
    shown = f"{cell:.{_DIGITS_SHOWN}g}"
    text = shown if abs(float(shown) - cell) <= abs(cell) * sys.float_info.epsilon else repr(cell)
    whole, _, decimals = text.lstrip("-").partition(".")
    return f"{CERTAIN}{text}" if len(decimals) == 3 and len(whole) <= 3 else text


def _moment(cell: datetime) -> str:
    # Days are counted in fractions, so that a minute may lack some microseconds.
    cell = (cell + _HALF_A_SECOND).replace(microsecond=0)
    if cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat(" ", "seconds" if cell.second else "minutes")


def _time(cell: time) -> str:
    return _moment(datetime.combine(date(2000, 1, 1), cell))[11:] or "00:00"


def _span(cell: timedelta) -> str:
    seconds = round(cell.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


_TEXTS: dict[type, Callable[..., str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    date: date.isoformat,
    datetime: _moment,
    time: _time,
    timedelta: _span,
}

if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except MemoryError:
        sys.exit(NO_MEMORY)
