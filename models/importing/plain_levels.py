# SPDX-License-Identifier: MIT
"""Levels of plain cases, by their cells: see ``plain`` and ``models.bulk.pieces``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
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
from models.importing.building import Builder
from models.importing.cells import CaseCells, Column, Values
from models.importing.levels import SeveralLevels
from models.importing.plain_columns import (
    Known,
    NotPlain,
    Read,
    Taken,
    as_told,
    taker,
)
from models.importing.reading import SourceRow
from models.importing.targets import Target, targets
from models.numbers import Reported
from models.schema import TreatedLevel

_LEVEL = str(TreatedLevel._meta.table_name)


def _field_told(target: str) -> str:
    """The field of levels that a target names, "" for one of a row that hangs on them."""
    table, _, name = target.partition(".")
    return name if table == _LEVEL else ""


_ANY_ROW = SourceRow(0, ())

_REPORTED = frozenset(name for name in map(_field_told, targets()) if name.startswith(REPORTED))
_TOGETHER = (
    (frozenset(SIDES), frozenset((CEMENT,))),
    (_REPORTED, WALLS),
    ((WALLS | _REPORTED) - {REPORTED}, frozenset((REPORTED,))),
)
"""Where some level of a case tells of the first, the others are looked at with it and are not set
apart."""

_MEASURED = frozenset((*measures(), *SIDES, *_REPORTED))

_NOTHING_TOLD = (False,) * len(_TOGETHER)
_NAME = itemgetter(Measured._fields.index("name"))

_OfLevel = tuple[Taken, tuple[str, ...]]
"""The cells of a level, and the names of what is filled in."""

_OfCase = tuple[tuple[_OfLevel, ...], tuple[bool, ...]]
"""Those of all levels of a case, and what of ``_TOGETHER`` is told."""


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
        # What holds for every level is added up, and compared, with what is measured of one.
        is_of_all = not _MEASURED.isdisjoint(map(_field_told, always))
        apart = [
            (name, by_name[name][0])
            for name in measures()
            if name not in kept and len(by_name.get(name, ())) == 1 and not is_of_all
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
            NotPlain: a cell cannot be read, or speaks of several levels, or all say nothing: what
                holds for every level makes none.
        """
        told: Values = {_target_of(name): stand_in(name) for name in names}
        for (name, read), cell in zip(self._reads, own, strict=True):
            if cell and (value := read[cell]) is not None:
                told[name] = value
        if not told:
            raise NotPlain
        return {**self._always, **told}


def _of_one_level(value: object) -> object:
    """What a cell of a level says, None for nothing; what several levels have is not plain."""
    if isinstance(value, SeveralLevels):
        raise NotPlain
    return as_told(value)


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
