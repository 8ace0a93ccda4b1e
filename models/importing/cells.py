# SPDX-License-Identifier: MIT
"""The rows of one case become values: of the case once, of each level by its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress

from models.errors import InvalidValue
from models.importing.compound import NoneOfThem
from models.importing.levels import SeveralLevels
from models.importing.mapping import Mapping
from models.importing.problems import Problem
from models.importing.reading import SourceRow
from models.importing.sharing import Share, share_of
from models.importing.summing import sums_up
from models.importing.survey import Survey
from models.importing.targets import IN_NOTES, LEVEL, NOTES, PATIENT_CODE, Kind, Target, targets
from models.importing.values import Read, UnknownTerm, reader
from models.importing.visits.joining import are_visits
from models.importing.visits.visit import Visit
from models.speech import say
from models.typed import quoted

_FEWEST_OF_CASE = 3
"""Columns of a table in which a row with one filled cell can be told from a case."""

_PART_IT = say("Write one row for each level, with the same case in each.")

Values = dict[str, object]
"""Values by the name of their target; what a cell does not say is not in it."""


@dataclass(slots=True)
class CaseCells:
    """What the rows of one case say.

    Attributes:
        of_case: what holds for the whole case.
        of_levels: what holds for each level; empty for a row that says nothing of a level.
        level_rows: the row of each of them.
        level_nths: which level of its row each of them is, where levels stand side by side.
        visits: what was found at each visit, in a table with a row for each.
        visit_of: the visit of each assessment that was made of one, by its id.
        problems: what cannot be read.
        remarks: what was read otherwise than it stands there.
    """

    rows: Sequence[SourceRow]
    of_case: Values = field(default_factory=dict)
    of_levels: list[Values] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    level_rows: list[int] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    level_nths: list[int] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    visit_of: dict[str, Visit] = field(default_factory=dict)

    @property
    def level_places(self) -> list[tuple[int, int]]:
        """The row of each level, and which level of that it is."""
        nths = self.level_nths or [0] * len(self.level_rows)
        return [*zip(self.level_rows, nths, strict=True)]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its place in a row, its heading, and what it stands for."""

    place: int
    name: str
    target: Target
    read: Read
    target_name: str
    is_of_level: bool


