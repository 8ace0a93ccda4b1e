# SPDX-License-Identifier: MIT
"""Levels and scores of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from models.bulk.pieces import (
    STAND_IN,
    Part,
    Piece,
    joined_levels,
    joined_scores,
    moved,
    piece_of_levels,
    piece_of_scores,
)
from models.bulk.table import tables
from models.case import Case
from models.importing.building import Builder
from models.importing.cells import CaseCells, Column, Values
from models.importing.plain_columns import (
    Known,
    NotPlain,
    Place,
    Read,
    Taken,
    days_of,
    place_of,
    taker,
)
from models.importing.reading import SourceRow
from models.importing.targets import PERFORMED_ON, Kind, targets
from models.partial_date import PartialDate
from models.schema import Row, TreatedLevel
from models.timepoints import VisitPlan
from models.vocabulary import TimePoint

Reading = Callable[[], CaseCells]
"""Reads the rows of the case at hand, where what they say is not known yet."""

_CEMENT = "treated_level.cement_ml"
_SIDES = frozenset({"treated_level.cement_left_ml", "treated_level.cement_right_ml"})
_PERFORMED = date(2004, 6, 15)
"""Stands for the day of any procedure while a piece is made of scores that have days."""

_ANY_ROW = SourceRow(0, ())

Days = tuple[PartialDate | None, ...]


class LevelPieces:
    """The levels of cases, by the cells of all their rows."""

    def __init__(self, columns: Sequence[Column], builder: Builder) -> None:
        self._builder = builder
        poured = [column for column in columns if column.target_name == _CEMENT]
        self._volumes = Read(poured[0], _volume) if poured else None
        self._taken = taker([column.place for column in columns if column not in poured])
        self._sides = [column.place for column in columns if column.target_name in _SIDES]
        self._known: Known[tuple[tuple[Taken, object], ...], Piece | None] = Known()
        self._parts: Known[tuple[tuple[Taken, object], int, bool], Part | None] = Known()

    def of(
        self, rows: Sequence[Sequence[str]], read: Reading
    ) -> tuple[Piece, list[float | None] | None]:
        """The levels, and the volume of cement of each; None where sides are told of.

        Raises:
            NotPlain: the case has to be judged whole.
        """
        has_sides = any(cells[place] for cells in rows for place in self._sides)
        keys: list[tuple[Taken, object]] = []
        poured: list[float | None] = []
        for cells in rows:
            own, cell, volume = self._taken(cells), "", None
            if self._volumes is not None and (cell := cells[self._volumes.place]):
                volume = self._volumes[cell]
            if any(own) or cell:
                keys.append((own, cell if has_sides else volume is not None))
                poured.append(volume)
        key = tuple(keys)
        if key in self._known:
            piece = self._known[key]
        else:
            piece = self._known.keep(key, self._made(key, read(), is_poured=not has_sides))
        if piece is None:
            raise NotPlain
        return piece, None if has_sides else poured

    def _made(
        self, keys: Sequence[tuple[Taken, object]], cells: CaseCells, *, is_poured: bool
    ) -> Piece | None:
        if cells.problems:
            raise NotPlain
        of_levels = [said for said in cells.of_levels if said]
        if len(of_levels) != len(keys) or len(cells.of_levels) != len(cells.rows):
            raise NotPlain
        if is_poured:
            of_levels = [_without_volume(said) for said in of_levels]
        if len(keys) > 1:
            parts = [
                self._part(key, place, said, is_poured=is_poured)
                for place, (key, said) in enumerate(zip(keys, of_levels, strict=True))
            ]
            known = [part for part in parts if part is not None]
            if len(known) == len(parts):
                return joined_levels(known)
        rows = cells.rows[: len(keys)]
        said = CaseCells(rows, {}, of_levels, level_rows=[row.number for row in rows])
        case = self._builder.build(said)
        return None if said.problems else piece_of_levels(case, poured=is_poured)

    def _part(
        self, key: tuple[Taken, object], place: int, of_level: Values, *, is_poured: bool
    ) -> Part | None:
        """One of several levels; None where rows hang on it, or something is wrong with it."""
        at = key, place, is_poured
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(key, 0, of_level, is_poured=is_poured)
            return self._parts.keep(at, None if first is None else moved(first, place))
        said = CaseCells((_ANY_ROW,), {}, [of_level], level_rows=[_ANY_ROW.number])
        case = self._builder.build(said)
        row = case.levels[0]
        is_alone = not said.problems and not case.rows_of(row)
        piece = piece_of_levels(case, poured=is_poured) if is_alone else None
        return self._parts.keep(at, _part_of(row, piece))


class ScorePieces:
    """The scores of cases, by their cells and the days between procedure and score."""

    def __init__(self, columns: Sequence[Column], builder: Builder, plan: VisitPlan) -> None:
        self._builder, self._plan = builder, plan
        scores = [column for column in columns if place_of(column.target_name) is Place.SCORE]
        self._taken = taker([column.place for column in scores])
        self._days = [
            (_point_of(column.target_name), days_of(column))
            for column in columns
            if place_of(column.target_name) is Place.SCORE_DAY
        ]
        self._known: Known[object, tuple[Piece, tuple[TimePoint, ...]] | None] = Known()
        self._parts: Known[object, Part | None] = Known()

    def of(
        self, cells: Sequence[str], performed: PartialDate | None, read: Reading
    ) -> tuple[Piece, Days]:
        """The scores, and the day of each.

        Raises:
            NotPlain: the case has to be judged whole.
        """
        days: dict[TimePoint, PartialDate] = {}
        after: dict[TimePoint, int] = {}
        for point, read_day in self._days:
            cell = cells[read_day.place]
            found = read_day[cell] if cell else None
            if found is not None:
                if performed is None or performed.exact is None:
                    raise NotPlain
                days[point], number = found
                after[point] = number - performed.exact.toordinal()
        key = self._taken(cells), tuple(after.items())
        if key in self._known:
            made = self._known[key]
        else:
            made = self._known.keep(key, self._made(read(), after))
        if made is None:
            raise NotPlain
        piece, points = made
        return piece, tuple(map(days.get, points)) if days else ()

    def _made(
        self, cells: CaseCells, after: dict[TimePoint, int]
    ) -> tuple[Piece, tuple[TimePoint, ...]] | None:
        if cells.problems:
            raise NotPlain
        of_all: Values = {}
        by_point: dict[TimePoint, Values] = {}
        for name, value in cells.of_case.items():
            if name in _of_scores():
                point = _of_scores()[name]
                (of_all if point is None else by_point.setdefault(point, {}))[name] = value
        for point, days in after.items():
            by_point[point][f"pain.{point}.on"] = _day_after(days)
        if after:
            of_all[PERFORMED_ON] = _day_after(0)
        points = tuple(sorted(by_point, key=lambda point: point.rank))
        parts = [
            self._part(place, {**of_all, **by_point[point]}) for place, point in enumerate(points)
        ]
        known = [part for part in parts if part is not None]
        if len(known) == len({part.row.__data__["time_point"] for part in known}) == len(parts) > 1:
            piece = joined_scores(known)
        else:
            piece = piece_of_scores(self._built(of_all, by_point), self._plan)
        return None if piece is None else (piece, points)

    def _part(self, place: int, said: Values) -> Part | None:
        """One of several scores; None where something is wrong with it."""
        at = place, tuple(said.items())
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(0, said)
            return self._parts.keep(at, None if first is None else moved(first, place))
        case = self._built(said, {})
        (row,) = case.assessments
        return self._parts.keep(at, _part_of(row, piece_of_scores(case, self._plan)))

    def _built(self, of_all: Values, by_point: dict[TimePoint, Values]) -> Case:
        said = dict(of_all)
        for own in by_point.values():
            said.update(own)
        return self._builder.build(CaseCells((), said))


def _part_of(row: Row, piece: Piece | None) -> Part | None:
    return Part(row, piece) if piece is not None and len(piece.forms) == 1 else None


def _volume(value: object) -> float | None:
    """A volume of cement in mL; what its field cannot hold is not plain."""
    if value is None:
        return None
    assert isinstance(value, int | float)
    tables()[TreatedLevel].judged(_CEMENT.partition(".")[2], value)
    return value


def _without_volume(said: Values) -> Values:
    return {**said, _CEMENT: STAND_IN} if _CEMENT in said else said


def _day_after(days: int) -> PartialDate:
    try:
        return PartialDate(date.fromordinal(_PERFORMED.toordinal() + days).isoformat())
    except (ValueError, OverflowError) as error:
        raise NotPlain from error


def _point_of(name: str) -> TimePoint:
    point = targets()[name].point
    assert point is not None
    return point


@cache
def _of_scores() -> dict[str, TimePoint | None]:
    """Everything that is told of scores, with its time point where it has one."""
    return {name: target.point for name, target in targets().items() if target.kind is Kind.PAIN}
