# SPDX-License-Identifier: MIT
"""What the cells of a plain case say of patient and procedure: see ``plain``.

The code and the day differ from case to case. All other columns together say few different things
in a table, so what they say is joined once for each of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.bulk.heads import Heads, Said, Told, always, rank_of_words, said, told
from models.bulk.table import Refused
from models.importing.cells import Column, with_notes
from models.importing.plain_columns import (
    Known,
    NotPlain,
    Place,
    Taken,
    place_of,
    taker,
    told_by,
    unmarked,
)
from models.importing.targets import Target
from models.schema import Patient, Procedure

_CODE, _DAY, _NOTES = "patient_code", "performed_on", "notes"


class HeadReader:
    """Reads what all columns of patient and procedure say, and what holds where none says it."""

    def __init__(self, columns: Sequence[Column], constants: Mapping[Target, object]) -> None:
        ranked = sorted(columns, key=lambda column: rank_of_words(_field_of(column.target)))
        person = [column for column in ranked if place_of(column.target_name) is Place.PATIENT]
        head = [column for column in ranked if place_of(column.target_name) is Place.PROCEDURE]
        noted = [column for column in columns if place_of(column.target_name) is Place.NOTED]
        of_patient, of_procedure = _constants(constants)
        self._code, self._person = _groups(person, of_patient, (_of_code, _of_person))
        self._before, self._day, self._behind = _groups(
            head, of_procedure, (_before_day, _of_day, _behind_day), noted
        )

    def of(self, cells: Taken) -> Heads:
        """What the cells of a row say.

        Raises:
            NotPlain: one of them cannot be read.
        """
        return Heads(
            self._code.of(cells),
            self._person.of(cells),
            self._before.of(cells),
            self._day.of(cells),
            self._behind.of(cells),
        )


class _Group:
    """Columns that are read together.

    ``of_all`` holds where no cell says otherwise; the cells of ``noted`` go into the notes.
    """

    def __init__(
        self, columns: Sequence[Column], of_all: Sequence[Told], noted: Sequence[Column] = ()
    ) -> None:
        # Where there is one column, whatever is read of it is remembered here.
        most = 0 if len(columns) == 1 and not noted else None
        self._reads = [told_by(column, most) for column in columns]
        self._of_all, self._noted = of_all, noted
        self._is_simple = len(columns) == 1 and not of_all and not noted
        self._taken = taker([column.place for column in (*columns, *noted)])
        self._known: Known[Taken, Said] = Known()

    def of(self, cells: Taken) -> Said:
        own = self._taken(cells)
        known = self._known.get(own)
        return self._known.keep(own, said(self._told(own))) if known is None else known

    def _told(self, own: Taken) -> list[Told]:
        if self._is_simple:
            (only,) = self._reads
            alone = only[own[0]] if own[0] else None
            return [] if alone is None else [alone]
        cells = zip(self._reads, own, strict=False)
        read = [read[cell] for read, cell in cells if cell]
        found = [each for each in read if each is not None]
        names = {each.name for each in found}
        found += [each for each in self._of_all if each.name not in names]
        found.sort(key=_rank)
        noted = {
            column.name: {str(value): None}
            for column, cell in zip(self._noted, own[len(self._reads) :], strict=True)
            if cell and (value := column.read(unmarked(cell))) is not None
        }
        return _noted(found, noted) if noted else found


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


Belongs = Callable[[str], bool]
"""Whether a field of this name belongs to a group."""


def _groups(
    columns: Sequence[Column],
    of_all: Sequence[Told],
    groups: Sequence[Belongs],
    noted: Sequence[Column] = (),
) -> list[_Group]:
    """Columns, and what holds for all, by the groups that they belong to; the last takes notes."""
    return [
        _Group(
            [column for column in columns if belongs(_field_of(column.target))],
            [each for each in of_all if belongs(each.name)],
            noted if belongs is groups[-1] else (),
        )
        for belongs in groups
    ]


def _of_code(name: str) -> bool:
    return name == _CODE


def _of_person(name: str) -> bool:
    return name != _CODE


def _before_day(name: str) -> bool:
    return rank_of_words(name) < rank_of_words(_DAY)


def _of_day(name: str) -> bool:
    return name == _DAY


def _behind_day(name: str) -> bool:
    return rank_of_words(name) > rank_of_words(_DAY)


def _rank(each: Told) -> int:
    return rank_of_words(each.name)


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
