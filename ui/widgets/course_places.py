# SPDX-License-Identifier: MIT
"""Where everything in the drawing of a patient's course stands. Nothing is painted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF

from models.patient_timeline import DaySpan
from models.speech import in_quotes
from ui.widgets.calendar_axis import CalendarAxis, Tick
from ui.widgets.course_parts import (
    Course,
    CourseEvent,
    CourseLane,
    CourseScore,
    CourseSession,
)

LEAST_APART = 7.0
"""How far dates stand apart at least, at scale 1."""
RADIUS = 3.4
"""Of the dot of a score, at scale 1."""
_LEFT, _RIGHT = 30, 8
_LANE = 78
_TITLE = 16
_ROW = 15
_GAP = 8
_TEXT_GAP = 5

WidthOf = Callable[[str], float]
Part = TypeVar("Part", CourseSession, CourseEvent, CourseScore)


@dataclass(frozen=True, slots=True)
class Flag(Generic[Part]):
    """A procedure, event or spoken word: its mark on the calendar, and its words beside it.

    Attributes:
        left, right: from the first to the last day that it may have been.
        text: where the words stand.
        flips: they stand at the left of the mark, for want of room at its right.
    """

    part: Part
    left: float
    right: float
    text: QRectF
    flips: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A score on its lane: as wide as its date is uncertain, as high as its range."""

    score: CourseScore
    box: QRectF

    @property
    def is_point(self) -> bool:
        """Day and number are both known."""
        return self.score.span.is_exact and not self.score.is_range


@dataclass(frozen=True, slots=True)
class Join:
    """What joins two scores of one procedure, as corners from top left, clockwise.

    Attributes:
        is_flat: both are exact, so it is a line.
        skips: a score whose day is not known lies between.
    """

    corners: tuple[QPointF, QPointF, QPointF, QPointF]
    is_flat: bool
    skips: bool


@dataclass(frozen=True, slots=True)
class LanePlace:
    """One scale: its title above its plot."""

    lane: CourseLane
    title: QRectF
    plot: QRectF
    dots: tuple[Dot, ...]
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """The whole drawing.

    Attributes:
        stems: from where to where the line of a procedure runs.
        spoken_title, events_title: None where there is nothing of the kind.
        axis: the line of the calendar; its labels stand below it.
    """

    sessions: tuple[Flag[CourseSession], ...]
    lanes: tuple[LanePlace, ...]
    spoken_title: QRectF | None
    spoken: tuple[Flag[CourseScore], ...]
    events_title: QRectF | None
    events: tuple[Flag[CourseEvent], ...]
    death: tuple[float, float] | None
    axis: QRectF
    ticks: tuple[Tick, ...]
    is_true: bool
    height: float


def session_words(session: CourseSession, *, flips: bool = False, is_brief: bool = False) -> str:
    """Number and label of a procedure, the number next to its mark."""
    label = session.brief if is_brief and session.brief else session.label
    parts = (str(session.number), label)
    return "  ".join(reversed(parts) if flips else parts)


def spoken_words(score: CourseScore) -> str:
    """What was said, in quotes."""
    return in_quotes(score.words)


def place_course(course: Course, width: float, scale: float, wide: WidthOf) -> Places:
    """Place a course.

    Args:
        course: what is shown.
        width: how much room there is from left to right.
        scale: of text and controls; 1 is normal.
        wide: the width of small text.
    """

    def px(length: float) -> float:
        return length * scale

    inset = px(RADIUS + 2)
    left, right = px(_LEFT), max(width - px(_RIGHT), px(_LEFT + 40))
    days = {day for span in course.spans() for day in (span.earliest, span.latest)}
    axis = CalendarAxis(days, left + inset, right - inset, px(LEAST_APART))
    room = _Room(axis, 0.0, right, px, wide)
    sessions, y = room.flags(course.sessions, session_words, 0.0, has_stems=True)
    y += px(4)
    lanes = []
    for lane in course.lanes:
        lanes.append(room.lane(lane, y, left))
        y = lanes[-1].plot.bottom() + px(_GAP)
    spoken_title = events_title = None
    spoken: tuple[Flag[CourseScore], ...] = ()
    events: tuple[Flag[CourseEvent], ...] = ()
    if course.spoken:
        spoken_title, y = room.title(y)
        spoken, y = room.flags(course.spoken, spoken_words, y)
        y += px(_GAP) / 2
    if course.events:
        events_title, y = room.title(y)
        events, y = room.flags(course.events, lambda event: event.label, y)
        y += px(_GAP) / 2
    y += px(2)
    death = None
    if course.death is not None:
        death = axis.x(course.death.earliest), axis.x(course.death.latest)
    return Places(
        sessions=sessions,
        lanes=tuple(lanes),
        spoken_title=spoken_title,
        spoken=spoken,
        events_title=events_title,
        events=events,
        death=death,
        axis=QRectF(left, y, right - left, px(_ROW + 3)),
        ticks=tuple(axis.ticks(wide, 0, width)),
        is_true=axis.is_true,
        height=y + px(_ROW + 5),
    )


