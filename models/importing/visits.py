# SPDX-License-Identifier: MIT
"""Finds the rows of visits in a table that has one row for each visit of a patient.

A row is a procedure here. Taken for one, each visit would be a procedure that never was.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.importing.mapping import Mapping
from models.vocabulary import TimePoint

_CALLED = frozenset(
    (
        *("visit", "visit name", "time point", "timepoint", "time", "event", "follow up"),
        *("zeitpunkt", "besuch", "visite", "visita", "momento", "temps", "tiempo", "tempo"),
    )
)
_MOST = 50
"""So many different cells at most; a column with more is of something else."""


class Visits:
    """Looks at a column that nobody reads and that is called as one of visits, if there is one.

    Attributes:
        place: that of the column; -1 where there is none.
    """

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        from models.importing.columns import plain_name

        unread = {use.column for use in mapping.columns if not use.target}
        called = (
            place
            for place, name in enumerate(columns)
            if name in unread and plain_name(name) in _CALLED
        )
        self.place = -1 if mapping.exact else next(called, -1)
        self._cells: set[str] = set()

    def see(self, cells: Sequence[str]) -> None:
        """Take the cells of a row into account."""
        if len(self._cells) <= _MOST:
            self._cells.add(cells[self.place].strip())

    @property
    def later(self) -> frozenset[str]:
        """The cells of visits after the procedure; none unless the column tells both, and no more.

        A table of last visits alone has one row for each procedure.
        """
        from models.importing.columns import plain_name, point_meant

        points = {cell: point_meant(plain_name(cell)) for cell in self._cells if cell}
        if len(points) > _MOST or TimePoint.BASELINE not in points.values():
            return frozenset()
        if None in points.values():
            return frozenset()
        return frozenset(cell for cell, point in points.items() if point != TimePoint.BASELINE)
