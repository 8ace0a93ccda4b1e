# SPDX-License-Identifier: MIT
"""How the change is spread: a bar for each amount, no change in a bar of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.collections import PolyCollection

from models.analysis.distribution import change_distribution, percent_distribution
from models.speech import numeral, say
from ui.charts import change_words
from ui.charts.axis import draw_heights, draw_places, round_values, say_nothing, x_of
from ui.charts.sheet import Box, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from models.analysis.distribution import Bar, Distribution
    from models.analysis.outcome import PairedOutcome

_SIDE_BY_SIDE = 520
_ROOM_ABOVE = 50
"""Room for what is written beside the thresholds, and below it for the number of a high bar."""

_NO_CHANGE = 0.34
"""Breadth of the bar of no change among bars that stand for a span, in bars."""


def draw_change(sheet: Sheet, outcome: PairedOutcome, frame: Box | None = None) -> None:
    """Draw the change in points and, where it is defined, the relief in percent."""
    frame = frame or sheet.box
    found: list[tuple[Distribution, str]] = [
        (change_distribution(outcome), change_words.change_axis(outcome))
    ]
    in_percent = percent_distribution(outcome)
    if in_percent is not None:
        found.append((in_percent, change_words.PERCENT_AXIS))
    for box, (distribution, name) in zip(_boxes(sheet, frame, len(found)), found, strict=True):
        _draw_one(sheet, box, distribution, name, outcome)


def _boxes(sheet: Sheet, frame: Box, n: int) -> list[Box]:
    if n == 1:
        return [frame]
    between = sheet.px(24)
    if frame.width >= sheet.px(_SIDE_BY_SIDE):
        half = (frame.width - between) / 2
        return [
            Box(frame.left, frame.top, frame.left + half, frame.bottom),
            Box(frame.right - half, frame.top, frame.right, frame.bottom),
        ]
    half = (frame.height - between) / 2
    return [
        Box(frame.left, frame.top, frame.right, frame.top + half),
        Box(frame.left, frame.bottom - half, frame.right, frame.bottom),
    ]


def _draw_one(
    sheet: Sheet, frame: Box, found: Distribution, name: str, outcome: PairedOutcome
) -> None:
    most = max((bar.n for bar in found.bars), default=1)
    digits = sheet.width_of(numeral(most, ",")) + sheet.px(12)
    plot = Box(
        frame.left + digits,
        frame.top + sheet.px(_ROOM_ABOVE),
        frame.right,
        frame.bottom - sheet.px(46),
    )
    heights = [
        value for value in round_values(0, max(most, 4), 4, whole=True) if value == int(value)
    ]
    ends = _ends(found)
    axes = sheet.axes(plot, ends, (0, max(most, heights[-1])))
    draw_heights(sheet, axes, plot, heights, lambda value: numeral(value, ",.0f"))
    draw_places(sheet, axes, plot, round_values(*ends, 8), lambda value: change_words.amount(value))
    sheet.text(
        (plot.left + plot.right) / 2, plot.bottom + sheet.px(26), name,
        size="small", color="text_muted", align="center",
    )  # fmt: skip
    if not found.n:
        say_nothing(sheet, plot, say("No complete pair"))
        return
    _draw_bars(sheet, axes, found, outcome)
    longest = max(sheet.width_of(numeral(bar.n, ","), "small") for bar in found.bars)
    if longest + sheet.px(4) <= plot.width * found.width / (ends[1] - ends[0]):
        _write_counts(sheet, axes, found)
    _draw_thresholds(sheet, axes, plot, found)


def _ends(found: Distribution) -> tuple[float, float]:
    """The span of the axis: what there is, no change and the thresholds."""
    values = [0.0, *(mark.at for mark in found.thresholds)]
    values += [end for bar in found.bars for end in (bar.low, bar.high)]
    margin = 0.7 * found.width
    return min(values) - margin, max(values) + margin


def _draw_bars(sheet: Sheet, axes: Axes, found: Distribution, outcome: PairedOutcome) -> None:
    palette = sheet.palette
    has_threshold = bool(found.thresholds)
    drawn: dict[int, list[tuple[list[tuple[float, float]], str]]] = {}
    for bar in found.bars:
        left, breadth, order = _place(bar, found)
        short = bar.n - bar.n_reached if has_threshold else 0
        enough = bar.n - short
        for bottom, top, color in (
            (0, enough, palette.after),
            (enough, bar.n, palette.series[1]),
        ):
            if top > bottom:
                ends = (left, bottom), (left, top), (left + breadth, top), (left + breadth, bottom)
                drawn.setdefault(order, []).append((list(ends), color))
    # Many bars are drawn as one thing much faster than one by one.
    for order, bars in drawn.items():
        axes.add_collection(
            PolyCollection(
                [corners for corners, _ in bars], facecolors=[color for _, color in bars],
                edgecolors=palette.surface, linewidths=sheet.points(0.8), zorder=order,
            ),
            autolim=False,
        )  # fmt: skip


def _place(bar: Bar, found: Distribution) -> tuple[float, float, int]:
    """Left edge and breadth of a bar, and what it lies above."""
    if found.is_whole:
        return bar.low - 0.43 * found.width, 0.86 * found.width, 2
    if bar.low == bar.high:
        breadth = _NO_CHANGE * found.width
        return bar.low - breadth / 2, breadth, 4
    return bar.low, bar.high - bar.low, 2


def _write_counts(sheet: Sheet, axes: Axes, found: Distribution) -> None:
    for bar in found.bars:
        axes.annotate(
            f"{bar.n:,}", ((bar.low + bar.high) / 2, bar.n), (0, sheet.points(3)),
            textcoords="offset points", ha="center", va="bottom", zorder=6,
            annotation_clip=False, **sheet.lettering("small", color="text_muted"),
        )  # fmt: skip


def _draw_thresholds(sheet: Sheet, axes: Axes, plot: Box, found: Distribution) -> None:
    for number, mark in enumerate(found.thresholds):
        at = mark.at
        if found.is_whole:
            # Between the last value that is too little and the first one that is enough.
            at += 0.5 * found.width * (1 if mark.at < 0 else -1)
        axes.axvline(
            at, color=sheet.palette.text, linewidth=sheet.points(1.2), linestyle=(0, (4, 3)),
            zorder=5,
        )  # fmt: skip
        is_relief_left = mark.at < 0
        x = x_of(plot, axes, at) + sheet.px(-5 if is_relief_left else 5)
        y = plot.top - sheet.px(_ROOM_ABOVE - 2) + number * sheet.line_height("small")
        sheet.text(x, y, mark.label, size="small", align="right" if is_relief_left else "left")
