# SPDX-License-Identifier: MIT
"""Cases of a file that say nothing unusual, made without a row of their own for each level.

Most rows of a clinic's table are such: a patient, the day of the procedure, levels, and scores with
their days. Cells that are alike say the same, so they are read once: each by itself for patient and
procedure, and all of a level or of a score together. Everything else takes the way of ``building``,
and comes out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.bulk.heads import Told, always, rank_of_words, told
from models.bulk.plain import Sketch, fresh_ids
from models.bulk.plain import sketch as sketched
from models.bulk.table import Refused
from models.importing.building import Builder
from models.importing.cells import CaseCells, CellReader, Column, with_notes
from models.importing.plain_columns import (
    NotPlain,
    Place,
    Read,
    Taken,
    marked,
    place_of,
    silent,
    taker,
    told_by,
    unmarked,
)
from models.importing.plain_pieces import LevelPieces, ScorePieces
from models.importing.reading import SourceRow
from models.partial_date import PartialDate
from models.schema import Patient, Procedure
from models.timepoints import VisitPlan

Known = Callable[[str, str], str | None]
"""Tells by patient code and day whose case it is: the id of a patient whom the file had before, ""
for a new one, None where the case has to be judged whole."""

_CODE, _DAY, _NOTES = "patient_code", "performed_on", "notes"


class PlainMaker:
    """Makes plain cases, and remembers the values, levels and scores that they share.

    ``is_typed`` says that cells of the table can be numbers rather than texts of such.
    """

    def __init__(
        self, reader: CellReader, builder: Builder, plan: VisitPlan, *, is_typed: bool
    ) -> None:
        self._reader, self._ids, self._is_typed = reader, fresh_ids(), is_typed
        of: dict[Place, list[Column]] = {place: [] for place in Place}
        for column in reader.columns:
            of[place_of(column.target_name)].append(column)
        self._person = _read_by(of[Place.PATIENT])
        self._head = _read_by(of[Place.PROCEDURE])
        self._noted = of[Place.NOTED]
        self._odd = list(map(silent, of[Place.ELSEWHERE]))
        self._levels = LevelPieces(of[Place.LEVEL], builder)
        self._scores = ScorePieces([*of[Place.SCORE], *of[Place.SCORE_DAY]], builder, plan)
        self._of_case = taker([c.place for c in reader.columns if not c.is_of_level])
        self._of_all = _constants(reader)
        self._is_never = not {place_of(each.name) for each in reader.constants}.isdisjoint(
            (Place.ELSEWHERE, Place.NOTED, Place.SCORE_DAY)
        )

    def sketch(self, rows: Sequence[SourceRow], known: Known) -> Sketch | CaseCells:
        """The case; what its rows say where it is not plain, or something is wrong with it."""
        reading = _Reading(self._reader, rows)
        try:
            return self._sketched(rows, known, reading)
        except NotPlain:
            return reading()

    def _sketched(self, rows: Sequence[SourceRow], known: Known, reading: _Reading) -> Sketch:
        if self._is_never:
            raise NotPlain
        for row in rows:
            if row.problem or self._reader.sums_up(row):
                raise NotPlain
        told_in = [marked(row) if self._is_typed else row.cells for row in rows]
        first, *others = told_in
        if others:
            of_case = self._of_case(first)
            if any(self._of_case(cells) != of_case for cells in others):
                raise NotPlain
        for read in self._odd:
            for cells in told_in:
                if (cell := cells[read.place]) and not read[cell]:
                    raise NotPlain
        person, head = self._told(Patient, self._person, first), self._told_of_head(first)
        code = next((each.stored for each in person if each.name == _CODE), "")
        day = next((each.stored for each in head if each.name == _DAY), "")
        known_id = known(str(code), str(day))
        if known_id is None:
            raise NotPlain
        levels, poured = self._levels.of(told_in, reading)
        performed = PartialDate(str(day)) if day else None
        scores, days = self._scores.of(first, performed, reading)
        return sketched(
            person,
            head,
            levels,
            scores,
            code=str(code),
            day=str(day),
            poured=poured,
            days=days,
            ids=self._ids,
            known_id=known_id,
        )

    def _told(
        self, table: type[Patient | Procedure], columns: Sequence[Read[Told | None]], cells: Taken
    ) -> list[Told]:
        """What cells tell of patient or procedure, and what holds where no cell tells of it."""
        found = [
            told
            for read in columns
            if (cell := cells[read.place]) and (told := read[cell]) is not None
        ]
        if of_all := self._of_all[table]:
            names = {each.name for each in found}
            found += [each for each in of_all if each.name not in names]
            found.sort(key=_rank)
        return found

    def _told_of_head(self, cells: Taken) -> list[Told]:
        found = self._told(Procedure, self._head, cells)
        noted = {
            column.name: {str(value): None}
            for column in self._noted
            if (cell := cells[column.place]) and (value := column.read(unmarked(cell))) is not None
        }
        if noted:
            own = {each.name: each for each in found}
            before = own.pop(_NOTES, None)
            notes = with_notes(str(before.stored) if before else "", noted)
            try:
                said = told(Procedure, _NOTES, notes)
            except Refused as error:
                raise NotPlain from error
            found = sorted([*own.values(), *([said] if said else [])], key=_rank)
        return found


class _Reading:
    """Reads the rows of a case when somebody asks, and once."""

    __slots__ = ("_found", "_reader", "_rows")

    def __init__(self, reader: CellReader, rows: Sequence[SourceRow]) -> None:
        self._reader, self._rows = reader, rows
        self._found: CaseCells | None = None

    def __call__(self) -> CaseCells:
        if self._found is None:
            self._found = self._reader.read(self._rows)
        return self._found


def _read_by(columns: Sequence[Column]) -> list[Read[Told | None]]:
    """What reads these columns, in the order of the words of patient and procedure."""
    ranked = sorted(columns, key=lambda c: rank_of_words(c.target_name.partition(".")[2]))
    return list(map(told_by, ranked))


def _rank(each: Told) -> int:
    return rank_of_words(each.name)


def _constants(reader: CellReader) -> dict[type[Patient | Procedure], list[Told]]:
    """What every patient and every procedure says of which no cell tells."""
    found: dict[type[Patient | Procedure], list[Told]] = {Patient: [], Procedure: []}
    for target, value in reader.constants.items():
        place = place_of(target.name)
        if place in (Place.PATIENT, Place.PROCEDURE):
            table = Patient if place is Place.PATIENT else Procedure
            said = told(table, target.name.partition(".")[2], value)
            found[table] += [said] if said is not None else []
    said_of = {each.name for each in found[Procedure]}
    found[Procedure] += [each for each in always(Procedure) if each.name not in said_of]
    return found
