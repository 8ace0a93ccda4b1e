# SPDX-License-Identifier: MIT
"""Pain before and after, each case: pairs as lines, and beside them what has no partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba

from models.analysis.responders import has_points, points_on
from models.numbers import Reported
from models.vocabulary import TimePoint
from ui.charts import sentences
from ui.charts.scale_axis import draw_scale
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from models.analysis.apart import Mark
    from models.analysis.pain import PainOutcome

MOST_LINES = 2_500
"""Different pairs that are drawn one by one; more are taken together by half points."""

_BEFORE, _AFTER = 0.0, 1.0
_ALONE, _RANGED = 0.33, 0.48
"""How far outside their column scores without a partner stand, and ranges."""

_LANE = 0.12
_EDGE = 0.56
_CROWD = 24
_TENTHS = 10


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


@dataclass(frozen=True, slots=True)
class _Column:
    """Before or after, with the side on which its scores without a partner stand."""

    after: bool

    @property
    def x(self) -> float:
        return _AFTER if self.after else _BEFORE

    @property
    def outwards(self) -> int:
        return 1 if self.after else -1

    def color(self, sheet: Sheet) -> str:
        return sheet.palette.after if self.after else sheet.palette.before


_COLUMNS = (_Column(after=False), _Column(after=True))


def draw_paired(sheet: Sheet, outcome: PainOutcome, frame: Box | None = None) -> None:
    """Draw the pairs of ``outcome`` into ``frame`` of the sheet, or all over it."""
    frame = frame or sheet.box
    notes = _notes(outcome)
    plot = _plot_box(sheet, frame, outcome, notes)
    top = outcome.scale.top if outcome.scale else 10.0
    axes = sheet.axes(plot, (-_EDGE, 1 + _EDGE), (0, top))
    draw_scale(sheet, axes, plot, top)
    lines = _grouped(outcome)
    _draw_lines(sheet, axes, lines)
    _draw_dots(sheet, axes, lines)
    _draw_marks(sheet, axes, outcome.marks)
    _draw_mean(sheet, axes, outcome)
    _name_columns(sheet, plot, outcome)
    _write_words(sheet, plot, frame, outcome)
    below = Box(frame.left, plot.bottom + sheet.px(46), frame.right, frame.bottom)
    for note in notes:
        height = sheet.paragraph(below, note)
        below = Box(below.left, below.top + height, below.right, below.bottom)
    if not outcome.numbers.n_pairs:
        _say_none(sheet, plot)


def _notes(outcome: PainOutcome) -> list[str]:
    """What is written below the columns: how many pairs, and of few cases each one."""
    notes = [sentences.pair_count(outcome.numbers)]
    notes += [f"{sentences.case_in_words(case)}." for case in sentences.named_cases(outcome)]
    if outcome.question.start is not TimePoint.BASELINE:
        notes.insert(0, f"Before: {outcome.question.start.label}.")
    return notes


def _plot_box(sheet: Sheet, frame: Box, outcome: PainOutcome, notes: Sequence[str]) -> Box:
    lines = sum(len(sheet.wrap(note, frame.width)) for note in notes)
    words = sheet.px(108) if outcome.said else 0
    return Box(
        frame.left + sheet.px(26),
        frame.top + sheet.px(10),
        frame.right - words,
        frame.bottom - sheet.px(48) - lines * sheet.line_height(),
    )


def _grouped(outcome: PainOutcome) -> _Lines:
    before, after = outcome.pairs
    improved = before - after >= round(
        points_on(outcome.scale, outcome.thresholds.points) * _TENTHS
    )
    if not has_points(outcome.scale):
        improved = np.ones_like(improved)
    facts = np.stack([before, after, improved])
    different, n = np.unique(facts, axis=1, return_counts=True)
    if len(n) > MOST_LINES:
        step = (outcome.scale.top if outcome.scale else 10.0) * _TENTHS / 20
        near = np.stack([np.round(before / step) * step, np.round(after / step) * step, improved])
        different, n = np.unique(near, axis=1, return_counts=True)
    rare_last = np.argsort(-n, kind="stable")
    before, after, improved = different[:, rare_last]
    return _Lines(before / _TENTHS, after / _TENTHS, improved.astype(bool), n[rare_last])


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


def _draw_marks(sheet: Sheet, axes: Axes, marks: Sequence[Mark]) -> None:
    """Scores without a partner: open circles and bars beside their column, hollow if undated."""
    for column in _COLUMNS:
        ours = [mark for mark in marks if mark.after is column.after]
        _draw_circles(sheet, axes, column, [mark for mark in ours if not mark.is_range])
        _draw_ranges(sheet, axes, column, [mark for mark in ours if mark.is_range])
        if len(marks) <= sentences.MOST_NAMED:
            _label_marks(sheet, axes, column, ours)


def _draw_circles(sheet: Sheet, axes: Axes, column: _Column, marks: Sequence[Mark]) -> None:
    if not marks:
        return
    n = np.array([mark.n for mark in marks])
    many = len(marks) > _CROWD
    size = 3.4 if many else 6.5 + (6.0 * np.sqrt(n / n.max()) if n.max() > 3 else 0.0 * n)
    axes.scatter(
        np.full(len(marks), column.x + column.outwards * _ALONE),
        [mark.low for mark in marks],
        s=(size * sheet.points(1)) ** 2,
        facecolors=sheet.palette.surface,
        edgecolors=column.color(sheet),
        linewidths=sheet.points(0.8 if many else 1.6),
        zorder=4,
        clip_on=False,
    )


def _draw_ranges(sheet: Sheet, axes: Axes, column: _Column, marks: Sequence[Mark]) -> None:
    if not marks:
        return
    x = column.x + column.outwards * _RANGED
    places = x + _LANE * (np.arange(len(marks)) - (len(marks) - 1) / 2) / max(len(marks), 6)
    width = max(1.0, min(7.0, 50.0 / len(marks)))
    rims = [(width, column.color(sheet))] * len(marks)
    hollows = [(width - 3.2, sheet.palette.surface)] * len(marks) if width > 5 else []
    for order, looks in ((4, rims), (5, hollows)):
        for place, mark, (thick, color) in zip(places, marks, looks, strict=False):
            if order == 4 or not mark.dated:
                axes.plot(
                    [place, place], [mark.low, mark.high], color=color,
                    linewidth=sheet.points(thick), solid_capstyle="round", zorder=order,
                    clip_on=False,
                )  # fmt: skip


def _label_marks(sheet: Sheet, axes: Axes, column: _Column, marks: Sequence[Mark]) -> None:
    """Write the few scores beside their marks, on the side of their column."""
    align = "right" if column.after else "left"
    for mark in marks:
        undated = "" if mark.dated else ", no date"
        x = column.x + column.outwards * (_RANGED if mark.is_range else _ALONE)
        axes.annotate(
            sentences.score(Reported(mark.low, mark.high)) + undated,
            (x, (mark.low + mark.high) / 2), (-column.outwards * sheet.points(10), 0),
            textcoords="offset points", ha=align, va="center_baseline", zorder=7,
            annotation_clip=False, **sheet.lettering("small"),
        )  # fmt: skip


def _draw_mean(sheet: Sheet, axes: Axes, outcome: PainOutcome) -> None:
    before, after = outcome.numbers.before.mean, outcome.numbers.after.mean
    if before is None or after is None:
        return
    axes.plot(
        [_BEFORE, _AFTER], [before, after], color=sheet.palette.text, linewidth=sheet.points(3),
        solid_capstyle="round", zorder=6, path_effects=sheet.halo(6),
    )  # fmt: skip
    bold = sheet.lettering("body", 700)
    for x, value, align in ((_BEFORE, before, "right"), (_AFTER, after, "left")):
        shift = sheet.points(13) * (-1 if align == "right" else 1)
        axes.annotate(
            sentences.fixed(value), (x, value), (shift, 0), textcoords="offset points",
            ha=align, va="center_baseline", path_effects=sheet.halo(4), zorder=7, **bold,
        )  # fmt: skip


def _name_columns(sheet: Sheet, plot: Box, outcome: PainOutcome) -> None:
    def x_of(value: float) -> float:
        return plot.left + plot.width * (value + _EDGE) / (1 + 2 * _EDGE)

    top = plot.bottom + sheet.px(12)
    question = outcome.question
    sheet.text(x_of(_BEFORE), top, question.start.label, size="body", align="center")
    sheet.text(x_of(_AFTER), top, question.end_label, size="body", align="center")
    for column in _COLUMNS:
        n = sum(mark.n for mark in outcome.marks if mark.after is column.after)
        if n:
            sheet.text(
                x_of(column.x + column.outwards * (_ALONE + _RANGED) / 2), top + sheet.px(18),
                f"{n:,} unpaired", size="small", color="text_muted", align="center",
            )  # fmt: skip


def _write_words(sheet: Sheet, plot: Box, frame: Box, outcome: PainOutcome) -> None:
    """Words stand outside the scale, at no height that could be read as a score."""
    if not outcome.said:
        return
    room = Box(plot.right + sheet.px(6), plot.top, frame.right - sheet.px(4), plot.bottom)
    step = sheet.line_height("small")
    lines: list[tuple[str, str]] = [("In words", "text_muted")]
    for said in outcome.said:
        when = "" if said.after else " before"
        times = f"\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{said.n:,}" if said.n > 1 else ""
        lines += [
            (line, "text")
            for line in sheet.wrap(f"“{said.words}”{when}{times}", room.width, "small")
        ]
    fit = max(2, int(room.height / step) - 1)
    if len(lines) > fit:
        lines = [*lines[: fit - 1], ("…", "text_muted")]
    top = room.top + (room.height - len(lines) * step) / 2
    for number, (line, color) in enumerate(lines):
        sheet.text(room.left, top + number * step, line, size="small", color=color)


def _say_none(sheet: Sheet, plot: Box) -> None:
    middle = (plot.left + plot.right) / 2
    sheet.text(
        middle, (plot.top + plot.bottom) / 2, "No complete pair",
        size="body", weight=600, color="text_muted", align="center", middle=True,
    )  # fmt: skip
