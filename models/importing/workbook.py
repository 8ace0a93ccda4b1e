# SPDX-License-Identifier: MIT
"""A sheet of a workbook as a table: xlsx, xlsm, xlsb, xls and ods.

Another process reads it (``workbook_apart``), once; its cells are kept compressed.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Self

from models.importing.formats import Certain
from models.importing.headings import Headed, headings_in, named, rows_stated
from models.importing.hidden import LEAVE_OUT, Hidden
from models.importing.other_kinds import is_ole, is_zip
from models.importing.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    SourceRow,
    problem_of_text,
    too_many_rows,
)
from models.importing.recognizing import (
    UnreadableTable,
    heading_place,
    opened_file,
    unreadable,
)
from models.importing.survey import Stopped
from models.importing.workbook_apart import CERTAIN, FILE, MOST_MEMORY, NO_MEMORY
from models.speech import say
from models.typed import quoted

MOST_BYTES = 256 << 20
"""Of the file; a workbook of half a million rows is a quarter of that."""

MOST_KEPT = 128 << 20
"""Bytes of compressed cells."""

_ROOT = Path(__file__).parents[2]
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_BLOCK = 1 << 20
_LOOKED_EVERY = 0.1

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, for a choice.

    Attributes:
        is_shown: it is not hidden.
        rows: how many are not blank, the headings among them.
        columns: its headings, as far as they can be told.
        known: how many of them a case has a place for.
    """

    name: str
    is_shown: bool
    rows: int
    columns: tuple[str, ...]
    known: int


