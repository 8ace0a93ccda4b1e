# SPDX-License-Identifier: MIT
"""Levels and scores of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache

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
from models.schema import Assessment, Row, TreatedLevel
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

_AtPoint = tuple[int, Taken, int | None, Taken, bool]
"""The rank of a time point, its cells, its days after the procedure, the cells of all points, and
whether any of them has a day."""


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
    ) -> tuple[Piece, tuple[float | None, ...] | None]:
        """The levels, and the volume of cement of each; None where sides are told of.

        Raises:
            NotPlain: the case has to be judged whole.
        """
        sides = self._sides
        has_sides = bool(sides) and any(cells[place] for cells in rows for place in sides)
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
        piece = self._known.get(key)
        if piece is None:
            if key in self._known:
                raise NotPlain
            piece = self._known.keep(key, self._made(key, read, is_poured=not has_sides))
            if piece is None:
                raise NotPlain
        return piece, None if has_sides else tuple(poured)

    def _made(
        self, keys: Sequence[tuple[Taken, object]], read: Reading, *, is_poured: bool
    ) -> Piece | None:
        places = [(key, place, is_poured) for place, key in enumerate(keys)]
        if all(map(self._parts.__contains__, places)):
            found = [self._parts[at] for at in places]
        else:
            of_levels = self._said(keys, read(), is_poured=is_poured)
            found = [
                self._part(*at, of_level) for at, of_level in zip(places, of_levels, strict=True)
            ]
        parts = [part for part in found if part is not None]
        if len(parts) == len(keys) == 1:
            return parts[0].piece
        if len(parts) == len(keys):
            return joined_levels(parts)
        cells = read()
        rows = cells.rows[: len(keys)]
        of_levels = self._said(keys, cells, is_poured=is_poured)
        said = CaseCells(rows, {}, of_levels, level_rows=[row.number for row in rows])
        case = self._builder.build(said)
        return None if said.problems else piece_of_levels(case, poured=is_poured)

    def _said(
        self, keys: Sequence[tuple[Taken, object]], cells: CaseCells, *, is_poured: bool
    ) -> list[Values]:
        """What is said of each level."""
        if cells.problems:
            raise NotPlain
        of_levels = [said for said in cells.of_levels if said]
        if len(of_levels) != len(keys) or len(cells.of_levels) != len(cells.rows):
            raise NotPlain
        return [_without_volume(said) for said in of_levels] if is_poured else of_levels

    def _part(
        self, key: tuple[Taken, object], place: int, is_poured: bool, of_level: Values
    ) -> Part | None:
        """One level; None where rows hang on it, or something is wrong with it."""
        at = key, place, is_poured
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(key, 0, is_poured, of_level)
            return self._parts.keep(
                at, None if first is None else moved(first, place, TreatedLevel)
            )
        said = CaseCells((_ANY_ROW,), {}, [of_level], level_rows=[_ANY_ROW.number])
        case = self._builder.build(said)
        row = case.levels[0]
        is_alone = not said.problems and not case.rows_of(row)
        piece = piece_of_levels(case, poured=is_poured) if is_alone else None
        return self._parts.keep(at, _part_of(row, piece))


class ScorePieces:
    """The scores of cases, by their cells and the days between procedure and score.

    ``always`` names what holds for every case of the file.
    """

    def __init__(
        self, columns: Sequence[Column], always: Iterable[str], builder: Builder, plan: VisitPlan
    ) -> None:
        self._builder, self._plan = builder, plan
        scores = [column for column in columns if place_of(column.target_name) is Place.SCORE]
        self._taken = taker([column.place for column in scores])
        known = [_of_scores().get(name) for name in (*[c.target_name for c in columns], *always)]
        points = {point for point in known if point is not None}
        self._of_point = {
            point: taker([c.place for c in scores if _of_scores()[c.target_name] is point])
            for point in sorted(points, key=lambda point: point.rank)
        }
        self._of_all = taker([c.place for c in scores if _of_scores()[c.target_name] is None])
        self._days = [
            (_point_of(column.target_name), days_of(column))
            for column in columns
            if place_of(column.target_name) is Place.SCORE_DAY
        ]
        self._known: Known[object, tuple[Piece, tuple[TimePoint, ...]] | None] = Known()
        self._said: Known[_AtPoint, Values | None] = Known()
        self._parts: Known[tuple[int, _AtPoint], Part | None] = Known()

    def of(self, cells: Sequence[str], performed: str, read: Reading) -> tuple[Piece, Days]:
        """The scores, and the day of each; ``performed`` is the day of the procedure, "".

        Raises:
            NotPlain: the case has to be judged whole.
        """
        days: dict[TimePoint, PartialDate] = {}
        after: dict[TimePoint, int] = {}
        for point, read_day in self._days:
            cell = cells[read_day.place]
            found = read_day[cell] if cell else None
            if found is not None:
                days[point], number = found
                after[point] = number - _number_of(performed)
                if after[point] < 0 and point is not TimePoint.BASELINE:
                    raise NotPlain
        key = self._taken(cells), tuple(after.items())
        made = self._known.get(key)
        if made is None:
            if key in self._known:
                raise NotPlain
            made = self._known.keep(key, self._made(cells, after, read))
            if made is None:
                raise NotPlain
        piece, points = made
        return piece, tuple(map(days.get, points)) if days else ()

    def _made(
        self, cells: Sequence[str], after: dict[TimePoint, int], read: Reading
    ) -> tuple[Piece, tuple[TimePoint, ...]] | None:
        of_all, has_days = self._of_all(cells), bool(after)
        places = [
            (point.rank, taken(cells), after.get(point), of_all, has_days)
            for point, taken in self._of_point.items()
        ]
        if all(map(self._said.__contains__, places)):
            owns = [self._said[at] for at in places]
        else:
            by_point = self._read(read(), after)
            owns = [
                self._said.keep(at, by_point.get(point))
                for point, at in zip(self._of_point, places, strict=True)
            ]
        said = [
            (point, at, own)
            for point, at, own in zip(self._of_point, places, owns, strict=True)
            if own is not None
        ]
        parts = [self._part(place, at, own) for place, (_, at, own) in enumerate(said)]
        known = [part for part in parts if part is not None]
        if len(known) == len({part.values.time_point for part in known}) == len(parts) > 1:
            piece = joined_scores(known)
        else:
            every = {name: value for _, _, own in said for name, value in own.items()}
            piece = piece_of_scores(self._built(every), self._plan)
        return None if piece is None else (piece, tuple([point for point, _, _ in said]))

    def _read(self, cells: CaseCells, after: dict[TimePoint, int]) -> dict[TimePoint, Values]:
        """What is said of each score, with what is said of all."""
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
        return {point: {**of_all, **own} for point, own in by_point.items()}

    def _part(self, place: int, at_point: _AtPoint, said: Values) -> Part | None:
        """One of several scores; None where something is wrong with it."""
        at = place, at_point
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(0, at_point, said)
            return self._parts.keep(at, None if first is None else moved(first, place, Assessment))
        case = self._built(said)
        (row,) = case.assessments
        return self._parts.keep(at, _part_of(row, piece_of_scores(case, self._plan)))

    def _built(self, said: Values) -> Case:
        return self._builder.build(CaseCells((), dict(said)))


def _part_of(row: Row, piece: Piece | None) -> Part | None:
    return Part.of(row, piece) if piece is not None and len(piece.forms) == 1 else None


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


@lru_cache(1 << 12)
def _number_of(performed: str) -> int:
    """The number of the day of a procedure; nothing is counted from one that is partial."""
    day = PartialDate(performed).exact if performed else None
    if day is None:
        raise NotPlain
    return day.toordinal()


def _point_of(name: str) -> TimePoint:
    point = targets()[name].point
    assert point is not None
    return point


@cache
def _of_scores() -> dict[str, TimePoint | None]:
    """Everything that is told of scores, with its time point where it has one."""
    scores = (Kind.PAIN, Kind.ASSESSED)
    return {name: target.point for name, target in targets().items() if target.kind in scores}
