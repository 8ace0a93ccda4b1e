# SPDX-License-Identifier: MIT
"""Pain before and after, each case: pairs as lines, and beside them what has no partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba

from models.analysis.responders import reaches_points
from models.speech import say
from models.vocabulary import TimePoint
from ui.charts import number_words, sentences
from ui.charts.axis import say_nothing
from ui.charts.density import draw_density
from ui.charts.scale_axis import draw_scale, ends_of, scale_room
from ui.charts.sheet import Box, Sheet
from ui.charts.unpaired import Column, Lanes, draw_marks, in_words, labeled, mark_label, write_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.analysis.outcome import PairedOutcome
    from models.analysis.statistics import Interval

_BEFORE, _AFTER = 0.0, 1.0
_WORDS, _WIDE_ENOUGH = 108, 400
"""Room for words beside the plot, in a frame that is wide enough for it."""

_BETWEEN_NAMES = 8
_MOST_BESIDE = 60
"""Room between the mean and scores without a partner for what is written beside these."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Different pairs and how often each occurs."""

    before: np.ndarray
    after: np.ndarray
    improved: np.ndarray
    n: np.ndarray

    @property
    def weight(self) -> np.ndarray:
        """0 to 1, by the square root: a line of four pairs is twice as strong."""
        return np.sqrt(self.n / self.n.max()) if len(self.n) else self.n.astype(float)


def draw_paired(sheet: Sheet, outcome: PairedOutcome, frame: Box | None = None) -> None:
    """Draw the pairs of ``outcome`` into ``frame`` of the sheet, or all over it."""
    frame = frame or sheet.box
    has_lane = bool(outcome.said) and frame.width >= sheet.px(_WIDE_ENOUGH)
    notes = _notes(outcome, tell_words=not has_lane)
    ends = ends_of(outcome)
    left = frame.left + scale_room(sheet, ends)
    plot = _plot_box(sheet, frame, notes, left, sheet.px(_WORDS) if has_lane else 0.0)
    lanes = _lanes(sheet, plot, outcome)
    columns = (Column(False, lanes), Column(True, lanes))
    axes = sheet.axes(plot, (-lanes.edge, 1 + lanes.edge), ends)
    draw_scale(sheet, axes, plot, ends)
    lines = _grouped(outcome)
    if outcome.numbers.n_pairs > sentences.MOST_LINES:
        draw_density(sheet, axes, lines.before, lines.after, lines.improved, lines.n)
    else:
        _draw_lines(sheet, axes, lines)
    _draw_dots(sheet, axes, lines)
    draw_marks(sheet, axes, columns, outcome.marks)
    _draw_middle(sheet, axes, outcome)
    _name_columns(sheet, plot, columns, outcome)
    if has_lane:
        room = Box(plot.right + sheet.px(6), plot.top, frame.right - sheet.px(4), plot.bottom)
        write_words(sheet, room, outcome.said)
    if not outcome.numbers.n_pairs:
        say_nothing(sheet, plot, say("No complete pair"))
    y = plot.bottom + sheet.px(46)
    for note in notes:
        y += sheet.paragraph(Box(frame.left, y, frame.right, frame.bottom), note)


def _notes(outcome: PairedOutcome, *, tell_words: bool) -> list[str]:
    """What is written below the columns: how many pairs, and of few cases each one."""
    notes = [sentences.pair_count(outcome.numbers)]
    named = sentences.cases_in_words(outcome)
    notes += named
    if tell_words and outcome.said and not named:
        notes.append(
            say("In words: {said}.", said=", ".join(in_words(said) for said in outcome.said))
        )
    if outcome.question.start is not TimePoint.BASELINE:
        notes.insert(0, say("Before: {start}.", start=outcome.question.start.label))
    return notes


def _plot_box(sheet: Sheet, frame: Box, notes: Sequence[str], left: float, words: float) -> Box:
    lines = sum(len(sheet.wrap(note, frame.width)) for note in notes)
    return Box(
        left,
        frame.top + sheet.px(10),
        frame.right - words,
        frame.bottom - sheet.px(48) - lines * sheet.line_height(),
    )


def _lanes(sheet: Sheet, plot: Box, outcome: PairedOutcome) -> Lanes:
    """Beside the columns there is room for the mean, and then for what has no partner."""
    decimals = outcome.instrument.decimals
    middles = [number_words.number(value, decimals) for value, _ in _middles(outcome)]
    label = max(sheet.width_of(middle, "body", 700) for middle in middles)
    written = [mark_label(mark) for mark in labeled(outcome.marks) if not mark.is_range]
    beside = max((sheet.width_of(said, "small") + sheet.px(4) for said in written), default=0.0)
    alone = sheet.px(24) + label + min(beside, sheet.px(_MOST_BESIDE))
    ranged = alone + sheet.px(24)
    names = (outcome.question.start.label, outcome.question.end_label)
    name = max(sheet.width_of(name, "body") for name in names) / 2 + sheet.px(2)
    edge = max(ranged + sheet.px(14) if outcome.marks else alone, name)
    apart = max(plot.width - 2 * edge, sheet.px(60))
    return Lanes(alone / apart, ranged / apart, sheet.px(20) / apart, edge / apart)


