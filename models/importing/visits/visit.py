# SPDX-License-Identifier: MIT
"""What the rows of a table say of one visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from models.importing.visits.times import When
from models.partial_date import PartialDate
from models.vocabulary import Level, TimePoint


class Cell(NamedTuple):
    """Where something stands: the row, the heading of the column, and the cell."""

    row: int
    column: str
    text: str


@dataclass(slots=True)
class Visit:
    """One visit.

    Attributes:
        row: the first row that tells of it, as spreadsheets count.
        when: what the file says in words or numbers of when it was; None where it does not.
        day: the day that the file names.
        said: what was found, by the name of the field; "pain" is a score with its words.
        noted: what goes into the note, by the heading of its column.
        heights: heights and angles that were measured then, by the name of the field.
        cells: where each of that stands; also "when" and "day".
        level: the level that was measured; None where the row names none.
        point: the time point, once it is known.
        note: words of the file that the time point does not say.
    """

    row: int
    when: When | None = None
    day: PartialDate | None = None
    said: dict[str, object] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)
    heights: dict[str, object] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    level: Level | None = None
    point: TimePoint | None = None
    note: str = ""

    @property
    def has_values(self) -> bool:
        """Whether anything was found at it."""
        return bool(self.said or self.noted or self.heights)

    @property
    def told(self) -> str:
        """When it was, as the file says."""
        if self.when is not None:
            return self.when.words
        return self.cells["day"].text.strip() if "day" in self.cells else ""
