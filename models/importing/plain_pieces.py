# SPDX-License-Identifier: MIT
"""Levels and scores of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from itertools import product
from operator import itemgetter

from models.bulk.level_pieces import LevelPart, joined_levels, level_part
from models.bulk.measured import (
    CEMENT,
    REPORTED,
    SIDES,
    WALLS,
    Measured,
    measured,
    measures,
    stand_in,
)
from models.bulk.pieces import Piece
from models.bulk.score_pieces import ScorePart, joined_scores, piece_of_scores
from models.case import Case
from models.importing.building import Builder
from models.importing.cells import CaseCells, Column, Values
from models.importing.levels import SeveralLevels
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
from models.importing.targets import PERFORMED_ON, Kind, Target, targets
from models.numbers import Reported
from models.partial_date import PartialDate
from models.schema import TreatedLevel
from models.timepoints import VisitPlan
from models.vocabulary import TimePoint

_LEVEL = str(TreatedLevel._meta.table_name)
_PERFORMED = date(2004, 6, 15)
"""Stands for the day of any procedure while a piece is made of scores that have days."""


def _field_told(target: str) -> str:
    """The field of levels that a target names, "" for one of a row that hangs on them."""
    table, _, name = target.partition(".")
    return name if table == _LEVEL else ""


_ANY_ROW = SourceRow(0, ())

Days = tuple[PartialDate | None, ...]

_REPORTED = frozenset(name for name in map(_field_told, targets()) if name.startswith(REPORTED))
_TOGETHER = (
    (frozenset(SIDES), frozenset((CEMENT,))),
    (_REPORTED, WALLS),
    ((WALLS | _REPORTED) - {REPORTED}, frozenset((REPORTED,))),
)
"""Where some level of a case tells of the first, the others are looked at with it and are not set
apart."""

_NOTHING_TOLD = (False,) * len(_TOGETHER)
_NAME = itemgetter(Measured._fields.index("name"))

_OfLevel = tuple[Taken, tuple[str, ...]]
"""The cells of a level, and the names of what is filled in."""

_OfCase = tuple[tuple[_OfLevel, ...], tuple[bool, ...]]
"""Those of all levels of a case, and what of ``_TOGETHER`` is told."""

_AtPoint = tuple[int, Taken, int | None, Taken, bool]
"""The rank of a time point, its cells, its days after the procedure, the cells of all points, and
whether any of them has a day."""


class LevelPieces:
    """The levels of cases, by the cells of all their rows."""

    def __init__(
        self, columns: Sequence[Column], constants: Mapping[Target, object], builder: Builder
    ) -> None:
        self._builder = builder
        always = {
            target.name: value
            for target, value in constants.items()
            if target.is_of_level and value is not None
        }
        self._ways = {
            ways: _Levels(columns, always, ways)
            for ways in product((False, True), repeat=len(_TOGETHER))
        }
        self._places_together = [
            [column.place for column in columns if _field_of(column) in names]
            for names, _ in _TOGETHER
        ]
        self._tells_together = any(self._places_together)
        self._known: Known[_OfCase, Piece | None] = Known()
        self._parts: Known[tuple[_OfLevel, tuple[bool, ...]], LevelPart | None] = Known()

    def of(self, rows: Sequence[Sequence[str]]) -> tuple[Piece, list[tuple[Measured, ...]]]:
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
            found = [each for at in reads if (cell := cells[at.place]) for each in at[cell]]
            if found or any(own):
                keys.append((own, tuple(map(_NAME, found))))
                filled.append(tuple(found))
        key = tuple(keys), ways
        piece = self._known.get(key)
        if piece is None:
            if key in self._known:
                raise NotPlain
            piece = self._known.keep(key, self._made(key))
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

    def _made(self, of_case: _OfCase) -> Piece | None:
        keys, ways = of_case
        parts = [self._part(key, ways) for key in keys]
        known = [part for part in parts if part is not None]
        return joined_levels(known) if len(known) == len(parts) else None

    def _part(self, key: _OfLevel, ways: tuple[bool, ...]) -> LevelPart | None:
        """One level; None where something is wrong with it."""
        at = key, ways
        if at in self._parts:
            return self._parts[at]
        said = CaseCells((_ANY_ROW,), {}, [self._ways[ways].said(*key)], level_rows=[0])
        case = self._builder.levels_of(said)
        return self._parts.keep(at, None if said.problems else level_part(case, key[1]))


class _Levels:
    """How the cells of a level are taken: those that are alike in many, and what was measured.

    ``always`` holds for every level; ``told`` says of each of ``_TOGETHER`` whether something is
    told.
    """

    def __init__(self, columns: Sequence[Column], always: Values, told: Iterable[bool]) -> None:
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
        shared = [one for one in columns if one.place not in places]
        self.taken = taker([one.place for one in shared])
        self._always = always
        self._reads = [(one.target_name, Read(one, _of_one_level)) for one in shared]

    def said(self, own: Taken, names: Sequence[str]) -> Values:
        """What a level says, with numbers that stand for those that are filled in.

        Raises:
            NotPlain: a cell cannot be read, or speaks of several levels.
        """
        told = {**self._always, **{_target_of(name): stand_in(name) for name in names}}
        for (name, read), cell in zip(self._reads, own, strict=True):
            if cell and (value := read[cell]) is not None:
                told[name] = value
        return told


class ScorePieces:
    """The scores of cases, by their cells and the days between procedure and score."""

    def __init__(
        self,
        columns: Sequence[Column],
        constants: Mapping[Target, object],
        builder: Builder,
        plan: VisitPlan,
    ) -> None:
        self._builder, self._plan = builder, plan
        scores = [column for column in columns if place_of(column.target_name) is Place.SCORE]
        always = {
            target.name: value for target, value in constants.items() if target.name in _of_scores()
        }
        names = [*[column.target_name for column in columns], *always]
        points = {point for name in names if (point := _of_scores()[name]) is not None}
        self._taken = taker([column.place for column in scores])
        self._of_point = {
            point: _Scored(scores, always, point)
            for point in sorted(points, key=lambda point: point.rank)
        }
        self._of_all = _Scored(scores, always, None)
        self._days = [
            (_point_of(column.target_name), days_of(column))
            for column in columns
            if place_of(column.target_name) is Place.SCORE_DAY
        ]
        self._known: Known[object, tuple[Piece, tuple[TimePoint, ...]] | None] = Known()
        self._said: Known[_AtPoint, Values | None] = Known()
        self._parts: Known[tuple[int, _AtPoint], ScorePart | None] = Known()

    def of(self, cells: Sequence[str], performed: str) -> tuple[Piece, Days]:
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
            made = self._known.keep(key, self._made(cells, after))
            if made is None:
                raise NotPlain
        piece, points = made
        return piece, tuple(map(days.get, points)) if days else ()

    def _made(
        self, cells: Sequence[str], after: dict[TimePoint, int]
    ) -> tuple[Piece, tuple[TimePoint, ...]] | None:
        of_all, has_days = self._of_all.taken(cells), bool(after)
        said = []
        for point, scored in self._of_point.items():
            at = point.rank, scored.taken(cells), after.get(point), of_all, has_days
            if at in self._said:
                own = self._said[at]
            else:
                own = self._said.keep(at, self._told(point, *at[1:]))
            if own is not None:
                said.append((point, at, own))
        parts = [self._part(place, at, own) for place, (_, at, own) in enumerate(said)]
        known = [part for part in parts if part is not None]
        if len(known) == len({part.values.time_point for part in known}) == len(parts) > 1:
            piece = joined_scores(known)
        else:
            every = {name: value for _, _, own in said for name, value in own.items()}
            piece = piece_of_scores(self._built(every), self._plan)
        return None if piece is None else (piece, tuple([point for point, _, _ in said]))

    def _told(
        self, point: TimePoint, own: Taken, after: int | None, of_all: Taken, has_days: bool
    ) -> Values | None:
        """What is said of a score, with what is said of all; None for nothing."""
        told = self._of_point[point].said(own)
        if after is not None:
            told[f"pain.{point}.on"] = _day_after(after)
        if not told:
            return None
        if has_days:
            told[PERFORMED_ON] = _day_after(0)
        return {**self._of_all.said(of_all), **told}

    def _part(self, place: int, at_point: _AtPoint, said: Values) -> ScorePart | None:
        """One of several scores; None where something is wrong with it."""
        at = place, at_point
        if at in self._parts:
            return self._parts[at]
        if place:
            first = self._part(0, at_point, said)
            return self._parts.keep(at, None if first is None else first.at(place))
        case = self._built(said)
        piece = piece_of_scores(case, self._plan)
        is_one = piece is not None and len(case.assessments) == 1
        part = ScorePart.of(case.assessments[0], piece) if piece is not None and is_one else None
        return self._parts.keep(at, part)

    def _built(self, said: Values) -> Case:
        return self._builder.build(CaseCells((), dict(said)))


class _Scored:
    """The columns of one time point, or of all of them; ``always`` holds where none says it."""

    def __init__(self, columns: Sequence[Column], always: Values, point: TimePoint | None) -> None:
        own = [column for column in columns if _of_scores()[column.target_name] is point]
        self.taken = taker([column.place for column in own])
        self._reads = [(column.target_name, Read(column, _as_told)) for column in own]
        self._always = {
            name: value
            for name, value in always.items()
            if value is not None and _of_scores()[name] is point
        }

    def said(self, cells: Taken) -> Values:
        """What these cells say.

        Raises:
            NotPlain: one cannot be read, or two of them contradict each other.
        """
        told: Values = {}
        for (name, read), cell in zip(self._reads, cells, strict=True):
            if cell and (value := read[cell]) is not None and told.setdefault(name, value) != value:
                raise NotPlain
        return {**self._always, **told}


def _of_one_level(value: object) -> object:
    """What a cell of a level says, None for nothing; what several levels have is not plain."""
    if isinstance(value, SeveralLevels):
        raise NotPlain
    return _as_told(value)


def _as_told(value: object) -> object:
    """What a cell says, None for nothing."""
    return None if value == () else value


def _measured(name: str, value: object) -> Sequence[Measured]:
    """What a cell says of what is filled in."""
    if value is None:
        return ()
    assert isinstance(value, int | float | Reported)
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
