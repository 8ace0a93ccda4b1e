# SPDX-License-Identifier: MIT
"""Looks at the columns that nobody reads for what would make cases wrong if it were passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models.importing.levels import level_meant_by
from models.importing.mapping import Mapping
from models.importing.spelled import plain_name
from models.importing.targets import LEVEL
from models.importing.visits.names import OF_VISITS
from models.importing.visits.times import point_of
from models.speech import say
from models.vocabulary import TimePoint

_NUMBER = re.compile(r"\d{1,3}").fullmatch
_FEWEST = 2
_MOST = 50
"""So many different cells at most; a column with more is of something else."""


class Unread:
    """Looks at the columns that are not read.

    Attributes:
        places: theirs; none of our own export.
    """

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        unread = (
            set() if mapping.exact else {use.column for use in mapping.columns if not use.target}
        )
        self._names = {place: name for place, name in enumerate(columns) if name in unread}
        self.places = tuple(self._names)
        self._cells: dict[int, dict[str, None]] = {place: {} for place in self._names}
        self._has_levels = LEVEL in mapping.used

    def see(self, cells: Sequence[str]) -> None:
        """Take the cells of a row into account."""
        for place, met in self._cells.items():
            if len(met) <= _MOST and (cell := cells[place].strip()):
                met[cell] = None

    @property
    def visits(self) -> tuple[int, frozenset[str]]:
        """The place of a column of visits, and its cells that tell one after the procedure.

        A row is a procedure here. Taken for one, each visit would be a procedure that never was.
        There are none unless the column tells both, and no more: a table of last visits alone has
        one row for each procedure.
        """
        for place, name in self._names.items():
            if plain_name(name) not in OF_VISITS:
                continue
            points = {cell: point_of(cell) for cell in self._cells[place]}
            if TimePoint.BASELINE in points.values() and None not in points.values():
                later = (cell for cell, point in points.items() if point != TimePoint.BASELINE)
                return place, frozenset(later)
        return -1, frozenset()

    @property
    def told(self) -> list[str]:
        """What people have to know of them, one sentence for each."""
        return [*self._told_levels(), *self._told_called_so(), *self._told_numbers()]

    def _told_levels(self) -> Iterator[str]:
        for place, name in self._names.items():
            if self._has_levels and _are_levels(name, list(self._cells[place])):
                yield say(
                    "{column} holds levels too, and is not read: a case has one row for each "
                    "level, or all of them in one cell.",
                    column=name,
                )

    def _told_called_so(self) -> Iterator[str]:
        """Columns of a level each, as where a cross in one of them says that it was treated."""
        names = [name for name in self._names.values() if _is_called_after_level(name)]
        if len(names) >= _FEWEST and not self._has_levels:
            yield say(
                "{columns}: called after levels, and not read, so these cases have no level. Write "
                "the levels of a case into one column, such as T12, L1, or one row for each level.",
                columns=", ".join(names),
            )

    def _told_numbers(self) -> Iterator[str]:
        """Visits that are numbers of nobody knows what."""
        for place, name in self._names.items():
            cells = self._cells[place]
            if plain_name(name) in OF_VISITS and len(cells) > 1 and all(map(_NUMBER, cells)):
                yield say(
                    "{column} seems to tell visits by a number. If it counts months, weeks or days "
                    "after the procedure, let it stand for these, and its scores for the visit.",
                    column=name,
                )


def _are_levels(name: str, cells: Sequence[str]) -> bool:
    """Whether a column such as "Level 2" holds levels; of another name it takes more of them."""
    from models.importing.columns import are_levels, known_name

    is_called_so = known_name(plain_name(name).rstrip("0123456789 ")) == LEVEL
    one_at_least = is_called_so and any(level_meant_by(cell) is not None for cell in cells)
    return one_at_least or are_levels(cells)


def _is_called_after_level(name: str) -> bool:
    """Whether a heading such as "Th12" or "Cement T12 (ml)" names a level, and what of it."""
    from models.importing.columns import known_name

    if level_meant_by(name) is not None:
        return True
    words = name.replace("_", " ").split()
    rest = [word for word in words if level_meant_by(word.strip("()[]:")) is None]
    return 0 < len(rest) < len(words) and known_name(" ".join(rest)).startswith("treated_level.")
