# SPDX-License-Identifier: MIT
"""What each column can mean for a plain case, and cells that are read once however often they come.

See ``plain``. A cell that a sheet holds as a number is another than the same text, so here it
stands behind a mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import cache
from operator import itemgetter
from typing import Generic, TypeVar

from models.bulk.heads import BORN, CODE, Told, teller, teller_of_codes, told
from models.bulk.table import Refused
from models.errors import InvalidValue
from models.fields import Clock, Day, Number
from models.importing.building import is_id
from models.importing.cells import Column
from models.importing.compound import NoneOfThem, WithUnit
from models.importing.formats import Certain
from models.importing.reading import SourceRow
from models.importing.targets import (
    CASE,
    CASE_ID,
    IN_NOTES,
    SYNTHETIC,
    Kind,
    Target,
    targets,
)
from models.importing.values import UnknownTerm
from models.partial_date import PartialDate
from models.schema import Patient, Procedure
from models.vocabulary import YesNo

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")
_REMEMBERED = 20_000
_MADE = 10_000
_BIRTH_DATE = f"{Patient._meta.table_name}.{BORN}"
_MARK = "\0"
"""Stands before a ``Certain`` cell; no cell holds it, see ``reading.problem_of_text``."""

Taken = tuple[str, ...]


class NotPlain(Exception):
    """The case takes the way of every case."""


class Place(Enum):
    """What a column tells of a plain case; ELSEWHERE makes every case that it tells of odd."""

    CASE_ID = auto()
    PATIENT = auto()
    PROCEDURE = auto()
    LEVEL = auto()
    SCORE = auto()
    SCORE_DAY = auto()
    NOTED = auto()
    NOTHING = auto()
    ELSEWHERE = auto()


@cache
def place_of(name: str) -> Place:
    """What a column tells that stands for the target of this name."""
    if name == CASE:
        return Place.NOTHING
    if name == SYNTHETIC:
        return Place.PROCEDURE
    target = targets()[name]
    if target.kind in (Kind.PAIN, Kind.ASSESSED):
        return Place.SCORE_DAY if target.part == "on" else Place.SCORE
    if name == IN_NOTES:
        return Place.NOTED
    if target.kind is Kind.ID:
        return Place.CASE_ID if name == CASE_ID else Place.ELSEWHERE
    if not target.is_of_level:
        return _of_head(target)
    return Place.ELSEWHERE if is_of_time(target) else Place.LEVEL


def is_of_time(target: Target) -> bool:
    """Whether days or times are told, which are compared with each other."""
    return isinstance(target.field, Day | Clock)


def _of_head(target: Target) -> Place:
    if target.kind is not Kind.FIELD:
        return Place.ELSEWHERE
    if target.table is Patient:
        is_place = not is_of_time(target) or target.name == _BIRTH_DATE
        return Place.PATIENT if is_place else Place.ELSEWHERE
    return Place.PROCEDURE if target.table is Procedure else Place.ELSEWHERE


def unit_of(target: Target) -> str:
    """The field that holds the unit of a number, "" where that is no field of its own."""
    return target.field.unit_in if isinstance(target.field, Number) else ""


def marked(row: SourceRow) -> Taken:
    """The cells of a row, those that a sheet holds as numbers with their mark."""
    return tuple(_MARK + cell if isinstance(cell, Certain) else cell for cell in row.cells)


def unmarked(cell: str) -> str:
    """The cell as it stands in the table."""
    return Certain(cell[1:]) if cell.startswith(_MARK) else cell


def taker(places: Sequence[int]) -> Callable[[Sequence[str]], Taken]:
    """What takes the cells at these places out of a row."""
    if len(places) > 1:
        return itemgetter(*places)
    if not places:
        return lambda cells: ()
    (only,) = places
    return lambda cells: (cells[only],)


class Known(dict[K, V], Generic[K, V]):
    """What was made before, as long as it is not too much: a level or score takes some 3 KiB."""

    def keep(self, key: K, made: V) -> V:
        """Remember what was made, and return it."""
        if len(self) >= _MADE:
            self.clear()
        self[key] = made
        return made


class Read(dict[str, T], Generic[T]):
    """What is made of the cells of a column, by cell; each is read once, and ``most`` remembered.

    Looking a cell up raises NotPlain where it cannot be read.
    """

    def __init__(
        self, column: Column, make: Callable[[object], T], most: int = _REMEMBERED
    ) -> None:
        super().__init__()
        self.place, self._most = column.place, most
        self._read, self._make = column.read, make

    def __missing__(self, cell: str) -> T:
        """Read a cell."""
        try:
            made = self._make(self._read(unmarked(cell)))
        except (InvalidValue, UnknownTerm, Refused) as error:
            raise NotPlain from error
        if self._most:
            if len(self) >= self._most:
                self.clear()
            self[cell] = made
        return made


def told_by(column: Column) -> Read[Told | None]:
    """What the cells of a column tell of patient or procedure; None for nothing."""
    table = Patient if column.target.table is Patient else Procedure
    name = column.target.name.partition(".")[2]
    if name == CODE:
        # Hardly one comes again but in the rows behind it, and of those nobody asks for it.
        return Read(column, teller_of_codes(), most=0)
    return Read(column, teller(table, name))


def told_with_unit(column: Column) -> Read[Sequence[Told]]:
    """What the cells of a column tell of a procedure and of the unit, which is another field."""
    name = column.target.name.partition(".")[2]
    tell, tell_unit = teller(Procedure, name), teller(Procedure, unit_of(column.target))

    def made(value: object) -> Sequence[Told]:
        if isinstance(value, WithUnit):
            both = tell(value.number), tell_unit(value.unit)
        else:
            both = tell(value), None
        return [each for each in both if each is not None]

    return Read(column, made)


def aside(column: Column) -> Read[Told | None]:
    """What cells of a column for which a plain case has no place say all the same.

    None for nothing, or that there is nothing to list, which answers a question of the procedure.
    """

    def made(value: object) -> Told | None:
        if value is None or value == ():
            return None
        if not isinstance(value, NoneOfThem):
            raise NotPlain
        return told(Procedure, value.answered_in.partition(".")[2], YesNo.NO)

    return Read(column, made)


def ids_of(column: Column) -> Read[str]:
    """The ids of a column of such; one that is written otherwise is not plain."""

    def made(value: object) -> str:
        if value is None:
            return ""
        if not is_id(value):
            raise NotPlain
        return value

    # None comes again.
    return Read(column, made, most=0)


def days_of(column: Column) -> Read[tuple[PartialDate, int] | None]:
    """The days of a column, and their numbers; cells of partial dates are not plain."""

    def made(value: object) -> tuple[PartialDate, int] | None:
        if value is None:
            return None
        assert isinstance(value, PartialDate)
        if value.exact is None:
            raise NotPlain
        return value, value.exact.toordinal()

    return Read(column, made)


def as_told(value: object) -> object:
    """What a cell says, None for nothing."""
    return None if value == () else value
