# SPDX-License-Identifier: MIT
"""Looks a whole table through once: how its columns are written, and which rows are one case."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from itertools import chain, groupby, repeat

from models.errors import LogbookError
from models.fields import Day, Number
from models.importing.arranging import arrange, columns_in
from models.importing.formats import Format
from models.importing.headed_again import HeadedAgain
from models.importing.looking import format_of, look_at_numbers, units_below
from models.importing.mapping import Mapping
from models.importing.reading import SourceRow, Table
from models.importing.recognizing import UnreadableTable
from models.importing.row_marks import Marks, again, mark_of_code
from models.importing.synonyms import has_marks
from models.importing.targets import (
    CASE,
    CASE_ID,
    PATIENT_CODE,
    PERFORMED_ON,
    RECORD_NUMBER,
    Target,
)
from models.importing.units import UnitOffer, offered, own_unit, told_of_unit
from models.importing.unread import Unread
from models.importing.values import is_vocabulary
from models.speech import say

Key = tuple[str, ...]
Cancelled = Callable[[], bool]

_Look = tuple[int, Callable[[str], None], set[str]]
"""Place and look of a column, and the texts that were seen there."""

MOST_WAITING = 256 << 20
"""Bytes of rows whose case is not whole yet."""

_ASKED_EVERY = 500
_REMEMBERED = 20_000
_BYTES_OF_A_CELL = 58


class Stopped(LogbookError):
    """Somebody stopped the import; the logbook is as it was."""

    def __init__(self) -> None:
        super().__init__(say("The import was stopped."), say("Nothing was written."))


@dataclass(slots=True)
class Survey:
    """What was seen of a table.

    Attributes:
        columns: the columns that are read: place in the row, heading, target.
        formats: how each of them is written, by heading.
        rows_of: how many rows there are of each case that has more than one, by the mark of its
            key; very rarely two cases share one, and wait for each other until the last row.
        cases, rows: how many of each there are; rows that cannot be read are one case each.
        marks: of the key of each row, in their order; 0 for a row without a key.
        codes_again: the marks of patient codes that stand in several rows; None where any may.
        headed: where headings come again, and where another table begins.
        below: the keys of rows that name a level and nothing of a case, by their number: they
            belong to the case above them, as where a clinic writes a patient once.
        unit_row: the number of the first row, where it says the units of the columns; else 0.
        is_exact: the cells are those of our own export.
        visits: place and cells of a column that tells a visit after the procedure in them.
        told_of_unread: what people have to know of columns that are not read.
        told_of_rows: how the rows lie, and which of them say less than whose they are.
        undecided: the rows of which it is open of which procedure of their patient they tell.
        headings: how the columns of a level are called in the file, by the number of the level and
            what they are called here.
    """

    columns: tuple[tuple[int, str, Target], ...]
    formats: dict[str, Format]
    key_places: tuple[int, ...] = ()
    rows_of: dict[int, int] = field(default_factory=dict)
    cases: int = 0
    rows: int = 0
    # Eight bytes a row, so that memory hardly grows with the file.
    marks: array[int] = field(default_factory=lambda: array("Q"))
    codes_again: set[int] | None = None
    headed: HeadedAgain = field(default_factory=lambda: HeadedAgain(()))
    below: dict[int, Key] = field(default_factory=dict)
    unit_row: int = 0
    is_exact: bool = False
    visits: tuple[int, frozenset[str]] = (-1, frozenset())
    told_of_unread: list[str] = field(default_factory=list)
    told_of_rows: list[str] = field(default_factory=list)
    undecided: frozenset[int] = frozenset()
    headings: Mapped[tuple[int, str], str] = field(default_factory=dict)

    def is_alone(self, row: SourceRow) -> bool:
        """Whether the patient code of this row surely stands in no other one."""
        if self.codes_again is None:
            return False
        cell = row.cells[self.key_places[0]]
        return mark_of_code(cell, cell.strip().casefold()) not in self.codes_again

    def key(self, row: SourceRow) -> Key:
        """What tells the case of this row; a row without is a case of its own."""
        if self.headed.is_below(row.number):
            return ("", str(row.number))
        if self.below and (above := self.below.get(row.number)) is not None:
            return above
        if not row.problem:
            cells = row.cells
            found = tuple([cells[place].strip().casefold() for place in self.key_places])
            # A day without a patient joins nothing.
            if found and found[0]:
                return found
        return ("", str(row.number))

    @property
    def recognized(self) -> list[str]:
        """What was recognized of numbers and dates, one sentence a column."""
        told = [*self.told_of_rows]
        for _, column, target in self.columns:
            said = self.formats[column].told(is_date=isinstance(target.field, Day))
            told += [f"{column}: {word}." for word in said]
        told += [*self.told_of_unread, *self.converted]
        if unnamed := [one for one in map(self._told_without_unit, self.columns) if one]:
            told.append(
                say(
                    "No unit is named, so the numbers are read in that of the logbook: {columns}.",
                    columns=", ".join(unnamed),
                )
            )
        return told

    @property
    def converted(self) -> list[str]:
        """The columns whose numbers are converted, and how, one sentence for each."""
        told = (told_of_unit(name, self.formats[name], of.field) for _, name, of in self.columns)
        return [one for one in told if one]

    @property
    def offers(self) -> list[UnitOffer]:
        """The columns in another unit of which nobody said whether they are to be converted."""
        found = (offered(name, self.formats[name], of.field) for _, name, of in self.columns)
        return [one for one in found if one is not None]

    def _told_without_unit(self, column: tuple[int, str, Target]) -> str:
        """The column and its unit, where nothing says in which of several its numbers are."""
        _, name, target = column
        form = self.formats[name]
        is_open = form.behind.keys() == {""} and not (form.unit or form.stated_unit)
        if not is_open or form.is_own_named or self.is_exact:
            return ""
        return say("{column} in {unit}", column=name, unit=own_unit(target.field))

    @property
    def comes_again(self) -> bool:
        """Whether the same file, imported again, would make its cases again.

        The logbook knows a case again by its id, or by patient code and day.
        """
        return not {CASE_ID, PATIENT_CODE} & {target.name for _, _, target in self.columns}

    @property
    def questions(self) -> list[str]:
        """What a person has to settle before cells can be read, one sentence a column."""
        told: list[str] = []
        for _, column, target in self.columns:
            form = self.formats[column]
            is_date = isinstance(target.field, Day)
            asked = form.dates.question if is_date else form.numbers.question
            told += [f"{column}: {asked}"] if asked else []
        return told


def survey(table: Table, mapping: Mapping, cancelled: Cancelled | None = None) -> Survey:
    """Look the table through.

    Raises:
        UnreadableTable: it cannot be read to its end.
        Stopped: ``cancelled`` said so.
    """
    used = {use.column: use for use in mapping.read}
    columns = tuple(columns_in(table, mapping))
    formats = {
        name: format_of(used[name], target, is_from_1904=table.is_from_1904, is_exact=mapping.exact)
        for _, name, target in columns
    }
    found = Survey(columns, formats, _key_places(columns), is_exact=mapping.exact)
    found.headed = HeadedAgain(table.columns)
    looked_at = [] if mapping.exact else _looked_at(found)
    unread = Unread(table.columns, mapping)
    marks = Marks(found, mapping)
    for row in marks.through(table.rows()):
        found.rows += 1
        if found.rows % _ASKED_EVERY == 0 and cancelled is not None and cancelled():
            raise Stopped
        is_first = found.rows == 1 and not (mapping.exact or row.problem)
        if is_first and units_below(row, columns, formats):
            found.unit_row = row.number
        if row.problem:
            continue
        cells = row.cells
        if not mapping.exact and found.headed.see(row.number, cells):
            continue
        for place, see, met in looked_at:
            if (cell := cells[place]) and cell not in met:
                see(cell)
                if type(cell) is str and len(met) < _REMEMBERED:
                    met.add(cell)
        if unread.places:
            unread.see(cells)
    found.visits, found.told_of_unread = unread.visits, unread.told
    found.codes_again = marks.codes_again
    arrange(table, found)
    _count(found)
    return found


def _count(found: Survey) -> None:
    """Count the cases, and the rows of each, by the marks of the rows."""
    more = Counter(mark for mark in again(found.marks) if mark)
    found.rows_of = {mark: 1 + count for mark, count in more.items()}
    found.cases = len(found.marks) - more.total()


def grouped(
    table: Table, seen: Survey, most_waiting: int = MOST_WAITING
) -> Iterator[list[SourceRow]]:
    """The rows of each case together, in the order in which the last row of each comes.

    Only rows whose case is not whole yet are kept.

    Raises:
        UnreadableTable: it cannot be read to its end, or more than ``most_waiting`` bytes of rows
            wait for others of their case.
    """
    waiting: dict[Key, list[SourceRow]] = {}
    taken = 0
    # A file that was changed is told of at its end.
    for row, mark in zip(table.rows(), chain(seen.marks, repeat(0)), strict=False):
        wanted = seen.rows_of.get(mark, 1)
        if wanted == 1:
            yield [row]
            continue
        key = seen.key(row)
        rows = waiting.setdefault(key, [])
        rows.append(row)
        if len(rows) == wanted:
            taken -= sum(map(_bytes_of, rows[:-1]))
            yield waiting.pop(key)
            continue
        taken += _bytes_of(row)
        if taken > most_waiting:
            raise UnreadableTable(
                say(
                    "{table}, row {number}: the rows of too many cases stand far apart.",
                    table=table.name,
                    number=row.number,
                ),
                say("Sort the rows by case, and import the file again."),
            )
    yield from waiting.values()


def _bytes_of(row: SourceRow) -> int:
    return sum(map(len, row.cells)) + _BYTES_OF_A_CELL * len(row.cells)


def _looked_at(found: Survey) -> list[_Look]:
    """Place and look of each column of days or numbers, and the texts that were seen there."""
    looks: list[_Look] = []
    for place, column, target in found.columns:
        if isinstance(target.field, Day):
            looks.append((place, found.formats[column].dates.see, set()))
        elif isinstance(target.field, Number):
            looks.append((place, look_at_numbers(found.formats[column], target.field), set()))
        elif (terms := is_vocabulary(target)) is not None and has_marks(terms):
            looks.append((place, found.formats[column].see_mark, set()))
    return looks


def _key_places(columns: Sequence[tuple[int, str, Target]]) -> tuple[int, ...]:
    """The columns by which rows are one case: a key of its own, else patient and day.

    Whoever has no code of the logbook is told apart by the record number of the hospital.
    """
    places = {target.name: place for place, _, target in columns}
    for name in (CASE_ID, CASE):
        if name in places:
            return (places[name],)
    person = PATIENT_CODE if PATIENT_CODE in places else RECORD_NUMBER
    if person not in places:
        return ()
    return tuple(places[name] for name in (person, PERFORMED_ON) if name in places)


def in_runs(numbers: Sequence[int]) -> str:
    """Row numbers for people: "3 to 5, 9"."""
    runs: list[str] = []
    for _, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        of_run = [number for _, number in run]
        ends = (
            say("{of_run} to {of_run2}", of_run=of_run[0], of_run2=of_run[-1])
            if len(of_run) > 1
            else f"{of_run[0]}"
        )
        runs.append(ends)
    return ", ".join(runs)
