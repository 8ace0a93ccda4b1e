# SPDX-License-Identifier: MIT
"""The course of pain: the mean at each time point with its interval and its n."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.speech import numeral, say
from models.vocabulary import TimePoint
from ui.charts import sentences
from ui.charts.axis import say_nothing
from ui.charts.course_foot import CourseFoot
from ui.charts.scale_axis import draw_scale, ends_of, scale_room
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from models.analysis.outcome import CoursePoint, PairedOutcome
    from models.analysis.statistics import Interval

_LEGEND_LINE = 20
_BEFORE_LABEL, _AFTER_LABEL = 10, 16
_FEWEST = 4
"""Time points have room for so many, so that two do not stand far apart."""


def draw_course(sheet: Sheet, outcome: PairedOutcome, frame: Box | None = None) -> None:
    """Draw the course of all cases, or of each group, into ``frame`` or all over the sheet."""
    frame = frame or sheet.box
    courses = _drawn(outcome)
    points = _time_points(courses)
    legend = _legend_rows(sheet, frame.width, courses) if outcome.groups else []
    ends, places = ends_of(outcome), max(len(points), _FEWEST)
    left = frame.left + scale_room(sheet, ends)
    top = frame.top + sheet.px(10 + _LEGEND_LINE * len(legend))
    foot = _foot(sheet, Box(left, top, frame.right, frame.bottom), points, courses, places)
    plot = Box(left, top, frame.right, frame.bottom - foot.height)
    axes = sheet.axes(plot, (-0.5, places - 0.5), ends)
    draw_scale(sheet, axes, plot, ends)
    for number, (_label, course) in enumerate(courses):
        color = _color(sheet, outcome, number)
        middles = [
            (point, middle, _within(ci95, ends))
            for point, middle, ci95 in _middles(outcome, course)
        ]
        _draw_one(sheet, axes, points, middles, color, alone=not outcome.groups)
    foot.draw(plot.bottom)
    if outcome.groups and points:
        _mark_courses(sheet, _x_of(plot, axes, 0), foot.middles(plot.bottom))
    _draw_legend(sheet, frame, courses, legend)
    exact = {point.point for _, course in courses for point in course if point.scores.n}
    if not exact:
        say_nothing(sheet, plot, say("No exact score yet"))
    elif points == [TimePoint.BASELINE]:
        beyond = Box(_x_of(plot, axes, 0.5), plot.top, plot.right, plot.bottom)
        words = say("No exact follow-up score with a date")
        say_nothing(sheet, beyond, words, "label", 400)


Course = tuple[str, "Sequence[CoursePoint]"]


def _drawn(outcome: PairedOutcome) -> list[Course]:
    return [(label, numbers.course) for label, numbers in sentences.courses(outcome)]


def _time_points(courses: Sequence[Course]) -> list[TimePoint]:
    """The time points at which anybody has a score, in order."""
    scored = {
        point.point for _, course in courses for point in course if point.scores.n or point.n_range
    }
    return [point for point in TimePoint if point in scored]


def _color(sheet: Sheet, outcome: PairedOutcome, number: int) -> str:
    return sheet.palette.series[number] if outcome.groups else sheet.palette.after


Middle = tuple[TimePoint, float, "Interval | None"]


def _middles(outcome: PairedOutcome, course: Sequence[CoursePoint]) -> list[Middle]:
    """What stands for each time point that has an exact score."""
    found = ((point, *outcome.middle(point.scores, point.spread)) for point in course)
    return [(point.point, middle, ci95) for point, middle, ci95 in found if middle is not None]


def _within(ci95: Interval | None, ends: tuple[float, float]) -> Interval | None:
    """The interval as far as the scale goes.

    That of two scores goes far beyond it, and not every program that shows an SVG clips.
    """
    if ci95 is None:
        return None
    low, high = min(ends), max(ends)
    return type(ci95)(max(ci95.low, low), min(ci95.high, high))


def _draw_one(
    sheet: Sheet,
    axes: Axes,
    points: Sequence[TimePoint],
    middles: Sequence[Middle],
    color: str,
    *,
    alone: bool,
) -> None:
    known = [(points.index(point), middle, ci95) for point, middle, ci95 in middles]
    x = [place for place, _, _ in known]
    means = [mean for _, mean, _ in known]
    axes.plot(x, means, color=color, linewidth=sheet.points(2.4), zorder=4, solid_capstyle="round")
    banded = [(place, limits) for place, _, limits in known if limits]
    if banded:
        axes.fill_between(
            [place for place, _ in banded],
            [limits.low for _, limits in banded],
            [limits.high for _, limits in banded],
            color=color, alpha=0.16, linewidth=0, zorder=2,
        )  # fmt: skip
        axes.vlines(
            [place for place, _ in banded],
            [limits.low for _, limits in banded],
            [limits.high for _, limits in banded],
            colors=color, linewidths=sheet.points(1.2), zorder=3,
        )  # fmt: skip
    # The dots of one color are drawn as one thing much faster than one by one.
    for is_before, shown in ((True, sheet.palette.before), (False, color)):
        dots = [
            (place, mean)
            for place, mean, _limits in known
            if (alone and points[place] is TimePoint.BASELINE) is is_before
        ]
        if dots:
            _dots(sheet, axes, dots, shown, 8)


def _x_of(plot: Box, axes: Axes, place: float) -> float:
    left, right = axes.get_xlim()
    return plot.left + plot.width * (place - left) / (right - left)


def _foot(
    sheet: Sheet, plot: Box, points: Sequence[TimePoint], courses: Sequence[Course], places: int
) -> CourseFoot:
    middles = [plot.left + plot.width * (n + 0.5) / places for n in range(len(points))]
    names = [sentences.short_label(point) for point in points]
    counts = []
    for _label, course in courses:
        n_of = {point.point: point.scores.n for point in course}
        said = [numeral(n_of.get(point, 0), ",") for point in points]
        said[:1] = [f"n {n}" for n in said[:1]]
        counts.append(list(zip(middles, said, strict=True)))
    return CourseFoot(sheet, list(zip(middles, names, strict=True)), counts)


def _mark_courses(sheet: Sheet, x: float, middles: Iterable[float]) -> None:
    """A dot in the color of each group before its counts."""
    box = sheet.box
    whole = sheet.axes(box, (box.left, box.right), (box.bottom, box.top))
    left = x - sheet.width_of("n 0,000", "small") / 2 - sheet.px(8)
    for row, y in enumerate(middles):
        _dots(sheet, whole, [(left, y)], sheet.palette.series[row], 6)


def _legend_rows(sheet: Sheet, width: float, courses: Sequence[Course]) -> list[list[int]]:
    """Which courses stand in which line of the legend."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for number, (label, _course) in enumerate(courses):
        needed = sheet.width_of(label) + sheet.px(_BEFORE_LABEL + _AFTER_LABEL)
        if rows[-1] and used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += needed
    return rows


def _draw_legend(
    sheet: Sheet, frame: Box, courses: Sequence[Course], rows: Sequence[Sequence[int]]
) -> None:
    if not rows:
        return
    axes = sheet.axes(frame, (frame.left, frame.right), (frame.bottom, frame.top))
    for line, numbers in enumerate(rows):
        x, y = frame.left + sheet.px(5), frame.top + sheet.px(8 + line * _LEGEND_LINE)
        for number in numbers:
            _dots(sheet, axes, [(x, y)], sheet.palette.series[number], 8)
            label = courses[number][0]
            x += sheet.px(_BEFORE_LABEL)
            sheet.text(x, y, label, middle=True)
            x += sheet.width_of(label) + sheet.px(_AFTER_LABEL)


def _dots(
    sheet: Sheet, axes: Axes, places: Sequence[tuple[float, float]], color: str, size: float
) -> None:
    axes.plot(
        *zip(*places, strict=True), "o", color=color, markersize=sheet.points(size), zorder=5,
        clip_on=False,
    )  # fmt: skip