@dataclass(slots=True)
class _Taken(Generic[Part]):
    """Room that a mark and its words take in a line; lines are counted from the last one up."""

    part: Part
    start: float
    end: float
    begin: float
    stop: float
    row: int = 0

    def meets(self, other: _Taken[Part], *, has_stems: bool) -> bool:
        """Whether the two cannot share a line."""
        left, right = min(self.start, self.begin), max(self.end, self.stop)
        if has_stems:
            right = max(self.start, self.stop)
        others = (other.start, other.begin, other.stop) + (() if has_stems else (other.end,))
        return left < max(others) + _TEXT_GAP and right > min(others) - _TEXT_GAP


@dataclass(frozen=True, slots=True)
class _Room:
    axis: CalendarAxis
    left: float
    right: float
    px: Callable[[float], float]
    wide: WidthOf

    def ends(self, span: DaySpan) -> tuple[float, float]:
        return self.axis.x(span.earliest), self.axis.x(span.latest)

    def title(self, y: float) -> tuple[QRectF, float]:
        height = self.px(_TITLE)
        return QRectF(self.left, y, self.right - self.left, height), y + height

    def flags(
        self,
        parts: Sequence[Part],
        words: Callable[[Part], str],
        y: float,
        *,
        has_stems: bool = False,
    ) -> tuple[tuple[Flag[Part], ...], float]:
        """Marks with their words in as few lines as it takes.

        Args:
            parts: what is marked.
            words: of one of them.
            y: where the first line begins.
            has_stems: a line runs down from each mark, and has to cross no words.
        """
        taken: list[_Taken[Part]] = []
        ordered = sorted(parts, key=lambda part: (part.span.earliest, part.span.latest))
        # From the last to the first: words stand at the right of their mark, so an earlier one
        # gives way upwards.
        for part in reversed(ordered):
            start, end = self.ends(part.span)
            begin, stop = self._beside(start, start if has_stems else end, self.wide(words(part)))
            one = _Taken(part, start, end, begin, stop)
            met = (other.row for other in taken if one.meets(other, has_stems=has_stems))
            one.row = 1 + max(met, default=-1)
            taken.append(one)
        rows = 1 + max((one.row for one in taken), default=-1)
        line = self.px(_ROW)
        flags = [
            Flag(
                one.part,
                one.start,
                one.end,
                QRectF(one.begin, y + (rows - 1 - one.row) * line, one.stop - one.begin, line),
                flips=one.stop < one.start,
            )
            for one in reversed(taken)
        ]
        return tuple(flags), y + rows * line

    def _beside(self, start: float, end: float, width: float) -> tuple[float, float]:
        """Where words of this width stand: at the right of the mark, or else at its left."""
        mark, width = self.px(RADIUS + 3), width + 2
        after, before = self.right - end - mark, start - mark - self.left
        if width <= after or after >= before:
            return end + mark, end + mark + min(width, after)
        return start - mark - min(width, before), start - mark

    def lane(self, lane: CourseLane, y: float, left: float) -> LanePlace:
        title, top = self.title(y)
        inset = self.px(RADIUS + 1)
        plot = QRectF(left, top + inset, self.right - left, self.px(_LANE))
        dots = tuple(self._dot(score, lane.maximum, plot) for score in lane.scores)
        return LanePlace(lane, title, plot, dots, tuple(_joins(dots)))

    def _dot(self, score: CourseScore, maximum: float, plot: QRectF) -> Dot:
        low = score.low if score.low is not None else 0.0
        high = score.high if score.high is not None else low
        first, last = self.ends(score.span)
        top, bottom = (plot.bottom() - plot.height() * value / maximum for value in (high, low))
        radius = self.px(RADIUS)
        box = QRectF(QPointF(first, top), QPointF(last, bottom))
        return Dot(score, box.adjusted(-radius, -radius, radius, radius))


def _joins(dots: Iterable[Dot]) -> Iterable[Join]:
    """Between the scores of one procedure whose days are known; never from one to the next."""
    ordered = sorted(dots, key=lambda dot: (dot.score.session, dot.score.span.earliest))
    for _, group in groupby(ordered, key=lambda dot: dot.score.session):
        own = list(group)
        unsure = [dot.score.span for dot in own if not dot.score.span.is_exact]
        for here, there in pairwise(dot for dot in own if dot.score.span.is_exact):
            first, last = here.score.span.latest, there.score.span.earliest
            skips = any(span.earliest < last and span.latest > first for span in unsure)
            yield _join(here, there, skips=skips)


def _join(here: Dot, there: Dot, *, skips: bool) -> Join:
    one, other = here.box, there.box
    corners = (_top(one), _top(other), _bottom(other), _bottom(one))
    return Join(corners, not here.score.is_range and not there.score.is_range, skips)


def _top(box: QRectF) -> QPointF:
    return QPointF(box.center().x(), box.top() + box.width() / 2)


def _bottom(box: QRectF) -> QPointF:
    return QPointF(box.center().x(), box.bottom() - box.width() / 2)