class CellReader:
    """Reads the rows of cases by a mapping. The error of a formula is never taken for a value.

    ``unknown`` counts the cells that are none of the terms of their field, by heading, name of the
    target and cell.

    Attributes:
        columns: the columns that are read.
        constants: what holds for every case of the file, by its target.
    """

    def __init__(self, mapping: Mapping, seen: Survey) -> None:
        self.unknown: Counter[tuple[str, str, str]] = Counter()
        self.columns = [
            Column(
                place,
                name,
                target,
                reader(
                    target,
                    seen.formats[name],
                    mapping.terms.get(target.name, {}),
                    exact=mapping.exact,
                    defused=mapping.defused,
                ),
                target.name,
                target.is_of_level,
            )
            for place, name, target in seen.columns
        ]
        self._places = [column.place for column in self.columns]
        self.constants = self._read_constants(mapping)
        of_all = {target: value for target, value in self.constants.items() if value is not None}
        self._of_every_level = {one.name: of_all[one] for one in of_all if one.is_of_level}
        self._of_every_case = {one.name: of_all[one] for one in of_all if not one.is_of_level}
        self._is_exact, self._below = mapping.exact, seen.below
        self._unit_row, self._headings = seen.unit_row, seen.headings
        self._headed = seen.headed
        self._visits, self._later = seen.visits
        codes = [column.place for column in self.columns if column.target_name == PATIENT_CODE]
        self._code = codes[0] if codes and not mapping.exact else None
        self._are_visits = are_visits(seen.columns)
        notes = [one.place for one in self.columns if one.target_name in (NOTES, IN_NOTES)]
        self._told_of_case = {*self._places} - {*codes, *notes}

    def read(self, rows: Sequence[SourceRow]) -> CaseCells:
        """What the rows of one case say, with all that cannot be read of them."""
        found = CaseCells(rows)
        self.read_into(found, self.rows_to_read(found))
        return found

    def read_into(self, found: CaseCells, rows: Iterable[SourceRow]) -> None:
        """Add what these rows say, and all that cannot be read of them."""
        said_by: dict[str, int] = {}
        noted: dict[str, dict[str, None]] = {}
        for row in rows:
            of_level = self._said_of_level(row, found, said_by, noted)
            # A constant alone makes no level.
            for name, value in self._of_every_level.items() if of_level else ():
                of_level.setdefault(name, value)
            levels = self._levels_of(row, of_level, found, noted)
            found.of_levels += levels
            found.level_rows += [row.number] * len(levels)
            found.level_nths += [row.nth] * len(levels)
        for name, value in self._of_every_case.items():
            found.of_case.setdefault(name, value)
        if noted:
            found.of_case[NOTES] = with_notes(str(found.of_case.get(NOTES, "")), noted)

    def _said_of_level(
        self,
        row: SourceRow,
        found: CaseCells,
        said_by: dict[str, int],
        noted: dict[str, dict[str, None]],
    ) -> Values:
        """What a row says of its level; what it says of the case is added to ``found``.

        ``said_by`` has the row that said each of these first, and ``noted`` gets what has no place
        of its own.
        """
        of_level: Values = {}
        cells = self._taken(row.cells)
        for column, cell in compress(zip(self.columns, cells, strict=True), cells):
            try:
                value = column.read(cell)
            except (InvalidValue, UnknownTerm) as error:
                self.note(column, row, cell, found, error)
                continue
            if value is None or value == ():
                continue
            name = column.target_name
            if column.is_of_level:
                of_level[name] = value
            elif name == IN_NOTES:
                noted.setdefault(column.name, {})[str(value)] = None
            elif (before := found.of_case.get(name)) is None:
                found.of_case[name], said_by[name] = value, row.number
            elif before != value and not _is_none_beside_list(found.of_case, name, value):
                found.problems.append(contradiction(column, row.number, cell, said_by[name]))
        return of_level

    def rows_to_read(self, found: CaseCells) -> Iterator[SourceRow]:
        """The rows that say something of the case; why others do not is told."""
        for row in found.rows:
            if row.problem:
                found.problems.append(Problem(row.number, "", "", row.problem))
            elif self.sums_up(row):
                self._refuse_sums(row, found)
            else:
                self._tell_whose(row, found)
                yield row

    def _levels_of(
        self,
        row: SourceRow,
        of_level: Values,
        found: CaseCells,
        noted: dict[str, dict[str, None]],
    ) -> list[Values]:
        """What a row says of each of its levels; nothing that several have together is divided."""
        several = of_level.get(LEVEL)
        if not isinstance(several, SeveralLevels):
            return [of_level]
        together = say(
            "{named} and {named2}", named=", ".join(several.named[:-1]), named2=several.named[-1]
        )
        kept = dict(of_level)
        for column, cell in zip(self.columns, self._taken(row.cells), strict=True):
            name = column.target_name
            if not cell or name not in of_level:
                continue
            if name == LEVEL:
                told = say(
                    "Read as {n} levels, {together}.", n=len(several.named), together=together
                )
            elif (share := share_of(column.target, of_level[name])) is Share.EACH:
                continue
            elif share is Share.REFUSED:
                message = say(
                    "{cell} is said of {together} together. {part_it}",
                    cell=quoted(cell),
                    together=together,
                    part_it=_PART_IT,
                )
                found.problems.append(
                    Problem(row.number, self._heading(column, row), cell, message)
                )
                continue
            else:
                del kept[name]
                noted.setdefault(
                    say("{column} ({together} together)", column=column.name, together=together), {}
                )[cell.strip()] = None
                told = say(
                    "Said of {together} together: it goes into the notes, and is not divided.",
                    together=together,
                )
            found.remarks.append(Problem(row.number, self._heading(column, row), cell, told))
        return [{**kept, LEVEL: level} for level in several.named]

    def _tell_whose(self, row: SourceRow, found: CaseCells) -> None:
        """Tell of a row without a patient whose it is taken to be."""
        if not self.names_nobody(row) or (self._are_visits and row.number in self._below):
            return
        message = (
            say(
                "The row names a level and no patient: read as another level of the case in row "
                "{row}.",
                row=found.rows[0].number,
            )
            if row.number in self._below and row.number != found.rows[0].number
            else say(
                "The row names no patient: it is a case of its own, of nobody known. Write the "
                "patient code into it if it belongs to another row."
            )
        )
        said = Problem(row.number, "", "", message)
        # Levels side by side are one row.
        if said not in found.remarks:
            found.remarks.append(said)

    def names_nobody(self, row: SourceRow) -> bool:
        """Whether the file tells patients by a column that is empty in this row."""
        return self._code is not None and not row.cells[self._code]

    def _refuse_sums(self, row: SourceRow, found: CaseCells) -> None:
        """Refuse what would else be a case: sums of the rows above, units, a footnote."""
        first = next(filter(None, row.cells), "").strip()
        if row.number == self._unit_row:
            message = say("The row says the units of the columns, and is no case.")
        elif why := self._headed.told(row.number):
            message = why
        elif self._later and (visit := row.cells[self._visits].strip()) in self._later:
            message = say(
                "The row tells of a visit, {visit}, and is no procedure. Let its columns stand for "
                "when the visit was and what was found, or write its scores into the row of the "
                "procedure, in columns such as VAS 3 mo.",
                visit=quoted(visit),
            )
        elif self._is_nothing_read(row):
            message = say(
                "Nothing of the row is read, so it is no case. Choose what its columns stand for, "
                "or leave it out."
            )
        elif self._stands_alone(row):
            message = say(
                "The row holds {first} alone, and so nothing of a case. Add the date or a level "
                "if it is one.",
                first=quoted(first),
            )
        else:
            message = say(
                "The row begins with {first}: it sums up others, and is no case.",
                first=quoted(first),
            )
        found.problems.append(Problem(row.number, "", first, message))

    def sums_up(self, row: SourceRow) -> bool:
        """Whether the row is no case, but a sum of others, units, a visit, or a footnote."""
        if self._is_exact:
            return False
        if self._later and row.cells[self._visits].strip() in self._later:
            return True
        if self._stands_alone(row) or row.number == self._unit_row:
            return True
        if self._headed.is_any(row.number) or self._is_nothing_read(row):
            return True
        return sums_up(row.cells)

    def _is_nothing_read(self, row: SourceRow) -> bool:
        """Whether all that is filled stands in columns that are not read."""
        return not any(map(row.cells.__getitem__, self._places))

    def _stands_alone(self, row: SourceRow) -> bool:
        """Whether one cell of a table of several columns is filled, and says nothing of a case."""
        cells = row.cells
        if len(cells) - cells.count("") != 1 or len(cells) < _FEWEST_OF_CASE:
            return False
        place = next(place for place, cell in enumerate(cells) if cell)
        return place not in self._told_of_case

    def _taken(self, cells: Sequence[str]) -> Sequence[str]:
        """The cells of the columns that are read."""
        return list(map(cells.__getitem__, self._places))

    def note(
        self,
        column: Column,
        row: SourceRow,
        cell: str,
        found: CaseCells,
        error: InvalidValue | UnknownTerm,
    ) -> None:
        """Note that a cell cannot be read, and why."""
        if isinstance(error, InvalidValue):
            message = f"{error.message} {error.cure}".strip()
        else:
            message = str(error)
            self.unknown[column.name, column.target_name, cell.strip()] += 1
        found.problems.append(Problem(row.number, self._heading(column, row), cell, message))

    def _heading(self, column: Column, row: SourceRow) -> str:
        """What the column is called in the file, also where levels stand side by side."""
        return self._headings.get((row.nth, column.name), column.name)

    def _read_constants(self, mapping: Mapping) -> dict[Target, object]:
        from models.importing.formats import Format

        known, read = targets(), dict[Target, object]()
        for name, text in mapping.constants.items():
            try:
                read[known[name]] = reader(known[name], Format(), {})(text)
            except UnknownTerm as error:
                raise InvalidValue(name, str(error)) from error
        return read


def _is_none_beside_list(of_case: Values, name: str, value: object) -> bool:
    """Whether one of two rows says that there was none; then what the other one lists counts."""
    before = of_case.get(name)
    if before is None or not any(isinstance(one, NoneOfThem) for one in (value, before)):
        return False
    if isinstance(before, NoneOfThem):
        of_case[name] = value
    return True


def with_notes(own: str, noted: dict[str, dict[str, None]]) -> str:
    """Notes with the cells of columns without a place behind them, by heading and cell."""
    told = (f"{name}: {'; '.join(cells)}" for name, cells in noted.items())
    return "\n".join([*([own] if own else []), *told])


def contradiction(column: Column, row: int, cell: str, before: int) -> Problem:
    """That a row says something else than one before it of the same case, or the same visit."""
    is_of_point = column.target.kind in (Kind.PAIN, Kind.ASSESSED)
    kind = say("the same time point") if is_of_point else say("the same case")
    message = say(
        "{cell} is not what row {before} of {kind} says.",
        cell=quoted(cell),
        before=before,
        kind=kind,
    )
    return Problem(row, column.name, cell, message)
