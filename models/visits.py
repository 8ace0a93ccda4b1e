# SPDX-License-Identifier: MIT
"""What the record says of each planned visit of a case, as one letter a visit.

Nothing here depends on today or on the visit plan: the line of the case list keeps it, and which
visit is due on a day follows from the line alone. So nothing is rewritten at midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from models.partial_date import PartialDate
from models.schema import Assessment
from models.speech import say
from models.timepoints import VISITS
from models.vocabulary import AssessmentMissing, TimePoint

if TYPE_CHECKING:
    from models.case import Case


class Mark(StrEnum):
    """What the record says of a visit; each is stored as its letter.

    The order tells which one counts where several rows speak of the same visit: the later here.
    """

    OPEN = "-"
    NOT_REACHED = "r"
    NOT_RECORDED = "n"
    LAPSED = "p"
    COGNITIVE = "c"
    TOO_ILL = "t"
    DECLINED = "d"
    MOVED = "o"
    LOST = "l"
    DIED = "x"
    WORDS = "w"
    UNDATED = "u"
    MEASURED = "m"

    @property
    def is_open(self) -> bool:
        """Whether the visit can still be had: nobody said anything, or nobody was reached yet."""
        return self in (Mark.OPEN, Mark.NOT_REACHED)

    @property
    def is_answered(self) -> bool:
        """Whether the patient answered, be it in words or on a day that nobody wrote down."""
        return self in (Mark.MEASURED, Mark.UNDATED, Mark.WORDS)

    @property
    def ends_all(self) -> bool:
        """Whether nobody asks at later visits either."""
        return self in (Mark.MOVED, Mark.LOST, Mark.DIED)

    @property
    def label(self) -> str:
        """Why a visit with this mark has no score that counts."""
        return self.reason.label if self.reason else _LABELS.get(self, "")

    @property
    def code(self) -> str:
        """The same, for programs."""
        if self.reason:
            return self.reason.value
        return "not_stated" if self is Mark.OPEN else self.name.lower()

    @property
    def reason(self) -> AssessmentMissing | None:
        """The reason for having no score that the letter stands for; None where it is none."""
        return _REASONS.get(self)


_MARKS = {
    AssessmentMissing.NOT_REACHED: Mark.NOT_REACHED,
    AssessmentMissing.LAPSED: Mark.LAPSED,
    AssessmentMissing.DECLINED: Mark.DECLINED,
    AssessmentMissing.LOST: Mark.LOST,
    AssessmentMissing.DIED: Mark.DIED,
    AssessmentMissing.MOVED: Mark.MOVED,
    AssessmentMissing.TOO_ILL: Mark.TOO_ILL,
    AssessmentMissing.COGNITIVE: Mark.COGNITIVE,
    AssessmentMissing.NOT_RECORDED: Mark.NOT_RECORDED,
}
_REASONS = {mark: reason for reason, mark in _MARKS.items()}
_LABELS = {
    Mark.OPEN: say("No reason stated"),
    Mark.WORDS: say("Only words"),
    Mark.UNDATED: say("A score without a day"),
}
_RANK = {mark: place for place, mark in enumerate(Mark)}


def marks_of(case: Case) -> str:
    """The letters of the visits of the case, in the order of ``VISITS``.

    The best that the rows of a visit say counts: a score before words, words before a reason. Who
    moved, is lost or died is not asked at later visits either, unless there is a later answer. An
    assessment of no planned visit that says so ends what comes after the last answer.
    """
    return letters_of(tuple([(row.time_point, mark_of(row)) for row in case.assessments]))


@lru_cache(maxsize=20_000)
def letters_of(marks: tuple[tuple[TimePoint | None, Mark], ...]) -> str:
    """The same from the time point and the mark of each assessment."""
    said = dict.fromkeys(VISITS, Mark.OPEN)
    ended = Mark.OPEN
    for point, mark in marks:
        if point in said:
            said[point] = _stronger(said[point], mark)
        elif mark.ends_all:
            ended = _stronger(ended, mark)
    return _ended("".join(said.values()), ended)


def days_to_death(case: Case) -> int | None:
    """Days from the procedure to the first day on which the patient may have died; None: alive.

    0 where the day of the procedure is not known.
    """
    return days_between(case.procedure.performed_on, case.patient.died_on)


def days_between(performed_on: PartialDate | None, died_on: PartialDate | None) -> int | None:
    """The same from the two days."""
    performed = day_number(performed_on)
    if not died_on:
        return None
    return max(0, died_on.earliest.toordinal() - performed) if performed is not None else 0


def performed_day(case: Case) -> int | None:
    """The day of the procedure as a number (1 is 1 January of year 1); None where it is partial."""
    return day_number(case.procedure.performed_on)


@lru_cache(maxsize=20_000)
def day_number(performed_on: PartialDate | None) -> int | None:
    """The same from the day."""
    exact = performed_on.exact if performed_on else None
    return exact.toordinal() if exact else None


@lru_cache(maxsize=20_000)
def read_marks(letters: str) -> Mapping[TimePoint, Mark]:
    """The letters as they are stored, by visit; one that is missing or unknown is open."""
    found = map(mark_for, letters.ljust(len(VISITS), Mark.OPEN.value))
    return MappingProxyType(dict(zip(VISITS, found, strict=False)))


def mark_for(letter: str) -> Mark:
    """What one stored letter says; an unknown one is open."""
    return _BY_LETTER.get(letter, Mark.OPEN)


_BY_LETTER = {mark.value: mark for mark in Mark}


def mark_of(row: Assessment) -> Mark:
    """What a single assessment says of its visit."""
    if row.pain_low is not None:
        return Mark.MEASURED if row.chosen else Mark.UNDATED
    if row.pain_words or row.global_outcome:
        return Mark.WORDS
    return _MARKS.get(row.missing_reason, Mark.OPEN)


def _stronger(one: Mark, other: Mark) -> Mark:
    return max(one, other, key=_RANK.__getitem__)


def _ended(letters: str, ended: Mark) -> str:
    """The letters, with those of visits that were left open closed by what ended before them.

    ``ended`` is what ends all after the last answer.
    """
    before, *after = map(mark_for, letters)
    last_answer = max((n for n, mark in enumerate(after) if mark.is_answered), default=-1)
    since, told = Mark.OPEN, [before]
    for place, mark in enumerate(after):
        if place == last_answer + 1:
            since = ended
        if mark.is_answered:
            since = Mark.OPEN
        elif mark.ends_all:
            since = mark
        is_ended = mark.is_open and since is not Mark.OPEN
        told.append(since if is_ended else mark)
    return "".join(told)
