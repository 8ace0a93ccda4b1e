# SPDX-License-Identifier: MIT
"""What the drawing of a patient's whole course shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from models.patient_timeline import DaySpan


@dataclass(frozen=True, slots=True)
class CourseSession:
    """One procedure on the calendar.

    Attributes:
        number: its place in the order of time, from 1.
        label: levels and techniques, as short as they can be told.
        tip: the same in full, with the date.
        is_chosen: it is the case that was chosen.
        brief: the levels alone, where even the label has no room; the tip tells the rest.
    """

    case_id: str
    number: int
    span: DaySpan
    label: str
    tip: str
    is_chosen: bool = False
    brief: str = ""


@dataclass(frozen=True, slots=True)
class CourseScore:
    """A number or a range on the scale of its lane, or words that have no height.

    Attributes:
        session: number of the procedure that it belongs to.
        low, high: both ends, equal if it is exact; None for words.
        words: as people said them.
        is_before: it is a baseline.
    """

    session: int
    span: DaySpan
    low: float | None
    high: float | None
    words: str
    is_before: bool
    tip: str

    @property
    def is_range(self) -> bool:
        """Only its limits are known."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class CourseLane:
    """All scores on one scale. ``maximum`` is its top."""

    title: str
    maximum: float
    scores: tuple[CourseScore, ...]


class Sign(Enum):
    """How an event is marked."""

    EVENT = "event"
    FRACTURE = "fracture"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class CourseEvent:
    """An adverse event, a new fracture, or death."""

    span: DaySpan
    label: str
    tip: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class Course:
    """One patient on one time axis. Only what has a date is here.

    Attributes:
        lanes: one a scale; scores of two scales never share one.
        spoken: what was said in words instead of a number.
        death: ends the axis; it is among the events too.
        in_words: all of it as sentences, for those who hear it.
    """

    sessions: tuple[CourseSession, ...] = ()
    lanes: tuple[CourseLane, ...] = ()
    spoken: tuple[CourseScore, ...] = ()
    events: tuple[CourseEvent, ...] = ()
    death: DaySpan | None = None
    in_words: str = ""

    def spans(self) -> list[DaySpan]:
        """When everything was."""
        spans = [session.span for session in self.sessions]
        spans += [score.span for lane in self.lanes for score in lane.scores]
        spans += [score.span for score in self.spoken]
        spans += [event.span for event in self.events]
        return spans