class SheetTable(Headed):
    """A sheet of a workbook; without a name the one that looks most like a list of cases.

    ``hidden`` is one of ``hidden.HANDLINGS``, or "" where nobody said: hidden rows and columns are
    read then.

    Attributes:
        hidden_sheets: the names of the sheets that the workbook hides.

    Raises:
        UnreadableTable: it cannot be read; the sentence names place and cure.
        Stopped: ``cancelled`` said so.
    """

    is_for_excel = False

    def __init__(
        self,
        file: Path,
        sheet: str = "",
        cancelled: Cancelled | None = None,
        heading: str = "",
        hidden: str = "",
    ) -> None:
        self.file = file
        place = _place_of(file, sheet, cancelled) if sheet else -1
        said, self._kept = _read(file, place, cancelled)
        if said.get("several"):
            place = _best(sheets(file, cancelled))
            said, self._kept = _read(file, place, cancelled)
        self.sheets: tuple[str, ...] = tuple(one["name"] for one in said["sheets"])
        self.hidden_sheets = frozenset(
            str(one["name"]) for one in said["sheets"] if not one["visible"]
        )
        self.sheet: str = said["sheet"]
        self.is_from_1904: bool = said["from_1904"]
        self._has_unplaced_errors: bool = said["unplaced"]
        self._every_letter = [_letters(column) for column in said["columns"]]
        self._every_wide: list[tuple[int, int, int]] = said["wide"]
        self._hides = self._hidden(said["hidden"])
        self._leave_out(hidden == LEAVE_OUT)
        if len(self._letters) > MOST_COLUMNS:
            raise UnreadableTable(
                say(
                    "{name} has {n:,} columns; at most {most_columns:,} are read.",
                    name=self.name,
                    n=len(self._letters),
                    most_columns=MOST_COLUMNS,
                ),
                say("Take away the columns that are not needed."),
            )
        self._take_headings(heading)

    @property
    def hidden(self) -> Hidden:
        """What of the sheet is hidden, below its headings."""
        return self._hides.below(self.headings.last)

    def without_hidden(self) -> Self:
        """The same without its hidden rows and columns, with recognized headings.

        Raises:
            UnreadableTable: nothing is left that could be headings.
        """
        other = copy(self)
        other._leave_out(True)
        other._take_headings("")
        return other

    def _hidden(self, said: dict[str, Any] | None) -> Hidden:
        is_sheet = self.sheet in self.hidden_sheets
        if said is None:
            return Hidden(is_sheet=is_sheet, is_known=False)
        runs = tuple((first, last) for first, last in said["rows"])
        return Hidden(runs, tuple(map(_letters, said["columns"])), is_sheet)

    def _leave_out(self, wanted: bool) -> None:
        """Read the table without what is hidden, or with it."""
        self._hides = replace(self._hides, is_left_out=wanted and bool(self._hides))
        hides = self._hides if wanted else Hidden()
        letters = self._every_letter
        self._places = [at for at, letter in enumerate(letters) if letter not in hides.columns]
        self._letters = [letters[place] for place in self._places]
        self._left_out = {number for first, last in hides.rows for number in range(first, last + 1)}
        self._wide = [
            (row, inside[0], inside[-1])
            for row, first, last in self._every_wide
            if len(inside := [n for n, at in enumerate(self._places) if first <= at <= last]) > 1
        ]

    @property
    def name(self) -> str:
        """The name of the file, and of the sheet where there are several."""
        return f"{self.file.name}, {self.sheet}" if len(self.sheets) > 1 else self.file.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings; a column without one is named by its letter, an empty one left out."""
        return self._columns

    @property
    def written(self) -> str:
        """The kind of workbook and the sheet, with what is special about it."""
        told = [say("workbook, sheet {sheet}", sheet=self.sheet)]
        told += [self.headings.told] if self.headings.told else []
        if self.is_from_1904:
            told.append(say("days counted from 1904"))
        if self._has_unplaced_errors:
            told.append(say("formulas without a result, such as #DIV/0!, are read as empty cells"))
        return "; ".join(told)

    def rows(self) -> Iterator[SourceRow]:
        """Every row that is not blank."""
        read = 0
        for number, cells in self._records():
            if number > self.headings.last:
                read += 1
                if read > MOST_ROWS:
                    raise too_many_rows(self.name)
                yield SourceRow(number, tuple(cells), problem_of_text(self._columns, cells))

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        is_whole = not self._hides.is_left_out
        with gzip.open(io.BytesIO(self._kept), "rt", encoding="utf-8", newline="") as text:
            for number, *cells in csv.reader(text):
                if number == "end":
                    return
                if number == "!":
                    raise _refused(self.file, *cells)
                if any(cell[:1] == CERTAIN for cell in cells):
                    cells = [Certain(cell[1:]) if cell[:1] == CERTAIN else cell for cell in cells]
                if is_whole:
                    yield int(number), cells
                elif int(number) not in self._left_out:
                    yield int(number), [cells[place] for place in self._places]
        raise _ended(self.file, 1)

    def _take_headings(self, heading: str) -> None:
        self.headings, cells = headings_in(
            self._records(), rows_stated(heading), self.name, self._wide
        )
        self._columns = named(
            cells,
            self.name,
            self.headings.last,
            lambda place: say("(column {letter})", letter=self._letters[place]),
        )


def is_workbook(file: Path) -> bool:
    """Whether the file begins as workbooks do, whatever its name says.

    Raises:
        UnreadableTable: it cannot be opened.
    """
    try:
        with opened_file(file) as opened:
            head = opened.read(8)
    except OSError as error:
        raise unreadable(file.name, error) from error
    return is_zip(head) or is_ole(head)


def sheets(file: Path, cancelled: Cancelled | None = None) -> list[Sheet]:
    """All sheets of a workbook that hold cells, in its order.

    Raises:
        UnreadableTable: it cannot be read.
        Stopped: ``cancelled`` said so.
    """
    from models.importing.columns import known_name

    found: list[Sheet] = []
    for one in _asked(file, "peek", cancelled=cancelled)[0]["sheets"]:
        head: list[list[str]] = one["head"]
        cells = head[heading_place(head)] if head else []
        names = tuple(" ".join(cell.split()) for cell in cells)
        known = {target for name in names if name and (target := known_name(name))}
        found.append(Sheet(one["name"], one["visible"], one["rows"], names, len(known)))
    return found


def _best(found: Sequence[Sheet]) -> int:
    """Of the sheets that are shown the one with most known headings, then with most rows."""
    return max(
        range(len(found)),
        key=lambda place: (
            found[place].is_shown and found[place].rows > 1,
            found[place].known,
            found[place].rows,
            -place,
        ),
        default=0,
    )


def _place_of(file: Path, sheet: str, cancelled: Cancelled | None) -> int:
    names = [one["name"] for one in _asked(file, "names", cancelled=cancelled)[0]["sheets"]]
    for place, name in enumerate(names):
        if name.casefold() == sheet.strip().casefold():
            return place
    told = ", ".join(quoted(name) for name in names[:20])
    raise UnreadableTable(
        say("{file} has no sheet {sheet}.", file=file.name, sheet=quoted(sheet)),
        say("It has: {told}.", told=told),
    )


def _read(file: Path, place: int, cancelled: Cancelled | None) -> tuple[dict[str, Any], bytes]:
    return _asked(file, "read", str(place), cancelled=cancelled)


def _asked(
    file: Path, *arguments: str, cancelled: Cancelled | None
) -> tuple[dict[str, Any], bytes]:
    """What the other process says, and the rows that it sends, compressed."""
    command = [sys.executable, "-m", "models.importing.workbook_apart", *arguments]
    try:
        with opened_file(file) as opened:
            if file.stat().st_size > MOST_BYTES:
                cure = say("Save the sheet as CSV in UTF-8.")
                raise UnreadableTable(
                    say(
                        "{file} is larger than {most_bytes} MB.",
                        file=file.name,
                        most_bytes=MOST_BYTES >> 20,
                    ),
                    cure,
                )
            process = subprocess.Popen(
                command,
                stdin=opened,
                stdout=subprocess.PIPE,
                # What the process writes may quote the file, so it goes no further.
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                creationflags=_NO_WINDOW,
            )
            with process, _watched(process, cancelled):
                assert process.stdout is not None
                head = process.stdout.readline()
                kept = _compressed(file, process.stdout)
    except OSError as error:
        raise unreadable(file.name, error) from error
    if process.returncode or not head.endswith(b"\n"):
        raise _ended(file, process.returncode)
    said: dict[str, Any] = json.loads(head)
    if "message" in said:
        raise _refused(file, said["message"], said["cure"])
    return said, kept


def _compressed(file: Path, source: IO[bytes]) -> bytes:
    kept = io.BytesIO()
    with gzip.GzipFile(fileobj=kept, mode="wb", compresslevel=1, mtime=0) as packed:
        while block := source.read(_BLOCK):
            packed.write(block)
            if kept.tell() > MOST_KEPT:
                cure = say("Save the sheet as CSV in UTF-8.")
                raise UnreadableTable(
                    say("{file} holds too much for one sheet.", file=file.name), cure
                )
    return kept.getvalue()


@contextmanager
def _watched(process: subprocess.Popen[bytes], cancelled: Cancelled | None) -> Iterator[None]:
    """The process never outlives what is done with it, nor somebody's wish to stop."""
    is_done, is_stopped = threading.Event(), threading.Event()
    asked = cancelled or (lambda: False)

    def watch() -> None:
        while not is_stopped.is_set():
            if asked():
                is_stopped.set()
                process.kill()
            elif is_done.wait(_LOOKED_EVERY):
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
        process.wait()
    finally:
        is_done.set()
        if process.poll() is None:
            process.kill()
        watcher.join()
    if is_stopped.is_set():
        raise Stopped


def _refused(file: Path, message: str, cure: str) -> UnreadableTable:
    return UnreadableTable(message.replace(FILE, file.name), cure)


def _ended(file: Path, code: int) -> UnreadableTable:
    """Why the process ended before it was done."""
    if -code == getattr(signal, "SIGXCPU", None):
        told = say("{file} takes longer to read than an import may.", file=file.name)
    elif code == NO_MEMORY or -code in (signal.SIGABRT, getattr(signal, "SIGKILL", None)):
        told = say(
            "{file} takes more memory than {most_memory} GB, perhaps because of a cell "
            "far away from the others; or it is damaged.",
            file=file.name,
            most_memory=MOST_MEMORY >> 30,
        )
    else:
        told = say("{file} is damaged.", file=file.name)
    return UnreadableTable(told, say("Open it in its program and save the sheet as CSV in UTF-8."))


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