def _grouped(outcome: PairedOutcome) -> _Lines:
    before, after = outcome.pairs
    improved = reaches_points(before, after, outcome.scale, outcome.thresholds)
    if improved is None:
        improved = np.ones(len(before), dtype=bool)
    # One number for each pair sorts much faster than its three facts.
    width = int(after.max(initial=0)) + 1
    facts = (before.astype(np.int64) * width + after) * 2 + improved
    different, n = np.unique(facts, return_counts=True)
    different, n = (part[np.argsort(-n, kind="stable")] for part in (different, n))
    before, after = (part.astype(np.int32) for part in np.divmod(different // 2, width))
    reached = different % 2 == 1
    return _Lines(outcome.in_points(before), outcome.in_points(after), reached, n)


def _draw_lines(sheet: Sheet, axes: Axes, lines: _Lines) -> None:
    if not len(lines.n):
        return
    strongest = 1.4 if lines.n.max() == 1 else min(7.0, 1.4 * float(np.sqrt(lines.n.max())))
    widths = np.maximum(0.5, strongest * lines.weight) * sheet.points(1)
    alpha = float(np.clip(0.5 * (60 / len(lines.n)) ** 0.7, 0.03, 0.5))
    ends = np.empty((len(lines.n), 2, 2))
    ends[:, 0, 0], ends[:, 1, 0] = _BEFORE, _AFTER
    ends[:, 0, 1], ends[:, 1, 1] = lines.before, lines.after
    for members, color, strength, order in (
        (lines.improved, sheet.palette.after, alpha, 2),
        (~lines.improved, sheet.palette.series[1], min(1.0, 1.8 * alpha), 3),
    ):
        axes.add_collection(
            LineCollection(
                list(ends[members]),
                colors=[to_rgba(color, strength)],
                linewidths=widths[members],
                capstyle="round",
                zorder=order,
            )
        )


def _draw_dots(sheet: Sheet, axes: Axes, lines: _Lines) -> None:
    if not len(lines.n):
        return
    columns = (
        (_BEFORE, lines.before, sheet.palette.before),
        (_AFTER, lines.after, sheet.palette.after),
    )
    for x, values, color in columns:
        different, place = np.unique(values, return_inverse=True)
        n = np.bincount(place, weights=lines.n)
        few = lines.n.sum() <= sentences.FEW_PAIRS
        size = np.full(len(n), 6.0) if few else 4.0 + 8.0 * np.sqrt(n / n.max())
        axes.scatter(
            np.full(len(different), x),
            different,
            s=(size * sheet.points(1)) ** 2,
            color=[to_rgba(color, 0.85)],
            linewidths=0,
            zorder=4,
            clip_on=False,
        )


def _draw_middle(sheet: Sheet, axes: Axes, outcome: PairedOutcome) -> None:
    (before, _), (after, _) = _middles(outcome)
    if before is None or after is None:
        return
    if sentences.draws_middle(outcome):
        axes.plot(
            [_BEFORE, _AFTER], [before, after], color=sheet.palette.text,
            linewidth=sheet.points(3), solid_capstyle="round", zorder=6,
            path_effects=sheet.halo(6),
        )  # fmt: skip
    bold = sheet.lettering("body", 700)
    for x, value, align in ((_BEFORE, before, "right"), (_AFTER, after, "left")):
        shift = sheet.points(13) * (-1 if align == "right" else 1)
        axes.annotate(
            number_words.fixed(value, outcome.instrument.decimals), (x, value), (shift, 0),
            textcoords="offset points", ha=align, va="center_baseline",
            path_effects=sheet.halo(4), zorder=7, **bold,
        )  # fmt: skip


def _middles(outcome: PairedOutcome) -> list[tuple[float | None, Interval | None]]:
    """Before and after."""
    numbers = outcome.numbers
    return [
        outcome.middle(numbers.before, numbers.before_spread),
        outcome.middle(numbers.after, numbers.after_spread),
    ]


def _apart(
    sheet: Sheet, names: tuple[str, str], places: tuple[float, float]
) -> tuple[float, float]:
    """Where two names stand beside each other that would run into each other at ``places``."""
    halves = [sheet.width_of(name, "body") / 2 for name in names]
    left, right = (sheet.middle_of(x, name, "body") for x, name in zip(places, names, strict=True))
    lacking = sum(halves) + sheet.px(_BETWEEN_NAMES) - (right - left)
    if lacking <= 0:
        return left, right
    left = max(halves[0], left - lacking / 2)
    right = min(sheet.box.right - halves[1], left + sum(halves) + sheet.px(_BETWEEN_NAMES))
    return max(halves[0], right - sum(halves) - sheet.px(_BETWEEN_NAMES)), right


def _name_columns(
    sheet: Sheet, plot: Box, columns: Sequence[Column], outcome: PairedOutcome
) -> None:
    edge = columns[0].lanes.edge

    def x_of(value: float) -> float:
        return plot.left + plot.width * (value + edge) / (1 + 2 * edge)

    top = plot.bottom + sheet.px(12)
    names = (outcome.question.start.label, outcome.question.end_label)
    places = _apart(sheet, names, (x_of(_BEFORE), x_of(_AFTER)))
    for x, name in zip(places, names, strict=True):
        sheet.text(x, top, name, size="body", align="center")
    for column in columns:
        n = sum(mark.n for mark in outcome.marks if mark.after is column.after)
        if n:
            middle = (column.lanes.alone + column.lanes.ranged) / 2
            told = say("{n:,} unpaired", n=n)
            half = sheet.width_of(told, "small") / 2 + sheet.px(2)
            x = x_of(column.x + column.outwards * middle)
            x = min(max(x, plot.left + half), plot.right - half)
            y = top + sheet.px(18)
            sheet.text(x, y, told, size="small", color="text_muted", align="center")
