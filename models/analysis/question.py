# SPDX-License-Identifier: MIT
"""What is asked of the scores: from when to when, and which cases are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from models.analysis.between import FEWEST_IN_GROUP
from models.analysis.grouping import CompareBy, FilterGroups
from models.errors import LogbookError
from models.query import EVERYTHING, Filter, words_of
from models.speech import say
from models.vocabulary import TimePoint, Vocabulary

T = TypeVar("T", bound=Vocabulary)

_TIME_POINT, _FIELD = say("time point"), say("field to compare by")

LATEST = "latest"
"""Stands for the last dated score after the procedure."""

FOLLOW_UPS = tuple(
    point for point in TimePoint if point not in (TimePoint.BASELINE, TimePoint.UNDATED)
)
"""Time points at which a dated score can stand, in order."""

FEWEST_TESTED = FEWEST_IN_GROUP
"""Fewer pairs get their numbers, but no test."""


@dataclass(frozen=True, slots=True)
class Question:
    """From which score to which.

    Attributes:
        start: where the score before is taken from.
        to: the time point of the score after; None for the latest.
        by: what the cases are grouped by; a filter parts those that meet it from all others. None
            for all together.
        filter: which cases count.
    """

    start: TimePoint = TimePoint.BASELINE
    to: TimePoint | None = None
    by: CompareBy | FilterGroups | None = None
    filter: Filter = EVERYTHING

    def __post_init__(self) -> None:
        wrong_way = self.to is not None and self.to.rank <= self.start.rank
        if self.start not in _STARTS or self.to not in (None, *FOLLOW_UPS) or wrong_way:
            after = [point for point in FOLLOW_UPS if point.rank > self.start.rank]
            cure = (
                say(
                    "Choose a time point after the first one: {listed}.",
                    listed=_listed((*after, LATEST)),
                )
                if self.start in _STARTS
                else say("Begin with one of: {listed}.", listed=_listed(_STARTS))
            )
            raise LogbookError(
                say(
                    "Scores cannot be followed from {start} to {end_code}.",
                    start=self.start.value,
                    end_code=self.end_code,
                ),
                cure,
            )

    @classmethod
    def read(cls, start: str = TimePoint.BASELINE, to: str = LATEST, by: str | None = None) -> Self:
        """The question in the words of the command line.

        Raises:
            LogbookError: a word is not known, or the end does not lie after the start.
        """
        first = _term(TimePoint, start, _TIME_POINT, _STARTS)
        is_latest = to.strip().casefold() == LATEST
        end = None if is_latest else _term(TimePoint, to, _TIME_POINT, (*FOLLOW_UPS, LATEST))
        group = None if by is None else _term(CompareBy, by, _FIELD, tuple(CompareBy))
        return cls(first, end, group)

    @property
    def cases_in_words(self) -> str:
        """Which cases count, fit for print; "" where all do.

        Words that were searched for can be the name of a patient, so they are not repeated.
        """
        terms = tuple(term for term in self.filter.terms if term.field)
        said = [words_of(Filter(terms))] if terms else []
        if len(terms) < len(self.filter.terms):
            said.append(
                say("words that were searched for")
                if terms
                else say("Words that were searched for")
            )
        return ", ".join(said)

    @property
    def end_code(self) -> str:
        """The end in the words of the command line."""
        return LATEST if self.to is None else self.to.value

    @property
    def end_label(self) -> str:
        """The end as people read it."""
        return say("Latest follow-up") if self.to is None else self.to.label


_STARTS = (TimePoint.BASELINE, *FOLLOW_UPS[:-1])


def _term(vocabulary: type[T], text: str, what: str, known: Sequence[str]) -> T:
    term = vocabulary.meant_by(text)
    if term is None:
        wrong = (
            say("There is no {what} {text}.", what=what, text=text.strip())
            if text.strip()
            else say("No {what} is named.", what=what)
        )
        raise LogbookError(wrong, say("Known are: {listed}.", listed=_listed(known)))
    return term


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes)
