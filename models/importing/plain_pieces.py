# SPDX-License-Identifier: MIT
"""Levels and scores of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from itertools import product
from operator import itemgetter

from models.bulk.measured import CEMENT, SIDES, WALLS, Measured, measured, measures, stand_in
from models.bulk.pieces import (
    Part,
    Piece,
    joined_levels,
    joined_scores,
    moved,
    piece_of_levels,
    piece_of_scores,
)
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

_LEVEL = str(TreatedLevel._meta.table_name)
_GAIN = TreatedLevel.height_gain_low_mm.stem
_PERFORMED = date(2004, 6, 15)
"""Stands for the day of any procedure while a piece is made of scores that have days."""


def _field_told(target: str) -> str:
    """The field of levels that a target names, "" for one of a row that hangs on them."""
    table, _, name = target.partition(".")
    return name if table == _LEVEL else ""


_ANY_ROW = SourceRow(0, ())

Days = tuple[PartialDate | None, ...]

_TOGETHER = (
    (frozenset(SIDES), frozenset((CEMENT,))),
    (frozenset(name for name in map(_field_told, targets()) if name.startswith(_GAIN)), WALLS),
)
"""Where some level of a case tells of the first, the others are looked at with it and are not set
apart."""

_NOTHING_TOLD = (False,) * len(_TOGETHER)
_NAME = itemgetter(Measured._fields.index("name"))

_OfLevel = tuple[Taken, tuple[str, ...]]
"""The cells of a level, and the names of what is filled in."""

_OfCase = tuple[tuple[_OfLevel, ...], tuple[bool, ...]]
"""Those of all levels of a case, and what of ``_TOGETHER`` is told."""

_AtPlace = tuple[_OfLevel, int, tuple[bool, ...]]
"""A level at a place of its case; what is told of ``_TOGETHER`` says of which columns its cells
are."""

_AtPoint = tuple[int, Taken, int | None, Taken, bool]
"""The rank of a time point, its cells, its days after the procedure, the cells of all points, and
whether any of them has a day."""


class LevelPieces:
    """The levels of cases, by the cells of all their rows."""

    def __init__(self, columns: Sequence[Column], builder: Builder) -> None:
        self._builder = builder
        self._ways = {
            ways: _Levels(columns, ways) for ways in product((False, True), repeat=len(_TOGETHER))
        }
        self._places_together = [
            [column.place for column in columns if _field_of(column) in names]
            for names, _ in _TOGETHER
        ]
        self._tells_together = any(self._places_together)
        self._known: Known[_OfCase, Piece | None] = Known()
        self._parts: Known[_AtPlace, Part | None] = Known()

    def of(
        self, rows: Sequence[Sequence[str]], read: Reading
    ) -> tuple[Piece, list[tuple[Measured, ...]]]:
        """The levels, and what is filled in at each of them.

        Raises:
            NotPlain: the case has to be judged whole.
        """
        ways = self._told(rows) if self._tells_together else _NOTHING_TOLD
        levels = self._ways[ways]
        taken, reads = levels.taken, levels.measured
        keys: list[_OfLevel] = []
        filled: list[tuple[Measured, ...]] = []
        for cells in rows:
            own = taken(cells)
            found = [each for at in reads if (cell := cells[at.place]) and (each := at[cell])]
            if found or any(own):
                keys.append((own, tuple(map(_NAME, found))))
                filled.append(tuple(found))
        key = tuple(keys), ways
        piece = self._known.get(key)
        if piece is None:
            if key in self._known:
                raise NotPlain
            piece = self._known.keep(key, self._made(key, read))
            if piece is None:
                raise NotPlain
        return piece, filled

    def _told(self, rows: Sequence[Sequence[str]]) -> tuple[bool, ...]:
        """What of ``_TOGETHER`` some level tells."""
        return tuple(
            [
                any(cells[place] for cells in rows for place in places)
                for places in self._places_together
            ]
        )

    def _made(self, of_case: _OfCase, read: Reading) -> Piece | None:
        keys, ways = of_case
        places = [(key, place, ways) for place, key in enumerate(keys)]
        if all(map(self._parts.__contains__, places)):
            found = [self._parts[at] for at in places]
        else:
            of_levels = _said(keys, read())
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
        of_levels = _said(keys, cells)
        said = CaseCells(rows, {}, of_levels, level_rows=[row.number for row in rows])
        case = self._builder.build(said)
        held = {name for _, own in keys for name in own}
        names = [name for name in measures() if name in held]
        return None if said.problems else piece_of_levels(case, names)

    def _part(
        self, key: _OfLevel, place: int, ways: tuple[bool, ...], of_level: Values
    ) -> Part | None:
        """One level; None where rows hang on it, or something is wrong with it."""
        at = key, place, ways
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(key, 0, ways, of_level)
            return self._parts.keep(
                at, None if first is None else moved(first, place, TreatedLevel)
            )
        said = CaseCells((_ANY_ROW,), {}, [of_level], level_rows=[_ANY_ROW.number])
        case = self._builder.build(said)
        row = case.levels[0]
        is_alone = not said.problems and not case.rows_of(row)
        piece = piece_of_levels(case, key[1]) if is_alone else None
        return self._parts.keep(at, _part_of(row, piece))


class _Levels:
    """How the cells of a level are taken: those that are alike in many, and what was measured.

    ``told`` says of each of ``_TOGETHER`` whether something is told.
    """

    def __init__(self, columns: Sequence[Column], told: Iterable[bool]) -> None:
        kept = {
            name
            for (_, names), is_told in zip(_TOGETHER, told, strict=True)
            if is_told
            for name in names
        }
        by_name: dict[str, list[Column]] = {}
        for column in columns:
            by_name.setdefault(_field_of(column), []).append(column)
        apart = [
            (name, by_name[name][0])
            for name in measures()
            if name not in kept and len(by_name.get(name, ())) == 1
        ]
        self.measured = [Read(column, partial(_measured, name)) for name, column in apart]
        places = {column.place for _, column in apart}
        self.taken = taker([one.place for one in columns if one.place not in places])


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


def _said(keys: Sequence[_OfLevel], cells: CaseCells) -> list[Values]:
    """What is said of each level, with numbers that stand for those that are filled in."""
    if cells.problems:
        raise NotPlain
    of_levels = [said for said in cells.of_levels if said]
    if len(of_levels) != len(keys) or len(cells.of_levels) != len(cells.rows):
        raise NotPlain
    return [
        {**said, **{_target_of(name): stand_in(name) for name in names}}
        for said, (_, names) in zip(of_levels, keys, strict=True)
    ]


def _measured(name: str, value: object) -> Measured | None:
    """What a number says; what its field cannot hold is not plain."""
    if value is None:
        return None
    assert isinstance(value, int | float)
    return measured(name, value)


def _target_of(name: str) -> str:
    return f"{_LEVEL}.{name}"


def _field_of(column: Column) -> str:
    return _field_told(column.target_name)


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
