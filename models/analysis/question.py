# SPDX-License-Identifier: MIT
"""What is asked of the scores: from when to when, and which cases are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, TypeVar

from models.analysis.grouping import CompareBy
from models.errors import LogbookError
from models.vocabulary import TimePoint, Vocabulary

T = TypeVar("T", bound=Vocabulary)

LATEST = "latest"
"""Stands for the last dated score after the procedure."""

FOLLOW_UPS = tuple(
    point for point in TimePoint if point not in (TimePoint.BASELINE, TimePoint.UNDATED)
)
"""Time points at which a dated score can stand, in order."""

FEWEST_TESTED = 5
"""Groups with fewer pairs get their numbers, but no test."""


@dataclass(frozen=True, slots=True)
class Question:
    """From which score to which.

    Attributes:
        start: where the score before is taken from.
        to: the time point of the score after; None for the latest.
        by: what the cases are grouped by; None for all together.
    """

    start: TimePoint = TimePoint.BASELINE
    to: TimePoint | None = None
    by: CompareBy | None = None

    def __post_init__(self) -> None:
        starts, ends = (TimePoint.BASELINE, *FOLLOW_UPS[:-1]), (None, *FOLLOW_UPS)
        wrong_way = self.to is not None and self.to.rank <= self.start.rank
        if self.start not in starts or self.to not in ends or wrong_way:
            raise LogbookError(
                f"Scores cannot be followed from {self.start.value} to {self.end_code}.",
                "Choose a time point after the first one.",
            )

    @classmethod
    def read(cls, start: str = TimePoint.BASELINE, to: str = LATEST, by: str | None = None) -> Self:
        """The question in the words of the command line.

        Raises:
            LogbookError: a word is not known, or the end does not lie after the start.
        """
        end = None if to.strip().casefold() == LATEST else _term(TimePoint, to, "time point")
        group = None if by is None else _term(CompareBy, by, "field to compare by")
        return cls(_term(TimePoint, start, "time point"), end, group)

    @property
    def end_code(self) -> str:
        """The end in the words of the command line."""
        return LATEST if self.to is None else self.to.value

    @property
    def end_label(self) -> str:
        """The end as people read it."""
        return "Latest follow-up" if self.to is None else self.to.label


def _term(vocabulary: type[T], text: str, what: str) -> T:
    term = vocabulary.meant_by(text)
    if term is None:
        known = ", ".join(member.value for member in vocabulary)
        raise LogbookError(f"There is no {what} {text}.", f"Known are: {known}.")
    return term
