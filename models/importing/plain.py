# SPDX-License-Identifier: MIT
"""Cases of a file that say nothing unusual, made without a row of their own for each level.

Most rows of a clinic's table are such: a new patient, one day, levels and scores of which no other
day is told. Everything else takes the way of ``building``, and comes out the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial

from models.bulk.pieces import (
    STAND_IN,
    Piece,
    Sketch,
    piece_of_levels,
    piece_of_scores,
    sketch,
)
from models.case import Case
from models.fields import Clock, Day, Number, TermsField
from models.importing.building import Builder
from models.importing.cells import CaseCells, Values
from models.importing.targets import CASE, PERFORMED_ON, SYNTHETIC, Kind, targets
from models.schema import Patient, Procedure, TreatedLevel
from models.timepoints import VisitPlan

_REMEMBERED = 20_000
_CEMENT = "treated_level.cement_ml"
_SIDES = frozenset({"treated_level.cement_left_ml", "treated_level.cement_right_ml"})
_Key = tuple[object, ...]
_PATIENT, _PROCEDURE, _SCORE, _NOTHING, _LEVEL = range(5)


class PlainMaker:
    """Makes plain cases, and remembers the levels and scores that they share."""

    def __init__(self, builder: Builder, plan: VisitPlan) -> None:
        self._builder, self._plan = builder, plan
        self._levels: dict[_Key, Piece | None] = {}
        self._scores: dict[_Key, Piece | None] = {}

    def sketch(self, cells: CaseCells, patient_id: str = "") -> Sketch | None:
        """The case; None where it is not plain, or something is wrong with it.

        With ``patient_id`` it is a case of a patient whom the file had before.
        """
        places = _places_of(tuple(cells.of_case))
        if places is None or not all(_are_of_levels(tuple(said)) for said in cells.of_levels):
            return None
        of: tuple[Values, Values, Values, Values] = {}, {}, {}, {}
        patient, procedure, scores, _ = of
        for (place, field), value in zip(places, cells.of_case.values(), strict=True):
            of[place][field] = value
        levels, poured = _without_cement(cells.of_levels)
        anyhow = partial(piece_of_levels, poured=poured is not None)
        key = tuple(tuple(said.items()) for said in levels)
        piece = self._piece(
            self._levels,
            key,
            anyhow,
            lambda: CaseCells(cells.rows, {}, levels, level_rows=cells.level_rows),
        )
        if piece is None:
            return None
        told = self._piece(
            self._scores, tuple(scores.items()), piece_of_scores, lambda: CaseCells((), scores)
        )
        return None if told is None else sketch(patient, procedure, piece, told, poured, patient_id)

    def _piece(
        self,
        known: dict[_Key, Piece | None],
        key: _Key,
        make: Callable[[Case, VisitPlan], Piece | None],
        cells: Callable[[], CaseCells],
    ) -> Piece | None:
        if key in known:
            return known[key]
        said = cells()
        case = self._builder.build(said)
        piece = None if said.problems else make(case, self._plan)
        if len(known) >= _REMEMBERED:
            known.clear()
        known[key] = piece
        return piece


def _without_cement(
    of_levels: list[Values],
) -> tuple[list[Values], list[float | None] | None]:
    """The levels with no volume of their own, and the volumes; None where sides are told of."""
    volumes: list[float | None] = []
    levels: list[Values] = []
    for said in of_levels:
        if not said:
            levels.append(said)
            continue
        if not _SIDES.isdisjoint(said):
            return of_levels, None
        volume = said.get(_CEMENT)
        if volume is not None:
            assert isinstance(volume, int | float)
            said = {**said, _CEMENT: STAND_IN}
        volumes.append(volume)
        levels.append(said)
    return levels, volumes


@lru_cache(1024)
def _places_of(names: tuple[str, ...]) -> tuple[tuple[int, str], ...] | None:
    """Where the values of these targets go; None where one of them makes a case that is not plain.

    The same columns are filled in many rows.
    """
    places = _places()
    found = tuple(places[name] for name in names if name in places)
    is_plain = len(found) == len(names) and all(place != _LEVEL for place, _ in found)
    return found if is_plain else None


@lru_cache(1024)
def _are_of_levels(names: tuple[str, ...]) -> bool:
    places = _places()
    return all(name in places and places[name][0] == _LEVEL for name in names)


@cache
def _places() -> dict[str, tuple[int, str]]:
    """Where a plain value goes, and under which name, by the name of its target."""
    found = {CASE: (_NOTHING, ""), SYNTHETIC: (_PROCEDURE, "synthetic")}
    for name, target in targets().items():
        field = target.field
        is_other_day = isinstance(field, Day | Clock) and name != PERFORMED_ON
        if is_other_day or (isinstance(field, Number) and field.unit_in):
            continue
        if target.kind is Kind.PAIN:
            found[name] = (_SCORE, name)
        elif target.kind is Kind.FIELD and not isinstance(field, TermsField):
            of = {Patient: _PATIENT, Procedure: _PROCEDURE, TreatedLevel: _LEVEL}
            if target.table in of:
                found[name] = (of[target.table], name.partition(".")[2])
        elif target.kind is Kind.REPORTED and target.table is TreatedLevel:
            found[name] = (_LEVEL, name)
    return found
