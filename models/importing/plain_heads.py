# SPDX-License-Identifier: MIT
"""What the cells of a plain case say of patient and procedure: see ``plain``.

The code and the day differ from case to case, and so do numbers and free text, which stand apart.
All other columns together say few different things in a table, so what they say is joined once for
each of these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache

from models.bulk.heads import (
    AGE,
    BORN,
    CODE,
    DAY,
    Frame,
    Told,
    always,
    contradict,
    frame,
    rank_of_words,
    stand_apart,
    told,
)
from models.bulk.table import Refused
from models.derived import age_on
from models.fields import Clock, Day
from models.importing.cells import Column, with_notes
from models.importing.plain_columns import (
    Known,
    NotPlain,
    Place,
    Taken,
    place_of,
    taker,
    told_by,
    told_with_unit,
    unit_of,
    unmarked,
)
from models.importing.targets import Target
from models.partial_date import PartialDate
from models.schema import Patient, Procedure

_NOTES = "notes"


class HeadReader:
    """Reads what all columns of patient and procedure say, and what holds where none says it."""

    def __init__(self, columns: Sequence[Column], constants: Mapping[Target, object]) -> None:
        ranked = sorted(columns, key=lambda column: rank_of_words(_field_of(column.target)))
        of_patient, of_procedure = _constants(constants)
        self._code = _Single(CODE, ranked, of_patient)
        self._day = _Single(DAY, ranked, of_procedure)
        self._born = _Single(BORN, ranked, of_patient)
        shared = [one for one in ranked if _field_of(one.target) not in (CODE, DAY, BORN)]
        self._person = _Group(Place.PATIENT, shared, of_patient)
        self._noted = [each for each in columns if place_of(each.target_name) is Place.NOTED]
        # What holds for all and what is put together from several columns is told by the frame.
        of_all = {each.name for each in of_procedure}
        self._of_all, self._is_age_of_all = of_all, AGE in of_all
        self._places: dict[str, list[int]] = {}
        for column in columns:
            if place_of(column.target_name) is Place.PROCEDURE:
                self._places.setdefault(_field_of(column.target), []).append(column.place)
        names = stand_apart() - of_all
        if self._noted:
            names -= {_NOTES}
        apart = [column for column in shared if _is_of_procedure(column, names)]
        kept = [column for column in shared if column not in apart]
        with_unit = [column for column in apart if unit_of(column.target)]
        self._apart = [told_by(column) for column in apart if column not in with_unit]
        self._with_unit = [told_with_unit(column) for column in with_unit]
        alone = of_all.union([_field_of(column.target) for column in columns])
        self._has_unit_twice = any(unit_of(column.target) in alone for column in with_unit)
        self._head = _Group(Place.PROCEDURE, kept, of_procedure)
        places = [column.place for column in (*self._person.columns, *self._head.columns)]
        self._taken = taker([*places, *[column.place for column in self._noted]])
        self._known: Known[_Key, Frame] = Known()

    def of(self, cells: Taken, answers: Mapping[str, Told]) -> Heads:
        """What the cells of a row say, and ``answers`` to questions, by field.

        Raises:
            NotPlain: one of them cannot be read, days and times of them cannot be together, or a
                question is answered twice.
        """
        code, day, born = self._code.of(cells), self._day.of(cells), self._born.of(cells)
        apart = [told for at in self._apart if (cell := cells[at.place]) and (told := at[cell])]
        for at in self._with_unit:
            if cell := cells[at.place]:
                found = at[cell]
                if len(found) > 1 and self._has_unit_twice:
                    raise NotPlain
                apart += found
        if answers:
            if any(self._is_told(name, cells) for name in answers):
                raise NotPlain
            apart += answers.values()
        if born is not None:
            if self._is_age_of_all:
                raise NotPlain
            apart = _with_age(born, day, apart)
        names = tuple([each.name for each in apart])
        if (born is not None or not _of_time().isdisjoint(names)) and contradict(day, born, apart):
            raise NotPlain
        key = self._taken(cells), names, code is not None, day is not None, born is not None
        frame = self._known.get(key)
        if frame is None:
            frame = self._known.keep(key, self._made(cells, key))
        return code, day, born, frame, apart

    def _is_told(self, name: str, cells: Taken) -> bool:
        """Whether a cell tells a field of the procedure, or it holds for all."""
        return name in self._of_all or any(cells[place] for place in self._places.get(name, ()))

    def code_of(self, cells: Taken) -> Told | None:
        """The code alone.

        Raises:
            NotPlain: it cannot be read.
        """
        return self._code.of(cells)

    def _made(self, cells: Taken, key: _Key) -> Frame:
        _, apart, has_code, has_day, has_birth = key
        person, head = self._person.told(cells), self._head.told(cells)
        noted = {
            column.name: {str(value): None}
            for column in self._noted
            if (cell := cells[column.place]) and (value := column.read(unmarked(cell))) is not None
        }
        if noted:
            head = _noted(head, noted)
        of_person = [*([BORN] if has_birth else []), *([CODE] if has_code else [])]
        return frame(person, head, of_person, apart, has_day=has_day)


Heads = tuple[Told | None, Told | None, Told | None, Frame, list[Told]]
"""The patient code, the day, the birth date, what many cases say, and what stands apart."""

_Key = tuple[Taken, tuple[str, ...], bool, bool, bool]
"""The cells of what many cases say, the names of what stands apart, and whether there are a code, a
day, and a birth date."""


class _Single:
    """The column of one field, whose cells differ from case to case, or what holds for all."""

    def __init__(self, name: str, columns: Sequence[Column], constants: Sequence[Told]) -> None:
        reads = [told_by(column) for column in columns if _field_of(column.target) == name]
        self._read = reads[0] if reads else None
        self._of_all = next((each for each in constants if each.name == name), None)

    def of(self, cells: Taken) -> Told | None:
        if self._read is None or not (cell := cells[self._read.place]):
            return self._of_all
        return self._read[cell] or self._of_all


class _Group:
    """The other columns of patient or procedure, and what holds where no cell says otherwise."""

    def __init__(self, place: Place, columns: Sequence[Column], constants: Sequence[Told]) -> None:
        self.columns = [each for each in columns if place_of(each.target_name) is place]
        self._reads = [told_by(column) for column in self.columns]
        self._of_all = [each for each in constants if each.name not in (CODE, DAY, BORN)]

    def told(self, cells: Taken) -> list[Told]:
        read = [read[cell] for read in self._reads if (cell := cells[read.place])]
        found = [each for each in read if each is not None]
        names = {each.name for each in found}
        found += [each for each in self._of_all if each.name not in names]
        found.sort(key=_rank)
        return found


def _with_age(born: Told, day: Told | None, apart: list[Told]) -> list[Told]:
    """What stands apart, with the age where birth and day settle it."""
    if day is None:
        return apart
    age = _age_between(str(born.stored), str(day.stored))
    entered = next((each for each in apart if each.name == AGE), None)
    if age is None or (entered is not None and entered.stored == age):
        return apart
    if entered is not None:
        raise NotPlain
    return [_age(age), *apart]


@cache
def _age(years: int) -> Told:
    settled = told(Procedure, AGE, years)
    assert settled is not None
    return settled


@cache
def _of_time() -> frozenset[str]:
    """The names of days and times of a procedure that stand apart."""
    fields = (Procedure._meta.fields[name] for name in stand_apart())
    return frozenset(field.name for field in fields if isinstance(field, Day | Clock))


@lru_cache(1 << 14)
def _age_between(birth: str, day: str) -> int | None:
    """Full years between two days; None where they do not settle it."""
    return age_on(PartialDate(birth), PartialDate(day))


def _noted(found: list[Told], noted: dict[str, dict[str, None]]) -> list[Told]:
    """The same, with the cells of columns without a place among the notes."""
    own = {each.name: each for each in found}
    before = own.pop(_NOTES, None)
    notes = with_notes(str(before.stored) if before else "", noted)
    try:
        added = told(Procedure, _NOTES, notes)
    except Refused as error:
        raise NotPlain from error
    return sorted([*own.values(), *([added] if added else [])], key=_rank)


def _rank(each: Told) -> int:
    return rank_of_words(each.name)


def _is_of_procedure(column: Column, names: Collection[str]) -> bool:
    is_there = place_of(column.target_name) is Place.PROCEDURE
    return is_there and _field_of(column.target) in names


def _field_of(target: Target) -> str:
    return target.name.partition(".")[2]


def _constants(constants: Mapping[Target, object]) -> tuple[list[Told], list[Told]]:
    """What every patient and every procedure says of which no cell tells."""
    of_patient: list[Told] = []
    of_procedure: list[Told] = []
    for target, value in constants.items():
        place = place_of(target.name)
        if place is Place.PATIENT and (one := told(Patient, _field_of(target), value)):
            of_patient.append(one)
        elif place is Place.PROCEDURE and (one := told(Procedure, _field_of(target), value)):
            of_procedure.append(one)
    names = {each.name for each in of_procedure}
    of_procedure += [each for each in always(Procedure) if each.name not in names]
    return of_patient, of_procedure
