# SPDX-License-Identifier: MIT
"""Scores of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

from models.bulk.pieces import Piece
from models.bulk.score_pieces import ScorePart, joined_scores, piece_of_scores
from models.case import Case
from models.importing.building import Builder
from models.importing.cells import CaseCells, Column, Values
from models.importing.plain_columns import (
    Known,
    NotPlain,
    Place,
    Read,
    Taken,
    as_told,
    days_of,
    place_of,
    taker,
)
from models.importing.targets import PERFORMED_ON, Kind, Target, targets
from models.partial_date import PartialDate
from models.timepoints import VisitPlan
from models.vocabulary import TimePoint

_PERFORMED = date(2004, 6, 15)
"""Stands for the day of any procedure while a piece is made of scores that have days."""

Days = tuple[PartialDate | None, ...]


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
        self._of_point = [
            _Scored(scores, always, point) for point in sorted(points, key=lambda point: point.rank)
        ]
        self._of_all = _Cells(scores, always, None)
        self._days = [
            (_point_of(column.target_name), days_of(column))
            for column in columns
            if place_of(column.target_name) is Place.SCORE_DAY
        ]
        self._known: Known[object, tuple[Piece, tuple[TimePoint, ...]] | None] = Known()

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
        # What cannot be read is refused also where it is said of no score.
        self._of_all.said(of_all)
        told: list[_Score] = []
        parts: list[ScorePart | None] = []
        for of_point in self._of_point:
            point, known = of_point.point, of_point.known
            key = of_point.taken(cells), after.get(point), of_all, has_days
            score = known.get(key) or known.keep(key, self._score(of_point, *key))
            if score.said is not None:
                parts.append(score.at(len(told)))
                told.append(score)
        known_parts = [part for part in parts if part is not None]
        if len(known_parts) == len(told) > 1 and not (has_days and _are_of_one_point(known_parts)):
            piece = joined_scores(known_parts)
        else:
            every = {name: value for score in told for name, value in (score.said or {}).items()}
            piece = piece_of_scores(self._built(every), self._plan)
        return None if piece is None else (piece, tuple([score.point for score in told]))

    def _score(
        self, of_point: _Scored, own: Taken, after: int | None, of_all: Taken, has_days: bool
    ) -> _Score:
        """What the cells of a score say, with what is said of all."""
        point, told = of_point.point, of_point.said(own)
        if after is not None:
            told[f"pain.{point}.on"] = _day_after(after)
        if not told:
            return _Score(point)
        if has_days:
            told[PERFORMED_ON] = _day_after(0)
        said = {**self._of_all.said(of_all), **told}
        case = self._built(said)
        piece = piece_of_scores(case, self._plan)
        is_one = piece is not None and len(case.assessments) == 1
        part = ScorePart.of(case.assessments[0], piece) if piece is not None and is_one else None
        return _Score(point, said, part)

    def _built(self, said: Values) -> Case:
        return self._builder.build(CaseCells((), dict(said)))


def _are_of_one_point(parts: Sequence[ScorePart]) -> bool:
    """Whether some are: days can tell of another time point than the columns do."""
    return len({part.values.time_point for part in parts}) < len(parts)


class _Score:
    """What some cells say of a score.

    Attributes:
        said: what they tell, None for nothing.
    """

    __slots__ = ("_parts", "point", "said")

    def __init__(
        self, point: TimePoint, said: Values | None = None, part: ScorePart | None = None
    ) -> None:
        self.point, self.said = point, said
        self._parts = {0: part}

    def at(self, place: int) -> ScorePart | None:
        """The score at this place of its list; None where something is wrong with it."""
        first = self._parts[0]
        if first is None or place in self._parts:
            return self._parts.get(place)
        part = self._parts[place] = first.at(place)
        return part


class _Cells:
    """The columns of one time point, None for those of all; ``always`` holds where none says it."""

    def __init__(self, columns: Sequence[Column], always: Values, point: TimePoint | None) -> None:
        own = [column for column in columns if _of_scores()[column.target_name] is point]
        self.taken = taker([column.place for column in own])
        self._reads = [(column.target_name, Read(column, as_told)) for column in own]
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


class _Scored(_Cells):
    """The columns of one time point.

    Attributes:
        known: the scores that were read, by their cells, their days after the procedure, the cells
            of all points, and whether any of them has a day.
    """

    def __init__(self, columns: Sequence[Column], always: Values, point: TimePoint) -> None:
        super().__init__(columns, always, point)
        self.point = point
        self.known: Known[tuple[Taken, int | None, Taken, bool], _Score] = Known()


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
