# SPDX-License-Identifier: MIT
"""Cases of a file that say nothing unusual, made without a row of their own for each level.

Most rows of a clinic's table are such: a patient, the day of the procedure, levels, and scores with
their days. Cells that are alike say the same, so they are read once: each by itself for patient and
procedure, and all of a level or of a score together. Everything else takes the way of ``building``,
and comes out the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from models.bulk.heads import Told
from models.bulk.plain import Sketch, fresh_ids
from models.importing.building import Builder
from models.importing.cells import CellReader, Column
from models.importing.plain_columns import (
    NotPlain,
    Place,
    Taken,
    aside,
    ids_of,
    is_of_time,
    marked,
    place_of,
    taker,
)
from models.importing.plain_heads import HeadReader
from models.importing.plain_levels import LevelPieces
from models.importing.plain_scores import ScorePieces
from models.importing.reading import SourceRow
from models.timepoints import VisitPlan

Known = Callable[[str, str, str], str | None]
"""Tells by patient code, day and the id that the file gives the case, "" for none, whose case it
is: the id of a patient whom the file had before, "" for a new one, None where the case has to be
judged whole."""


_NEVER_OF_ALL = frozenset((Place.CASE_ID, Place.ELSEWHERE, Place.NOTED, Place.SCORE_DAY))
"""What cannot be told of every case of a file where these are to be plain."""


class PlainMaker:
    """Makes plain cases, and remembers the values, levels and scores that they share.

    ``is_typed`` says that cells of the table can be numbers rather than texts of such.
    """

    def __init__(
        self, reader: CellReader, builder: Builder, plan: VisitPlan, *, is_typed: bool
    ) -> None:
        self._reader, self._ids = reader, fresh_ids()
        self._cells_of: Callable[[SourceRow], Taken] = marked if is_typed else attrgetter("cells")
        of: dict[Place, list[Column]] = {place: [] for place in Place}
        for column in reader.columns:
            of[place_of(column.target_name)].append(column)
        self._case_ids = [ids_of(column) for column in of[Place.CASE_ID]]
        self._heads = HeadReader(reader.columns, reader.constants)
        self._aside = list(map(aside, of[Place.ELSEWHERE]))
        self._levels = LevelPieces(of[Place.LEVEL], reader.constants, builder)
        scores = [*of[Place.SCORE], *of[Place.SCORE_DAY]]
        self._scores = ScorePieces(scores, reader.constants, builder, plan)
        self._of_case = taker([c.place for c in reader.columns if not c.is_of_level])
        self._is_never = any(
            place_of(each.name) in _NEVER_OF_ALL or is_of_time(each) for each in reader.constants
        )

    def sketch(self, rows: Sequence[SourceRow], known: Known) -> Sketch | None:
        """The case; None where it is not plain, or something is wrong with it."""
        try:
            return self._sketched(rows, known)
        except NotPlain:
            return None

    def code_of(self, row: SourceRow) -> str:
        """The patient code that a row tells; "" for none, and where it cannot be read."""
        if row.problem:
            return ""
        try:
            code = self._heads.code_of(self._cells_of(row))
        except NotPlain:
            return ""
        return "" if code is None else str(code.stored)

    def _sketched(self, rows: Sequence[SourceRow], known: Known) -> Sketch:
        if self._is_never:
            raise NotPlain
        for row in rows:
            if row.problem or self._reader.sums_up(row) or self._reader.names_nobody(row):
                raise NotPlain
        told_in = [*map(self._cells_of, rows)]
        first, *others = told_in
        if others:
            of_case = self._of_case(first)
            if any(self._of_case(cells) != of_case for cells in others):
                raise NotPlain
        answers: dict[str, Told] = {}
        for read in self._aside:
            for cells in told_in:
                if (cell := cells[read.place]) and (answer := read[cell]):
                    answers[answer.name] = answer
        code, day, born, frame, apart = self._heads.of(first, answers)
        performed = str(day.stored) if day is not None else ""
        case_id = next((at[cell] for at in self._case_ids if (cell := first[at.place])), "")
        known_id = known(str(code.stored) if code is not None else "", performed, case_id)
        if known_id is None:
            raise NotPlain
        levels, measured = self._levels.of(told_in)
        scores, days = self._scores.of(first, performed)
        return Sketch(
            known_id or next(self._ids),
            case_id or next(self._ids),
            bool(known_id),
            bool(case_id),
            code,
            day,
            born,
            frame,
            apart,
            levels,
            scores,
            measured,
            days,
        )
