# SPDX-License-Identifier: MIT
"""Takes out of sheets what the rules do not let through, column by column and cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from itertools import islice

from models.exchange.columns import Cell, Column, Holds
from models.exchange.deidentify.people import OLDEST_TOLD, People, Person
from models.exchange.deidentify.rules import Dates, Kind, Rules
from models.exchange.linked import PATIENTS
from models.exchange.sheet import Cells, Sheet
from models.fields import Words
from models.partial_date import PartialDate
from models.schema import Patient, Procedure
from models.speech import say

OLDER = "90+"

MOVED = "_shifted"
"""What the heading of a date ends with that was moved by a random number of days."""

_IMAGES = "images"
_DAYS_OF_A_YEAR = 365
_CODE = Patient._meta.fields["patient_code"]
_AGE = Procedure._meta.fields["age_at_procedure"]
_PERFORMED_ON = Procedure._meta.fields["performed_on"]

Change = Callable[[Cell, Person], Cell]


class Fate(Enum):
    """What becomes of a column."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


def fate_of(column: Column, rules: Rules) -> Fate:
    """What the rules do to a column."""
    if not rules.changes_anything:
        return Fate.KEPT
    if column.known_by is not None and column.known_by.identifier:
        return Fate.DROPPED
    if column.field is _CODE:
        return Fate.CHANGED
    safe = rules.kind is Kind.SAFE_HARBOR
    match column.holds:
        case Holds.ID:
            return Fate.CHANGED
        case Holds.SAYINGS:
            return Fate.DROPPED
        case Holds.WORDS:
            return Fate.DROPPED if safe or not _is_of_the_clinic(column) else Fate.KEPT
        case Holds.CLOCK:
            return Fate.DROPPED if safe else Fate.KEPT
        case Holds.DAY:
            return Fate.KEPT if rules.dates is Dates.KEPT else Fate.CHANGED
        case _:
            return Fate.CHANGED if safe and column.field is _AGE else Fate.KEPT


class Deidentified:
    """Sheets as the rules let them through.

    Args:
        rules: what is taken out.
        people: everybody in the sheets.
    """

    def __init__(self, rules: Rules, people: People) -> None:
        self._rules = rules
        self._people = people

    def sheets(self, given: Sequence[Sheet]) -> tuple[Sheet, ...]:
        """The sheets, without that of the images."""
        return tuple(self._sheet(sheet) for sheet in given if sheet.name != _IMAGES)

    def lost_days(self, column: Column) -> Callable[[Cell, Person], bool]:
        """Tells of a date of somebody in ``column`` whether nothing of it is let through."""
        _, change = self._changed(column)
        return lambda cell, person: change(cell, person) is None

    def _sheet(self, sheet: Sheet) -> Sheet:
        kept: list[tuple[int, Column, Change | None]] = []
        for place, column in enumerate(sheet.columns):
            fate = fate_of(column, self._rules)
            if fate is Fate.KEPT:
                kept.append((place, column, None))
            elif fate is Fate.CHANGED:
                kept.append((place, *self._changed(column)))
        people = self._people
        known = people.of_patients if sheet.name == PATIENTS else people.seen_from

        def rows() -> Iterator[Cells]:
            source = iter(sheet.rows())
            while some := list(islice(source, people.at_once)):
                persons = known(row[0] for row in some)
                for row in some:
                    person = persons[row[0]]
                    yield [
                        cell if change is None or cell is None else change(cell, person)
                        for place, _, change in kept
                        for cell in (row[place],)
                    ]

        columns = tuple(column for _, column, _ in kept)
        return replace(sheet, columns=columns, rows=rows)

    def _changed(self, column: Column) -> tuple[Column, Change]:
        if column.field is _CODE:
            told = say("Random code of the patient, made for this export.")
            return Column(column.name, None, told, made_of=Holds.ID), lambda _, who: who.code
        if column.holds is Holds.ID:
            told = say("{meaning} A random id, made for this export.", meaning=column.meaning)
            return replace(column, meaning=told), lambda cell, _: self._people.id_for(cell)
        if column.field is _AGE:
            told = say(
                "{field} in years; {older} is everybody above {oldest_told}.",
                field=column.field.label,
                older=OLDER,
                oldest_told=OLDEST_TOLD,
            )
            return Column(column.name, None, told, made_of=Holds.TERM), _grouped_age
        return self._date(column)

    def _date(self, column: Column) -> tuple[Column, Change]:
        told = f"{column.label}. {column.told}".replace("..", ".").strip()
        if self._rules.dates is Dates.SHIFTED:
            moved = say(
                "{told} Moved back by a random number of days, the same for the patient.", told=told
            )
            # A table has no other place to say so, and a false date must not pass for a true one.
            return replace(column, name=f"{column.name}{MOVED}", meaning=moved), _each(
                column, _moved
            )
        if self._rules.dates is Dates.YEAR or column.field is _PERFORMED_ON:
            name, meaning, change = (
                f"{column.name}_year",
                say("{told} The year alone.", told=told),
                _year,
            )
        else:
            name, change = f"{column.name}_day", _day
            meaning = say("{told} In days from the procedure.", told=told)
        made_of, is_list = Holds.COUNT, column.is_list
        return Column(name, None, meaning, is_list, made_of=made_of), _each(column, change)


def _is_of_the_clinic(column: Column) -> bool:
    """Words on how one works, such as the operator or the product, and not on the patient."""
    return isinstance(column.field, Words) and column.field.habitual


def _each(column: Column, change: Change) -> Change:
    """The same for every entry of a list."""
    if not column.is_list:
        return change

    def entries(cell: Cell, person: Person) -> Cell:
        changed = [change(entry, person) if entry else None for entry in str(cell).split("|")]
        if not any(entry is not None for entry in changed):
            return None
        return "|".join("" if entry is None else str(entry) for entry in changed)

    return entries


def _grouped_age(cell: Cell, _: Person) -> Cell:
    return OLDER if isinstance(cell, int | float) and cell > OLDEST_TOLD else cell


def _moved(cell: Cell, person: Person) -> Cell:
    """A date that is known to the month or year alone keeps its precision."""
    date = PartialDate(str(cell))
    moved = date.earliest - timedelta(days=person.shift)
    return moved.isoformat()[: len(date)]


def _year(cell: Cell, person: Person) -> Cell:
    year = int(str(cell)[:4])
    return None if person.can_be_old_in(year) else year


def _day(cell: Cell, person: Person) -> Cell:
    procedure = person.performed_on.exact if person.performed_on is not None else None
    day = PartialDate(str(cell)).exact
    if procedure is None or day is None:
        return None
    days = (day - procedure).days
    # Days from a procedure whose year is left out tell no year either.
    is_told = not person.can_be_old_in(procedure.year)
    later = max(days // _DAYS_OF_A_YEAR, 0)
    return None if is_told and person.can_be_old_in(procedure.year + later) else days
